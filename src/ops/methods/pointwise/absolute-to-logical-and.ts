import { method } from '../../op.js';
import type { Scalar } from '../../../shape.js';
import type { MemoryFormat } from '../../../device.js';
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
 * In place of {@link digamma}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.digamma_.html
 * @example
 * torch.tensor([0.5, 1]).digamma_() // tensor([-1.9635, -0.5772])
 */
export const digamma_ = method<(input: Tensor) => Tensor>('aten::digamma_');

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
 * In place of {@link erfinv}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.erfinv_.html
 * @example
 * torch.tensor([0.5]).erfinv_() // tensor([0.4769])
 */
export const erfinv_ = method<(input: Tensor) => Tensor>('aten::erfinv_');

/**
 * In place of {@link floatPower}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.float_power_.html
 * @example
 * torch.tensor([2], { dtype: 'float64' }).floatPower_(3) // tensor([8.], dtype=torch.float64)
 */
export const floatPower_ = method<(input: Tensor, exponent: Scalar | Tensor) => Tensor>('aten::float_power_');

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
 * In place of {@link heaviside}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.heaviside_.html
 * @example
 * torch.tensor([-1.5, 0]).heaviside_(torch.tensor(0.5)) // tensor([0.0000, 0.5000])
 */
export const heaviside_ = method<(input: Tensor, values: Tensor) => Tensor>('aten::heaviside_');

/**
 * In place of {@link hypot}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.hypot_.html
 * @example
 * torch.tensor([1.5, 2]).hypot_(torch.tensor([0.5, 3])) // tensor([1.5811, 3.6056])
 */
export const hypot_ = method<(input: Tensor, other: Tensor) => Tensor>('aten::hypot_');

/**
 * In place of {@link igamma}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.igamma_.html
 * @example
 * torch.tensor([1.5, 2]).igamma_(torch.tensor([0.5, 3])) // tensor([0.1987, 0.8009])
 */
export const igamma_ = method<(input: Tensor, other: Tensor) => Tensor>('aten::igamma_');

/**
 * In place of {@link igammac}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.igammac_.html
 * @example
 * torch.tensor([1.5, 2]).igammac_(torch.tensor([0.5, 3])) // tensor([0.8013, 0.1991])
 */
export const igammac_ = method<(input: Tensor, other: Tensor) => Tensor>('aten::igammac_');

/**
 * In place of {@link lerp}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.lerp_.html
 * @example
 * torch.tensor([1.5]).lerp_(torch.tensor([3.5]), 0.5) // tensor([2.5000])
 */
export const lerp_ = method<(input: Tensor, end: Tensor, weight: Scalar | Tensor) => Tensor>('aten::lerp_');

/**
 * In place of {@link lgamma}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.lgamma_.html
 * @example
 * torch.tensor([0.5, 1]).lgamma_() // tensor([0.5724, 0.0000])
 */
export const lgamma_ = method<(input: Tensor) => Tensor>('aten::lgamma_');

/**
 * In place of {@link logicalAnd}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.logical_and_.html
 * @example
 * torch.tensor([1.5, 2]).logicalAnd_(torch.tensor([0.5, 3])) // tensor([1., 1.])
 */
export const logicalAnd_ = method<(input: Tensor, other: Tensor) => Tensor>('aten::logical_and_');
