import { fn, op } from '../op.js';
import type { OutOptions, Scalar } from '../../shape.js';
import type { Tensor } from '../../tensor.js';

/** What {@link logit} takes by name. */
export interface LogitOptions {
  /** A small number that keeps divisors away from zero. */
  eps?: number | null;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * `log(x / (1 - x))`; `eps` keeps elements away from 0 and 1.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.logit.html
 * @example
 * torch.logit(torch.tensor([0.5])) // tensor([0.])
 */
export const logit =
  op<(input: Tensor, eps?: number | null | LogitOptions, options?: LogitOptions) => Tensor>('aten::logit');

/** What {@link logit_} takes by name. */
export interface LogitInPlaceOptions {
  /** A small number that keeps divisors away from zero. */
  eps?: number | null;
}

/**
 * In place of {@link logit}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.logit_.html
 * @example
 * torch.logit_(torch.tensor([0.5, 1])) // tensor([0., inf])
 */
export const logit_ =
  op<(input: Tensor, eps?: number | null | LogitInPlaceOptions, options?: LogitInPlaceOptions) => Tensor>(
    'aten::logit_',
  );

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
 * Multiplies by `other`, with broadcasting.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.mul.html
 * @example
 * torch.mul(torch.tensor([1, 2]), 3) // tensor([3, 6])
 */
export const mul = op<(input: Tensor, other: Tensor | Scalar, options?: OutOptions) => Tensor>('aten::mul');

/**
 * Alias of {@link mul}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.multiply.html
 * @example
 * torch.multiply(torch.tensor([1, 2]), 3) // tensor([3, 6])
 */
export const multiply = op<(input: Tensor, other: Tensor | Scalar, options?: OutOptions) => Tensor>('aten::multiply');

/**
 * The logarithm of the multivariate gamma function of dimension `p`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.mvlgamma.html
 * @example
 * torch.mvlgamma(torch.tensor([2.5]), 2) // tensor([0.8570])
 */
export const mvlgamma = op<(input: Tensor, p: number, options?: OutOptions) => Tensor>('aten::mvlgamma');

/** What {@link nanToNum} takes by name. */
export interface NanToNumOptions {
  nan?: number | null;
  posinf?: number | null;
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
  nan?: number | null;
  posinf?: number | null;
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
 * Each element negated.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.neg.html
 * @example
 * torch.neg(torch.tensor([0.5, 1])) // tensor([-0.5000, -1.0000])
 */
export const neg = op<(input: Tensor, options?: OutOptions) => Tensor>('aten::neg');

/**
 * In place of {@link neg}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.neg_.html
 * @example
 * torch.neg_(torch.tensor([0.5, 1])) // tensor([-0.5000, -1.0000])
 */
export const neg_ = op<(input: Tensor) => Tensor>('aten::neg_');

/**
 * Alias of {@link neg}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.negative.html
 * @example
 * torch.negative(torch.tensor([0.5, 1])) // tensor([-0.5000, -1.0000])
 */
export const negative = op<(input: Tensor, options?: OutOptions) => Tensor>('aten::negative');

/**
 * In place of {@link negative}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.negative_.html
 * @example
 * torch.negative_(torch.tensor([0.5, 1])) // tensor([-0.5000, -1.0000])
 */
export const negative_ = op<(input: Tensor) => Tensor>('aten::negative_');

/**
 * The next number that the dtype has, towards `other`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nextafter.html
 * @example
 * torch.nextafter(torch.tensor([1.5, 2]), torch.tensor([0.5, 3])) // tensor([1.5000, 2.0000])
 */
export const nextafter = op<(input: Tensor, other: Tensor, options?: OutOptions) => Tensor>('aten::nextafter');

/**
 * The derivative of order `n` of the digamma function.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.polygamma.html
 * @example
 * torch.polygamma(1, torch.tensor([1.5])) // tensor([0.9348])
 */
export const polygamma = fn<(n: number, input: Tensor, options?: OutOptions) => Tensor>('aten::polygamma');

/**
 * The input itself.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.positive.html
 * @example
 * torch.positive(torch.tensor([0.5, 1])) // tensor([0.5000, 1.0000])
 */
export const positive = op<(input: Tensor) => Tensor>('aten::positive');

/**
 * `input^exponent`; either may be a number.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.pow.html
 * @example
 * torch.pow(torch.tensor([2, 3]), 2) // tensor([4, 9])
 */
export const pow =
  op<
    [
      (input: Tensor | Scalar, exponent: Tensor, options?: OutOptions) => Tensor,
      (input: Tensor, exponent: Scalar, options?: OutOptions) => Tensor,
    ]
  >('aten::pow');

/**
 * Radians as degrees.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.rad2deg.html
 * @example
 * torch.rad2deg(torch.tensor([0.5, 1])) // tensor([28.6479, 57.2958])
 */
export const rad2deg = op<(input: Tensor, options?: OutOptions) => Tensor>('aten::rad2deg');

/**
 * In place of {@link rad2deg}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.rad2deg_.html
 * @example
 * torch.rad2deg_(torch.tensor([0.5, 1])) // tensor([28.6479, 57.2958])
 */
export const rad2deg_ = op<(input: Tensor) => Tensor>('aten::rad2deg_');

/**
 * `1 / x`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.reciprocal.html
 * @example
 * torch.reciprocal(torch.tensor([0.5, 1])) // tensor([2., 1.])
 */
export const reciprocal = op<(input: Tensor, options?: OutOptions) => Tensor>('aten::reciprocal');

/**
 * In place of {@link reciprocal}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.reciprocal_.html
 * @example
 * torch.reciprocal_(torch.tensor([0.5, 1])) // tensor([2., 1.])
 */
export const reciprocal_ = op<(input: Tensor) => Tensor>('aten::reciprocal_');

/**
 * The remainder of division, with the sign of the divisor, as Python's `%`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.remainder.html
 * @example
 * torch.remainder(torch.tensor([-7]), 3) // tensor([2])
 */
export const remainder =
  op<
    [
      (input: Tensor, other: Scalar | Tensor, options?: OutOptions) => Tensor,
      (input: Scalar, other: Tensor | Scalar, options?: OutOptions) => Tensor,
    ]
  >('aten::remainder');

/**
 * The tensor with a pending conjugation carried out.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.resolve_conj.html
 * @example
 * torch.resolveConj(torch.tensor([0.5, 1])) // tensor([0.5000, 1.0000])
 */
export const resolveConj = op<(input: Tensor) => Tensor>('aten::resolve_conj');

/**
 * The tensor with a pending negation carried out.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.resolve_neg.html
 * @example
 * torch.resolveNeg(torch.tensor([0.5, 1])) // tensor([0.5000, 1.0000])
 */
export const resolveNeg = op<(input: Tensor) => Tensor>('aten::resolve_neg');

/** What {@link round} takes by name. */
export interface RoundOptions {
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
 * `1 / sqrt(x)`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.rsqrt.html
 * @example
 * torch.rsqrt(torch.tensor([0.5, 1])) // tensor([1.4142, 1.0000])
 */
export const rsqrt = op<(input: Tensor, options?: OutOptions) => Tensor>('aten::rsqrt');
