import { fn, op } from '../op.js';
import type { OutOptions, Size, Sizes } from '../../shape.js';
import type { Tensor } from '../../tensor.js';

/**
 * A view of matrices, transposed and conjugated.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.adjoint.html
 * @example
 * torch.adjoint(torch.ones(2, 3)).shape // [ 3, 2 ]
 */
export const adjoint = op<(input: Tensor) => Tensor>('aten::adjoint');

/**
 * A view of the whole tensor.
 *
 * @example
 * torch.alias(torch.tensor([1, 2])) // tensor([1, 2])
 */
export const alias = op<(input: Tensor) => Tensor>('aten::alias');

/**
 * As {@link alias}, as a copy rather than a view.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.alias_copy.html
 * @example
 * torch.aliasCopy(torch.tensor([0.5, 1])) // tensor([0.5000, 1.0000])
 */
export const aliasCopy = fn<(input: Tensor) => Tensor>('aten::alias_copy');

/** What {@link asStrided} takes by name. */
export interface AsStridedOptions {
  storageOffset?: number | null;
}

/**
 * A view with sizes, strides and an offset of one's own.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.as_strided.html
 * @example
 * torch.asStrided(torch.arange(4), [2, 2], [1, 2]) // tensor([[0, 2], [1, 3]])
 */
export const asStrided =
  op<
    (
      input: Tensor,
      size: Size,
      stride: Size,
      storageOffset?: number | null | AsStridedOptions,
      options?: AsStridedOptions,
    ) => Tensor
  >('aten::as_strided');

/** What {@link asStrided_} takes by name. */
export interface AsStridedInPlaceOptions {
  storageOffset?: number | null;
}

/**
 * In place of {@link asStrided}: the tensor itself gets the sizes and strides.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.as_strided_.html
 * @example
 * torch.arange(4).asStrided_([2], [2]) // tensor([0, 2])
 */
export const asStrided_ =
  op<
    (
      input: Tensor,
      size: Size,
      stride: Size,
      storageOffset?: number | null | AsStridedInPlaceOptions,
      options?: AsStridedInPlaceOptions,
    ) => Tensor
  >('aten::as_strided_');

/** What {@link asStridedCopy} takes by name. */
export interface AsStridedCopyOptions {
  storageOffset?: number | null;
}

/**
 * As {@link asStrided}, as a copy rather than a view.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.as_strided_copy.html
 */
export const asStridedCopy =
  fn<
    (
      input: Tensor,
      size: Size,
      stride: Size,
      storageOffset?: number | null | AsStridedCopyOptions,
      options?: AsStridedCopyOptions,
    ) => Tensor
  >('aten::as_strided_copy');

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
 * A view expanded to a shape.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.broadcast_to.html
 * @example
 * torch.broadcastTo(torch.tensor([1, 2]), [2, 2]) // tensor([[1, 2], [1, 2]])
 */
export const broadcastTo = op<(input: Tensor, ...size: Sizes) => Tensor>('aten::broadcast_to');

/**
 * All combinations of elements of the vectors, a row each.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.cartesian_prod.html
 * @example
 * torch.cartesianProd([torch.tensor([1, 2]), torch.tensor([3])]) // tensor([[1, 3], [2, 3]])
 */
export const cartesianProd = fn<(tensors: readonly Tensor[]) => Tensor>('aten::cartesian_prod');

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

/**
 * Where each column begins, as a copy.
 *
 * @example
 * torch.ccolIndicesCopy(torch.eye(2).toSparseCsc()) // tensor([0, 1, 2])
 */
export const ccolIndicesCopy = fn<(input: Tensor) => Tensor>('aten::ccol_indices_copy');

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

/**
 * The column of each value, as a copy.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.col_indices_copy.html
 * @example
 * torch.colIndicesCopy(torch.eye(2).toSparseCsr()) // tensor([0, 1])
 */
export const colIndicesCopy = fn<(input: Tensor) => Tensor>('aten::col_indices_copy');

/**
 * Vectors as the columns of a matrix.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.column_stack.html
 * @example
 * torch.columnStack([torch.tensor([1, 2]), torch.tensor([3, 4])]) // tensor([[1, 3], [2, 4]])
 */
export const columnStack = fn<(tensors: readonly Tensor[], options?: OutOptions) => Tensor>('aten::column_stack');

/** What {@link combinations} takes by name. */
export interface CombinationsOptions {
  r?: number;
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

/**
 * Where each row begins, as a copy.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.crow_indices_copy.html
 * @example
 * torch.crowIndicesCopy(torch.eye(2).toSparseCsr()) // tensor([0, 1, 2])
 */
export const crowIndicesCopy = fn<(input: Tensor) => Tensor>('aten::crow_indices_copy');

/**
 * The same elements without a graph, sharing memory.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.detach.html
 * @example
 * torch.ones(1, { requiresGrad: true }).detach().requiresGrad // false
 */
export const detach = op<(input: Tensor) => Tensor>('aten::detach');

/**
 * Takes the tensor out of its graph, in place.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.detach_.html
 * @example
 * torch.ones(1).detach_() // tensor([1.])
 */
export const detach_ = op<(input: Tensor) => Tensor>('aten::detach_');

/**
 * As {@link detach}, as a copy rather than a view.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.detach_copy.html
 * @example
 * torch.detachCopy(torch.tensor([0.5, 1])) // tensor([0.5000, 1.0000])
 */
export const detachCopy = fn<(input: Tensor) => Tensor>('aten::detach_copy');
