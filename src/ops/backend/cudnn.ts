import { fn } from '../op.js';
import type { OutOptions, Scalar, Size } from '../../shape.js';
import type { Tensor } from '../../tensor.js';

/**
 * The kernel of cuDNN for `affine_grid_generator`; on an NVIDIA GPU.
 */
export const cudnnAffineGridGenerator = fn<(theta: Tensor, N: number, C: number, H: number, W: number) => Tensor>(
  'aten::cudnn_affine_grid_generator',
);

/** What {@link cudnnBatchNorm} takes by name. */
export interface CudnnBatchNormOptions {
  /** A tensor to write the result to. */
  out?: readonly Tensor[];
}

/**
 * The kernel of cuDNN for `batch_norm`; on an NVIDIA GPU.
 */
export const cudnnBatchNorm =
  fn<
    (
      input: Tensor,
      weight: Tensor,
      bias: Tensor | null,
      runningMean: Tensor | null,
      runningVar: Tensor | null,
      training: boolean,
      exponentialAverageFactor: number,
      epsilon: number,
      options?: CudnnBatchNormOptions,
    ) => [Tensor, Tensor, Tensor, Tensor]
  >('aten::cudnn_batch_norm');

/**
 * The kernel of cuDNN for `convolution`; on an NVIDIA GPU.
 */
export const cudnnConvolution =
  fn<
    (
      input: Tensor,
      weight: Tensor,
      padding: Size,
      stride: Size,
      dilation: Size,
      groups: number,
      benchmark: boolean,
      deterministic: boolean,
      allowTf32: boolean,
      options?: OutOptions,
    ) => Tensor
  >('aten::cudnn_convolution');

/**
 * The kernel of cuDNN for `convolution_add_relu`; on an NVIDIA GPU.
 */
export const cudnnConvolutionAddRelu = fn<
  (
    input: Tensor,
    weight: Tensor,
    z: Tensor,
    alpha: Scalar | null,
    bias: Tensor | null,
    stride: Size,
    padding: Size,
    dilation: Size,
    groups: number,
  ) => Tensor
>('aten::cudnn_convolution_add_relu');

/**
 * The kernel of cuDNN for `convolution_relu`; on an NVIDIA GPU.
 */
export const cudnnConvolutionRelu =
  fn<
    (
      input: Tensor,
      weight: Tensor,
      bias: Tensor | null,
      stride: Size,
      padding: Size,
      dilation: Size,
      groups: number,
    ) => Tensor
  >('aten::cudnn_convolution_relu');

/**
 * The kernel of cuDNN for `convolution_transpose`; on an NVIDIA GPU.
 */
export const cudnnConvolutionTranspose = fn<
  (
    input: Tensor,
    weight: Tensor,
    padding: Size,
    outputPadding: Size,
    stride: Size,
    dilation: Size,
    groups: number,
    benchmark: boolean,
    deterministic: boolean,
    allowTf32: boolean,
  ) => Tensor
>('aten::cudnn_convolution_transpose');

/**
 * The kernel of cuDNN for `grid_sampler`; on an NVIDIA GPU.
 */
export const cudnnGridSampler = fn<(input: Tensor, grid: Tensor) => Tensor>('aten::cudnn_grid_sampler');

/**
 * Whether cuDNN takes the tensor.
 *
 * @example
 * torch.cudnnIsAcceptable(torch.ones(1)) // false
 */
export const cudnnIsAcceptable = fn<(input: Tensor) => boolean>('aten::cudnn_is_acceptable');
