import { fn, op } from '../op.js';
import type { Scalar, Size, Sizes } from '../../shape.js';
import type { MemoryFormat } from '../../device.js';
import type { Tensor } from '../../tensor.js';

/** What {@link stack} takes by name. */
export interface StackOptions {
  /** The dimension, or dimensions, to work along. */
  dim?: number;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * Tensors of one shape along a new dimension.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.stack.html
 * @example
 * torch.stack([torch.tensor([1, 2]), torch.tensor([3, 4])]) // tensor([[1, 2], [3, 4]])
 */
export const stack =
  fn<(tensors: readonly Tensor[], dim?: number | StackOptions, options?: StackOptions) => Tensor>('aten::stack');

/**
 * Alias of {@link transpose}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.swapaxes.html
 * @example
 * torch.swapaxes(torch.ones(2, 3), 0, 1).shape // [ 3, 2 ]
 */
export const swapaxes = op<(input: Tensor, axis0: number, axis1: number) => Tensor>('aten::swapaxes');

/**
 * Alias of {@link transpose}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.swapdims.html
 * @example
 * torch.swapdims(torch.ones(2, 3), 0, 1).shape // [ 3, 2 ]
 */
export const swapdims = op<(input: Tensor, dim0: number, dim1: number) => Tensor>('aten::swapdims');

/** What {@link symConstrainRange} takes by name. */
export interface SymConstrainRangeOptions {
  /** The least value. */
  min?: number | null;
  /** The greatest value. */
  max?: number | null;
}

/**
 * Promises that a number lies in a range, for tracing.
 */
export const symConstrainRange =
  fn<(size: Scalar, options?: SymConstrainRangeOptions) => void>('aten::sym_constrain_range');

/** What {@link symConstrainRangeForSize} takes by name. */
export interface SymConstrainRangeForSizeOptions {
  /** The least value. */
  min?: number | null;
  /** The greatest value. */
  max?: number | null;
}

/**
 * Promises that a size lies in a range, for tracing.
 */
export const symConstrainRangeForSize = fn<(size: Scalar, options?: SymConstrainRangeForSizeOptions) => void>(
  'aten::sym_constrain_range_for_size',
);

/** What {@link symIsContiguous} takes by name. */
export interface SymIsContiguousOptions {
  /** The order of dimensions in memory. */
  memoryFormat?: MemoryFormat;
}

/**
 * Whether the elements lie in order.
 *
 * @example
 * torch.symIsContiguous(torch.ones(2)) // true
 */
export const symIsContiguous =
  fn<
    (input: Tensor, memoryFormat?: MemoryFormat | SymIsContiguousOptions, options?: SymIsContiguousOptions) => boolean
  >('aten::sym_is_contiguous');

/**
 * The number of elements.
 *
 * @example
 * torch.symNumel(torch.ones(2, 3)) // 6
 */
export const symNumel = fn<(input: Tensor) => number>('aten::sym_numel');

/**
 * The size of a dimension.
 *
 * @example
 * torch.symSize(torch.ones(2, 3), 1) // 3
 */
export const symSize = fn<(input: Tensor, dim: number) => number>('aten::sym_size');

/**
 * How many elements before the first one lie in the storage.
 *
 * @example
 * torch.symStorageOffset(torch.ones(2)) // 0
 */
export const symStorageOffset = fn<(input: Tensor) => number>('aten::sym_storage_offset');

/**
 * The stride of a dimension.
 *
 * @example
 * torch.symStride(torch.ones(2, 3), 0) // 3
 */
export const symStride = fn<(input: Tensor, dim: number) => number>('aten::sym_stride');

/**
 * A matrix transposed, as a view.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.t.html
 * @example
 * torch.t(torch.ones(2, 3)).shape // [ 3, 2 ]
 */
export const t = op<(input: Tensor) => Tensor>('aten::t');

/**
 * As {@link t}, as a copy rather than a view.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.t_copy.html
 * @example
 * torch.tCopy(torch.tensor([0.5, 1])) // tensor([0.5000, 1.0000])
 */
export const tCopy = fn<(input: Tensor) => Tensor>('aten::t_copy');

/** What {@link tensorSplit} takes by name. */
export interface TensorSplitOptions {
  /** The dimension, or dimensions, to work along. */
  dim?: unknown;
}

/**
 * Views of parts along a dimension, by number or by places; they may differ in size.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.tensor_split.html
 * @example
 * torch.tensorSplit(torch.arange(5), 2)[0] // tensor([0, 1, 2])
 */
export const tensorSplit =
  op<(dim?: unknown | TensorSplitOptions, options?: TensorSplitOptions) => Tensor[]>('aten::tensor_split');

/**
 * The tensor repeated along each dimension.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.tile.html
 * @example
 * torch.tile(torch.tensor([1, 2]), [2]) // tensor([1, 2, 1, 2])
 */
export const tile = op<(input: Tensor, ...dims: Sizes) => Tensor>('aten::tile');

/**
 * A view with two dimensions exchanged.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.transpose.html
 * @example
 * torch.transpose(torch.ones(2, 3), 0, 1).shape // [ 3, 2 ]
 */
export const transpose = op<(input: Tensor, dim0: number, dim1: number) => Tensor>('aten::transpose');

/**
 * As {@link transpose}, as a copy rather than a view.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.transpose_copy.html
 */
export const transposeCopy = fn<(input: Tensor, dim0: number, dim1: number) => Tensor>('aten::transpose_copy');

/** What {@link unbind} takes by name. */
export interface UnbindOptions {
  /** The dimension, or dimensions, to work along. */
  dim?: unknown;
}

/**
 * Views of the slices along a dimension.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.unbind.html
 * @example
 * torch.unbind(torch.tensor([1, 2]))[1] // tensor(2)
 */
export const unbind = op<(dim?: unknown | UnbindOptions, options?: UnbindOptions) => Tensor[]>('aten::unbind');

/** What {@link unbindCopy} takes by name. */
export interface UnbindCopyOptions {
  /** The dimension, or dimensions, to work along. */
  dim?: number;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * As {@link unbind}, as copies.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.unbind_copy.html
 * @example
 * torch.unbindCopy(torch.tensor([1, 2]))[1] // tensor(2)
 */
export const unbindCopy =
  fn<(input: Tensor, dim?: number | UnbindCopyOptions, options?: UnbindCopyOptions) => Tensor[]>('aten::unbind_copy');

/**
 * Splits a dimension into several.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.unflatten.html
 * @example
 * torch.unflatten(torch.arange(4), 0, [2, 2]) // tensor([[0, 1], [2, 3]])
 */
export const unflatten = op<(input: Tensor, dim: number, sizes: Size) => Tensor>('aten::unflatten');

/**
 * As {@link unfold}, as a copy rather than a view.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.unfold_copy.html
 */
export const unfoldCopy =
  fn<(input: Tensor, dimension: number, size: number, step: number) => Tensor>('aten::unfold_copy');

/** What {@link unsafeChunk} takes by name. */
export interface UnsafeChunkOptions {
  /** The dimension, or dimensions, to work along. */
  dim?: number;
}

/**
 * As {@link chunk}, of which the graph does not know that the parts share memory.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.unsafe_chunk.html
 * @example
 * torch.unsafeChunk(torch.arange(4), 2)[0] // tensor([0, 1])
 */
export const unsafeChunk =
  op<(input: Tensor, chunks: number, dim?: number | UnsafeChunkOptions, options?: UnsafeChunkOptions) => Tensor[]>(
    'aten::unsafe_chunk',
  );

/** What {@link unsafeSplit} takes by name. */
export interface UnsafeSplitOptions {
  /** The dimension, or dimensions, to work along. */
  dim?: number;
}

/**
 * As {@link split}, of which the graph does not know that the parts share memory.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.unsafe_split.html
 * @example
 * torch.unsafeSplit(torch.arange(4), 2)[0] // tensor([0, 1])
 */
export const unsafeSplit =
  op<(input: Tensor, splitSize: number, dim?: number | UnsafeSplitOptions, options?: UnsafeSplitOptions) => Tensor[]>(
    'aten::unsafe_split',
  );

/** What {@link unsafeSplitWithSizes} takes by name. */
export interface UnsafeSplitWithSizesOptions {
  /** The dimension, or dimensions, to work along. */
  dim?: number;
}

/**
 * As {@link splitWithSizes}, of which the graph does not know that the parts share memory.
 *
 * @example
 * torch.unsafeSplitWithSizes(torch.arange(4), [1, 3])[1] // tensor([1, 2, 3])
 */
export const unsafeSplitWithSizes = op<
  (
    input: Tensor,
    splitSizes: Size,
    dim?: number | UnsafeSplitWithSizesOptions,
    options?: UnsafeSplitWithSizesOptions,
  ) => Tensor[]
>('aten::unsafe_split_with_sizes');

/**
 * A view with a new dimension of size one.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.unsqueeze.html
 * @example
 * torch.unsqueeze(torch.ones(2), 0).shape // [ 1, 2 ]
 */
export const unsqueeze = op<(input: Tensor, dim: number) => Tensor>('aten::unsqueeze');

/**
 * As {@link unsqueeze}, as a copy rather than a view.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.unsqueeze_copy.html
 */
export const unsqueezeCopy = fn<(input: Tensor, dim: number) => Tensor>('aten::unsqueeze_copy');

/**
 * The values of a sparse tensor, as a copy.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.values_copy.html
 */
export const valuesCopy = fn<(input: Tensor) => Tensor>('aten::values_copy');

/**
 * A real tensor with a last dimension of 2 as a complex one, sharing memory.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.view_as_complex.html
 * @example
 * torch.viewAsComplex(torch.ones(1, 2)) // tensor([1.+1.j])
 */
export const viewAsComplex = fn<(input: Tensor) => Tensor>('aten::view_as_complex');
