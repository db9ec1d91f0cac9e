import { fn, op } from '../op.js';
import type { OutOptions, Sizes } from '../../shape.js';
import type { Dtype } from '../../dtype.js';
import type { Tensor } from '../../tensor.js';

/**
 * As {@link viewAsComplex}, as a copy rather than a view.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.view_as_complex_copy.html
 * @example
 * torch.viewAsComplexCopy(torch.tensor([0.5, 1])) // tensor(0.5000+1.j)
 */
export const viewAsComplexCopy = fn<(input: Tensor) => Tensor>('aten::view_as_complex_copy');

/**
 * A complex tensor as a real one with a last dimension of 2, sharing memory.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.view_as_real.html
 * @example
 * torch.viewAsReal(torch.complex(torch.ones(1), torch.zeros(1))) // tensor([[1., 0.]])
 */
export const viewAsReal = fn<(input: Tensor) => Tensor>('aten::view_as_real');

/**
 * As {@link viewAsReal}, as a copy.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.view_as_real_copy.html
 * @example
 * torch.viewAsRealCopy(torch.complex(torch.ones(1), torch.zeros(1))) // tensor([[1., 0.]])
 */
export const viewAsRealCopy = fn<(input: Tensor) => Tensor>('aten::view_as_real_copy');

/**
 * As {@link view}, as a copy rather than a view.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.view_copy.html
 */
export const viewCopy =
  fn<[(input: Tensor, ...size: Sizes) => Tensor, (input: Tensor, dtype: Dtype) => Tensor]>('aten::view_copy');

/**
 * Views of parts below each other.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.vsplit.html
 * @example
 * torch.vsplit(torch.ones(4, 2), 2)[0].shape // [ 2, 2 ]
 */
export const vsplit = op<[(sections: unknown) => Tensor[], (indices: unknown) => Tensor[]]>('aten::vsplit');

/**
 * Tensors below each other: along the first dimension.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.vstack.html
 * @example
 * torch.vstack([torch.tensor([1]), torch.tensor([2])]) // tensor([[1], [2]])
 */
export const vstack = fn<(tensors: readonly Tensor[], options?: OutOptions) => Tensor>('aten::vstack');

/**
 * Fills with zeros, in place.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.zero_.html
 * @example
 * torch.ones(2).zero_() // tensor([0., 0.])
 */
export const zero_ = op<(input: Tensor) => Tensor>('aten::zero_');
