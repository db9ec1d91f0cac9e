import { method } from '../../op.js';
import type { Layout } from '../../../device.js';
import type { Dtype } from '../../../dtype.js';
import type { Extent, Size } from '../../../shape.js';
import type { Tensor } from '../../../tensor.js';

/** What {@link toDense} takes by name. */
export interface ToDenseOptions {
  /** The element type of the result; only from the oneDNN layout. */
  dtype?: Dtype | null;
  /** Whether gradients reach only the places that the sparse tensor has. `true` unless given. */
  maskedGrad?: boolean | null;
}

/** What {@link toMkldnn} takes by name. */
export interface ToMkldnnOptions {
  /** The element type of the result; the tensor's unless given. */
  dtype?: Dtype | null;
}

/** What {@link toPaddedTensor} takes by name. */
export interface ToPaddedTensorOptions {
  /** The sizes of the result, nowhere less than the longest part; those of the longest parts unless given. */
  outputSize?: Size | null;
}

/** How many of the last dimensions every value of a sparse tensor has of its own. */
export interface DenseDimOptions {
  /** The number of dense dimensions. 0 unless given. */
  denseDim?: number | null;
}

/** What {@link toSparse} takes by name. */
export interface ToSparseOptions extends DenseDimOptions {
  /** The layout of the result; `'sparse_coo'` unless given. */
  layout?: Layout | null;
  /** Rows and columns of a block, for `'sparse_bsr'` and `'sparse_bsc'`. */
  blocksize?: Extent | null;
}

type Compressed = (input: Tensor, denseDim?: number | null | DenseDimOptions, options?: DenseDimOptions) => Tensor;
type Blocks = (
  input: Tensor,
  blocksize: Extent,
  denseDim?: number | null | DenseDimOptions,
  options?: DenseDimOptions,
) => Tensor;

/**
 * A tensor of any layout as a dense one, with zeros at the places that a sparse one does not have.
 *
 * @throws when a dtype is given for a sparse tensor
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.to_dense.html
 * @example
 * torch.sparseCooTensor(torch.tensor([[0, 2]]), torch.tensor([5, 6]), [3]).toDense() // tensor([5, 0, 6])
 */
export const toDense =
  method<(input: Tensor, dtype?: Dtype | null | ToDenseOptions, options?: ToDenseOptions) => Tensor>('aten::to_dense');

/**
 * The tensor in the layout of oneDNN, which its kernels on the CPU work in; {@link toDense} brings it back.
 *
 * @throws when the tensor is not dense and on the CPU, or of a dtype that oneDNN does not have, or LibTorch was built
 *   without it
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.to_mkldnn.html
 * @example
 * torch.ones(2).toMkldnn().toDense() // tensor([1., 1.])
 */
export const toMkldnn =
  method<(input: Tensor, dtype?: Dtype | null | ToMkldnnOptions, options?: ToMkldnnOptions) => Tensor>(
    'aten::to_mkldnn',
  );

/**
 * A nested tensor, whose parts differ in size, as one dense tensor, with `padding` behind each part.
 *
 * @param padding - the value that fills up
 * @throws when the tensor is not nested, or a part is longer than `outputSize`
 * @see https://docs.pytorch.org/docs/2.13/nested.html#torch.nested.to_padded_tensor
 * @example
 * const parts = torch.ops.aten._nested_tensor_from_tensor_list([torch.ones(1), torch.ones(2)])
 * parts.toPaddedTensor(9) // tensor([[1., 9.], [1., 1.]])
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

/**
 * The tensor in a sparse layout, without the elements that are zero: `sparse_coo` unless options name another.
 *
 * @param sparseDim - how many leading dimensions places address, the others being dense; all unless given
 * @throws when `blocksize` is missing for a layout of blocks, or does not divide the sizes
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.to_sparse.html
 * @example
 * torch.tensor([[0, 5], [6, 0]]).toSparse().indices() // tensor([[0, 1], [1, 0]])
 * torch.tensor([[0, 5], [0, 0]]).toSparse(1).values() // tensor([[0, 5]])
 */
export const toSparse =
  method<[(input: Tensor, sparseDim: number) => Tensor, (input: Tensor, options?: ToSparseOptions) => Tensor]>(
    'aten::to_sparse',
  );

/**
 * A matrix as dense blocks of one shape, compressed by columns of blocks; those of zeros alone are left out.
 *
 * @param blocksize - rows and columns of a block, which divide those of the matrix
 * @throws when `blocksize` does not divide the sizes
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.to_sparse_bsc.html
 * @example
 * torch.tensor([[0, 0, 5, 6]]).toSparseBsc([1, 2]).values() // tensor([[[5, 6]]])
 */
export const toSparseBsc = method<Blocks>('aten::to_sparse_bsc');

/**
 * A matrix as dense blocks of one shape, compressed by rows of blocks; those of zeros alone are left out.
 *
 * @param blocksize - rows and columns of a block, which divide those of the matrix
 * @throws when `blocksize` does not divide the sizes
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.to_sparse_bsr.html
 * @example
 * torch.tensor([[0, 0, 5, 6]]).toSparseBsr([1, 2]).colIndices() // tensor([1])
 */
export const toSparseBsr = method<Blocks>('aten::to_sparse_bsr');

/**
 * A matrix compressed by columns, without the elements that are zero.
 *
 * @throws when the tensor has fewer than two dimensions besides the dense ones
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.to_sparse_csc.html
 * @example
 * torch.tensor([[0, 5], [6, 0]]).toSparseCsc().values() // tensor([6, 5])
 */
export const toSparseCsc = method<Compressed>('aten::to_sparse_csc');

/**
 * A matrix compressed by rows, without the elements that are zero.
 *
 * @throws when the tensor has fewer than two dimensions besides the dense ones
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.to_sparse_csr.html
 * @example
 * torch.tensor([[0, 5], [6, 0]]).toSparseCsr().values() // tensor([5, 6])
 */
export const toSparseCsr = method<Compressed>('aten::to_sparse_csr');
