import { FlambeauError, wrongArgument } from '../errors.js';
import { Tensor } from '../tensor.js';
import { keep } from '../tensor/scope.js';

/** A value that an optimizer remembers. */
export type StateValue = Tensor | number | null | StateValue[];

/** What an optimizer remembers of one parameter. */
export type ParamState = Record<string, StateValue>;

/** The state of an optimizer, as Python's optimizers save it: parameters are numbered in order. */
export interface OptimizerStateDict {
  /** What is remembered of each parameter, by its number. */
  state: Record<number, ParamState>;
  /** The options of each group, under PyTorch's names, with the numbers of its parameters. */
  param_groups: (Record<string, unknown> & { params: number[] })[];
}

type Groups = readonly { params: Tensor[] }[];

export const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
export const camel = (name: string): string =>
  name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

/** The state and groups in Python's form; `foreign` are options that only Python has. */
export function toPython(groups: Groups, state: ReadonlyMap<Tensor, ParamState>, foreign: object): OptimizerStateDict {
  const numbers = new Map(groups.flatMap((group) => group.params).map((param, i) => [param, i]));
  const own: OptimizerStateDict['state'] = {};
  for (const [param, i] of numbers) if (state.has(param)) own[i] = { ...state.get(param) };
  return {
    state: own,
    param_groups: groups.map(({ params, ...options }) => ({
      ...Object.fromEntries(Object.entries(options).map(([name, value]) => [snake(name), value])),
      ...foreign,
      params: params.map((param) => numbers.get(param)!),
    })),
  };
}

/** A remembered value for a parameter: what has its size gets its dtype and device. Counts stay what they are. */
function fit(key: string, value: unknown, param: Tensor): StateValue {
  if (Array.isArray(value)) return value.map((item) => fit(key, item, param));
  if (!(value instanceof Tensor)) return value as StateValue;
  const whole = key !== 'step' && value.ndim > 0;
  const dtype = whole && param.isFloatingPoint() ? param.dtype : value.dtype;
  return keep(value.detach().to({ dtype, device: whole ? param.device : value.device, copy: true }));
}

/** Options are not shared with the state that they come from. */
function copyOf(value: unknown): unknown {
  if (value instanceof Tensor) return keep(value.detach().clone());
  return Array.isArray(value) ? [...(value as unknown[])] : value;
}

/** What a state says, checked against the groups that it is for. */
export function fromPython(
  name: string,
  groups: Groups,
  dict: OptimizerStateDict,
): { state: Map<Tensor, ParamState>; options: Record<string, unknown>[] } {
  if (!Array.isArray(dict?.param_groups) || typeof dict.state !== 'object' || dict.state === null)
    throw wrongArgument(`${name}.loadStateDict`, 'dict', 'an optimizer state', dict);
  const sizes = (list: readonly { params: unknown[] }[]): string => list.map((group) => group.params.length).join(', ');
  if (sizes(dict.param_groups) !== sizes(groups)) {
    throw new FlambeauError(
      'INVALID_VALUE',
      `${name}: the state has groups of [${sizes(dict.param_groups)}] parameters, the optimizer of [${sizes(groups)}]`,
    );
  }
  const params = groups.flatMap((group) => group.params);
  const order = dict.param_groups.flatMap((group) => group.params);
  // A file gives a map: its keys are numbers.
  const given: unknown = dict.state;
  const entries = given instanceof Map ? [...(given as Map<number, ParamState>)] : Object.entries(dict.state);
  const state = new Map<Tensor, ParamState>();
  for (const [number, own] of entries) {
    const param = params[order.indexOf(Number(number))];
    if (!param) throw new FlambeauError('INVALID_VALUE', `${name}: the state has no parameter ${number}`);
    state.set(param, Object.fromEntries(Object.entries(own).map(([key, value]) => [key, fit(key, value, param)])));
  }
  const options = dict.param_groups.map(({ params: _, ...rest }) =>
    Object.fromEntries(Object.entries(rest).map(([key, value]) => [camel(key), copyOf(value)])),
  );
  return { state, options };
}
