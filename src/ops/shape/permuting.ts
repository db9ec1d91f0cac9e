import { op } from '../op.js';
import type { Dims, Size, Sizes } from '../../shape.js';
import type { Tensor } from '../../tensor.js';

/**
 * A view with the dimensions in another order.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.permute.html
 * @example
 * torch.permute(torch.ones(2, 3), [1, 0]).shape // [ 3, 2 ]
 */
export const permute = op<(input: Tensor, ...dims: Sizes) => Tensor>('aten::permute');

/**
 * A view with two dimensions exchanged.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.transpose.html
 * @example
 * torch.transpose(torch.ones(2, 3), 0, 1).shape // [ 3, 2 ]
 */
export const transpose = op<(input: Tensor, dim0: number, dim1: number) => Tensor>('aten::transpose');

/**
 * Alias of {@link transpose}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.swapaxes.html
 * @example
 * torch.swapaxes(torch.ones(2, 3), 0, 1).shape // [ 3, 2 ]
 */
export const swapaxes = op<(input: Tensor, axis0: number, axis1: number) => Tensor>('aten::swapaxes');

/**
 * Alias of {@link transpose}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.swapdims.html
 * @example
 * torch.swapdims(torch.ones(2, 3), 0, 1).shape // [ 3, 2 ]
 */
export const swapdims = op<(input: Tensor, dim0: number, dim1: number) => Tensor>('aten::swapdims');

/**
 * A view with dimensions moved to other places.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.movedim.html
 * @example
 * torch.movedim(torch.ones(2, 3, 4), 0, 2).shape // [ 3, 4, 2 ]
 */
export const movedim =
  op<
    [
      (input: Tensor, source: Size, destination: Size) => Tensor,
      (input: Tensor, source: number, destination: number) => Tensor,
    ]
  >('aten::movedim');

/**
 * Alias of {@link movedim}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.moveaxis.html
 * @example
 * torch.moveaxis(torch.ones(2, 3, 4), 0, 2).shape // [ 3, 4, 2 ]
 */
export const moveaxis =
  op<
    [
      (input: Tensor, source: Size, destination: Size) => Tensor,
      (input: Tensor, source: number, destination: number) => Tensor,
    ]
  >('aten::moveaxis');

/**
 * A matrix transposed, as a view.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.t.html
 * @example
 * torch.t(torch.ones(2, 3)).shape // [ 3, 2 ]
 */
export const t = op<(input: Tensor) => Tensor>('aten::t');

/**
 * A view of matrices, transposed and conjugated.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.adjoint.html
 * @example
 * torch.adjoint(torch.ones(2, 3)).shape // [ 3, 2 ]
 */
export const adjoint = op<(input: Tensor) => Tensor>('aten::adjoint');

/**
 * A copy with dimensions in reverse.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.flip.html
 * @example
 * torch.flip(torch.tensor([1, 2, 3]), [0]) // tensor([3, 2, 1])
 */
export const flip = op<(input: Tensor, ...dims: Sizes) => Tensor>('aten::flip');

/**
 * A copy with the second dimension in reverse.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.fliplr.html
 * @example
 * torch.fliplr(torch.tensor([[1, 2]])) // tensor([[2, 1]])
 */
export const fliplr = op<(input: Tensor) => Tensor>('aten::fliplr');

/**
 * A copy with the first dimension in reverse.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.flipud.html
 * @example
 * torch.flipud(torch.tensor([1, 2])) // tensor([2, 1])
 */
export const flipud = op<(input: Tensor) => Tensor>('aten::flipud');

/** What {@link roll} takes by name. */
export interface RollOptions {
  /** The dimensions that move; the flattened tensor unless given. */
  dims?: Dims;
}

/**
 * A copy with elements moved on; what falls off one end comes back at the other.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.roll.html
 * @example
 * torch.roll(torch.tensor([1, 2, 3]), 1) // tensor([3, 1, 2])
 */
export const roll =
  op<(input: Tensor, shifts: Dims, dims?: Dims | RollOptions, options?: RollOptions) => Tensor>('aten::roll');

/** What {@link rot90} takes by name. */
export interface Rot90Options {
  /** How many quarter turns. 1 unless given. */
  k?: number;
  /** The two dimensions of the plane. `[0, 1]` unless given. */
  dims?: Size;
}

/**
 * A copy turned by 90 degrees `k` times in the plane of two dimensions.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.rot90.html
 * @example
 * torch.rot90(torch.tensor([[1, 2], [3, 4]])) // tensor([[2, 4], [1, 3]])
 */
export const rot90 =
  op<(input: Tensor, k?: number | Rot90Options, dims?: Size | Rot90Options, options?: Rot90Options) => Tensor>(
    'aten::rot90',
  );

/**
 * The tensor repeated along each dimension.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.tile.html
 * @example
 * torch.tile(torch.tensor([1, 2]), [2]) // tensor([1, 2, 1, 2])
 */
export const tile = op<(input: Tensor, ...dims: Sizes) => Tensor>('aten::tile');

/** What {@link repeatInterleave} takes by name. */
export interface RepeatInterleaveOptions {
  /** The length of the result along the dimension, where it is known: it saves waiting for a device. */
  outputSize?: number | null;
  /** The dimension, or dimensions, to work along. */
  dim?: number | null;
}

/**
 * Each element repeated where it stands.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.repeat_interleave.html
 * @example
 * torch.repeatInterleave(torch.tensor([1, 2]), 2) // tensor([1, 1, 2, 2])
 */
export const repeatInterleave =
  op<
    [
      (repeats: Tensor, options?: RepeatInterleaveOptions) => Tensor,
      (
        input: Tensor,
        repeats: Tensor | number,
        dim?: number | null | RepeatInterleaveOptions,
        options?: RepeatInterleaveOptions,
      ) => Tensor,
    ]
  >('aten::repeat_interleave');

/**
 * A view with a new dimension of size one.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.unsqueeze.html
 * @example
 * torch.unsqueeze(torch.ones(2), 0).shape // [ 1, 2 ]
 */
export const unsqueeze = op<(input: Tensor, dim: number) => Tensor>('aten::unsqueeze');
