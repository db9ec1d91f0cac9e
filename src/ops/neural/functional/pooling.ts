import { fn } from '../../op.js';
import type { Extent, OutOptions } from '../../../shape.js';
import type { Tensor } from '../../../tensor.js';

/**
 * Means of windows chosen so that the output has the size given.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.adaptive_avg_pool2d.html
 * @example
 * F.adaptiveAvgPool2d(torch.ones(1, 4, 4), [2, 2]).shape // [ 1, 2, 2 ]
 */
export const adaptiveAvgPool2d =
  fn<(input: Tensor, outputSize: Extent, options?: OutOptions) => Tensor>('aten::adaptive_avg_pool2d');

/**
 * Means of windows of volumes, as {@link adaptiveAvgPool2d}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.adaptive_avg_pool3d.html
 * @example
 * F.adaptiveAvgPool3d(torch.ones(1, 2, 2, 2), [1, 1, 1]) // tensor([[[[1.]]]])
 */
export const adaptiveAvgPool3d =
  fn<(input: Tensor, outputSize: Extent, options?: OutOptions) => Tensor>('aten::adaptive_avg_pool3d');

/** What {@link adaptiveMaxPool2d} takes by name. */
export interface AdaptiveMaxPool2dOptions {
  /** A tensor to write the result to. */
  out?: readonly Tensor[];
}

/**
 * Greatest elements, and their places, of windows chosen so that the output has the size given.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.adaptive_max_pool2d.html
 * @example
 * F.adaptiveMaxPool2dWithIndices(torch.ones(1, 4, 4), [2, 2])[0].shape // [ 1, 2, 2 ]
 */
export const adaptiveMaxPool2d =
  fn<(input: Tensor, outputSize: Extent, options?: AdaptiveMaxPool2dOptions) => [Tensor, Tensor]>(
    'aten::adaptive_max_pool2d',
  );

/** What {@link adaptiveMaxPool3d} takes by name. */
export interface AdaptiveMaxPool3dOptions {
  /** A tensor to write the result to. */
  out?: readonly Tensor[];
}

/**
 * Greatest elements of volumes, as {@link adaptiveMaxPool2d}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.adaptive_max_pool3d.html
 * @example
 * F.adaptiveMaxPool3dWithIndices(torch.ones(1, 2, 2, 2), [1, 1, 1])[0] // tensor([[[[1.]]]])
 */
export const adaptiveMaxPool3d =
  fn<(input: Tensor, outputSize: Extent, options?: AdaptiveMaxPool3dOptions) => [Tensor, Tensor]>(
    'aten::adaptive_max_pool3d',
  );

/** What {@link avgPool2d} takes by name. */
export interface AvgPool2dOptions {
  /** The step of the window. */
  stride?: Extent;
  /** Elements added on both sides. */
  padding?: Extent;
  /** Whether a window may reach over the edge. */
  ceilMode?: boolean;
  /** Whether the zeros of the padding count in the average. `true` unless given. */
  countIncludePad?: boolean;
  /** What the sums are divided by; the size of the window unless given. */
  divisorOverride?: number | null;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * The mean of each window of an image.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.avg_pool2d.html
 * @example
 * F.avgPool2d(torch.ones(1, 2, 2), 2) // tensor([[[1.]]])
 */
export const avgPool2d =
  fn<
    (
      input: Tensor,
      kernelSize: Extent,
      stride?: Extent | AvgPool2dOptions,
      padding?: Extent | AvgPool2dOptions,
      ceilMode?: boolean | AvgPool2dOptions,
      countIncludePad?: boolean | AvgPool2dOptions,
      divisorOverride?: number | null | AvgPool2dOptions,
      options?: AvgPool2dOptions,
    ) => Tensor
  >('aten::avg_pool2d');

/** What {@link avgPool3d} takes by name. */
export interface AvgPool3dOptions {
  /** The step of the window. */
  stride?: Extent;
  /** Elements added on both sides. */
  padding?: Extent;
  /** Whether a window may reach over the edge. */
  ceilMode?: boolean;
  /** Whether the zeros of the padding count in the average. `true` unless given. */
  countIncludePad?: boolean;
  /** What the sums are divided by; the size of the window unless given. */
  divisorOverride?: number | null;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * The mean of each window of a volume.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.avg_pool3d.html
 * @example
 * F.avgPool3d(torch.ones(1, 2, 2, 2), 2) // tensor([[[[1.]]]])
 */
export const avgPool3d =
  fn<
    (
      input: Tensor,
      kernelSize: Extent,
      stride?: Extent | AvgPool3dOptions,
      padding?: Extent | AvgPool3dOptions,
      ceilMode?: boolean | AvgPool3dOptions,
      countIncludePad?: boolean | AvgPool3dOptions,
      divisorOverride?: number | null | AvgPool3dOptions,
      options?: AvgPool3dOptions,
    ) => Tensor
  >('aten::avg_pool3d');

/** What {@link fractionalMaxPool2d} takes by name. */
export interface FractionalMaxPool2dOptions {
  /** Tensors to write the 2 results to, in order. */
  out?: readonly [Tensor, Tensor];
}

/**
 * The greatest element of each of `outputSize` windows, whose places are drawn at random (Graham, 2014).
 *
 * @param input - `(N, C, H, W)`
 * @param randomSamples - `(N, C, 2)`, from 0 to 1: where the windows begin
 * @returns the elements, and their places in each flattened image
 * @see https://arxiv.org/abs/1412.6071
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.fractional_max_pool2d.html
 * @example
 * const x = torch.arange(16).view(1, 1, 4, 4).float()
 * const [values] = F.fractionalMaxPool2dWithIndices(x, 2, { outputSize: 2, randomSamples: torch.zeros(1, 1, 2) })
 * values // tensor([[[[ 5., 7.], [13., 15.]]]])
 */
export const fractionalMaxPool2d =
  fn<
    (
      input: Tensor,
      kernelSize: Extent,
      outputSize: Extent,
      randomSamples: Tensor,
      options?: FractionalMaxPool2dOptions,
    ) => [Tensor, Tensor]
  >('aten::fractional_max_pool2d');

/** What {@link fractionalMaxPool3d} takes by name. */
export interface FractionalMaxPool3dOptions {
  /** Tensors to write the 2 results to, in order. */
  out?: readonly [Tensor, Tensor];
}

/**
 * The greatest element of each of `outputSize` windows of volumes, whose places are drawn at random.
 *
 * @param input - `(N, C, D, H, W)`
 * @param randomSamples - `(N, C, 3)`, from 0 to 1: where the windows begin
 * @returns the elements, and their places in each flattened volume
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.fractional_max_pool3d.html
 * @example
 * F.fractionalMaxPool3d(torch.ones(1, 1, 4, 4, 4), 2, { outputSize: 2 }).shape // [ 1, 1, 2, 2, 2 ]
 */
export const fractionalMaxPool3d =
  fn<
    (
      input: Tensor,
      kernelSize: Extent,
      outputSize: Extent,
      randomSamples: Tensor,
      options?: FractionalMaxPool3dOptions,
    ) => [Tensor, Tensor]
  >('aten::fractional_max_pool3d');

/** What {@link maxPool2dWithIndices} takes by name. */
export interface MaxPool2dWithIndicesOptions {
  /** The step of the window. */
  stride?: Extent;
  /** Elements added on both sides. */
  padding?: Extent;
  /** The distance between elements of the window. */
  dilation?: Extent;
  /** Whether a window may reach over the edge. */
  ceilMode?: boolean;
  /** A tensor to write the result to. */
  out?: readonly Tensor[];
}

/**
 * The greatest element of each window of an image, and its place.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.max_pool2d_with_indices.html
 * @example
 * F.maxPool2dWithIndices(torch.arange(4).float().view(1, 2, 2), 2)[1] // tensor([[[3]]])
 */
export const maxPool2dWithIndices = fn<
  (
    input: Tensor,
    kernelSize: Extent,
    stride?: Extent | MaxPool2dWithIndicesOptions,
    padding?: Extent | MaxPool2dWithIndicesOptions,
    dilation?: Extent | MaxPool2dWithIndicesOptions,
    ceilMode?: boolean | MaxPool2dWithIndicesOptions,
    options?: MaxPool2dWithIndicesOptions,
  ) => [Tensor, Tensor]
>('aten::max_pool2d_with_indices');

/** What {@link maxPool3dWithIndices} takes by name. */
export interface MaxPool3dWithIndicesOptions {
  /** The step of the window. */
  stride?: Extent;
  /** Elements added on both sides. */
  padding?: Extent;
  /** The distance between elements of the window. */
  dilation?: Extent;
  /** Whether a window may reach over the edge. */
  ceilMode?: boolean;
  /** A tensor to write the result to. */
  out?: readonly Tensor[];
}

/**
 * The greatest element of each window of a volume, and its place.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.max_pool3d_with_indices.html
 * @example
 * F.maxPool3dWithIndices(torch.ones(1, 2, 2, 2), 2)[1] // tensor([[[[0]]]])
 */
export const maxPool3dWithIndices = fn<
  (
    input: Tensor,
    kernelSize: Extent,
    stride?: Extent | MaxPool3dWithIndicesOptions,
    padding?: Extent | MaxPool3dWithIndicesOptions,
    dilation?: Extent | MaxPool3dWithIndicesOptions,
    ceilMode?: boolean | MaxPool3dWithIndicesOptions,
    options?: MaxPool3dWithIndicesOptions,
  ) => [Tensor, Tensor]
>('aten::max_pool3d_with_indices');

/**
 * Puts pooled elements back to their places, zeros elsewhere.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.max_unpool2d.html
 * @example
 * F.maxUnpool2d(torch.ones(1, 1, 1), torch.tensor([[[3]]]), [2, 2]) // tensor([[[0., 0.], [0., 1.]]])
 */
export const maxUnpool2d =
  fn<(input: Tensor, indices: Tensor, outputSize: Extent, options?: OutOptions) => Tensor>('aten::max_unpool2d');

/**
 * As {@link maxUnpool2d}, for volumes.
 *
 * @param indices - of {@link maxPool3dWithIndices}
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.max_unpool3d.html
 * @example
 * const [values, indices] = F.maxPool3dWithIndices(torch.arange(8).view(1, 1, 2, 2, 2).float(), 2)
 * F.maxUnpool3d(values, indices, [2, 2, 2], [2, 2, 2], [0, 0, 0]).flatten() // tensor([0., 0., 0., 0., 0., 0., 0., 7.])
 */
export const maxUnpool3d =
  fn<
    (
      input: Tensor,
      indices: Tensor,
      outputSize: Extent,
      stride: Extent,
      padding: Extent,
      options?: OutOptions,
    ) => Tensor
  >('aten::max_unpool3d');
