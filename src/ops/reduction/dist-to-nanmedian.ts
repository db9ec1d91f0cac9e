import { fn, op } from '../op.js';
import type { Dims, Named, OutOptions, Scalar, Size } from '../../shape.js';
import type { Dtype } from '../../dtype.js';
import type { Tensor } from '../../tensor.js';

/** What {@link dist} takes by name. */
export interface DistOptions {
  /** The exponent, or probability. */
  p?: Scalar;
}

/**
 * The `p`-norm of the difference.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.dist.html
 * @example
 * torch.dist(torch.zeros(4), torch.ones(4)) // tensor(2.)
 */
export const dist =
  op<(input: Tensor, other: Tensor, p?: Scalar | DistOptions, options?: DistOptions) => Tensor>('aten::dist');

/** What {@link frobeniusNorm} takes by name. */
export interface FrobeniusNormOptions {
  /** Whether the dimension stays, with size one. */
  keepdim?: boolean;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * The root of the sum of squares.
 *
 * @example
 * torch.frobeniusNorm(torch.ones(2, 2), [0, 1]) // tensor(2.)
 */
export const frobeniusNorm =
  fn<(input: Tensor, dim: Dims, keepdim?: boolean | FrobeniusNormOptions, options?: FrobeniusNormOptions) => Tensor>(
    'aten::frobenius_norm',
  );

/** What {@link hashTensor} takes by name. */
export interface HashTensorOptions {
  /** The dimension, or dimensions, to work along. */
  dim?: Dims;
  /** Whether the dimension stays, with size one. */
  keepdim?: boolean;
  /** The way to compute. */
  mode?: number;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * A hash of the elements' bits.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.hash_tensor.html
 * @example
 * torch.hashTensor(torch.zeros(2)).dtype // 'uint64'
 */
export const hashTensor =
  op<(input: Tensor, dim?: Dims | HashTensorOptions, options?: HashTensorOptions) => Tensor>('aten::hash_tensor');

/** What {@link histc} takes by name. */
export interface HistcOptions {
  /** The number of bins, or their edges. */
  bins?: number;
  /** The least value. */
  min?: Scalar;
  /** The greatest value. */
  max?: Scalar;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * How many elements fall into each of equal bins.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.histc.html
 * @example
 * torch.histc(torch.tensor([1.5, 2.5]), 2, 1, 3) // tensor([1., 1.])
 */
export const histc =
  op<
    (
      input: Tensor,
      bins?: number | HistcOptions,
      min?: Scalar | HistcOptions,
      max?: Scalar | HistcOptions,
      options?: HistcOptions,
    ) => Tensor
  >('aten::histc');

/** What {@link histogram} takes by name. */
export interface HistogramOptions {
  /** A weight for each element or class. */
  weight?: Tensor | null;
  /** Whether counts are made a density. */
  density?: boolean;
  /** The number of bins, or their edges. */
  bins?: number;
  /** The range of the bins. */
  range?: readonly number[] | null;
  /** A tensor to write the result to. */
  out?: readonly Tensor[];
}

/**
 * How many elements fall into each bin, and the edges.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.histogram.html
 * @example
 * torch.histogram(torch.tensor([1.5, 2.5]), 2, { range: [1, 3] }).hist // tensor([1., 1.])
 */
export const histogram =
  op<
    [
      (input: Tensor, bins: Tensor, options?: HistogramOptions) => Named<{ hist: Tensor; binEdges: Tensor }>,
      (
        input: Tensor,
        bins?: number | HistogramOptions,
        options?: HistogramOptions,
      ) => Named<{ hist: Tensor; binEdges: Tensor }>,
    ]
  >('aten::histogram');

/** What {@link histogramdd} takes by name. */
export interface HistogramddOptions {
  /** The range of the bins. */
  range?: readonly number[] | null;
  /** A weight for each element or class. */
  weight?: Tensor | null;
  /** Whether counts are made a density. */
  density?: boolean;
}

/**
 * The histogram of points of several dimensions.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.histogramdd.html
 * @example
 * torch.histogramdd(torch.tensor([[1.5, 2.5]]), [1, 1]).hist // tensor([[1.]])
 */
export const histogramdd =
  fn<
    (
      input: Tensor,
      bins: Size | number | readonly Tensor[],
      range?: readonly number[] | null | HistogramddOptions,
      weight?: Tensor | null | HistogramddOptions,
      density?: boolean | HistogramddOptions,
      options?: HistogramddOptions,
    ) => Named<{ hist: Tensor; binEdges: Tensor[] }>
  >('aten::histogramdd');

/**
 * The logarithm of the sum of exponentials so far.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.logcumsumexp.html
 * @example
 * torch.logcumsumexp(torch.zeros(2), 0) // tensor([0.0000, 0.6931])
 */
export const logcumsumexp = op<(input: Tensor, dim: number, options?: OutOptions) => Tensor>('aten::logcumsumexp');

/** What {@link logsumexp} takes by name. */
export interface LogsumexpOptions {
  /** Whether the dimension stays, with size one. */
  keepdim?: boolean;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * The logarithm of the sum of exponentials along dimensions.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.logsumexp.html
 * @example
 * torch.logsumexp(torch.zeros(2), 0) // tensor(0.6931)
 */
export const logsumexp =
  op<(input: Tensor, dim: Dims, keepdim?: boolean | LogsumexpOptions, options?: LogsumexpOptions) => Tensor>(
    'aten::logsumexp',
  );

/** What {@link max} takes by name. */
export interface MaxOptions {
  /** Whether the dimension stays, with size one. */
  keepdim?: boolean;
  /** The greatest value. */
  max?: Tensor;
  maxValues?: Tensor;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * The greatest element; with a dimension also its index; with another tensor, element by element.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.max.html
 * @example
 * torch.max(torch.tensor([1, 3, 2]), 0).indices // tensor(1)
 */
export const max =
  op<
    [
      (
        input: Tensor,
        dim: number,
        keepdim?: boolean | MaxOptions,
        options?: MaxOptions,
      ) => Named<{ values: Tensor; indices: Tensor }>,
      (input: Tensor, options?: MaxOptions) => Tensor,
      (input: Tensor, other: Tensor, options?: MaxOptions) => Tensor,
    ]
  >('aten::max');

/** What {@link mean} takes by name. */
export interface MeanOptions {
  /** The dtype of the result, or to compute in. */
  dtype?: Dtype | null;
  /** Whether the dimension stays, with size one. */
  keepdim?: boolean;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * The mean, of all elements or along dimensions.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.mean.html
 * @example
 * torch.mean(torch.tensor([1.5, 2.5])) // tensor(2.)
 */
export const mean =
  op<
    [
      (input: Tensor, options?: MeanOptions) => Tensor,
      (input: Tensor, dim: Dims | null, keepdim?: boolean | MeanOptions, options?: MeanOptions) => Tensor,
    ]
  >('aten::mean');

/** What {@link median} takes by name. */
export interface MedianOptions {
  /** Whether the dimension stays, with size one. */
  keepdim?: boolean;
  values?: Tensor;
  indices?: Tensor;
}

/**
 * The median; of an even number of elements the lower one.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.median.html
 * @example
 * torch.median(torch.tensor([3, 1, 2])) // tensor(2)
 */
export const median =
  op<
    [
      (input: Tensor, options?: MedianOptions) => Tensor,
      (
        input: Tensor,
        dim: number,
        keepdim?: boolean | MedianOptions,
        options?: MedianOptions,
      ) => Named<{ values: Tensor; indices: Tensor }>,
    ]
  >('aten::median');

/** What {@link min} takes by name. */
export interface MinOptions {
  /** Whether the dimension stays, with size one. */
  keepdim?: boolean;
  /** The least value. */
  min?: Tensor;
  minIndices?: Tensor;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * The least element; with a dimension also its index; with another tensor, element by element.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.min.html
 * @example
 * torch.min(torch.tensor([1, 3, 2]), 0).indices // tensor(0)
 */
export const min =
  op<
    [
      (
        input: Tensor,
        dim: number,
        keepdim?: boolean | MinOptions,
        options?: MinOptions,
      ) => Named<{ values: Tensor; indices: Tensor }>,
      (input: Tensor, options?: MinOptions) => Tensor,
      (input: Tensor, other: Tensor, options?: MinOptions) => Tensor,
    ]
  >('aten::min');

/** What {@link mode} takes by name. */
export interface ModeOptions {
  /** The dimension, or dimensions, to work along. */
  dim?: number;
  /** Whether the dimension stays, with size one. */
  keepdim?: boolean;
  values?: Tensor;
  indices?: Tensor;
}

/**
 * The most frequent element along a dimension, and where it is.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.mode.html
 * @example
 * torch.mode(torch.tensor([1, 2, 2])).values // tensor(2)
 */
export const mode =
  op<
    (
      input: Tensor,
      dim?: number | ModeOptions,
      keepdim?: boolean | ModeOptions,
      options?: ModeOptions,
    ) => Named<{ values: Tensor; indices: Tensor }>
  >('aten::mode');

/** What {@link nanmean} takes by name. */
export interface NanmeanOptions {
  /** The dimension, or dimensions, to work along. */
  dim?: Dims | null;
  /** Whether the dimension stays, with size one. */
  keepdim?: boolean;
  /** The dtype of the result, or to compute in. */
  dtype?: Dtype | null;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * The mean of the elements that are not NaN.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nanmean.html
 * @example
 * torch.nanmean(torch.tensor([1.5, NaN])) // tensor(1.5000)
 */
export const nanmean =
  op<
    (
      input: Tensor,
      dim?: Dims | null | NanmeanOptions,
      keepdim?: boolean | NanmeanOptions,
      options?: NanmeanOptions,
    ) => Tensor
  >('aten::nanmean');

/** What {@link nanmedian} takes by name. */
export interface NanmedianOptions {
  /** Whether the dimension stays, with size one. */
  keepdim?: boolean;
  values?: Tensor;
  indices?: Tensor;
}

/**
 * The median of the elements that are not NaN.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nanmedian.html
 * @example
 * torch.nanmedian(torch.tensor([1.5, NaN])) // tensor(1.5000)
 */
export const nanmedian =
  op<
    [
      (input: Tensor, options?: NanmedianOptions) => Tensor,
      (
        input: Tensor,
        dim: number,
        keepdim?: boolean | NanmedianOptions,
        options?: NanmedianOptions,
      ) => Named<{ values: Tensor; indices: Tensor }>,
    ]
  >('aten::nanmedian');
