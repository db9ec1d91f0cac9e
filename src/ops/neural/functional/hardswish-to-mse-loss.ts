import { fn } from '../../op.js';
import type { Extent, Named, OutOptions, Scalar, Size } from '../../../shape.js';
import type { Tensor } from '../../../tensor.js';

/**
 * In place of {@link hardswish}.
 *
 * @example
 * F.hardswish_(torch.tensor([0.5, 1])) // tensor([0.2917, 0.6667])
 */
export const hardswish_ = fn<(input: Tensor) => Tensor>('aten::hardswish_');

/** What {@link hardtanh} takes by name. */
export interface HardtanhOptions {
  minVal?: Scalar;
  maxVal?: Scalar;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * Each element, moved into a range.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.hardtanh.html
 * @example
 * F.hardtanh(torch.tensor([-1.5, 0.5])) // tensor([-1.0000, 0.5000])
 */
export const hardtanh =
  fn<
    (
      input: Tensor,
      minVal?: Scalar | HardtanhOptions,
      maxVal?: Scalar | HardtanhOptions,
      options?: HardtanhOptions,
    ) => Tensor
  >('aten::hardtanh');

/** What {@link hardtanh_} takes by name. */
export interface HardtanhInPlaceOptions {
  minVal?: Scalar;
  maxVal?: Scalar;
}

/**
 * In place of {@link hardtanh}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.hardtanh_.html
 * @example
 * F.hardtanh_(torch.tensor([0.5, 1])) // tensor([0.5000, 1.0000])
 */
export const hardtanh_ =
  fn<
    (
      input: Tensor,
      minVal?: Scalar | HardtanhInPlaceOptions,
      maxVal?: Scalar | HardtanhInPlaceOptions,
      options?: HardtanhInPlaceOptions,
    ) => Tensor
  >('aten::hardtanh_');

/** What {@link huberLoss} takes by name. */
export interface HuberLossOptions {
  /** 0 none, 1 mean, 2 sum. */
  reduction?: number;
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

/** What {@link leakyRelu} takes by name. */
export interface LeakyReluOptions {
  negativeSlope?: Scalar;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * `x` where positive, `negativeSlope * x` elsewhere.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.leaky_relu.html
 * @example
 * F.leakyRelu(torch.tensor([-1.5, 2]), 0.5) // tensor([-0.7500, 2.0000])
 */
export const leakyRelu =
  fn<(input: Tensor, negativeSlope?: Scalar | LeakyReluOptions, options?: LeakyReluOptions) => Tensor>(
    'aten::leaky_relu',
  );

/** What {@link leakyRelu_} takes by name. */
export interface LeakyReluInPlaceOptions {
  negativeSlope?: Scalar;
}

/**
 * In place of {@link leakyRelu}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.leaky_relu_.html
 * @example
 * F.leakyRelu_(torch.tensor([0.5, 1])) // tensor([0.5000, 1.0000])
 */
export const leakyRelu_ =
  fn<(input: Tensor, negativeSlope?: Scalar | LeakyReluInPlaceOptions, options?: LeakyReluInPlaceOptions) => Tensor>(
    'aten::leaky_relu_',
  );

/** What {@link linear} takes by name. */
export interface LinearOptions {
  /** What is added. */
  bias?: Tensor | null;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * `x A^T + b`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.linear.html
 * @example
 * F.linear(torch.ones(2), torch.eye(2)) // tensor([1., 1.])
 */
export const linear =
  fn<(input: Tensor, weight: Tensor, bias?: Tensor | null | LinearOptions, options?: LinearOptions) => Tensor>(
    'aten::linear',
  );

/**
 * `log(sigmoid(x))`.
 *
 * @example
 * F.logSigmoid(torch.zeros(1)) // tensor([-0.6931])
 */
export const logSigmoid = fn<(input: Tensor, options?: OutOptions) => Tensor>('aten::log_sigmoid');

/** What {@link logSigmoidForward} takes by name. */
export interface LogSigmoidForwardOptions {
  output?: Tensor;
  buffer?: Tensor;
}

/**
 * As {@link logSigmoid}, with what its gradient needs.
 *
 * @example
 * F.logSigmoidForward(torch.zeros(1))[0] // tensor([-0.6931])
 */
export const logSigmoidForward =
  fn<
    [
      (input: Tensor, options?: LogSigmoidForwardOptions) => [Tensor, Tensor],
      (input: Tensor, options?: LogSigmoidForwardOptions) => Named<{ output: Tensor; buffer: Tensor }>,
    ]
  >('aten::log_sigmoid_forward');

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
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.max_unpool3d.html
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

/**
 * `x * tanh(softplus(x))`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.mish.html
 * @example
 * F.mish(torch.zeros(1)) // tensor([0.])
 */
export const mish = fn<(input: Tensor, options?: OutOptions) => Tensor>('aten::mish');

/**
 * In place of {@link mish}.
 *
 * @example
 * F.mish_(torch.tensor([0.5, 1])) // tensor([0.3752, 0.8651])
 */
export const mish_ = fn<(input: Tensor) => Tensor>('aten::mish_');

/** What {@link mkldnnLinear} takes by name. */
export interface MkldnnLinearOptions {
  /** What is added. */
  bias?: Tensor | null;
}

/**
 * The kernel of oneDNN for `linear`, on tensors in its layout.
 */
export const mkldnnLinear =
  fn<
    (input: Tensor, weight: Tensor, bias?: Tensor | null | MkldnnLinearOptions, options?: MkldnnLinearOptions) => Tensor
  >('aten::mkldnn_linear');

/** What {@link mkldnnReorderConv2dWeight} takes by name. */
export interface MkldnnReorderConv2dWeightOptions {
  /** Elements added on both sides. */
  padding?: Extent;
  /** The step of the window. */
  stride?: Extent;
  /** The distance between elements of the window. */
  dilation?: Extent;
  /** Into how many groups the channels are split. */
  groups?: number;
  inputSize?: Size | null;
}

/**
 * The kernel of oneDNN for `reorder_conv2d_weight`, on tensors in its layout.
 */
export const mkldnnReorderConv2dWeight = fn<
  (
    input: Tensor,
    padding?: Extent | MkldnnReorderConv2dWeightOptions,
    stride?: Extent | MkldnnReorderConv2dWeightOptions,
    dilation?: Extent | MkldnnReorderConv2dWeightOptions,
    groups?: number | MkldnnReorderConv2dWeightOptions,
    inputSize?: Size | null | MkldnnReorderConv2dWeightOptions,
    options?: MkldnnReorderConv2dWeightOptions,
  ) => Tensor
>('aten::mkldnn_reorder_conv2d_weight');

/** What {@link mkldnnReorderConv3dWeight} takes by name. */
export interface MkldnnReorderConv3dWeightOptions {
  /** Elements added on both sides. */
  padding?: Extent;
  /** The step of the window. */
  stride?: Extent;
  /** The distance between elements of the window. */
  dilation?: Extent;
  /** Into how many groups the channels are split. */
  groups?: number;
  inputSize?: Size | null;
}

/**
 * The kernel of oneDNN for `reorder_conv3d_weight`, on tensors in its layout.
 */
export const mkldnnReorderConv3dWeight = fn<
  (
    input: Tensor,
    padding?: Extent | MkldnnReorderConv3dWeightOptions,
    stride?: Extent | MkldnnReorderConv3dWeightOptions,
    dilation?: Extent | MkldnnReorderConv3dWeightOptions,
    groups?: number | MkldnnReorderConv3dWeightOptions,
    inputSize?: Size | null | MkldnnReorderConv3dWeightOptions,
    options?: MkldnnReorderConv3dWeightOptions,
  ) => Tensor
>('aten::mkldnn_reorder_conv3d_weight');

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
