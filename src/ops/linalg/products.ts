import { fn } from '../op.js';
import type { OutOptions } from '../../shape.js';
import type { Tensor } from '../../tensor.js';

/**
 * Alias of `torch.matmul`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.linalg.matmul.html
 * @example
 * torch.linalg.matmul(torch.eye(2), torch.ones(2)) // tensor([1., 1.])
 */
export const matmul = fn<(input: Tensor, other: Tensor, options?: OutOptions) => Tensor>('aten::linalg_matmul');

/**
 * The product of several matrices, in the cheapest order.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.linalg.multi_dot.html
 * @example
 * torch.linalg.multiDot([torch.eye(2), torch.ones(2)]) // tensor([1., 1.])
 */
export const multiDot = fn<(tensors: readonly Tensor[], options?: OutOptions) => Tensor>('aten::linalg_multi_dot');

/**
 * The exponential of matrices.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.linalg.matrix_exp.html
 * @example
 * torch.linalg.matrixExp(torch.zeros(1, 1)) // tensor([[1.]])
 */
export const matrixExp = fn<(input: Tensor) => Tensor>('aten::linalg_matrix_exp');

/**
 * A matrix multiplied with itself `n` times; inverted where `n` is negative.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.linalg.matrix_power.html
 * @example
 * torch.linalg.matrixPower(torch.eye(1).mul(2), 3) // tensor([[8.]])
 */
export const matrixPower = fn<(input: Tensor, n: number, options?: OutOptions) => Tensor>('aten::linalg_matrix_power');

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

/** What {@link vander} takes by name. */
export interface LinalgVanderOptions {
  /** How many powers; as many as there are elements unless given. */
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
