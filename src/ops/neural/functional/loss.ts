import { fn } from '../../op.js';
import type { Named, Scalar } from '../../../shape.js';
import type { Tensor } from '../../../tensor.js';

/** What {@link binaryCrossEntropy} takes by name. */
export interface BinaryCrossEntropyOptions {
  /** A weight for each element or class. */
  weight?: Tensor | null;
  /** 0 none, 1 mean, 2 sum. */
  reduction?: number;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * Binary cross entropy of probabilities.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.binary_cross_entropy.html
 * @example
 * F.binaryCrossEntropy(torch.tensor([0.5]), torch.ones(1)) // tensor(0.6931)
 */
export const binaryCrossEntropy =
  fn<
    (
      input: Tensor,
      target: Tensor,
      weight?: Tensor | null | BinaryCrossEntropyOptions,
      reduction?: number | BinaryCrossEntropyOptions,
      options?: BinaryCrossEntropyOptions,
    ) => Tensor
  >('aten::binary_cross_entropy');

/** What {@link crossEntropyLoss} takes by name. */
export interface CrossEntropyLossOptions {
  /** A weight for each element or class. */
  weight?: Tensor | null;
  /** 0 none, 1 mean, 2 sum. */
  reduction?: number;
  /** A class whose examples cost nothing. -100 unless given. */
  ignoreIndex?: number;
  /** How much of the target is spread evenly over all classes, from 0 to 1. 0 unless given. */
  labelSmoothing?: number;
}

/**
 * Cross entropy between logits and targets, with the reduction as a number.
 *
 * @example
 * F.crossEntropyLoss(torch.zeros(1, 2), torch.tensor([0])) // tensor(0.6931)
 */
export const crossEntropyLoss =
  fn<
    (
      input: Tensor,
      target: Tensor,
      weight?: Tensor | null | CrossEntropyLossOptions,
      reduction?: number | CrossEntropyLossOptions,
      ignoreIndex?: number | CrossEntropyLossOptions,
      labelSmoothing?: number | CrossEntropyLossOptions,
      options?: CrossEntropyLossOptions,
    ) => Tensor
  >('aten::cross_entropy_loss');

/** What {@link huberLoss} takes by name. */
export interface HuberLossOptions {
  /** 0 none, 1 mean, 2 sum. */
  reduction?: number;
  /** Where the square becomes a straight line, greater than 0. 1 unless given. */
  delta?: number;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * Squared near zero, absolute from `delta` on.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.huber_loss.html
 * @example
 * F.huberLoss(torch.zeros(1), torch.ones(1)) // tensor(0.5000)
 */
export const huberLoss =
  fn<
    (
      input: Tensor,
      target: Tensor,
      reduction?: number | HuberLossOptions,
      delta?: number | HuberLossOptions,
      options?: HuberLossOptions,
    ) => Tensor
  >('aten::huber_loss');

/** What {@link l1Loss} takes by name. */
export interface L1LossOptions {
  /** 0 none, 1 mean, 2 sum. */
  reduction?: number;
}

/**
 * The absolute difference.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.l1_loss.html
 * @example
 * F.l1Loss(torch.zeros(1), torch.ones(1)) // tensor(1.)
 */
export const l1Loss =
  fn<(input: Tensor, target: Tensor, reduction?: number | L1LossOptions, options?: L1LossOptions) => Tensor>(
    'aten::l1_loss',
  );

/** What {@link mseLoss} takes by name. */
export interface MseLossOptions {
  /** 0 none, 1 mean, 2 sum. */
  reduction?: number;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * The squared difference.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.mse_loss.html
 * @example
 * F.mseLoss(torch.zeros(1), torch.ones(1)) // tensor(1.)
 */
export const mseLoss =
  fn<(input: Tensor, target: Tensor, reduction?: number | MseLossOptions, options?: MseLossOptions) => Tensor>(
    'aten::mse_loss',
  );

/** What {@link multiMarginLoss} takes by name. */
export interface MultiMarginLossOptions {
  /** The exponent, or probability. */
  p?: Scalar;
  /** By how much the right class must lead. 1 unless given. */
  margin?: Scalar;
  /** A weight for each element or class. */
  weight?: Tensor | null;
  /** 0 none, 1 mean, 2 sum. */
  reduction?: number;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * Hinge loss of several classes.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.multi_margin_loss.html
 * @example
 * F.multiMarginLoss(torch.zeros(1, 2), torch.tensor([0])) // tensor(0.5000)
 */
export const multiMarginLoss =
  fn<
    (
      input: Tensor,
      target: Tensor,
      p?: Scalar | MultiMarginLossOptions,
      margin?: Scalar | MultiMarginLossOptions,
      weight?: Tensor | null | MultiMarginLossOptions,
      reduction?: number | MultiMarginLossOptions,
      options?: MultiMarginLossOptions,
    ) => Tensor
  >('aten::multi_margin_loss');

/** What {@link multilabelMarginLoss} takes by name. */
export interface MultilabelMarginLossOptions {
  /** 0 none, 1 mean, 2 sum. */
  reduction?: number;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * Hinge loss of several labels.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.multilabel_margin_loss.html
 * @example
 * F.multilabelMarginLoss(torch.zeros(1, 2), torch.tensor([[0, -1]])) // tensor(0.5000)
 */
export const multilabelMarginLoss =
  fn<
    (
      input: Tensor,
      target: Tensor,
      reduction?: number | MultilabelMarginLossOptions,
      options?: MultilabelMarginLossOptions,
    ) => Tensor
  >('aten::multilabel_margin_loss');

/** What {@link multilabelMarginLossForward} takes by name. */
export interface MultilabelMarginLossForwardOptions {
  /** Tensors to write the 2 results to, in order. */
  out?: readonly [Tensor, Tensor];
}

/**
 * As {@link multilabelMarginLoss}, with what its gradient needs.
 *
 * @example
 * F.multilabelMarginLossForward(torch.zeros(1, 2), torch.tensor([[0, -1]]), 1)[0] // tensor(0.5000)
 */
export const multilabelMarginLossForward = fn<
  [
    (
      input: Tensor,
      target: Tensor,
      reduction: number,
      options?: MultilabelMarginLossForwardOptions,
    ) => [Tensor, Tensor],
    (
      input: Tensor,
      target: Tensor,
      reduction: number,
      options?: MultilabelMarginLossForwardOptions,
    ) => Named<{ output: Tensor; isTarget: Tensor }>,
  ]
>('aten::multilabel_margin_loss_forward');

/** What {@link nllLoss} takes by name. */
export interface NllLossOptions {
  /** A weight for each element or class. */
  weight?: Tensor | null;
  /** 0 none, 1 mean, 2 sum. */
  reduction?: number;
  /** A class whose examples cost nothing. -100 unless given. */
  ignoreIndex?: number;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * The negative log likelihood, of inputs `(N, C)`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.nll_loss.html
 * @example
 * F.nllLoss(torch.zeros(1, 2), torch.tensor([0])) // tensor(0.)
 */
export const nllLoss =
  fn<
    (
      input: Tensor,
      target: Tensor,
      weight?: Tensor | null | NllLossOptions,
      reduction?: number | NllLossOptions,
      ignoreIndex?: number | NllLossOptions,
      options?: NllLossOptions,
    ) => Tensor
  >('aten::nll_loss');

/** What {@link nllLoss2d} takes by name. */
export interface NllLoss2dOptions {
  /** A weight for each element or class. */
  weight?: Tensor | null;
  /** 0 none, 1 mean, 2 sum. */
  reduction?: number;
  /** A class whose examples cost nothing. -100 unless given. */
  ignoreIndex?: number;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * The negative log likelihood, of inputs `(N, C, H, W)`.
 *
 * @example
 * F.nllLoss2d(torch.zeros(1, 2, 1, 1), torch.tensor([[[0]]])) // tensor(0.)
 */
export const nllLoss2d =
  fn<
    (
      input: Tensor,
      target: Tensor,
      weight?: Tensor | null | NllLoss2dOptions,
      reduction?: number | NllLoss2dOptions,
      ignoreIndex?: number | NllLoss2dOptions,
      options?: NllLoss2dOptions,
    ) => Tensor
  >('aten::nll_loss2d');

/** What {@link nllLoss2dForward} takes by name. */
export interface NllLoss2dForwardOptions {
  /** Tensors to write the 2 results to, in order. */
  out?: readonly [Tensor, Tensor];
}

/**
 * As {@link nllLoss2d}, with the sum of weights.
 *
 * @example
 * F.nllLoss2dForward(torch.zeros(1, 2, 1, 1), torch.tensor([[[0]]]), null, 1, -100)[1] // tensor(1.)
 */
export const nllLoss2dForward =
  fn<
    [
      (
        input: Tensor,
        target: Tensor,
        weight: Tensor | null,
        reduction: number,
        ignoreIndex: number,
        options?: NllLoss2dForwardOptions,
      ) => [Tensor, Tensor],
      (
        input: Tensor,
        target: Tensor,
        weight: Tensor | null,
        reduction: number,
        ignoreIndex: number,
        options?: NllLoss2dForwardOptions,
      ) => Named<{ output: Tensor; totalWeight: Tensor }>,
    ]
  >('aten::nll_loss2d_forward');

/** What {@link nllLossForward} takes by name. */
export interface NllLossForwardOptions {
  /** Tensors to write the 2 results to, in order. */
  out?: readonly [Tensor, Tensor];
}

/**
 * As {@link nllLoss}, with the sum of weights.
 *
 * @example
 * F.nllLossForward(torch.zeros(1, 2), torch.tensor([0]), null, 1, -100)[1] // tensor(1.)
 */
export const nllLossForward =
  fn<
    [
      (
        input: Tensor,
        target: Tensor,
        weight: Tensor | null,
        reduction: number,
        ignoreIndex: number,
        options?: NllLossForwardOptions,
      ) => [Tensor, Tensor],
      (
        input: Tensor,
        target: Tensor,
        weight: Tensor | null,
        reduction: number,
        ignoreIndex: number,
        options?: NllLossForwardOptions,
      ) => Named<{ output: Tensor; totalWeight: Tensor }>,
    ]
  >('aten::nll_loss_forward');

/** What {@link nllLossNd} takes by name. */
export interface NllLossNdOptions {
  /** A weight for each element or class. */
  weight?: Tensor | null;
  /** 0 none, 1 mean, 2 sum. */
  reduction?: number;
  /** A class whose examples cost nothing. -100 unless given. */
  ignoreIndex?: number;
}

/**
 * The negative log likelihood, of inputs with any number of dimensions.
 *
 * @example
 * F.nllLossNd(torch.zeros(1, 2), torch.tensor([0])) // tensor(0.)
 */
export const nllLossNd =
  fn<
    (
      input: Tensor,
      target: Tensor,
      weight?: Tensor | null | NllLossNdOptions,
      reduction?: number | NllLossNdOptions,
      ignoreIndex?: number | NllLossNdOptions,
      options?: NllLossNdOptions,
    ) => Tensor
  >('aten::nll_loss_nd');

/** What {@link smoothL1Loss} takes by name. */
export interface SmoothL1LossOptions {
  /** 0 none, 1 mean, 2 sum. */
  reduction?: number;
  /** The multiplier of the input. */
  beta?: number;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * Squared near zero, absolute from `beta` on.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.smooth_l1_loss.html
 * @example
 * F.smoothL1Loss(torch.zeros(1), torch.ones(1)) // tensor(0.5000)
 */
export const smoothL1Loss =
  fn<
    (
      input: Tensor,
      target: Tensor,
      reduction?: number | SmoothL1LossOptions,
      beta?: number | SmoothL1LossOptions,
      options?: SmoothL1LossOptions,
    ) => Tensor
  >('aten::smooth_l1_loss');

/** What {@link softMarginLoss} takes by name. */
export interface SoftMarginLossOptions {
  /** 0 none, 1 mean, 2 sum. */
  reduction?: number;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * `log(1 + exp(-target * x))`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.soft_margin_loss.html
 * @example
 * F.softMarginLoss(torch.zeros(1), torch.ones(1)) // tensor(0.6931)
 */
export const softMarginLoss =
  fn<
    (
      input: Tensor,
      target: Tensor,
      reduction?: number | SoftMarginLossOptions,
      options?: SoftMarginLossOptions,
    ) => Tensor
  >('aten::soft_margin_loss');
