import { fn } from '../op.js';
import type { Dims, Scalar, Size } from '../../shape.js';
import type { Dtype } from '../../dtype.js';
import type { Tensor } from '../../tensor.js';

/** What {@link tensorinv} takes by name. */
export interface LinalgTensorinvOptions {
  ind?: number;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * The inverse of a tensor as a map of tensors.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.linalg.tensorinv.html
 * @example
 * torch.linalg.tensorinv(torch.eye(1), 1) // tensor([[1.]])
 */
export const tensorinv =
  fn<(input: Tensor, ind?: number | LinalgTensorinvOptions, options?: LinalgTensorinvOptions) => Tensor>(
    'aten::linalg_tensorinv',
  );

/** What {@link tensorsolve} takes by name. */
export interface LinalgTensorsolveOptions {
  dims?: Size | null;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * The solution of a system whose matrix is a tensor.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.linalg.tensorsolve.html
 * @example
 * torch.linalg.tensorsolve(torch.eye(2), torch.ones(2)) // tensor([1., 1.])
 */
export const tensorsolve =
  fn<
    (
      input: Tensor,
      other: Tensor,
      dims?: Size | null | LinalgTensorsolveOptions,
      options?: LinalgTensorsolveOptions,
    ) => Tensor
  >('aten::linalg_tensorsolve');

/** What {@link vander} takes by name. */
export interface LinalgVanderOptions {
  N?: number | null;
}

/**
 * The Vandermonde matrix, powers growing.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.linalg.vander.html
 * @example
 * torch.linalg.vander(torch.tensor([1, 2])) // tensor([[1, 1], [1, 2]])
 */
export const vander = fn<(x: Tensor, options?: LinalgVanderOptions) => Tensor>('aten::linalg_vander');

/** What {@link vecdot} takes by name. */
export interface LinalgVecdotOptions {
  /** The dimension, or dimensions, to work along. */
  dim?: number;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * The products of vectors along a dimension, the first conjugated.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.linalg.vecdot.html
 * @example
 * torch.linalg.vecdot(torch.tensor([1.5, 2]), torch.tensor([2.5, 0])) // tensor(3.7500)
 */
export const vecdot = fn<(x: Tensor, y: Tensor, options?: LinalgVecdotOptions) => Tensor>('aten::linalg_vecdot');

/** What {@link vectorNorm} takes by name. */
export interface LinalgVectorNormOptions {
  ord?: Scalar;
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
 * The norm of vectors, of any order.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.linalg.vector_norm.html
 * @example
 * torch.linalg.vectorNorm(torch.ones(4), 1) // tensor(4.)
 */
export const vectorNorm =
  fn<
    (
      input: Tensor,
      ord?: Scalar | LinalgVectorNormOptions,
      dim?: Dims | null | LinalgVectorNormOptions,
      keepdim?: boolean | LinalgVectorNormOptions,
      options?: LinalgVectorNormOptions,
    ) => Tensor
  >('aten::linalg_vector_norm');
