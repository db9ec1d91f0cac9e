import { op } from '../op.js';
import type { OutOptions, Scalar } from '../../shape.js';
import type { Tensor } from '../../tensor.js';

/**
 * The bits that both have.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.bitwise_and.html
 * @example
 * torch.bitwiseAnd(torch.tensor([6]), 3) // tensor([2])
 */
export const bitwiseAnd =
  op<
    [
      (input: Tensor, other: Scalar | Tensor, options?: OutOptions) => Tensor,
      (input: Scalar, other: Tensor, options?: OutOptions) => Tensor,
    ]
  >('aten::bitwise_and');

/**
 * The bits that one of both has.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.bitwise_or.html
 * @example
 * torch.bitwiseOr(torch.tensor([6]), 3) // tensor([7])
 */
export const bitwiseOr =
  op<
    [
      (input: Tensor, other: Scalar | Tensor, options?: OutOptions) => Tensor,
      (input: Scalar, other: Tensor, options?: OutOptions) => Tensor,
    ]
  >('aten::bitwise_or');

/**
 * The bits that exactly one of both has.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.bitwise_xor.html
 * @example
 * torch.bitwiseXor(torch.tensor([6]), 3) // tensor([5])
 */
export const bitwiseXor =
  op<
    [
      (input: Tensor, other: Scalar | Tensor, options?: OutOptions) => Tensor,
      (input: Scalar, other: Tensor, options?: OutOptions) => Tensor,
    ]
  >('aten::bitwise_xor');

/**
 * The bits of each element turned over; for booleans, not.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.bitwise_not.html
 * @example
 * torch.bitwiseNot(torch.tensor([0, 1])) // tensor([-1, -2])
 */
export const bitwiseNot = op<(input: Tensor, options?: OutOptions) => Tensor>('aten::bitwise_not');

/**
 * `input * 2^other`, by moving bits.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.bitwise_left_shift.html
 * @example
 * torch.bitwiseLeftShift(torch.tensor([1]), 3) // tensor([8])
 */
export const bitwiseLeftShift =
  op<
    [
      (input: Tensor, other: Tensor | Scalar, options?: OutOptions) => Tensor,
      (input: Scalar, other: Tensor, options?: OutOptions) => Tensor,
    ]
  >('aten::bitwise_left_shift');

/**
 * `floor(input / 2^other)`, by moving bits.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.bitwise_right_shift.html
 * @example
 * torch.bitwiseRightShift(torch.tensor([8]), 2) // tensor([2])
 */
export const bitwiseRightShift =
  op<
    [
      (input: Tensor, other: Tensor | Scalar, options?: OutOptions) => Tensor,
      (input: Scalar, other: Tensor, options?: OutOptions) => Tensor,
    ]
  >('aten::bitwise_right_shift');

/**
 * Whether both elements are not zero.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.logical_and.html
 * @example
 * torch.logicalAnd(torch.tensor([1.5, 2]), torch.tensor([0.5, 3])) // tensor([True, True])
 */
export const logicalAnd = op<(input: Tensor, other: Tensor, options?: OutOptions) => Tensor>('aten::logical_and');

/**
 * Whether one of both elements is not zero.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.logical_or.html
 * @example
 * torch.logicalOr(torch.tensor([1.5, 2]), torch.tensor([0.5, 3])) // tensor([True, True])
 */
export const logicalOr = op<(input: Tensor, other: Tensor, options?: OutOptions) => Tensor>('aten::logical_or');

/**
 * Whether exactly one of both elements is not zero.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.logical_xor.html
 * @example
 * torch.logicalXor(torch.tensor([1.5, 2]), torch.tensor([0.5, 3])) // tensor([False, False])
 */
export const logicalXor = op<(input: Tensor, other: Tensor, options?: OutOptions) => Tensor>('aten::logical_xor');

/**
 * Whether each element is zero.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.logical_not.html
 * @example
 * torch.logicalNot(torch.tensor([0.5, 1])) // tensor([False, False])
 */
export const logicalNot = op<(input: Tensor, options?: OutOptions) => Tensor>('aten::logical_not');
