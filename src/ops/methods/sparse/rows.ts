import { method } from '../../op.js';
import type { Extent, Size } from '../../../shape.js';
import type { Layout } from '../../../device.js';
import type { Dtype } from '../../../dtype.js';
import type { Tensor } from '../../../tensor.js';

/**
 * Where each column begins, of a tensor compressed by columns.
 *
 * @example
 * torch.eye(2).toSparseCsc().ccolIndices() // tensor([0, 1, 2])
 */
export const ccolIndices = method<(input: Tensor) => Tensor>('aten::ccol_indices');

/**
 * A sparse tensor with values of one place added up, in order.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.coalesce.html
 * @example
 * torch.eye(2).toSparse().coalesce().isCoalesced() // true
 */
export const coalesce = method<(input: Tensor) => Tensor>('aten::coalesce');

/**
 * The column of each value, of a tensor compressed by rows.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.col_indices.html
 * @example
 * torch.eye(2).toSparseCsr().colIndices() // tensor([0, 1])
 */
export const colIndices = method<(input: Tensor) => Tensor>('aten::col_indices');

/**
 * Where each row begins, of a tensor compressed by rows.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.crow_indices.html
 * @example
 * torch.eye(2).toSparseCsr().crowIndices() // tensor([0, 1, 2])
 */
export const crowIndices = method<(input: Tensor) => Tensor>('aten::crow_indices');

/**
 * The number of dense dimensions.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.dense_dim.html
 * @example
 * torch.eye(2).toSparse().denseDim() // 0
 */
export const denseDim = method<(input: Tensor) => number>('aten::dense_dim');

/**
 * The places of the values of a sparse tensor.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.indices.html
 * @example
 * torch.eye(2).toSparse().indices() // tensor([[0, 1], [0, 1]])
 */
export const indices = method<(input: Tensor) => Tensor>('aten::indices');

/**
 * Whether a sparse tensor has each place once, in order.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.is_coalesced.html
 * @example
 * torch.eye(2).toSparse().isCoalesced() // true
 */
export const isCoalesced = method<(input: Tensor) => boolean>('aten::is_coalesced');

/**
 * The row of each value, of a tensor compressed by columns.
 *
 * @example
 * torch.eye(2).toSparseCsc().rowIndices() // tensor([0, 1])
 */
export const rowIndices = method<(input: Tensor) => Tensor>('aten::row_indices');

/**
 * The number of sparse dimensions.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.sparse_dim.html
 * @example
 * torch.eye(2).toSparse().sparseDim() // 2
 */
export const sparseDim = method<(input: Tensor) => number>('aten::sparse_dim');

/**
 * The elements at the places that a sparse mask has.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.sparse_mask.html
 * @example
 * torch.ones(2).sparseMask(torch.tensor([0, 1]).float().toSparse()).toDense() // tensor([0., 1.])
 */
export const sparseMask = method<(input: Tensor, mask: Tensor) => Tensor>('aten::sparse_mask');

/**
 * Resizes a sparse tensor, in place.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.sparse_resize_.html
 */
export const sparseResize_ =
  method<(input: Tensor, size: Size, sparseDim: number, denseDim: number) => Tensor>('aten::sparse_resize_');

/**
 * Resizes a sparse tensor and empties it, in place.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.sparse_resize_and_clear_.html
 */
export const sparseResizeAndClear_ = method<(input: Tensor, size: Size, sparseDim: number, denseDim: number) => Tensor>(
  'aten::sparse_resize_and_clear_',
);

/** What {@link toDense} takes by name. */
export interface ToDenseOptions {
  /** The dtype of the result, or to compute in. */
  dtype?: Dtype | null;
  maskedGrad?: boolean | null;
}

/**
 * The tensor with all elements, those that are zero included.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.to_dense.html
 * @example
 * torch.eye(2).toSparse().toDense() // tensor([[1., 0.], [0., 1.]])
 */
export const toDense =
  method<(input: Tensor, dtype?: Dtype | null | ToDenseOptions, options?: ToDenseOptions) => Tensor>('aten::to_dense');

/** What {@link toMkldnn} takes by name. */
export interface ToMkldnnOptions {
  /** The dtype of the result, or to compute in. */
  dtype?: Dtype | null;
}

/**
 * In the layout of oneDNN.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.to_mkldnn.html
 * @example
 * torch.ones(1).toMkldnn().toDense() // tensor([1.])
 */
export const toMkldnn =
  method<(input: Tensor, dtype?: Dtype | null | ToMkldnnOptions, options?: ToMkldnnOptions) => Tensor>(
    'aten::to_mkldnn',
  );

/** What {@link toPaddedTensor} takes by name. */
export interface ToPaddedTensorOptions {
  outputSize?: Size | null;
}

/**
 * A nested tensor as one tensor, filled up.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.to_padded_tensor.html
 */
export const toPaddedTensor =
  method<
    (
      input: Tensor,
      padding: number,
      outputSize?: Size | null | ToPaddedTensorOptions,
      options?: ToPaddedTensorOptions,
    ) => Tensor
  >('aten::to_padded_tensor');

/** What {@link toSparse} takes by name. */
export interface ToSparseOptions {
  /** The layout of the result. */
  layout?: Layout | null;
  /** Rows and columns of a block. */
  blocksize?: Extent | null;
  denseDim?: number | null;
}

/**
 * The tensor with only the elements that are not zero.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.to_sparse.html
 * @example
 * torch.eye(2).toSparse().layout // 'sparse_coo'
 */
export const toSparse =
  method<
    [
      (input: Tensor, sparseDim: number, options?: ToSparseOptions) => Tensor,
      (input: Tensor, options?: ToSparseOptions) => Tensor,
    ]
  >('aten::to_sparse');

/** What {@link toSparseBsc} takes by name. */
export interface ToSparseBscOptions {
  denseDim?: number | null;
}

/**
 * As a sparse tensor of blocks compressed by columns.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.to_sparse_bsc.html
 * @example
 * torch.eye(2).toSparseBsc([1, 1]).layout // 'sparse_bsc'
 */
export const toSparseBsc =
  method<
    (
      input: Tensor,
      blocksize: Extent,
      denseDim?: number | null | ToSparseBscOptions,
      options?: ToSparseBscOptions,
    ) => Tensor
  >('aten::to_sparse_bsc');

/** What {@link toSparseBsr} takes by name. */
export interface ToSparseBsrOptions {
  denseDim?: number | null;
}

/**
 * As a sparse tensor of blocks compressed by rows.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.to_sparse_bsr.html
 * @example
 * torch.eye(2).toSparseBsr([1, 1]).layout // 'sparse_bsr'
 */
export const toSparseBsr =
  method<
    (
      input: Tensor,
      blocksize: Extent,
      denseDim?: number | null | ToSparseBsrOptions,
      options?: ToSparseBsrOptions,
    ) => Tensor
  >('aten::to_sparse_bsr');

/** What {@link toSparseCsc} takes by name. */
export interface ToSparseCscOptions {
  denseDim?: number | null;
}

/**
 * As a sparse tensor compressed by columns.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.to_sparse_csc.html
 * @example
 * torch.eye(2).toSparseCsc().layout // 'sparse_csc'
 */
export const toSparseCsc =
  method<(input: Tensor, denseDim?: number | null | ToSparseCscOptions, options?: ToSparseCscOptions) => Tensor>(
    'aten::to_sparse_csc',
  );

/** What {@link toSparseCsr} takes by name. */
export interface ToSparseCsrOptions {
  denseDim?: number | null;
}

/**
 * As a sparse tensor compressed by rows.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.to_sparse_csr.html
 * @example
 * torch.eye(2).toSparseCsr().layout // 'sparse_csr'
 */
export const toSparseCsr =
  method<(input: Tensor, denseDim?: number | null | ToSparseCsrOptions, options?: ToSparseCsrOptions) => Tensor>(
    'aten::to_sparse_csr',
  );

/**
 * The values of a sparse tensor.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.values.html
 * @example
 * torch.eye(2).toSparse().values() // tensor([1., 1.])
 */
export const values = method<(input: Tensor) => Tensor>('aten::values');
