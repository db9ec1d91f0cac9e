import type { Device } from './device.js';
import { dtypes, isDtype, type Dtype } from './dtype.js';
import { FlambeauError, wrongArgument } from './errors.js';
import { isTensor, usedDefaultDevice } from './ops/call.js';
import { fromTypedArray, tensor, type Tensor } from './tensor.js';
import type { NestedArray, TypedArray } from './tensor/data.js';

/** What {@link asTensor} takes by name. */
export interface AsTensorOptions {
  /** The element type; that of the data unless given. */
  dtype?: Dtype;
  /** Where it is; where the data is unless given. */
  device?: Device;
}

/**
 * A tensor of data, without a copy where there need be none: a tensor of that dtype on that device is itself, and a typed
 * array on the CPU shares its memory.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.as_tensor.html
 * @example
 * const x = torch.ones(2)
 * torch.asTensor(x) === x // true
 * const array = new Float32Array(2)
 * const shared = torch.asTensor(array)
 * array[0] = 5
 * shared // tensor([5., 0.])
 */
export function asTensor(data: NestedArray | TypedArray | Tensor, options: AsTensorOptions = {}): Tensor {
  const { dtype, device } = options;
  if (!isTensor(data) && !(ArrayBuffer.isView(data) && !(data instanceof DataView))) return tensor(data, options);
  const whole = isTensor(data) ? data : fromTypedArray(data as TypedArray);
  const typed = dtype === undefined || dtype === whole.dtype ? whole : whole.to(dtype);
  const place = device ?? (isTensor(data) ? null : usedDefaultDevice());
  return place === null || place === typed.device ? typed : typed.to(place as Device);
}

/**
 * A tensor of data, as {@link asTensor}; `copy` says whether there must be a copy, or must be none.
 *
 * @throws when `copy` is false and the data cannot be shared
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.asarray.html
 * @example
 * torch.asarray([1.5, 2]) // tensor([1.5000, 2.0000])
 */
export function asarray(
  data: NestedArray | TypedArray | Tensor,
  { copy, ...options }: AsTensorOptions & { copy?: boolean } = {},
): Tensor {
  const made = asTensor(data, options);
  const shares =
    made === data ||
    (ArrayBuffer.isView(data) && made.dtype === fromTypedArray(data as TypedArray).dtype && made.device === 'cpu');
  if (copy === false && !shares)
    throw new FlambeauError('INVALID_VALUE', 'asarray(): the data cannot be shared as it is, and copy is false');
  return copy === true && shares ? made.clone() : made;
}

/** What {@link frombuffer} takes by name. */
export interface FromBufferOptions {
  /** The element type. */
  dtype: Dtype;
  /** How many elements; all that there are unless given. */
  count?: number;
  /** How many bytes come before the first; 0 unless given. */
  offset?: number;
}

/**
 * A tensor of one dimension in the memory of a buffer, shared with it.
 *
 * @param buffer - an ArrayBuffer, or a view of one such as a Buffer
 * @throws when the bytes are not enough, or not aligned to the elements
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.frombuffer.html
 * @example
 * torch.frombuffer(new Uint8Array([1, 0, 2, 0]).buffer, { dtype: 'int16' }) // tensor([1, 2], dtype=torch.int16)
 */
export function frombuffer(buffer: ArrayBuffer | ArrayBufferView, options: FromBufferOptions): Tensor {
  const { dtype, count = -1, offset = 0 } = options ?? {};
  const bytes = ArrayBuffer.isView(buffer)
    ? new Uint8Array(buffer.buffer as ArrayBuffer, buffer.byteOffset, buffer.byteLength)
    : buffer instanceof ArrayBuffer
      ? new Uint8Array(buffer)
      : undefined;
  if (!bytes) throw wrongArgument('frombuffer', 'buffer', 'ArrayBuffer or a view of one', buffer);
  if (!isDtype(dtype)) throw wrongArgument('frombuffer', 'dtype', "a dtype such as 'float32'", dtype);
  if (!Number.isInteger(offset) || offset < 0 || offset > bytes.length)
    throw wrongArgument('frombuffer', 'offset', `integer from 0 to ${bytes.length}`, offset);
  const { size } = dtypes[dtype];
  const length = count < 0 ? Math.floor((bytes.length - offset) / size) : count;
  if (!Number.isInteger(length) || offset + length * size > bytes.length)
    throw new FlambeauError(
      'INVALID_VALUE',
      `frombuffer(): ${length} elements of ${dtype} from byte ${offset} on are beyond the buffer's ${bytes.length} bytes`,
    );
  return fromTypedArray(bytes.subarray(offset, offset + length * size), [length], dtype);
}

/**
 * The indices in a tensor of a shape that flat indices stand for.
 *
 * @param indices - of integers, any shape
 * @param shape - of the tensor
 * @returns a tensor like `indices` for each dimension
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.unravel_index.html
 * @example
 * torch.unravelIndex(torch.tensor([4, 5]), [2, 3]) // [ tensor([1, 1]), tensor([1, 2]) ]
 */
export function unravelIndex(indices: Tensor, shape: readonly number[]): Tensor[] {
  if (!isTensor(indices) || indices.isFloatingPoint() || indices.isComplex() || indices.dtype === 'bool')
    throw wrongArgument('unravelIndex', 'indices', 'Tensor of integers', indices);
  if (!Array.isArray(shape) || !shape.every((size) => Number.isInteger(size) && size >= 0))
    throw wrongArgument('unravelIndex', 'shape', 'array of sizes', shape);
  let step = 1;
  const steps = shape.toReversed().map((size: number) => {
    const own = step;
    step *= size;
    return own;
  });
  return shape.map((size: number, i) =>
    indices.div(steps[shape.length - 1 - i]!, { roundingMode: 'floor' }).remainder(Math.max(size, 1)),
  );
}
