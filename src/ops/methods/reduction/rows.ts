import { method } from '../../op.js';
import type { Scalar } from '../../../shape.js';
import type { Dtype } from '../../../dtype.js';
import type { Tensor } from '../../../tensor.js';

/** What {@link cumprod_} takes by name. */
export interface CumprodInPlaceOptions {
  /** The dtype of the result, or to compute in. */
  dtype?: Dtype | null;
}

/**
 * In place of {@link cumprod}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.cumprod_.html
 * @example
 * torch.tensor([1, 2, 3]).cumprod_(0) // tensor([1, 2, 6])
 */
export const cumprod_ =
  method<(input: Tensor, dim: number, options?: CumprodInPlaceOptions) => Tensor>('aten::cumprod_');

/** What {@link cumsum_} takes by name. */
export interface CumsumInPlaceOptions {
  /** The dtype of the result, or to compute in. */
  dtype?: Dtype | null;
}

/**
 * In place of {@link cumsum}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.cumsum_.html
 * @example
 * torch.tensor([1, 2, 3]).cumsum_(0) // tensor([1, 3, 6])
 */
export const cumsum_ = method<(input: Tensor, dim: number, options?: CumsumInPlaceOptions) => Tensor>('aten::cumsum_');

/**
 * In place of {@link renorm}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.renorm_.html
 * @example
 * torch.ones(1, 4).renorm_(1, 0, 2) // tensor([[0.5000, 0.5000, 0.5000, 0.5000]])
 */
export const renorm_ = method<(input: Tensor, p: Scalar, dim: number, maxnorm: Scalar) => Tensor>('aten::renorm_');
