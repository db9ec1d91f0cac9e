import { promisify } from 'node:util';
import { crc32, deflateRaw, deflateRawSync, inflateRaw, inflateRawSync } from 'node:zlib';
import { wrongArgument } from '../../errors.js';
import { Tensor } from '../../tensor.js';
import { mapFile, MemorySource, recordMemory, type Bytes, type Memory } from '../memory.js';
import { elementBytes } from '../safetensors/write.js';
import {
  bytesAt,
  invalidFile,
  pathOf,
  readFrom,
  readFromSync,
  within,
  BytesSource,
  type Reading,
  type Source,
} from '../source.js';
import { collectSync, writeFile, writeFileSync } from '../target.js';
import { locate, readDirectory, type ZipRecord } from '../zip-reader.js';
import { zip, type ZipEntry } from '../zip-writer.js';
import { npyParts, readNpy, reading, type NumpyOptions } from './npy.js';

const inflate = promisify(inflateRaw) as (data: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>;
const deflate = promisify(deflateRaw) as (data: Buffer) => Promise<Buffer>;
const defaultMax = 2 ** 30;
// No deflated byte stands for more.
const largestRatio = 1032;

/** How {@link saveNpz} writes. */
export interface SaveNpzOptions {
  /** Whether the arrays are compressed, as NumPy's `savez_compressed` does; not unless given. */
  compress?: boolean;
}

function* unpack(source: Source, record: ZipRecord): Reading<Buffer> {
  const { name, size, stored, crc } = record;
  if (size > stored * largestRatio + 1024)
    throw invalidFile(`the archive is damaged: '${name}' has an impossible size`);
  const at = yield* locate(source, record);
  const packed = yield* bytesAt(source, at, stored, `'${name}'`);
  let bytes = Buffer.alloc(0);
  const options = { maxOutputLength: Math.max(size, 1) };
  const failed = (error: unknown): never => {
    throw invalidFile(`the archive is damaged: '${name}' cannot be unpacked: ${(error as Error).message}`, error);
  };
  yield {
    run: async () => {
      bytes = (await inflate(packed, options).catch(failed)) as Buffer<ArrayBuffer>;
    },
    runSync: () => {
      try {
        bytes = inflateRawSync(packed, options);
      } catch (error) {
        failed(error);
      }
    },
  };
  if (bytes.length !== size || crc32(bytes) !== crc)
    throw invalidFile(`the archive is damaged: '${name}' has a wrong size or checksum`);
  return bytes;
}

function* readNpz(source: Source, maxBytes: number, map: (() => Memory) | undefined): Reading<Record<string, Tensor>> {
  const records = yield* readDirectory(source);
  const mapped = map?.();
  const result = Object.create(null) as Record<string, Tensor>;
  let budget = maxBytes;
  for (const record of records.values()) {
    const { name, method, size } = record;
    if (!name.endsWith('.npy')) throw invalidFile(`the archive is no .npz: '${name.slice(0, 200)}' is no .npy file`);
    const key = name.slice(0, -4);
    if (method === 0) {
      // Read once, with its header; the tensor is a part of that.
      const memory = yield* recordMemory(source, record, mapped);
      result[key] = yield* within(new MemorySource(memory, size), (inner) => readNpy(inner, 0, size, memory));
    } else if (method === 8) {
      budget -= size;
      if (budget < 0) {
        throw invalidFile(
          `the arrays of the .npz need more than ${maxBytes} bytes when they are unpacked; option 'maxBytes' allows more`,
        );
      }
      const bytes = yield* unpack(source, record);
      result[key] = yield* within(new BytesSource(bytes), (inner) => readNpy(inner, 0, bytes.length, undefined));
    } else throw invalidFile(`the archive cannot be read: '${name}' is compressed by method ${method}`);
  }
  return result;
}

function reader(from: string | Uint8Array, { mmap, maxBytes = defaultMax }: NumpyOptions) {
  if (!(maxBytes >= 0)) throw wrongArgument('loadNpz', 'maxBytes', 'a number of bytes', maxBytes);
  return (source: Source): Reading<Record<string, Tensor>> =>
    readNpz(source, maxBytes, mmap ? () => mapFile(from as string, source.size) : undefined);
}

/**
 * Reads a `.npz` file: arrays by name, stored or compressed.
 *
 * @param source - a path or bytes
 * @returns the tensors by name, in an object without a prototype
 * @throws when the file is damaged, or an array has elements that no tensor has
 * @see https://numpy.org/doc/stable/reference/generated/numpy.savez.html
 * @example
 * await torch.numpy.saveNpz({ x: torch.ones(2) }, '/tmp/flambeau-example.npz')
 * (await torch.numpy.loadNpz('/tmp/flambeau-example.npz')).x // tensor([1., 1.])
 */
export async function loadNpz(
  source: string | URL | Uint8Array,
  options: NumpyOptions = {},
): Promise<Record<string, Tensor>> {
  const from = reading('loadNpz', source, options);
  return await readFrom(from, reader(from, options));
}

/**
 * {@link loadNpz}, blocking.
 *
 * @example
 * torch.numpy.loadNpzSync(torch.numpy.saveNpzSync({ x: torch.ones(2) })).x // tensor([1., 1.])
 */
export function loadNpzSync(source: string | URL | Uint8Array, options: NumpyOptions = {}): Record<string, Tensor> {
  const from = reading('loadNpzSync', source, options);
  return readFromSync(from, reader(from, options));
}

interface Member {
  name: string;
  data: Bytes;
}

function arrays(func: string, tensors: Readonly<Record<string, Tensor>>): Member[] {
  if (typeof tensors !== 'object' || tensors === null || tensors instanceof Tensor)
    throw wrongArgument(func, 'tensors', 'an object of tensors', tensors);
  return Object.entries(tensors).map(([name, value]) => {
    const { header, tensor } = npyParts(func, `tensors.${name}`, value);
    const elements = elementBytes(tensor);
    const parts = function* (): Generator<Uint8Array> {
      yield header;
      yield* elements.parts();
    };
    return { name: `${name}.npy`, data: { length: header.length + elements.length, parts } };
  });
}

const joined = ({ data }: Member): Buffer => collectSync(data.parts());
const packed = ({ name }: Member, bytes: Buffer, data: Buffer): ZipEntry => ({
  name,
  data,
  deflated: { size: bytes.length, crc: crc32(bytes) },
});

/**
 * Writes tensors as a `.npz` file, which appears whole or not at all.
 *
 * @throws when NumPy has no such dtype, or a tensor is not dense
 * @see https://numpy.org/doc/stable/reference/generated/numpy.savez.html
 * @example
 * await torch.numpy.saveNpz({ x: torch.ones(2) }, '/tmp/flambeau-example-2.npz', { compress: true })
 */
export async function saveNpz(
  tensors: Readonly<Record<string, Tensor>>,
  path: string | URL,
  { compress = false }: SaveNpzOptions = {},
): Promise<void> {
  if (typeof path !== 'string' && !(path instanceof URL)) throw wrongArgument('saveNpz', 'path', 'a path', path);
  const entries: ZipEntry[] = [];
  for (const member of arrays('saveNpz', tensors)) {
    const bytes = compress ? joined(member) : undefined;
    entries.push(bytes ? packed(member, bytes, await deflate(bytes)) : member);
  }
  await writeFile(pathOf(path), zip(entries));
}

/**
 * {@link saveNpz}, blocking; without a path the bytes are returned.
 *
 * @example
 * torch.numpy.saveNpzSync({ x: torch.ones(2) }).toString('latin1', 0, 2) // 'PK'
 */
export function saveNpzSync(
  tensors: Readonly<Record<string, Tensor>>,
  path?: undefined,
  options?: SaveNpzOptions,
): Buffer;
export function saveNpzSync(
  tensors: Readonly<Record<string, Tensor>>,
  path: string | URL,
  options?: SaveNpzOptions,
): void;
export function saveNpzSync(
  tensors: Readonly<Record<string, Tensor>>,
  path?: string | URL,
  { compress = false }: SaveNpzOptions = {},
): Buffer | void {
  const entries = arrays('saveNpzSync', tensors).map((member): ZipEntry => {
    const bytes = compress ? joined(member) : undefined;
    return bytes ? packed(member, bytes, deflateRawSync(bytes)) : member;
  });
  if (path === undefined) return collectSync(zip(entries));
  if (typeof path !== 'string' && !(path instanceof URL)) throw wrongArgument('saveNpzSync', 'path', 'a path', path);
  writeFileSync(pathOf(path), zip(entries));
}
