import { op } from '../op.js';
import type { Named, OutOptions, Scalar } from '../../shape.js';
import type { Tensor } from '../../tensor.js';

/**
 * `e` to the power of each element.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.exp.html
 * @example
 * torch.exp(torch.tensor([0.5, 1])) // tensor([1.6487, 2.7183])
 */
export const exp = op<(input: Tensor, options?: OutOptions) => Tensor>('aten::exp');

/**
 * In place of {@link exp}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.exp_.html
 * @example
 * torch.exp_(torch.tensor([0.5, 1])) // tensor([1.6487, 2.7183])
 */
export const exp_ = op<(input: Tensor) => Tensor>('aten::exp_');

/**
 * Two to the power of each element.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.exp2.html
 * @example
 * torch.exp2(torch.tensor([0.5, 1])) // tensor([1.4142, 2.0000])
 */
export const exp2 = op<(input: Tensor, options?: OutOptions) => Tensor>('aten::exp2');

/**
 * In place of {@link exp2}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.exp2_.html
 * @example
 * torch.exp2_(torch.tensor([0.5, 1])) // tensor([1.4142, 2.0000])
 */
export const exp2_ = op<(input: Tensor) => Tensor>('aten::exp2_');

/**
 * `exp(x) - 1`, exact near zero.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.expm1.html
 * @example
 * torch.expm1(torch.tensor([0.5, 1])) // tensor([0.6487, 1.7183])
 */
export const expm1 = op<(input: Tensor, options?: OutOptions) => Tensor>('aten::expm1');

/**
 * In place of {@link expm1}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.expm1_.html
 * @example
 * torch.expm1_(torch.tensor([0.5, 1])) // tensor([0.6487, 1.7183])
 */
export const expm1_ = op<(input: Tensor) => Tensor>('aten::expm1_');

/**
 * The natural logarithm of each element.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.log.html
 * @example
 * torch.log(torch.tensor([0.5, 1])) // tensor([-0.6931, 0.0000])
 */
export const log = op<(input: Tensor, options?: OutOptions) => Tensor>('aten::log');

/**
 * In place of {@link log}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.log_.html
 * @example
 * torch.log_(torch.tensor([0.5, 1])) // tensor([-0.6931, 0.0000])
 */
export const log_ = op<(input: Tensor) => Tensor>('aten::log_');

/**
 * The logarithm to base 2 of each element.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.log2.html
 * @example
 * torch.log2(torch.tensor([0.5, 1])) // tensor([-1., 0.])
 */
export const log2 = op<(input: Tensor, options?: OutOptions) => Tensor>('aten::log2');

/**
 * In place of {@link log2}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.log2_.html
 * @example
 * torch.log2_(torch.tensor([0.5, 1])) // tensor([-1., 0.])
 */
export const log2_ = op<(input: Tensor) => Tensor>('aten::log2_');

/**
 * The logarithm to base 10 of each element.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.log10.html
 * @example
 * torch.log10(torch.tensor([0.5, 1])) // tensor([-0.3010, 0.0000])
 */
export const log10 = op<(input: Tensor, options?: OutOptions) => Tensor>('aten::log10');

/**
 * In place of {@link log10}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.log10_.html
 * @example
 * torch.log10_(torch.tensor([0.5, 1])) // tensor([-0.3010, 0.0000])
 */
export const log10_ = op<(input: Tensor) => Tensor>('aten::log10_');

/**
 * `log(1 + x)`, exact near zero.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.log1p.html
 * @example
 * torch.log1p(torch.tensor([0.5, 1])) // tensor([0.4055, 0.6931])
 */
export const log1p = op<(input: Tensor, options?: OutOptions) => Tensor>('aten::log1p');

/**
 * In place of {@link log1p}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.log1p_.html
 * @example
 * torch.log1p_(torch.tensor([0.5, 1])) // tensor([0.4055, 0.6931])
 */
export const log1p_ = op<(input: Tensor) => Tensor>('aten::log1p_');

/**
 * `log(exp(x) + exp(y))`, without overflow.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.logaddexp.html
 * @example
 * torch.logaddexp(torch.tensor([1.5, 2]), torch.tensor([0.5, 3])) // tensor([1.8133, 3.3133])
 */
export const logaddexp = op<(input: Tensor, other: Tensor, options?: OutOptions) => Tensor>('aten::logaddexp');

/**
 * `log2(2^x + 2^y)`, without overflow.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.logaddexp2.html
 * @example
 * torch.logaddexp2(torch.tensor([1.5, 2]), torch.tensor([0.5, 3])) // tensor([2.0850, 3.5850])
 */
export const logaddexp2 = op<(input: Tensor, other: Tensor, options?: OutOptions) => Tensor>('aten::logaddexp2');

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
 * `1 / (1 + exp(-x))`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.sigmoid.html
 * @example
 * torch.sigmoid(torch.tensor([0.5, 1])) // tensor([0.6225, 0.7311])
 */
export const sigmoid = op<(input: Tensor, options?: OutOptions) => Tensor>('aten::sigmoid');

/**
 * In place of {@link sigmoid}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.sigmoid_.html
 * @example
 * torch.sigmoid_(torch.tensor([0.5, 1])) // tensor([0.6225, 0.7311])
 */
export const sigmoid_ = op<(input: Tensor) => Tensor>('aten::sigmoid_');

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
 * `input^exponent` in double precision.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.float_power.html
 * @example
 * torch.floatPower(torch.tensor([2]), 3) // tensor([8.], dtype=torch.float64)
 */
export const floatPower =
  op<
    [
      (input: Tensor | Scalar, exponent: Tensor, options?: OutOptions) => Tensor,
      (input: Tensor, exponent: Scalar, options?: OutOptions) => Tensor,
    ]
  >('aten::float_power');

/**
 * `x * log(y)`, and 0 where `x` is 0.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.xlogy.html
 * @example
 * torch.xlogy(torch.tensor([1.5, 2]), torch.tensor([0.5, 3])) // tensor([-1.0397, 2.1972])
 */
export const xlogy =
  op<
    [
      (input: Tensor | Scalar, other: Tensor, options?: OutOptions) => Tensor,
      (input: Tensor, other: Scalar, options?: OutOptions) => Tensor,
    ]
  >('aten::xlogy');

/**
 * In place of {@link xlogy}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.xlogy_.html
 * @example
 * torch.xlogy_(torch.tensor([1.5, 2]), torch.tensor([0.5, 3])) // tensor([-1.0397, 2.1972])
 */
export const xlogy_ = op<(input: Tensor, other: Tensor | Scalar) => Tensor>('aten::xlogy_');

/** What {@link frexp} takes by name. */
export interface FrexpOptions {
  /** A tensor to write the result to. */
  out?: readonly Tensor[];
}

/**
 * Mantissa and exponent of each element: `x = mantissa * 2^exponent`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.frexp.html
 * @example
 * torch.frexp(torch.tensor([6.5])).exponent // tensor([3], dtype=torch.int32)
 */
export const frexp =
  op<(input: Tensor, options?: FrexpOptions) => Named<{ mantissa: Tensor; exponent: Tensor }>>('aten::frexp');
