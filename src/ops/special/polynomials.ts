import { fn } from '../op.js';
import type { OutOptions, Scalar } from '../../shape.js';
import type { Tensor } from '../../tensor.js';

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
 * The Chebyshev polynomial of the first kind at `2 x - 1`.
 *
 * @see https://docs.pytorch.org/docs/2.13/special.html#torch.special.shifted_chebyshev_polynomial_t
 * @example
 * torch.special.shiftedChebyshevPolynomialT(torch.tensor([1.5, 2]), torch.tensor([0.5, 3])) // tensor([ 1., 99.])
 */
export const shiftedChebyshevPolynomialT = fn<
  [
    (x: Tensor | Scalar, n: Tensor, options?: OutOptions) => Tensor,
    (x: Tensor, n: Scalar, options?: OutOptions) => Tensor,
  ]
>('aten::special_shifted_chebyshev_polynomial_t');

/**
 * The Chebyshev polynomial of the second kind at `2 x - 1`.
 *
 * @see https://docs.pytorch.org/docs/2.13/special.html#torch.special.shifted_chebyshev_polynomial_u
 * @example
 * torch.special.shiftedChebyshevPolynomialU(torch.tensor([1.5, 2]), torch.tensor([0.5, 3])) // tensor([ 1., 204.])
 */
export const shiftedChebyshevPolynomialU = fn<
  [
    (x: Tensor | Scalar, n: Tensor, options?: OutOptions) => Tensor,
    (x: Tensor, n: Scalar, options?: OutOptions) => Tensor,
  ]
>('aten::special_shifted_chebyshev_polynomial_u');

/**
 * The Chebyshev polynomial of the third kind at `2 x - 1`.
 *
 * @see https://docs.pytorch.org/docs/2.13/special.html#torch.special.shifted_chebyshev_polynomial_v
 * @example
 * torch.special.shiftedChebyshevPolynomialV(torch.tensor([1.5, 2]), torch.tensor([0.5, 3])) // tensor([ 1., 169.])
 */
export const shiftedChebyshevPolynomialV = fn<
  [
    (x: Tensor | Scalar, n: Tensor, options?: OutOptions) => Tensor,
    (x: Tensor, n: Scalar, options?: OutOptions) => Tensor,
  ]
>('aten::special_shifted_chebyshev_polynomial_v');

/**
 * The Chebyshev polynomial of the fourth kind at `2 x - 1`.
 *
 * @see https://docs.pytorch.org/docs/2.13/special.html#torch.special.shifted_chebyshev_polynomial_w
 * @example
 * torch.special.shiftedChebyshevPolynomialW(torch.tensor([1.5, 2]), torch.tensor([0.5, 3])) // tensor([ 1., 239.])
 */
export const shiftedChebyshevPolynomialW = fn<
  [
    (x: Tensor | Scalar, n: Tensor, options?: OutOptions) => Tensor,
    (x: Tensor, n: Scalar, options?: OutOptions) => Tensor,
  ]
>('aten::special_shifted_chebyshev_polynomial_w');

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

/**
 * The Legendre polynomial of degree `n`.
 *
 * @see https://docs.pytorch.org/docs/2.13/special.html#torch.special.legendre_polynomial_p
 * @example
 * torch.special.legendrePolynomialP(torch.tensor([1.5, 2]), torch.tensor([0.5, 3])) // tensor([ 1., 17.])
 */
export const legendrePolynomialP = fn<
  [
    (x: Tensor | Scalar, n: Tensor, options?: OutOptions) => Tensor,
    (x: Tensor, n: Scalar, options?: OutOptions) => Tensor,
  ]
>('aten::special_legendre_polynomial_p');
