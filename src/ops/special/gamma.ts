import { fn } from '../op.js';
import type { OutOptions, Scalar } from '../../shape.js';
import type { Tensor } from '../../tensor.js';

/**
 * The derivative of the logarithm of the gamma function.
 *
 * @see https://docs.pytorch.org/docs/2.13/special.html#torch.special.digamma
 * @example
 * torch.special.digamma(torch.tensor([0.5, 1])) // tensor([-1.9635, -0.5772])
 */
export const digamma = fn<(input: Tensor, options?: OutOptions) => Tensor>('aten::special_digamma');

/**
 * Alias of {@link digamma}.
 *
 * @see https://docs.pytorch.org/docs/2.13/special.html#torch.special.psi
 * @example
 * torch.special.psi(torch.tensor([0.5, 1])) // tensor([-1.9635, -0.5772])
 */
export const psi = fn<(input: Tensor, options?: OutOptions) => Tensor>('aten::special_psi');

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
 * The logarithm of the multivariate gamma function.
 *
 * @see https://docs.pytorch.org/docs/2.13/special.html#torch.special.multigammaln
 * @example
 * torch.special.multigammaln(torch.tensor([2.5]), 2) // tensor([0.8570])
 */
export const multigammaln =
  fn<(input: Tensor, p: number, options?: OutOptions) => Tensor>('aten::special_multigammaln');

/**
 * The derivative of order `n` of the digamma function.
 *
 * @see https://docs.pytorch.org/docs/2.13/special.html#torch.special.polygamma
 * @example
 * torch.special.polygamma(1, torch.tensor([1.5])) // tensor([0.9348])
 */
export const polygamma = fn<(n: number, input: Tensor, options?: OutOptions) => Tensor>('aten::special_polygamma');

/**
 * The Hurwitz zeta function.
 *
 * @see https://docs.pytorch.org/docs/2.13/special.html#torch.special.zeta
 * @example
 * torch.special.zeta(torch.tensor([2.5]), torch.tensor([1.5])) // tensor([0.5903])
 */
export const zeta =
  fn<
    [
      (input: Tensor | Scalar, other: Tensor, options?: OutOptions) => Tensor,
      (input: Tensor, other: Scalar, options?: OutOptions) => Tensor,
    ]
  >('aten::special_zeta');
