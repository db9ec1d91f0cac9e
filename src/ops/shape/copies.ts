import { fn, op } from '../op.js';
import type { Dtype } from '../../dtype.js';
import type { OutOptions, Size, Sizes, SizesThen } from '../../shape.js';
import type { Tensor } from '../../tensor.js';

/**
 * As {@link alias}, as a copy rather than a view.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.alias_copy.html
 * @example
 * torch.aliasCopy(torch.tensor([0.5, 1])) // tensor([0.5000, 1.0000])
 */
export const aliasCopy = fn<(input: Tensor) => Tensor>('aten::alias_copy');

/** What {@link asStridedCopy} takes by name. */
export interface AsStridedCopyOptions {
  /** Where in the storage the first element is, in elements; the input's own offset unless given. */
  storageOffset?: number | null;
}

/**
 * As {@link asStrided}, as a copy rather than a view.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.as_strided_copy.html
 * @example
 * torch.asStridedCopy(torch.arange(6), [2, 2], [3, 1]) // tensor([[0, 1], [3, 4]])
 */
export const asStridedCopy =
  fn<
    (
      input: Tensor,
      size: Size,
      stride: Size,
      storageOffset?: number | null | AsStridedCopyOptions,
      options?: AsStridedCopyOptions,
    ) => Tensor
  >('aten::as_strided_copy');

/**
 * Where each column begins, as a copy.
 *
 * @example
 * torch.ccolIndicesCopy(torch.eye(2).toSparseCsc()) // tensor([0, 1, 2])
 */
export const ccolIndicesCopy = fn<(input: Tensor) => Tensor>('aten::ccol_indices_copy');

/**
 * The column of each value, as a copy.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.col_indices_copy.html
 * @example
 * torch.colIndicesCopy(torch.eye(2).toSparseCsr()) // tensor([0, 1])
 */
export const colIndicesCopy = fn<(input: Tensor) => Tensor>('aten::col_indices_copy');

/**
 * Where each row begins, as a copy.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.crow_indices_copy.html
 * @example
 * torch.crowIndicesCopy(torch.eye(2).toSparseCsr()) // tensor([0, 1, 2])
 */
export const crowIndicesCopy = fn<(input: Tensor) => Tensor>('aten::crow_indices_copy');

/**
 * The row of each value, as a copy.
 *
 * @example
 * torch.rowIndicesCopy(torch.eye(2).toSparseCsc()) // tensor([0, 1])
 */
export const rowIndicesCopy = fn<(input: Tensor) => Tensor>('aten::row_indices_copy');

/**
 * As {@link detach}, as a copy rather than a view.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.detach_copy.html
 * @example
 * torch.detachCopy(torch.tensor([0.5, 1])) // tensor([0.5000, 1.0000])
 */
export const detachCopy = fn<(input: Tensor) => Tensor>('aten::detach_copy');

/** What {@link diagonalCopy} takes by name. */
export interface DiagonalCopyOptions {
  /** Which diagonal: above the main one when positive, below when negative. */
  offset?: number;
  /** The first dimension. */
  dim1?: number;
  /** The second dimension. */
  dim2?: number;
}

/**
 * As {@link diagonal}, as a copy.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.diagonal_copy.html
 * @example
 * torch.diagonalCopy(torch.eye(2)) // tensor([1., 1.])
 */
export const diagonalCopy =
  fn<
    (
      input: Tensor,
      offset?: number | DiagonalCopyOptions,
      dim1?: number | DiagonalCopyOptions,
      dim2?: number | DiagonalCopyOptions,
      options?: DiagonalCopyOptions,
    ) => Tensor
  >('aten::diagonal_copy');

/** What {@link expandCopy} takes by name. */
export interface ExpandCopyOptions {
  /** Whether the call stands for broadcasting; only function transforms look at it. `false` unless given. */
  implicit?: boolean;
}

/**
 * As {@link Tensor.expand}, as a copy rather than a view.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.expand_copy.html
 * @example
 * torch.expandCopy(torch.tensor([[1], [2]]), 2, 3) // tensor([[1, 1, 1], [2, 2, 2]])
 */
export const expandCopy = fn<(input: Tensor, ...size: SizesThen<ExpandCopyOptions>) => Tensor>('aten::expand_copy');

/**
 * The places of the values of a sparse tensor, as a copy.
 *
 * ```ts
 * // What function transforms call in place of indices().
 * torch.indicesCopy(x)
 * ```
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.indices_copy.html
 */
export const indicesCopy = fn<(input: Tensor) => Tensor>('aten::indices_copy');

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
 * As {@link permute}, as a copy rather than a view.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.permute_copy.html
 * @example
 * torch.permuteCopy(torch.ones(2, 3, 4), 2, 0, 1).shape // [ 4, 2, 3 ]
 */
export const permuteCopy = fn<(input: Tensor, ...dims: Sizes) => Tensor>('aten::permute_copy');

/**
 * As {@link select}, as a copy rather than a view.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.select_copy.html
 * @example
 * torch.selectCopy(torch.tensor([[1, 2], [3, 4]]), 1, 0) // tensor([1, 3])
 */
export const selectCopy = fn<(input: Tensor, dim: number, index: number) => Tensor>('aten::select_copy');

/** What {@link sliceCopy} takes by name. */
export interface SliceCopyOptions {
  /** The dimension, or dimensions, to work along. */
  dim?: number;
  /** The first index; the start of the dimension unless given. */
  start?: number | null;
  /** The index before which to stop; the end of the dimension unless given. */
  end?: number | null;
  /** The distance between two indices. 1 unless given. */
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
 * @example
 * torch.splitCopy(torch.arange(5), 2)[2] // tensor([4])
 */
export const splitCopy =
  fn<(input: Tensor, splitSize: number, dim?: number | SplitCopyOptions, options?: SplitCopyOptions) => Tensor[]>(
    'aten::split_copy',
  );

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
 * @example
 * torch.splitWithSizesCopy(torch.arange(5), [1, 4])[1] // tensor([1, 2, 3, 4])
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

/**
 * As {@link t}, as a copy rather than a view.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.t_copy.html
 * @example
 * torch.tCopy(torch.tensor([0.5, 1])) // tensor([0.5000, 1.0000])
 */
export const tCopy = fn<(input: Tensor) => Tensor>('aten::t_copy');

/**
 * As {@link transpose}, as a copy rather than a view.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.transpose_copy.html
 * @example
 * torch.transposeCopy(torch.tensor([[1, 2], [3, 4]]), 0, 1) // tensor([[1, 3], [2, 4]])
 */
export const transposeCopy = fn<(input: Tensor, dim0: number, dim1: number) => Tensor>('aten::transpose_copy');

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
 * As {@link Tensor.unfold}, as a copy rather than a view.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.unfold_copy.html
 * @example
 * torch.unfoldCopy(torch.arange(4), 0, 2, 1) // tensor([[0, 1], [1, 2], [2, 3]])
 */
export const unfoldCopy =
  fn<(input: Tensor, dimension: number, size: number, step: number) => Tensor>('aten::unfold_copy');

/**
 * As {@link unsqueeze}, as a copy rather than a view.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.unsqueeze_copy.html
 * @example
 * torch.unsqueezeCopy(torch.tensor([1, 2]), 1).shape // [ 2, 1 ]
 */
export const unsqueezeCopy = fn<(input: Tensor, dim: number) => Tensor>('aten::unsqueeze_copy');

/**
 * The values of a sparse tensor, as a copy.
 *
 * ```ts
 * // What function transforms call in place of values().
 * torch.valuesCopy(x)
 * ```
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.values_copy.html
 */
export const valuesCopy = fn<(input: Tensor) => Tensor>('aten::values_copy');

/**
 * As {@link viewAsComplex}, as a copy rather than a view.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.view_as_complex_copy.html
 * @example
 * torch.viewAsComplexCopy(torch.tensor([0.5, 1])) // tensor(0.5000+1.j)
 */
export const viewAsComplexCopy = fn<(input: Tensor) => Tensor>('aten::view_as_complex_copy');

/**
 * As {@link viewAsReal}, as a copy.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.view_as_real_copy.html
 * @example
 * torch.viewAsRealCopy(torch.complex(torch.ones(1), torch.zeros(1))) // tensor([[1., 0.]])
 */
export const viewAsRealCopy = fn<(input: Tensor) => Tensor>('aten::view_as_real_copy');

/**
 * As {@link Tensor.view}, as a copy rather than a view.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.view_copy.html
 * @example
 * torch.viewCopy(torch.arange(4), 2, 2) // tensor([[0, 1], [2, 3]])
 * torch.viewCopy(torch.tensor([1]), 'float64').dtype // 'float64'
 */
export const viewCopy =
  fn<[(input: Tensor, ...size: Sizes) => Tensor, (input: Tensor, dtype: Dtype) => Tensor]>('aten::view_copy');
