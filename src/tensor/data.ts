import { binding, type Handle } from '../binding.js';
import { dtypes, type Dtype } from '../dtype.js';
import { FlambeauError, wrongArgument } from '../errors.js';
import { Complex } from '../shape.js';

/** The typed arrays that hold tensors' elements. */
export type TypedArray =
  | Int8Array
  | Uint8Array
  | Uint8ClampedArray
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | Float32Array
  | Float64Array
  | BigInt64Array
  | BigUint64Array;

/** Numbers, as deep as the tensor has dimensions. */
export type NestedArray<T = number | bigint | boolean | Complex> = T | readonly NestedArray<T>[];

/** One element as JavaScript holds it. */
export type Element = number | bigint | boolean | Complex;

type Constructor = new (buffer: ArrayBuffer) => TypedArray;

// The array that holds an element type's bits without change.
const arrays: Partial<Record<Dtype, Constructor>> = {
  uint8: Uint8Array,
  int8: Int8Array,
  int16: Int16Array,
  uint16: Uint16Array,
  int32: Int32Array,
  uint32: Uint32Array,
  int64: BigInt64Array,
  uint64: BigUint64Array,
  float32: Float32Array,
  float64: Float64Array,
  complex64: Float32Array,
  complex128: Float64Array,
  bool: Uint8Array,
  float16: Uint16Array,
  bfloat16: Uint16Array,
};

/** The bits of a tensor's elements, in the array that fits them best. */
export function arrayOf(dtype: Dtype, buffer: ArrayBuffer): TypedArray {
  return new (arrays[dtype] ?? Uint8Array)(buffer);
}

/** The dtype that a typed array's elements have as they are. */
export function dtypeOf(array: ArrayBufferView): Dtype {
  if (array instanceof Uint8ClampedArray) return 'uint8';
  if (array instanceof Float32Array) return 'float32';
  if (array instanceof Float64Array) return 'float64';
  for (const dtype of ['uint8', 'int8', 'int16', 'uint16', 'int32', 'uint32', 'int64', 'uint64'] as const) {
    if (array instanceof arrays[dtype]!) return dtype;
  }
  if (array.constructor.name === 'Float16Array') return 'float16';
  throw wrongArgument('tensor', 'data', 'a typed array', array);
}

/** A double's nearest values: int64 that fits becomes a number. */
function whole(value: bigint): number | bigint {
  return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Number(value) : value;
}

/** Elements as JavaScript values. `buffer` holds float32 for the small floating types, which {@link readable} made so. */
export function elements(dtype: Dtype, buffer: ArrayBuffer): Element[] {
  const { kind } = dtypes[dtype];
  const array = arrayOf(dtype, buffer);
  if (kind === 'bool') return Array.from(array as Uint8Array, (value) => value !== 0);
  if (kind === 'complex') {
    const parts = array as Float32Array;
    return Array.from({ length: parts.length / 2 }, (_, i) => new Complex(parts[2 * i]!, parts[2 * i + 1]!));
  }
  if (array instanceof BigInt64Array || array instanceof BigUint64Array) return Array.from(array, whole);
  return Array.from(array as Float64Array);
}

/** The dtype as whose elements JavaScript can read a tensor: small floats have no array of their own. */
export function readable(dtype: Dtype): Dtype {
  const row = dtypes[dtype];
  if (row.kind === 'float' && row.size < 4) return 'float32';
  return dtype === 'complex32' ? 'complex64' : dtype;
}

/** Flat elements in nested arrays of the given shape. */
export function nest<T>(flat: readonly T[], shape: readonly number[]): unknown {
  if (shape.length === 0) return flat[0];
  let level: unknown[] = flat as unknown[];
  for (let d = shape.length - 1; d > 0; d--) {
    const size = shape[d]!;
    const count = shape.slice(0, d).reduce((a, b) => a * b, 1);
    level = Array.from({ length: count }, (_, i) => level.slice(i * size, (i + 1) * size));
  }
  return level;
}

function shapeOf(data: unknown): number[] {
  const shape: number[] = [];
  for (let level = data; Array.isArray(level) || isTyped(level); level = (level as unknown[])[0]) {
    shape.push((level as unknown[]).length);
    if (isTyped(level) || (level as unknown[]).length === 0) break;
    if (shape.length > 64) throw new FlambeauError('INVALID_VALUE', 'tensor(): too many dimensions: 64 are the most');
  }
  return shape;
}

function isTyped(value: unknown): value is TypedArray {
  return ArrayBuffer.isView(value) && !(value instanceof DataView);
}

function fill(data: unknown, shape: readonly number[], depth: number, out: unknown[], path: string): void {
  if (depth === shape.length) {
    if (typeof data === 'number' || typeof data === 'boolean' || typeof data === 'bigint' || data instanceof Complex) {
      out.push(data);
      return;
    }
    if (Array.isArray(data) || isTyped(data)) {
      throw new FlambeauError(
        'INVALID_VALUE',
        `tensor(): data${path} is an array of length ${(data as unknown[]).length} where the first ones are numbers`,
      );
    }
    throw wrongArgument('tensor', `data${path}`, 'number, bigint, boolean or Complex', data);
  }
  if (!Array.isArray(data) && !isTyped(data)) {
    throw new FlambeauError(
      'INVALID_VALUE',
      `tensor(): data${path} must be an array of length ${shape[depth]}, as the first ones are`,
    );
  }
  const list = data as unknown[];
  if (list.length !== shape[depth]) {
    throw new FlambeauError(
      'INVALID_VALUE',
      `tensor(): data${path} has length ${list.length}, but the first one at this depth has ${shape[depth]}`,
    );
  }
  for (let i = 0; i < list.length; i++) fill(list[i], shape, depth + 1, out, `${path}[${i}]`);
}

/** A handle made of JavaScript's numbers, exact, and the dtype that PyTorch would infer: the caller converts. */
export function fromData(data: unknown, floating: Dtype, wanted: Dtype | undefined): { handle: Handle; dtype: Dtype } {
  if (isTyped(data)) return { handle: binding.copyIn(data, [data.length]), dtype: dtypeOf(data) };
  const shape = shapeOf(data);
  const flat: unknown[] = [];
  fill(data, shape, 0, flat, '');
  const make = (array: ArrayBufferView, dtype: Dtype): { handle: Handle; dtype: Dtype } => ({
    handle: binding.copyIn(array, shape, dtype),
    dtype,
  });
  if (flat.some((value) => value instanceof Complex)) {
    const parts = new Float64Array(flat.length * 2);
    flat.forEach((value, i) => {
      parts[2 * i] = value instanceof Complex ? value.re : Number(value);
      parts[2 * i + 1] = value instanceof Complex ? value.im : 0;
    });
    const { handle } = make(parts, 'complex128');
    return { handle, dtype: wanted ?? (floating === 'float64' ? 'complex128' : 'complex64') };
  }
  const kinds = new Set(flat.map((value) => typeof value));
  if (flat.length > 0 && kinds.size === 1 && kinds.has('boolean'))
    return make(Uint8Array.from(flat as boolean[], Number), 'bool');
  const integral = (value: unknown): boolean =>
    typeof value === 'bigint' || typeof value === 'boolean' || (Number.isSafeInteger(value) && !Object.is(value, -0));
  const toWhole =
    wanted === undefined
      ? flat.length > 0 && flat.every(integral)
      : kinds.has('bigint') || (dtypes[wanted].kind === 'int' && flat.every(integral));
  if (toWhole) {
    const big = flat.map((value) => BigInt(value as number));
    if (big.some((value) => value > 0x7fffffffffffffffn)) return make(BigUint64Array.from(big), 'uint64');
    return make(BigInt64Array.from(big), 'int64');
  }
  // Double keeps every number exact until it is rounded once.
  return { handle: make(Float64Array.from(flat as number[], Number), 'float64').handle, dtype: floating };
}
