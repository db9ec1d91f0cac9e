import { wrongArgument } from '../../errors.js';
import type { Tensor } from '../../tensor.js';
import * as F from '../functional/index.js';
import { Module } from './module.js';

/**
 * In training, sets elements to zero with probability `p` and scales the others by `1 / (1 - p)`; nothing otherwise
 * (Hinton et al., 2012).
 *
 * Shape: any; the output is of the input's shape.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.Dropout.html
 * @example
 * new nn.Dropout(0.5).eval().call(torch.ones(3)) // tensor([1., 1., 1.])
 */
export class Dropout extends Module<[Tensor], Tensor> {
  constructor(
    /** The probability that an element becomes zero. */
    readonly p = 0.5,
  ) {
    super();
    if (!(p >= 0 && p <= 1)) throw wrongArgument('Dropout', 'p', 'number from 0 to 1', p);
  }

  override forward(input: Tensor): Tensor {
    return F.dropout(input, this.p, this.training);
  }

  override extraRepr(): string {
    return `p=${this.p}, inplace=False`;
  }
}
