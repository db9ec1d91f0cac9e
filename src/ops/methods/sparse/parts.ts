import { method } from '../../op.js';
import type { Size } from '../../../shape.js';
import type { Tensor } from '../../../tensor.js';

type Resize = (input: Tensor, size: Size, sparseDim: number, denseDim: number) => Tensor;

/**
 * Where each column starts in {@link rowIndices}, and at the end their number, of a tensor that is compressed by
 * columns.
 *
 * @throws when the layout is neither `sparse_csc` nor `sparse_bsc`
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.ccol_indices.html
 * @example
 * torch.tensor([[0, 5], [6, 0]]).toSparseCsc().ccolIndices() // tensor([0, 1, 2])
 */
export const ccolIndices = method<(input: Tensor) => Tensor>('aten::ccol_indices');

/**
 * The sparse tensor with its places in order, each once: values of one place are added. The tensor itself where that
 * is so already.
 *
 * @throws when the layout is not `sparse_coo`
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.coalesce.html
 * @example
 * const x = torch.sparseCooTensor(torch.tensor([[1, 1]]), torch.tensor([5, 6]), [3])
 * x.coalesce().values() // tensor([11])
 */
export const coalesce = method<(input: Tensor) => Tensor>('aten::coalesce');

/**
 * The column of each value, or block, of a tensor that is compressed by rows.
 *
 * @throws when the layout is neither `sparse_csr` nor `sparse_bsr`
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.col_indices.html
 * @example
 * torch.tensor([[0, 5], [6, 0]]).toSparseCsr().colIndices() // tensor([1, 0])
 */
export const colIndices = method<(input: Tensor) => Tensor>('aten::col_indices');

/**
 * Where each row starts in {@link colIndices}, and at the end their number, of a tensor that is compressed by rows.
 *
 * @throws when the layout is neither `sparse_csr` nor `sparse_bsr`
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.crow_indices.html
 * @example
 * torch.tensor([[0, 5], [6, 0]]).toSparseCsr().crowIndices() // tensor([0, 1, 2])
 */
export const crowIndices = method<(input: Tensor) => Tensor>('aten::crow_indices');

/**
 * The number of dimensions that every value has of its own; of a dense tensor, of all.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.dense_dim.html
 * @example
 * torch.eye(2).toSparse(1).denseDim() // 1
 */
export const denseDim = method<(input: Tensor) => number>('aten::dense_dim');

/**
 * The places of the values: a row for each sparse dimension, a column for each value.
 *
 * @throws when the layout is not `sparse_coo`, or the tensor is not coalesced
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.indices.html
 * @example
 * torch.tensor([[0, 5], [6, 0]]).toSparse().indices() // tensor([[0, 1], [1, 0]])
 */
export const indices = method<(input: Tensor) => Tensor>('aten::indices');

/**
 * Whether the places are known to be in order, each once.
 *
 * @throws when the layout is not `sparse_coo`
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.is_coalesced.html
 * @example
 * torch.sparseCooTensor(torch.tensor([[1, 1]]), torch.ones(2), [3]).isCoalesced() // false
 */
export const isCoalesced = method<(input: Tensor) => boolean>('aten::is_coalesced');

/**
 * The row of each value, or block, of a tensor that is compressed by columns.
 *
 * @throws when the layout is neither `sparse_csc` nor `sparse_bsc`
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.row_indices.html
 * @example
 * torch.tensor([[0, 5], [6, 0]]).toSparseCsc().rowIndices() // tensor([1, 0])
 */
export const rowIndices = method<(input: Tensor) => Tensor>('aten::row_indices');

/**
 * The number of dimensions that places address; 0 of a dense tensor.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.sparse_dim.html
 * @example
 * torch.eye(2).toSparse().sparseDim() // 2
 */
export const sparseDim = method<(input: Tensor) => number>('aten::sparse_dim');

/**
 * The elements of this tensor at the places that a sparse tensor has, in that one's layout. Its values are not read.
 *
 * @param mask - a sparse tensor of the same shape
 * @throws when the mask is not sparse, or the shapes differ
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.sparse_mask.html
 * @example
 * const mask = torch.eye(2).toSparse()
 * torch.tensor([[1, 2], [3, 4]]).sparseMask(mask).values() // tensor([1, 4])
 */
export const sparseMask = method<(input: Tensor, mask: Tensor) => Tensor>('aten::sparse_mask');

/**
 * Changes the sizes of a sparse tensor, in place, and how many of its dimensions places address. One that holds values
 * can only grow in its sparse dimensions.
 *
 * @throws when it holds values and a sparse dimension would shrink, or the split into sparse and dense ones change
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.sparse_resize_.html
 * @example
 * torch.ones(1, 2).toSparse().sparseResize_([2, 2], 2, 0).toDense() // tensor([[1., 1.], [0., 0.]])
 */
export const sparseResize_ = method<Resize>('aten::sparse_resize_');

/**
 * Changes the sizes of a sparse tensor, in place, and how many of its dimensions places address, and drops all values.
 *
 * @throws when the tensor is not sparse, or `sparseDim` and `denseDim` do not add up to the number of sizes
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.sparse_resize_and_clear_.html
 * @example
 * torch.ones(1, 2).toSparse().sparseResizeAndClear_([2, 2], 2, 0).toDense() // tensor([[0., 0.], [0., 0.]])
 */
export const sparseResizeAndClear_ = method<Resize>('aten::sparse_resize_and_clear_');

/**
 * The values of a sparse tensor, in the order of their places: `(n, ...dense dimensions)`, or blocks.
 *
 * @throws when the tensor is dense, or in the layout `sparse_coo` and not coalesced
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.values.html
 * @example
 * torch.tensor([[0, 5], [6, 0]]).toSparse().values() // tensor([5, 6])
 */
export const values = method<(input: Tensor) => Tensor>('aten::values');
