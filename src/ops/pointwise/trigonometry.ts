import { op } from '../op.js';
import type { OutOptions } from '../../shape.js';
import type { Tensor } from '../../tensor.js';

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
 * The inverse tangent of each element, in radians.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.atan.html
 * @example
 * torch.atan(torch.tensor([0.5, 1])) // tensor([0.4636, 0.7854])
 */
export const atan = op<(input: Tensor, options?: OutOptions) => Tensor>('aten::atan');

/**
 * In place of {@link atan}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.atan_.html
 * @example
 * torch.atan_(torch.tensor([0.5, 1])) // tensor([0.4636, 0.7854])
 */
export const atan_ = op<(input: Tensor) => Tensor>('aten::atan_');

/**
 * The angle of the point `(other, input)`, in radians, from -pi to pi.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.atan2.html
 * @example
 * torch.atan2(torch.tensor([1.5, 2]), torch.tensor([0.5, 3])) // tensor([1.2490, 0.5880])
 */
export const atan2 = op<(input: Tensor, other: Tensor, options?: OutOptions) => Tensor>('aten::atan2');

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
 * Alias of {@link atan}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.arctan.html
 * @example
 * torch.arctan(torch.tensor([0.5, 1])) // tensor([0.4636, 0.7854])
 */
export const arctan = op<(input: Tensor, options?: OutOptions) => Tensor>('aten::arctan');

/**
 * In place of {@link arctan}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.arctan_.html
 * @example
 * torch.arctan_(torch.tensor([0.5, 1])) // tensor([0.4636, 0.7854])
 */
export const arctan_ = op<(input: Tensor) => Tensor>('aten::arctan_');

/**
 * Alias of {@link atan2}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.arctan2.html
 * @example
 * torch.arctan2(torch.tensor([1.5, 2]), torch.tensor([0.5, 3])) // tensor([1.2490, 0.5880])
 */
export const arctan2 = op<(input: Tensor, other: Tensor, options?: OutOptions) => Tensor>('aten::arctan2');

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
 * The hyperbolic cosine of each element.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.cosh.html
 * @example
 * torch.cosh(torch.tensor([0.5, 1])) // tensor([1.1276, 1.5431])
 */
export const cosh = op<(input: Tensor, options?: OutOptions) => Tensor>('aten::cosh');

/**
 * In place of {@link cosh}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.cosh_.html
 * @example
 * torch.cosh_(torch.tensor([0.5, 1])) // tensor([1.1276, 1.5431])
 */
export const cosh_ = op<(input: Tensor) => Tensor>('aten::cosh_');

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
 * Degrees as radians.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.deg2rad.html
 * @example
 * torch.deg2rad(torch.tensor([0.5, 1])) // tensor([0.0087, 0.0175])
 */
export const deg2rad = op<(input: Tensor, options?: OutOptions) => Tensor>('aten::deg2rad');

/**
 * In place of {@link deg2rad}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.deg2rad_.html
 * @example
 * torch.deg2rad_(torch.tensor([0.5, 1])) // tensor([0.0087, 0.0175])
 */
export const deg2rad_ = op<(input: Tensor) => Tensor>('aten::deg2rad_');

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
