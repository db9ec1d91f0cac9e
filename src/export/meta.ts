import { FlambeauError } from '../errors.js';
import type { Tensor } from '../tensor.js';
import { codeOfDtype, stridedLayout } from './schema.js';

/** What a file says of a tensor. */
export function encodeMeta(tensor: Tensor): object {
  const { dtype, device } = tensor;
  const code = codeOfDtype.get(dtype);
  if (code === undefined || tensor.layout !== 'strided') {
    throw new FlambeauError(
      'UNSUPPORTED',
      `export: tensors of ${dtype} with layout '${tensor.layout}' have no place in the format`,
    );
  }
  const [type, index] = device.split(':');
  const sizes = (values: readonly number[]): object[] => values.map((value) => ({ as_int: value }));
  return {
    dtype: code,
    sizes: sizes(tensor.shape),
    requires_grad: tensor.requiresGrad && tensor.isLeaf,
    device: { type, index: index === undefined ? null : Number(index) },
    strides: sizes(tensor.stride()),
    storage_offset: { as_int: tensor.storageOffset() },
    layout: stridedLayout,
  };
}
