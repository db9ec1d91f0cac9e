import { fn } from '../../op.js';
import type { Extent, OutOptions, Size } from '../../../shape.js';
import type { Tensor } from '../../../tensor.js';

/** What {@link pad} takes by name. */
export interface PadOptions {
  /** The way to compute. */
  mode?: string;
  /** The value. */
  value?: number | null;
}

/**
 * Fills around the input: 'constant', 'reflect', 'replicate' or 'circular', the last dimension's sizes first.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.pad.html
 * @example
 * F.pad(torch.ones(1), [1, 1]) // tensor([0., 1., 0.])
 */
export const pad =
  fn<
    (
      input: Tensor,
      pad: Size,
      mode?: string | PadOptions,
      value?: number | null | PadOptions,
      options?: PadOptions,
    ) => Tensor
  >('aten::pad');

/** What {@link padSequence} takes by name. */
export interface PadSequenceOptions {
  /** Whether the batch is the first dimension of the result, before the time. `false` unless given. */
  batchFirst?: boolean;
  /** What the shorter sequences are filled up with. 0 unless given. */
  paddingValue?: number;
  /** `right` to pad at the end, `left` at the start. `right` unless given. */
  paddingSide?: string;
}

/**
 * Sequences of different lengths as one tensor, filled up.
 *
 * @example
 * F.padSequence([torch.ones(1), torch.ones(2)], true) // tensor([[1., 0.], [1., 1.]])
 */
export const padSequence =
  fn<
    (
      sequences: readonly Tensor[],
      batchFirst?: boolean | PadSequenceOptions,
      paddingValue?: number | PadSequenceOptions,
      paddingSide?: string | PadSequenceOptions,
      options?: PadSequenceOptions,
    ) => Tensor
  >('aten::pad_sequence');

/**
 * Mirrors sequences at their ends.
 *
 * @example
 * F.reflectionPad1d(torch.tensor([[1.5, 2]]), [1, 0]) // tensor([[2.0000, 1.5000, 2.0000]])
 */
export const reflectionPad1d =
  fn<(input: Tensor, padding: Extent, options?: OutOptions) => Tensor>('aten::reflection_pad1d');

/**
 * Mirrors images at their edges.
 *
 * @example
 * F.reflectionPad2d(torch.ones(1, 2, 2), [1, 1, 1, 1]).shape // [ 1, 4, 4 ]
 */
export const reflectionPad2d =
  fn<(input: Tensor, padding: Extent, options?: OutOptions) => Tensor>('aten::reflection_pad2d');

/**
 * Mirrors volumes at their faces.
 *
 * @example
 * F.reflectionPad3d(torch.ones(1, 2, 2, 2), [1, 1, 1, 1, 1, 1]).shape // [ 1, 4, 4, 4 ]
 */
export const reflectionPad3d =
  fn<(input: Tensor, padding: Extent, options?: OutOptions) => Tensor>('aten::reflection_pad3d');

/**
 * Repeats the ends of sequences.
 *
 * @example
 * F.replicationPad1d(torch.tensor([[1.5, 2]]), [1, 0]) // tensor([[1.5000, 1.5000, 2.0000]])
 */
export const replicationPad1d =
  fn<(input: Tensor, padding: Extent, options?: OutOptions) => Tensor>('aten::replication_pad1d');

/**
 * Repeats the edges of images.
 *
 * @example
 * F.replicationPad2d(torch.ones(1, 2, 2), [1, 1, 1, 1]).shape // [ 1, 4, 4 ]
 */
export const replicationPad2d =
  fn<(input: Tensor, padding: Extent, options?: OutOptions) => Tensor>('aten::replication_pad2d');

/**
 * Repeats the faces of volumes.
 *
 * @example
 * F.replicationPad3d(torch.ones(1, 2, 2, 2), [1, 1, 1, 1, 1, 1]).shape // [ 1, 4, 4, 4 ]
 */
export const replicationPad3d =
  fn<(input: Tensor, padding: Extent, options?: OutOptions) => Tensor>('aten::replication_pad3d');
