import { fn } from '../op.js';
import type { Extent, OutOptions, Size } from '../../shape.js';
import type { Tensor } from '../../tensor.js';

/**
 * oneDNN's kernel of {@link nn.functional.adaptiveAvgPool2d}, on tensors in its layout.
 *
 * @example
 * torch.mkldnnAdaptiveAvgPool2d(torch.ones(1, 2, 4, 4).toMkldnn(), [1, 1]).toDense().flatten() // tensor([1., 1.])
 */
export const mkldnnAdaptiveAvgPool2d = fn<(input: Tensor, outputSize: Extent, options?: OutOptions) => Tensor>(
  'aten::mkldnn_adaptive_avg_pool2d',
);

/**
 * oneDNN's kernel of {@link convolution}; on a CPU.
 *
 * @example
 * torch.mkldnnConvolution(torch.ones(1, 1, 3, 3), torch.ones(1, 1, 3, 3), null, [0, 0], [1, 1], [1, 1], 1).item() // 9
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
 * oneDNN's kernel of {@link maxPool2d}, on tensors in its layout.
 *
 * @example
 * torch.mkldnnMaxPool2d(torch.ones(1, 2, 4, 4).toMkldnn(), 2).toDense().shape // [ 1, 2, 2, 2 ]
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
 * oneDNN's kernel of {@link maxPool3d}, on tensors in its layout.
 *
 * @example
 * torch.mkldnnMaxPool3d(torch.ones(1, 2, 4, 4, 4).toMkldnn(), 2).toDense().shape // [ 1, 2, 2, 2, 2 ]
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
 * oneDNN's kernel of one layer of a recurrent network; on a CPU.
 *
 * @param weight0 - `wIh`; then follow `wHh` and the two biases
 * @param mode - 0 for ReLU, 1 for tanh, 2 for LSTM, 3 for GRU
 * @returns the output, the last state, the cell's last state, and what the gradient needs
 * @example
 * const [x, h] = [torch.ones(3, 1, 2), torch.zeros(1, 2)]
 * const weights = [torch.ones(8, 2), torch.ones(8, 2), torch.zeros(8), torch.zeros(8)]
 * torch.mkldnnRnnLayer(x, ...weights, h, h, false, [], 2, 2, 1, true, false, false, false)[0].shape // [ 3, 1, 2 ]
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
