import { method } from '../../op.js';
import type { Device, MemoryFormat } from '../../../device.js';
import type { Scalar, Size, Sizes, SizesThen } from '../../../shape.js';
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

/** What {@link fillDiagonal_} takes by name. */
export interface FillDiagonalInPlaceOptions {
  /** Whether the diagonal begins again below a matrix that is taller than wide. `false` unless given. */
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
 * ```ts
 * // Needs a GPU.
 * torch.ones(1000).pinMemory().to('cuda', { nonBlocking: true })
 * ```
 *
 * @throws where there is no accelerator
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.pin_memory.html
 */
export const pinMemory =
  method<(input: Tensor, device?: Device | null | PinMemoryOptions, options?: PinMemoryOptions) => Tensor>(
    'aten::pin_memory',
  );

/**
 * Tells the allocator that another stream uses the memory too. A stream has no value in this API yet: the method is
 * here for function and method to be complete.
 *
 * ```ts
 * // Needs a stream of an accelerator.
 * x.recordStream(stream)
 * ```
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
 * Sums over what broadcasting would repeat, to a smaller shape.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.sum_to_size.html
 * @example
 * torch.ones(2, 3).sumToSize([2, 1]) // tensor([[3.], [3.]])
 */
export const sumToSize = method<(input: Tensor, ...size: Sizes) => Tensor>('aten::sum_to_size');

/**
 * The tensor with another one's dtype.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.type_as.html
 * @example
 * torch.tensor([1]).typeAs(torch.ones(1)) // tensor([1.])
 */
export const typeAs = method<(input: Tensor, other: Tensor) => Tensor>('aten::type_as');
