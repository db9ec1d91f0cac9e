import { fn } from '../op.js';
import type { LikeOptions, OutOptions, Scalar, SizesThen, TensorOptions } from '../../shape.js';
import type { Dtype } from '../../dtype.js';
import type { Tensor } from '../../tensor.js';

/** What {@link logspace} takes by name. */
export interface LogspaceOptions extends TensorOptions {
  base?: number;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * `steps` numbers from `base^start` to `base^end`, evenly spread on a logarithmic scale.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.logspace.html
 * @example
 * torch.logspace(0, 2, 3) // tensor([ 1., 10., 100.])
 */
export const logspace =
  fn<
    [
      (
        start: Scalar | Tensor,
        end: Scalar,
        steps: number,
        base?: number | LogspaceOptions,
        options?: LogspaceOptions,
      ) => Tensor,
      (
        start: Tensor | Scalar,
        end: Tensor,
        steps: number,
        base?: number | LogspaceOptions,
        options?: LogspaceOptions,
      ) => Tensor,
    ]
  >('aten::logspace');

/** What {@link ones} takes by name. */
export interface OnesOptions extends TensorOptions {
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * A tensor of ones.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.ones.html
 * @example
 * torch.ones(2, 2) // tensor([[1., 1.], [1., 1.]])
 */
export const ones = fn<(...size: SizesThen<OnesOptions>) => Tensor>('aten::ones');

/**
 * Ones, of the input's shape.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.ones_like.html
 * @example
 * torch.onesLike(torch.zeros(2)) // tensor([1., 1.])
 */
export const onesLike = fn<(input: Tensor, options?: LikeOptions) => Tensor>('aten::ones_like');

/**
 * A complex tensor of absolute values and angles: `abs * (cos(angle) + i sin(angle))`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.polar.html
 * @example
 * torch.polar(torch.tensor([1.5]), torch.zeros(1)) // tensor([1.5000+0.j])
 */
export const polar = fn<(abs: Tensor, angle: Tensor, options?: OutOptions) => Tensor>('aten::polar');

/**
 * The smallest dtype that both fit.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.promote_types.html
 * @example
 * torch.promoteTypes('int32', 'float16') // 'float16'
 */
export const promoteTypes = fn<(type1: Dtype, type2: Dtype) => Dtype>('aten::promote_types');

/** What {@link range} takes by name. */
export interface RangeOptions extends TensorOptions {
  step?: Scalar;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * The numbers from `start` to `end`, the end included. {@link arange} is what new code uses.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.range.html
 * @example
 * torch.range(1, 3) // tensor([1., 2., 3.])
 */
export const range =
  fn<(start: Scalar, end: Scalar, step?: Scalar | RangeOptions, options?: RangeOptions) => Tensor>('aten::range');

/**
 * The dtype that an operation on both would have.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.result_type.html
 * @example
 * torch.resultType(torch.tensor([1]), 1.5) // 'float32'
 */
export const resultType =
  fn<
    [
      (tensor: Tensor, other: Tensor | Scalar) => Dtype,
      (scalar: Scalar, tensor: Tensor) => Dtype,
      (scalar1: Scalar, scalar2: Scalar) => Dtype,
    ]
  >('aten::result_type');

/**
 * A tensor without dimensions that holds a number.
 *
 * @example
 * torch.scalarTensor(2.5) // tensor(2.5000)
 */
export const scalarTensor = fn<(s: Scalar, options?: TensorOptions) => Tensor>('aten::scalar_tensor');

/** What {@link trilIndices} takes by name. */
export interface TrilIndicesOptions extends TensorOptions {
  /** Which diagonal: above the main one when positive, below when negative. */
  offset?: number;
}

/**
 * Rows and columns of the lower triangle of a matrix, as a tensor of shape `(2, n)`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.tril_indices.html
 * @example
 * torch.trilIndices(2, 2) // tensor([[0, 1, 1], [0, 0, 1]])
 */
export const trilIndices =
  fn<(row: number, col: number, offset?: number | TrilIndicesOptions, options?: TrilIndicesOptions) => Tensor>(
    'aten::tril_indices',
  );

/** What {@link triuIndices} takes by name. */
export interface TriuIndicesOptions extends TensorOptions {
  /** Which diagonal: above the main one when positive, below when negative. */
  offset?: number;
}

/**
 * Rows and columns of the upper triangle of a matrix, as a tensor of shape `(2, n)`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.triu_indices.html
 * @example
 * torch.triuIndices(2, 2) // tensor([[0, 0, 1], [0, 1, 1]])
 */
export const triuIndices =
  fn<(row: number, col: number, offset?: number | TriuIndicesOptions, options?: TriuIndicesOptions) => Tensor>(
    'aten::triu_indices',
  );

/** What {@link vander} takes by name. */
export interface VanderOptions {
  N?: number | null;
  increasing?: boolean;
}

/**
 * The Vandermonde matrix of a vector: its powers, column by column.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.vander.html
 * @example
 * torch.vander(torch.tensor([1, 2, 3])) // tensor([[1, 1, 1], [4, 2, 1], [9, 3, 1]])
 */
export const vander =
  fn<
    (
      x: Tensor,
      N?: number | null | VanderOptions,
      increasing?: boolean | VanderOptions,
      options?: VanderOptions,
    ) => Tensor
  >('aten::vander');

/** What {@link zeros} takes by name. */
export interface ZerosOptions extends TensorOptions {
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * A tensor of zeros.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.zeros.html
 * @example
 * torch.zeros(2, 2) // tensor([[0., 0.], [0., 0.]])
 */
export const zeros = fn<(...size: SizesThen<ZerosOptions>) => Tensor>('aten::zeros');

/**
 * Zeros, of the input's shape.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.zeros_like.html
 * @example
 * torch.zerosLike(torch.ones(2)) // tensor([0., 0.])
 */
export const zerosLike = fn<(input: Tensor, options?: LikeOptions) => Tensor>('aten::zeros_like');
