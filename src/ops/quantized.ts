import { fn, op } from './op.js';
import type { Dims, Extent, Named, Scalar } from '../shape.js';
import type { Dtype } from '../dtype.js';
import type { Tensor } from '../tensor.js';

/**
 * The range that loses least by quantization.
 *
 * @example
 * torch.chooseQparamsOptimized(torch.ones(4), 4, 2, 0.16, 8).length // 2
 */
export const chooseQparamsOptimized = fn<
  (input: Tensor, numel: number, nBins: number, ratio: number, bitWidth: number) => [Tensor, Tensor]
>('aten::choose_qparams_optimized');

/**
 * A quantized tensor as floating point numbers.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.dequantize.html
 * @example
 * torch.quantizePerTensor(torch.ones(1), 0.5, 0, 'quint8').dequantize() // tensor([1.])
 */
export const dequantize = op<[(input: Tensor) => Tensor, (tensors: readonly Tensor[]) => Tensor[]]>('aten::dequantize');

/**
 * As {@link fakeQuantizePerTensorAffine}, for each channel.
 *
 * @param axis - the dimension of the channels
 * @param quantMin - the least quantized value
 * @param quantMax - the greatest quantized value
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.fake_quantize_per_channel_affine.html
 * @example
 * const zero = torch.zeros(2, { dtype: 'int32' })
 * torch.fakeQuantizePerChannelAffine(torch.tensor([0.33, 0.77]), torch.tensor([0.5, 0.1]), zero, 0, 0, 255) // tensor([0.5000, 0.8000])
 */
export const fakeQuantizePerChannelAffine = fn<
  (input: Tensor, scale: Tensor, zeroPoint: Tensor, axis: number, quantMin: number, quantMax: number) => Tensor
>('aten::fake_quantize_per_channel_affine');

/**
 * As {@link fakeQuantizePerChannelAffine}, with a mask.
 *
 * @param axis - the dimension of the channels
 * @returns also a mask of the values that lie in the range, through which gradients flow
 * @example
 * const zero = torch.zeros(2, { dtype: 'int32' })
 * torch.fakeQuantizePerChannelAffineCachemask(torch.tensor([0.33, 77]), torch.tensor([0.5, 0.1]), zero, 0, 0, 255).mask // tensor([ True, False])
 */
export const fakeQuantizePerChannelAffineCachemask = fn<
  (
    input: Tensor,
    scale: Tensor,
    zeroPoint: Tensor,
    axis: number,
    quantMin: number,
    quantMax: number,
  ) => Named<{ output: Tensor; mask: Tensor }>
>('aten::fake_quantize_per_channel_affine_cachemask');

/**
 * Quantizes and dequantizes, for training that knows of quantization.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.fake_quantize_per_tensor_affine.html
 * @example
 * torch.fakeQuantizePerTensorAffine(torch.tensor([0.75]), 0.5, 0, 0, 255) // tensor([1.])
 */
export const fakeQuantizePerTensorAffine = fn<
  [
    (input: Tensor, scale: number, zeroPoint: number, quantMin: number, quantMax: number) => Tensor,
    (input: Tensor, scale: Tensor, zeroPoint: Tensor, quantMin: number, quantMax: number) => Tensor,
  ]
>('aten::fake_quantize_per_tensor_affine');

/**
 * As {@link fakeQuantizePerTensorAffine}, with the mask of the elements that were in range.
 *
 * @example
 * torch.fakeQuantizePerTensorAffineCachemask(torch.tensor([0.75]), 0.5, 0, 0, 255).mask // tensor([True])
 */
export const fakeQuantizePerTensorAffineCachemask = fn<
  (
    input: Tensor,
    scale: number,
    zeroPoint: number,
    quantMin: number,
    quantMax: number,
  ) => Named<{ output: Tensor; mask: Tensor }>
>('aten::fake_quantize_per_tensor_affine_cachemask');

/** What {@link fusedMovingAvgObsFakeQuant} takes by name. */
export interface FusedMovingAvgObsFakeQuantOptions {
  /** Whether each row along `chAxis` has a scale of its own. `false` unless given. */
  perRowFakeQuant?: boolean;
  /** Whether the range is symmetric about zero. `false` unless given. */
  symmetricQuant?: boolean;
}

/**
 * Observes the range of values by moving averages and quantizes by it.
 *
 * @param observerOn - `(1,)`, 1 to update the range
 * @param fakeQuantOn - `(1,)`, 1 to quantize
 * @param averagingConst - the weight of the new range in the moving average
 * @param chAxis - the dimension of the channels, where each has a range of its own
 * @example
 * const on = torch.ones(1, { dtype: 'int64' })
 * const [low, high, scale] = [torch.zeros(1), torch.ones(1), torch.ones(1)]
 * const zero = torch.zeros(1, { dtype: 'int32' })
 * torch.fusedMovingAvgObsFakeQuant(torch.tensor([0.1, 0.9]), on, on, low, high, scale, zero, 0.1, 0, 255, 0) // tensor([0.1009, 0.9007])
 */
export const fusedMovingAvgObsFakeQuant = fn<
  (
    input: Tensor,
    observerOn: Tensor,
    fakeQuantOn: Tensor,
    runningMin: Tensor,
    runningMax: Tensor,
    scale: Tensor,
    zeroPoint: Tensor,
    averagingConst: number,
    quantMin: number,
    quantMax: number,
    chAxis: number,
    perRowFakeQuant?: boolean | FusedMovingAvgObsFakeQuantOptions,
    symmetricQuant?: boolean | FusedMovingAvgObsFakeQuantOptions,
    options?: FusedMovingAvgObsFakeQuantOptions,
  ) => Tensor
>('aten::fused_moving_avg_obs_fake_quant');

/**
 * The whole numbers that a quantized tensor holds.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.int_repr.html
 * @example
 * torch.quantizePerTensor(torch.ones(1), 0.5, 0, 'quint8').intRepr() // tensor([2], dtype=torch.uint8)
 */
export const intRepr = op<(input: Tensor) => Tensor>('aten::int_repr');

/**
 * The dimension that holds the channels.
 *
 * @throws when the tensor is not quantized by channel
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.q_per_channel_axis.html
 * @example
 * const x = torch.quantizePerChannel(torch.ones(2, 2), torch.tensor([0.1, 0.5]), torch.zeros(2), 0, 'quint8')
 * x.qPerChannelAxis() // 0
 */
export const qPerChannelAxis = op<(input: Tensor) => number>('aten::q_per_channel_axis');

/**
 * The scale of each channel.
 *
 * @throws when the tensor is not quantized by channel
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.q_per_channel_scales.html
 * @example
 * const x = torch.quantizePerChannel(torch.ones(2, 2), torch.tensor([0.1, 0.5]), torch.zeros(2), 0, 'quint8')
 * x.qPerChannelScales() // tensor([0.1000, 0.5000])
 */
export const qPerChannelScales = op<(input: Tensor) => Tensor>('aten::q_per_channel_scales');

/**
 * The zero point of each channel.
 *
 * @throws when the tensor is not quantized by channel
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.q_per_channel_zero_points.html
 * @example
 * const x = torch.quantizePerChannel(torch.ones(2, 2), torch.tensor([0.1, 0.5]), torch.zeros(2), 0, 'quint8')
 * x.qPerChannelZeroPoints() // tensor([0., 0.])
 */
export const qPerChannelZeroPoints = op<(input: Tensor) => Tensor>('aten::q_per_channel_zero_points');

/**
 * The scale of a quantized tensor.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.q_scale.html
 * @example
 * torch.quantizePerTensor(torch.ones(1), 0.5, 0, 'quint8').qScale() // 0.5
 */
export const qScale = op<(input: Tensor) => number>('aten::q_scale');

/**
 * The zero point of a quantized tensor.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.q_zero_point.html
 * @example
 * torch.quantizePerTensor(torch.ones(1), 0.5, 0, 'quint8').qZeroPoint() // 0
 */
export const qZeroPoint = op<(input: Tensor) => number>('aten::q_zero_point');

/**
 * Quantizes with a scale and a zero point for each channel.
 *
 * @param scales - `(C,)`
 * @param zeroPoints - `(C,)`
 * @param axis - the dimension of the `C` channels
 * @param dtype - `quint8`, `qint8` or `qint32`
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.quantize_per_channel.html
 * @example
 * torch.quantizePerChannel(torch.tensor([[1.5], [2.5]]), torch.tensor([0.1, 0.5]), torch.zeros(2), 0, 'quint8').intRepr() // tensor([[15], [ 5]], dtype=torch.uint8)
 */
export const quantizePerChannel =
  fn<(input: Tensor, scales: Tensor, zeroPoints: Tensor, axis: number, dtype: Dtype) => Tensor>(
    'aten::quantize_per_channel',
  );

/**
 * Quantizes: `round(x / scale) + zeroPoint`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.quantize_per_tensor.html
 * @example
 * torch.quantizePerTensor(torch.ones(1), 0.5, 0, 'quint8').intRepr() // tensor([2], dtype=torch.uint8)
 */
export const quantizePerTensor =
  fn<
    [
      (input: Tensor, scale: number, zeroPoint: number, dtype: Dtype) => Tensor,
      (input: Tensor, scale: Tensor, zeroPoint: Tensor, dtype: Dtype) => Tensor,
      (tensors: readonly Tensor[], scales: Tensor, zeroPoints: Tensor, dtype: Dtype) => Tensor[],
    ]
  >('aten::quantize_per_tensor');

/**
 * Quantizes with a scale found from the values.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.quantize_per_tensor_dynamic.html
 * @example
 * torch.quantizePerTensorDynamic(torch.ones(2), 'quint8', false).shape // [ 2 ]
 */
export const quantizePerTensorDynamic = fn<(input: Tensor, dtype: Dtype, reduceRange: boolean) => Tensor>(
  'aten::quantize_per_tensor_dynamic',
);

/**
 * {@link batchNorm} of a quantized tensor.
 *
 * @param mean - `(C,)`, as the variance
 * @param outputScale - the scale of the result
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.quantized_batch_norm.html
 * @example
 * const x = torch.quantizePerTensor(torch.ones(1, 2, 1, 1), 0.1, 0, 'quint8')
 * torch.quantizedBatchNorm(x, torch.ones(2), torch.zeros(2), torch.zeros(2), torch.ones(2), 1e-5, 0.1, 0).dequantize().flatten() // tensor([1., 1.])
 */
export const quantizedBatchNorm =
  fn<
    (
      input: Tensor,
      weight: Tensor | null,
      bias: Tensor | null,
      mean: Tensor,
      var_: Tensor,
      eps: number,
      outputScale: number,
      outputZeroPoint: number,
    ) => Tensor
  >('aten::quantized_batch_norm');

/**
 * One step of {@link gru} with quantized weights.
 *
 * ```ts
 * // On a CPU with FBGEMM; the weights come from fbgemmLinearQuantizeWeight.
 * const [wIh, offsetsIh, scaleIh, zeroIh] = torch.fbgemmLinearQuantizeWeight(torch.randn(6, 2))
 * ```
 *
 * @param packedIh - the weight `wIh` as {@link fbgemmPackQuantizedMatrix} packs it, and so `packedHh`
 * @param colOffsetsIh - the column sums that {@link fbgemmLinearQuantizeWeight} gives with the scale and the zero point
 */
export const quantizedGruCell =
  fn<
    (
      input: Tensor,
      hx: Tensor,
      wIh: Tensor,
      wHh: Tensor,
      bIh: Tensor,
      bHh: Tensor,
      packedIh: Tensor,
      packedHh: Tensor,
      colOffsetsIh: Tensor,
      colOffsetsHh: Tensor,
      scaleIh: Scalar,
      scaleHh: Scalar,
      zeroPointIh: Scalar,
      zeroPointHh: Scalar,
    ) => Tensor
  >('aten::quantized_gru_cell');

/**
 * One step of {@link lstm} with quantized weights.
 *
 * ```ts
 * // On a CPU with FBGEMM; the weights come from fbgemmLinearQuantizeWeight.
 * const [wIh, offsetsIh, scaleIh, zeroIh] = torch.fbgemmLinearQuantizeWeight(torch.randn(8, 2))
 * ```
 *
 * @param packedIh - the weight `wIh` as {@link fbgemmPackQuantizedMatrix} packs it, and so `packedHh`
 * @param colOffsetsIh - the column sums that {@link fbgemmLinearQuantizeWeight} gives with the scale and the zero point
 */
export const quantizedLstmCell =
  fn<
    (
      input: Tensor,
      hx: readonly Tensor[],
      wIh: Tensor,
      wHh: Tensor,
      bIh: Tensor,
      bHh: Tensor,
      packedIh: Tensor,
      packedHh: Tensor,
      colOffsetsIh: Tensor,
      colOffsetsHh: Tensor,
      scaleIh: Scalar,
      scaleHh: Scalar,
      zeroPointIh: Scalar,
      zeroPointHh: Scalar,
    ) => [Tensor, Tensor]
  >('aten::quantized_lstm_cell');

/** What {@link quantizedMaxPool1d} takes by name. */
export interface QuantizedMaxPool1dOptions {
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
 * The greatest element of each window of a quantized sequence.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.quantized_max_pool1d.html
 * @example
 * const x = torch.quantizePerTensor(torch.ones(1, 1, 4), 1, 0, 'quint8')
 * torch.quantizedMaxPool1d(x, 2).dequantize() // tensor([[[1., 1.]]])
 */
export const quantizedMaxPool1d =
  fn<
    (
      input: Tensor,
      kernelSize: Dims,
      stride?: Dims | QuantizedMaxPool1dOptions,
      padding?: Dims | QuantizedMaxPool1dOptions,
      dilation?: Dims | QuantizedMaxPool1dOptions,
      ceilMode?: boolean | QuantizedMaxPool1dOptions,
      options?: QuantizedMaxPool1dOptions,
    ) => Tensor
  >('aten::quantized_max_pool1d');

/** What {@link quantizedMaxPool2d} takes by name. */
export interface QuantizedMaxPool2dOptions {
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
 * The greatest element of each window of a quantized image.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.quantized_max_pool2d.html
 * @example
 * const x = torch.quantizePerTensor(torch.ones(1, 1, 2, 2), 1, 0, 'quint8')
 * torch.quantizedMaxPool2d(x, 2).dequantize() // tensor([[[[1.]]]])
 */
export const quantizedMaxPool2d =
  fn<
    (
      input: Tensor,
      kernelSize: Extent,
      stride?: Extent | QuantizedMaxPool2dOptions,
      padding?: Extent | QuantizedMaxPool2dOptions,
      dilation?: Extent | QuantizedMaxPool2dOptions,
      ceilMode?: boolean | QuantizedMaxPool2dOptions,
      options?: QuantizedMaxPool2dOptions,
    ) => Tensor
  >('aten::quantized_max_pool2d');

/** What {@link quantizedMaxPool3d} takes by name. */
export interface QuantizedMaxPool3dOptions {
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
 * The greatest element of each window of a quantized volume.
 *
 * @example
 * const x = torch.quantizePerTensor(torch.ones(1, 1, 2, 2, 2), 1, 0, 'quint8')
 * torch.quantizedMaxPool3d(x, [2, 2, 2]).shape // [ 1, 1, 1, 1, 1 ]
 */
export const quantizedMaxPool3d =
  fn<
    (
      input: Tensor,
      kernelSize: Extent,
      stride?: Extent | QuantizedMaxPool3dOptions,
      padding?: Extent | QuantizedMaxPool3dOptions,
      dilation?: Extent | QuantizedMaxPool3dOptions,
      ceilMode?: boolean | QuantizedMaxPool3dOptions,
      options?: QuantizedMaxPool3dOptions,
    ) => Tensor
  >('aten::quantized_max_pool3d');

/**
 * One step of {@link rnnRelu} with quantized weights.
 *
 * ```ts
 * // On a CPU with FBGEMM; the weights come from fbgemmLinearQuantizeWeight.
 * const [wIh, offsetsIh, scaleIh, zeroIh] = torch.fbgemmLinearQuantizeWeight(torch.randn(2, 2))
 * ```
 *
 * @param packedIh - the weight `wIh` as {@link fbgemmPackQuantizedMatrix} packs it, and so `packedHh`
 * @param colOffsetsIh - the column sums that {@link fbgemmLinearQuantizeWeight} gives with the scale and the zero point
 */
export const quantizedRnnReluCell = fn<
  (
    input: Tensor,
    hx: Tensor,
    wIh: Tensor,
    wHh: Tensor,
    bIh: Tensor,
    bHh: Tensor,
    packedIh: Tensor,
    packedHh: Tensor,
    colOffsetsIh: Tensor,
    colOffsetsHh: Tensor,
    scaleIh: Scalar,
    scaleHh: Scalar,
    zeroPointIh: Scalar,
    zeroPointHh: Scalar,
  ) => Tensor
>('aten::quantized_rnn_relu_cell');

/**
 * One step of {@link rnnTanh} with quantized weights.
 *
 * ```ts
 * // On a CPU with FBGEMM; the weights come from fbgemmLinearQuantizeWeight.
 * const [wIh, offsetsIh, scaleIh, zeroIh] = torch.fbgemmLinearQuantizeWeight(torch.randn(2, 2))
 * ```
 *
 * @param packedIh - the weight `wIh` as {@link fbgemmPackQuantizedMatrix} packs it, and so `packedHh`
 * @param colOffsetsIh - the column sums that {@link fbgemmLinearQuantizeWeight} gives with the scale and the zero point
 */
export const quantizedRnnTanhCell = fn<
  (
    input: Tensor,
    hx: Tensor,
    wIh: Tensor,
    wHh: Tensor,
    bIh: Tensor,
    bHh: Tensor,
    packedIh: Tensor,
    packedHh: Tensor,
    colOffsetsIh: Tensor,
    colOffsetsHh: Tensor,
    scaleIh: Scalar,
    scaleHh: Scalar,
    zeroPointIh: Scalar,
    zeroPointHh: Scalar,
  ) => Tensor
>('aten::quantized_rnn_tanh_cell');
