import { fn } from '../op.js';
import type { OutOptions, Scalar } from '../../shape.js';
import type { Tensor } from '../../tensor.js';

/** What {@link bucketize} takes by name. */
export interface BucketizeOptions extends OutOptions {
  /** Whether the result is int32 rather than int64. `false` unless given. */
  outInt32?: boolean;
  /** Whether a value that equals a boundary goes behind it. `false` unless given. */
  right?: boolean;
}

/** What {@link isin} takes by name. */
export interface IsinOptions extends OutOptions {
  /** Whether neither operand holds an element twice, which is quicker. `false` unless given. */
  assumeUnique?: boolean;
  /** Whether to tell which elements are not among them. `false` unless given. */
  invert?: boolean;
}

/** What {@link searchsorted} takes by name. */
export interface SearchsortedOptions extends OutOptions {
  /** Whether the result is int32 rather than int64. `false` unless given. */
  outInt32?: boolean;
  /** Whether a value goes behind those that equal it. `false` unless given. */
  right?: boolean;
  /** As `right`: before those that equal it, or behind. */
  side?: 'left' | 'right' | null;
  /** Indices that sort each row of a sequence that is not sorted, int64. */
  sorter?: Tensor | null;
}

/** What {@link segmentReduce} takes by name. Either `lengths` or `offsets` is needed. */
export interface SegmentReduceOptions {
  /** The lengths of the segments; they add up to the length of the dimension. */
  lengths?: Tensor | null;
  /** Not supported by LibTorch yet. */
  indices?: Tensor | null;
  /** Where the segments start, and at the end the length of the dimension. */
  offsets?: Tensor | null;
  /** The dimension to work along: the last one of `lengths` or `offsets`. 0 unless given. */
  axis?: number;
  /** Whether to leave the lengths unchecked. `false` unless given. */
  unsafe?: boolean;
  /** What every segment starts from; the result for an empty one. */
  initial?: Scalar | null;
}

/** What {@link uniqueDim} takes by name. */
export interface UniqueDimOptions {
  /** Whether the slices come in order; they always do. */
  sorted?: boolean;
  /** Whether to tell where each slice went. */
  returnInverse?: boolean;
  /** Whether to count. */
  returnCounts?: boolean;
}

/** What {@link uniqueDimConsecutive} takes by name. */
export interface UniqueDimConsecutiveOptions {
  /** Whether to tell where each slice went. */
  returnInverse?: boolean;
  /** Whether to count. */
  returnCounts?: boolean;
}

/**
 * The index of the bucket that each value falls into. Bucket `i` lies between `boundaries[i - 1]` and `boundaries[i]`.
 *
 * `boundaries[i - 1] < v <= boundaries[i]`, or `boundaries[i - 1] <= v < boundaries[i]` with `right`
 *
 * @param boundaries - a vector in rising order; nothing checks that
 * @throws when `boundaries` has not exactly one dimension
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.bucketize.html
 * @example
 * torch.bucketize(torch.tensor([0, 3, 9]), torch.tensor([1, 3, 5])) // tensor([0, 1, 3])
 */
export const bucketize =
  fn<(input: Tensor | Scalar, boundaries: Tensor, options?: BucketizeOptions) => Tensor>('aten::bucketize');

/**
 * Whether each element is among the test elements. At least one of the two is a tensor.
 *
 * `out_i = elements_i in testElements`, of the shape of `elements`
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.isin.html
 * @example
 * torch.isin(torch.tensor([1, 2, 3]), torch.tensor([2, 3])) // tensor([False, True, True])
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
 * The index at which each value would go into a sorted sequence so that it stays sorted.
 *
 * `sequence[i - 1] < v <= sequence[i]`, or `sequence[i - 1] <= v < sequence[i]` with `right`
 *
 * @param sortedSequence - a vector, or rows `(..., S)` that are searched each with its own values
 * @param input - values of any shape for a vector, `(..., N)` for rows, or one number for a vector
 * @throws when the leading dimensions differ, or `side` contradicts `right`
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.searchsorted.html
 * @example
 * torch.searchsorted(torch.tensor([1, 3, 5]), torch.tensor([3, 4])) // tensor([1, 2])
 * torch.searchsorted(torch.tensor([1, 3, 5]), torch.tensor([3, 4]), { right: true }) // tensor([2, 2])
 */
export const searchsorted =
  fn<(sortedSequence: Tensor, input: Tensor | Scalar, options?: SearchsortedOptions) => Tensor>('aten::searchsorted');

/**
 * Combines runs of a dimension to an element each.
 *
 * @param data - floating point
 * @param reduce - how the elements of a segment combine: their sum, mean, greatest, least or product
 * @throws when neither `lengths` nor `offsets` is given, or lengths do not add up
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.segment_reduce.html
 * @example
 * torch.segmentReduce(torch.tensor([1.5, 2, 3]), 'max', { lengths: torch.tensor([2, 1]) }) // tensor([2., 3.])
 */
export const segmentReduce =
  fn<(data: Tensor, reduce: 'sum' | 'mean' | 'max' | 'min' | 'prod', options?: SegmentReduceOptions) => Tensor>(
    'aten::segment_reduce',
  );

/**
 * The different slices along a dimension, in order, each once.
 *
 * Always three tensors: the slices, the index in them of each slice of the input, and how often each came.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.unique.html
 * @example
 * torch.uniqueDim(torch.tensor([[2], [1], [2]]), 0)[0] // tensor([[1], [2]])
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

/**
 * The slices along a dimension without those that equal the one before.
 *
 * Always three tensors: the slices, the index in them of each slice of the input, and how often each came in a row.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.unique_consecutive.html
 * @example
 * torch.uniqueDimConsecutive(torch.tensor([[2], [2], [1]]), 0)[0] // tensor([[2], [1]])
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
