import { method } from '../../op.js';
import type { Dtype } from '../../../dtype.js';
import type { Sizes, SizesThen } from '../../../shape.js';
import type { Tensor } from '../../../tensor.js';

/** What {@link expand} takes by name. */
export interface ExpandOptions {
  /** Whether the call stands for broadcasting; only function transforms look at it. `false` unless given. */
  implicit?: boolean;
}

/**
 * A view in which dimensions of size one are repeated. -1 leaves a size as it is.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.expand.html
 * @example
 * torch.tensor([[1], [2]]).expand(2, 2) // tensor([[1, 1], [2, 2]])
 */
export const expand = method<(input: Tensor, ...size: SizesThen<ExpandOptions>) => Tensor>('aten::expand');

/**
 * A view expanded to another tensor's shape.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.expand_as.html
 * @example
 * torch.tensor([[1], [2]]).expandAs(torch.ones(2, 2)) // tensor([[1, 1], [2, 2]])
 */
export const expandAs = method<(input: Tensor, other: Tensor) => Tensor>('aten::expand_as');

/**
 * The elements in another shape, sharing memory. One size may be -1; a dtype reads the bits anew.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.view.html
 * @example
 * torch.arange(4).view(2, -1).shape // [ 2, 2 ]
 */
export const view =
  method<[(input: Tensor, ...size: Sizes) => Tensor, (input: Tensor, dtype: Dtype) => Tensor]>('aten::view');

/**
 * The elements in another tensor's shape, sharing memory.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.view_as.html
 * @example
 * torch.arange(4).viewAs(torch.ones(2, 2)).shape // [ 2, 2 ]
 */
export const viewAs = method<(input: Tensor, other: Tensor) => Tensor>('aten::view_as');

/**
 * The elements in another tensor's shape.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.reshape_as.html
 * @example
 * torch.arange(4).reshapeAs(torch.ones(2, 2)).shape // [ 2, 2 ]
 */
export const reshapeAs = method<(input: Tensor, other: Tensor) => Tensor>('aten::reshape_as');

/**
 * A view of all slices of `size` elements, `step` apart, of a dimension.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.unfold.html
 * @example
 * torch.arange(5).unfold(0, 3, 2) // tensor([[0, 1, 2], [2, 3, 4]])
 */
export const unfold = method<(input: Tensor, dimension: number, size: number, step: number) => Tensor>('aten::unfold');

/**
 * In place of {@link squeeze}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.squeeze_.html
 * @example
 * torch.ones(1, 2, 1).squeeze_().shape // [ 2 ]
 */
export const squeeze_ =
  method<[(input: Tensor) => Tensor, (input: Tensor, dim: number) => Tensor, (input: Tensor, ...dim: Sizes) => Tensor]>(
    'aten::squeeze_',
  );

/**
 * In place of {@link unsqueeze}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.unsqueeze_.html
 * @example
 * torch.ones(2).unsqueeze_(0).shape // [ 1, 2 ]
 */
export const unsqueeze_ = method<(input: Tensor, dim: number) => Tensor>('aten::unsqueeze_');

/**
 * In place of {@link swapaxes}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.swapaxes_.html
 * @example
 * torch.ones(2, 3).swapaxes_(0, 1).shape // [ 3, 2 ]
 */
export const swapaxes_ = method<(input: Tensor, axis0: number, axis1: number) => Tensor>('aten::swapaxes_');

/**
 * In place of {@link swapdims}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.swapdims_.html
 * @example
 * torch.ones(2, 3).swapdims_(0, 1).shape // [ 3, 2 ]
 */
export const swapdims_ = method<(input: Tensor, dim0: number, dim1: number) => Tensor>('aten::swapdims_');

/**
 * In place of {@link t}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.t_.html
 * @example
 * torch.ones(2, 3).t_().shape // [ 3, 2 ]
 */
export const t_ = method<(input: Tensor) => Tensor>('aten::t_');

/**
 * In place of {@link transpose}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.transpose_.html
 * @example
 * torch.ones(2, 3).transpose_(0, 1).shape // [ 3, 2 ]
 */
export const transpose_ = method<(input: Tensor, dim0: number, dim1: number) => Tensor>('aten::transpose_');
