import { fn } from '../../op.js';
import type { Dims, Extent, OutOptions, Scalar, Size } from '../../../shape.js';
import type { Tensor } from '../../../tensor.js';

/** What {@link scaledDotProductAttention} takes by name. */
export interface ScaledDotProductAttentionOptions {
  attnMask?: Tensor | null;
  dropoutP?: number;
  isCausal?: boolean;
  scale?: number | null;
  enableGqa?: boolean;
}

/**
 * `softmax(query @ key^T * scale + mask) @ value`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.scaled_dot_product_attention.html
 * @example
 * F.scaledDotProductAttention(torch.ones(1, 1, 2), torch.ones(1, 1, 2), torch.ones(1, 1, 2)) // tensor([[[1., 1.]]])
 */
export const scaledDotProductAttention = fn<
  (
    query: Tensor,
    key: Tensor,
    value: Tensor,
    attnMask?: Tensor | null | ScaledDotProductAttentionOptions,
    dropoutP?: number | ScaledDotProductAttentionOptions,
    isCausal?: boolean | ScaledDotProductAttentionOptions,
    options?: ScaledDotProductAttentionOptions,
  ) => Tensor
>('aten::scaled_dot_product_attention');

/**
 * `x * sigmoid(x)`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.silu.html
 * @example
 * F.silu(torch.zeros(1)) // tensor([0.])
 */
export const silu = fn<(input: Tensor, options?: OutOptions) => Tensor>('aten::silu');

/**
 * In place of {@link silu}.
 *
 * @example
 * F.silu_(torch.tensor([0.5, 1])) // tensor([0.3112, 0.7311])
 */
export const silu_ = fn<(input: Tensor) => Tensor>('aten::silu_');

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
  output?: Tensor;
}

/**
 * As {@link slowConv3d}.
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
  outputPadding?: Extent;
  /** The distance between elements of the window. */
  dilation?: Extent;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * The transposed convolution of images, by plain matrix products.
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
  outputPadding?: Extent;
  /** The distance between elements of the window. */
  dilation?: Extent;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * The transposed convolution of volumes, by plain matrix products.
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

/** What {@link smoothL1Loss} takes by name. */
export interface SmoothL1LossOptions {
  /** 0 none, 1 mean, 2 sum. */
  reduction?: number;
  /** The multiplier of the input. */
  beta?: number;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * Squared near zero, absolute from `beta` on.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.smooth_l1_loss.html
 * @example
 * F.smoothL1Loss(torch.zeros(1), torch.ones(1)) // tensor(0.5000)
 */
export const smoothL1Loss =
  fn<
    (
      input: Tensor,
      target: Tensor,
      reduction?: number | SmoothL1LossOptions,
      beta?: number | SmoothL1LossOptions,
      options?: SmoothL1LossOptions,
    ) => Tensor
  >('aten::smooth_l1_loss');

/** What {@link softMarginLoss} takes by name. */
export interface SoftMarginLossOptions {
  /** 0 none, 1 mean, 2 sum. */
  reduction?: number;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * `log(1 + exp(-target * x))`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.soft_margin_loss.html
 * @example
 * F.softMarginLoss(torch.zeros(1), torch.ones(1)) // tensor(0.6931)
 */
export const softMarginLoss =
  fn<
    (
      input: Tensor,
      target: Tensor,
      reduction?: number | SoftMarginLossOptions,
      options?: SoftMarginLossOptions,
    ) => Tensor
  >('aten::soft_margin_loss');

/** What {@link softplus} takes by name. */
export interface SoftplusOptions {
  /** The multiplier of the input. */
  beta?: Scalar;
  threshold?: Scalar;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * `log(1 + exp(beta * x)) / beta`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.softplus.html
 * @example
 * F.softplus(torch.zeros(1)) // tensor([0.6931])
 */
export const softplus =
  fn<
    (
      input: Tensor,
      beta?: Scalar | SoftplusOptions,
      threshold?: Scalar | SoftplusOptions,
      options?: SoftplusOptions,
    ) => Tensor
  >('aten::softplus');

/** What {@link softshrink} takes by name. */
export interface SoftshrinkOptions {
  lambd?: Scalar;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * `x` moved towards zero by `lambd`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.softshrink.html
 * @example
 * F.softshrink(torch.tensor([0.25, 2])) // tensor([0.0000, 1.5000])
 */
export const softshrink =
  fn<(input: Tensor, lambd?: Scalar | SoftshrinkOptions, options?: SoftshrinkOptions) => Tensor>('aten::softshrink');

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

/**
 * The tensors that a vector was made of.
 *
 * @example
 * F.unflattenDenseTensors(torch.ones(3), [torch.ones(1), torch.ones(2)])[1] // tensor([1., 1.])
 */
export const unflattenDenseTensors = fn<(flat: Tensor, tensors: readonly Tensor[]) => Tensor[]>(
  'aten::unflatten_dense_tensors',
);

/** What {@link upsampleBicubic2d} takes by name. */
export interface UpsampleBicubic2dOptions {
  scalesH?: number | null;
  scalesW?: number | null;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * Enlarges images by bicubic interpolation.
 *
 * @example
 * F.upsampleBicubic2d(torch.ones(1, 1, 2, 2), [4, 4], false).shape // [ 1, 1, 4, 4 ]
 */
export const upsampleBicubic2d =
  fn<
    [
      (
        input: Tensor,
        outputSize: Size | null,
        alignCorners: boolean,
        scaleFactors: readonly number[] | null,
        options?: UpsampleBicubic2dOptions,
      ) => Tensor,
      (
        input: Tensor,
        outputSize: Extent,
        alignCorners: boolean,
        scalesH?: number | null | UpsampleBicubic2dOptions,
        scalesW?: number | null | UpsampleBicubic2dOptions,
        options?: UpsampleBicubic2dOptions,
      ) => Tensor,
    ]
  >('aten::upsample_bicubic2d');

/** What {@link upsampleBilinear2d} takes by name. */
export interface UpsampleBilinear2dOptions {
  scalesH?: number | null;
  scalesW?: number | null;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * Enlarges images by bilinear interpolation.
 *
 * @example
 * F.upsampleBilinear2d(torch.ones(1, 1, 2, 2), [4, 4], false).shape // [ 1, 1, 4, 4 ]
 */
export const upsampleBilinear2d =
  fn<
    [
      (
        input: Tensor,
        outputSize: Size | null,
        alignCorners: boolean,
        scaleFactors: readonly number[] | null,
        options?: UpsampleBilinear2dOptions,
      ) => Tensor,
      (
        input: Tensor,
        outputSize: Extent,
        alignCorners: boolean,
        scalesH?: number | null | UpsampleBilinear2dOptions,
        scalesW?: number | null | UpsampleBilinear2dOptions,
        options?: UpsampleBilinear2dOptions,
      ) => Tensor,
    ]
  >('aten::upsample_bilinear2d');

/** What {@link upsampleLinear1d} takes by name. */
export interface UpsampleLinear1dOptions {
  scales?: number | null;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * Enlarges sequences by linear interpolation.
 *
 * @example
 * F.upsampleLinear1d(torch.ones(1, 1, 2), [4], false).shape // [ 1, 1, 4 ]
 */
export const upsampleLinear1d =
  fn<
    [
      (
        input: Tensor,
        outputSize: Size | null,
        alignCorners: boolean,
        scaleFactors: readonly number[] | null,
        options?: UpsampleLinear1dOptions,
      ) => Tensor,
      (
        input: Tensor,
        outputSize: Dims,
        alignCorners: boolean,
        scales?: number | null | UpsampleLinear1dOptions,
        options?: UpsampleLinear1dOptions,
      ) => Tensor,
    ]
  >('aten::upsample_linear1d');
