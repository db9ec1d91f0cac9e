import * as ops from '../../ops/neural/torch/index.js';
import type { Tensor } from '../../tensor.js';

/**
 * Sets elements to zero with probability `p`, and scales the others by `1 / (1 - p)`.
 *
 * @param p - the probability, from 0 to 1
 * @param training - without it, the input itself
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.dropout.html
 * @example
 * F.dropout(torch.ones(3), 0.5, false) // tensor([1., 1., 1.])
 */
export function dropout(input: Tensor, p = 0.5, training = true): Tensor {
  return ops.dropout(input, p, training);
}
