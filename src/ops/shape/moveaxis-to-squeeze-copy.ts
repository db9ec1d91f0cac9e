import { fn, op } from '../op.js';
import type { Dims, OutOptions, Size, Sizes } from '../../shape.js';
import type { MemoryFormat } from '../../device.js';
import type { Tensor } from '../../tensor.js';

/**
 * Alias of {@link movedim}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.moveaxis.html
 * @example
 * torch.moveaxis(torch.ones(2, 3, 4), 0, 2).shape // [ 3, 4, 2 ]
 */
export const moveaxis =
  op<
    [
      (input: Tensor, source: Size, destination: Size) => Tensor,
      (input: Tensor, source: number, destination: number) => Tensor,
    ]
  >('aten::moveaxis');

/**
 * A view with dimensions moved to other places.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.movedim.html
 * @example
 * torch.movedim(torch.ones(2, 3, 4), 0, 2).shape // [ 3, 4, 2 ]
 */
export const movedim =
  op<
    [
      (input: Tensor, source: Size, destination: Size) => Tensor,
      (input: Tensor, source: number, destination: number) => Tensor,
    ]
  >('aten::movedim');

/**
 * A view of `length` elements of a dimension, from `start` on.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.narrow.html
 * @example
 * torch.narrow(torch.arange(4), 0, 1, 2) // tensor([1, 2])
 */
export const narrow =
  op<(input: Tensor, dim: number, start: number | Tensor, length: number) => Tensor>('aten::narrow');

/**
 * As {@link narrow}, as a copy.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.narrow_copy.html
 * @example
 * torch.narrowCopy(torch.arange(4), 0, 1, 2) // tensor([1, 2])
 */
export const narrowCopy =
  op<(input: Tensor, dim: number, start: number, length: number, options?: OutOptions) => Tensor>('aten::narrow_copy');

/**
 * A view with the dimensions in another order.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.permute.html
 * @example
 * torch.permute(torch.ones(2, 3), [1, 0]).shape // [ 3, 2 ]
 */
export const permute = op<(input: Tensor, ...dims: Sizes) => Tensor>('aten::permute');

/**
 * As {@link permute}, as a copy rather than a view.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.permute_copy.html
 */
export const permuteCopy = fn<(input: Tensor, ...dims: Sizes) => Tensor>('aten::permute_copy');

/**
 * The input with one dimension.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.ravel.html
 * @example
 * torch.ravel(torch.ones(2, 3)).shape // [ 6 ]
 */
export const ravel = op<(input: Tensor) => Tensor>('aten::ravel');

/**
 * The real parts, sharing memory.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.real.html
 * @example
 * torch.real(torch.tensor([1.5])) // tensor([1.5000])
 */
export const real = fn<(input: Tensor) => Tensor>('aten::real');

/** What {@link repeatInterleave} takes by name. */
export interface RepeatInterleaveOptions {
  outputSize?: number | null;
  /** The dimension, or dimensions, to work along. */
  dim?: number | null;
}

/**
 * Each element repeated where it stands.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.repeat_interleave.html
 * @example
 * torch.repeatInterleave(torch.tensor([1, 2]), 2) // tensor([1, 1, 2, 2])
 */
export const repeatInterleave =
  op<
    [
      (repeats: Tensor, options?: RepeatInterleaveOptions) => Tensor,
      (
        input: Tensor,
        repeats: Tensor | number,
        dim?: number | null | RepeatInterleaveOptions,
        options?: RepeatInterleaveOptions,
      ) => Tensor,
    ]
  >('aten::repeat_interleave');

/**
 * The elements in another shape: a view where that is possible, a copy otherwise. One size may be -1.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.reshape.html
 * @example
 * torch.reshape(torch.arange(4), [2, -1]) // tensor([[0, 1], [2, 3]])
 */
export const reshape = op<(input: Tensor, ...shape: Sizes) => Tensor>('aten::reshape');

/** What {@link resizeAs_} takes by name. */
export interface ResizeAsInPlaceOptions {
  /** The order of dimensions in memory. */
  memoryFormat?: MemoryFormat | null;
}

/**
 * Resizes the tensor as another one is, in place.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.resize_as_.html
 * @example
 * torch.zeros(1).resizeAs_(torch.ones(2, 3)).shape // [ 2, 3 ]
 */
export const resizeAs_ =
  op<(input: Tensor, theTemplate: Tensor, options?: ResizeAsInPlaceOptions) => Tensor>('aten::resize_as_');

/**
 * As {@link resizeAs_}, for sparse tensors.
 */
export const resizeAsSparse_ = op<(input: Tensor, theTemplate: Tensor) => Tensor>('aten::resize_as_sparse_');

/** What {@link roll} takes by name. */
export interface RollOptions {
  dims?: Dims;
}

/**
 * A copy with elements moved on; what falls off one end comes back at the other.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.roll.html
 * @example
 * torch.roll(torch.tensor([1, 2, 3]), 1) // tensor([3, 1, 2])
 */
export const roll =
  op<(input: Tensor, shifts: Dims, dims?: Dims | RollOptions, options?: RollOptions) => Tensor>('aten::roll');

/** What {@link rot90} takes by name. */
export interface Rot90Options {
  k?: number;
  dims?: Size;
}

/**
 * A copy turned by 90 degrees `k` times in the plane of two dimensions.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.rot90.html
 * @example
 * torch.rot90(torch.tensor([[1, 2], [3, 4]])) // tensor([[2, 4], [1, 3]])
 */
export const rot90 =
  op<(input: Tensor, k?: number | Rot90Options, dims?: Size | Rot90Options, options?: Rot90Options) => Tensor>(
    'aten::rot90',
  );

/**
 * The row of each value, as a copy.
 *
 * @example
 * torch.rowIndicesCopy(torch.eye(2).toSparseCsc()) // tensor([0, 1])
 */
export const rowIndicesCopy = fn<(input: Tensor) => Tensor>('aten::row_indices_copy');

/**
 * Alias of {@link vstack}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.row_stack.html
 * @example
 * torch.rowStack([torch.tensor([1]), torch.tensor([2])]) // tensor([[1], [2]])
 */
export const rowStack = fn<(tensors: readonly Tensor[], options?: OutOptions) => Tensor>('aten::row_stack');

/**
 * As {@link select}, as a copy rather than a view.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.select_copy.html
 */
export const selectCopy = fn<(input: Tensor, dim: number, index: number) => Tensor>('aten::select_copy');

/** What {@link sliceCopy} takes by name. */
export interface SliceCopyOptions {
  /** The dimension, or dimensions, to work along. */
  dim?: number;
  start?: number | null;
  end?: number | null;
  step?: number;
}

/**
 * As {@link slice}, as a copy.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.slice_copy.html
 * @example
 * torch.sliceCopy(torch.arange(4), 0, 1, 3) // tensor([1, 2])
 */
export const sliceCopy =
  fn<
    (
      input: Tensor,
      dim?: number | SliceCopyOptions,
      start?: number | null | SliceCopyOptions,
      end?: number | null | SliceCopyOptions,
      step?: number | SliceCopyOptions,
      options?: SliceCopyOptions,
    ) => Tensor
  >('aten::slice_copy');

/** What {@link split} takes by name. */
export interface SplitOptions {
  /** The dimension, or dimensions, to work along. */
  dim?: unknown;
}

/**
 * Views of parts along a dimension, of one size or of the sizes given.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.split.html
 * @example
 * torch.split(torch.arange(5), 2)[2] // tensor([4])
 */
export const split = op<(dim?: unknown | SplitOptions, options?: SplitOptions) => Tensor[]>('aten::split');

/** What {@link splitCopy} takes by name. */
export interface SplitCopyOptions {
  /** The dimension, or dimensions, to work along. */
  dim?: number;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * As {@link split}, as a copy rather than a view.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.split_copy.html
 */
export const splitCopy =
  fn<(input: Tensor, splitSize: number, dim?: number | SplitCopyOptions, options?: SplitCopyOptions) => Tensor[]>(
    'aten::split_copy',
  );

/** What {@link splitWithSizes} takes by name. */
export interface SplitWithSizesOptions {
  /** The dimension, or dimensions, to work along. */
  dim?: unknown;
}

/**
 * Views of parts along a dimension, of the sizes given.
 *
 * @example
 * torch.splitWithSizes(torch.arange(4), [1, 3])[1] // tensor([1, 2, 3])
 */
export const splitWithSizes =
  op<(dim?: unknown | SplitWithSizesOptions, options?: SplitWithSizesOptions) => Tensor[]>('aten::split_with_sizes');

/** What {@link splitWithSizesCopy} takes by name. */
export interface SplitWithSizesCopyOptions {
  /** The dimension, or dimensions, to work along. */
  dim?: number;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * As {@link splitWithSizes}, as a copy rather than a view.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.split_with_sizes_copy.html
 */
export const splitWithSizesCopy =
  fn<
    (
      input: Tensor,
      splitSizes: Size,
      dim?: number | SplitWithSizesCopyOptions,
      options?: SplitWithSizesCopyOptions,
    ) => Tensor[]
  >('aten::split_with_sizes_copy');

/**
 * A view without dimensions of size one.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.squeeze.html
 * @example
 * torch.squeeze(torch.ones(1, 2, 1)).shape // [ 2 ]
 */
export const squeeze =
  op<[(input: Tensor) => Tensor, (input: Tensor, dim: number) => Tensor, (input: Tensor, ...dim: Sizes) => Tensor]>(
    'aten::squeeze',
  );

/**
 * As {@link squeeze}, as a copy rather than a view.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.squeeze_copy.html
 * @example
 * torch.squeezeCopy(torch.tensor([0.5, 1])) // tensor([0.5000, 1.0000])
 */
export const squeezeCopy =
  fn<[(input: Tensor) => Tensor, (input: Tensor, dim: number) => Tensor, (input: Tensor, ...dim: Sizes) => Tensor]>(
    'aten::squeeze_copy',
  );
