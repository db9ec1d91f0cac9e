import { fn } from '../op.js';
import type { OutOptions, Scalar, Size } from '../../shape.js';
import type { Tensor } from '../../tensor.js';

/**
 * cuDNN's kernel of {@link affineGridGenerator} for images; on an NVIDIA GPU.
 *
 * ```ts
 * // Needs an NVIDIA GPU.
 * torch.cudnnAffineGridGenerator(torch.eye(2, 3).unsqueeze(0).cuda(), 1, 3, 28, 28)
 * ```
 *
 * @param theta - `(N, 2, 3)`
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
 * cuDNN's kernel of {@link batchNorm}; on an NVIDIA GPU.
 *
 * ```ts
 * // Needs an NVIDIA GPU.
 * torch.cudnnBatchNorm(x, weight, bias, null, null, true, 0.1, 1e-5)
 * ```
 *
 * @returns the result, the mean and reciprocal deviation of the batch, and memory that the gradient needs
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
 * cuDNN's kernel of {@link convolution}, without a bias; on an NVIDIA GPU.
 *
 * ```ts
 * // Needs an NVIDIA GPU.
 * torch.cudnnConvolution(x, weight, [1, 1], [1, 1], [1, 1], 1, false, false, true)
 * ```
 *
 * @param benchmark - whether to try the algorithms out and keep the fastest
 * @param deterministic - whether to use only algorithms that repeat their result exactly
 * @param allowTf32 - whether float32 may be multiplied as TF32
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
 * cuDNN's `relu(convolution(input) + alpha * z + bias)` in one kernel; on an NVIDIA GPU.
 *
 * ```ts
 * // Needs an NVIDIA GPU.
 * torch.cudnnConvolutionAddRelu(x, weight, z, 1, bias, [1, 1], [1, 1], [1, 1], 1)
 * ```
 *
 * @param alpha - the multiplier of `z`; 1 where it is null
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
 * cuDNN's `relu(convolution(input) + bias)` in one kernel; on an NVIDIA GPU.
 *
 * ```ts
 * // Needs an NVIDIA GPU.
 * torch.cudnnConvolutionRelu(x, weight, bias, [1, 1], [1, 1], [1, 1], 1)
 * ```
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
 * cuDNN's kernel of the transposed {@link convolution}, without a bias; on an NVIDIA GPU.
 *
 * ```ts
 * // Needs an NVIDIA GPU.
 * torch.cudnnConvolutionTranspose(x, weight, [0, 0], [0, 0], [2, 2], [1, 1], 1, false, false, true)
 * ```
 *
 * @param benchmark - whether to try the algorithms out and keep the fastest
 * @param deterministic - whether to use only algorithms that repeat their result exactly
 * @param allowTf32 - whether float32 may be multiplied as TF32
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
 * cuDNN's kernel of {@link gridSampler}: bilinear, with zeros outside; on an NVIDIA GPU.
 *
 * ```ts
 * // Needs an NVIDIA GPU.
 * torch.cudnnGridSampler(x, grid)
 * ```
 *
 * @param grid - `(N, H, W, 2)`, places from -1 to 1
 */
export const cudnnGridSampler = fn<(input: Tensor, grid: Tensor) => Tensor>('aten::cudnn_grid_sampler');

/**
 * Whether cuDNN takes the tensor.
 *
 * @example
 * torch.cudnnIsAcceptable(torch.ones(1)) // false
 */
export const cudnnIsAcceptable = fn<(input: Tensor) => boolean>('aten::cudnn_is_acceptable');
