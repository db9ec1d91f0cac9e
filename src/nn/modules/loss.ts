import { keep } from '../../tensor/scope.js';
import type { Tensor } from '../../tensor.js';
import * as F from '../functional/index.js';
import { Module } from './module.js';

/**
 * Cross entropy between logits and targets, as {@link F.crossEntropy}.
 *
 * Shape: input `(N, C)` or `(N, C, d1, ...)`; target `(N)` or `(N, d1, ...)` of classes, or of the input's shape with
 * probabilities. The output has no dimensions, unless the reduction is `'none'`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.CrossEntropyLoss.html
 * @example
 * new nn.CrossEntropyLoss().call(torch.zeros(2, 4), torch.tensor([1, 3])) // tensor(1.3863)
 */
export class CrossEntropyLoss extends Module<[Tensor, Tensor], Tensor> {
  /** A weight for each class. */
  weight: Tensor | null = null;
  /** The class whose targets do not count. */
  readonly ignoreIndex: number;
  /** What becomes of the losses of the samples. */
  readonly reduction: F.Reduction;
  /** The share of each target that is spread over all classes. */
  readonly labelSmoothing: number;

  constructor(options: F.CrossEntropyOptions = {}) {
    super();
    const { weight = null, ignoreIndex = -100, reduction = 'mean', labelSmoothing = 0 } = options;
    this.registerBuffer('weight', weight === null ? null : keep(weight));
    this.ignoreIndex = ignoreIndex;
    this.reduction = reduction;
    this.labelSmoothing = labelSmoothing;
  }

  override forward(input: Tensor, target: Tensor): Tensor {
    const { weight, ignoreIndex, reduction, labelSmoothing } = this;
    return F.crossEntropy(input, target, { weight, ignoreIndex, reduction, labelSmoothing });
  }
}

/**
 * The mean squared difference, as {@link F.mseLoss}.
 *
 * Shape: input and target of one shape; the output has no dimensions, unless the reduction is `'none'`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.MSELoss.html
 * @example
 * new nn.MSELoss().call(torch.tensor([1.5, 2]), torch.tensor([0.5, 0])) // tensor(2.5000)
 */
export class MSELoss extends Module<[Tensor, Tensor], Tensor> {
  /** What becomes of the squared differences. */
  readonly reduction: F.Reduction;

  constructor({ reduction = 'mean' }: { reduction?: F.Reduction } = {}) {
    super();
    this.reduction = reduction;
  }

  override forward(input: Tensor, target: Tensor): Tensor {
    return F.mseLoss(input, target, { reduction: this.reduction });
  }
}
