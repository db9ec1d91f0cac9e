import { fn, op } from '../op.js';
import type { Named, OutOptions, Size } from '../../shape.js';
import type { Dtype } from '../../dtype.js';
import type { Tensor } from '../../tensor.js';

/**
 * The inverse of matrices.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.inverse.html
 * @example
 * torch.inverse(torch.eye(1).mul(2)) // tensor([[0.5000]])
 */
export const inverse = op<(input: Tensor, options?: OutOptions) => Tensor>('aten::inverse');

/**
 * The Kronecker product.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.kron.html
 * @example
 * torch.kron(torch.tensor([1, 2]), torch.tensor([3, 4])) // tensor([3, 4, 6, 8])
 */
export const kron = op<(input: Tensor, other: Tensor, options?: OutOptions) => Tensor>('aten::kron');

/**
 * The logarithm of the determinant.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.logdet.html
 * @example
 * torch.logdet(torch.eye(2)) // tensor(0.)
 */
export const logdet = op<(input: Tensor) => Tensor>('aten::logdet');

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
  unpackData?: boolean;
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
 * The matrix product; batches broadcast, vectors are rows or columns.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.matmul.html
 * @example
 * torch.matmul(torch.tensor([[1, 2]]), torch.tensor([[3], [4]])) // tensor([[11]])
 */
export const matmul = op<(input: Tensor, other: Tensor, options?: OutOptions) => Tensor>('aten::matmul');

/**
 * The exponential of matrices.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.matrix_exp.html
 * @example
 * torch.matrixExp(torch.zeros(2, 2)) // tensor([[1., 0.], [0., 1.]])
 */
export const matrixExp = op<(input: Tensor) => Tensor>('aten::matrix_exp');

/**
 * A matrix multiplied with itself `n` times.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.matrix_power.html
 * @example
 * torch.matrixPower(torch.eye(2).mul(2), 3) // tensor([[8., 0.], [0., 8.]])
 */
export const matrixPower = op<(input: Tensor, n: number, options?: OutOptions) => Tensor>('aten::matrix_power');

/**
 * The product of two matrices.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.mm.html
 * @example
 * torch.mm(torch.eye(2), torch.ones(2, 1)) // tensor([[1.], [1.]])
 */
export const mm =
  op<
    [
      (input: Tensor, mat2: Tensor, options?: OutOptions) => Tensor,
      (input: Tensor, mat2: Tensor, outDtype: Dtype, options?: OutOptions) => Tensor,
    ]
  >('aten::mm');

/**
 * The product of a matrix and a vector.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.mv.html
 * @example
 * torch.mv(torch.eye(2), torch.ones(2)) // tensor([1., 1.])
 */
export const mv = op<(input: Tensor, vec: Tensor, options?: OutOptions) => Tensor>('aten::mv');

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
  left?: boolean;
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

/**
 * All products of the elements of two vectors.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.outer.html
 * @example
 * torch.outer(torch.tensor([1, 2]), torch.tensor([3, 4])) // tensor([[3, 4], [6, 8]])
 */
export const outer = op<(input: Tensor, vec2: Tensor, options?: OutOptions) => Tensor>('aten::outer');

/** What {@link pairwiseDistance} takes by name. */
export interface PairwiseDistanceOptions {
  /** The exponent, or probability. */
  p?: number;
  /** A small number that keeps divisors away from zero. */
  eps?: number;
  /** Whether the dimension stays, with size one. */
  keepdim?: boolean;
}

/**
 * The `p`-norm of the difference of each pair of rows.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.pairwise_distance.html
 * @example
 * torch.pairwiseDistance(torch.ones(1, 2), torch.ones(1, 2), 2, 0) // tensor([0.])
 */
export const pairwiseDistance =
  fn<
    (
      x1: Tensor,
      x2: Tensor,
      p?: number | PairwiseDistanceOptions,
      eps?: number | PairwiseDistanceOptions,
      keepdim?: boolean | PairwiseDistanceOptions,
      options?: PairwiseDistanceOptions,
    ) => Tensor
  >('aten::pairwise_distance');

/** What {@link pdist} takes by name. */
export interface PdistOptions {
  /** The exponent, or probability. */
  p?: number;
}

/**
 * The distances between all pairs of rows.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.pdist.html
 * @example
 * torch.pdist(torch.eye(2), 1) // tensor([2.])
 */
export const pdist = fn<(input: Tensor, p?: number | PdistOptions, options?: PdistOptions) => Tensor>('aten::pdist');

/** What {@link pinverse} takes by name. */
export interface PinverseOptions {
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

/** What {@link qr} takes by name. */
export interface QrOptions {
  some?: boolean;
  Q?: Tensor;
  R?: Tensor;
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

/** What {@link svd} takes by name. */
export interface SvdOptions {
  some?: boolean;
  computeUv?: boolean;
  U?: Tensor;
  S?: Tensor;
  V?: Tensor;
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

/**
 * Sums of products over several dimensions of each.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.tensordot.html
 * @example
 * torch.tensordot(torch.ones(2, 3), torch.ones(3, 2), [1], [0]) // tensor([[3., 3.], [3., 3.]])
 */
export const tensordot =
  fn<(input: Tensor, other: Tensor, dimsSelf: Size, dimsOther: Size, options?: OutOptions) => Tensor>(
    'aten::tensordot',
  );

/** What {@link triangularSolve} takes by name. */
export interface TriangularSolveOptions {
  /** Whether the upper triangle is meant. */
  upper?: boolean;
  transpose?: boolean;
  unitriangular?: boolean;
  X?: Tensor;
  M?: Tensor;
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

/**
 * As {@link dot}, with the first vector conjugated.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.vdot.html
 * @example
 * torch.vdot(torch.tensor([1, 2]), torch.tensor([3, 4])) // tensor(11)
 */
export const vdot = op<(input: Tensor, other: Tensor, options?: OutOptions) => Tensor>('aten::vdot');
