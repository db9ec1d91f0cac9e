import { op } from '../op.js';
import type { MemoryFormat } from '../../device.js';
import type { Scalar } from '../../shape.js';
import type { Tensor } from '../../tensor.js';

/**
 * Fills with a value, in place.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.fill_.html
 * @example
 * torch.zeros(2).fill_(3) // tensor([3., 3.])
 */
export const fill_ = op<(input: Tensor, value: Scalar | Tensor) => Tensor>('aten::fill_');

/**
 * Fills with zeros, in place.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.zero_.html
 * @example
 * torch.ones(2).zero_() // tensor([0., 0.])
 */
export const zero_ = op<(input: Tensor) => Tensor>('aten::zero_');

/** What {@link resizeAs_} takes by name. */
export interface ResizeAsInPlaceOptions {
  /** The order of dimensions in memory. */
  memoryFormat?: MemoryFormat | null;
}

/**
 * Resizes the tensor as another one is, in place.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.resize_as_.html
 * @example
 * torch.zeros(1).resizeAs_(torch.ones(2, 3)).shape // [ 2, 3 ]
 */
export const resizeAs_ =
  op<(input: Tensor, theTemplate: Tensor, options?: ResizeAsInPlaceOptions) => Tensor>('aten::resize_as_');

/**
 * Gives a sparse tensor the shape, and the number of sparse dimensions, of another one.
 *
 * @throws when either is not sparse
 * @example
 * torch.zeros(1, 1).toSparse().resizeAsSparse_(torch.eye(3).toSparse()).shape // [ 3, 3 ]
 */
export const resizeAsSparse_ = op<(input: Tensor, theTemplate: Tensor) => Tensor>('aten::resize_as_sparse_');
