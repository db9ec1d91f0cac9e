import { fn } from '../../op.js';
import type { Extent, OutOptions, Scalar } from '../../../shape.js';
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
 * F.adaptiveMaxPool2d(torch.ones(1, 4, 4), [2, 2])[0].shape // [ 1, 2, 2 ]
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
 * F.adaptiveMaxPool3d(torch.ones(1, 2, 2, 2), [1, 1, 1])[0] // tensor([[[[1.]]]])
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
  countIncludePad?: boolean;
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
  countIncludePad?: boolean;
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

/** What {@link binaryCrossEntropy} takes by name. */
export interface BinaryCrossEntropyOptions {
  /** A weight for each element or class. */
  weight?: Tensor | null;
  /** 0 none, 1 mean, 2 sum. */
  reduction?: number;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * Binary cross entropy of probabilities.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.binary_cross_entropy.html
 * @example
 * F.binaryCrossEntropy(torch.tensor([0.5]), torch.ones(1)) // tensor(0.6931)
 */
export const binaryCrossEntropy =
  fn<
    (
      input: Tensor,
      target: Tensor,
      weight?: Tensor | null | BinaryCrossEntropyOptions,
      reduction?: number | BinaryCrossEntropyOptions,
      options?: BinaryCrossEntropyOptions,
    ) => Tensor
  >('aten::binary_cross_entropy');

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
 * The convolution of volumes with a filter for each channel; on a GPU.
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

/** What {@link crossEntropyLoss} takes by name. */
export interface CrossEntropyLossOptions {
  /** A weight for each element or class. */
  weight?: Tensor | null;
  /** 0 none, 1 mean, 2 sum. */
  reduction?: number;
  ignoreIndex?: number;
  labelSmoothing?: number;
}

/**
 * Cross entropy between logits and targets, with the reduction as a number.
 *
 * @example
 * F.crossEntropyLoss(torch.zeros(1, 2), torch.tensor([0])) // tensor(0.6931)
 */
export const crossEntropyLoss =
  fn<
    (
      input: Tensor,
      target: Tensor,
      weight?: Tensor | null | CrossEntropyLossOptions,
      reduction?: number | CrossEntropyLossOptions,
      ignoreIndex?: number | CrossEntropyLossOptions,
      labelSmoothing?: number | CrossEntropyLossOptions,
      options?: CrossEntropyLossOptions,
    ) => Tensor
  >('aten::cross_entropy_loss');

/** What {@link elu} takes by name. */
export interface EluOptions {
  /** A multiplier. */
  alpha?: Scalar;
  scale?: Scalar;
  inputScale?: Scalar;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * `x` where positive, `alpha * (exp(x) - 1)` elsewhere.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.elu.html
 * @example
 * F.elu(torch.ones(1)) // tensor([1.])
 */
export const elu =
  fn<
    (
      input: Tensor,
      alpha?: Scalar | EluOptions,
      scale?: Scalar | EluOptions,
      inputScale?: Scalar | EluOptions,
      options?: EluOptions,
    ) => Tensor
  >('aten::elu');

/** What {@link elu_} takes by name. */
export interface EluInPlaceOptions {
  /** A multiplier. */
  alpha?: Scalar;
  scale?: Scalar;
  inputScale?: Scalar;
}

/**
 * In place of {@link elu}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.elu_.html
 * @example
 * F.elu_(torch.tensor([0.5, 1])) // tensor([0.5000, 1.0000])
 */
export const elu_ =
  fn<
    (
      input: Tensor,
      alpha?: Scalar | EluInPlaceOptions,
      scale?: Scalar | EluInPlaceOptions,
      inputScale?: Scalar | EluInPlaceOptions,
      options?: EluInPlaceOptions,
    ) => Tensor
  >('aten::elu_');

/**
 * Tensors as one vector.
 *
 * @example
 * F.flattenDenseTensors([torch.ones(1), torch.ones(2)]) // tensor([1., 1., 1.])
 */
export const flattenDenseTensors = fn<(tensors: readonly Tensor[]) => Tensor>('aten::flatten_dense_tensors');

/** What {@link fractionalMaxPool2d} takes by name. */
export interface FractionalMaxPool2dOptions {
  output?: Tensor;
  indices?: Tensor;
}

/**
 * Greatest elements of windows of random sizes.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.fractional_max_pool2d.html
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
  output?: Tensor;
  indices?: Tensor;
}

/**
 * Greatest elements of windows of random sizes, of volumes.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.fractional_max_pool3d.html
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

/** What {@link gelu} takes by name. */
export interface GeluOptions {
  approximate?: string;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * `x * Phi(x)`, `Phi` being the normal distribution function.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.gelu.html
 * @example
 * F.gelu(torch.zeros(1)) // tensor([0.])
 */
export const gelu = fn<(input: Tensor, options?: GeluOptions) => Tensor>('aten::gelu');

/** What {@link gelu_} takes by name. */
export interface GeluInPlaceOptions {
  approximate?: string;
}

/**
 * In place of {@link gelu}.
 *
 * @example
 * F.gelu_(torch.tensor([0.5, 1])) // tensor([0.3457, 0.8413])
 */
export const gelu_ = fn<(input: Tensor, options?: GeluInPlaceOptions) => Tensor>('aten::gelu_');

/** What {@link glu} takes by name. */
export interface GluOptions {
  /** The dimension, or dimensions, to work along. */
  dim?: number;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * `a * sigmoid(b)` for the halves of a dimension.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.glu.html
 * @example
 * F.glu(torch.zeros(2)) // tensor([0.])
 */
export const glu = fn<(input: Tensor, dim?: number | GluOptions, options?: GluOptions) => Tensor>('aten::glu');

/**
 * The forward derivative of {@link glu}.
 */
export const gluJvp = fn<(glu: Tensor, x: Tensor, dx: Tensor, dim: number) => Tensor>('aten::glu_jvp');

/**
 * A sigmoid of straight pieces: `min(max(x / 6 + 1 / 2, 0), 1)`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.hardsigmoid.html
 * @example
 * F.hardsigmoid(torch.zeros(1)) // tensor([0.5000])
 */
export const hardsigmoid = fn<(input: Tensor, options?: OutOptions) => Tensor>('aten::hardsigmoid');

/**
 * In place of {@link hardsigmoid}.
 *
 * @example
 * F.hardsigmoid_(torch.tensor([0.5, 1])) // tensor([0.5833, 0.6667])
 */
export const hardsigmoid_ = fn<(input: Tensor) => Tensor>('aten::hardsigmoid_');

/**
 * `x * hardsigmoid(x)`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.hardswish.html
 * @example
 * F.hardswish(torch.zeros(1)) // tensor([0.])
 */
export const hardswish = fn<(input: Tensor, options?: OutOptions) => Tensor>('aten::hardswish');
