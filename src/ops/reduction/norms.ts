import { fn, op } from '../op.js';
import type { Dtype } from '../../dtype.js';
import type { Dims, Extent, OutOptions, Scalar } from '../../shape.js';
import type { Tensor } from '../../tensor.js';

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

/** What {@link normExceptDim} takes by name. */
export interface NormExceptDimOptions {
  /** The power of the norm. 2 unless given. */
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

/**
 * Scales slices down to a norm of at most `maxnorm`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.renorm.html
 * @example
 * torch.renorm(torch.ones(1, 4), 1, 0, 2) // tensor([[0.5000, 0.5000, 0.5000, 0.5000]])
 */
export const renorm =
  op<(input: Tensor, p: Scalar, dim: number, maxnorm: Scalar, options?: OutOptions) => Tensor>('aten::renorm');
