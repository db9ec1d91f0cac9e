import { fn } from '../../op.js';
import type { Extent, OutOptions } from '../../../shape.js';
import type { Tensor } from '../../../tensor.js';

/**
 * Adds columns of windows back up to images.
 *
 * @example
 * F.col2im(torch.ones(1, 4, 1), [2, 2], [2, 2], 1, 0, 1).shape // [ 1, 1, 2, 2 ]
 */
export const col2im =
  fn<
    (
      input: Tensor,
      outputSize: Extent,
      kernelSize: Extent,
      dilation: Extent,
      padding: Extent,
      stride: Extent,
      options?: OutOptions,
    ) => Tensor
  >('aten::col2im');

/**
 * The windows of images as columns.
 *
 * @example
 * F.im2col(torch.ones(1, 1, 2, 2), [2, 2], 1, 0, 1).shape // [ 1, 4, 1 ]
 */
export const im2col =
  fn<
    (
      input: Tensor,
      kernelSize: Extent,
      dilation: Extent,
      padding: Extent,
      stride: Extent,
      options?: OutOptions,
    ) => Tensor
  >('aten::im2col');

/**
 * The convolution of volumes with a filter for each channel; on a GPU.
 *
 * ```ts
 * // Needs an NVIDIA GPU.
 * F.convDepthwise3d(x, weight, [3, 3, 3], null, [1, 1, 1], [1, 1, 1], [1, 1, 1])
 * ```
 *
 * @param input - `(N, C, D, H, W)`
 * @param weight - `(C * K, 1, kD, kH, kW)`
 */
export const convDepthwise3d =
  fn<
    (
      input: Tensor,
      weight: Tensor,
      kernelSize: Extent,
      bias: Tensor | null,
      stride: Extent,
      padding: Extent,
      dilation: Extent,
    ) => Tensor
  >('aten::conv_depthwise3d');

/** What {@link slowConv3d} takes by name. */
export interface SlowConv3dOptions {
  /** What is added. */
  bias?: Tensor | null;
  /** The step of the window. */
  stride?: Extent;
  /** Elements added on both sides. */
  padding?: Extent;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * The convolution of volumes, by plain matrix products.
 *
 * @param input - `(N, C, D, H, W)`
 * @param weight - `(O, C, kD, kH, kW)`
 * @example
 * F.slowConv3d(torch.ones(1, 1, 2, 2, 2), torch.ones(1, 1, 2, 2, 2), [2, 2, 2]).item() // 8
 */
export const slowConv3d =
  fn<
    (
      input: Tensor,
      weight: Tensor,
      kernelSize: Extent,
      bias?: Tensor | null | SlowConv3dOptions,
      stride?: Extent | SlowConv3dOptions,
      padding?: Extent | SlowConv3dOptions,
      options?: SlowConv3dOptions,
    ) => Tensor
  >('aten::slow_conv3d');

/** What {@link slowConv3dForward} takes by name. */
export interface SlowConv3dForwardOptions {
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * As {@link slowConv3d}, with every argument given.
 *
 * @example
 * F.slowConv3dForward(torch.ones(1, 1, 2, 2, 2), torch.ones(1, 1, 2, 2, 2), [2, 2, 2], null, [1, 1, 1], [0, 0, 0]).item() // 8
 */
export const slowConv3dForward =
  fn<
    (
      input: Tensor,
      weight: Tensor,
      kernelSize: Extent,
      bias: Tensor | null,
      stride: Extent,
      padding: Extent,
      options?: SlowConv3dForwardOptions,
    ) => Tensor
  >('aten::slow_conv3d_forward');

/** What {@link slowConvDilated2d} takes by name. */
export interface SlowConvDilated2dOptions {
  /** What is added. */
  bias?: Tensor | null;
  /** The step of the window. */
  stride?: Extent;
  /** Elements added on both sides. */
  padding?: Extent;
  /** The distance between elements of the window. */
  dilation?: Extent;
}

/**
 * The convolution of images with a dilated window, by plain matrix products.
 *
 * @param input - `(N, C, H, W)`
 * @param weight - `(O, C, kH, kW)`
 * @example
 * F.slowConvDilated2d(torch.ones(1, 1, 3, 3), torch.ones(1, 1, 2, 2), [2, 2], { dilation: 2 }).item() // 4
 */
export const slowConvDilated2d =
  fn<
    (
      input: Tensor,
      weight: Tensor,
      kernelSize: Extent,
      bias?: Tensor | null | SlowConvDilated2dOptions,
      stride?: Extent | SlowConvDilated2dOptions,
      padding?: Extent | SlowConvDilated2dOptions,
      dilation?: Extent | SlowConvDilated2dOptions,
      options?: SlowConvDilated2dOptions,
    ) => Tensor
  >('aten::slow_conv_dilated2d');

/** What {@link slowConvDilated3d} takes by name. */
export interface SlowConvDilated3dOptions {
  /** What is added. */
  bias?: Tensor | null;
  /** The step of the window. */
  stride?: Extent;
  /** Elements added on both sides. */
  padding?: Extent;
  /** The distance between elements of the window. */
  dilation?: Extent;
}

/**
 * The convolution of volumes with a dilated window, by plain matrix products.
 *
 * @param input - `(N, C, D, H, W)`
 * @param weight - `(O, C, kD, kH, kW)`
 * @example
 * F.slowConvDilated3d(torch.ones(1, 1, 3, 3, 3), torch.ones(1, 1, 2, 2, 2), [2, 2, 2], { dilation: 2 }).item() // 8
 */
export const slowConvDilated3d =
  fn<
    (
      input: Tensor,
      weight: Tensor,
      kernelSize: Extent,
      bias?: Tensor | null | SlowConvDilated3dOptions,
      stride?: Extent | SlowConvDilated3dOptions,
      padding?: Extent | SlowConvDilated3dOptions,
      dilation?: Extent | SlowConvDilated3dOptions,
      options?: SlowConvDilated3dOptions,
    ) => Tensor
  >('aten::slow_conv_dilated3d');

/** What {@link slowConvTranspose2d} takes by name. */
export interface SlowConvTranspose2dOptions {
  /** What is added. */
  bias?: Tensor | null;
  /** The step of the window. */
  stride?: Extent;
  /** Elements added on both sides. */
  padding?: Extent;
  /** What is added to one side of the result, to choose among the sizes that a stride leaves open. 0 unless given. */
  outputPadding?: Extent;
  /** The distance between elements of the window. */
  dilation?: Extent;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * The transposed convolution of images, by plain matrix products.
 *
 * @param input - `(N, C, H, W)`
 * @param weight - `(C, O, kH, kW)`
 * @example
 * F.slowConvTranspose2d(torch.ones(1, 1, 2, 2), torch.ones(1, 1, 2, 2), [2, 2]) // tensor([[[[1., 2., 1.], [2., 4., 2.], [1., 2., 1.]]]])
 */
export const slowConvTranspose2d =
  fn<
    (
      input: Tensor,
      weight: Tensor,
      kernelSize: Extent,
      bias?: Tensor | null | SlowConvTranspose2dOptions,
      stride?: Extent | SlowConvTranspose2dOptions,
      padding?: Extent | SlowConvTranspose2dOptions,
      outputPadding?: Extent | SlowConvTranspose2dOptions,
      dilation?: Extent | SlowConvTranspose2dOptions,
      options?: SlowConvTranspose2dOptions,
    ) => Tensor
  >('aten::slow_conv_transpose2d');

/** What {@link slowConvTranspose3d} takes by name. */
export interface SlowConvTranspose3dOptions {
  /** What is added. */
  bias?: Tensor | null;
  /** The step of the window. */
  stride?: Extent;
  /** Elements added on both sides. */
  padding?: Extent;
  /** What is added to one side of the result, to choose among the sizes that a stride leaves open. 0 unless given. */
  outputPadding?: Extent;
  /** The distance between elements of the window. */
  dilation?: Extent;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * The transposed convolution of volumes, by plain matrix products.
 *
 * @param input - `(N, C, D, H, W)`
 * @param weight - `(C, O, kD, kH, kW)`
 * @example
 * F.slowConvTranspose3d(torch.ones(1, 1, 1, 1, 1), torch.ones(1, 1, 2, 2, 2), [2, 2, 2]).shape // [ 1, 1, 2, 2, 2 ]
 */
export const slowConvTranspose3d =
  fn<
    (
      input: Tensor,
      weight: Tensor,
      kernelSize: Extent,
      bias?: Tensor | null | SlowConvTranspose3dOptions,
      stride?: Extent | SlowConvTranspose3dOptions,
      padding?: Extent | SlowConvTranspose3dOptions,
      outputPadding?: Extent | SlowConvTranspose3dOptions,
      dilation?: Extent | SlowConvTranspose3dOptions,
      options?: SlowConvTranspose3dOptions,
    ) => Tensor
  >('aten::slow_conv_transpose3d');

/** What {@link thnnConv2d} takes by name. */
export interface ThnnConv2dOptions {
  /** What is added. */
  bias?: Tensor | null;
  /** The step of the window. */
  stride?: Extent;
  /** Elements added on both sides. */
  padding?: Extent;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * The convolution of images, by plain matrix products.
 *
 * @param input - `(N, C, H, W)`
 * @param weight - `(O, C, kH, kW)`
 * @example
 * F.thnnConv2d(torch.ones(1, 1, 2, 2), torch.ones(1, 1, 2, 2), [2, 2]).item() // 4
 */
export const thnnConv2d =
  fn<
    (
      input: Tensor,
      weight: Tensor,
      kernelSize: Extent,
      bias?: Tensor | null | ThnnConv2dOptions,
      stride?: Extent | ThnnConv2dOptions,
      padding?: Extent | ThnnConv2dOptions,
      options?: ThnnConv2dOptions,
    ) => Tensor
  >('aten::thnn_conv2d');
