import { fn } from '../op.js';
import { inferring } from './infer.js';
import type { Layout } from '../../device.js';
import type { Size, SizesThen, TensorOptions } from '../../shape.js';
import type { Tensor } from '../../tensor.js';

/** What {@link sparseCooTensor} takes by name. */
export interface SparseCooTensorOptions extends TensorOptions {
  /** Whether the places are known to be in order, each once. Nothing checks that. */
  isCoalesced?: boolean | null;
}

/** What {@link sparseCompressedTensor} takes by name. */
export interface SparseCompressedTensorOptions extends TensorOptions {
  /** Which of the compressed layouts. */
  layout: Layout;
}

type ByRows = [
  (crowIndices: Tensor, colIndices: Tensor, values: Tensor, size: Size, options?: TensorOptions) => Tensor,
  (crowIndices: Tensor, colIndices: Tensor, values: Tensor, options?: TensorOptions) => Tensor,
];
type ByColumns = [
  (ccolIndices: Tensor, rowIndices: Tensor, values: Tensor, size: Size, options?: TensorOptions) => Tensor,
  (ccolIndices: Tensor, rowIndices: Tensor, values: Tensor, options?: TensorOptions) => Tensor,
];

/**
 * A sparse tensor of the places of its elements and their values, in the layout `sparse_coo`. Values of one place add
 * up; {@link Tensor.coalesce} does the addition. Sizes alone make an empty one.
 *
 * dtype and device are those of `values` unless options name others.
 *
 * @param indices - `(sparse dimensions, n)`, int64: a column of indices for each value
 * @param values - `(n, ...dense dimensions)`
 * @param size - the sizes; the smallest that hold all places unless given
 * @throws when an index is negative, or not below its size
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.sparse_coo_tensor.html
 * @example
 * const places = torch.tensor([[0, 1], [1, 0]])
 * torch.sparseCooTensor(places, torch.tensor([5, 6]), [2, 2]).toDense() // tensor([[0, 5], [6, 0]])
 */
export const sparseCooTensor = inferring(
  fn<
    [
      (...size: SizesThen<SparseCooTensorOptions>) => Tensor,
      (indices: Tensor, values: Tensor, options?: SparseCooTensorOptions) => Tensor,
      (indices: Tensor, values: Tensor, size: Size, options?: SparseCooTensorOptions) => Tensor,
    ]
  >('aten::sparse_coo_tensor'),
  1,
);

/**
 * A sparse tensor in the compressed layout that the options name: {@link sparseCsrTensor}, {@link sparseCscTensor},
 * {@link sparseBsrTensor} and {@link sparseBscTensor} in one.
 *
 * dtype and device are those of `values` unless options name others.
 *
 * @param compressedIndices - where each row (or column, of `sparse_csc` and `sparse_bsc`) starts in `plainIndices`,
 *   and at the end their number
 * @param plainIndices - the column (or row) of each value
 * @param values - the elements, or blocks
 * @param size - the sizes; the smallest that hold all places unless given
 * @throws when the options name no layout, or the indices make no such tensor
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.sparse_compressed_tensor.html
 * @example
 * const [rows, columns, values] = [[0, 1, 2], [1, 0], [5.5, 6]].map((list) => torch.tensor(list))
 * torch.sparseCompressedTensor(rows, columns, values, [2, 2], { layout: 'sparse_csr' }).values() // tensor([5.5000, 6.0000])
 */
export const sparseCompressedTensor = inferring(
  fn<
    [
      (
        compressedIndices: Tensor,
        plainIndices: Tensor,
        values: Tensor,
        size: Size,
        options: SparseCompressedTensorOptions,
      ) => Tensor,
      (
        compressedIndices: Tensor,
        plainIndices: Tensor,
        values: Tensor,
        options: SparseCompressedTensorOptions,
      ) => Tensor,
    ]
  >('aten::sparse_compressed_tensor'),
  2,
);

/**
 * A sparse matrix, compressed by rows: the layout for products with vectors and matrices.
 *
 * Row `i` has the columns `colIndices[crowIndices[i] .. crowIndices[i + 1]]`.
 *
 * dtype and device are those of `values` unless options name others.
 *
 * @param crowIndices - `(rows + 1)`, from 0 to the number of values
 * @param colIndices - `(n)`, of the dtype of `crowIndices`
 * @param values - `(n)`
 * @param size - the sizes; the smallest that hold all places unless given
 * @throws when the indices make no such tensor
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.sparse_csr_tensor.html
 * @example
 * const [rows, columns, values] = [[0, 1, 2], [1, 0], [5.5, 6]].map((list) => torch.tensor(list))
 * torch.sparseCsrTensor(rows, columns, values, [2, 2]).toDense() // tensor([[0.0000, 5.5000], [6.0000, 0.0000]])
 */
export const sparseCsrTensor = inferring(fn<ByRows>('aten::sparse_csr_tensor'), 2);

/**
 * A sparse matrix, compressed by columns.
 *
 * Column `j` has the rows `rowIndices[ccolIndices[j] .. ccolIndices[j + 1]]`.
 *
 * dtype and device are those of `values` unless options name others.
 *
 * @param ccolIndices - `(columns + 1)`, from 0 to the number of values
 * @param rowIndices - `(n)`, of the dtype of `ccolIndices`
 * @param values - `(n)`
 * @param size - the sizes; the smallest that hold all places unless given
 * @throws when the indices make no such tensor
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.sparse_csc_tensor.html
 * @example
 * const [columns, rows, values] = [[0, 2, 2], [0, 1], [5.5, 6]].map((list) => torch.tensor(list))
 * torch.sparseCscTensor(columns, rows, values, [2, 2]).toDense() // tensor([[5.5000, 0.0000], [6.0000, 0.0000]])
 */
export const sparseCscTensor = inferring(fn<ByColumns>('aten::sparse_csc_tensor'), 2);

/**
 * A sparse matrix of dense blocks of one shape, compressed by rows of blocks.
 *
 * Indices count blocks.
 *
 * dtype and device are those of `values` unless options name others.
 *
 * @param crowIndices - `(rows of blocks + 1)`, from 0 to the number of blocks
 * @param colIndices - `(n)`, of the dtype of `crowIndices`
 * @param values - `(n, block rows, block columns)`
 * @param size - the sizes, in elements; the smallest that hold all blocks unless given
 * @throws when the indices make no such tensor
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.sparse_bsr_tensor.html
 * @example
 * const [rows, columns, values] = [[0, 1], [1], [[[5.5, 6]]]].map((list) => torch.tensor(list))
 * torch.sparseBsrTensor(rows, columns, values, [1, 4]).toDense() // tensor([[0.0000, 0.0000, 5.5000, 6.0000]])
 */
export const sparseBsrTensor = inferring(fn<ByRows>('aten::sparse_bsr_tensor'), 2);

/**
 * A sparse matrix of dense blocks of one shape, compressed by columns of blocks.
 *
 * Indices count blocks.
 *
 * dtype and device are those of `values` unless options name others.
 *
 * @param ccolIndices - `(columns of blocks + 1)`, from 0 to the number of blocks
 * @param rowIndices - `(n)`, of the dtype of `ccolIndices`
 * @param values - `(n, block rows, block columns)`
 * @param size - the sizes, in elements; the smallest that hold all blocks unless given
 * @throws when the indices make no such tensor
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.sparse_bsc_tensor.html
 * @example
 * const [columns, rows, values] = [[0, 0, 1], [0], [[[5.5, 6]]]].map((list) => torch.tensor(list))
 * torch.sparseBscTensor(columns, rows, values, [1, 4]).toDense() // tensor([[0.0000, 0.0000, 5.5000, 6.0000]])
 */
export const sparseBscTensor = inferring(fn<ByColumns>('aten::sparse_bsc_tensor'), 2);
