import { fn, op } from '../op.js';
import type { OutOptions, Scalar } from '../../shape.js';
import type { Tensor } from '../../tensor.js';

/**
 * In place of {@link rsqrt}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.rsqrt_.html
 * @example
 * torch.rsqrt_(torch.tensor([0.5, 1])) // tensor([1.4142, 1.0000])
 */
export const rsqrt_ = op<(input: Tensor) => Tensor>('aten::rsqrt_');

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
 * The sign of each element; for complex numbers `x / |x|`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.sgn.html
 * @example
 * torch.sgn(torch.tensor([0.5, 1])) // tensor([1., 1.])
 */
export const sgn = op<(input: Tensor, options?: OutOptions) => Tensor>('aten::sgn');

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
 * The sine of each element, in radians.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.sin.html
 * @example
 * torch.sin(torch.tensor([0.5, 1])) // tensor([0.4794, 0.8415])
 */
export const sin = op<(input: Tensor, options?: OutOptions) => Tensor>('aten::sin');

/**
 * In place of {@link sin}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.sin_.html
 * @example
 * torch.sin_(torch.tensor([0.5, 1])) // tensor([0.4794, 0.8415])
 */
export const sin_ = op<(input: Tensor) => Tensor>('aten::sin_');

/**
 * `sin(pi x) / (pi x)`, and 1 at 0.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.sinc.html
 * @example
 * torch.sinc(torch.tensor([0.5, 1])) // tensor([ 6.3662e-01, -2.7828e-08])
 */
export const sinc = op<(input: Tensor, options?: OutOptions) => Tensor>('aten::sinc');

/**
 * In place of {@link sinc}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.sinc_.html
 * @example
 * torch.sinc_(torch.tensor([0.5, 1])) // tensor([ 6.3662e-01, -2.7828e-08])
 */
export const sinc_ = op<(input: Tensor) => Tensor>('aten::sinc_');

/**
 * The hyperbolic sine of each element.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.sinh.html
 * @example
 * torch.sinh(torch.tensor([0.5, 1])) // tensor([0.5211, 1.1752])
 */
export const sinh = op<(input: Tensor, options?: OutOptions) => Tensor>('aten::sinh');

/**
 * In place of {@link sinh}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.sinh_.html
 * @example
 * torch.sinh_(torch.tensor([0.5, 1])) // tensor([0.5211, 1.1752])
 */
export const sinh_ = op<(input: Tensor) => Tensor>('aten::sinh_');

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

/**
 * The tangent of each element, in radians.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.tan.html
 * @example
 * torch.tan(torch.tensor([0.5, 1])) // tensor([0.5463, 1.5574])
 */
export const tan = op<(input: Tensor, options?: OutOptions) => Tensor>('aten::tan');

/**
 * In place of {@link tan}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.tan_.html
 * @example
 * torch.tan_(torch.tensor([0.5, 1])) // tensor([0.5463, 1.5574])
 */
export const tan_ = op<(input: Tensor) => Tensor>('aten::tan_');

/**
 * The hyperbolic tangent of each element.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.tanh.html
 * @example
 * torch.tanh(torch.tensor([0.5, 1])) // tensor([0.4621, 0.7616])
 */
export const tanh = op<(input: Tensor, options?: OutOptions) => Tensor>('aten::tanh');

/**
 * In place of {@link tanh}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.tanh_.html
 * @example
 * torch.tanh_(torch.tensor([0.5, 1])) // tensor([0.4621, 0.7616])
 */
export const tanh_ = op<(input: Tensor) => Tensor>('aten::tanh_');

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
