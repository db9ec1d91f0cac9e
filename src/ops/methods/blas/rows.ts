import { method } from '../../op.js';
import type { Scalar } from '../../../shape.js';
import type { Tensor } from '../../../tensor.js';

/** What {@link addbmm_} takes by name. */
export interface AddbmmInPlaceOptions {
  /** The multiplier of the input. */
  beta?: Scalar;
  /** A multiplier. */
  alpha?: Scalar;
}

/**
 * In place of {@link addbmm}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.addbmm_.html
 * @example
 * torch.ones(1, 1).addbmm_(torch.ones(1, 1, 2), torch.ones(1, 2, 1)) // tensor([[3.]])
 */
export const addbmm_ =
  method<(input: Tensor, batch1: Tensor, batch2: Tensor, options?: AddbmmInPlaceOptions) => Tensor>('aten::addbmm_');

/** What {@link addmm_} takes by name. */
export interface AddmmInPlaceOptions {
  /** The multiplier of the input. */
  beta?: Scalar;
  /** A multiplier. */
  alpha?: Scalar;
}

/**
 * In place of {@link addmm}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.addmm_.html
 * @example
 * torch.ones(2, 2).addmm_(torch.eye(2), torch.eye(2)) // tensor([[2., 1.], [1., 2.]])
 */
export const addmm_ =
  method<(input: Tensor, mat1: Tensor, mat2: Tensor, options?: AddmmInPlaceOptions) => Tensor>('aten::addmm_');

/** What {@link addr_} takes by name. */
export interface AddrInPlaceOptions {
  /** The multiplier of the input. */
  beta?: Scalar;
  /** A multiplier. */
  alpha?: Scalar;
}

/**
 * In place of {@link addr}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.addr_.html
 * @example
 * torch.zeros(1, 2).addr_(torch.ones(1), torch.ones(2)) // tensor([[1., 1.]])
 */
export const addr_ =
  method<(input: Tensor, vec1: Tensor, vec2: Tensor, options?: AddrInPlaceOptions) => Tensor>('aten::addr_');

/** What {@link baddbmm_} takes by name. */
export interface BaddbmmInPlaceOptions {
  /** The multiplier of the input. */
  beta?: Scalar;
  /** A multiplier. */
  alpha?: Scalar;
}

/**
 * In place of {@link baddbmm}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.baddbmm_.html
 * @example
 * torch.ones(1, 1, 1).baddbmm_(torch.ones(1, 1, 2), torch.ones(1, 2, 1)) // tensor([[[3.]]])
 */
export const baddbmm_ =
  method<(input: Tensor, batch1: Tensor, batch2: Tensor, options?: BaddbmmInPlaceOptions) => Tensor>('aten::baddbmm_');
