import { fn } from '../op.js';
import type { OutOptions, Scalar } from '../../shape.js';
import type { Tensor } from '../../tensor.js';

/**
 * The Airy function Ai.
 *
 * @see https://docs.pytorch.org/docs/2.13/special.html#torch.special.airy_ai
 * @example
 * torch.special.airyAi(torch.tensor([0.5, 1])) // tensor([0.2317, 0.1353])
 */
export const airyAi = fn<(x: Tensor, options?: OutOptions) => Tensor>('aten::special_airy_ai');

/**
 * The Bessel function of the first kind, of order 0.
 *
 * @see https://docs.pytorch.org/docs/2.13/special.html#torch.special.bessel_j0
 * @example
 * torch.special.besselJ0(torch.tensor([0.5, 1])) // tensor([0.9385, 0.7652])
 */
export const besselJ0 = fn<(input: Tensor, options?: OutOptions) => Tensor>('aten::special_bessel_j0');

/**
 * The Bessel function of the first kind, of order 1.
 *
 * @see https://docs.pytorch.org/docs/2.13/special.html#torch.special.bessel_j1
 * @example
 * torch.special.besselJ1(torch.tensor([0.5, 1])) // tensor([0.2423, 0.4401])
 */
export const besselJ1 = fn<(input: Tensor, options?: OutOptions) => Tensor>('aten::special_bessel_j1');

/**
 * The Bessel function of the second kind, of order 0.
 *
 * @see https://docs.pytorch.org/docs/2.13/special.html#torch.special.bessel_y0
 * @example
 * torch.special.besselY0(torch.tensor([0.5, 1])) // tensor([-0.4445, 0.0883])
 */
export const besselY0 = fn<(input: Tensor, options?: OutOptions) => Tensor>('aten::special_bessel_y0');

/**
 * The Bessel function of the second kind, of order 1.
 *
 * @see https://docs.pytorch.org/docs/2.13/special.html#torch.special.bessel_y1
 * @example
 * torch.special.besselY1(torch.tensor([0.5, 1])) // tensor([-1.4715, -0.7812])
 */
export const besselY1 = fn<(input: Tensor, options?: OutOptions) => Tensor>('aten::special_bessel_y1');

/**
 * The Chebyshev polynomial of the first kind, of degree `n`.
 *
 * @see https://docs.pytorch.org/docs/2.13/special.html#torch.special.chebyshev_polynomial_t
 * @example
 * torch.special.chebyshevPolynomialT(torch.tensor([1.5, 2]), torch.tensor([0.5, 3])) // tensor([ 1., 26.])
 */
export const chebyshevPolynomialT = fn<
  [
    (x: Tensor | Scalar, n: Tensor, options?: OutOptions) => Tensor,
    (x: Tensor, n: Scalar, options?: OutOptions) => Tensor,
  ]
>('aten::special_chebyshev_polynomial_t');

/**
 * The Chebyshev polynomial of the second kind, of degree `n`.
 *
 * @see https://docs.pytorch.org/docs/2.13/special.html#torch.special.chebyshev_polynomial_u
 * @example
 * torch.special.chebyshevPolynomialU(torch.tensor([1.5, 2]), torch.tensor([0.5, 3])) // tensor([ 1., 56.])
 */
export const chebyshevPolynomialU = fn<
  [
    (x: Tensor | Scalar, n: Tensor, options?: OutOptions) => Tensor,
    (x: Tensor, n: Scalar, options?: OutOptions) => Tensor,
  ]
>('aten::special_chebyshev_polynomial_u');

/**
 * The Chebyshev polynomial of the third kind, of degree `n`.
 *
 * @see https://docs.pytorch.org/docs/2.13/special.html#torch.special.chebyshev_polynomial_v
 * @example
 * torch.special.chebyshevPolynomialV(torch.tensor([1.5, 2]), torch.tensor([0.5, 3])) // tensor([ 1., 41.])
 */
export const chebyshevPolynomialV = fn<
  [
    (x: Tensor | Scalar, n: Tensor, options?: OutOptions) => Tensor,
    (x: Tensor, n: Scalar, options?: OutOptions) => Tensor,
  ]
>('aten::special_chebyshev_polynomial_v');

/**
 * The Chebyshev polynomial of the fourth kind, of degree `n`.
 *
 * @see https://docs.pytorch.org/docs/2.13/special.html#torch.special.chebyshev_polynomial_w
 * @example
 * torch.special.chebyshevPolynomialW(torch.tensor([1.5, 2]), torch.tensor([0.5, 3])) // tensor([ 1., 71.])
 */
export const chebyshevPolynomialW = fn<
  [
    (x: Tensor | Scalar, n: Tensor, options?: OutOptions) => Tensor,
    (x: Tensor, n: Scalar, options?: OutOptions) => Tensor,
  ]
>('aten::special_chebyshev_polynomial_w');

/**
 * The derivative of the logarithm of the gamma function.
 *
 * @see https://docs.pytorch.org/docs/2.13/special.html#torch.special.digamma
 * @example
 * torch.special.digamma(torch.tensor([0.5, 1])) // tensor([-1.9635, -0.5772])
 */
export const digamma = fn<(input: Tensor, options?: OutOptions) => Tensor>('aten::special_digamma');

/**
 * `-x * ln(x)`, zero at zero.
 *
 * @see https://docs.pytorch.org/docs/2.13/special.html#torch.special.entr
 * @example
 * torch.special.entr(torch.tensor([0.5, 1])) // tensor([0.3466, -0.0000])
 */
export const entr = fn<(input: Tensor, options?: OutOptions) => Tensor>('aten::special_entr');

/**
 * The error function: `2 / sqrt(pi) * integral of exp(-t^2) from 0 to x`.
 *
 * @see https://docs.pytorch.org/docs/2.13/special.html#torch.special.erf
 * @example
 * torch.special.erf(torch.tensor([0.5, 1])) // tensor([0.5205, 0.8427])
 */
export const erf = fn<(input: Tensor, options?: OutOptions) => Tensor>('aten::special_erf');

/**
 * The complementary error function: `1 - erf(x)`.
 *
 * @see https://docs.pytorch.org/docs/2.13/special.html#torch.special.erfc
 * @example
 * torch.special.erfc(torch.tensor([0.5, 1])) // tensor([0.4795, 0.1573])
 */
export const erfc = fn<(input: Tensor, options?: OutOptions) => Tensor>('aten::special_erfc');

/**
 * `exp(x^2) * erfc(x)`.
 *
 * @see https://docs.pytorch.org/docs/2.13/special.html#torch.special.erfcx
 * @example
 * torch.special.erfcx(torch.tensor([0.5, 1])) // tensor([0.6157, 0.4276])
 */
export const erfcx = fn<(input: Tensor, options?: OutOptions) => Tensor>('aten::special_erfcx');

/**
 * The inverse of the error function.
 *
 * @see https://docs.pytorch.org/docs/2.13/special.html#torch.special.erfinv
 * @example
 * torch.special.erfinv(torch.tensor([0.5])) // tensor([0.4769])
 */
export const erfinv = fn<(input: Tensor, options?: OutOptions) => Tensor>('aten::special_erfinv');

/**
 * Two to the power of each element.
 *
 * @see https://docs.pytorch.org/docs/2.13/special.html#torch.special.exp2
 * @example
 * torch.special.exp2(torch.tensor([0.5, 1])) // tensor([1.4142, 2.0000])
 */
export const exp2 = fn<(input: Tensor, options?: OutOptions) => Tensor>('aten::special_exp2');

/**
 * Alias of `torch.sigmoid`.
 *
 * @see https://docs.pytorch.org/docs/2.13/special.html#torch.special.expit
 * @example
 * torch.special.expit(torch.tensor([0.5, 1])) // tensor([0.6225, 0.7311])
 */
export const expit = fn<(input: Tensor, options?: OutOptions) => Tensor>('aten::special_expit');

/**
 * `exp(x) - 1`, exact near zero.
 *
 * @see https://docs.pytorch.org/docs/2.13/special.html#torch.special.expm1
 * @example
 * torch.special.expm1(torch.tensor([0.5, 1])) // tensor([0.6487, 1.7183])
 */
export const expm1 = fn<(input: Tensor, options?: OutOptions) => Tensor>('aten::special_expm1');

/**
 * The lower regularised incomplete gamma function.
 *
 * @see https://docs.pytorch.org/docs/2.13/special.html#torch.special.gammainc
 * @example
 * torch.special.gammainc(torch.tensor([1.5, 2]), torch.tensor([0.5, 3])) // tensor([0.1987, 0.8009])
 */
export const gammainc = fn<(input: Tensor, other: Tensor, options?: OutOptions) => Tensor>('aten::special_gammainc');

/**
 * The upper regularised incomplete gamma function.
 *
 * @see https://docs.pytorch.org/docs/2.13/special.html#torch.special.gammaincc
 * @example
 * torch.special.gammaincc(torch.tensor([1.5, 2]), torch.tensor([0.5, 3])) // tensor([0.8013, 0.1991])
 */
export const gammaincc = fn<(input: Tensor, other: Tensor, options?: OutOptions) => Tensor>('aten::special_gammaincc');

/**
 * The logarithm of the absolute value of the gamma function.
 *
 * @see https://docs.pytorch.org/docs/2.13/special.html#torch.special.gammaln
 * @example
 * torch.special.gammaln(torch.tensor([0.5, 1])) // tensor([0.5724, 0.0000])
 */
export const gammaln = fn<(input: Tensor, options?: OutOptions) => Tensor>('aten::special_gammaln');

/**
 * The physicist's Hermite polynomial of degree `n`.
 *
 * @see https://docs.pytorch.org/docs/2.13/special.html#torch.special.hermite_polynomial_h
 * @example
 * torch.special.hermitePolynomialH(torch.tensor([1.5, 2]), torch.tensor([0.5, 3])) // tensor([ 1., 40.])
 */
export const hermitePolynomialH = fn<
  [
    (x: Tensor | Scalar, n: Tensor, options?: OutOptions) => Tensor,
    (x: Tensor, n: Scalar, options?: OutOptions) => Tensor,
  ]
>('aten::special_hermite_polynomial_h');

/**
 * The probabilist's Hermite polynomial of degree `n`.
 *
 * @see https://docs.pytorch.org/docs/2.13/special.html#torch.special.hermite_polynomial_he
 * @example
 * torch.special.hermitePolynomialHe(torch.tensor([1.5, 2]), torch.tensor([0.5, 3])) // tensor([1., 2.])
 */
export const hermitePolynomialHe = fn<
  [
    (x: Tensor | Scalar, n: Tensor, options?: OutOptions) => Tensor,
    (x: Tensor, n: Scalar, options?: OutOptions) => Tensor,
  ]
>('aten::special_hermite_polynomial_he');

/**
 * The modified Bessel function of the first kind, of order 0.
 *
 * @see https://docs.pytorch.org/docs/2.13/special.html#torch.special.i0
 * @example
 * torch.special.i0(torch.tensor([0.5, 1])) // tensor([1.0635, 1.2661])
 */
export const i0 = fn<(input: Tensor, options?: OutOptions) => Tensor>('aten::special_i0');

/**
 * `exp(-|x|) * i0(x)`.
 *
 * @see https://docs.pytorch.org/docs/2.13/special.html#torch.special.i0e
 * @example
 * torch.special.i0e(torch.tensor([0.5, 1])) // tensor([0.6450, 0.4658])
 */
export const i0e = fn<(input: Tensor, options?: OutOptions) => Tensor>('aten::special_i0e');

/**
 * The modified Bessel function of the first kind, of order 1.
 *
 * @see https://docs.pytorch.org/docs/2.13/special.html#torch.special.i1
 * @example
 * torch.special.i1(torch.tensor([0.5, 1])) // tensor([0.2579, 0.5652])
 */
export const i1 = fn<(input: Tensor, options?: OutOptions) => Tensor>('aten::special_i1');

/**
 * `exp(-|x|) * i1(x)`.
 *
 * @see https://docs.pytorch.org/docs/2.13/special.html#torch.special.i1e
 * @example
 * torch.special.i1e(torch.tensor([0.5, 1])) // tensor([0.1564, 0.2079])
 */
export const i1e = fn<(input: Tensor, options?: OutOptions) => Tensor>('aten::special_i1e');

/**
 * The Laguerre polynomial of degree `n`.
 *
 * @see https://docs.pytorch.org/docs/2.13/special.html#torch.special.laguerre_polynomial_l
 * @example
 * torch.special.laguerrePolynomialL(torch.tensor([1.5, 2]), torch.tensor([0.5, 3])) // tensor([ 1.0000, -0.3333])
 */
export const laguerrePolynomialL = fn<
  [
    (x: Tensor | Scalar, n: Tensor, options?: OutOptions) => Tensor,
    (x: Tensor, n: Scalar, options?: OutOptions) => Tensor,
  ]
>('aten::special_laguerre_polynomial_l');
