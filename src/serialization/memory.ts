import { binding, type Handle } from '../binding.js';
import type { Dtype } from '../dtype.js';
import { wrap } from '../ops/call.js';
import type { Tensor } from '../tensor.js';
import { bytesAt, chunk, invalidFile, type Reading, type Source } from './source.js';
import { locate, type ZipRecord } from './zip-reader.js';
import { crc32 } from 'node:zlib';

/** Memory that tensors are laid over: a tensor of bytes, which no scope frees. */
export type Memory = Handle;

/** The memory's bytes in place. */
export function view(memory: Memory): Uint8Array {
  return new Uint8Array(binding.memory(memory));
}

/** A file's bytes, mapped: private to the process, and read when they are used. */
export function mapFile(path: string, size: number): Memory {
  return binding.mapFile(path, size);
}

/** The elements of a C-contiguous tensor lie this far apart. */
export function contiguousStrides(shape: readonly number[]): number[] {
  const strides = new Array<number>(shape.length);
  let step = 1;
  for (let i = shape.length - 1; i >= 0; i--) {
    strides[i] = step;
    step *= Math.max(1, shape[i]!);
  }
  return strides;
}

/** A tensor over memory, which it keeps. What reaches beyond the memory is refused. */
export function tensorOver(
  memory: Memory,
  dtype: Dtype | Tensor,
  shape: readonly number[],
  strides: readonly number[] = contiguousStrides(shape),
  offset = 0,
): Tensor {
  return wrap(binding.over(memory, typeof dtype === 'string' ? dtype : dtype._handle!, shape, strides, offset));
}

/** A part of a file: in place where it is mapped and aligned for its elements, and read otherwise. */
export function* memoryAt(
  source: Source,
  at: number,
  size: number,
  mapped: Memory | undefined,
  crc?: { expected: number; name: string },
  alignment = 16,
): Reading<Memory> {
  if (mapped !== undefined && at % alignment === 0) return binding.region(mapped, at, size);
  const memory = binding.allocate(size);
  const into = view(memory);
  let sum = 0;
  for (let done = 0; done < size; done += chunk) {
    const part = into.subarray(done, done + chunk);
    yield { into: part, at: at + done };
    if (crc) sum = crc32(part, sum);
  }
  if (crc && sum !== crc.expected) throw invalidFile(`the archive is damaged: '${crc.name}' has a wrong checksum`);
  return memory;
}

/** A stored file of an archive as memory. */
export function* recordMemory(source: Source, record: ZipRecord, mapped?: Memory): Reading<Memory> {
  refuseCompressed(record);
  const at = yield* locate(source, record);
  // A checksum of 0 was left out by its writer.
  const crc = record.crc === 0 ? undefined : { expected: record.crc, name: record.name };
  return yield* memoryAt(source, at, record.size, mapped, crc);
}

/** A stored file of an archive as bytes. */
export function* recordBytes(source: Source, record: ZipRecord): Reading<Buffer> {
  refuseCompressed(record);
  const at = yield* locate(source, record);
  const bytes = yield* bytesAt(source, at, record.size, `'${record.name}'`);
  if (record.crc !== 0 && crc32(bytes) !== record.crc)
    throw invalidFile(`the archive is damaged: '${record.name}' has a wrong checksum`);
  return bytes;
}

function refuseCompressed({ method, name }: ZipRecord): void {
  if (method !== 0) throw invalidFile(`the archive cannot be read: '${name}' is compressed`);
}
