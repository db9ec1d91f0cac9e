import { method } from '../../op.js';
import type { Scalar, Size, SizesThen, TensorOptions } from '../../../shape.js';
import type { Tensor } from '../../../tensor.js';

type New = (input: Tensor, ...size: SizesThen<TensorOptions>) => Tensor;

/**
 * A tensor of the given sizes, spread or as an array, that is not filled, with this tensor's dtype and device unless options name others.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.new_empty.html
 * @example
 * torch.ones(1, { dtype: 'float64' }).newEmpty(2, 3).dtype // 'float64'
 */
export const newEmpty = method<New>('aten::new_empty');

/**
 * A tensor of the given sizes, spread or as an array, and strides that is not filled, with this tensor's dtype and device unless options name
 * others.
 *
 * @throws when `size` and `stride` differ in length
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.new_empty_strided.html
 * @example
 * torch.ones(1).newEmptyStrided([2, 3], [1, 2]).stride() // [ 1, 2 ]
 */
export const newEmptyStrided =
  method<(input: Tensor, size: Size, stride: Size, options?: TensorOptions) => Tensor>('aten::new_empty_strided');

/**
 * A tensor of the given sizes, spread or as an array, in which every element is `fillValue`, with this tensor's dtype and device unless options
 * name others.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.new_full.html
 * @example
 * torch.tensor([1.5]).newFull([2], 7) // tensor([7., 7.])
 */
export const newFull =
  method<(input: Tensor, size: Size, fillValue: Scalar, options?: TensorOptions) => Tensor>('aten::new_full');

/**
 * A tensor of ones of the given sizes, spread or as an array, with this tensor's dtype and device unless options name others.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.new_ones.html
 * @example
 * torch.tensor([5, 6, 7]).newOnes(2) // tensor([1, 1])
 */
export const newOnes = method<New>('aten::new_ones');

/**
 * A tensor of zeros of the given sizes, spread or as an array, with this tensor's dtype and device unless options name others.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.new_zeros.html
 * @example
 * torch.tensor([5, 6, 7]).newZeros(2) // tensor([0, 0])
 */
export const newZeros = method<New>('aten::new_zeros');
