import { method } from '../../op.js';
import type { Scalar, Size, SizesThen, TensorOptions } from '../../../shape.js';
import type { Tensor } from '../../../tensor.js';

/**
 * As {@link empty}, with this tensor's dtype and device.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.new_empty.html
 * @example
 * torch.ones(1).newEmpty([2, 3]).shape // [ 2, 3 ]
 */
export const newEmpty = method<(input: Tensor, ...size: SizesThen<TensorOptions>) => Tensor>('aten::new_empty');

/**
 * As {@link emptyStrided}, with this tensor's dtype and device.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.new_empty_strided.html
 * @example
 * torch.ones(1).newEmptyStrided([2, 3], [1, 2]).stride() // [ 1, 2 ]
 */
export const newEmptyStrided =
  method<(input: Tensor, size: Size, stride: Size, options?: TensorOptions) => Tensor>('aten::new_empty_strided');

/**
 * As {@link full}, with this tensor's dtype and device.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.new_full.html
 * @example
 * torch.ones(1).newFull([2], 3) // tensor([3., 3.])
 */
export const newFull =
  method<(input: Tensor, size: Size, fillValue: Scalar, options?: TensorOptions) => Tensor>('aten::new_full');

/**
 * As {@link ones}, with this tensor's dtype and device.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.new_ones.html
 * @example
 * torch.zeros(1).newOnes([2]) // tensor([1., 1.])
 */
export const newOnes = method<(input: Tensor, ...size: SizesThen<TensorOptions>) => Tensor>('aten::new_ones');

/**
 * As {@link zeros}, with this tensor's dtype and device.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.new_zeros.html
 * @example
 * torch.ones(1).newZeros([2]) // tensor([0., 0.])
 */
export const newZeros = method<(input: Tensor, ...size: SizesThen<TensorOptions>) => Tensor>('aten::new_zeros');
