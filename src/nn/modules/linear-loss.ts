import type { Tensor } from '../../tensor.js';
import * as F from '../functional/index.js';
import { Linear } from './linear.js';
import { Module } from './module.js';
import { bool, float, plain, type FactoryOptions } from './options.js';

/** Options of {@link LinearCrossEntropyLoss}. */
export interface LinearCrossEntropyLossOptions extends FactoryOptions, Omit<F.LinearCrossEntropyOptions, 'linearBias'> {
  /** Further sizes of the output, behind that of the classes. */
  outFeatures?: readonly number[];
  /** Whether a bias is learned and added; false unless given. */
  bias?: boolean;
}

/**
 * A linear map and the cross entropy of what it gives, as {@link F.linearCrossEntropy}.
 *
 * Shape: input `(N, in_features)` or `(in_features)`, target as {@link CrossEntropyLoss} takes it.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.LinearCrossEntropyLoss.html
 * @example
 * new nn.LinearCrossEntropyLoss(3, 4).call(torch.zeros(2, 3), torch.tensor([1, 3])).detach() // tensor(1.3863)
 */
export class LinearCrossEntropyLoss extends Module<[Tensor, Tensor], Tensor> {
  /** A weight for each class. */
  weight: Tensor | null = null;
  /** The map. */
  linear: Linear;
  /** Further sizes of the output, behind that of the classes. */
  readonly outFeatures: readonly number[];
  /** The class whose targets do not count. */
  readonly ignoreIndex: number | null;
  /** What becomes of the losses. */
  readonly reduction: F.Reduction;
  /** The share of each target that is spread over all classes. */
  readonly labelSmoothing: number;

  constructor(
    /** The size of the input's vectors. */
    readonly inFeatures: number,
    /** The number of classes. */
    readonly numClasses: number,
    options: LinearCrossEntropyLossOptions = {},
  ) {
    super();
    const { outFeatures = [], bias = false, dtype, device, weight = null, reduction = 'mean' } = options;
    this.registerBuffer('weight', weight);
    this.outFeatures = outFeatures;
    this.ignoreIndex = options.ignoreIndex ?? null;
    this.reduction = reduction;
    this.labelSmoothing = options.labelSmoothing ?? 0;
    const outputs = outFeatures.reduce((a, b) => a * b, numClasses);
    this.linear = new Linear(inFeatures, outputs, { bias, dtype, device });
  }

  override forward(input: Tensor, target: Tensor): Tensor {
    const { weight, reduction, ignoreIndex, labelSmoothing } = this;
    const sizes = [this.numClasses, ...this.outFeatures];
    const linearWeight = this.linear.weight.reshape([...sizes, this.inFeatures]);
    const linearBias = this.linear.bias && this.linear.bias.reshape(sizes);
    return F.linearCrossEntropy(input, linearWeight, target, {
      linearBias,
      weight,
      reduction,
      ignoreIndex,
      labelSmoothing,
    });
  }

  override extraRepr(): string {
    const { reduction, ignoreIndex, labelSmoothing } = this;
    const sizes = this.outFeatures.length === 0 ? '()' : plain(this.outFeatures);
    return `in_features=${this.inFeatures}, num_classes=${this.numClasses}, out_features=${sizes}, bias=${bool(this.linear.bias !== null)}, reduction=${reduction}, ignore_index=${plain(ignoreIndex)}, label_smoothing=${float(labelSmoothing)}, options=None`;
  }
}
