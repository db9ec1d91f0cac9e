import { fn } from '../op.js';
import type { Dims, Named, OutOptions, Scalar, Size } from '../../shape.js';
import type { Dtype } from '../../dtype.js';
import type { Tensor } from '../../tensor.js';

/** What {@link luFactor} takes by name. */
export interface LinalgLuFactorOptions {
  pivot?: boolean;
  /** A tensor to write the result to. */
  out?: readonly Tensor[];
}

/**
 * The LU factorisation in packed form.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.linalg.lu_factor.html
 * @example
 * torch.linalg.luFactor(torch.eye(1)).pivots // tensor([1], dtype=torch.int32)
 */
export const luFactor =
  fn<(A: Tensor, options?: LinalgLuFactorOptions) => Named<{ LU: Tensor; pivots: Tensor }>>('aten::linalg_lu_factor');

/** What {@link luFactorEx} takes by name. */
export interface LinalgLuFactorExOptions {
  pivot?: boolean;
  /** Whether failures throw. */
  checkErrors?: boolean;
  /** A tensor to write the result to. */
  out?: readonly Tensor[];
}

/**
 * As {@link luFactor}, with where it failed, without throwing.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.linalg.lu_factor_ex.html
 * @example
 * torch.linalg.luFactorEx(torch.eye(1)).info // tensor(0, dtype=torch.int32)
 */
export const luFactorEx =
  fn<(A: Tensor, options?: LinalgLuFactorExOptions) => Named<{ LU: Tensor; pivots: Tensor; info: Tensor }>>(
    'aten::linalg_lu_factor_ex',
  );

/** What {@link luSolve} takes by name. */
export interface LinalgLuSolveOptions {
  left?: boolean;
  adjoint?: boolean;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * Solves systems by a packed LU factorisation.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.linalg.lu_solve.html
 * @example
 * torch.linalg.luSolve(torch.eye(1), torch.tensor([1], { dtype: 'int32' }), torch.ones(1, 1)) // tensor([[1.]])
 */
export const luSolve =
  fn<(LU: Tensor, pivots: Tensor, B: Tensor, options?: LinalgLuSolveOptions) => Tensor>('aten::linalg_lu_solve');

/**
 * Alias of `torch.matmul`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.linalg.matmul.html
 * @example
 * torch.linalg.matmul(torch.eye(2), torch.ones(2)) // tensor([1., 1.])
 */
export const matmul = fn<(input: Tensor, other: Tensor, options?: OutOptions) => Tensor>('aten::linalg_matmul');

/**
 * The exponential of matrices.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.linalg.matrix_exp.html
 * @example
 * torch.linalg.matrixExp(torch.zeros(1, 1)) // tensor([[1.]])
 */
export const matrixExp = fn<(input: Tensor) => Tensor>('aten::linalg_matrix_exp');

/** What {@link matrixNorm} takes by name. */
export interface LinalgMatrixNormOptions {
  /** The dimension, or dimensions, to work along. */
  dim?: Size;
  /** Whether the dimension stays, with size one. */
  keepdim?: boolean;
  /** The dtype of the result, or to compute in. */
  dtype?: Dtype | null;
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

/**
 * A matrix multiplied with itself `n` times; inverted where `n` is negative.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.linalg.matrix_power.html
 * @example
 * torch.linalg.matrixPower(torch.eye(1).mul(2), 3) // tensor([[8.]])
 */
export const matrixPower = fn<(input: Tensor, n: number, options?: OutOptions) => Tensor>('aten::linalg_matrix_power');

/** What {@link matrixRank} takes by name. */
export interface LinalgMatrixRankOptions {
  atol?: Tensor | null | number;
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

/**
 * The product of several matrices, in the cheapest order.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.linalg.multi_dot.html
 * @example
 * torch.linalg.multiDot([torch.eye(2), torch.ones(2)]) // tensor([1., 1.])
 */
export const multiDot = fn<(tensors: readonly Tensor[], options?: OutOptions) => Tensor>('aten::linalg_multi_dot');

/** What {@link norm} takes by name. */
export interface LinalgNormOptions {
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

/** What {@link pinv} takes by name. */
export interface LinalgPinvOptions {
  atol?: Tensor | null | number;
  rtol?: Tensor | null | number;
  /** Whether the matrix equals its conjugate transpose. */
  hermitian?: boolean;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * The pseudo-inverse of matrices.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.linalg.pinv.html
 * @example
 * torch.linalg.pinv(torch.eye(1)) // tensor([[1.]])
 */
export const pinv =
  fn<
    [
      (input: Tensor, options?: LinalgPinvOptions) => Tensor,
      (
        input: Tensor,
        rcond: number | Tensor,
        hermitian?: boolean | LinalgPinvOptions,
        options?: LinalgPinvOptions,
      ) => Tensor,
    ]
  >('aten::linalg_pinv');

/** What {@link qr} takes by name. */
export interface LinalgQrOptions {
  /** The way to compute. */
  mode?: string;
  /** A tensor to write the result to. */
  out?: readonly Tensor[];
}

/**
 * The decomposition into an orthogonal and an upper triangular matrix.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.linalg.qr.html
 * @example
 * torch.linalg.qr(torch.eye(1)).R.abs() // tensor([[1.]])
 */
export const qr =
  fn<(A: Tensor, mode?: string | LinalgQrOptions, options?: LinalgQrOptions) => Named<{ Q: Tensor; R: Tensor }>>(
    'aten::linalg_qr',
  );

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

/** What {@link solve} takes by name. */
export interface LinalgSolveOptions {
  left?: boolean;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * The solution of `A X = B` for square matrices.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.linalg.solve.html
 * @example
 * torch.linalg.solve(torch.eye(2), torch.ones(2)) // tensor([1., 1.])
 */
export const solve = fn<(A: Tensor, B: Tensor, options?: LinalgSolveOptions) => Tensor>('aten::linalg_solve');

/** What {@link solveEx} takes by name. */
export interface LinalgSolveExOptions {
  left?: boolean;
  /** Whether failures throw. */
  checkErrors?: boolean;
  /** A tensor to write the result to. */
  out?: readonly Tensor[];
}

/**
 * As {@link solve}, with where it failed, without throwing.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.linalg.solve_ex.html
 * @example
 * torch.linalg.solveEx(torch.eye(1), torch.ones(1, 1)).info // tensor(0, dtype=torch.int32)
 */
export const solveEx =
  fn<(A: Tensor, B: Tensor, options?: LinalgSolveExOptions) => Named<{ result: Tensor; info: Tensor }>>(
    'aten::linalg_solve_ex',
  );

/** What {@link solveTriangular} takes by name. */
export interface LinalgSolveTriangularOptions {
  /** Whether the upper triangle is meant. */
  upper?: boolean;
  left?: boolean;
  unitriangular?: boolean;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * Solves `A X = B` for triangular matrices.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.linalg.solve_triangular.html
 * @example
 * torch.linalg.solveTriangular(torch.eye(2), torch.ones(2, 1), { upper: true }) // tensor([[1.], [1.]])
 */
export const solveTriangular = fn<(input: Tensor, B: Tensor, options?: LinalgSolveTriangularOptions) => Tensor>(
  'aten::linalg_solve_triangular',
);

/** What {@link svd} takes by name. */
export interface LinalgSvdOptions {
  fullMatrices?: boolean;
  driver?: string | null;
  U?: Tensor;
  S?: Tensor;
  Vh?: Tensor;
}

/**
 * The singular value decomposition: `A = U diag(S) Vh`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.linalg.svd.html
 * @example
 * torch.linalg.svd(torch.eye(1)).S // tensor([1.])
 */
export const svd =
  fn<
    (
      A: Tensor,
      fullMatrices?: boolean | LinalgSvdOptions,
      options?: LinalgSvdOptions,
    ) => Named<{ U: Tensor; S: Tensor; Vh: Tensor }>
  >('aten::linalg_svd');

/** What {@link svdvals} takes by name. */
export interface LinalgSvdvalsOptions {
  driver?: string | null;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * The singular values of matrices.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.linalg.svdvals.html
 * @example
 * torch.linalg.svdvals(torch.eye(1)) // tensor([1.])
 */
export const svdvals = fn<(A: Tensor, options?: LinalgSvdvalsOptions) => Tensor>('aten::linalg_svdvals');
