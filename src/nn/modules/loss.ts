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
  /** The share of each target that is spread over all classes. */
  readonly labelSmoothing: number;
  /** What becomes of the losses. */
  readonly reduction: F.Reduction;

  constructor(options: F.CrossEntropyOptions = {}) {
    super();
    const { weight = null, ignoreIndex = -100, labelSmoothing = 0, reduction = 'mean' } = options;
    this.registerBuffer('weight', weight);
    this.ignoreIndex = ignoreIndex;
    this.labelSmoothing = labelSmoothing;
    this.reduction = reduction;
  }

  override forward(input: Tensor, target: Tensor): Tensor {
    const { weight, ignoreIndex, labelSmoothing, reduction } = this;
    return F.crossEntropy(input, target, { weight, ignoreIndex, labelSmoothing, reduction });
  }
}

/**
 * The negative log likelihood of log-probabilities, as {@link F.nllLoss}.
 *
 * Shape: input `(N, C)` or `(N, C, d1, ...)`; target `(N)` or `(N, d1, ...)` of classes.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.NLLLoss.html
 * @example
 * new nn.NLLLoss().call(torch.tensor([[-1.5, -2], [-3, -0.5]]), torch.tensor([0, 1])) // tensor(1.)
 */
export class NLLLoss extends Module<[Tensor, Tensor], Tensor> {
  /** A weight for each class. */
  weight: Tensor | null = null;
  /** The class whose targets do not count. */
  readonly ignoreIndex: number;
  /** What becomes of the losses. */
  readonly reduction: F.Reduction;

  constructor(options: Omit<F.CrossEntropyOptions, 'labelSmoothing'> = {}) {
    super();
    const { weight = null, ignoreIndex = -100, reduction = 'mean' } = options;
    this.registerBuffer('weight', weight);
    this.ignoreIndex = ignoreIndex;
    this.reduction = reduction;
  }

  override forward(input: Tensor, target: Tensor): Tensor {
    const { weight, ignoreIndex, reduction } = this;
    return F.nllLoss(input, target, { weight, ignoreIndex, reduction });
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
  /** What becomes of the losses. */
  readonly reduction: F.Reduction;

  constructor(options: F.LossOptions = {}) {
    super();
    const { reduction = 'mean' } = options;
    this.reduction = reduction;
  }

  override forward(input: Tensor, target: Tensor): Tensor {
    return F.mseLoss(input, target, { reduction: this.reduction });
  }
}

/**
 * The mean absolute difference, as {@link F.l1Loss}.
 *
 * Shape: input and target of one shape; the output has no dimensions, unless the reduction is `'none'`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.L1Loss.html
 * @example
 * new nn.L1Loss().call(torch.tensor([1.5, 2]), torch.tensor([0.5, 0])) // tensor(1.5000)
 */
export class L1Loss extends Module<[Tensor, Tensor], Tensor> {
  /** What becomes of the losses. */
  readonly reduction: F.Reduction;

  constructor(options: F.LossOptions = {}) {
    super();
    const { reduction = 'mean' } = options;
    this.reduction = reduction;
  }

  override forward(input: Tensor, target: Tensor): Tensor {
    return F.l1Loss(input, target, { reduction: this.reduction });
  }
}

/**
 * The absolute difference, squared near zero, as {@link F.smoothL1Loss}.
 *
 * Shape: input and target of one shape; the output has no dimensions, unless the reduction is `'none'`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.SmoothL1Loss.html
 * @example
 * new nn.SmoothL1Loss().call(torch.tensor([0, 3.0]), torch.zeros(2)) // tensor(1.2500)
 */
export class SmoothL1Loss extends Module<[Tensor, Tensor], Tensor> {
  /** Where the square becomes a line. */
  readonly beta: number;
  /** What becomes of the losses. */
  readonly reduction: F.Reduction;

  constructor(options: F.SmoothL1LossOptions = {}) {
    super();
    const { beta = 1, reduction = 'mean' } = options;
    this.beta = beta;
    this.reduction = reduction;
  }

  override forward(input: Tensor, target: Tensor): Tensor {
    const { beta, reduction } = this;
    return F.smoothL1Loss(input, target, { beta, reduction });
  }
}

/**
 * The squared difference, a line far from zero, as {@link F.huberLoss}.
 *
 * Shape: input and target of one shape; the output has no dimensions, unless the reduction is `'none'`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.HuberLoss.html
 * @example
 * new nn.HuberLoss().call(torch.tensor([0, 3]).float(), torch.zeros(2)) // tensor(1.2500)
 */
export class HuberLoss extends Module<[Tensor, Tensor], Tensor> {
  /** Where the square becomes a line. */
  readonly delta: number;
  /** What becomes of the losses. */
  readonly reduction: F.Reduction;

  constructor(options: Omit<F.HuberLossOptions, 'weight'> = {}) {
    super();
    const { delta = 1, reduction = 'mean' } = options;
    this.delta = delta;
    this.reduction = reduction;
  }

  override forward(input: Tensor, target: Tensor): Tensor {
    const { delta, reduction } = this;
    return F.huberLoss(input, target, { delta, reduction });
  }
}

/**
 * The Kullback-Leibler divergence, as {@link F.klDiv}.
 *
 * Shape: input and target of one shape; the output has no dimensions, unless the reduction is `'none'`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.KLDivLoss.html
 * @example
 * new nn.KLDivLoss({ reduction: 'sum' }).call(torch.tensor([0.5, 0.5]).log(), torch.tensor([1, 0]).float()) // tensor(0.6931)
 */
export class KLDivLoss extends Module<[Tensor, Tensor], Tensor> {
  /** Whether the target holds log-probabilities. */
  readonly logTarget: boolean;
  /** What becomes of the losses. */
  readonly reduction: F.Reduction | 'batchmean';

  constructor(options: F.KlDivOptions = {}) {
    super();
    const { logTarget = false, reduction = 'mean' } = options;
    this.logTarget = logTarget;
    this.reduction = reduction;
  }

  override forward(input: Tensor, target: Tensor): Tensor {
    const { logTarget, reduction } = this;
    return F.klDiv(input, target, { logTarget, reduction });
  }
}

/**
 * The negative log likelihood of counts under Poisson distributions, as {@link F.poissonNllLoss}.
 *
 * Shape: input and target of one shape; the output has no dimensions, unless the reduction is `'none'`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.PoissonNLLLoss.html
 * @example
 * new nn.PoissonNLLLoss().call(torch.zeros(2), torch.tensor([1, 3])) // tensor(1.)
 */
export class PoissonNLLLoss extends Module<[Tensor, Tensor], Tensor> {
  /** Whether the input is the logarithm of the rate. */
  readonly logInput: boolean;
  /** Whether the constant term is added. */
  readonly full: boolean;
  /** Added to the rate before its logarithm is taken. */
  readonly eps: number;
  /** What becomes of the losses. */
  readonly reduction: F.Reduction;

  constructor(options: F.PoissonNllLossOptions = {}) {
    super();
    const { logInput = true, full = false, eps = 1e-8, reduction = 'mean' } = options;
    this.logInput = logInput;
    this.full = full;
    this.eps = eps;
    this.reduction = reduction;
  }

  override forward(input: Tensor, target: Tensor): Tensor {
    const { logInput, full, eps, reduction } = this;
    return F.poissonNllLoss(input, target, { logInput, full, eps, reduction });
  }
}

/**
 * The negative log likelihood of values under normal distributions, as {@link F.gaussianNllLoss}.
 *
 * Shape: input and target of one shape; the variance of the same, or with a last dimension of 1 or none.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.GaussianNLLLoss.html
 * @example
 * new nn.GaussianNLLLoss().call(torch.zeros(2), torch.tensor([1, 3.0]), torch.ones(2)) // tensor(2.5000)
 */
export class GaussianNLLLoss extends Module<[Tensor, Tensor, Tensor | number], Tensor> {
  /** Whether the constant term is added. */
  readonly full: boolean;
  /** The least variance. */
  readonly eps: number;
  /** What becomes of the losses. */
  readonly reduction: F.Reduction;

  constructor(options: F.GaussianNllLossOptions = {}) {
    super();
    const { full = false, eps = 1e-6, reduction = 'mean' } = options;
    this.full = full;
    this.eps = eps;
    this.reduction = reduction;
  }

  override forward(input: Tensor, target: Tensor, variance: Tensor | number): Tensor {
    const { full, eps, reduction } = this;
    return F.gaussianNllLoss(input, target, variance, { full, eps, reduction });
  }
}

/**
 * Binary cross entropy of probabilities, as {@link F.binaryCrossEntropy}.
 *
 * Shape: input and target of one shape; the output has no dimensions, unless the reduction is `'none'`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.BCELoss.html
 * @example
 * new nn.BCELoss().call(torch.tensor([0.5, 0.5]), torch.ones(2)) // tensor(0.6931)
 */
export class BCELoss extends Module<[Tensor, Tensor], Tensor> {
  /** A weight for each element. */
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
    return F.binaryCrossEntropy(input, target, { weight, reduction });
  }
}

/**
 * Binary cross entropy of logits, as {@link F.binaryCrossEntropyWithLogits}.
 *
 * Shape: input and target of one shape; the output has no dimensions, unless the reduction is `'none'`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.BCEWithLogitsLoss.html
 * @example
 * new nn.BCEWithLogitsLoss().call(torch.zeros(2), torch.ones(2)) // tensor(0.6931)
 */
export class BCEWithLogitsLoss extends Module<[Tensor, Tensor], Tensor> {
  /** A weight for each element. */
  weight: Tensor | null = null;
  /** A weight for the positive examples of each class. */
  pos_weight: Tensor | null = null;
  /** What becomes of the losses. */
  readonly reduction: F.Reduction;

  constructor(options: F.BinaryCrossEntropyOptions = {}) {
    super();
    const { weight = null, posWeight = null, reduction = 'mean' } = options;
    this.registerBuffer('weight', weight);
    this.registerBuffer('pos_weight', posWeight);
    this.reduction = reduction;
  }

  override forward(input: Tensor, target: Tensor): Tensor {
    const { weight, pos_weight: posWeight, reduction } = this;
    return F.binaryCrossEntropyWithLogits(input, target, { weight, posWeight, reduction });
  }
}
