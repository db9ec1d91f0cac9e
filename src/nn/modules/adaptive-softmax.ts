import { FlambeauError, wrongArgument } from '../../errors.js';
import type { Tensor } from '../../tensor.js';
import { cat } from '../../ops/shape/index.js';
import * as F from '../functional/index.js';
import { ModuleList, Sequential } from './container.js';
import { Linear } from './linear.js';
import { Module } from './module.js';
import type { FactoryOptions } from './options.js';

/** Options of {@link AdaptiveLogSoftmaxWithLoss}. */
export interface AdaptiveLogSoftmaxWithLossOptions extends FactoryOptions {
  /** How much smaller each cluster's vectors are than those of the one before; 4 unless given. */
  divValue?: number;
  /** Whether the head has a bias; false unless given. */
  headBias?: boolean;
}

/**
 * A softmax over very many classes, of which the frequent ones stand first (Grave et al., 2017): the rare ones are in
 * clusters, which are computed where a target is in them. It reads where targets are, as PyTorch does, so it cannot be
 * captured.
 *
 * Shape: input `(N, in_features)` or `(in_features)`, target `(N)` or `()`; the output is the log-probability of each
 * target, of the target's shape, and the mean loss.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.AdaptiveLogSoftmaxWithLoss.html
 * @example
 * const layer = new nn.AdaptiveLogSoftmaxWithLoss(8, 20, [4, 10])
 * const { output, loss } = layer.call(torch.randn(3, 8), torch.tensor([0, 7, 19]))
 * loss.allclose(output.mean().neg()) // true
 */
export class AdaptiveLogSoftmaxWithLoss extends Module<[Tensor, Tensor], AdaptiveLogSoftmaxOutput> {
  /** Where clusters begin, and the number of classes. */
  readonly cutoffs: number[];
  /** How much smaller each cluster's vectors are than those of the one before. */
  readonly divValue: number;
  /** Scores of the frequent classes and of the clusters. */
  head: Linear;
  /** Scores of the classes in each cluster. */
  tail: ModuleList<Sequential>;

  constructor(
    /** The size of the input's vectors. */
    readonly inFeatures: number,
    /** The number of classes. */
    readonly nClasses: number,
    cutoffs: readonly number[],
    options: AdaptiveLogSoftmaxWithLossOptions = {},
  ) {
    super();
    const { divValue = 4, headBias = false, dtype, device } = options;
    const rising = cutoffs.every((cutoff, i) => Number.isInteger(cutoff) && cutoff > (cutoffs[i - 1] ?? 0));
    if (cutoffs.length === 0 || !rising || cutoffs.at(-1)! > nClasses - 1)
      throw wrongArgument(
        'AdaptiveLogSoftmaxWithLoss',
        'cutoffs',
        `rising array of integers from 1 to ${nClasses - 1}`,
        cutoffs,
      );
    this.cutoffs = [...cutoffs, nClasses];
    this.divValue = divValue;
    this.head = new Linear(inFeatures, cutoffs[0]! + cutoffs.length, { bias: headBias, dtype, device });
    this.tail = new ModuleList(
      cutoffs.map((first, i) => {
        const inner = Math.floor(inFeatures / divValue ** (i + 1));
        const plain = { bias: false, dtype, device };
        return new Sequential(
          new Linear(inFeatures, inner, plain),
          new Linear(inner, this.cutoffs[i + 1]! - first, plain),
        );
      }),
    );
  }

  /**
   * Draws the parameters anew.
   *
   * @example
   * const layer = new nn.AdaptiveLogSoftmaxWithLoss(8, 20, [4, 10])
   * nn.init.zeros_(layer.head.weight)
   * layer.resetParameters()
   * layer.head.weight.any().item() // true
   */
  resetParameters(): void {
    this.head.resetParameters();
    for (const pair of this.tail) for (const layer of pair) (layer as Module as Linear).resetParameters();
  }

  override forward(input: Tensor, target: Tensor): AdaptiveLogSoftmaxOutput {
    const single = target.ndim === 0;
    if (target.ndim > 1 || input.ndim !== target.ndim + 1 || (!single && input.shape[0] !== target.shape[0]))
      throw new FlambeauError(
        'INVALID_VALUE',
        `AdaptiveLogSoftmaxWithLoss(): input [${input.shape.join(', ')}] and target [${target.shape.join(', ')}] must be (N, ${this.inFeatures}) and (N), or (${this.inFeatures}) and ()`,
      );
    const [rows, classes] = single ? [input.unsqueeze(0), target.unsqueeze(0)] : [input, target];
    if (classes.lt(0).logicalOr(classes.ge(this.nClasses)).any().item())
      throw new FlambeauError(
        'INDEX_OUT_OF_RANGE',
        `AdaptiveLogSoftmaxWithLoss(): argument 'target' must be from 0 to ${this.nClasses - 1}`,
      );
    const [shortlist] = this.cutoffs as [number];
    let place = classes;
    let output = rows.newZeros([classes.shape[0]!]);
    for (const [i, cluster] of [...this.tail].entries()) {
      const inside = classes.ge(this.cutoffs[i]!).logicalAnd(classes.lt(this.cutoffs[i + 1]!));
      const found = inside.nonzero().squeeze(1);
      if (found.numel() === 0) continue;
      place = place.maskedFill(inside, shortlist + i);
      const scores = F.logSoftmax(cluster.call(rows.indexSelect(0, found)), 1);
      const wanted = classes.indexSelect(0, found).sub(this.cutoffs[i]!).unsqueeze(1);
      output = output.indexCopy(0, found, scores.gather(1, wanted).squeeze(1));
    }
    output = output.add(F.logSoftmax(this.head.call(rows), 1).gather(1, place.unsqueeze(1)).squeeze(1));
    const loss = output.neg().mean();
    return new AdaptiveLogSoftmaxOutput(single ? output.squeeze(0) : output, loss);
  }

  /**
   * The log-probabilities of all classes.
   *
   * @param input - of shape `(N, in_features)`
   * @returns of shape `(N, n_classes)`
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.AdaptiveLogSoftmaxWithLoss.html#torch.nn.AdaptiveLogSoftmaxWithLoss.log_prob
   * @example
   * new nn.AdaptiveLogSoftmaxWithLoss(8, 20, [4, 10]).logProb(torch.randn(3, 8)).shape // [ 3, 20 ]
   */
  logProb(input: Tensor): Tensor {
    const [shortlist] = this.cutoffs as [number];
    const head = F.logSoftmax(this.head.call(input), 1);
    const clusters = Array.from(this.tail, (cluster, i) =>
      F.logSoftmax(cluster.call(input), 1).add(head.narrow(1, shortlist + i, 1)),
    );
    return cat([head.narrow(1, 0, shortlist), ...clusters], 1);
  }

  /**
   * The likeliest class of each input.
   *
   * @param input - of shape `(N, in_features)`
   * @returns of shape `(N)`
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.AdaptiveLogSoftmaxWithLoss.html#torch.nn.AdaptiveLogSoftmaxWithLoss.predict
   * @example
   * new nn.AdaptiveLogSoftmaxWithLoss(8, 20, [4, 10]).predict(torch.randn(3, 8)).shape // [ 3 ]
   */
  predict(input: Tensor): Tensor {
    return this.logProb(input).argmax(1);
  }
}

/**
 * What {@link AdaptiveLogSoftmaxWithLoss} gives, by name and in order.
 *
 * @example
 * const [output, loss] = new nn.AdaptiveLogSoftmaxWithLoss(8, 20, [4]).call(torch.randn(8), torch.tensor(3))
 * output.ndim // 0
 */
export class AdaptiveLogSoftmaxOutput implements Iterable<Tensor> {
  constructor(
    /** The log-probability of each target. */
    readonly output: Tensor,
    /** The mean loss. */
    readonly loss: Tensor,
  ) {}

  /**
   * The output, then the loss.
   *
   * @example
   * [...new nn.AdaptiveLogSoftmaxWithLoss(8, 20, [4]).call(torch.randn(8), torch.tensor(3))].length // 2
   */
  *[Symbol.iterator](): Iterator<Tensor> {
    yield this.output;
    yield this.loss;
  }
}
