import type { Tensor } from '../../tensor.js';
import * as F from '../functional/index.js';
import { Module } from './module.js';

/**
 * The positive part of each element.
 *
 * `ReLU(x) = max(0, x)`
 *
 * Shape: any; the output is of the input's shape.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.ReLU.html
 * @example
 * new nn.ReLU().call(torch.tensor([-1.5, 2])) // tensor([0., 2.])
 */
export class ReLU extends Module<[Tensor], Tensor> {
  /** Whether the input itself is changed. */
  readonly inplace: boolean;

  constructor({ inplace = false }: { inplace?: boolean } = {}) {
    super();
    this.inplace = inplace;
  }

  override forward(input: Tensor): Tensor {
    return this.inplace ? F.relu_(input) : F.relu(input);
  }

  override extraRepr(): string {
    return this.inplace ? 'inplace=True' : '';
  }
}
