import { op } from '../op.js';
import type { OutOptions, Scalar, Size } from '../../shape.js';
import type { Tensor } from '../../tensor.js';
import type { SliceOptions } from './select.js';

/** What {@link asStridedScatter} takes by name. */
export interface AsStridedScatterOptions {
  /** How many elements behind the start of the input's memory the view begins; the input's own offset unless given. */
  storageOffset?: number | null;
}

/** What {@link diagonalScatter} takes by name. */
export interface DiagonalScatterOptions {
  /** Which diagonal: 0 the main one, above it when positive, below it when negative. */
  offset?: number;
  /** The dimension of rows. 0 unless given. */
  dim1?: number;
  /** The dimension of columns. 1 unless given. */
  dim2?: number;
}

/** What {@link indexAdd} takes by name. */
export interface IndexAddOptions extends OutOptions {
  /** The multiplier of `source`. 1 unless given. */
  alpha?: Scalar;
}

/** Whether values are put or added. */
export interface AccumulateOptions {
  /** Whether values are added to the elements rather than put in their place. `false` unless given. */
  accumulate?: boolean;
}

/** What {@link indexReduce} and {@link scatterReduce} take by name. */
export interface IncludeSelfOptions extends OutOptions {
  /** Whether the input's own elements count. `true` unless given. */
  includeSelf?: boolean;
}

/** What {@link scatter} takes by name. */
export interface ScatterOptions extends OutOptions {
  /** Whether values are added to the elements, or multiply them, rather than take their place. */
  reduce?: 'add' | 'multiply';
}

type MaskedFill = (input: Tensor, mask: Tensor, value: Scalar | Tensor) => Tensor;
type IndexPut = (
  input: Tensor,
  indices: readonly (Tensor | null)[],
  values: Tensor,
  accumulate?: boolean | AccumulateOptions,
  options?: AccumulateOptions,
) => Tensor;

/**
 * A copy in which the elements that a strided view would show are those of `src`.
 *
 * @param src - of the shape `size`
 * @param size - the sizes of the view
 * @param stride - the strides of the view
 * @throws when the view reaches beyond the input's memory, or `src` has another shape
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

/**
 * A copy whose diagonal is `src`.
 *
 * @param src - of the shape that {@link diagonal} with the same arguments gives
 * @throws when `src` has another shape
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

/**
 * A copy with `alpha * source` added to the slices at the given indices of a dimension. An index that comes more than
 * once is added to each time.
 *
 * `out[index[i]] += alpha * source[i]` for dimension 0
 *
 * On a GPU the order of the additions, and so the rounding, can differ from run to run.
 *
 * @param index - a vector, int32 or int64
 * @param source - as long as `index` along `dim`, and otherwise of the input's shape and dtype
 * @throws when an index is out of bounds, or shapes or dtypes differ
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.index_add.html
 * @example
 * torch.indexAdd(torch.zeros(3), 0, torch.tensor([1, 1]), torch.ones(2)) // tensor([0., 2., 0.])
 */
export const indexAdd =
  op<(input: Tensor, dim: number, index: Tensor, source: Tensor, options?: IndexAddOptions) => Tensor>(
    'aten::index_add',
  );

/**
 * A copy in which the slices at the given indices of a dimension are those of `source`. Where an index comes more than
 * once, which slice stays is not defined.
 *
 * `out[index[i]] = source[i]` for dimension 0
 *
 * @param index - a vector of int64
 * @param source - as long as `index` along `dim`, and otherwise of the input's shape and dtype
 * @throws when an index is out of bounds, or shapes or dtypes differ
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.index_copy.html
 * @example
 * torch.indexCopy(torch.zeros(3), 0, torch.tensor([2, 0]), torch.tensor([1.5, 2])) // tensor([2.0000, 0.0000, 1.5000])
 */
export const indexCopy =
  op<(input: Tensor, dim: number, index: Tensor, source: Tensor, options?: OutOptions) => Tensor>('aten::index_copy');

/**
 * A copy with `value` throughout the slices at the given indices of a dimension.
 *
 * @param index - a vector of int64
 * @param value - a number, or a tensor without dimensions
 * @throws when an index is out of bounds, or `value` has dimensions
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.index_fill.html
 * @example
 * torch.indexFill(torch.zeros(2, 2), 1, torch.tensor([1]), 4) // tensor([[0., 4.], [0., 4.]])
 */
export const indexFill =
  op<(input: Tensor, dim: number, index: Tensor, value: Scalar | Tensor) => Tensor>('aten::index_fill');

/**
 * A copy with `values` at the places that tensors of indices give, as {@link index} reads them.
 *
 * `out[indices[0][k]][indices[1][k]]... = values[k]`
 *
 * Where a place comes more than once, values add up with `accumulate`; without it, which one stays is not defined.
 *
 * @param indices - a tensor for each leading dimension, or null for a whole one
 * @param values - of the input's dtype; broadcast to the shape of what `index` would give
 * @throws when an index is out of bounds
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.index_put.html
 * @example
 * torch.indexPut(torch.zeros(3), [torch.tensor([1, 1])], torch.ones(2), true) // tensor([0., 2., 0.])
 */
export const indexPut = op<IndexPut>('aten::index_put');

/**
 * In place of {@link indexPut}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.index_put_.html
 * @example
 * torch.zeros(3).indexPut_([torch.tensor([0, 2])], torch.ones(2)) // tensor([1., 0., 1.])
 */
export const indexPut_ = op<IndexPut>('aten::index_put_');

/**
 * A copy in which the slices at the given indices of a dimension are combined with those of `source`.
 *
 * `out[index[i]] = reduce(out[index[i]], source[i])` for dimension 0
 *
 * @param index - a vector, int32 or int64
 * @param source - as long as `index` along `dim`, and otherwise of the input's shape and dtype
 * @param reduce - how elements combine: their product, mean, greatest or least
 * @throws when an index is out of bounds, or shapes or dtypes differ
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.index_reduce.html
 * @example
 * torch.indexReduce(torch.ones(2), 0, torch.tensor([0, 0]), torch.tensor([2.5, 2]), 'prod') // tensor([5., 1.])
 */
export const indexReduce =
  op<
    (
      input: Tensor,
      dim: number,
      index: Tensor,
      source: Tensor,
      reduce: 'prod' | 'mean' | 'amax' | 'amin',
      options?: IncludeSelfOptions,
    ) => Tensor
  >('aten::index_reduce');

/**
 * A copy with `value` where the mask is true. Input and mask broadcast.
 *
 * @param mask - bool
 * @param value - a number, or a tensor without dimensions
 * @throws when the mask is not bool, or `value` has dimensions
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.masked_fill.html
 * @example
 * torch.maskedFill(torch.zeros(2), torch.tensor([true, false]), 5) // tensor([5., 0.])
 */
export const maskedFill = op<MaskedFill>('aten::masked_fill');

/**
 * A copy in which the elements where the mask is true are the first ones of `source`, in order.
 *
 * @param mask - bool; broadcasts to the shape of the input
 * @param source - of the input's dtype, with at least as many elements as the mask has true ones
 * @throws when `source` has too few elements
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.masked_scatter.html
 * @example
 * torch.maskedScatter(torch.zeros(3), torch.tensor([true, false, true]), torch.ones(2)) // tensor([1., 0., 1.])
 */
export const maskedScatter = op<(input: Tensor, mask: Tensor, source: Tensor) => Tensor>('aten::masked_scatter');

/**
 * A copy with the elements of `source` at indices of the flattened input.
 *
 * Where an index comes more than once, values add up with `accumulate`; without it, which one stays is not defined.
 *
 * @param index - int64, negative ones counted from the end
 * @param source - of the input's dtype, with as many elements as `index`
 * @throws when an index is out of bounds
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.put_.html
 * @example
 * torch.put(torch.zeros(2, 2), torch.tensor([1, 2]), torch.ones(2)) // tensor([[0., 1.], [1., 0.]])
 */
export const put =
  op<
    (
      input: Tensor,
      index: Tensor,
      source: Tensor,
      accumulate?: boolean | AccumulateOptions,
      options?: AccumulateOptions,
    ) => Tensor
  >('aten::put');

/**
 * A copy with the elements of `src` at the places that `index` gives along a dimension: the reverse of {@link gather}.
 *
 * `out[index[i][j]][j] = src[i][j]` for dimension 0, `out[i][index[i][j]] = src[i][j]` for dimension 1
 *
 * Where a place comes more than once, which value stays is not defined.
 *
 * @param index - int64 or int32, none negative; nowhere longer than `src`, nor than the input but along `dim`
 * @param src - of the input's dtype, or one number for all places
 * @throws when an index is out of bounds, or dtypes differ
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.scatter.html
 * @example
 * torch.scatter(torch.zeros(2, 2), 1, torch.tensor([[1], [0]]), 5) // tensor([[0., 5.], [5., 0.]])
 */
export const scatter =
  op<
    [
      (input: Tensor, dim: number, index: Tensor, src: Tensor, options?: ScatterOptions) => Tensor,
      (input: Tensor, dim: number, index: Tensor, value: Scalar, options?: ScatterOptions) => Tensor,
    ]
  >('aten::scatter');

/**
 * A copy with the elements of `src` added at the places that `index` gives along a dimension.
 *
 * `out[index[i][j]][j] += src[i][j]` for dimension 0, `out[i][index[i][j]] += src[i][j]` for dimension 1
 *
 * On a GPU the order of the additions, and so the rounding, can differ from run to run.
 *
 * @param index - int64 or int32, none negative; nowhere longer than `src`, nor than the input but along `dim`
 * @param src - of the input's dtype
 * @throws when an index is out of bounds, or dtypes differ
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.scatter_add.html
 * @example
 * torch.scatterAdd(torch.zeros(2), 0, torch.tensor([1, 1]), torch.ones(2)) // tensor([0., 2.])
 */
export const scatterAdd =
  op<(input: Tensor, dim: number, index: Tensor, src: Tensor, options?: OutOptions) => Tensor>('aten::scatter_add');

/**
 * A copy in which the elements of `src` are combined with the element at the place that `index` gives them along a
 * dimension.
 *
 * `out[index[i][j]][j] = reduce(out[index[i][j]][j], src[i][j])` for dimension 0
 *
 * @param index - int64 or int32, none negative; nowhere longer than `src`, nor than the input but along `dim`
 * @param src - of the input's dtype
 * @param reduce - how elements combine: their sum, product, mean, greatest or least
 * @throws when an index is out of bounds, or dtypes differ
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.scatter_reduce.html
 * @example
 * torch.scatterReduce(torch.ones(2), 0, torch.tensor([1, 1]), torch.tensor([2.5, 4]), 'amax') // tensor([1., 4.])
 */
export const scatterReduce =
  op<
    (
      input: Tensor,
      dim: number,
      index: Tensor,
      src: Tensor,
      reduce: 'sum' | 'prod' | 'mean' | 'amax' | 'amin',
      options?: IncludeSelfOptions,
    ) => Tensor
  >('aten::scatter_reduce');

/**
 * A copy in which the slice at one index of a dimension is `src`.
 *
 * @param src - of the input's shape without `dim`
 * @throws when the index is out of bounds, or `src` has another shape
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.select_scatter.html
 * @example
 * torch.selectScatter(torch.zeros(2, 2), torch.ones(2), 0, 1) // tensor([[0., 0.], [1., 1.]])
 */
export const selectScatter =
  op<(input: Tensor, src: Tensor, dim: number, index: number) => Tensor>('aten::select_scatter');

/**
 * A copy in which a range of a dimension is `src`.
 *
 * @param src - of the shape that {@link slice} with the same arguments gives
 * @throws when `src` has another shape, or `step` is not greater than zero
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.slice_scatter.html
 * @example
 * torch.sliceScatter(torch.zeros(4), torch.ones(2), 0, 1, 3) // tensor([0., 1., 1., 0.])
 */
export const sliceScatter =
  op<
    (
      input: Tensor,
      src: Tensor,
      dim?: number | SliceOptions,
      start?: number | null | SliceOptions,
      end?: number | null | SliceOptions,
      step?: number | SliceOptions,
      options?: SliceOptions,
    ) => Tensor
  >('aten::slice_scatter');
