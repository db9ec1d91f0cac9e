import type { Dtype } from '../dtype.js';
import { FlambeauError } from '../errors.js';
import type { Tensor } from '../tensor.js';
import { mapFile, recordBytes, recordMemory, tensorOver, type Memory } from './memory.js';
import { invalidFile, readFrom, readFromSync, type Reading, type Source } from './source.js';
import { readDirectory, type ZipRecord } from './zip-reader.js';

/**
 * A zip archive of stored files whose tensors are laid over the mapped file, or over a copy of their bytes where it is
 * not mapped. Reading goes on after it is made, so {@link withArchive} lends it.
 */
export class Archive {
  private readonly memories = new Map<string, Memory>();

  constructor(
    private readonly source: Source,
    /** The files by name. */
    readonly records: ReadonlyMap<string, ZipRecord>,
    private readonly mapped: Memory | undefined,
  ) {}

  private record(name: string): ZipRecord {
    const record = this.records.get(name);
    if (!record) throw invalidFile(`the archive has no file '${name}'`);
    return record;
  }

  /** The bytes of a file. */
  bytes(name: string): Reading<Buffer> {
    return recordBytes(this.source, this.record(name));
  }

  /** The memory of a file: the same for one name, so that tensors over it share it. */
  *memory(name: string): Reading<Memory> {
    let memory = this.memories.get(name);
    if (memory === undefined) {
      memory = yield* recordMemory(this.source, this.record(name), this.mapped);
      this.memories.set(name, memory);
    }
    return memory;
  }

  /** A tensor over a file's bytes; offset and strides in elements. What reaches beyond the file is refused. */
  *tensor(
    name: string,
    dtype: Dtype,
    shape: readonly number[],
    strides?: readonly number[],
    offset?: number,
  ): Reading<Tensor> {
    const memory = yield* this.memory(name);
    try {
      return tensorOver(memory, dtype, shape, strides, offset);
    } catch (error) {
      if (!(error instanceof FlambeauError) || error.code !== 'INVALID_ARGUMENT') throw error;
      throw invalidFile(`'${name}' does not hold its tensor: ${error.message}`, error);
    }
  }
}

function reader<T>(from: string | Uint8Array, mmap: boolean, read: (archive: Archive) => Reading<T>) {
  return function* (source: Source): Reading<T> {
    const records = yield* readDirectory(source);
    const mapped = mmap && typeof from === 'string' ? mapFile(from, source.size) : undefined;
    return yield* read(new Archive(source, records, mapped));
  };
}

/**
 * Reads an archive: `read` is a generator that takes what it needs by `yield*`, so that one text serves the waiting and
 * the blocking way.
 */
export function withArchive<T>(
  from: string | Uint8Array,
  mmap: boolean,
  read: (archive: Archive) => Reading<T>,
): Promise<T> {
  return readFrom(from, reader(from, mmap, read));
}

/** {@link withArchive}, blocking. */
export function withArchiveSync<T>(
  from: string | Uint8Array,
  mmap: boolean,
  read: (archive: Archive) => Reading<T>,
): T {
  return readFromSync(from, reader(from, mmap, read));
}
