import { op } from '../op.js';
import type { Size } from '../../shape.js';
import type { Tensor } from '../../tensor.js';

/** What {@link chunk}, {@link split} and their like take by name. */
export interface SplitOptions {
  /** The dimension that is cut; 0 unless given. */
  dim?: number;
}

/**
 * At most `chunks` views of equal size along a dimension; the last one may be smaller.
 *
 * @throws when `chunks` is less than 1, or the input has no dimension
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.chunk.html
 * @example
 * const [first, second] = torch.arange(5).chunk(2)
 * first // tensor([0, 1, 2])
 * second // tensor([3, 4])
 */
export const chunk =
  op<(input: Tensor, chunks: number, dim?: number | SplitOptions, options?: SplitOptions) => Tensor[]>('aten::chunk');

/**
 * Views along a dimension: of `splitSize` each, of which the last may be smaller, or of the sizes in an array.
 *
 * @throws when the sizes do not add up to that of the dimension
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.split.html
 * @example
 * torch.arange(5).split(2).length // 3
 * torch.arange(5).split([1, 4])[1] // tensor([1, 2, 3, 4])
 */
export const split =
  op<(input: Tensor, splitSize: number | Size, dim?: number | SplitOptions, options?: SplitOptions) => Tensor[]>(
    'aten::split',
  );

/**
 * Views along a dimension of the sizes given.
 *
 * @throws when the sizes do not add up to that of the dimension
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.split.html
 * @example
 * torch.splitWithSizes(torch.arange(4), [1, 3])[1] // tensor([1, 2, 3])
 */
export const splitWithSizes =
  op<(input: Tensor, splitSizes: Size, dim?: number | SplitOptions, options?: SplitOptions) => Tensor[]>(
    'aten::split_with_sizes',
  );

/** What {@link tensorSplit} takes by name. */
export interface TensorSplitOptions {
  /** How many parts. */
  sections?: number;
  /** The places to cut at. */
  indices?: Size;
  /** Either of them as a tensor on the CPU: a number of parts without dimensions, places with one. */
  tensorIndicesOrSections?: Tensor;
  /** The dimension that is cut; 0 unless given. */
  dim?: number;
}

/**
 * Views along a dimension: `sections` of as equal a size as can be, or what lies between the indices.
 *
 * @throws when the input has no dimension, or `sections` is less than 1
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.tensor_split.html
 * @example
 * torch.arange(5).tensorSplit(2)[0] // tensor([0, 1, 2])
 * torch.arange(5).tensorSplit([1, 4])[1] // tensor([1, 2, 3])
 */
export const tensorSplit =
  op<
    [
      (
        input: Tensor,
        sections: number | TensorSplitOptions,
        dim?: number | TensorSplitOptions,
        options?: TensorSplitOptions,
      ) => Tensor[],
      (input: Tensor, indices: Size, dim?: number | TensorSplitOptions, options?: TensorSplitOptions) => Tensor[],
      (
        input: Tensor,
        tensorIndicesOrSections: Tensor,
        dim?: number | TensorSplitOptions,
        options?: TensorSplitOptions,
      ) => Tensor[],
    ]
  >('aten::tensor_split');

/**
 * Views of parts side by side: along the second dimension, or the only one.
 *
 * @throws when the input has no dimension, or its size is no multiple of `sections`
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.hsplit.html
 * @example
 * torch.arange(4).hsplit(2)[0] // tensor([0, 1])
 */
export const hsplit =
  op<[(input: Tensor, sections: number) => Tensor[], (input: Tensor, indices: Size) => Tensor[]]>('aten::hsplit');

/**
 * Views of parts below each other: along the first dimension.
 *
 * @throws when the input has fewer than two dimensions, or its size is no multiple of `sections`
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.vsplit.html
 * @example
 * torch.ones(4, 2).vsplit(2)[0].shape // [ 2, 2 ]
 */
export const vsplit =
  op<[(input: Tensor, sections: number) => Tensor[], (input: Tensor, indices: Size) => Tensor[]]>('aten::vsplit');

/**
 * Views of parts behind each other: along the third dimension.
 *
 * @throws when the input has fewer than three dimensions, or its size is no multiple of `sections`
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.dsplit.html
 * @example
 * torch.ones(1, 2, 4).dsplit([1, 4])[1].shape // [ 1, 2, 3 ]
 */
export const dsplit =
  op<[(input: Tensor, sections: number) => Tensor[], (input: Tensor, indices: Size) => Tensor[]]>('aten::dsplit');

/**
 * Views of the slices along a dimension, without that dimension.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.unbind.html
 * @example
 * torch.tensor([[1, 2], [3, 4]]).unbind(1)[0] // tensor([1, 3])
 */
export const unbind =
  op<(input: Tensor, dim?: number | SplitOptions, options?: SplitOptions) => Tensor[]>('aten::unbind');

/**
 * As {@link chunk}, of which the graph does not know that the parts share memory.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.unsafe_chunk.html
 * @example
 * torch.unsafeChunk(torch.arange(4), 2)[0] // tensor([0, 1])
 */
export const unsafeChunk =
  op<(input: Tensor, chunks: number, dim?: number | SplitOptions, options?: SplitOptions) => Tensor[]>(
    'aten::unsafe_chunk',
  );

/**
 * As {@link split}, of which the graph does not know that the parts share memory.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.unsafe_split.html
 * @example
 * torch.unsafeSplit(torch.arange(4), 2)[0] // tensor([0, 1])
 */
export const unsafeSplit =
  op<(input: Tensor, splitSize: number, dim?: number | SplitOptions, options?: SplitOptions) => Tensor[]>(
    'aten::unsafe_split',
  );

/**
 * As {@link splitWithSizes}, of which the graph does not know that the parts share memory.
 *
 * @example
 * torch.unsafeSplitWithSizes(torch.arange(4), [1, 3])[1] // tensor([1, 2, 3])
 */
export const unsafeSplitWithSizes = op<
  (input: Tensor, splitSizes: Size, dim?: number | SplitOptions, options?: SplitOptions) => Tensor[]
>('aten::unsafe_split_with_sizes');
