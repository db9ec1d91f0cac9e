import { binding } from '../../binding.js';
import { FlambeauError } from '../../errors.js';
import { handleOf, wrap } from '../../ops/call.js';
import { fromTypedArray, type Tensor } from '../../tensor.js';
import { datatypes, type Datatype } from '../datatypes.js';

/** Fewer bytes than this are copied: a view would keep all of a pooled buffer alive. */
const small = 64 << 10;

/**
 * A tensor of bytes: little-endian, row by row. It lies in the memory of `bytes` where that is large and aligned to the
 * elements, so nobody may write to them afterwards.
 *
 * @throws `INVALID_VALUE` where there are more or fewer bytes than the shape says
 */
export function tensorOf(bytes: Uint8Array, shape: readonly number[], datatype: Exclude<Datatype, 'BYTES'>): Tensor {
  const { dtype, size } = datatypes[datatype];
  const wanted = shape.reduce((product, length) => product * length, size);
  if (wanted !== bytes.length) {
    throw new FlambeauError(
      'INVALID_VALUE',
      `a tensor of ${datatype} and shape [${shape.join(', ')}] has ${wanted} bytes, not ${bytes.length}`,
    );
  }
  // A byte that is neither 0 nor 1 is no boolean, and kernels may take it for anything.
  if (datatype === 'BOOL') return wrap(binding.copyIn(bytes, shape, 'uint8')).ne(0);
  if (bytes.length < small || bytes.byteOffset % size !== 0) return wrap(binding.copyIn(bytes, shape, dtype));
  return fromTypedArray(bytes, shape, dtype);
}

/**
 * The elements of a tensor as bytes: little-endian, row by row. They may be those of its own memory: only for reading, and
 * for {@link giveBack} when they are written.
 */
export async function bytesOf(tensor: Tensor): Promise<Uint8Array> {
  const handle = handleOf(tensor);
  const bytes = tensor.numel() * tensor.elementSize();
  if (bytes < small) return new Uint8Array(binding.copyOut(handle));
  const inPlace =
    tensor.device === 'cpu' &&
    tensor.layout === 'strided' &&
    tensor.isContiguous() &&
    !tensor.isConj() &&
    !tensor.isNeg();
  if (!inPlace) return new Uint8Array(await binding.copyOutAsync(handle));
  return new Uint8Array(binding.lend(handle, tensor.storageOffset() * tensor.elementSize(), bytes));
}

/** Lets go of memory that {@link bytesOf} gave; nothing may read it any more. Other bytes stay as they are. */
export function giveBack(bytes: Uint8Array): void {
  if (bytes.length >= small) binding.giveBack(bytes.buffer as ArrayBuffer);
}
