import { fn } from '../../op.js';
import type { Extent, Named, OutOptions, Scalar, Size } from '../../../shape.js';
import type { Tensor } from '../../../tensor.js';
import type { Generator } from '../../../generator.js';

/** What {@link multiMarginLoss} takes by name. */
export interface MultiMarginLossOptions {
  /** The exponent, or probability. */
  p?: Scalar;
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
  output?: Tensor;
  isTarget?: Tensor;
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
  output?: Tensor;
  totalWeight?: Tensor;
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
  output?: Tensor;
  totalWeight?: Tensor;
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

/** What {@link oneHot} takes by name. */
export interface OneHotOptions {
  numClasses?: number;
}

/**
 * Vectors of zeros with a one at each index.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.one_hot.html
 * @example
 * F.oneHot(torch.tensor([1]), 3) // tensor([[0, 1, 0]])
 */
export const oneHot =
  fn<(input: Tensor, numClasses?: number | OneHotOptions, options?: OneHotOptions) => Tensor>('aten::one_hot');

/** What {@link pad} takes by name. */
export interface PadOptions {
  /** The way to compute. */
  mode?: string;
  /** The value. */
  value?: number | null;
}

/**
 * Fills around the input: 'constant', 'reflect', 'replicate' or 'circular', the last dimension's sizes first.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.pad.html
 * @example
 * F.pad(torch.ones(1), [1, 1]) // tensor([0., 1., 0.])
 */
export const pad =
  fn<
    (
      input: Tensor,
      pad: Size,
      mode?: string | PadOptions,
      value?: number | null | PadOptions,
      options?: PadOptions,
    ) => Tensor
  >('aten::pad');

/** What {@link padSequence} takes by name. */
export interface PadSequenceOptions {
  batchFirst?: boolean;
  paddingValue?: number;
  paddingSide?: string;
}

/**
 * Sequences of different lengths as one tensor, filled up.
 *
 * @example
 * F.padSequence([torch.ones(1), torch.ones(2)], true) // tensor([[1., 0.], [1., 1.]])
 */
export const padSequence =
  fn<
    (
      sequences: readonly Tensor[],
      batchFirst?: boolean | PadSequenceOptions,
      paddingValue?: number | PadSequenceOptions,
      paddingSide?: string | PadSequenceOptions,
      options?: PadSequenceOptions,
    ) => Tensor
  >('aten::pad_sequence');

/**
 * Mirrors sequences at their ends.
 *
 * @example
 * F.reflectionPad1d(torch.tensor([[1.5, 2]]), [1, 0]) // tensor([[2.0000, 1.5000, 2.0000]])
 */
export const reflectionPad1d =
  fn<(input: Tensor, padding: Extent, options?: OutOptions) => Tensor>('aten::reflection_pad1d');

/**
 * Mirrors images at their edges.
 *
 * @example
 * F.reflectionPad2d(torch.ones(1, 2, 2), [1, 1, 1, 1]).shape // [ 1, 4, 4 ]
 */
export const reflectionPad2d =
  fn<(input: Tensor, padding: Extent, options?: OutOptions) => Tensor>('aten::reflection_pad2d');

/**
 * Mirrors volumes at their faces.
 *
 * @example
 * F.reflectionPad3d(torch.ones(1, 2, 2, 2), [1, 1, 1, 1, 1, 1]).shape // [ 1, 4, 4, 4 ]
 */
export const reflectionPad3d =
  fn<(input: Tensor, padding: Extent, options?: OutOptions) => Tensor>('aten::reflection_pad3d');

/**
 * `min(max(0, x), 6)`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.relu6.html
 * @example
 * F.relu6(torch.tensor([-1.5, 8])) // tensor([0., 6.])
 */
export const relu6 = fn<(input: Tensor) => Tensor>('aten::relu6');

/**
 * In place of {@link relu6}.
 *
 * @example
 * F.relu6_(torch.tensor([0.5, 1])) // tensor([0.5000, 1.0000])
 */
export const relu6_ = fn<(input: Tensor) => Tensor>('aten::relu6_');

/**
 * Repeats the ends of sequences.
 *
 * @example
 * F.replicationPad1d(torch.tensor([[1.5, 2]]), [1, 0]) // tensor([[1.5000, 1.5000, 2.0000]])
 */
export const replicationPad1d =
  fn<(input: Tensor, padding: Extent, options?: OutOptions) => Tensor>('aten::replication_pad1d');

/**
 * Repeats the edges of images.
 *
 * @example
 * F.replicationPad2d(torch.ones(1, 2, 2), [1, 1, 1, 1]).shape // [ 1, 4, 4 ]
 */
export const replicationPad2d =
  fn<(input: Tensor, padding: Extent, options?: OutOptions) => Tensor>('aten::replication_pad2d');

/**
 * Repeats the faces of volumes.
 *
 * @example
 * F.replicationPad3d(torch.ones(1, 2, 2, 2), [1, 1, 1, 1, 1, 1]).shape // [ 1, 4, 4, 4 ]
 */
export const replicationPad3d =
  fn<(input: Tensor, padding: Extent, options?: OutOptions) => Tensor>('aten::replication_pad3d');

/** What {@link rreluWithNoise} takes by name. */
export interface RreluWithNoiseOptions {
  lower?: Scalar;
  /** Whether the upper triangle is meant. */
  upper?: Scalar;
  /** Whether the module is in training mode. */
  training?: boolean;
  /** The source of random numbers. */
  generator?: Generator | null;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * As `rrelu`, with the slopes that it drew.
 *
 * @example
 * F.rreluWithNoise(torch.ones(1), torch.ones(1)) // tensor([1.])
 */
export const rreluWithNoise =
  fn<
    (
      input: Tensor,
      noise: Tensor,
      lower?: Scalar | RreluWithNoiseOptions,
      upper?: Scalar | RreluWithNoiseOptions,
      training?: boolean | RreluWithNoiseOptions,
      generator?: Generator | null | RreluWithNoiseOptions,
      options?: RreluWithNoiseOptions,
    ) => Tensor
  >('aten::rrelu_with_noise');

/** What {@link rreluWithNoise_} takes by name. */
export interface RreluWithNoiseInPlaceOptions {
  lower?: Scalar;
  /** Whether the upper triangle is meant. */
  upper?: Scalar;
  /** Whether the module is in training mode. */
  training?: boolean;
  /** The source of random numbers. */
  generator?: Generator | null;
}

/**
 * In place of {@link rreluWithNoise}.
 *
 * @example
 * F.rreluWithNoise_(torch.tensor([1.5, 2]), torch.tensor([0.5, 3])) // tensor([1.5000, 2.0000])
 */
export const rreluWithNoise_ =
  fn<
    (
      input: Tensor,
      noise: Tensor,
      lower?: Scalar | RreluWithNoiseInPlaceOptions,
      upper?: Scalar | RreluWithNoiseInPlaceOptions,
      training?: boolean | RreluWithNoiseInPlaceOptions,
      generator?: Generator | null | RreluWithNoiseInPlaceOptions,
      options?: RreluWithNoiseInPlaceOptions,
    ) => Tensor
  >('aten::rrelu_with_noise_');
