import { op } from '../op.js';
import type { OutOptions, Scalar } from '../../shape.js';
import type { Tensor } from '../../tensor.js';

/**
 * The angle of the point `(other, input)`, in radians, from -pi to pi.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.atan2.html
 * @example
 * torch.atan2(torch.tensor([1.5, 2]), torch.tensor([0.5, 3])) // tensor([1.2490, 0.5880])
 */
export const atan2 = op<(input: Tensor, other: Tensor, options?: OutOptions) => Tensor>('aten::atan2');

/**
 * In place of {@link atan}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.atan_.html
 * @example
 * torch.atan_(torch.tensor([0.5, 1])) // tensor([0.4636, 0.7854])
 */
export const atan_ = op<(input: Tensor) => Tensor>('aten::atan_');

/**
 * The inverse hyperbolic tangent of each element.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.atanh.html
 * @example
 * torch.atanh(torch.tensor([0.5])) // tensor([0.5493])
 */
export const atanh = op<(input: Tensor, options?: OutOptions) => Tensor>('aten::atanh');

/**
 * In place of {@link atanh}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.atanh_.html
 * @example
 * torch.atanh_(torch.tensor([0.5, 1])) // tensor([0.5493, inf])
 */
export const atanh_ = op<(input: Tensor) => Tensor>('aten::atanh_');

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
 * The bits of each element turned over; for booleans, not.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.bitwise_not.html
 * @example
 * torch.bitwiseNot(torch.tensor([0, 1])) // tensor([-1, -2])
 */
export const bitwiseNot = op<(input: Tensor, options?: OutOptions) => Tensor>('aten::bitwise_not');

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
 * The least whole number that is not below each element.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.ceil.html
 * @example
 * torch.ceil(torch.tensor([0.5, 1])) // tensor([1., 1.])
 */
export const ceil = op<(input: Tensor, options?: OutOptions) => Tensor>('aten::ceil');

/**
 * In place of {@link ceil}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.ceil_.html
 * @example
 * torch.ceil_(torch.tensor([0.5, 1])) // tensor([1., 1.])
 */
export const ceil_ = op<(input: Tensor) => Tensor>('aten::ceil_');

/** What {@link clamp} takes by name. */
export interface ClampOptions {
  /** The least value. */
  min?: Scalar | null | Tensor;
  /** The greatest value. */
  max?: Scalar | null | Tensor;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * Each element, moved into the range from `min` to `max`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.clamp.html
 * @example
 * torch.clamp(torch.tensor([-1.5, 0.5, 3]), 0, 1) // tensor([0.0000, 0.5000, 1.0000])
 */
export const clamp =
  op<
    [
      (
        input: Tensor,
        min?: Scalar | null | ClampOptions,
        max?: Scalar | null | ClampOptions,
        options?: ClampOptions,
      ) => Tensor,
      (
        input: Tensor,
        min?: Tensor | null | ClampOptions,
        max?: Tensor | null | ClampOptions,
        options?: ClampOptions,
      ) => Tensor,
    ]
  >('aten::clamp');

/** What {@link clamp_} takes by name. */
export interface ClampInPlaceOptions {
  /** The least value. */
  min?: Scalar | null | Tensor;
  /** The greatest value. */
  max?: Scalar | null | Tensor;
}

/**
 * In place of {@link clamp}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.clamp_.html
 * @example
 * torch.tensor([-1.5, 0.5]).clamp_(0, 1) // tensor([0.0000, 0.5000])
 */
export const clamp_ =
  op<
    [
      (
        input: Tensor,
        min?: Scalar | null | ClampInPlaceOptions,
        max?: Scalar | null | ClampInPlaceOptions,
        options?: ClampInPlaceOptions,
      ) => Tensor,
      (
        input: Tensor,
        min?: Tensor | null | ClampInPlaceOptions,
        max?: Tensor | null | ClampInPlaceOptions,
        options?: ClampInPlaceOptions,
      ) => Tensor,
    ]
  >('aten::clamp_');

/**
 * Each element, or `max` where it is greater.
 *
 * @example
 * torch.clampMax(torch.tensor([0.5, 3]), 1) // tensor([0.5000, 1.0000])
 */
export const clampMax = op<(input: Tensor, max: Scalar | Tensor, options?: OutOptions) => Tensor>('aten::clamp_max');

/**
 * In place of {@link clampMax}.
 *
 * @example
 * torch.clampMax_(torch.tensor([1.5, 2]), torch.tensor([0.5, 3])) // tensor([0.5000, 2.0000])
 */
export const clampMax_ = op<(input: Tensor, max: Scalar | Tensor) => Tensor>('aten::clamp_max_');

/**
 * Each element, or `min` where it is less.
 *
 * @example
 * torch.clampMin(torch.tensor([0.5, 3]), 1) // tensor([1., 3.])
 */
export const clampMin = op<(input: Tensor, min: Scalar | Tensor, options?: OutOptions) => Tensor>('aten::clamp_min');

/**
 * In place of {@link clampMin}.
 *
 * @example
 * torch.clampMin_(torch.tensor([1.5, 2]), torch.tensor([0.5, 3])) // tensor([1.5000, 3.0000])
 */
export const clampMin_ = op<(input: Tensor, min: Scalar | Tensor) => Tensor>('aten::clamp_min_');

/** What {@link clip} takes by name. */
export interface ClipOptions {
  /** The least value. */
  min?: Scalar | null | Tensor;
  /** The greatest value. */
  max?: Scalar | null | Tensor;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * Alias of {@link clamp}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.clip.html
 * @example
 * torch.clip(torch.tensor([-1.5, 3]), 0, 1) // tensor([0., 1.])
 */
export const clip =
  op<
    [
      (
        input: Tensor,
        min?: Scalar | null | ClipOptions,
        max?: Scalar | null | ClipOptions,
        options?: ClipOptions,
      ) => Tensor,
      (
        input: Tensor,
        min?: Tensor | null | ClipOptions,
        max?: Tensor | null | ClipOptions,
        options?: ClipOptions,
      ) => Tensor,
    ]
  >('aten::clip');

/** What {@link clip_} takes by name. */
export interface ClipInPlaceOptions {
  /** The least value. */
  min?: Scalar | null | Tensor;
  /** The greatest value. */
  max?: Scalar | null | Tensor;
}

/**
 * In place of {@link clip}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.clip_.html
 * @example
 * torch.tensor([-1.5, 0.5]).clip_(0, 1) // tensor([0.0000, 0.5000])
 */
export const clip_ =
  op<
    [
      (
        input: Tensor,
        min?: Scalar | null | ClipInPlaceOptions,
        max?: Scalar | null | ClipInPlaceOptions,
        options?: ClipInPlaceOptions,
      ) => Tensor,
      (
        input: Tensor,
        min?: Tensor | null | ClipInPlaceOptions,
        max?: Tensor | null | ClipInPlaceOptions,
        options?: ClipInPlaceOptions,
      ) => Tensor,
    ]
  >('aten::clip_');

/**
 * A view with complex elements conjugated.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.conj.html
 * @example
 * torch.conj(torch.tensor([0.5, 1])) // tensor([0.5000, 1.0000])
 */
export const conj = op<(input: Tensor) => Tensor>('aten::conj');

/**
 * A copy with complex elements conjugated.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.conj_physical.html
 * @example
 * torch.conjPhysical(torch.tensor([0.5, 1])) // tensor([0.5000, 1.0000])
 */
export const conjPhysical = op<(input: Tensor, options?: OutOptions) => Tensor>('aten::conj_physical');

/**
 * In place of {@link conjPhysical}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.conj_physical_.html
 * @example
 * torch.conjPhysical_(torch.tensor([0.5, 1])) // tensor([0.5000, 1.0000])
 */
export const conjPhysical_ = op<(input: Tensor) => Tensor>('aten::conj_physical_');

/**
 * Each element with the sign of `other`'s.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.copysign.html
 * @example
 * torch.copysign(torch.tensor([1.5, 2]), torch.tensor([0.5, 3])) // tensor([1.5000, 2.0000])
 */
export const copysign = op<(input: Tensor, other: Tensor | Scalar, options?: OutOptions) => Tensor>('aten::copysign');

/**
 * The cosine of each element, in radians.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.cos.html
 * @example
 * torch.cos(torch.tensor([0.5, 1])) // tensor([0.8776, 0.5403])
 */
export const cos = op<(input: Tensor, options?: OutOptions) => Tensor>('aten::cos');

/**
 * In place of {@link cos}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.cos_.html
 * @example
 * torch.cos_(torch.tensor([0.5, 1])) // tensor([0.8776, 0.5403])
 */
export const cos_ = op<(input: Tensor) => Tensor>('aten::cos_');
