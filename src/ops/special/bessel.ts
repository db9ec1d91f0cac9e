import { fn } from '../op.js';
import type { OutOptions } from '../../shape.js';
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
 * The spherical Bessel function of the first kind, of order 0.
 *
 * @see https://docs.pytorch.org/docs/2.13/special.html#torch.special.spherical_bessel_j0
 * @example
 * torch.special.sphericalBesselJ0(torch.tensor([0.5, 1])) // tensor([0.9589, 0.8415])
 */
export const sphericalBesselJ0 = fn<(x: Tensor, options?: OutOptions) => Tensor>('aten::special_spherical_bessel_j0');
