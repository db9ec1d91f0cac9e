import { method } from '../../op.js';
import type { MemoryFormat } from '../../../device.js';
import type { Scalar } from '../../../shape.js';
import type { Tensor } from '../../../tensor.js';

/**
 * In place of {@link absolute}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.absolute_.html
 * @example
 * torch.tensor([0.5, 1]).absolute_() // tensor([0.5000, 1.0000])
 */
export const absolute_ = method<(input: Tensor) => Tensor>('aten::absolute_');

/** What {@link add_} takes by name. */
export interface AddInPlaceOptions {
  /** A multiplier. */
  alpha?: Scalar;
}

/**
 * In place of {@link add}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.add_.html
 * @example
 * torch.tensor([1, 2]).add_(10) // tensor([11, 12])
 */
export const add_ =
  method<
    [
      (input: Tensor, other: Tensor | Scalar, options?: AddInPlaceOptions) => Tensor,
      (input: Tensor, other: Scalar, alpha?: Scalar | AddInPlaceOptions, options?: AddInPlaceOptions) => Tensor,
    ]
  >('aten::add_');

/** What {@link addcdiv_} takes by name. */
export interface AddcdivInPlaceOptions {
  /** The value. */
  value?: Scalar;
}

/**
 * In place of {@link addcdiv}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.addcdiv_.html
 * @example
 * torch.ones(1).addcdiv_(torch.tensor([2.5]), torch.tensor([2])) // tensor([2.2500])
 */
export const addcdiv_ =
  method<(input: Tensor, tensor1: Tensor, tensor2: Tensor, options?: AddcdivInPlaceOptions) => Tensor>(
    'aten::addcdiv_',
  );

/** What {@link addcmul_} takes by name. */
export interface AddcmulInPlaceOptions {
  /** The value. */
  value?: Scalar;
}

/**
 * In place of {@link addcmul}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.addcmul_.html
 * @example
 * torch.ones(1).addcmul_(torch.tensor([2.5]), torch.tensor([2])) // tensor([6.])
 */
export const addcmul_ =
  method<(input: Tensor, tensor1: Tensor, tensor2: Tensor, options?: AddcmulInPlaceOptions) => Tensor>(
    'aten::addcmul_',
  );

/** What {@link div_} takes by name. */
export interface DivInPlaceOptions {
  /** null, 'trunc' or 'floor'. */
  roundingMode?: string | null;
}

/**
 * In place of {@link div}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.div_.html
 * @example
 * torch.tensor([7]).div_(2, { roundingMode: 'floor' }) // tensor([3])
 */
export const div_ =
  method<(input: Tensor, other: Tensor | Scalar, options?: DivInPlaceOptions) => Tensor>('aten::div_');

/** What {@link divide_} takes by name. */
export interface DivideInPlaceOptions {
  /** null, 'trunc' or 'floor'. */
  roundingMode?: string | null;
}

/**
 * In place of {@link divide}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.divide_.html
 * @example
 * torch.tensor([3.5]).divide_(2) // tensor([1.7500])
 */
export const divide_ =
  method<(input: Tensor, other: Tensor | Scalar, options?: DivideInPlaceOptions) => Tensor>('aten::divide_');

/**
 * In place of {@link trueDivide}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.true_divide_.html
 * @example
 * torch.tensor([1.5]).trueDivide_(2) // tensor([0.7500])
 */
export const trueDivide_ = method<(input: Tensor, other: Tensor | Scalar) => Tensor>('aten::true_divide_');

/**
 * In place of {@link floorDivide}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.floor_divide_.html
 * @example
 * torch.tensor([7]).floorDivide_(2) // tensor([3])
 */
export const floorDivide_ = method<(input: Tensor, other: Tensor | Scalar) => Tensor>('aten::floor_divide_');

/**
 * In place of {@link fmod}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.fmod_.html
 * @example
 * torch.tensor([-7]).fmod_(3) // tensor([-1])
 */
export const fmod_ = method<(input: Tensor, other: Scalar | Tensor) => Tensor>('aten::fmod_');

/**
 * In place of {@link remainder}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.remainder_.html
 * @example
 * torch.tensor([-7]).remainder_(3) // tensor([2])
 */
export const remainder_ = method<(input: Tensor, other: Scalar | Tensor) => Tensor>('aten::remainder_');

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
 * In place of {@link lerp}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.lerp_.html
 * @example
 * torch.tensor([1.5]).lerp_(torch.tensor([3.5]), 0.5) // tensor([2.5000])
 */
export const lerp_ = method<(input: Tensor, end: Tensor, weight: Scalar | Tensor) => Tensor>('aten::lerp_');

/**
 * In place of {@link hypot}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.hypot_.html
 * @example
 * torch.tensor([1.5, 2]).hypot_(torch.tensor([0.5, 3])) // tensor([1.5811, 3.6056])
 */
export const hypot_ = method<(input: Tensor, other: Tensor) => Tensor>('aten::hypot_');

/**
 * In place of {@link pow}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.pow_.html
 * @example
 * torch.tensor([2, 3]).pow_(2) // tensor([4, 9])
 */
export const pow_ = method<(input: Tensor, exponent: Scalar | Tensor) => Tensor>('aten::pow_');

/**
 * In place of {@link floatPower}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.float_power_.html
 * @example
 * torch.tensor([2], { dtype: 'float64' }).floatPower_(3) // tensor([8.], dtype=torch.float64)
 */
export const floatPower_ = method<(input: Tensor, exponent: Scalar | Tensor) => Tensor>('aten::float_power_');

/** What {@link chalf} takes by name. */
export interface ChalfOptions {
  /** The order of dimensions in memory. */
  memoryFormat?: MemoryFormat | null;
}

/**
 * The tensor as complex32.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.chalf.html
 * @example
 * torch.tensor([0.5, 1]).chalf() // tensor([0.5000+0.j, 1.0000+0.j], dtype=torch.complex32)
 */
export const chalf = method<(input: Tensor, options?: ChalfOptions) => Tensor>('aten::chalf');

/**
 * In place of {@link copysign}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.copysign_.html
 * @example
 * torch.tensor([1.5, 2]).copysign_(torch.tensor([0.5, 3])) // tensor([1.5000, 2.0000])
 */
export const copysign_ = method<(input: Tensor, other: Tensor | Scalar) => Tensor>('aten::copysign_');

/**
 * In place of {@link heaviside}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.heaviside_.html
 * @example
 * torch.tensor([-1.5, 0]).heaviside_(torch.tensor(0.5)) // tensor([0.0000, 0.5000])
 */
export const heaviside_ = method<(input: Tensor, values: Tensor) => Tensor>('aten::heaviside_');

/**
 * In place of {@link nextafter}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.nextafter_.html
 * @example
 * torch.tensor([1.5, 2]).nextafter_(torch.tensor([0.5, 3])) // tensor([1.5000, 2.0000])
 */
export const nextafter_ = method<(input: Tensor, other: Tensor) => Tensor>('aten::nextafter_');

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

/**
 * In place of {@link arctan2}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.arctan2_.html
 * @example
 * torch.tensor([1.5, 2]).arctan2_(torch.tensor([0.5, 3])) // tensor([1.2490, 0.5880])
 */
export const arctan2_ = method<(input: Tensor, other: Tensor) => Tensor>('aten::arctan2_');

/**
 * In place of {@link atan2}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.atan2_.html
 * @example
 * torch.tensor([1.5, 2]).atan2_(torch.tensor([0.5, 3])) // tensor([1.2490, 0.5880])
 */
export const atan2_ = method<(input: Tensor, other: Tensor) => Tensor>('aten::atan2_');
