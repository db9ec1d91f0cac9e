import { fn } from '../op.js';
import type { OutOptions } from '../../shape.js';
import type { Tensor } from '../../tensor.js';

/** What {@link cat} takes by name. */
export interface CatOptions {
  /** The dimension, or dimensions, to work along. */
  dim?: number;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * Tensors one after the other along a dimension.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.cat.html
 * @example
 * torch.cat([torch.tensor([1, 2]), torch.tensor([3])]) // tensor([1, 2, 3])
 */
export const cat =
  fn<(tensors: readonly Tensor[], dim?: number | CatOptions, options?: CatOptions) => Tensor>('aten::cat');

/** What {@link concat} takes by name. */
export interface ConcatOptions {
  /** The dimension, or dimensions, to work along. */
  dim?: number;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * Alias of {@link cat}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.concat.html
 * @example
 * torch.concat([torch.tensor([1]), torch.tensor([2])]) // tensor([1, 2])
 */
export const concat =
  fn<(tensors: readonly Tensor[], dim?: number | ConcatOptions, options?: ConcatOptions) => Tensor>('aten::concat');

/** What {@link concatenate} takes by name. */
export interface ConcatenateOptions {
  /** The dimension, or dimensions, to work along. */
  dim?: number;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * Alias of {@link cat}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.concatenate.html
 * @example
 * torch.concatenate([torch.tensor([1]), torch.tensor([2])]) // tensor([1, 2])
 */
export const concatenate =
  fn<(tensors: readonly Tensor[], dim?: number | ConcatenateOptions, options?: ConcatenateOptions) => Tensor>(
    'aten::concatenate',
  );

/** What {@link stack} takes by name. */
export interface StackOptions {
  /** The dimension, or dimensions, to work along. */
  dim?: number;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * Tensors of one shape along a new dimension.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.stack.html
 * @example
 * torch.stack([torch.tensor([1, 2]), torch.tensor([3, 4])]) // tensor([[1, 2], [3, 4]])
 */
export const stack =
  fn<(tensors: readonly Tensor[], dim?: number | StackOptions, options?: StackOptions) => Tensor>('aten::stack');

/**
 * Tensors side by side: along the second dimension, or the only one.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.hstack.html
 * @example
 * torch.hstack([torch.tensor([1]), torch.tensor([2])]) // tensor([1, 2])
 */
export const hstack = fn<(tensors: readonly Tensor[], options?: OutOptions) => Tensor>('aten::hstack');

/**
 * Tensors below each other: along the first dimension.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.vstack.html
 * @example
 * torch.vstack([torch.tensor([1]), torch.tensor([2])]) // tensor([[1], [2]])
 */
export const vstack = fn<(tensors: readonly Tensor[], options?: OutOptions) => Tensor>('aten::vstack');

/**
 * Tensors behind each other: along the third dimension.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.dstack.html
 * @example
 * torch.dstack([torch.tensor([1]), torch.tensor([2])]) // tensor([[[1, 2]]])
 */
export const dstack = fn<(tensors: readonly Tensor[], options?: OutOptions) => Tensor>('aten::dstack');

/**
 * Vectors as the columns of a matrix.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.column_stack.html
 * @example
 * torch.columnStack([torch.tensor([1, 2]), torch.tensor([3, 4])]) // tensor([[1, 3], [2, 4]])
 */
export const columnStack = fn<(tensors: readonly Tensor[], options?: OutOptions) => Tensor>('aten::column_stack');

/**
 * Alias of {@link vstack}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.row_stack.html
 * @example
 * torch.rowStack([torch.tensor([1]), torch.tensor([2])]) // tensor([[1], [2]])
 */
export const rowStack = fn<(tensors: readonly Tensor[], options?: OutOptions) => Tensor>('aten::row_stack');

/**
 * Matrices along the diagonal of a matrix of zeros.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.block_diag.html
 * @example
 * torch.blockDiag([torch.tensor([[1]]), torch.tensor([[2]])]) // tensor([[1, 0], [0, 2]])
 */
export const blockDiag = fn<(tensors: readonly Tensor[]) => Tensor>('aten::block_diag');

/**
 * Tensors expanded to the shape that they broadcast to.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.broadcast_tensors.html
 * @example
 * torch.broadcastTensors([torch.ones(2, 1), torch.ones(3)])[0].shape // [ 2, 3 ]
 */
export const broadcastTensors = fn<(tensors: readonly Tensor[]) => Tensor[]>('aten::broadcast_tensors');

/**
 * All combinations of elements of the vectors, a row each.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.cartesian_prod.html
 * @example
 * torch.cartesianProd([torch.tensor([1, 2]), torch.tensor([3])]) // tensor([[1, 3], [2, 3]])
 */
export const cartesianProd = fn<(tensors: readonly Tensor[]) => Tensor>('aten::cartesian_prod');

/** What {@link combinations} takes by name. */
export interface CombinationsOptions {
  /** How many elements each combination has. 2 unless given. */
  r?: number;
  /** Whether an element may be taken more than once. `false` unless given. */
  withReplacement?: boolean;
}

/**
 * The combinations of `r` elements of a vector, a row each.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.combinations.html
 * @example
 * torch.combinations(torch.tensor([1, 2, 3]), 2) // tensor([[1, 2], [1, 3], [2, 3]])
 */
export const combinations =
  fn<
    (
      input: Tensor,
      r?: number | CombinationsOptions,
      withReplacement?: boolean | CombinationsOptions,
      options?: CombinationsOptions,
    ) => Tensor
  >('aten::combinations');

/** What {@link meshgrid} takes by name. */
export interface MeshgridOptions {
  /** `ij` for rows first, as matrices, or `xy` for columns first, as pictures. `ij` unless given. */
  indexing?: string;
}

/**
 * The coordinates of a grid, a tensor for each of the given axes.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.meshgrid.html
 * @example
 * torch.meshgrid([torch.tensor([1, 2]), torch.tensor([3])], { indexing: 'ij' })[0] // tensor([[1], [2]])
 */
export const meshgrid = fn<(tensors: readonly Tensor[], options?: MeshgridOptions) => Tensor[]>('aten::meshgrid');

/**
 * The input with at least one dimension; a list gives a list.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.atleast_1d.html
 * @example
 * torch.atleast1d(torch.tensor(1)).shape // [ 1 ]
 */
export const atleast1d = fn<[(input: Tensor) => Tensor, (tensors: readonly Tensor[]) => Tensor[]]>('aten::atleast_1d');

/**
 * The input with at least two dimensions; a list gives a list.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.atleast_2d.html
 * @example
 * torch.atleast2d(torch.tensor(1)).shape // [ 1, 1 ]
 */
export const atleast2d = fn<[(input: Tensor) => Tensor, (tensors: readonly Tensor[]) => Tensor[]]>('aten::atleast_2d');

/**
 * The input with at least three dimensions; a list gives a list.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.atleast_3d.html
 * @example
 * torch.atleast3d(torch.tensor(1)).shape // [ 1, 1, 1 ]
 */
export const atleast3d = fn<[(input: Tensor) => Tensor, (tensors: readonly Tensor[]) => Tensor[]]>('aten::atleast_3d');
