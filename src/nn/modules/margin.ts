import type { Tensor } from '../../tensor.js';
import * as F from '../functional/index.js';
import { PairwiseDistance } from './distance.js';
import { Module } from './module.js';

/**
 * A loss for ranking, as {@link F.marginRankingLoss}.
 *
 * Shape: inputs and target `(N)` or `()`; the output has no dimensions, unless the reduction is `'none'`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.MarginRankingLoss.html
 * @example
 * new nn.MarginRankingLoss().call(torch.tensor([1.0]), torch.tensor([3.0]), torch.ones(1)) // tensor(2.)
 */
export class MarginRankingLoss extends Module<[Tensor, Tensor, Tensor], Tensor> {
  /** How far apart the scores have to be for no loss. */
  readonly margin: number;
  /** What becomes of the losses. */
  readonly reduction: F.Reduction;

  constructor(options: F.MarginLossOptions = {}) {
    super();
    const { margin = 0, reduction = 'mean' } = options;
    this.margin = margin;
    this.reduction = reduction;
  }

  override forward(input1: Tensor, input2: Tensor, target: Tensor): Tensor {
    const { margin, reduction } = this;
    return F.marginRankingLoss(input1, input2, target, { margin, reduction });
  }
}

/**
 * A loss for distances of pairs that are alike, or not, as {@link F.hingeEmbeddingLoss}.
 *
 * Shape: input and target of one shape; the output has no dimensions, unless the reduction is `'none'`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.HingeEmbeddingLoss.html
 * @example
 * new nn.HingeEmbeddingLoss().call(torch.tensor([0.5, 0.25]), torch.tensor([1, -1])) // tensor(0.6250)
 */
export class HingeEmbeddingLoss extends Module<[Tensor, Tensor], Tensor> {
  /** How far apart the scores have to be for no loss. */
  readonly margin: number;
  /** What becomes of the losses. */
  readonly reduction: F.Reduction;

  constructor(options: F.MarginLossOptions = {}) {
    super();
    const { margin = 1, reduction = 'mean' } = options;
    this.margin = margin;
    this.reduction = reduction;
  }

  override forward(input: Tensor, target: Tensor): Tensor {
    const { margin, reduction } = this;
    return F.hingeEmbeddingLoss(input, target, { margin, reduction });
  }
}

/**
 * A loss for pairs of vectors that should point the same way, or not, as {@link F.cosineEmbeddingLoss}.
 *
 * Shape: inputs `(N, D)` or `(D)`, target `(N)` or `()`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.CosineEmbeddingLoss.html
 * @example
 * new nn.CosineEmbeddingLoss().call(torch.tensor([[1.0, 0]]), torch.tensor([[0, 1.0]]), torch.ones(1)) // tensor(1.)
 */
export class CosineEmbeddingLoss extends Module<[Tensor, Tensor, Tensor], Tensor> {
  /** How far apart the scores have to be for no loss. */
  readonly margin: number;
  /** What becomes of the losses. */
  readonly reduction: F.Reduction;

  constructor(options: F.MarginLossOptions = {}) {
    super();
    const { margin = 0, reduction = 'mean' } = options;
    this.margin = margin;
    this.reduction = reduction;
  }

  override forward(input1: Tensor, input2: Tensor, target: Tensor): Tensor {
    const { margin, reduction } = this;
    return F.cosineEmbeddingLoss(input1, input2, target, { margin, reduction });
  }
}

/**
 * A logistic loss of scores for two classes, as {@link F.softMarginLoss}.
 *
 * Shape: input and target of one shape; the output has no dimensions, unless the reduction is `'none'`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.SoftMarginLoss.html
 * @example
 * new nn.SoftMarginLoss().call(torch.zeros(2), torch.ones(2)) // tensor(0.6931)
 */
export class SoftMarginLoss extends Module<[Tensor, Tensor], Tensor> {
  /** What becomes of the losses. */
  readonly reduction: F.Reduction;

  constructor(options: F.LossOptions = {}) {
    super();
    const { reduction = 'mean' } = options;
    this.reduction = reduction;
  }

  override forward(input: Tensor, target: Tensor): Tensor {
    return F.softMarginLoss(input, target, { reduction: this.reduction });
  }
}

/**
 * A hinge loss where an input has several classes, as {@link F.multilabelMarginLoss}.
 *
 * Shape: input and target `(N, C)` or `(C)`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.MultiLabelMarginLoss.html
 * @example
 * new nn.MultiLabelMarginLoss().call(torch.tensor([0.25, 0.5, 0.75]), torch.tensor([2, -1, 0])) // tensor(0.4167)
 */
export class MultiLabelMarginLoss extends Module<[Tensor, Tensor], Tensor> {
  /** What becomes of the losses. */
  readonly reduction: F.Reduction;

  constructor(options: F.LossOptions = {}) {
    super();
    const { reduction = 'mean' } = options;
    this.reduction = reduction;
  }

  override forward(input: Tensor, target: Tensor): Tensor {
    return F.multilabelMarginLoss(input, target, { reduction: this.reduction });
  }
}

/**
 * The mean of a binary cross entropy for each class, as {@link F.multilabelSoftMarginLoss}.
 *
 * Shape: input and target `(N, C)`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.MultiLabelSoftMarginLoss.html
 * @example
 * new nn.MultiLabelSoftMarginLoss().call(torch.zeros(1, 3), torch.tensor([[1, 0, 1]])) // tensor(0.6931)
 */
export class MultiLabelSoftMarginLoss extends Module<[Tensor, Tensor], Tensor> {
  /** A weight for each class. */
  weight: Tensor | null = null;
  /** What becomes of the losses. */
  readonly reduction: F.Reduction;

  constructor(options: F.WeightedLossOptions = {}) {
    super();
    const { weight = null, reduction = 'mean' } = options;
    this.registerBuffer('weight', weight);
    this.reduction = reduction;
  }

  override forward(input: Tensor, target: Tensor): Tensor {
    const { weight, reduction } = this;
    return F.multilabelSoftMarginLoss(input, target, { weight, reduction });
  }
}

/**
 * A hinge loss between classes, as {@link F.multiMarginLoss}.
 *
 * Shape: input `(N, C)` or `(C)`, target `(N)` or `()`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.MultiMarginLoss.html
 * @example
 * new nn.MultiMarginLoss().call(torch.tensor([[0.25, 0.5]]), torch.tensor([1])) // tensor(0.3750)
 */
export class MultiMarginLoss extends Module<[Tensor, Tensor], Tensor> {
  /** A weight for each class. */
  weight: Tensor | null = null;
  /** The power of each term. */
  readonly p: 1 | 2;
  /** How far apart the scores have to be for no loss. */
  readonly margin: number;
  /** What becomes of the losses. */
  readonly reduction: F.Reduction;

  constructor(options: F.MultiMarginLossOptions = {}) {
    super();
    const { weight = null, p = 1, margin = 1, reduction = 'mean' } = options;
    this.registerBuffer('weight', weight);
    this.p = p;
    this.margin = margin;
    this.reduction = reduction;
  }

  override forward(input: Tensor, target: Tensor): Tensor {
    const { weight, p, margin, reduction } = this;
    return F.multiMarginLoss(input, target, { weight, p, margin, reduction });
  }
}

/**
 * A loss that wants an anchor nearer to a positive than to a negative example, as {@link F.tripletMarginLoss}.
 *
 * Shape: all three `(N, D)` or `(D)`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.TripletMarginLoss.html
 * @example
 * new nn.TripletMarginLoss().call(torch.zeros(1, 2), torch.zeros(1, 2), torch.zeros(1, 2)) // tensor(1.)
 */
export class TripletMarginLoss extends Module<[Tensor, Tensor, Tensor], Tensor> {
  /** How far apart the scores have to be for no loss. */
  readonly margin: number;
  /** The p of the p-norm. */
  readonly p: number;
  /** Added to differences. */
  readonly eps: number;
  /** Whether the positive example may take the anchor's place. */
  readonly swap: boolean;
  /** What becomes of the losses. */
  readonly reduction: F.Reduction;

  constructor(options: F.TripletMarginLossOptions = {}) {
    super();
    const { margin = 1, p = 2, eps = 1e-6, swap = false, reduction = 'mean' } = options;
    this.margin = margin;
    this.p = p;
    this.eps = eps;
    this.swap = swap;
    this.reduction = reduction;
  }

  override forward(anchor: Tensor, positive: Tensor, negative: Tensor): Tensor {
    const { margin, p, eps, swap, reduction } = this;
    return F.tripletMarginLoss(anchor, positive, negative, { margin, p, eps, swap, reduction });
  }
}

/**
 * {@link TripletMarginLoss} with any distance, as {@link F.tripletMarginWithDistanceLoss}.
 *
 * Shape: all three of one shape, as the distance takes them.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.TripletMarginWithDistanceLoss.html
 * @example
 * new nn.TripletMarginWithDistanceLoss().call(torch.zeros(1, 2), torch.ones(1, 2), torch.ones(1, 2)) // tensor(1.)
 */
export class TripletMarginWithDistanceLoss extends Module<[Tensor, Tensor, Tensor], Tensor> {
  /** The distance of two batches of vectors, a module where none is given. */
  readonly distance_function: Module<[Tensor, Tensor], Tensor> | ((x: Tensor, y: Tensor) => Tensor);
  /** How far apart the scores have to be for no loss. */
  readonly margin: number;
  /** Whether the positive example may take the anchor's place. */
  readonly swap: boolean;
  /** What becomes of the losses. */
  readonly reduction: F.Reduction;

  constructor(options: F.TripletMarginWithDistanceLossOptions = {}) {
    super();
    const { distanceFunction = null, margin = 1, swap = false, reduction = 'mean' } = options;
    this.distance_function = distanceFunction ?? new PairwiseDistance();
    this.margin = margin;
    this.swap = swap;
    this.reduction = reduction;
  }

  override forward(anchor: Tensor, positive: Tensor, negative: Tensor): Tensor {
    const { distance_function: distance, margin, swap, reduction } = this;
    const distanceFunction = (x: Tensor, y: Tensor): Tensor =>
      distance instanceof Module ? distance.call(x, y) : distance(x, y);
    return F.tripletMarginWithDistanceLoss(anchor, positive, negative, { distanceFunction, margin, swap, reduction });
  }
}

/**
 * The connectionist temporal classification loss, as {@link F.ctcLoss}.
 *
 * Shape: log-probabilities `(T, N, C)` or `(T, C)`, targets `(N, S)` or one after the other, lengths `(N)`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.CTCLoss.html
 * @example
 * new nn.CTCLoss().call(torch.zeros(2, 1, 2).logSoftmax(2), torch.tensor([[1]]), [2], [1]) // tensor(0.2877)
 */
export class CTCLoss extends Module<[Tensor, Tensor, Tensor | readonly number[], Tensor | readonly number[]], Tensor> {
  /** The class that stands for no symbol. */
  readonly blank: number;
  /** What becomes of the losses. */
  readonly reduction: F.Reduction;
  /** Whether infinite losses become zero. */
  readonly zeroInfinity: boolean;

  constructor(options: F.CtcLossOptions = {}) {
    super();
    const { blank = 0, reduction = 'mean', zeroInfinity = false } = options;
    this.blank = blank;
    this.reduction = reduction;
    this.zeroInfinity = zeroInfinity;
  }

  override forward(
    logProbs: Tensor,
    targets: Tensor,
    inputLengths: Tensor | readonly number[],
    targetLengths: Tensor | readonly number[],
  ): Tensor {
    const { blank, reduction, zeroInfinity } = this;
    return F.ctcLoss(logProbs, targets, inputLengths, targetLengths, { blank, reduction, zeroInfinity });
  }
}
