import { method } from '../../op.js';
import type { Scalar } from '../../../shape.js';
import type { Tensor } from '../../../tensor.js';

/**
 * In place of {@link eq}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.eq_.html
 * @example
 * torch.tensor([1, 2]).eq_(2) // tensor([0, 1])
 */
export const eq_ = method<(input: Tensor, other: Scalar | Tensor) => Tensor>('aten::eq_');

/**
 * In place of {@link ge}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.ge_.html
 * @example
 * torch.tensor([1, 2]).ge_(2) // tensor([0, 1])
 */
export const ge_ = method<(input: Tensor, other: Scalar | Tensor) => Tensor>('aten::ge_');

/**
 * In place of {@link greater}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.greater_.html
 * @example
 * torch.tensor([1, 2]).greater_(1) // tensor([0, 1])
 */
export const greater_ = method<(input: Tensor, other: Scalar | Tensor) => Tensor>('aten::greater_');

/**
 * In place of {@link greaterEqual}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.greater_equal_.html
 * @example
 * torch.tensor([1, 2]).greaterEqual_(2) // tensor([0, 1])
 */
export const greaterEqual_ = method<(input: Tensor, other: Scalar | Tensor) => Tensor>('aten::greater_equal_');

/**
 * In place of {@link gt}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.gt_.html
 * @example
 * torch.tensor([1, 2]).gt_(1) // tensor([0, 1])
 */
export const gt_ = method<(input: Tensor, other: Scalar | Tensor) => Tensor>('aten::gt_');

/**
 * In place of {@link le}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.le_.html
 * @example
 * torch.tensor([1, 2]).le_(1) // tensor([1, 0])
 */
export const le_ = method<(input: Tensor, other: Scalar | Tensor) => Tensor>('aten::le_');

/**
 * In place of {@link less}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.less_.html
 * @example
 * torch.tensor([1, 2]).less_(2) // tensor([1, 0])
 */
export const less_ = method<(input: Tensor, other: Scalar | Tensor) => Tensor>('aten::less_');

/**
 * In place of {@link lessEqual}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.less_equal_.html
 * @example
 * torch.tensor([1, 2]).lessEqual_(1) // tensor([1, 0])
 */
export const lessEqual_ = method<(input: Tensor, other: Scalar | Tensor) => Tensor>('aten::less_equal_');

/**
 * In place of {@link lt}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.lt_.html
 * @example
 * torch.tensor([1, 2]).lt_(2) // tensor([1, 0])
 */
export const lt_ = method<(input: Tensor, other: Scalar | Tensor) => Tensor>('aten::lt_');

/**
 * In place of {@link ne}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.ne_.html
 * @example
 * torch.tensor([1, 2]).ne_(2) // tensor([1, 0])
 */
export const ne_ = method<(input: Tensor, other: Scalar | Tensor) => Tensor>('aten::ne_');

/**
 * In place of {@link notEqual}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.not_equal_.html
 * @example
 * torch.tensor([1, 2]).notEqual_(2) // tensor([1, 0])
 */
export const notEqual_ = method<(input: Tensor, other: Scalar | Tensor) => Tensor>('aten::not_equal_');
