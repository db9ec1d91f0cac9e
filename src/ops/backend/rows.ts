import { fn } from '../op.js';
import type { Extent, OutOptions, Scalar, Size } from '../../shape.js';
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

/**
 * The kernel of FBGEMM for `linear_fp16_weight`, on a CPU that it supports.
 */
export const fbgemmLinearFp16Weight = fn<(input: Tensor, packedWeight: Tensor, bias: Tensor) => Tensor>(
  'aten::fbgemm_linear_fp16_weight',
);

/**
 * The kernel of FBGEMM for `linear_fp16_weight_fp32_activation`, on a CPU that it supports.
 */
export const fbgemmLinearFp16WeightFp32Activation = fn<
  (input: Tensor, packedWeight: Tensor, bias: Tensor | null) => Tensor
>('aten::fbgemm_linear_fp16_weight_fp32_activation');

/**
 * The kernel of FBGEMM for `linear_int8_weight`, on a CPU that it supports.
 */
export const fbgemmLinearInt8Weight = fn<
  (
    input: Tensor,
    weight: Tensor,
    packed: Tensor,
    colOffsets: Tensor,
    weightScale: Scalar,
    weightZeroPoint: Scalar,
    bias: Tensor,
  ) => Tensor
>('aten::fbgemm_linear_int8_weight');

/**
 * The kernel of FBGEMM for `linear_int8_weight_fp32_activation`, on a CPU that it supports.
 */
export const fbgemmLinearInt8WeightFp32Activation = fn<
  (
    input: Tensor,
    weight: Tensor,
    packed: Tensor,
    colOffsets: Tensor,
    weightScale: Scalar,
    weightZeroPoint: Scalar,
    bias: Tensor,
  ) => Tensor
>('aten::fbgemm_linear_int8_weight_fp32_activation');

/**
 * The kernel of FBGEMM for `linear_quantize_weight`, on a CPU that it supports.
 */
export const fbgemmLinearQuantizeWeight = fn<(input: Tensor) => [Tensor, Tensor, number, number]>(
  'aten::fbgemm_linear_quantize_weight',
);

/**
 * The kernel of FBGEMM for `pack_gemm_matrix_fp16`, on a CPU that it supports.
 */
export const fbgemmPackGemmMatrixFp16 = fn<(input: Tensor) => Tensor>('aten::fbgemm_pack_gemm_matrix_fp16');

/**
 * The kernel of FBGEMM for `pack_quantized_matrix`, on a CPU that it supports.
 */
export const fbgemmPackQuantizedMatrix = fn<
  [(input: Tensor) => Tensor, (input: Tensor, K: number, N: number) => Tensor]
>('aten::fbgemm_pack_quantized_matrix');

/**
 * Whether LibTorch was built with Vulkan and finds a device.
 *
 * @example
 * torch.isVulkanAvailable() // false
 */
export const isVulkanAvailable = fn<() => boolean>('aten::is_vulkan_available');

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

/**
 * The kernel of oneDNN for `adaptive_avg_pool2d`, on tensors in its layout.
 */
export const mkldnnAdaptiveAvgPool2d = fn<(input: Tensor, outputSize: Extent, options?: OutOptions) => Tensor>(
  'aten::mkldnn_adaptive_avg_pool2d',
);

/**
 * The kernel of oneDNN for `convolution`, on tensors in its layout.
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
 * The kernel of oneDNN for `max_pool2d`, on tensors in its layout.
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
 * The kernel of oneDNN for `max_pool3d`, on tensors in its layout.
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
 * The kernel of oneDNN for `rnn_layer`, on tensors in its layout.
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
