import { crc32 } from 'node:zlib';
import { binding, type Handle } from '../binding.js';
import type { Dtype } from '../dtype.js';
import { wrap } from '../ops/call.js';
import type { Tensor } from '../tensor.js';
import { bytesAt, chunk, invalidFile, type Fill, type Reading, type Source, type Wanted } from './source.js';
import { locate, type ZipRecord } from './zip-reader.js';

/** Memory that tensors are laid over: a tensor of bytes, which no scope frees. */
export type Memory = Handle;

/** Bytes that are too many to be looked at at once. */
export interface Bytes {
  readonly length: number;
  parts(): Iterable<Uint8Array>;
}

// What is copied at a time: little enough to stay in the processor's caches between one copy and the next.
const scratchSize = 1 << 20;
let spare: Buffer | undefined;

/** The memory's bytes, part after part. A part is good until the next one is asked for. */
export function partsOf(memory: Memory, length: number, offset = 0): Bytes {
  const parts = function* (): Generator<Uint8Array> {
    let scratch: Buffer | undefined;
    if (length >= scratchSize) [scratch, spare] = [spare, undefined];
    scratch ??= Buffer.allocUnsafe(Math.min(length, scratchSize));
    for (let at = 0; at < length; at += scratchSize) {
      const part = scratch.subarray(0, Math.min(scratchSize, length - at));
      binding.copyFrom(memory, offset + at, part);
      yield part;
    }
    if (scratch.length === scratchSize) spare = scratch;
  };
  return { length, parts };
}

/** Memory as something to read from. */
export class MemorySource implements Source {
  constructor(
    private readonly memory: Memory,
    readonly size: number,
  ) {}

  readSync({ into, at }: Wanted): void {
    binding.copyFrom(this.memory, at, into);
  }

  read(wanted: Wanted): Promise<void> {
    this.readSync(wanted);
    return Promise.resolve();
  }
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
  const fill: Fill = { memory, offset: 0, length: 0, at, sum: crc ? 0 : undefined };
  for (; fill.offset < size; fill.offset += chunk, fill.at += chunk) {
    fill.length = Math.min(chunk, size - fill.offset);
    yield fill;
  }
  if (crc && fill.sum !== crc.expected) throw invalidFile(`the archive is damaged: '${crc.name}' has a wrong checksum`);
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
