import { method } from '../../op.js';
import type { Tensor } from '../../../tensor.js';

/**
 * How a tensor is quantized: `per_tensor_affine` or `per_channel_affine`.
 *
 * @throws when the tensor is not quantized
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.qscheme.html
 * @example
 * torch.quantizePerTensor(torch.ones(2), 0.1, 0, 'quint8').qscheme() // 'per_tensor_affine'
 */
export const qscheme = method<(input: Tensor) => string>('aten::qscheme');
