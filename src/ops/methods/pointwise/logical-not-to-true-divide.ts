import { method } from '../../op.js';
import type { OutOptions, Scalar } from '../../../shape.js';
import type { Tensor } from '../../../tensor.js';

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

/**
 * In place of {@link mul}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.mul_.html
 * @example
 * torch.tensor([1, 2]).mul_(3) // tensor([3, 6])
 */
export const mul_ = method<(input: Tensor, other: Tensor | Scalar) => Tensor>('aten::mul_');

/**
 * In place of {@link multiply}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.multiply_.html
 * @example
 * torch.tensor([1, 2]).multiply_(3) // tensor([3, 6])
 */
export const multiply_ = method<(input: Tensor, other: Tensor | Scalar) => Tensor>('aten::multiply_');

/**
 * In place of {@link mvlgamma}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.mvlgamma_.html
 * @example
 * torch.tensor([2.5]).mvlgamma_(2) // tensor([0.8570])
 */
export const mvlgamma_ = method<(input: Tensor, p: number) => Tensor>('aten::mvlgamma_');

/**
 * In place of {@link nextafter}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.nextafter_.html
 * @example
 * torch.tensor([1.5, 2]).nextafter_(torch.tensor([0.5, 3])) // tensor([1.5000, 2.0000])
 */
export const nextafter_ = method<(input: Tensor, other: Tensor) => Tensor>('aten::nextafter_');

/**
 * The derivative of order `n` of the digamma function.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.polygamma.html
 * @example
 * torch.polygamma(1, torch.tensor([1.5])) // tensor([0.9348])
 */
export const polygamma = method<[(input: Tensor, n: number, options?: OutOptions) => Tensor]>('aten::polygamma');

/**
 * In place of {@link polygamma}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.polygamma_.html
 * @example
 * torch.tensor([1.5]).polygamma_(1) // tensor([0.9348])
 */
export const polygamma_ = method<(input: Tensor, n: number) => Tensor>('aten::polygamma_');

/**
 * In place of {@link pow}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.pow_.html
 * @example
 * torch.tensor([2, 3]).pow_(2) // tensor([4, 9])
 */
export const pow_ = method<(input: Tensor, exponent: Scalar | Tensor) => Tensor>('aten::pow_');

/**
 * In place of {@link remainder}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.remainder_.html
 * @example
 * torch.tensor([-7]).remainder_(3) // tensor([2])
 */
export const remainder_ = method<(input: Tensor, other: Scalar | Tensor) => Tensor>('aten::remainder_');

/**
 * In place of {@link sgn}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.sgn_.html
 * @example
 * torch.tensor([0.5, 1]).sgn_() // tensor([1., 1.])
 */
export const sgn_ = method<(input: Tensor) => Tensor>('aten::sgn_');

/**
 * In place of {@link sign}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.sign_.html
 * @example
 * torch.tensor([0.5, 1]).sign_() // tensor([1., 1.])
 */
export const sign_ = method<(input: Tensor) => Tensor>('aten::sign_');

/** What {@link sub_} takes by name. */
export interface SubInPlaceOptions {
  /** A multiplier. */
  alpha?: Scalar;
}

/**
 * In place of {@link sub}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.sub_.html
 * @example
 * torch.tensor([5, 6]).sub_(2) // tensor([3, 4])
 */
export const sub_ =
  method<
    [
      (input: Tensor, other: Tensor | Scalar, options?: SubInPlaceOptions) => Tensor,
      (input: Tensor, other: Scalar, alpha?: Scalar | SubInPlaceOptions, options?: SubInPlaceOptions) => Tensor,
    ]
  >('aten::sub_');

/** What {@link subtract_} takes by name. */
export interface SubtractInPlaceOptions {
  /** A multiplier. */
  alpha?: Scalar;
}

/**
 * In place of {@link subtract}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.subtract_.html
 * @example
 * torch.tensor([5, 6]).subtract_(2) // tensor([3, 4])
 */
export const subtract_ =
  method<
    [
      (input: Tensor, other: Tensor | Scalar, options?: SubtractInPlaceOptions) => Tensor,
      (
        input: Tensor,
        other: Scalar,
        alpha?: Scalar | SubtractInPlaceOptions,
        options?: SubtractInPlaceOptions,
      ) => Tensor,
    ]
  >('aten::subtract_');

/**
 * In place of {@link trueDivide}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.true_divide_.html
 * @example
 * torch.tensor([1.5]).trueDivide_(2) // tensor([0.7500])
 */
export const trueDivide_ = method<(input: Tensor, other: Tensor | Scalar) => Tensor>('aten::true_divide_');
