import { fn, op } from '../op.js';
import type { OutOptions, Scalar } from '../../shape.js';
import type { Tensor } from '../../tensor.js';

/** What {@link copySparseToSparse_} takes by name. */
export interface CopySparseToSparseOptions {
  /** Whether a copy between page-locked memory and a GPU may run beside other work. `false` unless given. */
  nonBlocking?: boolean;
}

/** What {@link sspaddmm} takes by name. */
export interface SspaddmmOptions extends OutOptions {
  /** The multiplier of the input. 1 unless given. */
  beta?: Scalar;
  /** The multiplier of the product. 1 unless given. */
  alpha?: Scalar;
}

/**
 * Makes one sparse tensor a copy of another, of the layout `sparse_coo` both: places, values and sizes. Returns the
 * first.
 *
 * @throws when one of the two is not sparse
 * @example
 * const places = torch.tensor([[0, 1], [1, 0]])
 * const source = torch.sparseCooTensor(places, torch.ones(2), [2, 2])
 * torch.copySparseToSparse_(torch.sparseCooTensor([2, 2]), source).toDense() // tensor([[0., 1.], [1., 0.]])
 */
export const copySparseToSparse_ =
  fn<
    (
      input: Tensor,
      src: Tensor,
      nonBlocking?: boolean | CopySparseToSparseOptions,
      options?: CopySparseToSparseOptions,
    ) => Tensor
  >('aten::copy_sparse_to_sparse_');

/**
 * The product of a sparse matrix and a dense one, as a hybrid tensor: sparse rows, dense columns.
 *
 * `out = mat1 @ mat2`, `(n, m)` by `(m, p)`
 *
 * @param mat1 - in the layout `sparse_coo`
 * @throws when `mat1` is not sparse, or the shapes do not fit
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.hspmm.html
 * @example
 * torch.hspmm(torch.eye(2).toSparse(), torch.ones(2, 2)).toDense() // tensor([[1., 1.], [1., 1.]])
 */
export const hspmm = fn<(mat1: Tensor, mat2: Tensor, options?: OutOptions) => Tensor>('aten::hspmm');

/**
 * The product of a sparse matrix and a dense one, as a sparse tensor.
 *
 * `out = input @ mat2`, `(n, m)` by `(m, p)`
 *
 * @throws when the input is not of the layout `sparse_coo`, or the shapes do not fit
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.smm.html
 * @example
 * torch.smm(torch.eye(2).toSparse(), torch.ones(2, 2)).toDense() // tensor([[1., 1.], [1., 1.]])
 */
export const smm = op<(input: Tensor, mat2: Tensor) => Tensor>('aten::smm');

/**
 * The product of a sparse matrix and a dense one, added to a sparse input, as a sparse tensor.
 *
 * `out = beta * input + alpha * (mat1 @ mat2)`, `(n, p)` and `(n, m)` by `(m, p)`
 *
 * @param mat1 - sparse
 * @param mat2 - dense
 * @throws when input or `mat1` are not of the layout `sparse_coo`, or the shapes do not fit
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.sspaddmm.html
 * @example
 * const s = torch.eye(2).toSparse()
 * torch.sspaddmm(s, s, torch.ones(2, 2), { alpha: 2 }).toDense() // tensor([[3., 2.], [2., 3.]])
 */
export const sspaddmm =
  op<(input: Tensor, mat1: Tensor, mat2: Tensor, options?: SspaddmmOptions) => Tensor>('aten::sspaddmm');
