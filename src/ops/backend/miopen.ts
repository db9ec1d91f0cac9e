import { fn } from '../op.js';
import type { Scalar, Size } from '../../shape.js';
import type { Tensor } from '../../tensor.js';

/**
 * The kernel of MIOpen for `batch_norm`; on an AMD GPU.
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
 * The kernel of MIOpen for `convolution`; on an AMD GPU.
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
 * The kernel of MIOpen for `convolution_add_relu`; on an AMD GPU.
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
 * The kernel of MIOpen for `convolution_relu`; on an AMD GPU.
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
 * The kernel of MIOpen for `convolution_transpose`; on an AMD GPU.
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
 * The kernel of MIOpen for `ctc_loss`; on an AMD GPU.
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
 * The kernel of MIOpen for `depthwise_convolution`; on an AMD GPU.
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
 * The kernel of MIOpen for `rnn`; on an AMD GPU.
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
