import { fn } from '../op.js';
import type { Scalar, Size } from '../../shape.js';
import type { Tensor } from '../../tensor.js';

/**
 * MIOpen's kernel of {@link batchNorm}; on an AMD GPU.
 *
 * ```ts
 * // Needs an AMD GPU.
 * torch.miopenBatchNorm(x, weight, bias, null, null, true, 0.1, 1e-5)
 * ```
 */
export const miopenBatchNorm =
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
    ) => [Tensor, Tensor, Tensor]
  >('aten::miopen_batch_norm');

/**
 * MIOpen's kernel of {@link convolution}; on an AMD GPU.
 *
 * ```ts
 * // Needs an AMD GPU.
 * torch.miopenConvolution(x, weight, bias, [1, 1], [1, 1], [1, 1], 1, false, false)
 * ```
 */
export const miopenConvolution =
  fn<
    (
      input: Tensor,
      weight: Tensor,
      bias: Tensor | null,
      padding: Size,
      stride: Size,
      dilation: Size,
      groups: number,
      benchmark: boolean,
      deterministic: boolean,
    ) => Tensor
  >('aten::miopen_convolution');

/**
 * MIOpen's `relu(convolution(input) + alpha * z + bias)` in one kernel; on an AMD GPU.
 *
 * ```ts
 * // Needs an AMD GPU.
 * torch.miopenConvolutionAddRelu(x, weight, z, 1, bias, [1, 1], [1, 1], [1, 1], 1)
 * ```
 *
 * @param alpha - the multiplier of `z`; 1 where it is null
 */
export const miopenConvolutionAddRelu = fn<
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
>('aten::miopen_convolution_add_relu');

/**
 * MIOpen's `relu(convolution(input) + bias)` in one kernel; on an AMD GPU.
 *
 * ```ts
 * // Needs an AMD GPU.
 * torch.miopenConvolutionRelu(x, weight, bias, [1, 1], [1, 1], [1, 1], 1)
 * ```
 */
export const miopenConvolutionRelu = fn<
  (
    input: Tensor,
    weight: Tensor,
    bias: Tensor | null,
    stride: Size,
    padding: Size,
    dilation: Size,
    groups: number,
  ) => Tensor
>('aten::miopen_convolution_relu');

/**
 * MIOpen's kernel of the transposed {@link convolution}; on an AMD GPU.
 *
 * ```ts
 * // Needs an AMD GPU.
 * torch.miopenConvolutionTranspose(x, weight, bias, [0, 0], [0, 0], [2, 2], [1, 1], 1, false, false)
 * ```
 */
export const miopenConvolutionTranspose = fn<
  (
    input: Tensor,
    weight: Tensor,
    bias: Tensor | null,
    padding: Size,
    outputPadding: Size,
    stride: Size,
    dilation: Size,
    groups: number,
    benchmark: boolean,
    deterministic: boolean,
  ) => Tensor
>('aten::miopen_convolution_transpose');

/**
 * MIOpen's kernel of {@link ctcLoss}; on an AMD GPU.
 *
 * ```ts
 * // Needs an AMD GPU.
 * torch.miopenCtcLoss(logProbs, targets, [50, 50], [10, 12], 0, false, false)
 * ```
 *
 * @param logProbs - `(T, N, C)`
 * @returns the losses, and what the gradient needs
 */
export const miopenCtcLoss =
  fn<
    [
      (
        logProbs: Tensor,
        targets: Tensor,
        inputLengths: Size,
        targetLengths: Size,
        blank: number,
        deterministic: boolean,
        zeroInfinity: boolean,
      ) => [Tensor, Tensor],
      (
        logProbs: Tensor,
        targets: Tensor,
        inputLengths: Tensor,
        targetLengths: Tensor,
        blank: number,
        deterministic: boolean,
        zeroInfinity: boolean,
      ) => [Tensor, Tensor],
    ]
  >('aten::miopen_ctc_loss');

/**
 * MIOpen's kernel of a {@link convolution} with a filter for each channel; on an AMD GPU.
 *
 * ```ts
 * // Needs an AMD GPU.
 * torch.miopenDepthwiseConvolution(x, weight, bias, [1, 1], [1, 1], [1, 1], 64, false, false)
 * ```
 */
export const miopenDepthwiseConvolution = fn<
  (
    input: Tensor,
    weight: Tensor,
    bias: Tensor | null,
    padding: Size,
    stride: Size,
    dilation: Size,
    groups: number,
    benchmark: boolean,
    deterministic: boolean,
  ) => Tensor
>('aten::miopen_depthwise_convolution');

/**
 * MIOpen's kernel of recurrent networks; on an AMD GPU.
 *
 * ```ts
 * // Needs an AMD GPU.
 * torch.miopenRnn(x, weights, 4, hx, cx, 2, 256, 2, false, 0, true, false, [], null)
 * ```
 *
 * @param mode - 0 for ReLU, 1 for tanh, 2 for LSTM, 3 for GRU
 * @param weight - the weights and biases of all layers
 * @param weightStride0 - how many of them each layer has
 */
export const miopenRnn =
  fn<
    (
      input: Tensor,
      weight: readonly Tensor[],
      weightStride0: number,
      hx: Tensor,
      cx: Tensor | null,
      mode: number,
      hiddenSize: number,
      numLayers: number,
      batchFirst: boolean,
      dropout: number,
      train: boolean,
      bidirectional: boolean,
      batchSizes: Size,
      dropoutState: Tensor | null,
    ) => [Tensor, Tensor, Tensor, Tensor, Tensor]
  >('aten::miopen_rnn');
