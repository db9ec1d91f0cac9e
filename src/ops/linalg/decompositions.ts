import { fn } from '../op.js';
import type { Named, OutOptions } from '../../shape.js';
import type { Tensor } from '../../tensor.js';

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

  /** Tensors to write the 2 results to, in order. */
  out?: readonly [Tensor, Tensor];
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
  /** Which triangle is read: `L` for the lower, `U` for the upper one. `L` unless given. */
  UPLO?: string;

  /** Tensors to write the 2 results to, in order. */
  out?: readonly [Tensor, Tensor];
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
  /** Which triangle is read: `L` for the lower, `U` for the upper one. `L` unless given. */
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

/** What {@link lu} takes by name. */
export interface LinalgLuOptions {
  /** Whether rows are exchanged; without, on a GPU only. `true` unless given. */
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

/** What {@link luFactor} takes by name. */
export interface LinalgLuFactorOptions {
  /** Whether rows are exchanged; without, on a GPU only. `true` unless given. */
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
  /** Whether rows are exchanged; without, on a GPU only. `true` unless given. */
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

/** What {@link svd} takes by name. */
export interface LinalgSvdOptions {
  /** Whether U and Vh are square, with columns that no singular value belongs to. `true` unless given. */
  fullMatrices?: boolean;
  /** The cuSOLVER routine on an NVIDIA GPU: `gesvd`, `gesvdj` or `gesvda`. Chosen by LibTorch unless given. */
  driver?: string | null;

  /** Tensors to write the 3 results to, in order. */
  out?: readonly [Tensor, Tensor, Tensor];
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
  /** The cuSOLVER routine on an NVIDIA GPU: `gesvd`, `gesvdj` or `gesvda`. Chosen by LibTorch unless given. */
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
