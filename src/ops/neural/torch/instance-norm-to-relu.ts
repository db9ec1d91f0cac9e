import { fn, op } from '../../op.js';
import type { Dims, Extent, Size } from '../../../shape.js';
import type { Dtype } from '../../../dtype.js';
import type { Tensor } from '../../../tensor.js';

/**
 * Normalises each channel of each sample.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.instance_norm.html
 * @example
 * torch.instanceNorm(torch.ones(1, 1, 2), null, null, null, null, true, 0.1, 1e-5, false) // tensor([[[0., 0.]]])
 */
export const instanceNorm =
  fn<
    (
      input: Tensor,
      weight: Tensor | null,
      bias: Tensor | null,
      runningMean: Tensor | null,
      runningVar: Tensor | null,
      useInputStats: boolean,
      momentum: number,
      eps: number,
      cudnnEnabled: boolean,
    ) => Tensor
  >('aten::instance_norm');

/** What {@link klDiv} takes by name. */
export interface KlDivOptions {
  /** 0 none, 1 mean, 2 sum. */
  reduction?: number;
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

/** What {@link layerNorm} takes by name. */
export interface LayerNormOptions {
  /** A weight for each element or class. */
  weight?: Tensor | null;
  /** What is added. */
  bias?: Tensor | null;
  /** A small number that keeps divisors away from zero. */
  eps?: number;
  cudnnEnable?: boolean;
}

/**
 * Normalises over the last dimensions.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.layer_norm.html
 * @example
 * torch.layerNorm(torch.tensor([1.5, 1.5]), [2]) // tensor([0., 0.])
 */
export const layerNorm =
  fn<
    (
      input: Tensor,
      normalizedShape: Size,
      weight?: Tensor | null | LayerNormOptions,
      bias?: Tensor | null | LayerNormOptions,
      eps?: number | LayerNormOptions,
      cudnnEnable?: boolean | LayerNormOptions,
      options?: LayerNormOptions,
    ) => Tensor
  >('aten::layer_norm');

/** What {@link logSoftmax} takes by name. */
export interface LogSoftmaxOptions {
  /** The dtype of the result, or to compute in. */
  dtype?: Dtype | null;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * `log(softmax(x))`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.log_softmax.html
 * @example
 * torch.logSoftmax(torch.zeros(1), 0) // tensor([0.])
 */
export const logSoftmax =
  op<(input: Tensor, dim: number, dtype?: Dtype | null | LogSoftmaxOptions, options?: LogSoftmaxOptions) => Tensor>(
    'aten::log_softmax',
  );

/**
 * Long short-term memory over a sequence (Hochreiter and Schmidhuber, 1997).
 */
export const lstm =
  fn<
    [
      (
        input: Tensor,
        hx: readonly Tensor[],
        params: readonly Tensor[],
        hasBiases: boolean,
        numLayers: number,
        dropout: number,
        train: boolean,
        bidirectional: boolean,
        batchFirst: boolean,
      ) => [Tensor, Tensor, Tensor],
      (
        data: Tensor,
        batchSizes: Tensor,
        hx: readonly Tensor[],
        params: readonly Tensor[],
        hasBiases: boolean,
        numLayers: number,
        dropout: number,
        train: boolean,
        bidirectional: boolean,
      ) => [Tensor, Tensor, Tensor],
    ]
  >('aten::lstm');

/** What {@link lstmCell} takes by name. */
export interface LstmCellOptions {
  bIh?: Tensor | null;
  bHh?: Tensor | null;
}

/**
 * One step of {@link lstm}.
 */
export const lstmCell =
  fn<
    (
      input: Tensor,
      hx: readonly Tensor[],
      wIh: Tensor,
      wHh: Tensor,
      bIh?: Tensor | null | LstmCellOptions,
      bHh?: Tensor | null | LstmCellOptions,
      options?: LstmCellOptions,
    ) => [Tensor, Tensor]
  >('aten::lstm_cell');

/** What {@link marginRankingLoss} takes by name. */
export interface MarginRankingLossOptions {
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

/** What {@link maxPool1d} takes by name. */
export interface MaxPool1dOptions {
  /** The step of the window. */
  stride?: Dims;
  /** Elements added on both sides. */
  padding?: Dims;
  /** The distance between elements of the window. */
  dilation?: Dims;
  /** Whether a window may reach over the edge. */
  ceilMode?: boolean;
}

/**
 * The greatest element of each window of a sequence.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.max_pool1d.html
 * @example
 * torch.maxPool1d(torch.arange(4).float().view(1, 4), 2) // tensor([[1., 3.]])
 */
export const maxPool1d =
  fn<
    (
      input: Tensor,
      kernelSize: Dims,
      stride?: Dims | MaxPool1dOptions,
      padding?: Dims | MaxPool1dOptions,
      dilation?: Dims | MaxPool1dOptions,
      ceilMode?: boolean | MaxPool1dOptions,
      options?: MaxPool1dOptions,
    ) => Tensor
  >('aten::max_pool1d');

/** What {@link maxPool1dWithIndices} takes by name. */
export interface MaxPool1dWithIndicesOptions {
  /** The step of the window. */
  stride?: Dims;
  /** Elements added on both sides. */
  padding?: Dims;
  /** The distance between elements of the window. */
  dilation?: Dims;
  /** Whether a window may reach over the edge. */
  ceilMode?: boolean;
}

/**
 * The greatest element of each window of a sequence, and its place.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.max_pool1d_with_indices.html
 * @example
 * torch.maxPool1dWithIndices(torch.arange(4).float().view(1, 4), 2)[0] // tensor([[1., 3.]])
 */
export const maxPool1dWithIndices = fn<
  (
    input: Tensor,
    kernelSize: Dims,
    stride?: Dims | MaxPool1dWithIndicesOptions,
    padding?: Dims | MaxPool1dWithIndicesOptions,
    dilation?: Dims | MaxPool1dWithIndicesOptions,
    ceilMode?: boolean | MaxPool1dWithIndicesOptions,
    options?: MaxPool1dWithIndicesOptions,
  ) => [Tensor, Tensor]
>('aten::max_pool1d_with_indices');

/** What {@link maxPool2d} takes by name. */
export interface MaxPool2dOptions {
  /** The step of the window. */
  stride?: Extent;
  /** Elements added on both sides. */
  padding?: Extent;
  /** The distance between elements of the window. */
  dilation?: Extent;
  /** Whether a window may reach over the edge. */
  ceilMode?: boolean;
}

/**
 * The greatest element of each window of an image.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.max_pool2d.html
 * @example
 * torch.maxPool2d(torch.arange(4).float().view(1, 2, 2), 2) // tensor([[[3.]]])
 */
export const maxPool2d =
  fn<
    (
      input: Tensor,
      kernelSize: Extent,
      stride?: Extent | MaxPool2dOptions,
      padding?: Extent | MaxPool2dOptions,
      dilation?: Extent | MaxPool2dOptions,
      ceilMode?: boolean | MaxPool2dOptions,
      options?: MaxPool2dOptions,
    ) => Tensor
  >('aten::max_pool2d');

/** What {@link maxPool3d} takes by name. */
export interface MaxPool3dOptions {
  /** The step of the window. */
  stride?: Extent;
  /** Elements added on both sides. */
  padding?: Extent;
  /** The distance between elements of the window. */
  dilation?: Extent;
  /** Whether a window may reach over the edge. */
  ceilMode?: boolean;
}

/**
 * The greatest element of each window of a volume.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.max_pool3d.html
 * @example
 * torch.maxPool3d(torch.ones(1, 2, 2, 2), 2) // tensor([[[[1.]]]])
 */
export const maxPool3d =
  fn<
    (
      input: Tensor,
      kernelSize: Extent,
      stride?: Extent | MaxPool3dOptions,
      padding?: Extent | MaxPool3dOptions,
      dilation?: Extent | MaxPool3dOptions,
      ceilMode?: boolean | MaxPool3dOptions,
      options?: MaxPool3dOptions,
    ) => Tensor
  >('aten::max_pool3d');

/** What {@link nativeBatchNorm} takes by name. */
export interface NativeBatchNormOptions {
  /** A tensor to write the result to. */
  out?: readonly Tensor[];
}

/**
 * As {@link batchNorm}, with the statistics that it used.
 *
 * @example
 * torch.nativeBatchNorm(torch.ones(2, 1), null, null, null, null, true, 0.1, 1e-5)[0] // tensor([[0.], [0.]])
 */
export const nativeBatchNorm =
  fn<
    (
      input: Tensor,
      weight: Tensor | null,
      bias: Tensor | null,
      runningMean: Tensor | null,
      runningVar: Tensor | null,
      training: boolean,
      momentum: number,
      eps: number,
      options?: NativeBatchNormOptions,
    ) => [Tensor, Tensor, Tensor]
  >('aten::native_batch_norm');

/**
 * As {@link channelShuffle}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.native_channel_shuffle.html
 * @example
 * torch.nativeChannelShuffle(torch.arange(4).view(1, 4, 1), 2).flatten() // tensor([0, 2, 1, 3])
 */
export const nativeChannelShuffle = fn<(input: Tensor, groups: number) => Tensor>('aten::native_channel_shuffle');

/**
 * As {@link dropout}, with the mask of the elements that stayed.
 *
 * @example
 * torch.nativeDropout(torch.ones(2), 0, true)[0] // tensor([1., 1.])
 */
export const nativeDropout =
  fn<(input: Tensor, p: number, train: boolean | null) => [Tensor, Tensor]>('aten::native_dropout');

/**
 * As {@link groupNorm}, with means and reciprocal standard deviations.
 *
 * @example
 * torch.nativeGroupNorm(torch.ones(1, 2), null, null, 1, 2, 1, 1, 1e-5)[0] // tensor([[0., 0.]])
 */
export const nativeGroupNorm =
  fn<
    (
      input: Tensor,
      weight: Tensor | null,
      bias: Tensor | null,
      N: number,
      C: number,
      HxW: number,
      group: number,
      eps: number,
    ) => [Tensor, Tensor, Tensor]
  >('aten::native_group_norm');

/**
 * As {@link layerNorm}, with means and reciprocal standard deviations.
 *
 * @example
 * torch.nativeLayerNorm(torch.tensor([1.5, 1.5]), [2], null, null, 1e-5)[0] // tensor([0., 0.])
 */
export const nativeLayerNorm =
  fn<
    (
      input: Tensor,
      normalizedShape: Size,
      weight: Tensor | null,
      bias: Tensor | null,
      eps: number,
    ) => [Tensor, Tensor, Tensor]
  >('aten::native_layer_norm');

/**
 * Moves channels into space: `(N, C r^2, H, W)` to `(N, C, H r, W r)`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.pixel_shuffle.html
 * @example
 * torch.pixelShuffle(torch.ones(1, 4, 1, 1), 2).shape // [ 1, 1, 2, 2 ]
 */
export const pixelShuffle = fn<(input: Tensor, upscaleFactor: number) => Tensor>('aten::pixel_shuffle');

/**
 * Moves space into channels, the reverse of {@link pixelShuffle}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.pixel_unshuffle.html
 * @example
 * torch.pixelUnshuffle(torch.ones(1, 1, 2, 2), 2).shape // [ 1, 4, 1, 1 ]
 */
export const pixelUnshuffle = fn<(input: Tensor, downscaleFactor: number) => Tensor>('aten::pixel_unshuffle');

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

/**
 * `x` where positive, `weight * x` elsewhere.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.prelu.html
 * @example
 * torch.prelu(torch.tensor([-2.5, 1]), torch.tensor([0.5])) // tensor([-1.2500, 1.0000])
 */
export const prelu = op<(input: Tensor, weight: Tensor) => Tensor>('aten::prelu');

/**
 * The positive part: `max(0, x)`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.relu.html
 * @example
 * torch.relu(torch.tensor([-1.5, 2])) // tensor([0., 2.])
 */
export const relu = op<(input: Tensor) => Tensor>('aten::relu');

/**
 * In place of {@link relu}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.relu_.html
 * @example
 * torch.relu_(torch.tensor([0.5, 1])) // tensor([0.5000, 1.0000])
 */
export const relu_ = op<(input: Tensor) => Tensor>('aten::relu_');
