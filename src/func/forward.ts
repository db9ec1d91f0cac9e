import { binding } from '../binding.js';
import { FlambeauError, wrongArgument } from '../errors.js';
import { difference, flatten, unflatten } from '../graph/tree.js';
import { inDualLevel, makeDual, unpackDual } from '../autograd/dual.js';
import { handleOf, isTensor, wrap } from '../ops/call.js';
import { zerosLike } from '../ops/creation/index.js';
import { leave, placesOf, splitAux, type Argnums } from './gradients.js';

/** Runs `body` in a layer in which tangents are carried along. */
function forwardLayer<T>(body: (level: number) => T): T {
  const level = binding.transformPush('jvp');
  try {
    return inDualLevel(() => body(level));
  } finally {
    binding.transformPop();
  }
}

/** What {@link jvp} takes beside its function and tensors. */
export interface JvpOptions {
  /** Whether the function gives `[output, aux]`, of which `aux` is passed through; false unless given. */
  hasAux?: boolean;
}

/**
 * The output of `fn`, and the product of its Jacobian with a vector, in one forward pass.
 *
 * @param primals - the arguments of `fn`
 * @param tangents - a vector like the arguments
 * @returns `[output, tangent of the output]`; with `hasAux`, also `aux`
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.func.jvp.html
 * @example
 * const [output, tangent] = torch.func.jvp((x) => x.square(), [torch.tensor([1.5, 2])], [torch.ones(2)])
 * tangent // tensor([3., 4.])
 */
export function jvp<A extends unknown[], R>(
  fn: (...args: A) => R,
  primals: readonly [...A],
  tangents: readonly [...A],
  options: JvpOptions = {},
): [output: R, tangent: R, aux?: unknown] {
  return jvpAt('jvp', fn as never, primals, tangents, undefined, options.hasAux ?? false) as [R, R];
}

/**
 * The output of `fn`, and a function that gives the product of its Jacobian at that place with any vector. Each call runs
 * `fn` forward once.
 *
 * @param primals - the arguments of `fn`
 * @returns `[output, product]`, where `product(...tangents)` is a tangent of the output
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.func.linearize.html
 * @example
 * const [output, product] = torch.func.linearize((x) => x.square(), torch.tensor([1.5, 2]))
 * product(torch.ones(2)) // tensor([3., 4.])
 */
export function linearize<A extends unknown[], R>(
  fn: (...args: A) => R,
  ...primals: A
): [output: R, product: (...tangents: A) => R] {
  if (typeof fn !== 'function') throw wrongArgument('linearize', 'fn', 'function', fn);
  const product = (...tangents: A): R => jvpAt('linearize', fn as never, primals, tangents, undefined, false)[1] as R;
  return [fn(...primals), product];
}

/** As {@link jvp}, with tangents for the arguments at `argnums` alone. */
export function jvpAt(
  name: string,
  fn: (...args: never[]) => unknown,
  primals: readonly unknown[],
  tangents: readonly unknown[],
  argnums: Argnums | undefined,
  hasAux: boolean,
): [output: unknown, tangent: unknown, aux?: unknown] {
  if (typeof fn !== 'function') throw wrongArgument(name, 'fn', 'function', fn);
  if (!Array.isArray(primals)) throw wrongArgument(name, 'primals', 'array of the arguments', primals);
  if (!Array.isArray(tangents)) throw wrongArgument(name, 'tangents', 'array like the arguments', tangents);
  const places = argnums === undefined ? primals.map((_, i) => i) : placesOf(name, argnums, primals.length);
  const given = flatten(tangents);
  const moving = flatten(places.map((place) => primals[place] as unknown));
  const odd = difference(given.rest, moving.rest);
  if (odd !== undefined)
    throw new FlambeauError('INVALID_VALUE', `${name}(): the tangents are not like the arguments at tangents${odd}`);
  return forwardLayer((level) => {
    const duals = unflatten(
      moving.rest,
      moving.tensors.map((tensor, i) => makeDual(tensor, given.tensors[i]!)),
    ) as unknown[];
    const args = primals.map((primal, i) => {
      const at = places.indexOf(i);
      if (at >= 0) return duals[at];
      const still = flatten(primal);
      const wrapped = still.tensors.map((tensor) => wrap(binding.transformWrap(handleOf(tensor), level, false)));
      return unflatten(still.rest, wrapped);
    });
    const [output, aux] = splitAux(name, fn(...(args as never[])), hasAux);
    const out = flatten(output);
    if (out.tensors.length === 0 || !out.tensors.every(isTensor))
      throw new FlambeauError('INVALID_VALUE', `${name}(): the function must give Tensors`);
    const pairs = out.tensors.map((tensor) => {
      const { primal, tangent } = unpackDual(tensor);
      return [primal, tangent ?? zerosLike(primal)] as const;
    });
    const part = (k: 0 | 1): unknown =>
      leave(
        unflatten(
          out.rest,
          pairs.map((pair) => pair[k]),
        ),
        level,
      );
    return hasAux ? [part(0), part(1), leave(aux, level)] : [part(0), part(1)];
  });
}
