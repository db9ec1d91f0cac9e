import { fn } from '../../op.js';
import type { Dims, Extent, OutOptions, Scalar, Size } from '../../../shape.js';
import type { Tensor } from '../../../tensor.js';

/**
 * Means of windows chosen so that the output has the size given.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.adaptive_avg_pool1d.html
 * @example
 * torch.adaptiveAvgPool1d(torch.arange(4).float().view(1, 4), 2) // tensor([[0.5000, 2.5000]])
 */
export const adaptiveAvgPool1d = fn<(input: Tensor, outputSize: Dims) => Tensor>('aten::adaptive_avg_pool1d');

/**
 * Greatest elements, and their places, of windows chosen so that the output has the size given.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.adaptive_max_pool1d.html
 * @example
 * torch.adaptiveMaxPool1d(torch.arange(4).float().view(1, 4), 2)[0] // tensor([[1., 3.]])
 */
export const adaptiveMaxPool1d = fn<(input: Tensor, outputSize: Dims) => [Tensor, Tensor]>('aten::adaptive_max_pool1d');

/**
 * The grid that {@link gridSampler} takes, of affine matrices.
 *
 * @example
 * torch.affineGridGenerator(torch.ones(1, 2, 3), [1, 1, 2, 2], false).shape // [ 1, 2, 2, 2 ]
 */
export const affineGridGenerator =
  fn<(theta: Tensor, size: Size, alignCorners: boolean) => Tensor>('aten::affine_grid_generator');

/**
 * Dropout that keeps mean and variance, for networks of {@link selu}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.alpha_dropout.html
 * @example
 * torch.alphaDropout(torch.ones(2), 0.5, false) // tensor([1., 1.])
 */
export const alphaDropout = fn<(input: Tensor, p: number, train: boolean) => Tensor>('aten::alpha_dropout');

/**
 * In place of {@link alphaDropout}.
 */
export const alphaDropout_ = fn<(input: Tensor, p: number, train: boolean) => Tensor>('aten::alpha_dropout_');

/** What {@link avgPool1d} takes by name. */
export interface AvgPool1dOptions {
  /** The step of the window. */
  stride?: Dims;
  /** Elements added on both sides. */
  padding?: Dims;
  /** Whether a window may reach over the edge. */
  ceilMode?: boolean;
  countIncludePad?: boolean;
}

/**
 * The mean of each window of a sequence.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.avg_pool1d.html
 * @example
 * torch.avgPool1d(torch.arange(4).float().view(1, 4), 2) // tensor([[0.5000, 2.5000]])
 */
export const avgPool1d =
  fn<
    (
      input: Tensor,
      kernelSize: Dims,
      stride?: Dims | AvgPool1dOptions,
      padding?: Dims | AvgPool1dOptions,
      ceilMode?: boolean | AvgPool1dOptions,
      countIncludePad?: boolean | AvgPool1dOptions,
      options?: AvgPool1dOptions,
    ) => Tensor
  >('aten::avg_pool1d');

/**
 * Normalises each channel over the batch: `(x - mean) / sqrt(var + eps) * weight + bias`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.batch_norm.html
 * @example
 * torch.batchNorm(torch.ones(2, 1), null, null, null, null, true, 0.1, 1e-5, false) // tensor([[0.], [0.]])
 */
export const batchNorm =
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
      cudnnEnabled: boolean,
    ) => Tensor
  >('aten::batch_norm');

/**
 * Batch normalisation with statistics that are given; on a GPU.
 */
export const batchNormElemt =
  fn<
    (
      input: Tensor,
      weight: Tensor | null,
      bias: Tensor | null,
      mean: Tensor,
      invstd: Tensor,
      eps: number,
      options?: OutOptions,
    ) => Tensor
  >('aten::batch_norm_elemt');

/**
 * Combines statistics of several processes; on a GPU.
 */
export const batchNormGatherStats = fn<
  (
    input: Tensor,
    mean: Tensor,
    invstd: Tensor,
    runningMean: Tensor | null,
    runningVar: Tensor | null,
    momentum: number,
    eps: number,
    count: number,
  ) => [Tensor, Tensor]
>('aten::batch_norm_gather_stats');

/**
 * As {@link batchNormGatherStats}, with a count for each process.
 */
export const batchNormGatherStatsWithCounts = fn<
  (
    input: Tensor,
    mean: Tensor,
    invstd: Tensor,
    runningMean: Tensor | null,
    runningVar: Tensor | null,
    momentum: number,
    eps: number,
    counts: Tensor,
  ) => [Tensor, Tensor]
>('aten::batch_norm_gather_stats_with_counts');

/**
 * Mean and reciprocal standard deviation of each channel; on a GPU.
 */
export const batchNormStats = fn<(input: Tensor, eps: number) => [Tensor, Tensor]>('aten::batch_norm_stats');

/**
 * The statistics of a batch, and running ones brought up to date.
 *
 * @example
 * torch.batchNormUpdateStats(torch.ones(2, 1), null, null, 0.1)[0] // tensor([1.])
 */
export const batchNormUpdateStats = fn<
  (input: Tensor, runningMean: Tensor | null, runningVar: Tensor | null, momentum: number) => [Tensor, Tensor]
>('aten::batch_norm_update_stats');

/** What {@link bilinear} takes by name. */
export interface BilinearOptions {
  /** What is added. */
  bias?: Tensor | null;
}

/**
 * `x1^T A x2 + b` for each pair of rows.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.bilinear.html
 * @example
 * torch.bilinear(torch.ones(1, 2), torch.ones(1, 2), torch.ones(1, 2, 2)) // tensor([[4.]])
 */
export const bilinear =
  fn<
    (
      input1: Tensor,
      input2: Tensor,
      weight: Tensor,
      bias?: Tensor | null | BilinearOptions,
      options?: BilinearOptions,
    ) => Tensor
  >('aten::bilinear');

/** What {@link binaryCrossEntropyWithLogits} takes by name. */
export interface BinaryCrossEntropyWithLogitsOptions {
  /** A weight for each element or class. */
  weight?: Tensor | null;
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

/** What {@link celu} takes by name. */
export interface CeluOptions {
  /** A multiplier. */
  alpha?: Scalar;
}

/**
 * `max(0, x) + min(0, alpha * (exp(x / alpha) - 1))`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.celu.html
 * @example
 * torch.celu(torch.ones(1)) // tensor([1.])
 */
export const celu = fn<(input: Tensor, alpha?: Scalar | CeluOptions, options?: CeluOptions) => Tensor>('aten::celu');

/** What {@link celu_} takes by name. */
export interface CeluInPlaceOptions {
  /** A multiplier. */
  alpha?: Scalar;
}

/**
 * In place of {@link celu}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.celu_.html
 * @example
 * torch.celu_(torch.tensor([0.5, 1])) // tensor([0.5000, 1.0000])
 */
export const celu_ =
  fn<(input: Tensor, alpha?: Scalar | CeluInPlaceOptions, options?: CeluInPlaceOptions) => Tensor>('aten::celu_');

/**
 * Mixes the channels of groups.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.channel_shuffle.html
 * @example
 * torch.channelShuffle(torch.arange(4).view(1, 4, 1), 2).flatten() // tensor([0, 2, 1, 3])
 */
export const channelShuffle = fn<(input: Tensor, groups: number) => Tensor>('aten::channel_shuffle');

/** What {@link constantPadNd} takes by name. */
export interface ConstantPadNdOptions {
  /** The value. */
  value?: Scalar;
}

/**
 * The input with a value around it.
 *
 * @example
 * torch.constantPadNd(torch.ones(1), [1, 1], 5) // tensor([5., 1., 5.])
 */
export const constantPadNd =
  fn<(input: Tensor, pad: Size, value?: Scalar | ConstantPadNdOptions, options?: ConstantPadNdOptions) => Tensor>(
    'aten::constant_pad_nd',
  );

/** What {@link conv1d} takes by name. */
export interface Conv1dOptions {
  /** What is added. */
  bias?: Tensor | null;
  /** The step of the window. */
  stride?: Dims;
  /** Elements added on both sides. */
  padding?: Dims | string;
  /** The distance between elements of the window. */
  dilation?: Dims;
  /** Into how many groups the channels are split. */
  groups?: number;
}

/**
 * Slides a window over sequences `(N, C, L)`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.conv1d.html
 * @example
 * torch.conv1d(torch.ones(1, 1, 3), torch.ones(1, 1, 2)) // tensor([[[2., 2.]]])
 */
export const conv1d =
  fn<
    (
      input: Tensor,
      weight: Tensor,
      bias?: Tensor | null | Conv1dOptions,
      stride?: Dims | Conv1dOptions,
      padding?: Dims | Conv1dOptions | string,
      dilation?: Dims | Conv1dOptions,
      groups?: number | Conv1dOptions,
      options?: Conv1dOptions,
    ) => Tensor
  >('aten::conv1d');

/** What {@link conv2d} takes by name. */
export interface Conv2dOptions {
  /** What is added. */
  bias?: Tensor | null;
  /** The step of the window. */
  stride?: Extent;
  /** Elements added on both sides. */
  padding?: Extent | string;
  /** The distance between elements of the window. */
  dilation?: Extent;
  /** Into how many groups the channels are split. */
  groups?: number;
}

/**
 * Slides a window over images `(N, C, H, W)`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.conv2d.html
 * @example
 * torch.conv2d(torch.ones(1, 1, 3, 3), torch.ones(1, 1, 3, 3)).item() // 9
 */
export const conv2d =
  fn<
    (
      input: Tensor,
      weight: Tensor,
      bias?: Tensor | null | Conv2dOptions,
      stride?: Extent | Conv2dOptions,
      padding?: Extent | Conv2dOptions | string,
      dilation?: Extent | Conv2dOptions,
      groups?: number | Conv2dOptions,
      options?: Conv2dOptions,
    ) => Tensor
  >('aten::conv2d');

/** What {@link conv3d} takes by name. */
export interface Conv3dOptions {
  /** What is added. */
  bias?: Tensor | null;
  /** The step of the window. */
  stride?: Extent;
  /** Elements added on both sides. */
  padding?: Extent | string;
  /** The distance between elements of the window. */
  dilation?: Extent;
  /** Into how many groups the channels are split. */
  groups?: number;
}

/**
 * Slides a window over volumes `(N, C, D, H, W)`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.conv3d.html
 * @example
 * torch.conv3d(torch.ones(1, 1, 2, 2, 2), torch.ones(1, 1, 2, 2, 2)).item() // 8
 */
export const conv3d =
  fn<
    (
      input: Tensor,
      weight: Tensor,
      bias?: Tensor | null | Conv3dOptions,
      stride?: Extent | Conv3dOptions,
      padding?: Extent | Conv3dOptions | string,
      dilation?: Extent | Conv3dOptions,
      groups?: number | Conv3dOptions,
      options?: Conv3dOptions,
    ) => Tensor
  >('aten::conv3d');

/** What {@link convTbc} takes by name. */
export interface ConvTbcOptions {
  pad?: number;
}

/**
 * Convolution of sequences with the batch in the middle: `(L, N, C)`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.conv_tbc.html
 * @example
 * torch.convTbc(torch.ones(3, 1, 1), torch.ones(2, 1, 1), torch.zeros(1)).shape // [ 2, 1, 1 ]
 */
export const convTbc =
  fn<(input: Tensor, weight: Tensor, bias: Tensor, pad?: number | ConvTbcOptions, options?: ConvTbcOptions) => Tensor>(
    'aten::conv_tbc',
  );

/** What {@link convTranspose1d} takes by name. */
export interface ConvTranspose1dOptions {
  /** What is added. */
  bias?: Tensor | null;
  /** The step of the window. */
  stride?: Dims;
  /** Elements added on both sides. */
  padding?: Dims;
  outputPadding?: Dims;
  /** Into how many groups the channels are split. */
  groups?: number;
  /** The distance between elements of the window. */
  dilation?: Dims;
}

/**
 * The transposed convolution of sequences.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.conv_transpose1d.html
 * @example
 * torch.convTranspose1d(torch.ones(1, 1, 2), torch.ones(1, 1, 2)) // tensor([[[1., 2., 1.]]])
 */
export const convTranspose1d =
  fn<
    (
      input: Tensor,
      weight: Tensor,
      bias?: Tensor | null | ConvTranspose1dOptions,
      stride?: Dims | ConvTranspose1dOptions,
      padding?: Dims | ConvTranspose1dOptions,
      outputPadding?: Dims | ConvTranspose1dOptions,
      groups?: number | ConvTranspose1dOptions,
      dilation?: Dims | ConvTranspose1dOptions,
      options?: ConvTranspose1dOptions,
    ) => Tensor
  >('aten::conv_transpose1d');
