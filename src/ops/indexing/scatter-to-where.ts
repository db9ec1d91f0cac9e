import { fn, op } from '../op.js';
import type { OutOptions, Scalar } from '../../shape.js';
import type { Tensor } from '../../tensor.js';

/** What {@link scatter} takes by name. */
export interface ScatterOptions {
  reduce?: string;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * A copy with the elements of `src` at the places that `index` gives along a dimension.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.scatter.html
 * @example
 * torch.scatter(torch.zeros(3), 0, torch.tensor([2]), torch.tensor([5.5])) // tensor([0.0000, 0.0000, 5.5000])
 */
export const scatter =
  op<
    [
      (input: Tensor, dim: number, index: Tensor, src: Tensor, options?: ScatterOptions) => Tensor,
      (input: Tensor, dim: number, index: Tensor, value: Scalar, options?: ScatterOptions) => Tensor,
    ]
  >('aten::scatter');

/**
 * A copy with the elements of `src` added at the places that `index` gives.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.scatter_add.html
 * @example
 * torch.scatterAdd(torch.zeros(2), 0, torch.tensor([1, 1]), torch.tensor([1.5, 2])) // tensor([0.0000, 3.5000])
 */
export const scatterAdd =
  op<(input: Tensor, dim: number, index: Tensor, src: Tensor, options?: OutOptions) => Tensor>('aten::scatter_add');

/** What {@link scatterReduce} takes by name. */
export interface ScatterReduceOptions {
  includeSelf?: boolean;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * A copy in which the elements of `src` with one place in `index` are combined: `'sum'`, `'prod'`, `'mean'`,
 * `'amax'` or `'amin'`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.scatter_reduce.html
 * @example
 * torch.scatterReduce(torch.zeros(2), 0, torch.tensor([1, 1]), torch.tensor([1.5, 2]), 'amax') // tensor([0., 2.])
 */
export const scatterReduce =
  op<
    (input: Tensor, dim: number, index: Tensor, src: Tensor, reduce: string, options?: ScatterReduceOptions) => Tensor
  >('aten::scatter_reduce');

/** What {@link searchsorted} takes by name. */
export interface SearchsortedOptions {
  /** Whether indices are int32. */
  outInt32?: boolean;
  /** Whether the upper bound is taken. */
  right?: boolean;
  /** 'left' or 'right'. */
  side?: string | null;
  sorter?: Tensor | null;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * The index at which each value would be put into a sorted sequence.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.searchsorted.html
 * @example
 * torch.searchsorted(torch.tensor([1, 3, 5]), torch.tensor([4])) // tensor([2])
 */
export const searchsorted =
  fn<(sortedSequence: Tensor, input: Tensor | Scalar, options?: SearchsortedOptions) => Tensor>('aten::searchsorted');

/** What {@link segmentReduce} takes by name. */
export interface SegmentReduceOptions {
  lengths?: Tensor | null;
  indices?: Tensor | null;
  offsets?: Tensor | null;
  axis?: number;
  unsafe?: boolean;
  initial?: Scalar | null;
}

/**
 * Combines runs of rows to one each: `'sum'`, `'mean'`, `'max'`, `'min'` or `'prod'`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.segment_reduce.html
 * @example
 * torch.segmentReduce(torch.tensor([1.5, 2, 3]), 'sum', { lengths: torch.tensor([2, 1]) }) // tensor([3.5000, 3.0000])
 */
export const segmentReduce =
  fn<(data: Tensor, reduce: string, options?: SegmentReduceOptions) => Tensor>('aten::segment_reduce');

/**
 * A view of the slice at an index of a dimension.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.select.html
 * @example
 * torch.select(torch.tensor([[1, 2], [3, 4]]), 0, 1) // tensor([3, 4])
 */
export const select = op<(input: Tensor, dim: number, index: number) => Tensor>('aten::select');

/**
 * A copy with the slice at an index replaced by `src`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.select_scatter.html
 * @example
 * torch.selectScatter(torch.zeros(2, 2), torch.ones(2), 0, 1) // tensor([[0., 0.], [1., 1.]])
 */
export const selectScatter =
  op<(input: Tensor, src: Tensor, dim: number, index: number) => Tensor>('aten::select_scatter');

/** What {@link slice} takes by name. */
export interface SliceOptions {
  /** The dimension, or dimensions, to work along. */
  dim?: number;
  start?: number | null;
  end?: number | null;
  step?: number;
}

/**
 * A view of a range of a dimension.
 *
 * @example
 * torch.ones(4).slice(0, 1, 3).shape // [ 2 ]
 */
export const slice =
  op<
    (
      input: Tensor,
      dim?: number | SliceOptions,
      start?: number | null | SliceOptions,
      end?: number | null | SliceOptions,
      step?: number | SliceOptions,
      options?: SliceOptions,
    ) => Tensor
  >('aten::slice');

/** What {@link sliceInverse} takes by name. */
export interface SliceInverseOptions {
  /** The dimension, or dimensions, to work along. */
  dim?: number;
  start?: number | null;
  end?: number | null;
  step?: number;
}

/**
 * The tensor that, sliced so, would give the input; its rest is of `src`.
 *
 * @example
 * torch.sliceInverse(torch.tensor([1.5, 2]), torch.tensor([0.5, 3])) // tensor([1.5000, 2.0000])
 */
export const sliceInverse =
  op<
    (
      input: Tensor,
      src: Tensor,
      dim?: number | SliceInverseOptions,
      start?: number | null | SliceInverseOptions,
      end?: number | null | SliceInverseOptions,
      step?: number | SliceInverseOptions,
      options?: SliceInverseOptions,
    ) => Tensor
  >('aten::slice_inverse');

/** What {@link sliceScatter} takes by name. */
export interface SliceScatterOptions {
  /** The dimension, or dimensions, to work along. */
  dim?: number;
  start?: number | null;
  end?: number | null;
  step?: number;
}

/**
 * A copy with a slice of a dimension replaced by `src`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.slice_scatter.html
 * @example
 * torch.sliceScatter(torch.zeros(4), torch.ones(2), 0, 1, 3) // tensor([0., 1., 1., 0.])
 */
export const sliceScatter =
  op<
    (
      input: Tensor,
      src: Tensor,
      dim?: number | SliceScatterOptions,
      start?: number | null | SliceScatterOptions,
      end?: number | null | SliceScatterOptions,
      step?: number | SliceScatterOptions,
      options?: SliceScatterOptions,
    ) => Tensor
  >('aten::slice_scatter');

/**
 * Elements at indices of the flattened tensor.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.take.html
 * @example
 * torch.take(torch.tensor([[1, 2], [3, 4]]), torch.tensor([0, 3])) // tensor([1, 4])
 */
export const take = op<(input: Tensor, index: Tensor, options?: OutOptions) => Tensor>('aten::take');

/** What {@link takeAlongDim} takes by name. */
export interface TakeAlongDimOptions {
  /** The dimension, or dimensions, to work along. */
  dim?: number | null;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * Elements at indices along a dimension, as {@link argsort} gives them.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.take_along_dim.html
 * @example
 * torch.takeAlongDim(torch.tensor([3, 1, 2]), torch.tensor([1, 2, 0]), 0) // tensor([1, 2, 3])
 */
export const takeAlongDim =
  op<
    (input: Tensor, indices: Tensor, dim?: number | null | TakeAlongDimOptions, options?: TakeAlongDimOptions) => Tensor
  >('aten::take_along_dim');

/** What {@link tril} takes by name. */
export interface TrilOptions {
  /** Which diagonal: above the main one when positive, below when negative. */
  diagonal?: number;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * The lower triangle of matrices; zeros above it.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.tril.html
 * @example
 * torch.tril(torch.ones(2, 2)) // tensor([[1., 0.], [1., 1.]])
 */
export const tril = op<(input: Tensor, diagonal?: number | TrilOptions, options?: TrilOptions) => Tensor>('aten::tril');

/** What {@link triu} takes by name. */
export interface TriuOptions {
  /** Which diagonal: above the main one when positive, below when negative. */
  diagonal?: number;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * The upper triangle of matrices; zeros below it.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.triu.html
 * @example
 * torch.triu(torch.ones(2, 2)) // tensor([[1., 1.], [0., 1.]])
 */
export const triu = op<(input: Tensor, diagonal?: number | TriuOptions, options?: TriuOptions) => Tensor>('aten::triu');

/** What {@link uniqueConsecutive} takes by name. */
export interface UniqueConsecutiveOptions {
  /** Whether the index of each element in the result is given. */
  returnInverse?: boolean;
  /** Whether the count of each element is given. */
  returnCounts?: boolean;
  /** The dimension, or dimensions, to work along. */
  dim?: number | null;
}

/**
 * The elements without those that repeat the one before.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.unique_consecutive.html
 * @example
 * torch.uniqueConsecutive(torch.tensor([1, 1, 2]))[0] // tensor([1, 2])
 */
export const uniqueConsecutive =
  fn<
    (
      input: Tensor,
      returnInverse?: boolean | UniqueConsecutiveOptions,
      returnCounts?: boolean | UniqueConsecutiveOptions,
      dim?: number | null | UniqueConsecutiveOptions,
      options?: UniqueConsecutiveOptions,
    ) => [Tensor, Tensor, Tensor]
  >('aten::unique_consecutive');

/** What {@link uniqueDim} takes by name. */
export interface UniqueDimOptions {
  /** Whether the result is in order. */
  sorted?: boolean;
  /** Whether the index of each element in the result is given. */
  returnInverse?: boolean;
  /** Whether the count of each element is given. */
  returnCounts?: boolean;
}

/**
 * The different slices along a dimension, with where they came from and how many there were.
 *
 * @example
 * torch.uniqueDim(torch.tensor([[1], [1]]), 0)[0] // tensor([[1]])
 */
export const uniqueDim =
  fn<
    (
      input: Tensor,
      dim: number,
      sorted?: boolean | UniqueDimOptions,
      returnInverse?: boolean | UniqueDimOptions,
      returnCounts?: boolean | UniqueDimOptions,
      options?: UniqueDimOptions,
    ) => [Tensor, Tensor, Tensor]
  >('aten::unique_dim');

/** What {@link uniqueDimConsecutive} takes by name. */
export interface UniqueDimConsecutiveOptions {
  /** Whether the index of each element in the result is given. */
  returnInverse?: boolean;
  /** Whether the count of each element is given. */
  returnCounts?: boolean;
}

/**
 * The slices along a dimension without those that repeat the one before.
 *
 * @example
 * torch.uniqueDimConsecutive(torch.tensor([[1], [1]]), 0)[0] // tensor([[1]])
 */
export const uniqueDimConsecutive =
  fn<
    (
      input: Tensor,
      dim: number,
      returnInverse?: boolean | UniqueDimConsecutiveOptions,
      returnCounts?: boolean | UniqueDimConsecutiveOptions,
      options?: UniqueDimConsecutiveOptions,
    ) => [Tensor, Tensor, Tensor]
  >('aten::unique_dim_consecutive');

/**
 * Elements of one tensor where the condition holds, of another elsewhere; only with the condition, the places
 * where it holds.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.where.html
 * @example
 * torch.where(torch.tensor([true, false]), 1.5, 0.5) // tensor([1.5000, 0.5000])
 */
export const where =
  fn<
    [
      (condition: Tensor, input: Tensor | Scalar, other: Tensor, options?: OutOptions) => Tensor,
      (condition: Tensor, input: Tensor | Scalar, other: Scalar, options?: OutOptions) => Tensor,
      (condition: Tensor, options?: OutOptions) => Tensor[],
    ]
  >('aten::where');
