import { op } from '../op.js';
import type { OutOptions, Scalar } from '../../shape.js';
import type { Tensor } from '../../tensor.js';

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

/**
 * The greatest whole number that is not above each element.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.floor.html
 * @example
 * torch.floor(torch.tensor([0.5, 1])) // tensor([0., 1.])
 */
export const floor = op<(input: Tensor, options?: OutOptions) => Tensor>('aten::floor');

/**
 * In place of {@link floor}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.floor_.html
 * @example
 * torch.floor_(torch.tensor([0.5, 1])) // tensor([0., 1.])
 */
export const floor_ = op<(input: Tensor) => Tensor>('aten::floor_');

/** What {@link round} takes by name. */
export interface RoundOptions {
  /** Places behind the point to round to; negative ones stand in front of it. 0 unless given. */
  decimals?: number;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * The nearest whole number, half to even; or rounded to `decimals` places.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.round.html
 * @example
 * torch.round(torch.tensor([0.5, 1.5])) // tensor([0., 2.])
 */
export const round = op<(input: Tensor, options?: RoundOptions) => Tensor>('aten::round');

/** What {@link round_} takes by name. */
export interface RoundInPlaceOptions {
  /** Places behind the point to round to; negative ones stand in front of it. 0 unless given. */
  decimals?: number;
}

/**
 * In place of {@link round}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.round_.html
 * @example
 * torch.round_(torch.tensor([0.5, 1])) // tensor([0., 1.])
 */
export const round_ = op<(input: Tensor, options?: RoundInPlaceOptions) => Tensor>('aten::round_');

/**
 * Each element without its fraction.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.trunc.html
 * @example
 * torch.trunc(torch.tensor([0.5, 1])) // tensor([0., 1.])
 */
export const trunc = op<(input: Tensor, options?: OutOptions) => Tensor>('aten::trunc');

/**
 * In place of {@link trunc}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.trunc_.html
 * @example
 * torch.trunc_(torch.tensor([0.5, 1])) // tensor([0., 1.])
 */
export const trunc_ = op<(input: Tensor) => Tensor>('aten::trunc_');

/**
 * Alias of {@link trunc}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.fix.html
 * @example
 * torch.fix(torch.tensor([0.5, 1])) // tensor([0., 1.])
 */
export const fix = op<(input: Tensor, options?: OutOptions) => Tensor>('aten::fix');

/**
 * In place of {@link fix}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.fix_.html
 * @example
 * torch.fix_(torch.tensor([0.5, 1])) // tensor([0., 1.])
 */
export const fix_ = op<(input: Tensor) => Tensor>('aten::fix_');

/**
 * The fraction of each element: `x - trunc(x)`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.frac.html
 * @example
 * torch.frac(torch.tensor([0.5, 1])) // tensor([0.5000, 0.0000])
 */
export const frac = op<(input: Tensor, options?: OutOptions) => Tensor>('aten::frac');

/**
 * In place of {@link frac}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.frac_.html
 * @example
 * torch.frac_(torch.tensor([0.5, 1])) // tensor([0.5000, 0.0000])
 */
export const frac_ = op<(input: Tensor) => Tensor>('aten::frac_');

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
 * The greater of both elements; NaN where one is.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.maximum.html
 * @example
 * torch.maximum(torch.tensor([1.5, 2]), torch.tensor([0.5, 3])) // tensor([1.5000, 3.0000])
 */
export const maximum = op<(input: Tensor, other: Tensor, options?: OutOptions) => Tensor>('aten::maximum');

/**
 * The lesser of both elements; NaN where one is.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.minimum.html
 * @example
 * torch.minimum(torch.tensor([1.5, 2]), torch.tensor([0.5, 3])) // tensor([0.5000, 2.0000])
 */
export const minimum = op<(input: Tensor, other: Tensor, options?: OutOptions) => Tensor>('aten::minimum');

/**
 * The greater of both elements; of NaN and a number, the number.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.fmax.html
 * @example
 * torch.fmax(torch.tensor([1.5, 2]), torch.tensor([0.5, 3])) // tensor([1.5000, 3.0000])
 */
export const fmax = op<(input: Tensor, other: Tensor, options?: OutOptions) => Tensor>('aten::fmax');

/**
 * The lesser of both elements; of NaN and a number, the number.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.fmin.html
 * @example
 * torch.fmin(torch.tensor([1.5, 2]), torch.tensor([0.5, 3])) // tensor([0.5000, 2.0000])
 */
export const fmin = op<(input: Tensor, other: Tensor, options?: OutOptions) => Tensor>('aten::fmin');

/** What {@link nanToNum} takes by name. */
export interface NanToNumOptions {
  /** What NaN becomes. 0 unless given. */
  nan?: number | null;
  /** What infinity becomes; the greatest finite value of the dtype unless given. */
  posinf?: number | null;
  /** What negative infinity becomes; the least finite value of the dtype unless given. */
  neginf?: number | null;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * Each element with NaN and infinities replaced by numbers.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nan_to_num.html
 * @example
 * torch.nanToNum(torch.tensor([NaN, 1.5])) // tensor([0.0000, 1.5000])
 */
export const nanToNum =
  op<
    (
      input: Tensor,
      nan?: number | null | NanToNumOptions,
      posinf?: number | null | NanToNumOptions,
      neginf?: number | null | NanToNumOptions,
      options?: NanToNumOptions,
    ) => Tensor
  >('aten::nan_to_num');

/** What {@link nanToNum_} takes by name. */
export interface NanToNumInPlaceOptions {
  /** What NaN becomes. 0 unless given. */
  nan?: number | null;
  /** What infinity becomes; the greatest finite value of the dtype unless given. */
  posinf?: number | null;
  /** What negative infinity becomes; the least finite value of the dtype unless given. */
  neginf?: number | null;
}

/**
 * In place of {@link nanToNum}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.nan_to_num_.html
 * @example
 * torch.nanToNum_(torch.tensor([0.5, 1])) // tensor([0.5000, 1.0000])
 */
export const nanToNum_ =
  op<
    (
      input: Tensor,
      nan?: number | null | NanToNumInPlaceOptions,
      posinf?: number | null | NanToNumInPlaceOptions,
      neginf?: number | null | NanToNumInPlaceOptions,
      options?: NanToNumInPlaceOptions,
    ) => Tensor
  >('aten::nan_to_num_');

/**
 * The next number that the dtype has, towards `other`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nextafter.html
 * @example
 * torch.nextafter(torch.tensor([1.5, 2]), torch.tensor([0.5, 3])) // tensor([1.5000, 2.0000])
 */
export const nextafter = op<(input: Tensor, other: Tensor, options?: OutOptions) => Tensor>('aten::nextafter');
