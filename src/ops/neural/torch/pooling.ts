import { fn } from '../../op.js';
import type { Dims, Extent } from '../../../shape.js';
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

/** What {@link avgPool1d} takes by name. */
export interface AvgPool1dOptions {
  /** The step of the window. */
  stride?: Dims;
  /** Elements added on both sides. */
  padding?: Dims;
  /** Whether a window may reach over the edge. */
  ceilMode?: boolean;
  /** Whether the zeros of the padding count in the average. `true` unless given. */
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
