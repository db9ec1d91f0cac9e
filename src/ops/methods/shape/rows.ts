import { method } from '../../op.js';
import type { Scalar, Size, Sizes, SizesThen } from '../../../shape.js';
import type { Device, MemoryFormat } from '../../../device.js';
import type { Dtype } from '../../../dtype.js';
import type { Tensor } from '../../../tensor.js';

/** What {@link contiguous} takes by name. */
export interface ContiguousOptions {
  /** The order of dimensions in memory. */
  memoryFormat?: MemoryFormat;
}

/**
 * The tensor with its elements in order: itself, or a copy.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.contiguous.html
 * @example
 * torch.ones(2, 3).t().contiguous().stride() // [ 2, 1 ]
 */
export const contiguous = method<(input: Tensor, options?: ContiguousOptions) => Tensor>('aten::contiguous');

/** What {@link copy_} takes by name. */
export interface CopyInPlaceOptions {
  /** Whether the copy may run beside other work. */
  nonBlocking?: boolean;
}

/**
 * Copies the elements of `src`, which broadcasts, in place.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.copy_.html
 * @example
 * torch.zeros(2).copy_(torch.ones(2)) // tensor([1., 1.])
 */
export const copy_ =
  method<
    (input: Tensor, src: Tensor, nonBlocking?: boolean | CopyInPlaceOptions, options?: CopyInPlaceOptions) => Tensor
  >('aten::copy_');

/** What {@link expand} takes by name. */
export interface ExpandOptions {
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

/** What {@link fillDiagonal_} takes by name. */
export interface FillDiagonalInPlaceOptions {
  wrap?: boolean;
}

/**
 * Fills the diagonal with a value, in place.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.fill_diagonal_.html
 * @example
 * torch.zeros(2, 2).fillDiagonal_(1) // tensor([[1., 0.], [0., 1.]])
 */
export const fillDiagonal_ =
  method<
    (
      input: Tensor,
      fillValue: Scalar,
      wrap?: boolean | FillDiagonalInPlaceOptions,
      options?: FillDiagonalInPlaceOptions,
    ) => Tensor
  >('aten::fill_diagonal_');

/** What {@link isPinned} takes by name. */
export interface IsPinnedOptions {
  /** Where the result is made. */
  device?: Device | null;
}

/**
 * Whether the elements are in page-locked memory.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.is_pinned.html
 * @example
 * torch.ones(1).isPinned() // false
 */
export const isPinned =
  method<(input: Tensor, device?: Device | null | IsPinnedOptions, options?: IsPinnedOptions) => boolean>(
    'aten::is_pinned',
  );

/**
 * Whether both share storage, shape and strides.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.is_set_to.html
 * @example
 * torch.ones(1).isSetTo(torch.ones(1)) // false
 */
export const isSetTo = method<(input: Tensor, tensor: Tensor) => boolean>('aten::is_set_to');

/** What {@link pinMemory} takes by name. */
export interface PinMemoryOptions {
  /** Where the result is made. */
  device?: Device | null;
}

/**
 * A copy in page-locked memory, from which a GPU reads faster.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.pin_memory.html
 */
export const pinMemory =
  method<(input: Tensor, device?: Device | null | PinMemoryOptions, options?: PinMemoryOptions) => Tensor>(
    'aten::pin_memory',
  );

/**
 * Tells the allocator that another stream uses the memory too.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.record_stream.html
 */
export const recordStream = method<(input: Tensor, s: never) => void>('aten::record_stream');

/**
 * The tensor repeated along each dimension, as a copy.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.repeat.html
 * @example
 * torch.tensor([1, 2]).repeat(2) // tensor([1, 2, 1, 2])
 */
export const repeat = method<(input: Tensor, ...repeats: Sizes) => Tensor>('aten::repeat');

/**
 * The elements in another tensor's shape.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.reshape_as.html
 * @example
 * torch.arange(4).reshapeAs(torch.ones(2, 2)).shape // [ 2, 2 ]
 */
export const reshapeAs = method<(input: Tensor, other: Tensor) => Tensor>('aten::reshape_as');

/** What {@link resize_} takes by name. */
export interface ResizeInPlaceOptions {
  /** The order of dimensions in memory. */
  memoryFormat?: MemoryFormat | null;
}

/**
 * Gives the tensor another shape, in place; new elements are not initialised.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.resize_.html
 * @example
 * torch.zeros(2).resize_([1]).shape // [ 1 ]
 */
export const resize_ = method<(input: Tensor, ...size: SizesThen<ResizeInPlaceOptions>) => Tensor>('aten::resize_');

/** What {@link set_} takes by name. */
export interface SetInPlaceOptions {
  /** The step of the window. */
  stride?: Size;
}

/**
 * Makes the tensor share another one's storage.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.set_.html
 * @example
 * torch.zeros(1).set_(torch.ones(2)).shape // [ 2 ]
 */
export const set_ =
  method<
    [
      (input: Tensor, source: never | Tensor, options?: SetInPlaceOptions) => Tensor,
      (
        input: Tensor,
        source: never | Tensor,
        storageOffset: number,
        size: Size,
        stride?: Size | SetInPlaceOptions,
        options?: SetInPlaceOptions,
      ) => Tensor,
      (input: Tensor, options?: SetInPlaceOptions) => Tensor,
    ]
  >('aten::set_');

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
 * Sums over what broadcasting would repeat, to a smaller shape.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.sum_to_size.html
 * @example
 * torch.ones(2, 3).sumToSize([2, 1]) // tensor([[3.], [3.]])
 */
export const sumToSize = method<(input: Tensor, ...size: Sizes) => Tensor>('aten::sum_to_size');

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

/**
 * The tensor with another one's dtype.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.type_as.html
 * @example
 * torch.tensor([1]).typeAs(torch.ones(1)) // tensor([1.])
 */
export const typeAs = method<(input: Tensor, other: Tensor) => Tensor>('aten::type_as');

/**
 * A view of all slices of `size` elements, `step` apart, of a dimension.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.unfold.html
 * @example
 * torch.arange(5).unfold(0, 3, 2) // tensor([[0, 1, 2], [2, 3, 4]])
 */
export const unfold = method<(input: Tensor, dimension: number, size: number, step: number) => Tensor>('aten::unfold');

/**
 * In place of {@link unsqueeze}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.unsqueeze_.html
 * @example
 * torch.ones(2).unsqueeze_(0).shape // [ 1, 2 ]
 */
export const unsqueeze_ = method<(input: Tensor, dim: number) => Tensor>('aten::unsqueeze_');

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
