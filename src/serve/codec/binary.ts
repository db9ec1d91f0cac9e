import { binding, type Handle } from '../../binding.js';
import { FlambeauError } from '../../errors.js';
import { handleOf, wrap } from '../../ops/call.js';
import { fromTypedArray, type Tensor } from '../../tensor.js';
import { datatypes, type Datatype } from '../datatypes.js';

/** Fewer bytes than this are copied: a view would keep all of a pooled buffer alive. */
const small = 64 << 10;

/** Bodies that lie in memory of LibTorch's, and whether something may outlive the request that they belong to. */
const bodies = new WeakMap<ArrayBufferLike, { handle: Handle; kept: boolean }>();

/**
 * Memory for a body. Large ones lie in LibTorch's: it is freed when the last tensor in it is, not when V8 collects, which
 * it would do ever more often for memory of its own.
 */
export function allocateBody(bytes: number): Buffer {
  if (bytes < small) return Buffer.allocUnsafe(bytes);
  const handle = binding.allocate(bytes);
  const memory = binding.lend(handle, 0, bytes, true);
  bodies.set(memory, { handle, kept: false });
  return Buffer.from(memory);
}

/**
 * Moves a message of another library's to such memory, with its end where elements of 8 bytes may end. What it lay in is
 * freed, as by {@link freePart}. Small ones stay where they are.
 */
export function moveBody(message: Buffer, head: number): Buffer {
  if (message.length < small) return message;
  const pad = (8 - (message.length % 8)) % 8;
  const body = allocateBody(pad + message.length).subarray(pad);
  body.set(message);
  freePart(message, head);
  return body;
}

/**
 * Frees a part of a body that was copied, where it has memory of its own but for at most `head` bytes before it. Node reads
 * bodies into many, and V8 collects everything each time when there are 64 MB of them.
 */
export function freePart(part: Buffer, head = 0): void {
  const { buffer, byteOffset, length } = part;
  if (length >= small / 4 && byteOffset <= head && buffer.byteLength === byteOffset + length)
    binding.detach(buffer as ArrayBuffer);
}

/** Says that bytes of a body may be read after its request. */
export function keepBody(bytes: Uint8Array): void {
  const body = bodies.get(bytes.buffer);
  if (body) body.kept = true;
}

/** Lets go of a body that nobody reads any more; tensors in it stay. */
export function releaseBody(bytes: Uint8Array): void {
  const body = bodies.get(bytes.buffer);
  if (!body || body.kept) return;
  bodies.delete(bytes.buffer);
  binding.giveBack(bytes.buffer as ArrayBuffer);
  binding.dispose(body.handle);
}

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
  const body = bodies.get(bytes.buffer);
  if (!body) return fromTypedArray(bytes, shape, dtype);
  const strides = shape.map((_, i) => shape.slice(i + 1).reduce((product, length) => product * length, 1));
  return wrap(binding.over(body.handle, dtype, shape, strides, bytes.byteOffset / size));
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
