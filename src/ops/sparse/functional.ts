import { binding } from '../../binding.js';
import { fn } from '../op.js';
import type { OutOptions, Scalar } from '../../shape.js';
import type { Tensor } from '../../tensor.js';

/** What {@link sampledAddmm} takes by name. */
export interface SampledAddmmOptions extends OutOptions {
  /** The multiplier of the input. 1 unless given. */
  beta?: Scalar;
  /** The multiplier of the product. 1 unless given. */
  alpha?: Scalar;
}

/**
 * The product of two dense matrices at the places that a sparse input has, added to it. Elements elsewhere are not
 * computed.
 *
 * `out = beta * input + alpha * (mat1 @ mat2) * (input has the place)`, `(m, n)` and `(m, k)` by `(k, n)`
 *
 * The result has the input's layout and places. Leading dimensions are batches.
 *
 * @param input - in the layout `sparse_csr`
 * @param mat1 - dense
 * @param mat2 - dense
 * @throws when the input is of another layout, or shapes or dtypes do not fit
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.sparse.sampled_addmm.html
 * @example
 * const places = torch.eye(2).toSparseCsr()
 * torch.sparse.sampledAddmm(places, torch.ones(2, 2), torch.ones(2, 2)).toDense() // tensor([[3., 0.], [0., 3.]])
 */
export const sampledAddmm =
  fn<(input: Tensor, mat1: Tensor, mat2: Tensor, options?: SampledAddmmOptions) => Tensor>(
    'aten::sparse_sampled_addmm',
  );

/**
 * Whether the indices of every sparse tensor that is made are checked. They are, unless this is switched off: wrong ones
 * lead later operations out of the memory, and the check costs a pass over the indices (on a GPU, a wait for it).
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.sparse.check_sparse_tensor_invariants.html
 * @example
 * torch.sparse.checkSparseTensorInvariants.isEnabled() // true
 */
export const checkSparseTensorInvariants = {
  isEnabled: (): boolean => binding.checksSparse(),
  enable: (): void => binding.setChecksSparse(true),
  disable: (): void => binding.setChecksSparse(false),
};
