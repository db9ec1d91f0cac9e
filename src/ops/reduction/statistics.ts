import { fn, op } from '../op.js';
import type { Dims, Named, Scalar, Size } from '../../shape.js';
import type { Tensor } from '../../tensor.js';

/** What {@link std} takes by name. */
export interface StdOptions {
  /** Whether the divisor is one less than the number of elements. */
  unbiased?: boolean;
  /** Whether the dimension stays, with size one. */
  keepdim?: boolean;
  /** The dimension, or dimensions, to work along. */
  dim?: Dims | null;
  /** What is taken from the number of elements in the divisor. */
  correction?: Scalar | null;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * The standard deviation.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.std.html
 * @example
 * torch.std(torch.tensor([1.5, 2.5])) // tensor(0.7071)
 */
export const std =
  op<
    [
      (input: Tensor, unbiased?: boolean | StdOptions, options?: StdOptions) => Tensor,
      (
        input: Tensor,
        dim: Dims | null,
        unbiased?: boolean | StdOptions,
        keepdim?: boolean | StdOptions,
        options?: StdOptions,
      ) => Tensor,
      (input: Tensor, dim?: Dims | null | StdOptions, options?: StdOptions) => Tensor,
    ]
  >('aten::std');

/** What {@link stdMean} takes by name. */
export interface StdMeanOptions {
  /** Whether the divisor is one less than the number of elements. */
  unbiased?: boolean;
  /** Whether the dimension stays, with size one. */
  keepdim?: boolean;
  /** The dimension, or dimensions, to work along. */
  dim?: Dims | null;
  /** What is taken from the number of elements in the divisor. */
  correction?: Scalar | null;
}

/**
 * Standard deviation and mean.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.std_mean.html
 * @example
 * torch.stdMean(torch.tensor([1.5, 2.5]))[1] // tensor(2.)
 */
export const stdMean =
  fn<
    [
      (input: Tensor, unbiased?: boolean | StdMeanOptions, options?: StdMeanOptions) => [Tensor, Tensor],
      (
        input: Tensor,
        dim: Dims | null,
        unbiased?: boolean | StdMeanOptions,
        keepdim?: boolean | StdMeanOptions,
        options?: StdMeanOptions,
      ) => [Tensor, Tensor],
      (input: Tensor, dim?: Dims | null | StdMeanOptions, options?: StdMeanOptions) => [Tensor, Tensor],
    ]
  >('aten::std_mean');

/** What {@link var} takes by name. */
export interface VarOptions {
  /** Whether the divisor is one less than the number of elements. */
  unbiased?: boolean;
  /** Whether the dimension stays, with size one. */
  keepdim?: boolean;
  /** The dimension, or dimensions, to work along. */
  dim?: Dims | null;
  /** What is taken from the number of elements in the divisor. */
  correction?: Scalar | null;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * The variance.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.var.html
 * @example
 * torch.var(torch.tensor([1.5, 2.5])) // tensor(0.5000)
 */
const var_ =
  op<
    [
      (input: Tensor, unbiased?: boolean | VarOptions, options?: VarOptions) => Tensor,
      (
        input: Tensor,
        dim: Dims | null,
        unbiased?: boolean | VarOptions,
        keepdim?: boolean | VarOptions,
        options?: VarOptions,
      ) => Tensor,
      (input: Tensor, dim?: Dims | null | VarOptions, options?: VarOptions) => Tensor,
    ]
  >('aten::var');

export { var_ as var };

/** What {@link varMean} takes by name. */
export interface VarMeanOptions {
  /** Whether the divisor is one less than the number of elements. */
  unbiased?: boolean;
  /** Whether the dimension stays, with size one. */
  keepdim?: boolean;
  /** The dimension, or dimensions, to work along. */
  dim?: Dims | null;
  /** What is taken from the number of elements in the divisor. */
  correction?: Scalar | null;
}

/**
 * Variance and mean.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.var_mean.html
 * @example
 * torch.varMean(torch.tensor([1.5, 2.5]))[0] // tensor(0.5000)
 */
export const varMean =
  fn<
    [
      (input: Tensor, unbiased?: boolean | VarMeanOptions, options?: VarMeanOptions) => [Tensor, Tensor],
      (
        input: Tensor,
        dim: Dims | null,
        unbiased?: boolean | VarMeanOptions,
        keepdim?: boolean | VarMeanOptions,
        options?: VarMeanOptions,
      ) => [Tensor, Tensor],
      (input: Tensor, dim?: Dims | null | VarMeanOptions, options?: VarMeanOptions) => [Tensor, Tensor],
    ]
  >('aten::var_mean');

/**
 * The correlations of the rows.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.corrcoef.html
 * @example
 * torch.corrcoef(torch.tensor([1.5, 2.5])) // tensor(1.)
 */
export const corrcoef = op<(input: Tensor) => Tensor>('aten::corrcoef');

/** What {@link cov} takes by name. */
export interface CovOptions {
  /** What is taken from the number of elements in the divisor. */
  correction?: number;
  /** How often each observation counts, `(N,)`, whole and not negative; 1 unless given. */
  fweights?: Tensor | null;
  /** The weight of each observation, `(N,)`, not negative; 1 unless given. */
  aweights?: Tensor | null;
}

/**
 * The covariances of the rows.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.cov.html
 * @example
 * torch.cov(torch.tensor([1.5, 2.5])) // tensor(0.5000)
 */
export const cov = op<(input: Tensor, options?: CovOptions) => Tensor>('aten::cov');

/** What {@link bincount} takes by name. */
export interface BincountOptions {
  /** What each element adds to its bin, of the shape of the input; 1 unless given. */
  weights?: Tensor | null;
  /** The least number of bins. 0 unless given. */
  minlength?: number;
}

/**
 * How often each whole number stands in the input.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.bincount.html
 * @example
 * torch.bincount(torch.tensor([0, 2, 2])) // tensor([1, 0, 2])
 */
export const bincount =
  op<
    (
      input: Tensor,
      weights?: Tensor | null | BincountOptions,
      minlength?: number | BincountOptions,
      options?: BincountOptions,
    ) => Tensor
  >('aten::bincount');

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
