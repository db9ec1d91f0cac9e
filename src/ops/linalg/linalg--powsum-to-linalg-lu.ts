import { fn } from '../op.js';
import type { Dims, Named, OutOptions, Scalar } from '../../shape.js';
import type { Dtype } from '../../dtype.js';
import type { Tensor } from '../../tensor.js';

/** What {@link _powsum} takes by name. */
export interface LinalgPowsumOptions {
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

/** What {@link cholesky} takes by name. */
export interface LinalgCholeskyOptions {
  /** Whether the upper triangle is meant. */
  upper?: boolean;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * The Cholesky factor `L` of positive definite matrices: `A = L L^H`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.linalg.cholesky.html
 * @example
 * torch.linalg.cholesky(torch.eye(2)) // tensor([[1., 0.], [0., 1.]])
 */
export const cholesky = fn<(input: Tensor, options?: LinalgCholeskyOptions) => Tensor>('aten::linalg_cholesky');

/** What {@link choleskyEx} takes by name. */
export interface LinalgCholeskyExOptions {
  /** Whether the upper triangle is meant. */
  upper?: boolean;
  /** Whether failures throw. */
  checkErrors?: boolean;
  L?: Tensor;
  info?: Tensor;
}

/**
 * The Cholesky factor, and where it failed, without throwing.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.linalg.cholesky_ex.html
 * @example
 * torch.linalg.choleskyEx(torch.eye(1)).info // tensor(0, dtype=torch.int32)
 */
export const choleskyEx =
  fn<(input: Tensor, options?: LinalgCholeskyExOptions) => Named<{ L: Tensor; info: Tensor }>>(
    'aten::linalg_cholesky_ex',
  );

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

/** What {@link cross} takes by name. */
export interface LinalgCrossOptions {
  /** The dimension, or dimensions, to work along. */
  dim?: number;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * The cross product of vectors of three elements.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.linalg.cross.html
 * @example
 * torch.linalg.cross(torch.tensor([1, 0, 0]), torch.tensor([0, 1, 0])) // tensor([0, 0, 1])
 */
export const cross = fn<(input: Tensor, other: Tensor, options?: LinalgCrossOptions) => Tensor>('aten::linalg_cross');

/**
 * The determinant of matrices.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.linalg.det.html
 * @example
 * torch.linalg.det(torch.eye(2)) // tensor(1.)
 */
export const det = fn<(A: Tensor, options?: OutOptions) => Tensor>('aten::linalg_det');

/** What {@link diagonal} takes by name. */
export interface LinalgDiagonalOptions {
  /** Which diagonal: above the main one when positive, below when negative. */
  offset?: number;
  /** The first dimension. */
  dim1?: number;
  /** The second dimension. */
  dim2?: number;
}

/**
 * A view of the diagonal of matrices.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.linalg.diagonal.html
 * @example
 * torch.linalg.diagonal(torch.eye(2)) // tensor([1., 1.])
 */
export const diagonal = fn<(A: Tensor, options?: LinalgDiagonalOptions) => Tensor>('aten::linalg_diagonal');

/** What {@link eig} takes by name. */
export interface LinalgEigOptions {
  /** A tensor to write the result to. */
  out?: readonly Tensor[];
}

/**
 * Eigenvalues and eigenvectors of square matrices, complex.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.linalg.eig.html
 * @example
 * torch.linalg.eig(torch.eye(1)).eigenvalues // tensor([1.+0.j])
 */
export const eig =
  fn<(input: Tensor, options?: LinalgEigOptions) => Named<{ eigenvalues: Tensor; eigenvectors: Tensor }>>(
    'aten::linalg_eig',
  );

/** What {@link eigh} takes by name. */
export interface LinalgEighOptions {
  UPLO?: string;
  eigvals?: Tensor;
  eigvecs?: Tensor;
}

/**
 * Eigenvalues, in order, and eigenvectors of symmetric or Hermitian matrices.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.linalg.eigh.html
 * @example
 * torch.linalg.eigh(torch.eye(1)).eigenvalues // tensor([1.])
 */
export const eigh =
  fn<
    (
      input: Tensor,
      UPLO?: string | LinalgEighOptions,
      options?: LinalgEighOptions,
    ) => Named<{ eigenvalues: Tensor; eigenvectors: Tensor }>
  >('aten::linalg_eigh');

/**
 * The eigenvalues of square matrices, complex.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.linalg.eigvals.html
 * @example
 * torch.linalg.eigvals(torch.eye(1)) // tensor([1.+0.j])
 */
export const eigvals = fn<(input: Tensor, options?: OutOptions) => Tensor>('aten::linalg_eigvals');

/** What {@link eigvalsh} takes by name. */
export interface LinalgEigvalshOptions {
  UPLO?: string;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * The eigenvalues, in order, of symmetric or Hermitian matrices.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.linalg.eigvalsh.html
 * @example
 * torch.linalg.eigvalsh(torch.eye(1)) // tensor([1.])
 */
export const eigvalsh =
  fn<(input: Tensor, UPLO?: string | LinalgEigvalshOptions, options?: LinalgEigvalshOptions) => Tensor>(
    'aten::linalg_eigvalsh',
  );

/**
 * The first columns of a product of Householder reflectors.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.linalg.householder_product.html
 * @example
 * torch.linalg.householderProduct(torch.eye(1), torch.zeros(1)) // tensor([[1.]])
 */
export const householderProduct = fn<(input: Tensor, tau: Tensor, options?: OutOptions) => Tensor>(
  'aten::linalg_householder_product',
);

/**
 * The inverse of matrices.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.linalg.inv.html
 * @example
 * torch.linalg.inv(torch.eye(1).mul(2)) // tensor([[0.5000]])
 */
export const inv = fn<(A: Tensor, options?: OutOptions) => Tensor>('aten::linalg_inv');

/** What {@link invEx} takes by name. */
export interface LinalgInvExOptions {
  /** Whether failures throw. */
  checkErrors?: boolean;
  inverse?: Tensor;
  info?: Tensor;
}

/**
 * The inverse, and where it failed, without throwing.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.linalg.inv_ex.html
 * @example
 * torch.linalg.invEx(torch.eye(1)).info // tensor(0, dtype=torch.int32)
 */
export const invEx =
  fn<(A: Tensor, options?: LinalgInvExOptions) => Named<{ inverse: Tensor; info: Tensor }>>('aten::linalg_inv_ex');

/** What {@link ldlFactor} takes by name. */
export interface LinalgLdlFactorOptions {
  /** Whether the matrix equals its conjugate transpose. */
  hermitian?: boolean;
  /** A tensor to write the result to. */
  out?: readonly Tensor[];
}

/**
 * The LDL factorisation of symmetric matrices.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.linalg.ldl_factor.html
 * @example
 * torch.linalg.ldlFactor(torch.eye(1)).LD // tensor([[1.]])
 */
export const ldlFactor =
  fn<(input: Tensor, options?: LinalgLdlFactorOptions) => Named<{ LD: Tensor; pivots: Tensor }>>(
    'aten::linalg_ldl_factor',
  );

/** What {@link ldlFactorEx} takes by name. */
export interface LinalgLdlFactorExOptions {
  /** Whether the matrix equals its conjugate transpose. */
  hermitian?: boolean;
  /** Whether failures throw. */
  checkErrors?: boolean;
  /** A tensor to write the result to. */
  out?: readonly Tensor[];
}

/**
 * As {@link ldlFactor}, with where it failed.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.linalg.ldl_factor_ex.html
 * @example
 * torch.linalg.ldlFactorEx(torch.eye(1)).info // tensor(0, dtype=torch.int32)
 */
export const ldlFactorEx =
  fn<(input: Tensor, options?: LinalgLdlFactorExOptions) => Named<{ LD: Tensor; pivots: Tensor; info: Tensor }>>(
    'aten::linalg_ldl_factor_ex',
  );

/** What {@link ldlSolve} takes by name. */
export interface LinalgLdlSolveOptions {
  /** Whether the matrix equals its conjugate transpose. */
  hermitian?: boolean;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * Solves systems by an LDL factorisation.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.linalg.ldl_solve.html
 * @example
 * torch.linalg.ldlSolve(torch.eye(1), torch.tensor([1], { dtype: 'int32' }), torch.ones(1, 1)) // tensor([[1.]])
 */
export const ldlSolve =
  fn<(LD: Tensor, pivots: Tensor, B: Tensor, options?: LinalgLdlSolveOptions) => Tensor>('aten::linalg_ldl_solve');

/** What {@link lstsq} takes by name. */
export interface LinalgLstsqOptions {
  rcond?: number | null;
  driver?: string | null;
  /** A tensor to write the result to. */
  out?: readonly Tensor[];
}

/**
 * The least squares solution of `A X = B`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.linalg.lstsq.html
 * @example
 * torch.linalg.lstsq(torch.eye(1), torch.ones(1, 1)).solution // tensor([[1.]])
 */
export const lstsq =
  fn<
    (
      input: Tensor,
      b: Tensor,
      rcond?: number | null | LinalgLstsqOptions,
      options?: LinalgLstsqOptions,
    ) => Named<{ solution: Tensor; residuals: Tensor; rank: Tensor; singularValues: Tensor }>
  >('aten::linalg_lstsq');

/** What {@link lu} takes by name. */
export interface LinalgLuOptions {
  pivot?: boolean;
  /** A tensor to write the result to. */
  out?: readonly Tensor[];
}

/**
 * The factorisation `A = P L U`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.linalg.lu.html
 * @example
 * torch.linalg.lu(torch.eye(1)).U // tensor([[1.]])
 */
export const lu =
  fn<(A: Tensor, options?: LinalgLuOptions) => Named<{ P: Tensor; L: Tensor; U: Tensor }>>('aten::linalg_lu');
