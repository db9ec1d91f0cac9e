import { op } from '../op.js';
import type { OutOptions, Scalar } from '../../shape.js';
import type { Tensor } from '../../tensor.js';

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
 * The derivative of the logarithm of the gamma function.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.digamma.html
 * @example
 * torch.digamma(torch.tensor([0.5, 1])) // tensor([-1.9635, -0.5772])
 */
export const digamma = op<(input: Tensor, options?: OutOptions) => Tensor>('aten::digamma');

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
 * The error function: `2 / sqrt(pi) * integral of exp(-t^2) from 0 to x`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.erf.html
 * @example
 * torch.erf(torch.tensor([0.5, 1])) // tensor([0.5205, 0.8427])
 */
export const erf = op<(input: Tensor, options?: OutOptions) => Tensor>('aten::erf');

/**
 * In place of {@link erf}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.erf_.html
 * @example
 * torch.erf_(torch.tensor([0.5, 1])) // tensor([0.5205, 0.8427])
 */
export const erf_ = op<(input: Tensor) => Tensor>('aten::erf_');

/**
 * The complementary error function: `1 - erf(x)`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.erfc.html
 * @example
 * torch.erfc(torch.tensor([0.5, 1])) // tensor([0.4795, 0.1573])
 */
export const erfc = op<(input: Tensor, options?: OutOptions) => Tensor>('aten::erfc');

/**
 * In place of {@link erfc}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.erfc_.html
 * @example
 * torch.erfc_(torch.tensor([0.5, 1])) // tensor([0.4795, 0.1573])
 */
export const erfc_ = op<(input: Tensor) => Tensor>('aten::erfc_');

/**
 * The inverse of the error function.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.erfinv.html
 * @example
 * torch.erfinv(torch.tensor([0.5])) // tensor([0.4769])
 */
export const erfinv = op<(input: Tensor, options?: OutOptions) => Tensor>('aten::erfinv');

/**
 * `e` to the power of each element.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.exp.html
 * @example
 * torch.exp(torch.tensor([0.5, 1])) // tensor([1.6487, 2.7183])
 */
export const exp = op<(input: Tensor, options?: OutOptions) => Tensor>('aten::exp');

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
 * In place of {@link exp}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.exp_.html
 * @example
 * torch.exp_(torch.tensor([0.5, 1])) // tensor([1.6487, 2.7183])
 */
export const exp_ = op<(input: Tensor) => Tensor>('aten::exp_');

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

/**
 * The remainder of division, with the sign of the dividend.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.fmod.html
 * @example
 * torch.fmod(torch.tensor([-7]), 3) // tensor([-1])
 */
export const fmod = op<(input: Tensor, other: Scalar | Tensor, options?: OutOptions) => Tensor>('aten::fmod');

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
