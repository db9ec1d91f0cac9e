/**
 * `torch.nn.utils.stateless`: modules with other parameters than their own.
 *
 * @packageDocumentation
 */
import { FlambeauError, wrongArgument } from '../../errors.js';
import { Tensor } from '../../tensor.js';
import type { Module } from '../modules/module.js';
import { join, type ModuleTree } from '../modules/tree.js';

interface Place {
  owner: Record<string, unknown>;
  name: string;
  value: Tensor;
}

/** Options of {@link functionalCall}. */
export interface FunctionalCallOptions {
  /** Whether parameters that are one in the module stay one, so that a value for either is for both; true unless given. */
  tieWeights?: boolean;
  /** Whether every parameter and buffer must be given; false unless given. */
  strict?: boolean;
}

/** Every parameter and buffer by each of its names. */
function placesOf(module: ModuleTree, prefix = '', found = new Map<string, Place>()): Map<string, Place> {
  for (const [name, value] of [...module.ownParameters(), ...module.ownBuffers()])
    found.set(join(prefix, name), { owner: module as unknown as Record<string, unknown>, name, value });
  for (const [name, child] of module.namedChildren()) placesOf(child, join(prefix, name), found);
  return found;
}

function tied(places: ReadonlyMap<string, Place>, given: ReadonlyMap<string, Tensor>): Map<string, Tensor> {
  const byTensor = new Map<Tensor, { key: string; value: Tensor }>();
  for (const [key, value] of given) {
    const original = places.get(key)?.value;
    if (!original) continue;
    const other = byTensor.get(original);
    if (other && other.value !== value)
      throw new FlambeauError(
        'INVALID_VALUE',
        `functionalCall(): '${other.key}' and '${key}' are one tensor, and were given two`,
      );
    byTensor.set(original, { key, value });
  }
  const all = new Map(given);
  for (const [key, { value }] of places) {
    const replaced = byTensor.get(value);
    if (replaced) all.set(key, replaced.value);
  }
  return all;
}

/**
 * Calls a module with other tensors in the place of its parameters and buffers; those that are not given stay.
 *
 * Gradients reach what was given, so a step of an optimizer, or an average of models, can be a function of parameters.
 * When a buffer is replaced while the module runs, the object gets the new one.
 *
 * @param parametersAndBuffers - by dotted name, as `namedParameters()` gives them
 * @param args - what the module takes; anything but an array is the one argument
 * @throws when a name is not one of the module's, or with `strict` is missing
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.func.functional_call.html
 * @example
 * const layer = new nn.Linear(2, 1, { bias: false })
 * nn.utils.stateless.functionalCall(layer, { weight: torch.ones(1, 2) }, torch.ones(2)) // tensor([2.])
 */
export function functionalCall<A extends unknown[], R>(
  module: Module<A, R>,
  parametersAndBuffers: Record<string, Tensor>,
  args: A | A[0],
  { tieWeights = true, strict = false }: FunctionalCallOptions = {},
): R {
  const given = new Map(Object.entries(parametersAndBuffers));
  for (const [key, value] of given)
    if (!(value instanceof Tensor)) throw wrongArgument('functionalCall', key, 'Tensor', value);
  const places = placesOf(module);
  const unknown = [...given.keys()].filter((key) => !places.has(key));
  const all = tieWeights ? tied(places, given) : given;
  const missing = strict ? [...places.keys()].filter((key) => !all.has(key)) : [];
  if (unknown.length + missing.length > 0) {
    const lines = [
      ...(unknown.length > 0 ? [`unexpected: ${unknown.join(', ')}`] : []),
      ...(missing.length > 0 ? [`missing: ${missing.join(', ')}`] : []),
    ];
    throw new FlambeauError(
      'INVALID_VALUE',
      `functionalCall(): the tensors do not fit ${module.constructor.name}:\n  ${lines.join('\n  ')}`,
    );
  }
  try {
    for (const [key, value] of all) {
      const { owner, name } = places.get(key)!;
      owner[name] = value;
    }
    return module.call(...((Array.isArray(args) ? args : [args]) as A));
  } finally {
    for (const key of all.keys()) {
      const { owner, name, value } = places.get(key)!;
      if (given.has(key) && owner[name] instanceof Tensor) parametersAndBuffers[key] = owner[name];
      owner[name] = value;
    }
  }
}
