import { fn } from '../op.js';
import type { OutOptions, Scalar } from '../../shape.js';
import type { Tensor } from '../../tensor.js';

/**
 * `x * log(y)`, and 0 where `x` is 0.
 *
 * @see https://docs.pytorch.org/docs/2.13/special.html#torch.special.xlogy
 * @example
 * torch.special.xlogy(torch.tensor([1.5, 2]), torch.tensor([0.5, 3])) // tensor([-1.0397, 2.1972])
 */
export const xlogy =
  fn<
    [
      (input: Tensor | Scalar, other: Tensor, options?: OutOptions) => Tensor,
      (input: Tensor, other: Scalar, options?: OutOptions) => Tensor,
    ]
  >('aten::special_xlogy');

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
