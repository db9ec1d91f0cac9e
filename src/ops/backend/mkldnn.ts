import { fn } from '../op.js';
import type { Extent, OutOptions, Size } from '../../shape.js';
import type { Tensor } from '../../tensor.js';

/**
 * The kernel of oneDNN for `adaptive_avg_pool2d`, on tensors in its layout.
 */
export const mkldnnAdaptiveAvgPool2d = fn<(input: Tensor, outputSize: Extent, options?: OutOptions) => Tensor>(
  'aten::mkldnn_adaptive_avg_pool2d',
);

/**
 * The kernel of oneDNN for `convolution`, on tensors in its layout.
 */
export const mkldnnConvolution =
  fn<
    (
      input: Tensor,
      weight: Tensor,
      bias: Tensor | null,
      padding: Size,
      stride: Size,
      dilation: Size,
      groups: number,
    ) => Tensor
  >('aten::mkldnn_convolution');

/** What {@link mkldnnMaxPool2d} takes by name. */
export interface MkldnnMaxPool2dOptions {
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
 * The kernel of oneDNN for `max_pool2d`, on tensors in its layout.
 */
export const mkldnnMaxPool2d =
  fn<
    (
      input: Tensor,
      kernelSize: Extent,
      stride?: Extent | MkldnnMaxPool2dOptions,
      padding?: Extent | MkldnnMaxPool2dOptions,
      dilation?: Extent | MkldnnMaxPool2dOptions,
      ceilMode?: boolean | MkldnnMaxPool2dOptions,
      options?: MkldnnMaxPool2dOptions,
    ) => Tensor
  >('aten::mkldnn_max_pool2d');

/** What {@link mkldnnMaxPool3d} takes by name. */
export interface MkldnnMaxPool3dOptions {
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
 * The kernel of oneDNN for `max_pool3d`, on tensors in its layout.
 */
export const mkldnnMaxPool3d =
  fn<
    (
      input: Tensor,
      kernelSize: Extent,
      stride?: Extent | MkldnnMaxPool3dOptions,
      padding?: Extent | MkldnnMaxPool3dOptions,
      dilation?: Extent | MkldnnMaxPool3dOptions,
      ceilMode?: boolean | MkldnnMaxPool3dOptions,
      options?: MkldnnMaxPool3dOptions,
    ) => Tensor
  >('aten::mkldnn_max_pool3d');

/**
 * The kernel of oneDNN for `rnn_layer`, on tensors in its layout.
 */
export const mkldnnRnnLayer =
  fn<
    (
      input: Tensor,
      weight0: Tensor,
      weight1: Tensor,
      weight2: Tensor,
      weight3: Tensor,
      hx_: Tensor,
      cx_: Tensor,
      reverse: boolean,
      batchSizes: Size,
      mode: number,
      hiddenSize: number,
      numLayers: number,
      hasBiases: boolean,
      bidirectional: boolean,
      batchFirst: boolean,
      train: boolean,
    ) => [Tensor, Tensor, Tensor, Tensor]
  >('aten::mkldnn_rnn_layer');

/**
 * Whether LibTorch was built with Vulkan and finds a device.
 *
 * @example
 * torch.isVulkanAvailable() // false
 */
export const isVulkanAvailable = fn<() => boolean>('aten::is_vulkan_available');
