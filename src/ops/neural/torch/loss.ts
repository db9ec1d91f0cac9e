import { fn } from '../../op.js';
import type { Size } from '../../../shape.js';
import type { Tensor } from '../../../tensor.js';

/** What {@link binaryCrossEntropyWithLogits} takes by name. */
export interface BinaryCrossEntropyWithLogitsOptions {
  /** A weight for each element or class. */
  weight?: Tensor | null;
  /** A weight of the positive examples, which broadcasts to the target; 1 unless given. */
  posWeight?: Tensor | null;
  /** 0 none, 1 mean, 2 sum. */
  reduction?: number;
}

/**
 * Binary cross entropy of logits.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.binary_cross_entropy_with_logits.html
 * @example
 * torch.binaryCrossEntropyWithLogits(torch.zeros(1), torch.ones(1)) // tensor(0.6931)
 */
export const binaryCrossEntropyWithLogits = fn<
  (
    input: Tensor,
    target: Tensor,
    weight?: Tensor | null | BinaryCrossEntropyWithLogitsOptions,
    posWeight?: Tensor | null | BinaryCrossEntropyWithLogitsOptions,
    reduction?: number | BinaryCrossEntropyWithLogitsOptions,
    options?: BinaryCrossEntropyWithLogitsOptions,
  ) => Tensor
>('aten::binary_cross_entropy_with_logits');

/** What {@link cosineEmbeddingLoss} takes by name. */
export interface CosineEmbeddingLossOptions {
  /** The similarity up to which unlike pairs cost nothing, from -1 to 1. 0 unless given. */
  margin?: number;
  /** 0 none, 1 mean, 2 sum. */
  reduction?: number;
}

/**
 * `1 - cos(x1, x2)` for pairs of target 1, `max(0, cos(x1, x2) - margin)` for target -1.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.cosine_embedding_loss.html
 * @example
 * torch.cosineEmbeddingLoss(torch.ones(1, 2), torch.ones(1, 2), torch.ones(1)).round() // tensor(0.)
 */
export const cosineEmbeddingLoss =
  fn<
    (
      input1: Tensor,
      input2: Tensor,
      target: Tensor,
      margin?: number | CosineEmbeddingLossOptions,
      reduction?: number | CosineEmbeddingLossOptions,
      options?: CosineEmbeddingLossOptions,
    ) => Tensor
  >('aten::cosine_embedding_loss');

/** What {@link ctcLoss} takes by name. */
export interface CtcLossOptions {
  /** The class that stands for no label. 0 unless given. */
  blank?: number;
  /** 0 none, 1 mean, 2 sum. */
  reduction?: number;
  /** Whether infinite losses, of targets longer than their inputs, count as 0 with gradient 0. `false` unless given. */
  zeroInfinity?: boolean;
}

/**
 * Connectionist temporal classification loss (Graves et al., 2006).
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.ctc_loss.html
 * @example
 * torch.ctcLoss(torch.zeros(2, 1, 2), torch.tensor([[1]]), [2], [1]).shape // []
 */
export const ctcLoss =
  fn<
    [
      (
        logProbs: Tensor,
        targets: Tensor,
        inputLengths: Size,
        targetLengths: Size,
        blank?: number | CtcLossOptions,
        reduction?: number | CtcLossOptions,
        zeroInfinity?: boolean | CtcLossOptions,
        options?: CtcLossOptions,
      ) => Tensor,
      (
        logProbs: Tensor,
        targets: Tensor,
        inputLengths: Tensor,
        targetLengths: Tensor,
        blank?: number | CtcLossOptions,
        reduction?: number | CtcLossOptions,
        zeroInfinity?: boolean | CtcLossOptions,
        options?: CtcLossOptions,
      ) => Tensor,
    ]
  >('aten::ctc_loss');

/** What {@link hingeEmbeddingLoss} takes by name. */
export interface HingeEmbeddingLossOptions {
  /** The distance from which on unlike pairs cost nothing. 1 unless given. */
  margin?: number;
  /** 0 none, 1 mean, 2 sum. */
  reduction?: number;
}

/**
 * `x` for target 1, `max(0, margin - x)` for target -1.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.hinge_embedding_loss.html
 * @example
 * torch.hingeEmbeddingLoss(torch.ones(1), torch.ones(1)) // tensor(1.)
 */
export const hingeEmbeddingLoss =
  fn<
    (
      input: Tensor,
      target: Tensor,
      margin?: number | HingeEmbeddingLossOptions,
      reduction?: number | HingeEmbeddingLossOptions,
      options?: HingeEmbeddingLossOptions,
    ) => Tensor
  >('aten::hinge_embedding_loss');

/** What {@link klDiv} takes by name. */
export interface KlDivOptions {
  /** 0 none, 1 mean, 2 sum. */
  reduction?: number;
  /** Whether the target holds logarithms too. `false` unless given. */
  logTarget?: boolean;
}

/**
 * The Kullback-Leibler divergence of log-probabilities from targets.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.kl_div.html
 * @example
 * torch.klDiv(torch.zeros(1), torch.ones(1)) // tensor(0.)
 */
export const klDiv =
  fn<(input: Tensor, target: Tensor, reduction?: number | KlDivOptions, options?: KlDivOptions) => Tensor>(
    'aten::kl_div',
  );

/** What {@link marginRankingLoss} takes by name. */
export interface MarginRankingLossOptions {
  /** By how much the higher ranked input must lead. 0 unless given. */
  margin?: number;
  /** 0 none, 1 mean, 2 sum. */
  reduction?: number;
}

/**
 * `max(0, -target * (input1 - input2) + margin)`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.margin_ranking_loss.html
 * @example
 * torch.marginRankingLoss(torch.zeros(1), torch.ones(1), torch.ones(1)) // tensor(1.)
 */
export const marginRankingLoss =
  fn<
    (
      input1: Tensor,
      input2: Tensor,
      target: Tensor,
      margin?: number | MarginRankingLossOptions,
      reduction?: number | MarginRankingLossOptions,
      options?: MarginRankingLossOptions,
    ) => Tensor
  >('aten::margin_ranking_loss');

/**
 * The negative log likelihood of counts under Poisson distributions.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.poisson_nll_loss.html
 * @example
 * torch.poissonNllLoss(torch.zeros(1), torch.zeros(1), true, false, 1e-8, 1) // tensor(1.)
 */
export const poissonNllLoss =
  fn<(input: Tensor, target: Tensor, logInput: boolean, full: boolean, eps: number, reduction: number) => Tensor>(
    'aten::poisson_nll_loss',
  );

/** What {@link tripletMarginLoss} takes by name. */
export interface TripletMarginLossOptions {
  /** By how much farther the negative must be than the positive. 1 unless given. */
  margin?: number;
  /** The exponent, or probability. */
  p?: number;
  /** A small number that keeps divisors away from zero. */
  eps?: number;
  /** Whether the distance of the positive to the negative counts where it is less than the anchor's. `false` unless given. */
  swap?: boolean;
  /** 0 none, 1 mean, 2 sum. */
  reduction?: number;
}

/**
 * `max(0, d(anchor, positive) - d(anchor, negative) + margin)`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.triplet_margin_loss.html
 * @example
 * torch.tripletMarginLoss(torch.zeros(1, 2), torch.zeros(1, 2), torch.ones(1, 2).mul(5)) // tensor(0.)
 */
export const tripletMarginLoss =
  fn<
    (
      anchor: Tensor,
      positive: Tensor,
      negative: Tensor,
      margin?: number | TripletMarginLossOptions,
      p?: number | TripletMarginLossOptions,
      eps?: number | TripletMarginLossOptions,
      swap?: boolean | TripletMarginLossOptions,
      reduction?: number | TripletMarginLossOptions,
      options?: TripletMarginLossOptions,
    ) => Tensor
  >('aten::triplet_margin_loss');
