import { fn } from '../op.js';
import type { Dtype } from '../../dtype.js';
import type { Dims, Named, OutOptions, Scalar, Size } from '../../shape.js';
import type { Tensor } from '../../tensor.js';

/** What {@link norm} takes by name. */
export interface LinalgNormOptions {
  /** Which norm, as {@link vectorNorm} or {@link matrixNorm} take it; the Euclidean norm of all elements unless given. */
  ord?: Scalar | null;
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
 * The norm of vectors or matrices.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.linalg.norm.html
 * @example
 * torch.linalg.norm(torch.ones(4)) // tensor(2.)
 */
export const norm =
  fn<
    [
      (
        input: Tensor,
        ord?: Scalar | null | LinalgNormOptions,
        dim?: Dims | null | LinalgNormOptions,
        keepdim?: boolean | LinalgNormOptions,
        options?: LinalgNormOptions,
      ) => Tensor,
      (
        input: Tensor,
        ord: string,
        dim?: Dims | null | LinalgNormOptions,
        keepdim?: boolean | LinalgNormOptions,
        options?: LinalgNormOptions,
      ) => Tensor,
    ]
  >('aten::linalg_norm');

/** What {@link matrixNorm} takes by name. */
export interface LinalgMatrixNormOptions {
  /** The dimension, or dimensions, to work along. */
  dim?: Size;
  /** Whether the dimension stays, with size one. */
  keepdim?: boolean;
  /** The dtype of the result, or to compute in. */
  dtype?: Dtype | null;
  /** `fro`, `nuc`, or 1, -1, 2, -2, Infinity, -Infinity. `fro` unless given. */
  ord?: string;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * The norm of matrices.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.linalg.matrix_norm.html
 * @example
 * torch.linalg.matrixNorm(torch.ones(1, 4)) // tensor(2.)
 */
export const matrixNorm =
  fn<
    [
      (
        input: Tensor,
        ord: Scalar,
        dim?: Size | LinalgMatrixNormOptions,
        keepdim?: boolean | LinalgMatrixNormOptions,
        options?: LinalgMatrixNormOptions,
      ) => Tensor,
      (
        input: Tensor,
        ord?: string | LinalgMatrixNormOptions,
        dim?: Size | LinalgMatrixNormOptions,
        keepdim?: boolean | LinalgMatrixNormOptions,
        options?: LinalgMatrixNormOptions,
      ) => Tensor,
    ]
  >('aten::linalg_matrix_norm');

/** What {@link vectorNorm} takes by name. */
export interface LinalgVectorNormOptions {
  /** The order of the norm, also Infinity and -Infinity. 2 unless given. */
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

/** What {@link _powsum} takes by name. */
export interface LinalgPowsumOptions {
  /** The power. 2 unless given. */
  ord?: Scalar;
  /** The dimension, or dimensions, to work along. */
  dim?: Dims | null;
  /** Whether the dimension stays, with size one. */
  keepdim?: boolean;
  /** The dtype of the result, or to compute in. */
  dtype?: Dtype | null;
}

/**
 * The sum of powers of absolute values.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.linalg._powsum.html
 * @example
 * torch.linalg._powsum(torch.ones(4)) // tensor(4.)
 */
export const _powsum =
  fn<
    (
      input: Tensor,
      ord?: Scalar | LinalgPowsumOptions,
      dim?: Dims | null | LinalgPowsumOptions,
      keepdim?: boolean | LinalgPowsumOptions,
      options?: LinalgPowsumOptions,
    ) => Tensor
  >('aten::linalg__powsum');

/** What {@link cond} takes by name. */
export interface LinalgCondOptions {
  /** The exponent, or probability. */
  p?: Scalar | null;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * The condition number of matrices.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.linalg.cond.html
 * @example
 * torch.linalg.cond(torch.eye(2)) // tensor(1.)
 */
export const cond =
  fn<
    [
      (input: Tensor, p?: Scalar | null | LinalgCondOptions, options?: LinalgCondOptions) => Tensor,
      (input: Tensor, p: string, options?: LinalgCondOptions) => Tensor,
    ]
  >('aten::linalg_cond');

/**
 * The determinant of matrices.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.linalg.det.html
 * @example
 * torch.linalg.det(torch.eye(2)) // tensor(1.)
 */
export const det = fn<(A: Tensor, options?: OutOptions) => Tensor>('aten::linalg_det');

/** What {@link slogdet} takes by name. */
export interface LinalgSlogdetOptions {
  /** A tensor to write the result to. */
  out?: readonly Tensor[];
}

/**
 * The sign of the determinant and the logarithm of its absolute value.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.linalg.slogdet.html
 * @example
 * torch.linalg.slogdet(torch.eye(2)).logabsdet // tensor(0.)
 */
export const slogdet =
  fn<(A: Tensor, options?: LinalgSlogdetOptions) => Named<{ sign: Tensor; logabsdet: Tensor }>>('aten::linalg_slogdet');

/** What {@link matrixRank} takes by name. */
export interface LinalgMatrixRankOptions {
  /** Singular values below this count as 0. 0 unless given. */
  atol?: Tensor | null | number;
  /** Singular values below this part of the greatest count as 0; the precision of the dtype times the longer side unless given. */
  rtol?: Tensor | null | number;
  /** Whether the matrix equals its conjugate transpose. */
  hermitian?: boolean;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * The number of singular values that are not negligible.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.linalg.matrix_rank.html
 * @example
 * torch.linalg.matrixRank(torch.eye(2)) // tensor(2)
 */
export const matrixRank =
  fn<
    [
      (input: Tensor, options?: LinalgMatrixRankOptions) => Tensor,
      (
        input: Tensor,
        tol: number | Tensor,
        hermitian?: boolean | LinalgMatrixRankOptions,
        options?: LinalgMatrixRankOptions,
      ) => Tensor,
    ]
  >('aten::linalg_matrix_rank');
