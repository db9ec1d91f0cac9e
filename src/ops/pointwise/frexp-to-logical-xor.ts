import { fn, op } from '../op.js';
import type { Named, OutOptions, Scalar, Size } from '../../shape.js';
import type { Tensor } from '../../tensor.js';

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

/**
 * The greatest common divisor.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.gcd.html
 * @example
 * torch.gcd(torch.tensor([12]), torch.tensor([18])) // tensor([6])
 */
export const gcd = op<(input: Tensor, other: Tensor, options?: OutOptions) => Tensor>('aten::gcd');

/**
 * In place of {@link gcd}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.gcd_.html
 * @example
 * torch.tensor([12]).gcd_(torch.tensor([18])) // tensor([6])
 */
export const gcd_ = op<(input: Tensor, other: Tensor) => Tensor>('aten::gcd_');

/** What {@link gradient} takes by name. */
export interface GradientOptions {
  spacing?: Scalar | null | readonly Scalar[] | readonly Tensor[];
  /** The dimension, or dimensions, to work along. */
  dim?: number | null | Size;
  edgeOrder?: number;
}

/**
 * The slope along dimensions, by central differences.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.gradient.html
 * @example
 * torch.gradient(torch.tensor([1.5, 2, 4]))[0] // tensor([0.5000, 1.2500, 2.0000])
 */
export const gradient = fn<(input: Tensor, options?: GradientOptions) => Tensor[]>('aten::gradient');

/**
 * 0 for negative elements, 1 for positive ones, `values` at zero.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.heaviside.html
 * @example
 * torch.heaviside(torch.tensor([-1.5, 0]), torch.tensor(0.5)) // tensor([0.0000, 0.5000])
 */
export const heaviside = op<(input: Tensor, values: Tensor, options?: OutOptions) => Tensor>('aten::heaviside');

/**
 * `sqrt(x^2 + y^2)`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.hypot.html
 * @example
 * torch.hypot(torch.tensor([1.5, 2]), torch.tensor([0.5, 3])) // tensor([1.5811, 3.6056])
 */
export const hypot = op<(input: Tensor, other: Tensor, options?: OutOptions) => Tensor>('aten::hypot');

/**
 * The modified Bessel function of the first kind, of order 0.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.i0.html
 * @example
 * torch.i0(torch.tensor([0.5, 1])) // tensor([1.0635, 1.2661])
 */
export const i0 = op<(input: Tensor, options?: OutOptions) => Tensor>('aten::i0');

/**
 * In place of {@link i0}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.i0_.html
 * @example
 * torch.i0_(torch.tensor([0.5, 1])) // tensor([1.0635, 1.2661])
 */
export const i0_ = op<(input: Tensor) => Tensor>('aten::i0_');

/**
 * The lower regularised incomplete gamma function.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.igamma.html
 * @example
 * torch.igamma(torch.tensor([1.5, 2]), torch.tensor([0.5, 3])) // tensor([0.1987, 0.8009])
 */
export const igamma = op<(input: Tensor, other: Tensor, options?: OutOptions) => Tensor>('aten::igamma');

/**
 * The upper regularised incomplete gamma function.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.igammac.html
 * @example
 * torch.igammac(torch.tensor([1.5, 2]), torch.tensor([0.5, 3])) // tensor([0.8013, 0.1991])
 */
export const igammac = op<(input: Tensor, other: Tensor, options?: OutOptions) => Tensor>('aten::igammac');

/**
 * The least common multiple.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.lcm.html
 * @example
 * torch.lcm(torch.tensor([4]), torch.tensor([6])) // tensor([12])
 */
export const lcm = op<(input: Tensor, other: Tensor, options?: OutOptions) => Tensor>('aten::lcm');

/**
 * In place of {@link lcm}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.lcm_.html
 * @example
 * torch.tensor([4]).lcm_(torch.tensor([6])) // tensor([12])
 */
export const lcm_ = op<(input: Tensor, other: Tensor) => Tensor>('aten::lcm_');

/**
 * `input * 2^other`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.ldexp.html
 * @example
 * torch.ldexp(torch.tensor([1.5]), torch.tensor([3])) // tensor([12.])
 */
export const ldexp = op<(input: Tensor, other: Tensor, options?: OutOptions) => Tensor>('aten::ldexp');

/**
 * In place of {@link ldexp}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.ldexp_.html
 * @example
 * torch.ldexp_(torch.tensor([1.5, 2]), torch.tensor([0.5, 3])) // tensor([ 2.1213, 16.0000])
 */
export const ldexp_ = op<(input: Tensor, other: Tensor) => Tensor>('aten::ldexp_');

/**
 * `start + weight * (end - start)`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.lerp.html
 * @example
 * torch.lerp(torch.tensor([1.5]), torch.tensor([3.5]), 0.5) // tensor([2.5000])
 */
export const lerp =
  op<(input: Tensor, end: Tensor, weight: Scalar | Tensor, options?: OutOptions) => Tensor>('aten::lerp');

/**
 * The logarithm of the absolute value of the gamma function.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.lgamma.html
 * @example
 * torch.lgamma(torch.tensor([0.5, 1])) // tensor([0.5724, 0.0000])
 */
export const lgamma = op<(input: Tensor, options?: OutOptions) => Tensor>('aten::lgamma');

/**
 * The natural logarithm of each element.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.log.html
 * @example
 * torch.log(torch.tensor([0.5, 1])) // tensor([-0.6931, 0.0000])
 */
export const log = op<(input: Tensor, options?: OutOptions) => Tensor>('aten::log');

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
 * In place of {@link log}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.log_.html
 * @example
 * torch.log_(torch.tensor([0.5, 1])) // tensor([-0.6931, 0.0000])
 */
export const log_ = op<(input: Tensor) => Tensor>('aten::log_');

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

/**
 * Whether both elements are not zero.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.logical_and.html
 * @example
 * torch.logicalAnd(torch.tensor([1.5, 2]), torch.tensor([0.5, 3])) // tensor([True, True])
 */
export const logicalAnd = op<(input: Tensor, other: Tensor, options?: OutOptions) => Tensor>('aten::logical_and');

/**
 * Whether each element is zero.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.logical_not.html
 * @example
 * torch.logicalNot(torch.tensor([0.5, 1])) // tensor([False, False])
 */
export const logicalNot = op<(input: Tensor, options?: OutOptions) => Tensor>('aten::logical_not');

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
