import type { Device } from '../device.js';
import { dtypes } from '../dtype.js';
import { invoke, Operator } from '../ops/call.js';
import type { Tensor } from '../tensor.js';
import { allow, dtypeOfStorageClass } from './allowed.js';
import { recordBytes, recordMemory, type Memory } from './memory.js';
import { badPickle, Global, Reference, Tuple } from './pickled.js';
import type { Placement } from './place.js';
import { Resolver } from './resolve.js';
import { invalidFile, type Reading, type Source } from './source.js';
import { Storage, TypedStorage } from './storages.js';
import { unpickle } from './unpickler.js';
import { readDirectory, type ZipRecord } from './zip-reader.js';

const emptyMemory = new Operator('aten::empty', false);
/** What may be copied beyond the size of the file. */
export const slack = 1 << 24;

/** What a reference to a storage says. */
export interface StorageId {
  callee: Global;
  key: string;
  location: string;
  count: number;
  /** Only in files from before 1.6: a part of the storage. */
  view: unknown;
}

/** The parts of a reference. */
export function storageId({ id }: Reference): StorageId {
  const [kind, callee, key, location, count, view] = id instanceof Tuple ? id.items : [];
  if (kind !== 'storage') throw badPickle('it refers to something that is no storage');
  if (!(callee instanceof Global) || dtypeOfStorageClass(callee) === null)
    throw badPickle(`a storage has the class ${callee instanceof Global ? callee.name : String(callee)}`);
  if (typeof key !== 'string' || typeof location !== 'string') throw badPickle('a storage has no name or no place');
  if (!Number.isSafeInteger(count) || (count as number) < 0) throw badPickle(`storage '${key}' has no size`);
  return { callee, key, location, count: count as number, view };
}

/** The storage of a reference as its class sees it. */
export function typedStorage(storage: Storage, { callee, key, count }: StorageId, part = storage): TypedStorage {
  const dtype = dtypeOfStorageClass(callee) ?? 'uint8';
  const bytes = count * dtypes[dtype].size;
  if (bytes > storage.bytes)
    throw badPickle(`storage '${key}' has ${storage.bytes} bytes, and its tensors were made for ${bytes}`);
  return new TypedStorage(part, dtype);
}

/** Memory without elements, for tensors that only have a shape. */
export function metaMemory(bytes: number): Memory {
  return (invoke(emptyMemory, [[bytes], { dtype: 'uint8', device: 'meta' }]) as Tensor)._handle!;
}

function rootOf(records: ReadonlyMap<string, ZipRecord>): string {
  const first = records.keys().next().value;
  const root = first === undefined ? '' : first.slice(0, first.indexOf('/') + 1);
  if (!records.has(`${root}data.pkl`))
    throw invalidFile('load(): the archive holds no data.pkl: it is no checkpoint of PyTorch 1.6 or later');
  if (records.has(`${root}constants.pkl`))
    throw invalidFile('load(): the file is a TorchScript program, not a file of tensors');
  return root;
}

function* bigEndian(source: Source, record: ZipRecord | undefined): Reading<boolean> {
  if (!record) return false;
  const order = (yield* recordBytes(source, record)).toString('latin1');
  if (order !== 'little' && order !== 'big')
    throw invalidFile(`load(): the byte order '${order.slice(0, 20)}' is unknown`);
  return order === 'big';
}

/** Reads a checkpoint of PyTorch 1.6 or later: an archive. */
export function* readArchive(source: Source, placement: Placement, map: (() => Memory) | undefined): Reading<unknown> {
  const records = yield* readDirectory(source);
  const root = rootOf(records);
  const isBigEndian = yield* bigEndian(source, records.get(`${root}byteorder`));
  const pickle = yield* recordBytes(source, records.get(`${root}data.pkl`)!);
  const { value, references } = unpickle(pickle, 0, allow);
  const mapped = map?.();
  const storages = new Map<string, Storage>();
  const places = new Map<string, Device>();
  const ids = new Map<Reference, StorageId>();
  for (const reference of references) {
    const id = storageId(reference);
    ids.set(reference, id);
    const device = placement.of(id.location);
    const before = places.get(id.key);
    if (before !== undefined) {
      if (before !== device) throw badPickle(`storage '${id.key}' has two places`);
      continue;
    }
    const record = records.get(`${root}data/${id.key}`);
    if (!record) throw badPickle(`storage '${id.key}' is not in the archive`);
    const memory = device === 'meta' ? metaMemory(record.size) : yield* recordMemory(source, record, mapped);
    places.set(id.key, device);
    storages.set(id.key, new Storage(memory, record.size, device, isBigEndian && device !== 'meta'));
  }
  const storageOf = (reference: Reference): TypedStorage => {
    const id = ids.get(reference)!;
    return typedStorage(storages.get(id.key)!, id);
  };
  return new Resolver(storageOf, source.size + slack, (location) => placement.of(location)).value(value);
}
