import { fn } from '../../op.js';
import type { OutOptions, Size } from '../../../shape.js';
import type { Tensor } from '../../../tensor.js';

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
 *
 * ```ts
 * // Needs a GPU.
 * torch.batchNormElemt(x, weight, bias, mean, invstd, 1e-5)
 * ```
 *
 * @param mean - `(C,)`
 * @param invstd - `(C,)`, the reciprocal standard deviation
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
 *
 * ```ts
 * // Needs a GPU.
 * torch.batchNormGatherStats(x, means, invstds, null, null, 0.1, 1e-5, 1000)
 * ```
 *
 * @param mean - `(P, C)`, a row for each process, and so `invstd`
 * @param count - how many elements each process has for each channel
 * @returns the mean and the reciprocal standard deviation of all, `(C,)`
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
 *
 * ```ts
 * // Needs a GPU.
 * torch.batchNormGatherStatsWithCounts(x, means, invstds, null, null, 0.1, 1e-5, counts)
 * ```
 *
 * @param counts - `(P,)`
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
 *
 * ```ts
 * // Needs a GPU.
 * const [mean, invstd] = torch.batchNormStats(x, 1e-5)
 * ```
 *
 * @param input - `(N, C, ...)`
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

/** What {@link groupNorm} takes by name. */
export interface GroupNormOptions {
  /** A weight for each element or class. */
  weight?: Tensor | null;
  /** What is added. */
  bias?: Tensor | null;
  /** A small number that keeps divisors away from zero. */
  eps?: number;
  /** Whether cuDNN may be used. `true` unless given. */
  cudnnEnabled?: boolean;
}

/**
 * Normalises groups of channels.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.group_norm.html
 * @example
 * torch.groupNorm(torch.ones(1, 2), 1) // tensor([[0., 0.]])
 */
export const groupNorm =
  fn<
    (
      input: Tensor,
      numGroups: number,
      weight?: Tensor | null | GroupNormOptions,
      bias?: Tensor | null | GroupNormOptions,
      eps?: number | GroupNormOptions,
      cudnnEnabled?: boolean | GroupNormOptions,
      options?: GroupNormOptions,
    ) => Tensor
  >('aten::group_norm');

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

/** What {@link layerNorm} takes by name. */
export interface LayerNormOptions {
  /** A weight for each element or class. */
  weight?: Tensor | null;
  /** What is added. */
  bias?: Tensor | null;
  /** A small number that keeps divisors away from zero. */
  eps?: number;
  /** Whether cuDNN may be used. `true` unless given. */
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
