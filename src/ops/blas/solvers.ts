import { fn, op } from '../op.js';
import type { Named, OutOptions } from '../../shape.js';
import type { Tensor } from '../../tensor.js';

/** What {@link cholesky} takes by name. */
export interface CholeskyOptions {
  /** Whether the upper triangle is meant. */
  upper?: boolean;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * The Cholesky factor of a positive definite matrix.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.cholesky.html
 * @example
 * torch.cholesky(torch.eye(1)) // tensor([[1.]])
 */
export const cholesky =
  op<(input: Tensor, upper?: boolean | CholeskyOptions, options?: CholeskyOptions) => Tensor>('aten::cholesky');

/** What {@link choleskyInverse} takes by name. */
export interface CholeskyInverseOptions {
  /** Whether the upper triangle is meant. */
  upper?: boolean;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * The inverse of a matrix by its Cholesky factor.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.cholesky_inverse.html
 * @example
 * torch.choleskyInverse(torch.eye(1)) // tensor([[1.]])
 */
export const choleskyInverse =
  op<(input: Tensor, upper?: boolean | CholeskyInverseOptions, options?: CholeskyInverseOptions) => Tensor>(
    'aten::cholesky_inverse',
  );

/** What {@link choleskySolve} takes by name. */
export interface CholeskySolveOptions {
  /** Whether the upper triangle is meant. */
  upper?: boolean;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * Solves `A X = B` by the Cholesky factor of `A`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.cholesky_solve.html
 * @example
 * torch.choleskySolve(torch.ones(1, 1), torch.eye(1)) // tensor([[1.]])
 */
export const choleskySolve =
  op<(input: Tensor, input2: Tensor, upper?: boolean | CholeskySolveOptions, options?: CholeskySolveOptions) => Tensor>(
    'aten::cholesky_solve',
  );

/**
 * The determinant of matrices.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.det.html
 * @example
 * torch.det(torch.eye(2)) // tensor(1.)
 */
export const det = op<(input: Tensor) => Tensor>('aten::det');

/**
 * The logarithm of the determinant.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.logdet.html
 * @example
 * torch.logdet(torch.eye(2)) // tensor(0.)
 */
export const logdet = op<(input: Tensor) => Tensor>('aten::logdet');

/** What {@link slogdet} takes by name. */
export interface SlogdetOptions {
  /** A tensor to write the result to. */
  out?: readonly Tensor[];
}

/**
 * The sign of the determinant and the logarithm of its absolute value.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.slogdet.html
 * @example
 * torch.slogdet(torch.eye(2)).sign // tensor(1.)
 */
export const slogdet =
  op<(input: Tensor, options?: SlogdetOptions) => Named<{ sign: Tensor; logabsdet: Tensor }>>('aten::slogdet');

/**
 * The inverse of matrices.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.inverse.html
 * @example
 * torch.inverse(torch.eye(1).mul(2)) // tensor([[0.5000]])
 */
export const inverse = op<(input: Tensor, options?: OutOptions) => Tensor>('aten::inverse');

/** What {@link pinverse} takes by name. */
export interface PinverseOptions {
  /** Singular values below this part of the greatest count as 0. 1e-15 unless given. */
  rcond?: number;
}

/**
 * The pseudo-inverse of matrices.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.pinverse.html
 * @example
 * torch.pinverse(torch.eye(1)) // tensor([[1.]])
 */
export const pinverse =
  op<(input: Tensor, rcond?: number | PinverseOptions, options?: PinverseOptions) => Tensor>('aten::pinverse');

/**
 * Solves a system by a packed LU factorisation.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.lu_solve.html
 * @example
 * torch.luSolve(torch.ones(1, 1), torch.eye(1), torch.tensor([1], { dtype: 'int32' })) // tensor([[1.]])
 */
export const luSolve =
  op<(input: Tensor, LUData: Tensor, LUPivots: Tensor, options?: OutOptions) => Tensor>('aten::lu_solve');

/** What {@link luUnpack} takes by name. */
export interface LuUnpackOptions {
  /** Whether to give L and U; empty tensors otherwise. `true` unless given. */
  unpackData?: boolean;
  /** Whether to give P; an empty tensor otherwise. `true` unless given. */
  unpackPivots?: boolean;
  /** A tensor to write the result to. */
  out?: readonly Tensor[];
}

/**
 * The matrices P, L and U of a packed LU factorisation.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.lu_unpack.html
 * @example
 * torch.luUnpack(torch.eye(1), torch.tensor([1], { dtype: 'int32' })).U // tensor([[1.]])
 */
export const luUnpack =
  fn<
    (
      LUData: Tensor,
      LUPivots: Tensor,
      unpackData?: boolean | LuUnpackOptions,
      unpackPivots?: boolean | LuUnpackOptions,
      options?: LuUnpackOptions,
    ) => Named<{ P: Tensor; L: Tensor; U: Tensor }>
  >('aten::lu_unpack');

/**
 * The exponential of matrices.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.matrix_exp.html
 * @example
 * torch.matrixExp(torch.zeros(2, 2)) // tensor([[1., 0.], [0., 1.]])
 */
export const matrixExp = op<(input: Tensor) => Tensor>('aten::matrix_exp');

/** What {@link qr} takes by name. */
export interface QrOptions {
  /** Whether Q has only as many columns as R needs. `true` unless given. */
  some?: boolean;

  /** Tensors to write the 2 results to, in order. */
  out?: readonly [Tensor, Tensor];
}

/**
 * The decomposition into an orthogonal and an upper triangular matrix.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.qr.html
 * @example
 * torch.qr(torch.eye(1)).Q.abs() // tensor([[1.]])
 */
export const qr =
  op<(input: Tensor, some?: boolean | QrOptions, options?: QrOptions) => Named<{ Q: Tensor; R: Tensor }>>('aten::qr');

/**
 * The orthogonal matrix of Householder reflectors.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.orgqr.html
 * @example
 * torch.orgqr(torch.eye(1), torch.zeros(1)) // tensor([[1.]])
 */
export const orgqr = op<(input: Tensor, input2: Tensor, options?: OutOptions) => Tensor>('aten::orgqr');

/** What {@link ormqr} takes by name. */
export interface OrmqrOptions {
  /** Whether Q stands on the left of the product. `true` unless given. */
  left?: boolean;
  /** Whether Q is conjugated and transposed. `false` unless given. */
  transpose?: boolean;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * The product of a matrix with one of Householder reflectors.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.ormqr.html
 * @example
 * torch.ormqr(torch.eye(1), torch.zeros(1), torch.ones(1, 1)) // tensor([[1.]])
 */
export const ormqr =
  op<
    (
      input: Tensor,
      input2: Tensor,
      input3: Tensor,
      left?: boolean | OrmqrOptions,
      transpose?: boolean | OrmqrOptions,
      options?: OrmqrOptions,
    ) => Tensor
  >('aten::ormqr');

/** What {@link geqrf} takes by name. */
export interface GeqrfOptions {
  /** Tensors to write the 2 results to, in order. */
  out?: readonly [Tensor, Tensor];
}

/**
 * The QR decomposition in LAPACK's packed form.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.geqrf.html
 * @example
 * torch.geqrf(torch.eye(1)).a.abs() // tensor([[1.]])
 */
export const geqrf = op<(input: Tensor, options?: GeqrfOptions) => Named<{ a: Tensor; tau: Tensor }>>('aten::geqrf');

/** What {@link svd} takes by name. */
export interface SvdOptions {
  /** Whether U and V have only as many columns as there are singular values. `true` unless given. */
  some?: boolean;
  /** Whether U and V are computed; zeros otherwise. `true` unless given. */
  computeUv?: boolean;

  /** Tensors to write the 3 results to, in order. */
  out?: readonly [Tensor, Tensor, Tensor];
}

/**
 * The singular value decomposition.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.svd.html
 * @example
 * torch.svd(torch.eye(1)).S // tensor([1.])
 */
export const svd =
  op<
    (
      input: Tensor,
      some?: boolean | SvdOptions,
      computeUv?: boolean | SvdOptions,
      options?: SvdOptions,
    ) => Named<{ U: Tensor; S: Tensor; V: Tensor }>
  >('aten::svd');

/** What {@link triangularSolve} takes by name. */
export interface TriangularSolveOptions {
  /** Whether the upper triangle is meant. */
  upper?: boolean;
  /** Whether to solve with the transpose of `A`. `false` unless given. */
  transpose?: boolean;
  /** Whether the diagonal of `A` is taken to be 1 and not read. `false` unless given. */
  unitriangular?: boolean;

  /** Tensors to write the 2 results to, in order. */
  out?: readonly [Tensor, Tensor];
}

/**
 * Solves `A X = B` for a triangular matrix.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.triangular_solve.html
 * @example
 * torch.triangularSolve(torch.ones(1, 1), torch.ones(1, 1)).solution // tensor([[1.]])
 */
export const triangularSolve =
  op<
    (
      input: Tensor,
      A: Tensor,
      upper?: boolean | TriangularSolveOptions,
      transpose?: boolean | TriangularSolveOptions,
      unitriangular?: boolean | TriangularSolveOptions,
      options?: TriangularSolveOptions,
    ) => Named<{ solution: Tensor; clonedCoefficient: Tensor }>
  >('aten::triangular_solve');
