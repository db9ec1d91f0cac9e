import { fn, op } from '../op.js';
import type { Dims, Extent, OutOptions, Scalar } from '../../shape.js';
import type { Dtype } from '../../dtype.js';
import type { Tensor } from '../../tensor.js';

/** What {@link nanquantile} takes by name. */
export interface NanquantileOptions {
  /** The dimension, or dimensions, to work along. */
  dim?: number | null;
  /** Whether the dimension stays, with size one. */
  keepdim?: boolean;
  interpolation?: string;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * As {@link quantile}, without NaN.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nanquantile.html
 * @example
 * torch.nanquantile(torch.tensor([1.5, NaN]), 0.5) // tensor(1.5000)
 */
export const nanquantile =
  op<
    (
      input: Tensor,
      q: Tensor | number,
      dim?: number | null | NanquantileOptions,
      keepdim?: boolean | NanquantileOptions,
      options?: NanquantileOptions,
    ) => Tensor
  >('aten::nanquantile');

/** What {@link nansum} takes by name. */
export interface NansumOptions {
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
 * The sum of the elements that are not NaN.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nansum.html
 * @example
 * torch.nansum(torch.tensor([1.5, NaN])) // tensor(1.5000)
 */
export const nansum =
  op<
    (
      input: Tensor,
      dim?: Dims | null | NansumOptions,
      keepdim?: boolean | NansumOptions,
      options?: NansumOptions,
    ) => Tensor
  >('aten::nansum');

/** What {@link nativeNorm} takes by name. */
export interface NativeNormOptions {
  /** The exponent, or probability. */
  p?: Scalar;
}

/**
 * The `p`-norm.
 *
 * @example
 * torch.nativeNorm(torch.ones(4).toSparse()) // tensor(2.)
 */
export const nativeNorm =
  fn<
    [
      (input: Tensor, p?: Scalar | NativeNormOptions, options?: NativeNormOptions) => Tensor,
      (
        input: Tensor,
        p: Scalar | null,
        dim: Dims,
        keepdim: boolean,
        dtype: Dtype | null,
        options?: NativeNormOptions,
      ) => Tensor,
    ]
  >('aten::native_norm');

/** What {@link norm} takes by name. */
export interface NormOptions {
  /** The dtype of the result, or to compute in. */
  dtype?: Dtype;
  /** The exponent, or probability. */
  p?: Scalar;
  /** Whether the dimension stays, with size one. */
  keepdim?: boolean;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * The `p`-norm of all elements or along dimensions.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.norm.html
 * @example
 * torch.norm(torch.ones(4)) // tensor(2.)
 */
export const norm =
  op<
    [
      (input: Tensor, p: Scalar | null, options?: NormOptions) => Tensor,
      (input: Tensor, p?: Scalar | NormOptions, options?: NormOptions) => Tensor,
      (input: Tensor, p: Scalar | null, dim: Dims, keepdim: boolean, options?: NormOptions) => Tensor,
      (input: Tensor, p: Scalar | null, dim: Dims, keepdim?: boolean | NormOptions, options?: NormOptions) => Tensor,
    ]
  >('aten::norm');

/** What {@link normExceptDim} takes by name. */
export interface NormExceptDimOptions {
  pow?: number;
  /** The dimension, or dimensions, to work along. */
  dim?: number;
}

/**
 * The norm over all dimensions but one.
 *
 * @example
 * torch.normExceptDim(torch.ones(2, 4)) // tensor([[2.], [2.]])
 */
export const normExceptDim =
  fn<
    (
      v: Tensor,
      pow?: number | NormExceptDimOptions,
      dim?: number | NormExceptDimOptions,
      options?: NormExceptDimOptions,
    ) => Tensor
  >('aten::norm_except_dim');

/** What {@link nuclearNorm} takes by name. */
export interface NuclearNormOptions {
  /** Whether the dimension stays, with size one. */
  keepdim?: boolean;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * The sum of the singular values.
 *
 * @example
 * torch.nuclearNorm(torch.ones(1, 1)) // tensor(1.)
 */
export const nuclearNorm =
  fn<
    [
      (input: Tensor, keepdim?: boolean | NuclearNormOptions, options?: NuclearNormOptions) => Tensor,
      (input: Tensor, dim: Extent, keepdim?: boolean | NuclearNormOptions, options?: NuclearNormOptions) => Tensor,
    ]
  >('aten::nuclear_norm');

/** What {@link prod} takes by name. */
export interface ProdOptions {
  /** The dtype of the result, or to compute in. */
  dtype?: Dtype | null;
  /** Whether the dimension stays, with size one. */
  keepdim?: boolean;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * The product, of all elements or along a dimension.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.prod.html
 * @example
 * torch.prod(torch.tensor([2, 3])) // tensor(6)
 */
export const prod =
  op<
    [
      (input: Tensor, options?: ProdOptions) => Tensor,
      (input: Tensor, dim: number, keepdim?: boolean | ProdOptions, options?: ProdOptions) => Tensor,
    ]
  >('aten::prod');

/** What {@link quantile} takes by name. */
export interface QuantileOptions {
  /** The dimension, or dimensions, to work along. */
  dim?: number | null;
  /** Whether the dimension stays, with size one. */
  keepdim?: boolean;
  interpolation?: string;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * The values below which given shares of the elements lie.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.quantile.html
 * @example
 * torch.quantile(torch.tensor([1.5, 2.5]), 0.5) // tensor(2.)
 */
export const quantile =
  op<
    (
      input: Tensor,
      q: Tensor | number,
      dim?: number | null | QuantileOptions,
      keepdim?: boolean | QuantileOptions,
      options?: QuantileOptions,
    ) => Tensor
  >('aten::quantile');

/**
 * Scales slices down to a norm of at most `maxnorm`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.renorm.html
 * @example
 * torch.renorm(torch.ones(1, 4), 1, 0, 2) // tensor([[0.5000, 0.5000, 0.5000, 0.5000]])
 */
export const renorm =
  op<(input: Tensor, p: Scalar, dim: number, maxnorm: Scalar, options?: OutOptions) => Tensor>('aten::renorm');

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

/** What {@link sum} takes by name. */
export interface SumOptions {
  /** The dtype of the result, or to compute in. */
  dtype?: Dtype | null;
  /** Whether the dimension stays, with size one. */
  keepdim?: boolean;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * The sum, of all elements or along dimensions.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.sum.html
 * @example
 * torch.sum(torch.tensor([[1, 2], [3, 4]]), 1) // tensor([3, 7])
 */
export const sum =
  op<
    [
      (input: Tensor, options?: SumOptions) => Tensor,
      (input: Tensor, dim: Dims | null, keepdim?: boolean | SumOptions, options?: SumOptions) => Tensor,
    ]
  >('aten::sum');

/**
 * The sum of the diagonal of a matrix.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.trace.html
 * @example
 * torch.trace(torch.eye(3)) // tensor(3.)
 */
export const trace = op<(input: Tensor) => Tensor>('aten::trace');

/** What {@link trapezoid} takes by name. */
export interface TrapezoidOptions {
  /** The dimension, or dimensions, to work along. */
  dim?: number;
  dx?: Scalar;
}

/**
 * The integral by the trapezoid rule.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.trapezoid.html
 * @example
 * torch.trapezoid(torch.tensor([1.5, 2.5])) // tensor(2.)
 */
export const trapezoid =
  fn<[(y: Tensor, x: Tensor, options?: TrapezoidOptions) => Tensor, (y: Tensor, options?: TrapezoidOptions) => Tensor]>(
    'aten::trapezoid',
  );

/** What {@link trapz} takes by name. */
export interface TrapzOptions {
  /** The dimension, or dimensions, to work along. */
  dim?: number;
  dx?: number;
}

/**
 * Alias of {@link trapezoid}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.trapz.html
 * @example
 * torch.trapz(torch.tensor([1.5, 2.5])) // tensor(2.)
 */
export const trapz =
  fn<[(y: Tensor, x: Tensor, options?: TrapzOptions) => Tensor, (y: Tensor, options?: TrapzOptions) => Tensor]>(
    'aten::trapz',
  );
