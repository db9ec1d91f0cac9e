import { fn } from '../op.js';
import type { OutOptions } from '../../shape.js';
import type { Tensor } from '../../tensor.js';

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
 * The logarithm of the normal distribution function.
 *
 * @see https://docs.pytorch.org/docs/2.13/special.html#torch.special.log_ndtr
 * @example
 * torch.special.logNdtr(torch.tensor([0.5, 1])) // tensor([-0.3689, -0.1728])
 */
export const logNdtr = fn<(input: Tensor, options?: OutOptions) => Tensor>('aten::special_log_ndtr');
