import { binding } from '../binding.js';
import { FlambeauError, wrongArgument } from '../errors.js';
import { flatten, unflatten } from '../graph/tree.js';
import { handleOf, isTensor, wrap } from '../ops/call.js';
import { cat } from '../ops/shape/index.js';
import type { Tensor } from '../tensor.js';

/** Which dimension is mapped over: one for all tensors, null for none, or a structure like that of the values. */
export type BatchDims = number | null | readonly BatchDims[] | { readonly [key: string]: BatchDims };

/** What {@link vmap} takes beside its function. */
export interface VmapOptions {
  /** The dimension of each argument that is mapped over; the first unless given. */
  inDims?: BatchDims;
  /** Where the mapped dimension stands in each result; the first unless given. */
  outDims?: BatchDims;
  /** What random operators do: throw, draw for each slice, or draw once for all; throw unless given. */
  randomness?: 'error' | 'different' | 'same';
  /** How many slices are computed at a time; all unless given. */
  chunkSize?: number | null;
}

/** A dimension for each tensor of `value`, in the order in which {@link flatten} takes them. */
function spread(name: string, dims: BatchDims, value: unknown, path = ''): (number | null)[] {
  if (dims === null || typeof dims === 'number') return flatten(value).tensors.map(() => dims);
  if (isTensor(value) || typeof value !== 'object' || value === null || Array.isArray(dims) !== Array.isArray(value)) {
    throw new FlambeauError(
      'INVALID_ARGUMENT',
      `vmap(): ${name} is not like the values: ${name}${path} must be a number or null`,
    );
  }
  const [keys, own] = [Object.keys(value), Object.keys(dims)];
  if (keys.join() !== own.join()) {
    throw new FlambeauError(
      'INVALID_ARGUMENT',
      `vmap(): ${name}${path} has the places [${own.join(', ')}], but the values have [${keys.join(', ')}]`,
    );
  }
  return keys.flatMap((key) =>
    spread(
      name,
      (dims as Record<string, BatchDims>)[key]!,
      (value as Record<string, unknown>)[key],
      Array.isArray(value) ? `[${key}]` : `${path}.${key}`,
    ),
  );
}

function batchSizeOf(tensors: readonly Tensor[], paths: readonly string[], dims: (number | null)[]): number {
  let size: number | undefined;
  let first = '';
  tensors.forEach((tensor, i) => {
    const dim = dims[i];
    if (dim === null || dim === undefined) return;
    const at = dim < 0 ? dim + tensor.ndim : dim;
    if (!Number.isInteger(dim) || at < 0 || at >= tensor.ndim) {
      throw new FlambeauError(
        'INDEX_OUT_OF_RANGE',
        `vmap(): argument ${paths[i]} has ${tensor.ndim} dimensions, so it cannot be mapped over dimension ${dim}`,
      );
    }
    dims[i] = at;
    const own = tensor.shape[at]!;
    if (size !== undefined && own !== size) {
      throw new FlambeauError(
        'INVALID_VALUE',
        `vmap(): arguments are mapped over dimensions of one size, but ${first} has ${size} and ${paths[i]} has ${own}`,
      );
    }
    size = own;
    first ||= paths[i]!;
  });
  if (size === undefined)
    throw new FlambeauError('INVALID_VALUE', "vmap(): no argument is mapped over; 'inDims' must name a dimension");
  return size;
}

/**
 * Makes a function that maps `fn` over a dimension of its arguments, in one go rather than one by one: inside, a tensor
 * has the shape of a slice.
 *
 * @param fn - takes and gives tensors, also inside of arrays and objects; it must not be asynchronous, nor read values
 * @returns a function that takes the whole tensors
 * @throws when sizes differ, dimensions do not exist, or `fn` gives anything but tensors
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.func.vmap.html
 * @example
 * const [a, b] = [torch.ones(3, 5), torch.ones(3, 5)]
 * torch.vmap((x, y) => x.dot(y))(a, b) // tensor([5., 5., 5.])
 */
export function vmap<A extends unknown[], R>(fn: (...args: A) => R, options: VmapOptions = {}): (...args: A) => R {
  const { inDims = 0, outDims = 0, randomness = 'error', chunkSize = null } = options;
  if (typeof fn !== 'function') throw wrongArgument('vmap', 'fn', 'function', fn);
  if (!['error', 'different', 'same'].includes(randomness))
    throw wrongArgument('vmap', 'randomness', "'error', 'different' or 'same'", randomness);
  if (chunkSize !== null && !(Number.isInteger(chunkSize) && chunkSize > 0))
    throw wrongArgument('vmap', 'chunkSize', 'positive integer', chunkSize);
  return (...args: A): R => {
    const { tensors, paths, rest } = flatten(args);
    const dims = spread('inDims', inDims, args);
    const size = batchSizeOf(tensors, paths, dims);
    if (chunkSize === null || chunkSize >= size) return run(fn, tensors, rest, dims, size, outDims, randomness);
    const parts: unknown[] = [];
    for (let start = 0; start < size; start += chunkSize) {
      const length = Math.min(chunkSize, size - start);
      const chunk = tensors.map((tensor, i) => (dims[i] === null ? tensor : tensor.narrow(dims[i]!, start, length)));
      parts.push(run(fn, chunk, rest, dims, length, outDims, randomness));
    }
    const flat = parts.map((part) => flatten(part));
    const places = spread('outDims', outDims, parts[0]);
    const joined = flat[0]!.tensors.map((tensor, i) =>
      places[i] === null
        ? tensor
        : cat(
            flat.map((part) => part.tensors[i]!),
            places[i],
          ),
    );
    return unflatten(flat[0]!.rest, joined) as R;
  };
}

function run<A extends unknown[], R>(
  fn: (...args: A) => R,
  tensors: readonly Tensor[],
  rest: unknown,
  dims: readonly (number | null)[],
  size: number,
  outDims: BatchDims,
  randomness: string,
): R {
  const level = binding.transformPush('vmap', size, randomness);
  try {
    const slices = tensors.map((tensor, i) =>
      dims[i] === null ? tensor : wrap(binding.transformAddDim(handleOf(tensor), dims[i]!, level)),
    );
    const value = fn(...(unflatten(rest, slices) as A));
    const flat = flatten(value);
    const places = spread('outDims', outDims, value);
    if (flat.tensors.length === 0)
      throw new FlambeauError(
        'INVALID_VALUE',
        'vmap(): the function must give Tensors, also inside of arrays and objects',
      );
    const whole = flat.tensors.map((tensor, i) => {
      const handle = binding.transformRemoveDim(handleOf(tensor), level, size, places[i]!);
      if (handle === null)
        throw new FlambeauError(
          'INVALID_VALUE',
          "vmap(): a result that was mapped over needs a dimension in 'outDims', not null",
        );
      return wrap(handle);
    });
    return unflatten(flat.rest, whole) as R;
  } finally {
    binding.transformPop();
  }
}
