import { fn } from './op.js';
import type { Size } from '../shape.js';
import type { Tensor } from '../tensor.js';

/** What {@link toPaddedTensor} takes by name. */
export interface NestedToPaddedTensorOptions {
  /** The sizes of the result, nowhere less than the longest part; those of the longest parts unless given. */
  outputSize?: Size | null;
}

/**
 * A nested tensor, whose parts differ in size, as one dense tensor, with `padding` behind each part.
 *
 * Output: `(number of parts, ...greatest sizes)`.
 *
 * @param input - a nested tensor
 * @param padding - the value that fills up
 * @throws when the input is not nested, or a part is longer than `outputSize`
 * @see https://docs.pytorch.org/docs/2.13/nested.html#torch.nested.to_padded_tensor
 * @example
 * const parts = torch.ops.aten._nested_tensor_from_tensor_list([torch.ones(1), torch.ones(2)])
 * torch.nested.toPaddedTensor(parts, 0) // tensor([[1., 0.], [1., 1.]])
 */
export const toPaddedTensor = fn<
  (
    input: Tensor,
    padding: number,
    outputSize?: Size | null | NestedToPaddedTensorOptions,
    options?: NestedToPaddedTensorOptions,
  ) => Tensor
>('aten::nested_to_padded_tensor');
