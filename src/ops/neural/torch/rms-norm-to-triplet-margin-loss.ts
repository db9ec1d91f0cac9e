import { fn, op } from '../../op.js';
import type { OutOptions, Scalar, Size } from '../../../shape.js';
import type { Dtype } from '../../../dtype.js';
import type { Tensor } from '../../../tensor.js';
import type { Generator } from '../../../generator.js';

/** What {@link rmsNorm} takes by name. */
export interface RmsNormOptions {
  /** A weight for each element or class. */
  weight?: Tensor | null;
  /** A small number that keeps divisors away from zero. */
  eps?: number | null;
}

/**
 * Divides by the root of the mean square over the last dimensions.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.rms_norm.html
 * @example
 * torch.rmsNorm(torch.tensor([2.5, 2.5]), [2]) // tensor([1., 1.])
 */
export const rmsNorm =
  fn<
    (
      input: Tensor,
      normalizedShape: Size,
      weight?: Tensor | null | RmsNormOptions,
      eps?: number | null | RmsNormOptions,
      options?: RmsNormOptions,
    ) => Tensor
  >('aten::rms_norm');

/**
 * An Elman network with ReLU over a sequence.
 */
export const rnnRelu =
  fn<
    [
      (
        input: Tensor,
        hx: Tensor,
        params: readonly Tensor[],
        hasBiases: boolean,
        numLayers: number,
        dropout: number,
        train: boolean,
        bidirectional: boolean,
        batchFirst: boolean,
      ) => [Tensor, Tensor],
      (
        data: Tensor,
        batchSizes: Tensor,
        hx: Tensor,
        params: readonly Tensor[],
        hasBiases: boolean,
        numLayers: number,
        dropout: number,
        train: boolean,
        bidirectional: boolean,
      ) => [Tensor, Tensor],
    ]
  >('aten::rnn_relu');

/** What {@link rnnReluCell} takes by name. */
export interface RnnReluCellOptions {
  bIh?: Tensor | null;
  bHh?: Tensor | null;
}

/**
 * One step of {@link rnnRelu}.
 *
 * @example
 * torch.rnnReluCell(torch.ones(1, 1), torch.zeros(1, 1), torch.ones(1, 1), torch.zeros(1, 1)) // tensor([[1.]])
 */
export const rnnReluCell =
  fn<
    (
      input: Tensor,
      hx: Tensor,
      wIh: Tensor,
      wHh: Tensor,
      bIh?: Tensor | null | RnnReluCellOptions,
      bHh?: Tensor | null | RnnReluCellOptions,
      options?: RnnReluCellOptions,
    ) => Tensor
  >('aten::rnn_relu_cell');

/**
 * An Elman network with tanh over a sequence.
 */
export const rnnTanh =
  fn<
    [
      (
        input: Tensor,
        hx: Tensor,
        params: readonly Tensor[],
        hasBiases: boolean,
        numLayers: number,
        dropout: number,
        train: boolean,
        bidirectional: boolean,
        batchFirst: boolean,
      ) => [Tensor, Tensor],
      (
        data: Tensor,
        batchSizes: Tensor,
        hx: Tensor,
        params: readonly Tensor[],
        hasBiases: boolean,
        numLayers: number,
        dropout: number,
        train: boolean,
        bidirectional: boolean,
      ) => [Tensor, Tensor],
    ]
  >('aten::rnn_tanh');

/** What {@link rnnTanhCell} takes by name. */
export interface RnnTanhCellOptions {
  bIh?: Tensor | null;
  bHh?: Tensor | null;
}

/**
 * One step of {@link rnnTanh}.
 *
 * @example
 * torch.rnnTanhCell(torch.ones(1, 1), torch.zeros(1, 1), torch.zeros(1, 1), torch.zeros(1, 1)) // tensor([[0.]])
 */
export const rnnTanhCell =
  fn<
    (
      input: Tensor,
      hx: Tensor,
      wIh: Tensor,
      wHh: Tensor,
      bIh?: Tensor | null | RnnTanhCellOptions,
      bHh?: Tensor | null | RnnTanhCellOptions,
      options?: RnnTanhCellOptions,
    ) => Tensor
  >('aten::rnn_tanh_cell');

/** What {@link rrelu} takes by name. */
export interface RreluOptions {
  lower?: Scalar;
  /** Whether the upper triangle is meant. */
  upper?: Scalar;
  /** Whether the module is in training mode. */
  training?: boolean;
  /** The source of random numbers. */
  generator?: Generator | null;
}

/**
 * Leaky ReLU with a random slope in training.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.rrelu.html
 * @example
 * torch.rrelu(torch.ones(1)) // tensor([1.])
 */
export const rrelu =
  fn<
    (
      input: Tensor,
      lower?: Scalar | RreluOptions,
      upper?: Scalar | RreluOptions,
      training?: boolean | RreluOptions,
      generator?: Generator | null | RreluOptions,
      options?: RreluOptions,
    ) => Tensor
  >('aten::rrelu');

/** What {@link rrelu_} takes by name. */
export interface RreluInPlaceOptions {
  lower?: Scalar;
  /** Whether the upper triangle is meant. */
  upper?: Scalar;
  /** Whether the module is in training mode. */
  training?: boolean;
  /** The source of random numbers. */
  generator?: Generator | null;
}

/**
 * In place of {@link rrelu}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.rrelu_.html
 * @example
 * torch.rrelu_(torch.tensor([0.5, 1])) // tensor([0.5000, 1.0000])
 */
export const rrelu_ =
  fn<
    (
      input: Tensor,
      lower?: Scalar | RreluInPlaceOptions,
      upper?: Scalar | RreluInPlaceOptions,
      training?: boolean | RreluInPlaceOptions,
      generator?: Generator | null | RreluInPlaceOptions,
      options?: RreluInPlaceOptions,
    ) => Tensor
  >('aten::rrelu_');

/**
 * Scaled exponential linear units (Klambauer et al., 2017).
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.selu.html
 * @example
 * torch.selu(torch.zeros(1)) // tensor([0.])
 */
export const selu = fn<(input: Tensor) => Tensor>('aten::selu');

/**
 * In place of {@link selu}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.selu_.html
 * @example
 * torch.selu_(torch.tensor([0.5, 1])) // tensor([0.5254, 1.0507])
 */
export const selu_ = fn<(input: Tensor) => Tensor>('aten::selu_');

/** What {@link softmax} takes by name. */
export interface SoftmaxOptions {
  /** The dtype of the result, or to compute in. */
  dtype?: Dtype | null;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * `exp(x_i) / sum_j exp(x_j)` along a dimension.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.softmax.html
 * @example
 * torch.softmax(torch.zeros(2), 0) // tensor([0.5000, 0.5000])
 */
export const softmax =
  op<(input: Tensor, dim: number, dtype?: Dtype | null | SoftmaxOptions, options?: SoftmaxOptions) => Tensor>(
    'aten::softmax',
  );

/**
 * `x` where it is greater than the threshold, `value` elsewhere.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.threshold.html
 * @example
 * torch.threshold(torch.tensor([0.5, 2]), 1, 0) // tensor([0., 2.])
 */
export const threshold =
  fn<(input: Tensor, threshold: Scalar, value: Scalar, options?: OutOptions) => Tensor>('aten::threshold');

/**
 * In place of {@link threshold}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.threshold_.html
 */
export const threshold_ = fn<(input: Tensor, threshold: Scalar, value: Scalar) => Tensor>('aten::threshold_');

/** What {@link tripletMarginLoss} takes by name. */
export interface TripletMarginLossOptions {
  margin?: number;
  /** The exponent, or probability. */
  p?: number;
  /** A small number that keeps divisors away from zero. */
  eps?: number;
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
