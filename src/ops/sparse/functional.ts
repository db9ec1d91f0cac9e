import { fn } from '../op.js';
import type { Scalar } from '../../shape.js';
import type { Tensor } from '../../tensor.js';

/** What {@link sampledAddmm} takes by name. */
export interface SparseSampledAddmmOptions {
  /** The multiplier of the input. */
  beta?: Scalar;
  /** A multiplier. */
  alpha?: Scalar;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * `beta * input + alpha * (mat1 @ mat2)` at the places that the sparse input has.
 */
export const sampledAddmm =
  fn<(input: Tensor, mat1: Tensor, mat2: Tensor, options?: SparseSampledAddmmOptions) => Tensor>(
    'aten::sparse_sampled_addmm',
  );
