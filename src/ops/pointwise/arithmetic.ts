import { fn, op } from '../op.js';
import type { OutOptions, Scalar } from '../../shape.js';
import type { Tensor } from '../../tensor.js';

/** What {@link add} takes by name. */
export interface AddOptions {
  /** A multiplier. */
  alpha?: Scalar;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * Adds `other`, scaled by `alpha`: `input + alpha * other`, with broadcasting.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.add.html
 * @example
 * torch.add(torch.tensor([1, 2]), 10) // tensor([11, 12])
 */
export const add =
  op<
    [
      (input: Tensor, other: Tensor | Scalar, options?: AddOptions) => Tensor,
      (input: Tensor, other: Scalar, alpha?: Scalar | AddOptions, options?: AddOptions) => Tensor,
    ]
  >('aten::add');

/** What {@link sub} takes by name. */
export interface SubOptions {
  /** A multiplier. */
  alpha?: Scalar;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * Subtracts `other`, scaled by `alpha`: `input - alpha * other`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.sub.html
 * @example
 * torch.sub(torch.tensor([5, 6]), 2) // tensor([3, 4])
 */
export const sub =
  op<
    [
      (input: Tensor, other: Tensor | Scalar, options?: SubOptions) => Tensor,
      (input: Tensor, other: Scalar, alpha?: Scalar | SubOptions, options?: SubOptions) => Tensor,
    ]
  >('aten::sub');

/** What {@link subtract} takes by name. */
export interface SubtractOptions {
  /** A multiplier. */
  alpha?: Scalar;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * Alias of {@link sub}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.subtract.html
 * @example
 * torch.subtract(torch.tensor([5, 6]), 2) // tensor([3, 4])
 */
export const subtract =
  op<
    [
      (input: Tensor, other: Tensor | Scalar, options?: SubtractOptions) => Tensor,
      (input: Tensor, other: Scalar, alpha?: Scalar | SubtractOptions, options?: SubtractOptions) => Tensor,
    ]
  >('aten::subtract');

/** What {@link rsub} takes by name. */
export interface RsubOptions {
  /** A multiplier. */
  alpha?: Scalar;
}

/**
 * `other - alpha * input`.
 *
 * @example
 * torch.rsub(torch.tensor([1, 2]), 10) // tensor([9, 8])
 */
export const rsub =
  fn<
    [
      (input: Tensor, other: Tensor, options?: RsubOptions) => Tensor,
      (input: Tensor, other: Scalar, alpha?: Scalar | RsubOptions, options?: RsubOptions) => Tensor,
    ]
  >('aten::rsub');

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

/** What {@link div} takes by name. */
export interface DivOptions {
  /** null, 'trunc' or 'floor'. */
  roundingMode?: string | null;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * Divides by `other`, with broadcasting; `roundingMode` `'trunc'` or `'floor'` rounds.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.div.html
 * @example
 * torch.div(torch.tensor([7]), 2, { roundingMode: 'floor' }) // tensor([3])
 */
export const div = op<(input: Tensor, other: Tensor | Scalar, options?: DivOptions) => Tensor>('aten::div');

/** What {@link divide} takes by name. */
export interface DivideOptions {
  /** null, 'trunc' or 'floor'. */
  roundingMode?: string | null;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * Alias of {@link div}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.divide.html
 * @example
 * torch.divide(torch.tensor([3.5]), 2) // tensor([1.7500])
 */
export const divide = op<(input: Tensor, other: Tensor | Scalar, options?: DivideOptions) => Tensor>('aten::divide');

/**
 * Divides by `other`, never rounding.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.true_divide.html
 * @example
 * torch.trueDivide(torch.tensor([3]), 2) // tensor([1.5000])
 */
export const trueDivide =
  op<(input: Tensor, other: Tensor | Scalar, options?: OutOptions) => Tensor>('aten::true_divide');

/**
 * The quotient, rounded down.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.floor_divide.html
 * @example
 * torch.floorDivide(torch.tensor([7]), 2) // tensor([3])
 */
export const floorDivide =
  op<(input: Tensor, other: Tensor | Scalar, options?: OutOptions) => Tensor>('aten::floor_divide');

/**
 * The remainder of division, with the sign of the dividend.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.fmod.html
 * @example
 * torch.fmod(torch.tensor([-7]), 3) // tensor([-1])
 */
export const fmod = op<(input: Tensor, other: Scalar | Tensor, options?: OutOptions) => Tensor>('aten::fmod');

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
 * The input itself.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.positive.html
 * @example
 * torch.positive(torch.tensor([0.5, 1])) // tensor([0.5000, 1.0000])
 */
export const positive = op<(input: Tensor) => Tensor>('aten::positive');

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
 * The square of each element.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.square.html
 * @example
 * torch.square(torch.tensor([0.5, 1])) // tensor([0.2500, 1.0000])
 */
export const square = op<(input: Tensor, options?: OutOptions) => Tensor>('aten::square');

/**
 * In place of {@link square}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.square_.html
 * @example
 * torch.square_(torch.tensor([0.5, 1])) // tensor([0.2500, 1.0000])
 */
export const square_ = op<(input: Tensor) => Tensor>('aten::square_');

/**
 * The square root of each element.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.sqrt.html
 * @example
 * torch.sqrt(torch.tensor([0.5, 1])) // tensor([0.7071, 1.0000])
 */
export const sqrt = op<(input: Tensor, options?: OutOptions) => Tensor>('aten::sqrt');

/**
 * In place of {@link sqrt}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.sqrt_.html
 * @example
 * torch.sqrt_(torch.tensor([0.5, 1])) // tensor([0.7071, 1.0000])
 */
export const sqrt_ = op<(input: Tensor) => Tensor>('aten::sqrt_');

/**
 * `1 / sqrt(x)`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.rsqrt.html
 * @example
 * torch.rsqrt(torch.tensor([0.5, 1])) // tensor([1.4142, 1.0000])
 */
export const rsqrt = op<(input: Tensor, options?: OutOptions) => Tensor>('aten::rsqrt');

/**
 * In place of {@link rsqrt}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.rsqrt_.html
 * @example
 * torch.rsqrt_(torch.tensor([0.5, 1])) // tensor([1.4142, 1.0000])
 */
export const rsqrt_ = op<(input: Tensor) => Tensor>('aten::rsqrt_');

/**
 * The absolute value of each element.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.abs.html
 * @example
 * torch.abs(torch.tensor([0.5, 1])) // tensor([0.5000, 1.0000])
 */
export const abs = op<(input: Tensor, options?: OutOptions) => Tensor>('aten::abs');

/**
 * In place of {@link abs}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.abs_.html
 * @example
 * torch.abs_(torch.tensor([0.5, 1])) // tensor([0.5000, 1.0000])
 */
export const abs_ = op<(input: Tensor) => Tensor>('aten::abs_');

/**
 * Alias of {@link abs}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.absolute.html
 * @example
 * torch.absolute(torch.tensor([0.5, 1])) // tensor([0.5000, 1.0000])
 */
export const absolute = op<(input: Tensor, options?: OutOptions) => Tensor>('aten::absolute');

/** What {@link addcdiv} takes by name. */
export interface AddcdivOptions {
  /** The value. */
  value?: Scalar;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * `input + value * tensor1 / tensor2`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.addcdiv.html
 * @example
 * torch.addcdiv(torch.ones(1), torch.tensor([2.5]), torch.tensor([2])) // tensor([2.2500])
 */
export const addcdiv =
  op<(input: Tensor, tensor1: Tensor, tensor2: Tensor, options?: AddcdivOptions) => Tensor>('aten::addcdiv');

/** What {@link addcmul} takes by name. */
export interface AddcmulOptions {
  /** The value. */
  value?: Scalar;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * `input + value * tensor1 * tensor2`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.addcmul.html
 * @example
 * torch.addcmul(torch.ones(1), torch.tensor([2.5]), torch.tensor([2])) // tensor([6.])
 */
export const addcmul =
  op<(input: Tensor, tensor1: Tensor, tensor2: Tensor, options?: AddcmulOptions) => Tensor>('aten::addcmul');

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
 * `sqrt(x^2 + y^2)`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.hypot.html
 * @example
 * torch.hypot(torch.tensor([1.5, 2]), torch.tensor([0.5, 3])) // tensor([1.5811, 3.6056])
 */
export const hypot = op<(input: Tensor, other: Tensor, options?: OutOptions) => Tensor>('aten::hypot');
