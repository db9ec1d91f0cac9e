import { noGrad } from '../autograd/modes.js';
import { uncaptured } from '../graph/capture.js';
import { FlambeauError, wrongArgument } from '../errors.js';
import { Tensor } from '../tensor.js';
import { keep } from '../tensor/scope.js';

/** Parameters that share options. */
export type ParamGroup<O> = O & {
  /** The parameters. */
  params: Tensor[];
};

/** What an optimizer takes: parameters, or groups of them with options of their own. */
export type Params<O> = Iterable<Tensor> | Iterable<Partial<O> & { params: Iterable<Tensor> | Tensor }>;

/** What an optimizer remembers of one parameter. */
export type ParamState = Record<string, Tensor | number | null>;

/** The state of an optimizer, as Python's optimizers save it: parameters are numbered in order. */
export interface OptimizerStateDict {
  /** What is remembered of each parameter, by its number. */
  state: Record<number, ParamState>;
  /** The options of each group, under PyTorch's names, with the numbers of its parameters. */
  param_groups: (Record<string, unknown> & { params: number[] })[];
}

const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const camel = (name: string): string => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

/**
 * The base of all optimizers: groups of parameters, their options, and what is remembered of each.
 *
 * @see https://docs.pytorch.org/docs/2.13/optim.html#torch.optim.Optimizer
 * @example
 * const w = new nn.Parameter(torch.ones(2))
 * const optimizer = new optim.SGD([w], { lr: 0.5 })
 * w.square().sum().backward()
 * optimizer.step()
 * w.detach() // tensor([0., 0.])
 */
export abstract class Optimizer<O extends object> {
  /** The groups; their options may be changed between steps. */
  readonly paramGroups: ParamGroup<O>[] = [];
  /** What is remembered of each parameter. */
  readonly state = new Map<Tensor, ParamState>();

  protected constructor(
    params: Params<O>,
    /** The options of groups that are given none. */
    readonly defaults: O,
    unknown: object = {},
  ) {
    const name = new.target.name;
    for (const option of Object.keys(unknown)) {
      throw new FlambeauError(
        'INVALID_ARGUMENT',
        `${name}(): unknown option '${option}'; expected ${Object.keys(defaults).join(', ')}`,
      );
    }
    if (typeof (params as Iterable<unknown>)?.[Symbol.iterator] !== 'function' || params instanceof Tensor) {
      throw wrongArgument(name, 'params', 'parameters, as model.parameters() gives them, or groups of them', params);
    }
    const list = [...(params as Iterable<unknown>)];
    if (list.length === 0) throw new FlambeauError('INVALID_VALUE', `${name}(): argument 'params' holds no parameter`);
    if (list.every((item) => item instanceof Tensor)) this.addParamGroup({ params: list } as never);
    else for (const group of list) this.addParamGroup(group as never);
  }

  /**
   * Adds parameters with options of their own; what is not given is as in the constructor.
   *
   * @throws when a parameter is no leaf, or is in a group already
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.optim.Optimizer.add_param_group.html
   * @example
   * const [a, b] = [new nn.Parameter(torch.ones(1)), new nn.Parameter(torch.ones(1))]
   * const optimizer = new optim.SGD([a], { lr: 0.1 })
   * optimizer.addParamGroup({ params: b, lr: 0.01 })
   * optimizer.paramGroups.map((group) => group.lr) // [ 0.1, 0.01 ]
   */
  addParamGroup(group: Partial<O> & { params: Iterable<Tensor> | Tensor }): void {
    const name = this.constructor.name;
    if (typeof group !== 'object' || group === null || !('params' in group)) {
      throw wrongArgument(name, 'params', 'parameters, or groups with a field params', group);
    }
    const params = group.params instanceof Tensor ? [group.params] : [...group.params];
    const known = new Set(this.paramGroups.flatMap((g) => g.params));
    for (const param of params) {
      if (!(param instanceof Tensor)) throw wrongArgument(name, 'params', 'Tensors', param);
      if (!param.isLeaf)
        throw new FlambeauError(
          'INVALID_VALUE',
          `${name}(): a parameter must be a leaf, not the result of an operation`,
        );
      if (known.has(param))
        throw new FlambeauError('INVALID_VALUE', `${name}(): a parameter is in more than one group`);
      known.add(param);
    }
    for (const option of Object.keys(group)) {
      if (option !== 'params' && !(option in this.defaults)) {
        throw new FlambeauError(
          'INVALID_ARGUMENT',
          `${name}(): unknown option '${option}'; expected ${Object.keys(this.defaults).join(', ')}`,
        );
      }
    }
    const whole = { ...this.defaults, ...group, params } as ParamGroup<O>;
    this.check(whole);
    this.paramGroups.push(whole);
  }

  /** Throws when options make no sense. */
  protected abstract check(options: O): void;

  /** Changes the parameters of one group that have gradients. */
  protected abstract update(group: ParamGroup<O>, params: Tensor[], grads: Tensor[]): void;

  /**
   * Changes the parameters by their gradients. A closure computes the loss anew, and its result is returned.
   *
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.optim.Optimizer.step.html
   * @example
   * const w = new nn.Parameter(torch.ones(1))
   * const optimizer = new optim.SGD([w], { lr: 0.25 })
   * const loss = optimizer.step(() => {
   *   optimizer.zeroGrad()
   *   const loss = w.square().sum()
   *   loss.backward()
   *   return loss
   * })
   * loss.item() // 1
   * w.detach() // tensor([0.5000])
   */
  step(): void;
  step<T>(closure: () => T): T;
  step<T>(closure?: () => T): T | void {
    const loss = closure?.();
    noGrad(() => {
      for (const group of this.paramGroups) {
        const params: Tensor[] = [];
        const grads: Tensor[] = [];
        for (const param of group.params) {
          const { grad } = param;
          if (grad === null) continue;
          params.push(param);
          grads.push(grad);
        }
        if (params.length > 0) this.update(group, params, grads);
      }
    });
    return loss;
  }

  /**
   * Takes the gradients away; with `setToNone: false`, makes them zero.
   *
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.optim.Optimizer.zero_grad.html
   * @example
   * const w = new nn.Parameter(torch.ones(1))
   * const optimizer = new optim.SGD([w], { lr: 0.1 })
   * w.sum().backward()
   * optimizer.zeroGrad()
   * w.grad // null
   */
  zeroGrad({ setToNone = true }: { setToNone?: boolean } = {}): void {
    for (const group of this.paramGroups) {
      for (const param of group.params) {
        if (setToNone) param.grad = null;
        else param.grad?.zero_();
      }
    }
  }

  /** What is remembered of a parameter, made by `make` at first and kept beyond scopes. */
  protected stateOf<S extends ParamState>(param: Tensor, make: () => S): S {
    let state = this.state.get(param);
    if (!state) {
      // Not part of a graph that is being captured: its runs go on from this.
      state = uncaptured(make);
      for (const value of Object.values(state)) if (value instanceof Tensor) keep(value);
      this.state.set(param, state);
    }
    return state as S;
  }

  /**
   * The state in Python's form: what Python's optimizer of the same name loads.
   *
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.optim.Optimizer.state_dict.html
   * @example
   * const optimizer = new optim.SGD([new nn.Parameter(torch.ones(1))], { lr: 0.1 })
   * optimizer.stateDict().param_groups[0].params // [ 0 ]
   */
  stateDict(): OptimizerStateDict {
    const numbers = new Map(this.paramGroups.flatMap((group) => group.params).map((param, i) => [param, i]));
    const state: OptimizerStateDict['state'] = {};
    for (const [param, own] of this.state) state[numbers.get(param)!] = { ...own };
    const groups = this.paramGroups.map(({ params, ...options }) => ({
      ...Object.fromEntries(Object.entries(options).map(([name, value]) => [snake(name), value])),
      params: params.map((param) => numbers.get(param)!),
    }));
    return { state, param_groups: groups };
  }

  /**
   * Takes over a state of {@link stateDict} or of Python's optimizer; tensors are copied to their parameters' devices.
   *
   * @throws when the groups do not fit
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.optim.Optimizer.load_state_dict.html
   * @example
   * const make = (lr) => new optim.SGD([new nn.Parameter(torch.ones(1))], { lr })
   * const optimizer = make(0.1)
   * optimizer.loadStateDict(make(0.5).stateDict())
   * optimizer.paramGroups[0].lr // 0.5
   */
  loadStateDict(dict: OptimizerStateDict): void {
    const name = this.constructor.name;
    if (!Array.isArray(dict?.param_groups) || typeof dict.state !== 'object')
      throw wrongArgument(`${name}.loadStateDict`, 'dict', 'an optimizer state', dict);
    const sizes = (list: { params: unknown[] }[]): string => list.map((group) => group.params.length).join(', ');
    if (sizes(dict.param_groups) !== sizes(this.paramGroups)) {
      throw new FlambeauError(
        'INVALID_VALUE',
        `${name}: the state has groups of [${sizes(dict.param_groups)}] parameters, the optimizer of [${sizes(this.paramGroups)}]`,
      );
    }
    const params = this.paramGroups.flatMap((group) => group.params);
    const order = dict.param_groups.flatMap((group) => group.params);
    this.state.clear();
    const { state } = dict;
    // A dict with numbers as keys is a Map when it comes out of a file.
    for (const [number, own] of state instanceof Map ? (state as Map<number, ParamState>) : Object.entries(state)) {
      const param = params[order.indexOf(Number(number))];
      if (!param) throw new FlambeauError('INVALID_VALUE', `${name}: the state has no parameter ${number}`);
      const copy = Object.entries(own).map(([key, value]) => {
        if (!(value instanceof Tensor)) return [key, value] as const;
        const like = key === 'step' ? { dtype: value.dtype } : { dtype: param.dtype, device: param.device };
        return [key, keep(value.detach().to({ ...like, copy: true }))] as const;
      });
      this.state.set(param, Object.fromEntries(copy));
    }
    dict.param_groups.forEach(({ params: _, ...options }, i) => {
      for (const [key, value] of Object.entries(options)) {
        if (camel(key) in this.defaults) (this.paramGroups[i] as Record<string, unknown>)[camel(key)] = value;
      }
    });
  }

  /**
   * The groups and their options, as Python prints them.
   *
   * @example
   * new optim.SGD([new nn.Parameter(torch.ones(1))], { lr: 0.1 }).toString().split('\n')[1] // 'Parameter Group 0'
   */
  toString(): string {
    const groups = this.paramGroups.map((group, i) => {
      const lines = Object.entries(group)
        .filter(([key]) => key !== 'params')
        .sort();
      return `Parameter Group ${i}\n${lines.map(([key, value]) => `    ${snake(key)}: ${String(value)}`).join('\n')}\n`;
    });
    return `${this.constructor.name} (\n${groups.join('\n')})`;
  }
}

/** Throws unless a number lies in a range. */
export function inRange(func: string, name: string, value: unknown, least: number, below = Infinity): void {
  if (typeof value === 'number' && value >= least && value < below) return;
  throw wrongArgument(
    func,
    name,
    below === Infinity ? `number from ${least} on` : `number from ${least} to below ${below}`,
    value,
  );
}
