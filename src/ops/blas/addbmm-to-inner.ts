import { fn, op } from '../op.js';
import type { Named, OutOptions, Scalar, Size } from '../../shape.js';
import type { Dtype } from '../../dtype.js';
import type { Tensor } from '../../tensor.js';

/** What {@link addbmm} takes by name. */
export interface AddbmmOptions {
  /** The multiplier of the input. */
  beta?: Scalar;
  /** A multiplier. */
  alpha?: Scalar;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * `beta * input + alpha * sum_i batch1_i @ batch2_i`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.addbmm.html
 * @example
 * torch.addbmm(torch.ones(1, 1), torch.ones(1, 1, 2), torch.ones(1, 2, 1)) // tensor([[3.]])
 */
export const addbmm =
  op<(input: Tensor, batch1: Tensor, batch2: Tensor, options?: AddbmmOptions) => Tensor>('aten::addbmm');

/** What {@link addmm} takes by name. */
export interface AddmmOptions {
  /** The multiplier of the input. */
  beta?: Scalar;
  /** A multiplier. */
  alpha?: Scalar;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * `beta * input + alpha * (mat1 @ mat2)`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.addmm.html
 * @example
 * torch.addmm(torch.ones(1), torch.eye(2), torch.eye(2)) // tensor([[2., 1.], [1., 2.]])
 */
export const addmm =
  op<
    [
      (input: Tensor, mat1: Tensor, mat2: Tensor, options?: AddmmOptions) => Tensor,
      (input: Tensor, mat1: Tensor, mat2: Tensor, outDtype: Dtype, options?: AddmmOptions) => Tensor,
    ]
  >('aten::addmm');

/** What {@link addmv} takes by name. */
export interface AddmvOptions {
  /** The multiplier of the input. */
  beta?: Scalar;
  /** A multiplier. */
  alpha?: Scalar;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * `beta * input + alpha * (mat @ vec)`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.addmv.html
 * @example
 * torch.addmv(torch.ones(2), torch.eye(2), torch.ones(2)) // tensor([2., 2.])
 */
export const addmv = op<(input: Tensor, mat: Tensor, vec: Tensor, options?: AddmvOptions) => Tensor>('aten::addmv');

/** What {@link addmv_} takes by name. */
export interface AddmvInPlaceOptions {
  /** The multiplier of the input. */
  beta?: Scalar;
  /** A multiplier. */
  alpha?: Scalar;
}

/**
 * In place of {@link addmv}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.addmv_.html
 */
export const addmv_ =
  op<(input: Tensor, mat: Tensor, vec: Tensor, options?: AddmvInPlaceOptions) => Tensor>('aten::addmv_');

/** What {@link addr} takes by name. */
export interface AddrOptions {
  /** The multiplier of the input. */
  beta?: Scalar;
  /** A multiplier. */
  alpha?: Scalar;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * `beta * input + alpha * outer(vec1, vec2)`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.addr.html
 * @example
 * torch.addr(torch.zeros(1, 2), torch.ones(1), torch.ones(2)) // tensor([[1., 1.]])
 */
export const addr = op<(input: Tensor, vec1: Tensor, vec2: Tensor, options?: AddrOptions) => Tensor>('aten::addr');

/** What {@link baddbmm} takes by name. */
export interface BaddbmmOptions {
  /** The multiplier of the input. */
  beta?: Scalar;
  /** A multiplier. */
  alpha?: Scalar;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * `beta * input + alpha * (batch1 @ batch2)`, for batches of matrices.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.baddbmm.html
 * @example
 * torch.baddbmm(torch.ones(1, 1, 1), torch.ones(1, 1, 2), torch.ones(1, 2, 1)) // tensor([[[3.]]])
 */
export const baddbmm =
  op<
    [
      (input: Tensor, batch1: Tensor, batch2: Tensor, options?: BaddbmmOptions) => Tensor,
      (input: Tensor, batch1: Tensor, batch2: Tensor, outDtype: Dtype, options?: BaddbmmOptions) => Tensor,
    ]
  >('aten::baddbmm');

/**
 * The product of each pair of matrices of two batches.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.bmm.html
 * @example
 * torch.bmm(torch.ones(1, 1, 2), torch.ones(1, 2, 1)) // tensor([[[2.]]])
 */
export const bmm =
  op<
    [
      (input: Tensor, mat2: Tensor, options?: OutOptions) => Tensor,
      (input: Tensor, mat2: Tensor, outDtype: Dtype, options?: OutOptions) => Tensor,
    ]
  >('aten::bmm');

/** What {@link cdist} takes by name. */
export interface CdistOptions {
  /** The exponent, or probability. */
  p?: number;
  computeMode?: number | null;
}

/**
 * The `p`-norm distances between all rows of two matrices.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.cdist.html
 * @example
 * torch.cdist(torch.zeros(1, 2), torch.ones(1, 2), 1) // tensor([[2.]])
 */
export const cdist =
  fn<
    (
      x1: Tensor,
      x2: Tensor,
      p?: number | CdistOptions,
      computeMode?: number | null | CdistOptions,
      options?: CdistOptions,
    ) => Tensor
  >('aten::cdist');

/**
 * The product of several matrices, in the cheapest order.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.chain_matmul.html
 * @example
 * torch.chainMatmul([torch.eye(2), torch.ones(2, 1)]) // tensor([[1.], [1.]])
 */
export const chainMatmul = fn<(matrices: readonly Tensor[], options?: OutOptions) => Tensor>('aten::chain_matmul');

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

/** What {@link cosineSimilarity} takes by name. */
export interface CosineSimilarityOptions {
  /** The dimension, or dimensions, to work along. */
  dim?: number;
  /** A small number that keeps divisors away from zero. */
  eps?: number;
}

/**
 * The cosine of the angle between vectors.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.cosine_similarity.html
 * @example
 * torch.cosineSimilarity(torch.tensor([[0.5, 0]]), torch.tensor([[2.5, 0]])) // tensor([1.])
 */
export const cosineSimilarity =
  fn<
    (
      x1: Tensor,
      x2: Tensor,
      dim?: number | CosineSimilarityOptions,
      eps?: number | CosineSimilarityOptions,
      options?: CosineSimilarityOptions,
    ) => Tensor
  >('aten::cosine_similarity');

/** What {@link cross} takes by name. */
export interface CrossOptions {
  /** The dimension, or dimensions, to work along. */
  dim?: number | null;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * The cross product of vectors of three elements.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.cross.html
 * @example
 * torch.cross(torch.tensor([1, 0, 0]), torch.tensor([0, 1, 0]), 0) // tensor([0, 0, 1])
 */
export const cross =
  op<(input: Tensor, other: Tensor, dim?: number | null | CrossOptions, options?: CrossOptions) => Tensor>(
    'aten::cross',
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
 * The sum of the products of two vectors.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.dot.html
 * @example
 * torch.dot(torch.tensor([1, 2]), torch.tensor([3, 4])) // tensor(11)
 */
export const dot = op<(input: Tensor, tensor: Tensor, options?: OutOptions) => Tensor>('aten::dot');

/** What {@link einsum} takes by name. */
export interface EinsumOptions {
  path?: Size | null;
}

/**
 * Sums of products in Einstein's notation.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.einsum.html
 * @example
 * torch.einsum('i,i->', [torch.tensor([1, 2]), torch.tensor([3, 4])]) // tensor(11)
 */
export const einsum =
  fn<(equation: string, tensors: readonly Tensor[], options?: EinsumOptions) => Tensor>('aten::einsum');

/** What {@link geqrf} takes by name. */
export interface GeqrfOptions {
  a?: Tensor;
  tau?: Tensor;
}

/**
 * The QR decomposition in LAPACK's packed form.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.geqrf.html
 * @example
 * torch.geqrf(torch.eye(1)).a.abs() // tensor([[1.]])
 */
export const geqrf = op<(input: Tensor, options?: GeqrfOptions) => Named<{ a: Tensor; tau: Tensor }>>('aten::geqrf');

/**
 * Alias of {@link outer}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.ger.html
 * @example
 * torch.ger(torch.tensor([1.5]), torch.tensor([2.5])) // tensor([[3.7500]])
 */
export const ger = op<(input: Tensor, vec2: Tensor, options?: OutOptions) => Tensor>('aten::ger');

/**
 * The sums of products over the last dimension of both.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.inner.html
 * @example
 * torch.inner(torch.tensor([1, 2]), torch.tensor([3, 4])) // tensor(11)
 */
export const inner = op<(input: Tensor, other: Tensor, options?: OutOptions) => Tensor>('aten::inner');
