import { fn, op } from '../op.js';
import type { Dtype } from '../../dtype.js';
import type { OutOptions, Scalar, Size } from '../../shape.js';
import type { Tensor } from '../../tensor.js';

/**
 * The matrix product; batches broadcast, vectors are rows or columns.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.matmul.html
 * @example
 * torch.matmul(torch.tensor([[1, 2]]), torch.tensor([[3], [4]])) // tensor([[11]])
 */
export const matmul = op<(input: Tensor, other: Tensor, options?: OutOptions) => Tensor>('aten::matmul');

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

/**
 * The product of a matrix and a vector.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.mv.html
 * @example
 * torch.mv(torch.eye(2), torch.ones(2)) // tensor([1., 1.])
 */
export const mv = op<(input: Tensor, vec: Tensor, options?: OutOptions) => Tensor>('aten::mv');

/**
 * The sum of the products of two vectors.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.dot.html
 * @example
 * torch.dot(torch.tensor([1, 2]), torch.tensor([3, 4])) // tensor(11)
 */
export const dot = op<(input: Tensor, tensor: Tensor, options?: OutOptions) => Tensor>('aten::dot');

/**
 * As {@link dot}, with the first vector conjugated.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.vdot.html
 * @example
 * torch.vdot(torch.tensor([1, 2]), torch.tensor([3, 4])) // tensor(11)
 */
export const vdot = op<(input: Tensor, other: Tensor, options?: OutOptions) => Tensor>('aten::vdot');

/**
 * The sums of products over the last dimension of both.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.inner.html
 * @example
 * torch.inner(torch.tensor([1, 2]), torch.tensor([3, 4])) // tensor(11)
 */
export const inner = op<(input: Tensor, other: Tensor, options?: OutOptions) => Tensor>('aten::inner');

/**
 * All products of the elements of two vectors.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.outer.html
 * @example
 * torch.outer(torch.tensor([1, 2]), torch.tensor([3, 4])) // tensor([[3, 4], [6, 8]])
 */
export const outer = op<(input: Tensor, vec2: Tensor, options?: OutOptions) => Tensor>('aten::outer');

/**
 * Alias of {@link outer}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.ger.html
 * @example
 * torch.ger(torch.tensor([1.5]), torch.tensor([2.5])) // tensor([[3.7500]])
 */
export const ger = op<(input: Tensor, vec2: Tensor, options?: OutOptions) => Tensor>('aten::ger');

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
 * @example
 * torch.ones(2).addmv_(torch.ones(2, 3), torch.ones(3)) // tensor([4., 4.])
 */
export const addmv_ =
  op<(input: Tensor, mat: Tensor, vec: Tensor, options?: AddmvInPlaceOptions) => Tensor>('aten::addmv_');

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

/**
 * The product of several matrices, in the cheapest order.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.chain_matmul.html
 * @example
 * torch.chainMatmul([torch.eye(2), torch.ones(2, 1)]) // tensor([[1.], [1.]])
 */
export const chainMatmul = fn<(matrices: readonly Tensor[], options?: OutOptions) => Tensor>('aten::chain_matmul');

/**
 * A matrix multiplied with itself `n` times.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.matrix_power.html
 * @example
 * torch.matrixPower(torch.eye(2).mul(2), 3) // tensor([[8., 0.], [0., 8.]])
 */
export const matrixPower = op<(input: Tensor, n: number, options?: OutOptions) => Tensor>('aten::matrix_power');

/**
 * The Kronecker product.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.kron.html
 * @example
 * torch.kron(torch.tensor([1, 2]), torch.tensor([3, 4])) // tensor([3, 4, 6, 8])
 */
export const kron = op<(input: Tensor, other: Tensor, options?: OutOptions) => Tensor>('aten::kron');

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

/** What {@link einsum} takes by name. */
export interface EinsumOptions {
  /** The order of the products, as pairs of positions; from left to right unless given. */
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
