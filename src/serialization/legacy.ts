import { dtypes } from '../dtype.js';
import type { Device } from '../device.js';
import { allow, dtypeOfStorageClass } from './allowed.js';
import { metaMemory, slack, storageId, typedStorage, type StorageId } from './archive.js';
import { memoryAt } from './memory.js';
import { badPickle, CutOff, List, Tuple, type Reference } from './pickled.js';
import type { Placement } from './place.js';
import { Resolver } from './resolve.js';
import { bytesAt, invalidFile, type Reading, type Source } from './source.js';
import { Storage, TypedStorage } from './storages.js';
import { unpickle, type Unpickled } from './unpickler.js';

// What the first pickle of such a file says.
const magic = 0x1950a86a20f9469cfc6cn;
const version = 1001;
const firstPart = 1 << 20;

interface Pickles {
  main: Unpickled;
  keys: string[];
  end: number;
}

function parse(data: Buffer): Pickles {
  const first = unpickle(data, 0, allow);
  if (first.value !== magic) throw invalidFile('load(): the file is no checkpoint: it has a wrong magic number');
  const second = unpickle(data, first.end, allow);
  if (second.value !== version) throw invalidFile('load(): the checkpoint has a protocol that is not 1001');
  // What the machine was like that wrote it: its numbers are little-endian all the same.
  const system = unpickle(data, second.end, allow);
  const main = unpickle(data, system.end, allow);
  const { value, end } = unpickle(data, main.end, allow);
  const keys = value instanceof List ? value.items : [];
  if (!keys.every((key) => typeof key === 'string')) throw badPickle('the names of its storages are no texts');
  return { main, keys: keys as string[], end };
}

/** The pickles stand at the beginning: more and more of the file is read until they are whole. */
function* readPickles(source: Source): Reading<Pickles> {
  for (let size = firstPart; ; size *= 4) {
    const data = yield* bytesAt(source, 0, Math.min(size, source.size), 'the file');
    try {
      return parse(data);
    } catch (error) {
      if (!(error instanceof CutOff) || size >= source.size) throw error;
    }
  }
}

/** The part of a storage that a reference of those days may name. */
function partOf(storage: Storage, id: StorageId, parts: Map<string, Storage>): Storage {
  if (id.view === null || id.view === undefined) return storage;
  const [key, offset, count] = id.view instanceof Tuple ? id.view.items : [];
  if (typeof key !== 'string' || !Number.isSafeInteger(offset) || !Number.isSafeInteger(count))
    throw badPickle(`a part of storage '${id.key}' has no place`);
  let part = parts.get(key);
  if (!part) {
    const { size } = dtypes[dtypeOfStorageClass(id.callee) ?? 'uint8'];
    part = storage.part((offset as number) * size, (count as number) * size);
    parts.set(key, part);
  }
  return part;
}

/** Reads a checkpoint from before PyTorch 1.6: pickles, and the storages after them. */
export function* readLegacy(source: Source, placement: Placement): Reading<unknown> {
  const { main, keys, end } = yield* readPickles(source);
  const ids = new Map<Reference, StorageId>(main.references.map((reference) => [reference, storageId(reference)]));
  const firstOf = new Map<string, { id: StorageId; device: Device }>();
  for (const id of ids.values()) {
    if (!firstOf.has(id.key)) firstOf.set(id.key, { id, device: placement.of(id.location) });
  }
  const storages = new Map<string, Storage>();
  let at = end;
  for (const key of keys) {
    const known = firstOf.get(key);
    if (!known || storages.has(key)) throw badPickle(`storage '${key.slice(0, 40)}' belongs to no tensor`);
    const count = (yield* bytesAt(source, at, 8, `storage '${key}'`)).readBigInt64LE();
    at += 8;
    if (count !== BigInt(known.id.count))
      throw badPickle(`storage '${key}' has ${count} elements instead of ${known.id.count}`);
    const bytes = known.id.count * dtypes[dtypeOfStorageClass(known.id.callee) ?? 'uint8'].size;
    if (at + bytes > source.size) throw badPickle(`storage '${key}' is cut off`);
    const { device } = known;
    const memory = device === 'meta' ? metaMemory(bytes) : yield* memoryAt(source, at, bytes, undefined);
    storages.set(key, new Storage(memory, bytes, device, false));
    at += bytes;
  }
  const parts = new Map<string, Storage>();
  const storageOf = (reference: Reference): TypedStorage => {
    const id = ids.get(reference)!;
    const storage = storages.get(id.key);
    if (!storage) throw badPickle(`storage '${id.key.slice(0, 40)}' is not in the file`);
    return typedStorage(storage, id, partOf(storage, id, parts));
  };
  return new Resolver(storageOf, source.size + slack, (location) => placement.of(location)).value(main.value);
}
