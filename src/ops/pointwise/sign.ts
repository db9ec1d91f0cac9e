import { op } from '../op.js';
import type { OutOptions, Scalar } from '../../shape.js';
import type { Tensor } from '../../tensor.js';

/**
 * -1, 0 or 1, as each element is negative, zero or positive.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.sign.html
 * @example
 * torch.sign(torch.tensor([0.5, 1])) // tensor([1., 1.])
 */
export const sign = op<(input: Tensor, options?: OutOptions) => Tensor>('aten::sign');

/**
 * Whether each element's sign bit is set.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.signbit.html
 * @example
 * torch.signbit(torch.tensor([0.5, 1])) // tensor([False, False])
 */
export const signbit = op<(input: Tensor, options?: OutOptions) => Tensor>('aten::signbit');

/**
 * Each element with the sign of `other`'s.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.copysign.html
 * @example
 * torch.copysign(torch.tensor([1.5, 2]), torch.tensor([0.5, 3])) // tensor([1.5000, 2.0000])
 */
export const copysign = op<(input: Tensor, other: Tensor | Scalar, options?: OutOptions) => Tensor>('aten::copysign');

/**
 * 0 for negative elements, 1 for positive ones, `values` at zero.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.heaviside.html
 * @example
 * torch.heaviside(torch.tensor([-1.5, 0]), torch.tensor(0.5)) // tensor([0.0000, 0.5000])
 */
export const heaviside = op<(input: Tensor, values: Tensor, options?: OutOptions) => Tensor>('aten::heaviside');
