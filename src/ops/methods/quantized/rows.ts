import { method } from '../../op.js';
import type { Tensor } from '../../../tensor.js';

/**
 * How a tensor is quantized.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.qscheme.html
 */
export const qscheme = method<(input: Tensor) => string>('aten::qscheme');
