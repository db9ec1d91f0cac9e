import { binding } from '../binding.js';
import { FlambeauError, wrongArgument } from '../errors.js';
import { grad as gradients } from '../autograd/grad.js';
import { enableGrad, isGradEnabled } from '../autograd/modes.js';
import { difference, flatten, unflatten, type Flat } from '../graph/tree.js';
import { handleOf, isTensor, wrap } from '../ops/call.js';
import { zerosLike } from '../ops/creation/index.js';
import type { Tensor } from '../tensor.js';

/** Which arguments are differentiated: one by its place, or several. */
export type Argnums = number | readonly number[];

/** What {@link grad} and its like take beside their function. */
export interface GradTransformOptions {
  /** The places of the arguments that are differentiated; the first unless given. */
  argnums?: Argnums;
  /** Whether the function gives `[output, aux]`, of which `aux` is passed through; false unless given. */
  hasAux?: boolean;
}

/** Runs `body` in a layer in which gradients are recorded apart from those outside. */
export function gradLayer<T>(body: (level: number) => T): T {
  const level = binding.transformPush('grad');
  try {
    return enableGrad(() => body(level));
  } finally {
    binding.transformPop();
  }
}

/** Tensors as the layer sees them; those at `places`, or all, can be differentiated there. */
export function enter(flat: Flat, level: number, differentiable: (index: number) => boolean): Tensor[] {
  return flat.tensors.map((tensor, i) => wrap(binding.transformWrap(handleOf(tensor), level, differentiable(i))));
}

/** A structure as the world outside of the layer sees it. */
export function leave<T>(value: T, level: number): T {
  const { tensors, rest } = flatten(value);
  return unflatten(
    rest,
    tensors.map((tensor) => wrap(binding.transformUnwrap(handleOf(tensor), level))),
  ) as T;
}

/** The places of arguments that a transform differentiates, checked. */
export function placesOf(name: string, argnums: Argnums, count: number): number[] {
  const places = typeof argnums === 'number' ? [argnums] : [...argnums];
  return places.map((place) => {
    const at = place < 0 ? place + count : place;
    if (!Number.isInteger(place) || at < 0 || at >= count)
      throw new FlambeauError('INVALID_ARGUMENT', `${name}(): argnums names argument ${place}, but there are ${count}`);
    return at;
  });
}

/** For each tensor of `args`, the place of the argument that it belongs to. */
export function owners(args: readonly unknown[]): number[] {
  return args.flatMap((arg, i) => flatten(arg).tensors.map(() => i));
}

export function splitAux(name: string, value: unknown, hasAux: boolean): [unknown, unknown] {
  if (!hasAux) return [value, undefined];
  if (!Array.isArray(value) || value.length !== 2)
    throw new FlambeauError('INVALID_VALUE', `${name}(): with hasAux, the function must give [output, aux]`);
  return value as [unknown, unknown];
}

/** Gradients of the arguments at `places` as the caller asked for them: of one argument, or an array. */
function arranged(
  args: readonly unknown[],
  places: readonly number[],
  argnums: Argnums,
  flat: readonly Tensor[],
): unknown {
  let next = 0;
  const each = new Map<number, unknown>();
  for (const [i, arg] of args.entries()) {
    if (!places.includes(i)) continue;
    const { tensors, rest } = flatten(arg);
    each.set(i, unflatten(rest, flat.slice(next, (next += tensors.length))));
  }
  return typeof argnums === 'number' ? each.get(places[0]!) : places.map((place) => each.get(place));
}

function withValue(
  name: string,
  fn: (...args: never[]) => unknown,
  options: GradTransformOptions,
  args: readonly unknown[],
): { grads: unknown; value: unknown; aux: unknown } {
  const { argnums = 0, hasAux = false } = options;
  const places = placesOf(name, argnums, args.length);
  return gradLayer((level) => {
    const flat = flatten(args);
    const owner = owners(args);
    const inside = enter(flat, level, (i) => places.includes(owner[i]!));
    const [output, aux] = splitAux(name, fn(...(unflatten(flat.rest, inside) as never[])), hasAux);
    if (!isTensor(output)) throw new FlambeauError('INVALID_VALUE', `${name}(): the function must give a Tensor`);
    if (output.ndim !== 0)
      throw new FlambeauError(
        'INVALID_VALUE',
        `${name}(): the function must give a Tensor of no dimensions, not of shape [${output.shape.join(', ')}]`,
      );
    const leaves = inside.filter((_, i) => places.includes(owner[i]!));
    const found = derive([output], leaves, undefined, true);
    return leave({ grads: arranged(args, places, argnums, found), value: output, aux }, level);
  });
}

/** Gradients, zeros where the outputs do not depend on an input. */
export function derive(
  outputs: readonly Tensor[],
  inputs: readonly Tensor[],
  gradOutputs: readonly Tensor[] | undefined,
  createGraph: boolean,
): Tensor[] {
  const pairs = outputs
    .map((output, i) => [output, gradOutputs?.[i]] as const)
    .filter(([output]) => output.requiresGrad);
  if (pairs.length === 0) return inputs.map((input) => zerosLike(input));
  const found = gradients(
    pairs.map(([output]) => output),
    inputs,
    {
      ...(gradOutputs ? { gradOutputs: pairs.map(([, given]) => given!) } : {}),
      createGraph,
      retainGraph: true,
      allowUnused: true,
    },
  ) as (Tensor | null)[];
  return found.map((each, i) => each ?? zerosLike(inputs[i]!));
}

/**
 * Makes a function that computes the gradient of `fn`, which gives a tensor of no dimensions.
 *
 * @returns a function of the same arguments; it gives a gradient like the argument at `argnums`, or an array of them; with
 * `hasAux`, `[gradient, aux]`
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.func.grad.html
 * @example
 * const cube = (x) => x.pow(3)
 * torch.func.grad(torch.func.grad(cube))(torch.tensor(2.5)) // tensor(15.)
 */
export function grad<A extends unknown[]>(
  fn: (...args: A) => unknown,
  options: GradTransformOptions = {},
): (...args: A) => Tensor {
  if (typeof fn !== 'function') throw wrongArgument('grad', 'fn', 'function', fn);
  return (...args) => {
    const { grads, aux } = withValue('grad', fn as never, options, args);
    return (options.hasAux ? [grads, aux] : grads) as Tensor;
  };
}

/**
 * As {@link grad}, with the value of the function.
 *
 * @returns a function that gives `[gradient, value]`; with `hasAux`, `[gradient, [value, aux]]`
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.func.grad_and_value.html
 * @example
 * const [gradient, value] = torch.func.gradAndValue((x) => x.square().sum())(torch.tensor([1.5, 2]))
 * gradient // tensor([3., 4.])
 * value // tensor(6.2500)
 */
export function gradAndValue<A extends unknown[]>(
  fn: (...args: A) => unknown,
  options: GradTransformOptions = {},
): (...args: A) => [gradient: Tensor, value: Tensor] {
  if (typeof fn !== 'function') throw wrongArgument('gradAndValue', 'fn', 'function', fn);
  return (...args) => {
    const { grads, value, aux } = withValue('gradAndValue', fn as never, options, args);
    return [grads, options.hasAux ? [value, aux] : value] as [Tensor, Tensor];
  };
}

/** What {@link vjp} gives: the output, and a function of the cotangents. */
export type Vjp<A extends unknown[], R> = [output: R, vjpFn: (cotangents: R) => A, aux?: unknown];

/**
 * The output of `fn`, and a function that gives the product of a vector with its Jacobian.
 *
 * @param primals - the arguments of `fn`, all differentiated
 * @returns `[output, vjpFn]`; `vjpFn` takes cotangents like the output and gives an array with one for each argument
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.func.vjp.html
 * @example
 * const [output, vjpFn] = torch.func.vjp((x) => x.sin(), torch.zeros(2))
 * vjpFn(torch.tensor([1.5, 2]))[0] // tensor([1.5000, 2.0000])
 */
export function vjp<A extends unknown[], R>(fn: (...args: A) => R, ...primals: A): Vjp<A, R> {
  return vjpAt('vjp', fn, primals, undefined, false) as Vjp<A, R>;
}

/** As {@link vjp}, for the arguments at `argnums`. */
export function vjpAt(
  name: string,
  fn: (...args: never[]) => unknown,
  primals: readonly unknown[],
  argnums: Argnums | undefined,
  hasAux: boolean,
): [output: unknown, vjpFn: (cotangents: unknown) => unknown, aux: unknown] {
  if (typeof fn !== 'function') throw wrongArgument(name, 'fn', 'function', fn);
  const all = primals.map((_, i) => i);
  const places = argnums === undefined ? all : placesOf(name, argnums, primals.length);
  return gradLayer((level) => {
    const flat = flatten(primals);
    const owner = owners(primals);
    const inside = enter(flat, level, (i) => places.includes(owner[i]!));
    const [output, aux] = splitAux(name, fn(...(unflatten(flat.rest, inside) as never[])), hasAux);
    const out = flatten(output);
    if (out.tensors.length === 0) throw new FlambeauError('INVALID_VALUE', `${name}(): the function must give Tensors`);
    const odd = out.tensors.find((tensor) => !tensor.isFloatingPoint() && !tensor.isComplex());
    if (odd)
      throw new FlambeauError(
        'INVALID_VALUE',
        `${name}(): results must be floating point or complex, not ${odd.dtype}`,
      );
    const leaves = inside.filter((_, i) => places.includes(owner[i]!));
    const pull = (cotangents: unknown): unknown => {
      const given = flatten(cotangents);
      const place = difference(given.rest, out.rest);
      if (place !== undefined)
        throw new FlambeauError('INVALID_VALUE', `${name}(): the cotangents are not like the output at output${place}`);
      const found = derive(out.tensors, leaves, given.tensors, isGradEnabled());
      return arranged(primals, places, argnums ?? all, found);
    };
    return [leave(output, level), pull, leave(aux, level)];
  });
}
