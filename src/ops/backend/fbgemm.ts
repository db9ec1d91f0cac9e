import { fn } from '../op.js';
import type { Scalar } from '../../shape.js';
import type { Tensor } from '../../tensor.js';

/**
 * The kernel of FBGEMM for `linear_fp16_weight`, on a CPU that it supports.
 */
export const fbgemmLinearFp16Weight = fn<
  (input: Tensor, packedWeight: Tensor, bias: Tensor, output?: Tensor) => Tensor
>('aten::fbgemm_linear_fp16_weight');

/**
 * The kernel of FBGEMM for `linear_fp16_weight_fp32_activation`, on a CPU that it supports.
 */
export const fbgemmLinearFp16WeightFp32Activation = fn<
  (input: Tensor, packedWeight: Tensor, bias: Tensor | null, output?: Tensor) => Tensor
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
