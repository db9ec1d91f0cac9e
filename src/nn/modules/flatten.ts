import type { Tensor } from '../../tensor.js';
import { Module } from './module.js';

/**
 * Joins a run of dimensions into one.
 *
 * Shape: input `(*, S_start, ..., S_end, *)`, output `(*, S_start * ... * S_end, *)`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.Flatten.html
 * @example
 * new nn.Flatten().call(torch.ones(2, 3, 4)).shape // [ 2, 12 ]
 */
export class Flatten extends Module<[Tensor], Tensor> {
  constructor(
    /** The first dimension to join. */
    readonly startDim = 1,
    /** The last dimension to join. */
    readonly endDim = -1,
  ) {
    super();
  }

  override forward(input: Tensor): Tensor {
    return input.flatten(this.startDim, this.endDim);
  }

  override extraRepr(): string {
    return `start_dim=${this.startDim}, end_dim=${this.endDim}`;
  }
}
