import { op } from '../op.js';
import type { Size } from '../../shape.js';
import type { Tensor } from '../../tensor.js';

/** What {@link chunk} takes by name. */
export interface ChunkOptions {
  /** The dimension, or dimensions, to work along. */
  dim?: unknown;
}

/**
 * Views of `chunks` parts along a dimension.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.chunk.html
 * @example
 * torch.chunk(torch.arange(4), 2)[1] // tensor([2, 3])
 */
export const chunk = op<(dim?: unknown | ChunkOptions, options?: ChunkOptions) => Tensor[]>('aten::chunk');

/** What {@link split} takes by name. */
export interface SplitOptions {
  /** The dimension, or dimensions, to work along. */
  dim?: unknown;
}

/**
 * Views of parts along a dimension, of one size or of the sizes given.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.split.html
 * @example
 * torch.split(torch.arange(5), 2)[2] // tensor([4])
 */
export const split = op<(dim?: unknown | SplitOptions, options?: SplitOptions) => Tensor[]>('aten::split');

/** What {@link splitWithSizes} takes by name. */
export interface SplitWithSizesOptions {
  /** The dimension, or dimensions, to work along. */
  dim?: unknown;
}

/**
 * Views of parts along a dimension, of the sizes given.
 *
 * @example
 * torch.splitWithSizes(torch.arange(4), [1, 3])[1] // tensor([1, 2, 3])
 */
export const splitWithSizes =
  op<(dim?: unknown | SplitWithSizesOptions, options?: SplitWithSizesOptions) => Tensor[]>('aten::split_with_sizes');

/** What {@link tensorSplit} takes by name. */
export interface TensorSplitOptions {
  /** The dimension, or dimensions, to work along. */
  dim?: unknown;
}

/**
 * Views of parts along a dimension, by number or by places; they may differ in size.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.tensor_split.html
 * @example
 * torch.tensorSplit(torch.arange(5), 2)[0] // tensor([0, 1, 2])
 */
export const tensorSplit =
  op<(dim?: unknown | TensorSplitOptions, options?: TensorSplitOptions) => Tensor[]>('aten::tensor_split');

/**
 * Views of parts side by side.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.hsplit.html
 * @example
 * torch.hsplit(torch.arange(4), 2)[0] // tensor([0, 1])
 */
export const hsplit = op<[(sections: unknown) => Tensor[], (indices: unknown) => Tensor[]]>('aten::hsplit');

/**
 * Views of parts below each other.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.vsplit.html
 * @example
 * torch.vsplit(torch.ones(4, 2), 2)[0].shape // [ 2, 2 ]
 */
export const vsplit = op<[(sections: unknown) => Tensor[], (indices: unknown) => Tensor[]]>('aten::vsplit');

/**
 * Views of parts behind each other.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.dsplit.html
 * @example
 * torch.dsplit(torch.ones(1, 2, 4), 2)[0].shape // [ 1, 2, 2 ]
 */
export const dsplit = op<[(sections: unknown) => Tensor[], (indices: unknown) => Tensor[]]>('aten::dsplit');

/** What {@link unbind} takes by name. */
export interface UnbindOptions {
  /** The dimension, or dimensions, to work along. */
  dim?: unknown;
}

/**
 * Views of the slices along a dimension.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.unbind.html
 * @example
 * torch.unbind(torch.tensor([1, 2]))[1] // tensor(2)
 */
export const unbind = op<(dim?: unknown | UnbindOptions, options?: UnbindOptions) => Tensor[]>('aten::unbind');

/** What {@link unsafeChunk} takes by name. */
export interface UnsafeChunkOptions {
  /** The dimension, or dimensions, to work along. */
  dim?: number;
}

/**
 * As {@link chunk}, of which the graph does not know that the parts share memory.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.unsafe_chunk.html
 * @example
 * torch.unsafeChunk(torch.arange(4), 2)[0] // tensor([0, 1])
 */
export const unsafeChunk =
  op<(input: Tensor, chunks: number, dim?: number | UnsafeChunkOptions, options?: UnsafeChunkOptions) => Tensor[]>(
    'aten::unsafe_chunk',
  );

/** What {@link unsafeSplit} takes by name. */
export interface UnsafeSplitOptions {
  /** The dimension, or dimensions, to work along. */
  dim?: number;
}

/**
 * As {@link split}, of which the graph does not know that the parts share memory.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.unsafe_split.html
 * @example
 * torch.unsafeSplit(torch.arange(4), 2)[0] // tensor([0, 1])
 */
export const unsafeSplit =
  op<(input: Tensor, splitSize: number, dim?: number | UnsafeSplitOptions, options?: UnsafeSplitOptions) => Tensor[]>(
    'aten::unsafe_split',
  );

/** What {@link unsafeSplitWithSizes} takes by name. */
export interface UnsafeSplitWithSizesOptions {
  /** The dimension, or dimensions, to work along. */
  dim?: number;
}

/**
 * As {@link splitWithSizes}, of which the graph does not know that the parts share memory.
 *
 * @example
 * torch.unsafeSplitWithSizes(torch.arange(4), [1, 3])[1] // tensor([1, 2, 3])
 */
export const unsafeSplitWithSizes = op<
  (
    input: Tensor,
    splitSizes: Size,
    dim?: number | UnsafeSplitWithSizesOptions,
    options?: UnsafeSplitWithSizesOptions,
  ) => Tensor[]
>('aten::unsafe_split_with_sizes');
