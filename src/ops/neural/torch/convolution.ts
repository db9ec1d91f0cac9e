import { fn } from '../../op.js';
import type { Dims, Extent, Size } from '../../../shape.js';
import type { Tensor } from '../../../tensor.js';

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
  /** Zeros at either end of the sequence. 0 unless given. */
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
  /** What is added to one side of the result, to choose among the sizes that a stride leaves open. 0 unless given. */
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

/** What {@link convTranspose2d} takes by name. */
export interface ConvTranspose2dOptions {
  /** What is added. */
  bias?: Tensor | null;
  /** The step of the window. */
  stride?: Extent;
  /** Elements added on both sides. */
  padding?: Extent;
  /** What is added to one side of the result, to choose among the sizes that a stride leaves open. 0 unless given. */
  outputPadding?: Extent;
  /** Into how many groups the channels are split. */
  groups?: number;
  /** The distance between elements of the window. */
  dilation?: Extent;
}

/**
 * The transposed convolution of images.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.conv_transpose2d.html
 * @example
 * torch.convTranspose2d(torch.ones(1, 1, 2, 2), torch.ones(1, 1, 2, 2)).shape // [ 1, 1, 3, 3 ]
 */
export const convTranspose2d =
  fn<
    (
      input: Tensor,
      weight: Tensor,
      bias?: Tensor | null | ConvTranspose2dOptions,
      stride?: Extent | ConvTranspose2dOptions,
      padding?: Extent | ConvTranspose2dOptions,
      outputPadding?: Extent | ConvTranspose2dOptions,
      groups?: number | ConvTranspose2dOptions,
      dilation?: Extent | ConvTranspose2dOptions,
      options?: ConvTranspose2dOptions,
    ) => Tensor
  >('aten::conv_transpose2d');

/** What {@link convTranspose3d} takes by name. */
export interface ConvTranspose3dOptions {
  /** What is added. */
  bias?: Tensor | null;
  /** The step of the window. */
  stride?: Extent;
  /** Elements added on both sides. */
  padding?: Extent;
  /** What is added to one side of the result, to choose among the sizes that a stride leaves open. 0 unless given. */
  outputPadding?: Extent;
  /** Into how many groups the channels are split. */
  groups?: number;
  /** The distance between elements of the window. */
  dilation?: Extent;
}

/**
 * The transposed convolution of volumes.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.conv_transpose3d.html
 * @example
 * torch.convTranspose3d(torch.ones(1, 1, 1, 1, 1), torch.ones(1, 1, 2, 2, 2)).shape // [ 1, 1, 2, 2, 2 ]
 */
export const convTranspose3d =
  fn<
    (
      input: Tensor,
      weight: Tensor,
      bias?: Tensor | null | ConvTranspose3dOptions,
      stride?: Extent | ConvTranspose3dOptions,
      padding?: Extent | ConvTranspose3dOptions,
      outputPadding?: Extent | ConvTranspose3dOptions,
      groups?: number | ConvTranspose3dOptions,
      dilation?: Extent | ConvTranspose3dOptions,
      options?: ConvTranspose3dOptions,
    ) => Tensor
  >('aten::conv_transpose3d');

/**
 * Convolution of any number of dimensions, transposed or not.
 *
 * @example
 * torch.convolution(torch.ones(1, 1, 3), torch.ones(1, 1, 2), null, [1], [0], [1], false, [0], 1) // tensor([[[2., 2.]]])
 */
export const convolution =
  fn<
    (
      input: Tensor,
      weight: Tensor,
      bias: Tensor | null,
      stride: Size,
      padding: Size,
      dilation: Size,
      transposed: boolean,
      outputPadding: Size,
      groups: number,
    ) => Tensor
  >('aten::convolution');

/**
 * The hook by which a backend brings its own {@link convolution}; without one, it throws.
 *
 * ```ts
 * // Needs a backend that implements it.
 * torch.convolutionOverrideable(x, weight, null, [1, 1], [0, 0], [1, 1], false, [0, 0], 1)
 * ```
 */
export const convolutionOverrideable = fn<
  (
    input: Tensor,
    weight: Tensor,
    bias: Tensor | null,
    stride: Size,
    padding: Size,
    dilation: Size,
    transposed: boolean,
    outputPadding: Size,
    groups: number,
  ) => Tensor
>('aten::convolution_overrideable');
