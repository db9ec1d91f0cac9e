import { fn } from '../op.js';
import type { Dims, OutOptions, Scalar } from '../../shape.js';
import type { Dtype } from '../../dtype.js';
import type { Tensor } from '../../tensor.js';

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

/**
 * `log(1 + x)`, exact near zero.
 *
 * @see https://docs.pytorch.org/docs/2.13/special.html#torch.special.log1p
 * @example
 * torch.special.log1p(torch.tensor([0.5, 1])) // tensor([0.4055, 0.6931])
 */
export const log1p = fn<(input: Tensor, options?: OutOptions) => Tensor>('aten::special_log1p');

/**
 * The logarithm of the normal distribution function.
 *
 * @see https://docs.pytorch.org/docs/2.13/special.html#torch.special.log_ndtr
 * @example
 * torch.special.logNdtr(torch.tensor([0.5, 1])) // tensor([-0.3689, -0.1728])
 */
export const logNdtr = fn<(input: Tensor, options?: OutOptions) => Tensor>('aten::special_log_ndtr');

/** What {@link logSoftmax} takes by name. */
export interface SpecialLogSoftmaxOptions {
  /** The dtype of the result, or to compute in. */
  dtype?: Dtype | null;
}

/**
 * `log(softmax(x))`.
 *
 * @see https://docs.pytorch.org/docs/2.13/special.html#torch.special.log_softmax
 * @example
 * torch.special.logSoftmax(torch.zeros(1), 0) // tensor([0.])
 */
export const logSoftmax =
  fn<(input: Tensor, dim: number, options?: SpecialLogSoftmaxOptions) => Tensor>('aten::special_log_softmax');

/** What {@link logit} takes by name. */
export interface SpecialLogitOptions {
  /** A small number that keeps divisors away from zero. */
  eps?: number | null;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * `log(x / (1 - x))`.
 *
 * @see https://docs.pytorch.org/docs/2.13/special.html#torch.special.logit
 * @example
 * torch.special.logit(torch.tensor([0.5])) // tensor([0.])
 */
export const logit =
  fn<(input: Tensor, eps?: number | null | SpecialLogitOptions, options?: SpecialLogitOptions) => Tensor>(
    'aten::special_logit',
  );

/** What {@link logsumexp} takes by name. */
export interface SpecialLogsumexpOptions {
  /** Whether the dimension stays, with size one. */
  keepdim?: boolean;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * The logarithm of the sum of exponentials along dimensions.
 *
 * @see https://docs.pytorch.org/docs/2.13/special.html#torch.special.logsumexp
 * @example
 * torch.special.logsumexp(torch.zeros(2), 0) // tensor(0.6931)
 */
export const logsumexp =
  fn<
    (input: Tensor, dim: Dims, keepdim?: boolean | SpecialLogsumexpOptions, options?: SpecialLogsumexpOptions) => Tensor
  >('aten::special_logsumexp');

/**
 * The modified Bessel function of the first kind, of order 0.
 *
 * @see https://docs.pytorch.org/docs/2.13/special.html#torch.special.modified_bessel_i0
 * @example
 * torch.special.modifiedBesselI0(torch.tensor([0.5, 1])) // tensor([1.0635, 1.2661])
 */
export const modifiedBesselI0 = fn<(input: Tensor, options?: OutOptions) => Tensor>('aten::special_modified_bessel_i0');

/**
 * The modified Bessel function of the first kind, of order 1.
 *
 * @see https://docs.pytorch.org/docs/2.13/special.html#torch.special.modified_bessel_i1
 * @example
 * torch.special.modifiedBesselI1(torch.tensor([0.5, 1])) // tensor([0.2579, 0.5652])
 */
export const modifiedBesselI1 = fn<(input: Tensor, options?: OutOptions) => Tensor>('aten::special_modified_bessel_i1');

/**
 * The modified Bessel function of the second kind, of order 0.
 *
 * @see https://docs.pytorch.org/docs/2.13/special.html#torch.special.modified_bessel_k0
 * @example
 * torch.special.modifiedBesselK0(torch.tensor([0.5, 1])) // tensor([0.9244, 0.4210])
 */
export const modifiedBesselK0 = fn<(input: Tensor, options?: OutOptions) => Tensor>('aten::special_modified_bessel_k0');

/**
 * The modified Bessel function of the second kind, of order 1.
 *
 * @see https://docs.pytorch.org/docs/2.13/special.html#torch.special.modified_bessel_k1
 * @example
 * torch.special.modifiedBesselK1(torch.tensor([0.5, 1])) // tensor([1.6564, 0.6019])
 */
export const modifiedBesselK1 = fn<(input: Tensor, options?: OutOptions) => Tensor>('aten::special_modified_bessel_k1');

/**
 * The logarithm of the multivariate gamma function.
 *
 * @see https://docs.pytorch.org/docs/2.13/special.html#torch.special.multigammaln
 * @example
 * torch.special.multigammaln(torch.tensor([2.5]), 2) // tensor([0.8570])
 */
export const multigammaln =
  fn<(input: Tensor, p: number, options?: OutOptions) => Tensor>('aten::special_multigammaln');

/**
 * The normal distribution function.
 *
 * @see https://docs.pytorch.org/docs/2.13/special.html#torch.special.ndtr
 * @example
 * torch.special.ndtr(torch.tensor([0.5, 1])) // tensor([0.6915, 0.8413])
 */
export const ndtr = fn<(input: Tensor, options?: OutOptions) => Tensor>('aten::special_ndtr');

/**
 * The inverse of the normal distribution function.
 *
 * @see https://docs.pytorch.org/docs/2.13/special.html#torch.special.ndtri
 * @example
 * torch.special.ndtri(torch.tensor([0.5])) // tensor([0.])
 */
export const ndtri = fn<(input: Tensor, options?: OutOptions) => Tensor>('aten::special_ndtri');

/**
 * The derivative of order `n` of the digamma function.
 *
 * @see https://docs.pytorch.org/docs/2.13/special.html#torch.special.polygamma
 * @example
 * torch.special.polygamma(1, torch.tensor([1.5])) // tensor([0.9348])
 */
export const polygamma = fn<(n: number, input: Tensor, options?: OutOptions) => Tensor>('aten::special_polygamma');

/**
 * Alias of {@link digamma}.
 *
 * @see https://docs.pytorch.org/docs/2.13/special.html#torch.special.psi
 * @example
 * torch.special.psi(torch.tensor([0.5, 1])) // tensor([-1.9635, -0.5772])
 */
export const psi = fn<(input: Tensor, options?: OutOptions) => Tensor>('aten::special_psi');

/** What {@link round} takes by name. */
export interface SpecialRoundOptions {
  decimals?: number;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * The nearest whole number, half to even.
 *
 * @see https://docs.pytorch.org/docs/2.13/special.html#torch.special.round
 * @example
 * torch.special.round(torch.tensor([0.5, 1.5])) // tensor([0., 2.])
 */
export const round = fn<(input: Tensor, options?: SpecialRoundOptions) => Tensor>('aten::special_round');

/**
 * `exp(x)` times the modified Bessel function of the second kind, of order 0.
 *
 * @see https://docs.pytorch.org/docs/2.13/special.html#torch.special.scaled_modified_bessel_k0
 * @example
 * torch.special.scaledModifiedBesselK0(torch.tensor([0.5, 1])) // tensor([1.5241, 1.1445])
 */
export const scaledModifiedBesselK0 = fn<(x: Tensor, options?: OutOptions) => Tensor>(
  'aten::special_scaled_modified_bessel_k0',
);

/**
 * `exp(x)` times the modified Bessel function of the second kind, of order 1.
 *
 * @see https://docs.pytorch.org/docs/2.13/special.html#torch.special.scaled_modified_bessel_k1
 * @example
 * torch.special.scaledModifiedBesselK1(torch.tensor([0.5, 1])) // tensor([2.7310, 1.6362])
 */
export const scaledModifiedBesselK1 = fn<(x: Tensor, options?: OutOptions) => Tensor>(
  'aten::special_scaled_modified_bessel_k1',
);

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
 * `sin(pi x) / (pi x)`, and 1 at 0.
 *
 * @see https://docs.pytorch.org/docs/2.13/special.html#torch.special.sinc
 * @example
 * torch.special.sinc(torch.tensor([0.5, 1])) // tensor([ 6.3662e-01, -2.7828e-08])
 */
export const sinc = fn<(input: Tensor, options?: OutOptions) => Tensor>('aten::special_sinc');

/** What {@link softmax} takes by name. */
export interface SpecialSoftmaxOptions {
  /** The dtype of the result, or to compute in. */
  dtype?: Dtype | null;
}

/**
 * `exp(x_i) / sum_j exp(x_j)` along a dimension.
 *
 * @see https://docs.pytorch.org/docs/2.13/special.html#torch.special.softmax
 * @example
 * torch.special.softmax(torch.zeros(2), 0) // tensor([0.5000, 0.5000])
 */
export const softmax =
  fn<
    (
      input: Tensor,
      dim: number,
      dtype?: Dtype | null | SpecialSoftmaxOptions,
      options?: SpecialSoftmaxOptions,
    ) => Tensor
  >('aten::special_softmax');

/**
 * The spherical Bessel function of the first kind, of order 0.
 *
 * @see https://docs.pytorch.org/docs/2.13/special.html#torch.special.spherical_bessel_j0
 * @example
 * torch.special.sphericalBesselJ0(torch.tensor([0.5, 1])) // tensor([0.9589, 0.8415])
 */
export const sphericalBesselJ0 = fn<(x: Tensor, options?: OutOptions) => Tensor>('aten::special_spherical_bessel_j0');

/**
 * `x * log1p(y)`, zero where `x` is zero.
 *
 * @see https://docs.pytorch.org/docs/2.13/special.html#torch.special.xlog1py
 * @example
 * torch.special.xlog1py(torch.tensor([1.5, 2]), torch.tensor([0.5, 3])) // tensor([0.6082, 2.7726])
 */
export const xlog1py =
  fn<
    [
      (input: Tensor | Scalar, other: Tensor, options?: OutOptions) => Tensor,
      (input: Tensor, other: Scalar, options?: OutOptions) => Tensor,
    ]
  >('aten::special_xlog1py');
