import { method } from '../../op.js';
import type { Scalar } from '../../../shape.js';
import type { Tensor } from '../../../tensor.js';

/**
 * In place of {@link bitwiseAnd}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.bitwise_and_.html
 * @example
 * torch.tensor([6]).bitwiseAnd_(3) // tensor([2])
 */
export const bitwiseAnd_ = method<(input: Tensor, other: Scalar | Tensor) => Tensor>('aten::bitwise_and_');

/**
 * In place of {@link bitwiseLeftShift}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.bitwise_left_shift_.html
 * @example
 * torch.tensor([1]).bitwiseLeftShift_(3) // tensor([8])
 */
export const bitwiseLeftShift_ = method<(input: Tensor, other: Tensor | Scalar) => Tensor>('aten::bitwise_left_shift_');

/**
 * In place of {@link bitwiseNot}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.bitwise_not_.html
 * @example
 * torch.tensor([0, 1]).bitwiseNot_() // tensor([-1, -2])
 */
export const bitwiseNot_ = method<(input: Tensor) => Tensor>('aten::bitwise_not_');

/**
 * In place of {@link bitwiseOr}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.bitwise_or_.html
 * @example
 * torch.tensor([6]).bitwiseOr_(3) // tensor([7])
 */
export const bitwiseOr_ = method<(input: Tensor, other: Scalar | Tensor) => Tensor>('aten::bitwise_or_');

/**
 * In place of {@link bitwiseRightShift}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.bitwise_right_shift_.html
 * @example
 * torch.tensor([8]).bitwiseRightShift_(2) // tensor([2])
 */
export const bitwiseRightShift_ =
  method<(input: Tensor, other: Tensor | Scalar) => Tensor>('aten::bitwise_right_shift_');

/**
 * In place of {@link bitwiseXor}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.bitwise_xor_.html
 * @example
 * torch.tensor([6]).bitwiseXor_(3) // tensor([5])
 */
export const bitwiseXor_ = method<(input: Tensor, other: Scalar | Tensor) => Tensor>('aten::bitwise_xor_');

/**
 * In place of {@link logicalAnd}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.logical_and_.html
 * @example
 * torch.tensor([1.5, 2]).logicalAnd_(torch.tensor([0.5, 3])) // tensor([1., 1.])
 */
export const logicalAnd_ = method<(input: Tensor, other: Tensor) => Tensor>('aten::logical_and_');

/**
 * In place of {@link logicalNot}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.logical_not_.html
 * @example
 * torch.tensor([0.5, 1]).logicalNot_() // tensor([0., 0.])
 */
export const logicalNot_ = method<(input: Tensor) => Tensor>('aten::logical_not_');

/**
 * In place of {@link logicalOr}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.logical_or_.html
 * @example
 * torch.tensor([1.5, 2]).logicalOr_(torch.tensor([0.5, 3])) // tensor([1., 1.])
 */
export const logicalOr_ = method<(input: Tensor, other: Tensor) => Tensor>('aten::logical_or_');

/**
 * In place of {@link logicalXor}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.logical_xor_.html
 * @example
 * torch.tensor([1.5, 2]).logicalXor_(torch.tensor([0.5, 3])) // tensor([0., 0.])
 */
export const logicalXor_ = method<(input: Tensor, other: Tensor) => Tensor>('aten::logical_xor_');
