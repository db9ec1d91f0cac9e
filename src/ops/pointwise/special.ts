import { fn, op } from '../op.js';
import type { OutOptions } from '../../shape.js';
import type { Tensor } from '../../tensor.js';

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
 * The derivative of the logarithm of the gamma function.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.digamma.html
 * @example
 * torch.digamma(torch.tensor([0.5, 1])) // tensor([-1.9635, -0.5772])
 */
export const digamma = op<(input: Tensor, options?: OutOptions) => Tensor>('aten::digamma');

/**
 * The logarithm of the absolute value of the gamma function.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.lgamma.html
 * @example
 * torch.lgamma(torch.tensor([0.5, 1])) // tensor([0.5724, 0.0000])
 */
export const lgamma = op<(input: Tensor, options?: OutOptions) => Tensor>('aten::lgamma');

/**
 * The logarithm of the multivariate gamma function of dimension `p`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.mvlgamma.html
 * @example
 * torch.mvlgamma(torch.tensor([2.5]), 2) // tensor([0.8570])
 */
export const mvlgamma = op<(input: Tensor, p: number, options?: OutOptions) => Tensor>('aten::mvlgamma');

/**
 * The derivative of order `n` of the digamma function.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.polygamma.html
 * @example
 * torch.polygamma(1, torch.tensor([1.5])) // tensor([0.9348])
 */
export const polygamma = fn<(n: number, input: Tensor, options?: OutOptions) => Tensor>('aten::polygamma');

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
