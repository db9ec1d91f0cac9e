import { fn } from './op.js';
import type { Size } from '../shape.js';
import type { Tensor } from '../tensor.js';

/** What {@link toPaddedTensor} takes by name. */
export interface NestedToPaddedTensorOptions {
  outputSize?: Size | null;
}

/**
 * A nested tensor as one tensor, filled up.
 */
export const toPaddedTensor = fn<
  (
    input: Tensor,
    padding: number,
    outputSize?: Size | null | NestedToPaddedTensorOptions,
    options?: NestedToPaddedTensorOptions,
  ) => Tensor
>('aten::nested_to_padded_tensor');
