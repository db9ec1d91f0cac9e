import { fn, op } from '../op.js';
import type { OutOptions, Scalar, Size } from '../../shape.js';
import type { Tensor } from '../../tensor.js';

/**
 * The places of the elements that are not zero, a row each.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.argwhere.html
 * @example
 * torch.argwhere(torch.tensor([0, 5])) // tensor([[1]])
 */
export const argwhere = op<(input: Tensor) => Tensor>('aten::argwhere');

/** What {@link asStridedScatter} takes by name. */
export interface AsStridedScatterOptions {
  storageOffset?: number | null;
}

/**
 * A copy with the elements that a strided view would show replaced by `src`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.as_strided_scatter.html
 * @example
 * torch.asStridedScatter(torch.zeros(4), torch.ones(2), [2], [2]) // tensor([1., 0., 1., 0.])
 */
export const asStridedScatter =
  op<
    (
      input: Tensor,
      src: Tensor,
      size: Size,
      stride: Size,
      storageOffset?: number | null | AsStridedScatterOptions,
      options?: AsStridedScatterOptions,
    ) => Tensor
  >('aten::as_strided_scatter');

/** What {@link bucketize} takes by name. */
export interface BucketizeOptions {
  /** Whether indices are int32. */
  outInt32?: boolean;
  /** Whether the upper bound is taken. */
  right?: boolean;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * The index of the bucket that each element falls into, by sorted boundaries.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.bucketize.html
 * @example
 * torch.bucketize(torch.tensor([1.5, 5]), torch.tensor([1, 3])) // tensor([1, 2])
 */
export const bucketize =
  fn<(input: Tensor | Scalar, boundaries: Tensor, options?: BucketizeOptions) => Tensor>('aten::bucketize');

/** What {@link diag} takes by name. */
export interface DiagOptions {
  /** Which diagonal: above the main one when positive, below when negative. */
  diagonal?: number;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * The diagonal of a matrix, or a matrix with a vector as its diagonal.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.diag.html
 * @example
 * torch.diag(torch.tensor([1, 2])) // tensor([[1, 0], [0, 2]])
 */
export const diag = op<(input: Tensor, diagonal?: number | DiagOptions, options?: DiagOptions) => Tensor>('aten::diag');

/** What {@link diagonalScatter} takes by name. */
export interface DiagonalScatterOptions {
  /** Which diagonal: above the main one when positive, below when negative. */
  offset?: number;
  /** The first dimension. */
  dim1?: number;
  /** The second dimension. */
  dim2?: number;
}

/**
 * A copy with the diagonal replaced by `src`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.diagonal_scatter.html
 * @example
 * torch.diagonalScatter(torch.zeros(2, 2), torch.ones(2)) // tensor([[1., 0.], [0., 1.]])
 */
export const diagonalScatter =
  op<
    (
      input: Tensor,
      src: Tensor,
      offset?: number | DiagonalScatterOptions,
      dim1?: number | DiagonalScatterOptions,
      dim2?: number | DiagonalScatterOptions,
      options?: DiagonalScatterOptions,
    ) => Tensor
  >('aten::diagonal_scatter');

/** What {@link gather} takes by name. */
export interface GatherOptions {
  sparseGrad?: boolean;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * Elements at the places that `index` gives along a dimension: `out[i][j] = input[index[i][j]][j]` for dimension
 * 0.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.gather.html
 * @example
 * torch.gather(torch.tensor([[1, 2], [3, 4]]), 1, torch.tensor([[1], [0]])) // tensor([[2], [3]])
 */
export const gather =
  op<(input: Tensor, dim: number, index: Tensor, options?: GatherOptions) => Tensor>('aten::gather');

/**
 * Elements at the places that tensors of indices give, null for a whole dimension. {@link Tensor.at} is more
 * natural.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.index.html
 * @example
 * torch.index(torch.tensor([5, 6, 7]), [torch.tensor([2, 0])]) // tensor([7, 5])
 */
export const index =
  op<(input: Tensor, indices: readonly (Tensor | null)[], options?: OutOptions) => Tensor>('aten::index');

/** What {@link indexAdd} takes by name. */
export interface IndexAddOptions {
  /** A multiplier. */
  alpha?: Scalar;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * A copy with `alpha * source` added to the slices at `index`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.index_add.html
 * @example
 * torch.indexAdd(torch.zeros(3), 0, torch.tensor([1, 1]), torch.ones(2)) // tensor([0., 2., 0.])
 */
export const indexAdd =
  op<(input: Tensor, dim: number, index: Tensor, source: Tensor, options?: IndexAddOptions) => Tensor>(
    'aten::index_add',
  );

/**
 * A copy with the slices at `index` along a dimension replaced by those of `source`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.index_copy.html
 * @example
 * torch.indexCopy(torch.zeros(3), 0, torch.tensor([1]), torch.ones(1)) // tensor([0., 1., 0.])
 */
export const indexCopy =
  op<(input: Tensor, dim: number, index: Tensor, source: Tensor, options?: OutOptions) => Tensor>('aten::index_copy');

/**
 * A copy with `value` in the slices at `index`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.index_fill.html
 * @example
 * torch.indexFill(torch.zeros(3), 0, torch.tensor([1]), 4) // tensor([0., 4., 0.])
 */
export const indexFill =
  op<(input: Tensor, dim: number, index: Tensor, value: Scalar | Tensor) => Tensor>('aten::index_fill');

/** What {@link indexPut} takes by name. */
export interface IndexPutOptions {
  /** Whether values are added rather than put. */
  accumulate?: boolean;
}

/**
 * A copy with the elements at the places that tensors of indices give replaced, or added to.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.index_put.html
 * @example
 * torch.indexPut(torch.zeros(3), [torch.tensor([1])], torch.ones(1)) // tensor([0., 1., 0.])
 */
export const indexPut =
  op<
    (
      input: Tensor,
      indices: readonly (Tensor | null)[],
      values: Tensor,
      accumulate?: boolean | IndexPutOptions,
      options?: IndexPutOptions,
    ) => Tensor
  >('aten::index_put');

/** What {@link indexPut_} takes by name. */
export interface IndexPutInPlaceOptions {
  /** Whether values are added rather than put. */
  accumulate?: boolean;
}

/**
 * In place of {@link indexPut}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.index_put_.html
 */
export const indexPut_ =
  op<
    (
      input: Tensor,
      indices: readonly (Tensor | null)[],
      values: Tensor,
      accumulate?: boolean | IndexPutInPlaceOptions,
      options?: IndexPutInPlaceOptions,
    ) => Tensor
  >('aten::index_put_');

/** What {@link indexReduce} takes by name. */
export interface IndexReduceOptions {
  includeSelf?: boolean;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * A copy with the slices at `index` combined with those of `source`: by product, mean, greatest or least.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.index_reduce.html
 * @example
 * torch.indexReduce(torch.ones(2), 0, torch.tensor([0, 0]), torch.tensor([2.5, 2]), 'prod') // tensor([5., 1.])
 */
export const indexReduce =
  op<
    (input: Tensor, dim: number, index: Tensor, source: Tensor, reduce: string, options?: IndexReduceOptions) => Tensor
  >('aten::index_reduce');

/**
 * The slices at `index` along a dimension.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.index_select.html
 * @example
 * torch.indexSelect(torch.tensor([5, 6, 7]), 0, torch.tensor([2, 0])) // tensor([7, 5])
 */
export const indexSelect =
  op<(input: Tensor, dim: number, index: Tensor, options?: OutOptions) => Tensor>('aten::index_select');

/** What {@link isin} takes by name. */
export interface IsinOptions {
  assumeUnique?: boolean;
  invert?: boolean;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * Whether each element is among the test elements.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.isin.html
 * @example
 * torch.isin(torch.tensor([1, 2]), torch.tensor([2])) // tensor([False, True])
 */
export const isin =
  fn<
    [
      (elements: Tensor, testElements: Tensor, options?: IsinOptions) => Tensor,
      (elements: Tensor, testElement: Scalar, options?: IsinOptions) => Tensor,
      (element: Scalar, testElements: Tensor, options?: IsinOptions) => Tensor,
    ]
  >('aten::isin');

/**
 * A copy with `value` where the mask is true.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.masked_fill.html
 * @example
 * torch.maskedFill(torch.zeros(2), torch.tensor([true, false]), 5) // tensor([5., 0.])
 */
export const maskedFill = op<(input: Tensor, mask: Tensor, value: Scalar | Tensor) => Tensor>('aten::masked_fill');

/**
 * A copy with the elements of `source`, in order, where the mask is true.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.masked_scatter.html
 * @example
 * torch.maskedScatter(torch.zeros(2), torch.tensor([false, true]), torch.tensor([7.5])) // tensor([0.0000, 7.5000])
 */
export const maskedScatter = op<(input: Tensor, mask: Tensor, source: Tensor) => Tensor>('aten::masked_scatter');

/**
 * The elements where the mask is true, as a vector.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.masked_select.html
 * @example
 * torch.maskedSelect(torch.tensor([1, 2]), torch.tensor([false, true])) // tensor([2])
 */
export const maskedSelect = op<(input: Tensor, mask: Tensor, options?: OutOptions) => Tensor>('aten::masked_select');

/**
 * The places of the elements that are not zero, a row each.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nonzero.html
 * @example
 * torch.nonzero(torch.tensor([0, 5])) // tensor([[1]])
 */
export const nonzero = op<(input: Tensor, options?: OutOptions) => Tensor>('aten::nonzero');

/**
 * As {@link nonzero}, a tensor of indices for each dimension.
 *
 * @example
 * torch.nonzeroNumpy(torch.tensor([0, 5]))[0] // tensor([1])
 */
export const nonzeroNumpy = op<(input: Tensor) => Tensor[]>('aten::nonzero_numpy');

/** What {@link nonzeroStatic} takes by name. */
export interface NonzeroStaticOptions {
  /** The sizes. */
  size?: number;
  fillValue?: number;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * As {@link nonzero}, with a number of rows that is known beforehand.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nonzero_static.html
 * @example
 * torch.nonzeroStatic(torch.tensor([0, 5]), { size: 2 }) // tensor([[ 1], [-1]])
 */
export const nonzeroStatic = op<(input: Tensor, options?: NonzeroStaticOptions) => Tensor>('aten::nonzero_static');

/** What {@link put} takes by name. */
export interface PutOptions {
  /** Whether values are added rather than put. */
  accumulate?: boolean;
}

/**
 * A copy with elements replaced at indices of the flattened tensor.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.put.html
 * @example
 * torch.put(torch.zeros(3), torch.tensor([1]), torch.tensor([7.5])) // tensor([0.0000, 7.5000, 0.0000])
 */
export const put =
  op<(input: Tensor, index: Tensor, source: Tensor, accumulate?: boolean | PutOptions, options?: PutOptions) => Tensor>(
    'aten::put',
  );
