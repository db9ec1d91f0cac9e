import { fn } from '../op.js';
import type { Scalar } from '../../shape.js';
import type { Tensor } from '../../tensor.js';

/**
 * {@link nn.functional.linear} with weights of float16; on a CPU that FBGEMM supports.
 *
 * ```ts
 * // On a CPU with FBGEMM.
 * torch.fbgemmLinearFp16Weight(torch.randn(2, 8), torch.fbgemmPackGemmMatrixFp16(torch.randn(4, 8)), torch.zeros(4))
 * ```
 *
 * @param packedWeight - of {@link fbgemmPackGemmMatrixFp16}
 * @param output - a tensor to write the result to
 */
export const fbgemmLinearFp16Weight = fn<
  (input: Tensor, packedWeight: Tensor, bias: Tensor, output?: Tensor) => Tensor
>('aten::fbgemm_linear_fp16_weight');

/**
 * As {@link fbgemmLinearFp16Weight}, with inputs of float32 and a bias that may be left out.
 *
 * ```ts
 * // On a CPU with FBGEMM.
 * torch.fbgemmLinearFp16WeightFp32Activation(torch.randn(2, 8), torch.fbgemmPackGemmMatrixFp16(torch.randn(4, 8)), null)
 * ```
 *
 * @param packedWeight - of {@link fbgemmPackGemmMatrixFp16}
 * @param output - a tensor to write the result to
 */
export const fbgemmLinearFp16WeightFp32Activation = fn<
  (input: Tensor, packedWeight: Tensor, bias: Tensor | null, output?: Tensor) => Tensor
>('aten::fbgemm_linear_fp16_weight_fp32_activation');

/**
 * {@link nn.functional.linear} with weights of int8; on a CPU that FBGEMM supports.
 *
 * ```ts
 * // On a CPU with FBGEMM.
 * const [weight, offsets, scale, zeroPoint] = torch.fbgemmLinearQuantizeWeight(torch.randn(4, 8))
 * torch.fbgemmLinearInt8Weight(torch.randn(2, 8), weight, torch.fbgemmPackQuantizedMatrix(weight), offsets, scale, zeroPoint, torch.zeros(4))
 * ```
 *
 * @param packed - of {@link fbgemmPackQuantizedMatrix}
 * @param colOffsets - of {@link fbgemmLinearQuantizeWeight}, as the scale and the zero point
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
 * As {@link fbgemmLinearInt8Weight}, with inputs of float32.
 *
 * ```ts
 * // On a CPU with FBGEMM.
 * torch.fbgemmLinearInt8WeightFp32Activation(x, weight, packed, offsets, scale, zeroPoint, bias)
 * ```
 *
 * @param packed - of {@link fbgemmPackQuantizedMatrix}
 * @param colOffsets - of {@link fbgemmLinearQuantizeWeight}, as the scale and the zero point
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
 * Quantizes a matrix of weights to int8, for FBGEMM; on a CPU that it supports.
 *
 * ```ts
 * // On a CPU with FBGEMM.
 * const [weight, offsets, scale, zeroPoint] = torch.fbgemmLinearQuantizeWeight(torch.randn(4, 8))
 * ```
 *
 * @param input - `(O, I)`, float32
 * @returns the quantized weights, the sums of their columns, the scale and the zero point
 */
export const fbgemmLinearQuantizeWeight = fn<(input: Tensor) => [Tensor, Tensor, number, number]>(
  'aten::fbgemm_linear_quantize_weight',
);

/**
 * Packs a matrix of weights as float16, for FBGEMM; on a CPU that it supports.
 *
 * ```ts
 * // On a CPU with FBGEMM.
 * torch.fbgemmPackGemmMatrixFp16(torch.randn(4, 8))
 * ```
 *
 * @param input - `(O, I)`, float32
 */
export const fbgemmPackGemmMatrixFp16 = fn<(input: Tensor) => Tensor>('aten::fbgemm_pack_gemm_matrix_fp16');

/**
 * Packs a matrix of quantized weights, for FBGEMM; on a CPU that it supports.
 *
 * ```ts
 * // On a CPU with FBGEMM.
 * torch.fbgemmPackQuantizedMatrix(weight)
 * ```
 *
 * @param input - `(O, I)`, int8
 * @param K - no longer used, as `N`
 */
export const fbgemmPackQuantizedMatrix = fn<
  [(input: Tensor) => Tensor, (input: Tensor, K: number, N: number) => Tensor]
>('aten::fbgemm_pack_quantized_matrix');
