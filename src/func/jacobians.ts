import { FlambeauError } from '../errors.js';
import { flatten, unflatten } from '../graph/tree.js';
import { eye } from '../ops/creation/index.js';
import type { Tensor } from '../tensor.js';
import { vmap } from './batching.js';
import { jvpAt } from './forward.js';
import { placesOf, vjpAt, type Argnums } from './gradients.js';

/** What {@link jacrev} and {@link jacfwd} take beside their function. */
export interface JacobianOptions {
  /** The places of the arguments that are differentiated; the first unless given. */
  argnums?: Argnums;
  /** Whether the function gives `[output, aux]`, of which `aux` is passed through; false unless given. */
  hasAux?: boolean;
  /** How many rows or columns are computed at a time; all unless given. */
  chunkSize?: number | null;
  /** What random operators of the function do, as in {@link vmap}. */
  randomness?: 'error' | 'different' | 'same';
}

/** For each tensor, the rows of an identity matrix over all of their elements that belong to it. */
function basisOf(tensors: readonly Tensor[]): Tensor[] {
  const total = tensors.reduce((sum, tensor) => sum + tensor.numel(), 0);
  let start = 0;
  return tensors.map((tensor) => {
    const count = tensor.numel();
    const rows = eye(total, { dtype: tensor.dtype, device: tensor.device }).narrow(1, start, count);
    start += count;
    return rows.reshape([total, ...tensor.shape]);
  });
}

/** `[output][input]` as the caller knows them: a tensor for one of each, the structures of both otherwise. */
function arrange(
  output: unknown,
  inputs: readonly unknown[],
  argnums: Argnums,
  at: (i: number, k: number) => Tensor,
): unknown {
  const out = flatten(output);
  const inside = flatten(inputs);
  const blocks = out.tensors.map((_, i) => {
    const own = unflatten(
      inside.rest,
      inside.tensors.map((_, k) => at(i, k)),
    ) as unknown[];
    return typeof argnums === 'number' ? own[0] : own;
  });
  // Not tensors, so unflatten() does not look at them: it puts what it is given in place.
  return unflatten(out.rest, blocks as Tensor[]);
}

/**
 * Makes a function that computes the Jacobian of `fn` row by row, by reverse mode: good where it gives fewer elements than
 * it takes.
 *
 * @returns a function of the same arguments; its result has the shape `(*output, *input)`, in the structure of the output
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.func.jacrev.html
 * @example
 * torch.func.jacrev((x) => x.square())(torch.tensor([1.5, 2])) // tensor([[3., 0.], [0., 4.]])
 */
export function jacrev<A extends unknown[]>(
  fn: (...args: A) => unknown,
  options: JacobianOptions = {},
): (...args: A) => Tensor {
  const { argnums = 0, hasAux = false, chunkSize = null, randomness = 'error' } = options;
  return (...args) => {
    const [output, pull, aux] = vjpAt('jacrev', fn as never, args, argnums, hasAux);
    const out = flatten(output);
    const inputs = placesOf('jacrev', argnums, args.length).map((place) => args[place]);
    const rows = vmap((cotangents: unknown) => flatten(pull(cotangents)).tensors, { chunkSize, randomness })(
      unflatten(out.rest, basisOf(out.tensors)),
    );
    const starts = offsets(out.tensors);
    const jacobian = arrange(output, inputs, argnums, (i, k) => {
      const { shape } = out.tensors[i]!;
      const own = rows[k]!.narrow(0, starts[i]!, out.tensors[i]!.numel());
      return own.reshape([...shape, ...own.shape.slice(1)]);
    });
    return (hasAux ? [jacobian, aux] : jacobian) as Tensor;
  };
}

/**
 * Makes a function that computes the Jacobian of `fn` column by column, by forward mode: good where it takes fewer elements
 * than it gives.
 *
 * @returns a function of the same arguments; its result has the shape `(*output, *input)`, in the structure of the output
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.func.jacfwd.html
 * @example
 * torch.func.jacfwd((x) => x.sin())(torch.zeros(2)) // tensor([[1., 0.], [0., 1.]])
 */
export function jacfwd<A extends unknown[]>(
  fn: (...args: A) => unknown,
  options: JacobianOptions = {},
): (...args: A) => Tensor {
  const { argnums = 0, hasAux = false, chunkSize = null, randomness = 'error' } = options;
  return (...args) => {
    const inputs = placesOf('jacfwd', argnums, args.length).map((place) => args[place]);
    const inside = flatten(inputs);
    if (inside.tensors.length === 0)
      throw new FlambeauError('INVALID_VALUE', 'jacfwd(): no argument that is differentiated holds a Tensor');
    const push = (tangents: unknown): [Tensor[], unknown, unknown] => {
      const [output, tangent, aux] = jvpAt('jacfwd', fn as never, args, tangents as unknown[], argnums, hasAux);
      return [flatten(tangent).tensors, output, aux];
    };
    let output: unknown;
    let aux: unknown;
    const columns = vmap(
      (tangents: unknown) => {
        const [tangent, value, rest] = push(tangents);
        [output, aux] = [value, rest];
        return tangent;
      },
      { chunkSize, randomness, outDims: -1 },
    )(unflatten(inside.rest, basisOf(inside.tensors)));
    const starts = offsets(inside.tensors);
    const jacobian = arrange(output, inputs, argnums, (i, k) => {
      const own = columns[i]!.narrow(-1, starts[k]!, inside.tensors[k]!.numel());
      return own.reshape([...own.shape.slice(0, -1), ...inside.tensors[k]!.shape]);
    });
    return (hasAux ? [jacobian, aux] : jacobian) as Tensor;
  };
}

function offsets(tensors: readonly Tensor[]): number[] {
  let start = 0;
  return tensors.map((tensor) => {
    const own = start;
    start += tensor.numel();
    return own;
  });
}

/**
 * Makes a function that computes the second derivatives of `fn`: forward mode over reverse mode.
 *
 * @returns a function of the same arguments; its result has the shape `(*output, *input, *input)`
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.func.hessian.html
 * @example
 * torch.func.hessian((x) => x.pow(3).sum())(torch.tensor([1.5, 2])) // tensor([[ 9., 0.], [ 0., 12.]])
 */
export function hessian<A extends unknown[]>(
  fn: (...args: A) => unknown,
  { argnums = 0 }: { argnums?: Argnums } = {},
): (...args: A) => Tensor {
  return jacfwd(jacrev(fn, { argnums }), { argnums });
}
