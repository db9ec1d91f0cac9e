import { op } from '../op.js';
import type { OutOptions, Scalar } from '../../shape.js';
import type { Tensor } from '../../tensor.js';

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

/**
 * The inverse cosine of each element, in radians.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.acos.html
 * @example
 * torch.acos(torch.tensor([0.5, 1])) // tensor([1.0472, 0.0000])
 */
export const acos = op<(input: Tensor, options?: OutOptions) => Tensor>('aten::acos');

/**
 * In place of {@link acos}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.acos_.html
 * @example
 * torch.acos_(torch.tensor([0.5, 1])) // tensor([1.0472, 0.0000])
 */
export const acos_ = op<(input: Tensor) => Tensor>('aten::acos_');

/**
 * The inverse hyperbolic cosine of each element.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.acosh.html
 * @example
 * torch.acosh(torch.tensor([1.5])) // tensor([0.9624])
 */
export const acosh = op<(input: Tensor, options?: OutOptions) => Tensor>('aten::acosh');

/**
 * In place of {@link acosh}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.acosh_.html
 * @example
 * torch.acosh_(torch.tensor([0.5, 1])) // tensor([nan, 0.])
 */
export const acosh_ = op<(input: Tensor) => Tensor>('aten::acosh_');

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
 * The angle of each element in the complex plane, in radians.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.angle.html
 * @example
 * torch.angle(torch.tensor([0.5, 1])) // tensor([0., 0.])
 */
export const angle = op<(input: Tensor, options?: OutOptions) => Tensor>('aten::angle');

/**
 * Alias of {@link acos}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.arccos.html
 * @example
 * torch.arccos(torch.tensor([0.5, 1])) // tensor([1.0472, 0.0000])
 */
export const arccos = op<(input: Tensor, options?: OutOptions) => Tensor>('aten::arccos');

/**
 * In place of {@link arccos}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.arccos_.html
 * @example
 * torch.arccos_(torch.tensor([0.5, 1])) // tensor([1.0472, 0.0000])
 */
export const arccos_ = op<(input: Tensor) => Tensor>('aten::arccos_');

/**
 * Alias of {@link acosh}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.arccosh.html
 * @example
 * torch.arccosh(torch.tensor([1.5])) // tensor([0.9624])
 */
export const arccosh = op<(input: Tensor, options?: OutOptions) => Tensor>('aten::arccosh');

/**
 * In place of {@link arccosh}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.arccosh_.html
 * @example
 * torch.arccosh_(torch.tensor([0.5, 1])) // tensor([nan, 0.])
 */
export const arccosh_ = op<(input: Tensor) => Tensor>('aten::arccosh_');

/**
 * Alias of {@link asin}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.arcsin.html
 * @example
 * torch.arcsin(torch.tensor([0.5, 1])) // tensor([0.5236, 1.5708])
 */
export const arcsin = op<(input: Tensor, options?: OutOptions) => Tensor>('aten::arcsin');

/**
 * In place of {@link arcsin}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.arcsin_.html
 * @example
 * torch.arcsin_(torch.tensor([0.5, 1])) // tensor([0.5236, 1.5708])
 */
export const arcsin_ = op<(input: Tensor) => Tensor>('aten::arcsin_');

/**
 * Alias of {@link asinh}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.arcsinh.html
 * @example
 * torch.arcsinh(torch.tensor([0.5, 1])) // tensor([0.4812, 0.8814])
 */
export const arcsinh = op<(input: Tensor, options?: OutOptions) => Tensor>('aten::arcsinh');

/**
 * In place of {@link arcsinh}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.arcsinh_.html
 * @example
 * torch.arcsinh_(torch.tensor([0.5, 1])) // tensor([0.4812, 0.8814])
 */
export const arcsinh_ = op<(input: Tensor) => Tensor>('aten::arcsinh_');

/**
 * Alias of {@link atan}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.arctan.html
 * @example
 * torch.arctan(torch.tensor([0.5, 1])) // tensor([0.4636, 0.7854])
 */
export const arctan = op<(input: Tensor, options?: OutOptions) => Tensor>('aten::arctan');

/**
 * Alias of {@link atan2}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.arctan2.html
 * @example
 * torch.arctan2(torch.tensor([1.5, 2]), torch.tensor([0.5, 3])) // tensor([1.2490, 0.5880])
 */
export const arctan2 = op<(input: Tensor, other: Tensor, options?: OutOptions) => Tensor>('aten::arctan2');

/**
 * In place of {@link arctan}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.arctan_.html
 * @example
 * torch.arctan_(torch.tensor([0.5, 1])) // tensor([0.4636, 0.7854])
 */
export const arctan_ = op<(input: Tensor) => Tensor>('aten::arctan_');

/**
 * Alias of {@link atanh}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.arctanh.html
 * @example
 * torch.arctanh(torch.tensor([0.5])) // tensor([0.5493])
 */
export const arctanh = op<(input: Tensor, options?: OutOptions) => Tensor>('aten::arctanh');

/**
 * In place of {@link arctanh}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.arctanh_.html
 * @example
 * torch.arctanh_(torch.tensor([0.5, 1])) // tensor([0.5493, inf])
 */
export const arctanh_ = op<(input: Tensor) => Tensor>('aten::arctanh_');

/**
 * The inverse sine of each element, in radians.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.asin.html
 * @example
 * torch.asin(torch.tensor([0.5, 1])) // tensor([0.5236, 1.5708])
 */
export const asin = op<(input: Tensor, options?: OutOptions) => Tensor>('aten::asin');

/**
 * In place of {@link asin}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.asin_.html
 * @example
 * torch.asin_(torch.tensor([0.5, 1])) // tensor([0.5236, 1.5708])
 */
export const asin_ = op<(input: Tensor) => Tensor>('aten::asin_');

/**
 * The inverse hyperbolic sine of each element.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.asinh.html
 * @example
 * torch.asinh(torch.tensor([0.5, 1])) // tensor([0.4812, 0.8814])
 */
export const asinh = op<(input: Tensor, options?: OutOptions) => Tensor>('aten::asinh');

/**
 * In place of {@link asinh}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.asinh_.html
 * @example
 * torch.asinh_(torch.tensor([0.5, 1])) // tensor([0.4812, 0.8814])
 */
export const asinh_ = op<(input: Tensor) => Tensor>('aten::asinh_');

/**
 * The inverse tangent of each element, in radians.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.atan.html
 * @example
 * torch.atan(torch.tensor([0.5, 1])) // tensor([0.4636, 0.7854])
 */
export const atan = op<(input: Tensor, options?: OutOptions) => Tensor>('aten::atan');
