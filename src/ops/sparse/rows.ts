import { fn, op } from '../op.js';
import type { OutOptions, Scalar, Size, SizesThen, TensorOptions } from '../../shape.js';
import type { Tensor } from '../../tensor.js';

/** What {@link copySparseToSparse_} takes by name. */
export interface CopySparseToSparseInPlaceOptions {
  /** Whether the copy may run beside other work. */
  nonBlocking?: boolean;
}

/**
 * Copies one sparse tensor to another, in place.
 */
export const copySparseToSparse_ =
  fn<
    (
      input: Tensor,
      src: Tensor,
      nonBlocking?: boolean | CopySparseToSparseInPlaceOptions,
      options?: CopySparseToSparseInPlaceOptions,
    ) => Tensor
  >('aten::copy_sparse_to_sparse_');

/**
 * The product of a sparse and a dense matrix, as a hybrid sparse tensor.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.hspmm.html
 */
export const hspmm = fn<(mat1: Tensor, mat2: Tensor, options?: OutOptions) => Tensor>('aten::hspmm');

/**
 * The product of a sparse and a dense matrix.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.smm.html
 * @example
 * torch.smm(torch.eye(2).toSparse(), torch.ones(2, 1)).toDense() // tensor([[1.], [1.]])
 */
export const smm = op<(input: Tensor, mat2: Tensor) => Tensor>('aten::smm');

/**
 * A sparse tensor of blocks compressed by columns.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.sparse_bsc_tensor.html
 */
export const sparseBscTensor =
  fn<
    [
      (ccolIndices: Tensor, rowIndices: Tensor, values: Tensor, size: Size, options?: TensorOptions) => Tensor,
      (ccolIndices: Tensor, rowIndices: Tensor, values: Tensor, options?: TensorOptions) => Tensor,
    ]
  >('aten::sparse_bsc_tensor');

/**
 * A sparse tensor of blocks compressed by rows.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.sparse_bsr_tensor.html
 */
export const sparseBsrTensor =
  fn<
    [
      (crowIndices: Tensor, colIndices: Tensor, values: Tensor, size: Size, options?: TensorOptions) => Tensor,
      (crowIndices: Tensor, colIndices: Tensor, values: Tensor, options?: TensorOptions) => Tensor,
    ]
  >('aten::sparse_bsr_tensor');

/**
 * A sparse tensor of compressed and plain indices and values.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.sparse_compressed_tensor.html
 * @example
 * torch.sparseCompressedTensor(torch.tensor([0, 1]), torch.tensor([0]), torch.ones(1), [1, 2], { layout: 'sparse_csr' }).toDense() // tensor([[1., 0.]])
 */
export const sparseCompressedTensor = fn<
  [
    (compressedIndices: Tensor, plainIndices: Tensor, values: Tensor, size: Size, options?: TensorOptions) => Tensor,
    (compressedIndices: Tensor, plainIndices: Tensor, values: Tensor, options?: TensorOptions) => Tensor,
  ]
>('aten::sparse_compressed_tensor');

/** What {@link sparseCooTensor} takes by name. */
export interface SparseCooTensorOptions extends TensorOptions {
  /** Whether indices are known to be unique and in order. */
  isCoalesced?: boolean | null;
}

/**
 * A sparse tensor of the places of values, `(dims, n)`, and the values.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.sparse_coo_tensor.html
 * @example
 * torch.sparseCooTensor(torch.tensor([[0, 2]]), torch.tensor([1.5, 2]), [3]).toDense() // tensor([1.5000, 0.0000, 2.0000])
 */
export const sparseCooTensor =
  fn<
    [
      (...size: SizesThen<SparseCooTensorOptions>) => Tensor,
      (indices: Tensor, values: Tensor, options?: SparseCooTensorOptions) => Tensor,
      (indices: Tensor, values: Tensor, size: Size, options?: SparseCooTensorOptions) => Tensor,
    ]
  >('aten::sparse_coo_tensor');

/**
 * A sparse tensor compressed by columns.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.sparse_csc_tensor.html
 * @example
 * torch.sparseCscTensor(torch.tensor([0, 1]), torch.tensor([0]), torch.ones(1), [2, 1], { dtype: 'float32' }).toDense() // tensor([[1.], [0.]])
 */
export const sparseCscTensor =
  fn<
    [
      (ccolIndices: Tensor, rowIndices: Tensor, values: Tensor, size: Size, options?: TensorOptions) => Tensor,
      (ccolIndices: Tensor, rowIndices: Tensor, values: Tensor, options?: TensorOptions) => Tensor,
    ]
  >('aten::sparse_csc_tensor');

/**
 * A sparse tensor compressed by rows.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.sparse_csr_tensor.html
 * @example
 * torch.sparseCsrTensor(torch.tensor([0, 1]), torch.tensor([0]), torch.ones(1), [1, 2], { dtype: 'float32' }).toDense() // tensor([[1., 0.]])
 */
export const sparseCsrTensor =
  fn<
    [
      (crowIndices: Tensor, colIndices: Tensor, values: Tensor, size: Size, options?: TensorOptions) => Tensor,
      (crowIndices: Tensor, colIndices: Tensor, values: Tensor, options?: TensorOptions) => Tensor,
    ]
  >('aten::sparse_csr_tensor');

/** What {@link sspaddmm} takes by name. */
export interface SspaddmmOptions {
  /** The multiplier of the input. */
  beta?: Scalar;
  /** A multiplier. */
  alpha?: Scalar;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * `beta * input + alpha * (mat1 @ mat2)` for sparse matrices.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.sspaddmm.html
 */
export const sspaddmm =
  op<(input: Tensor, mat1: Tensor, mat2: Tensor, options?: SspaddmmOptions) => Tensor>('aten::sspaddmm');
