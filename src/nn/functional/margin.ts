import { wrongArgument } from '../../errors.js';
import * as native from '../../ops/neural/functional/index.js';
import * as ops from '../../ops/neural/torch/index.js';
import { pairwiseDistance } from '../../ops/blas/index.js';
import type { Tensor } from '../../tensor.js';
import { reduced, reductionCode, type LossOptions, type WeightedLossOptions } from './loss.js';

/** {@link LossOptions}, and a margin. */
export interface MarginLossOptions extends LossOptions {
  /** How far apart the scores have to be for no loss. */
  margin?: number;
}

/**
 * A loss for ranking: the one of two inputs that should be greater is to be so by a margin.
 *
 * `loss_n = max(0, -target_n * (input1_n - input2_n) + margin)`
 *
 * @param target - 1 where `input1` should be greater, -1 where `input2` should
 * @param options - the margin is 0 unless given
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.margin_ranking_loss.html
 * @example
 * F.marginRankingLoss(torch.tensor([1.0]), torch.tensor([3.0]), torch.ones(1)) // tensor(2.)
 */
export function marginRankingLoss(
  input1: Tensor,
  input2: Tensor,
  target: Tensor,
  options: MarginLossOptions = {},
): Tensor {
  const { margin = 0, reduction = 'mean' } = options;
  return ops.marginRankingLoss(input1, input2, target, margin, reductionCode('marginRankingLoss', reduction));
}

/**
 * A loss for distances of pairs that are alike, or not.
 *
 * `loss_n = input_n` where `target_n` is 1, `max(0, margin - input_n)` where it is -1
 *
 * @param options - the margin is 1 unless given
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.hinge_embedding_loss.html
 * @example
 * F.hingeEmbeddingLoss(torch.tensor([0.5, 0.25]), torch.tensor([1, -1])) // tensor(0.6250)
 */
export function hingeEmbeddingLoss(input: Tensor, target: Tensor, options: MarginLossOptions = {}): Tensor {
  const { margin = 1, reduction = 'mean' } = options;
  return ops.hingeEmbeddingLoss(input, target, margin, reductionCode('hingeEmbeddingLoss', reduction));
}

/**
 * A loss for pairs of vectors that should point the same way, or not.
 *
 * `loss = 1 - cos(input1, input2)` where the target is 1, `max(0, cos(input1, input2) - margin)` where it is -1
 *
 * @param input1 - of shape `(N, D)` or `(D)`
 * @param target - of shape `(N)` or `()`
 * @param options - the margin is 0 unless given
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.cosine_embedding_loss.html
 * @example
 * F.cosineEmbeddingLoss(torch.tensor([[1.0, 0]]), torch.tensor([[0, 1.0]]), torch.ones(1)) // tensor(1.)
 */
export function cosineEmbeddingLoss(
  input1: Tensor,
  input2: Tensor,
  target: Tensor,
  options: MarginLossOptions = {},
): Tensor {
  const { margin = 0, reduction = 'mean' } = options;
  return ops.cosineEmbeddingLoss(input1, input2, target, margin, reductionCode('cosineEmbeddingLoss', reduction));
}

/**
 * A logistic loss of scores for two classes.
 *
 * `loss_n = log(1 + exp(-target_n * input_n))`
 *
 * @param target - of the input's shape, 1 or -1
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.soft_margin_loss.html
 * @example
 * F.softMarginLoss(torch.zeros(2), torch.ones(2)) // tensor(0.6931)
 */
export function softMarginLoss(input: Tensor, target: Tensor, options: LossOptions = {}): Tensor {
  return native.softMarginLoss(input, target, reductionCode('softMarginLoss', options.reduction ?? 'mean'));
}

/**
 * A hinge loss where an input has several classes.
 *
 * `loss = sum_ij max(0, 1 - (x[y_j] - x_i)) / C`, over the classes `y_j` and what is none
 *
 * @param input - scores of shape `(C)` or `(N, C)`
 * @param target - classes of the input's shape, int64, the first of them before a -1
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.multilabel_margin_loss.html
 * @example
 * F.multilabelMarginLoss(torch.tensor([0.25, 0.5, 0.75]), torch.tensor([2, -1, 0])) // tensor(0.4167)
 */
export function multilabelMarginLoss(input: Tensor, target: Tensor, options: LossOptions = {}): Tensor {
  return native.multilabelMarginLoss(input, target, reductionCode('multilabelMarginLoss', options.reduction ?? 'mean'));
}

/**
 * The mean of a binary cross entropy for each class, where an input has several classes.
 *
 * `loss = -sum_c (y_c * log(sigmoid(x_c)) + (1 - y_c) * log(sigmoid(-x_c))) / C`
 *
 * @param input - logits of shape `(N, C)`
 * @param target - 0 or 1, of shape `(N, C)`
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.multilabel_soft_margin_loss.html
 * @example
 * F.multilabelSoftMarginLoss(torch.zeros(1, 3), torch.tensor([[1, 0, 1]])) // tensor(0.6931)
 */
export function multilabelSoftMarginLoss(input: Tensor, target: Tensor, options: WeightedLossOptions = {}): Tensor {
  const { weight = null, reduction = 'mean' } = options;
  const positive = target.mul(native.logSigmoid(input));
  const negative = target.neg().add(1).mul(native.logSigmoid(input.neg()));
  const loss = positive.add(negative).neg();
  return reduced('multilabelSoftMarginLoss', (weight ? loss.mul(weight) : loss).mean(-1), reduction);
}

/** What {@link multiMarginLoss} takes by name. */
export interface MultiMarginLossOptions extends MarginLossOptions {
  /** The power of each term, 1 or 2; 1 unless given. */
  p?: 1 | 2;
  /** A weight for each class, of shape `(C)`. */
  weight?: Tensor | null;
}

/**
 * A hinge loss between classes.
 *
 * `loss = sum_{i != y} max(0, margin - x[y] + x_i)^p / C`
 *
 * @param input - scores of shape `(C)` or `(N, C)`
 * @param target - classes, int64 of shape `()` or `(N)`
 * @param options - the margin is 1 unless given
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.multi_margin_loss.html
 * @example
 * F.multiMarginLoss(torch.tensor([[0.25, 0.5]]), torch.tensor([1])) // tensor(0.3750)
 */
export function multiMarginLoss(input: Tensor, target: Tensor, options: MultiMarginLossOptions = {}): Tensor {
  const { p = 1, margin = 1, weight = null, reduction = 'mean' } = options;
  if (p !== 1 && p !== 2) throw wrongArgument('multiMarginLoss', 'p', '1 or 2', p);
  return native.multiMarginLoss(input, target, p, margin, weight, reductionCode('multiMarginLoss', reduction));
}

/** What {@link tripletMarginLoss} takes by name. */
export interface TripletMarginLossOptions extends MarginLossOptions {
  /** The p of the p-norm; 2 unless given. */
  p?: number;
  /** Added to differences; 1e-6 unless given. */
  eps?: number;
  /** Whether the positive example, where it is nearer to the negative, takes the anchor's place; false unless given. */
  swap?: boolean;
}

/**
 * A loss that wants an anchor nearer to a positive than to a negative example (Balntas et al., 2016).
 *
 * `loss_n = max(0, d(anchor_n, positive_n) - d(anchor_n, negative_n) + margin)`, `d(x, y) = ||x - y + eps||_p`
 *
 * @param anchor - of shape `(N, D)` or `(D)`, as the others
 * @param options - the margin is 1 unless given
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.triplet_margin_loss.html
 * @example
 * F.tripletMarginLoss(torch.zeros(1, 2), torch.zeros(1, 2), torch.zeros(1, 2)) // tensor(1.)
 */
export function tripletMarginLoss(
  anchor: Tensor,
  positive: Tensor,
  negative: Tensor,
  options: TripletMarginLossOptions = {},
): Tensor {
  const { margin = 1, p = 2, eps = 1e-6, swap = false, reduction = 'mean' } = options;
  if (!(margin > 0)) throw wrongArgument('tripletMarginLoss', 'margin', 'number above 0', margin);
  const code = reductionCode('tripletMarginLoss', reduction);
  return ops.tripletMarginLoss(anchor, positive, negative, margin, p, eps, swap, code);
}

/** What {@link tripletMarginWithDistanceLoss} takes by name. */
export interface TripletMarginWithDistanceLossOptions extends MarginLossOptions {
  /** The distance of two batches of vectors; that of Euclid unless given. */
  distanceFunction?: ((x: Tensor, y: Tensor) => Tensor) | null;
  /** Whether the positive example, where it is nearer to the negative, takes the anchor's place; false unless given. */
  swap?: boolean;
}

/**
 * {@link tripletMarginLoss} with any distance.
 *
 * `loss_n = max(0, d(anchor_n, positive_n) - d(anchor_n, negative_n) + margin)`
 *
 * @param options - the margin is 1 unless given
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.triplet_margin_with_distance_loss.html
 * @example
 * const distanceFunction = (x, y) => x.sub(y).abs().sum(1)
 * F.tripletMarginWithDistanceLoss(torch.zeros(1, 2), torch.ones(1, 2), torch.ones(1, 2), { distanceFunction }) // tensor(1.)
 */
export function tripletMarginWithDistanceLoss(
  anchor: Tensor,
  positive: Tensor,
  negative: Tensor,
  options: TripletMarginWithDistanceLossOptions = {},
): Tensor {
  const { distanceFunction = null, margin = 1, swap = false, reduction = 'mean' } = options;
  const name = 'tripletMarginWithDistanceLoss';
  if (!(margin > 0)) throw wrongArgument(name, 'margin', 'number above 0', margin);
  const distance = distanceFunction ?? ((x: Tensor, y: Tensor): Tensor => pairwiseDistance(x, y));
  const near = distance(anchor, positive);
  let far = distance(anchor, negative);
  if (swap) far = far.minimum(distance(positive, negative));
  return reduced(name, near.sub(far).add(margin).clampMin(0), reduction);
}

/** What {@link ctcLoss} takes by name. */
export interface CtcLossOptions extends LossOptions {
  /** The class that stands for no symbol; 0 unless given. */
  blank?: number;
  /** Whether infinite losses, of inputs too short for their targets, become zero; false unless given. */
  zeroInfinity?: boolean;
}

/**
 * The connectionist temporal classification loss (Graves et al., 2006), over all alignments of targets with inputs.
 *
 * @param logProbs - log-probabilities of shape `(T, N, C)` or `(T, C)`
 * @param targets - classes of shape `(N, S)`, or all one after the other
 * @param inputLengths - the length of each input, at most `T`
 * @param targetLengths - the length of each target
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.ctc_loss.html
 * @example
 * const logProbs = torch.zeros(2, 1, 2).logSoftmax(2)
 * F.ctcLoss(logProbs, torch.tensor([[1]]), [2], [1]) // tensor(0.2877)
 */
export function ctcLoss(
  logProbs: Tensor,
  targets: Tensor,
  inputLengths: Tensor | readonly number[],
  targetLengths: Tensor | readonly number[],
  options: CtcLossOptions = {},
): Tensor {
  const { blank = 0, zeroInfinity = false, reduction = 'mean' } = options;
  const code = reductionCode('ctcLoss', reduction);
  return ops.ctcLoss(logProbs, targets, inputLengths as Tensor, targetLengths as Tensor, blank, code, zeroInfinity);
}
