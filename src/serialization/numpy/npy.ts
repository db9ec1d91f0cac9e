import { dtypes } from '../../dtype.js';
import { FlambeauError, wrongArgument } from '../../errors.js';
import { Tensor } from '../../tensor.js';
import { contiguousStrides, mapFile, memoryAt, tensorOver, type Memory } from '../memory.js';
import { elementBytes } from '../safetensors/write.js';
import { bytesAt, pathOf, readFrom, readFromSync, type Reading, type Source } from '../source.js';
import { Storage, swapUnit } from '../storages.js';
import { collectSync, writeFile, writeFileSync, type Writing } from '../target.js';
import { badNpy, formatHeader, headerPlace, parseHeader } from './header.js';

/** How files of NumPy are read. */
export interface NumpyOptions {
  /**
   * Lays tensors over the mapped file: nothing is read until it is used, and what is changed is changed in memory only.
   * The file must not become shorter meanwhile. It needs a path.
   */
  mmap?: boolean;
  /** The most bytes that compressed arrays may have when they are unpacked; 1 GiB unless given. */
  maxBytes?: number;
}

/** The tensor of a .npy file that begins at `begin` and ends at `end`. */
export function* readNpy(source: Source, begin: number, end: number, mapped: Memory | undefined): Reading<Tensor> {
  const first = yield* bytesAt(source, begin, Math.min(12, end - begin), 'the .npy file');
  const { at, length } = headerPlace(first);
  if (begin + at + length > end) throw badNpy('its header is cut off');
  const text = (yield* bytesAt(source, begin + at, length, 'its header')).toString(first[6] === 3 ? 'utf8' : 'latin1');
  const { dtype, shape, fortranOrder, bigEndian, start } = parseHeader(text, begin + at + length);
  const bytes = shape.reduce((product, size) => product * size, dtypes[dtype].size);
  if (bytes !== end - start) throw badNpy(`its shape needs ${bytes} bytes, and it holds ${end - start}`);
  const memory = yield* memoryAt(source, start, bytes, mapped, undefined, swapUnit(dtype));
  const strides = fortranOrder ? contiguousStrides([...shape].reverse()).reverse() : contiguousStrides(shape);
  return tensorOver(new Storage(memory, bytes, 'cpu', bigEndian).for(dtype), dtype, shape, strides);
}

/** The arguments of a function that reads. */
export function reading(func: string, source: unknown, options: NumpyOptions): string | Uint8Array {
  for (const name of Object.keys(options)) {
    if (name !== 'mmap' && name !== 'maxBytes')
      throw new FlambeauError('INVALID_ARGUMENT', `${func}(): unknown option '${name}'; expected mmap or maxBytes`);
  }
  if (typeof source === 'string' || source instanceof URL) return pathOf(source);
  if (!(source instanceof Uint8Array)) throw wrongArgument(func, 'source', 'a path or bytes', source);
  if (options.mmap) throw new FlambeauError('INVALID_VALUE', `${func}(): option 'mmap' needs a path to a file`);
  return source;
}

function reader(from: string | Uint8Array, { mmap }: NumpyOptions) {
  return (source: Source): Reading<Tensor> =>
    readNpy(source, 0, source.size, mmap ? mapFile(from as string, source.size) : undefined);
}

/**
 * Reads a `.npy` file: one array, of any order of bytes and of dimensions.
 *
 * @param source - a path or bytes
 * @throws when the file is damaged, or its elements are none that a tensor has: objects, texts, dates, fields
 * @see https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 * @example
 * await torch.numpy.saveNpy(torch.ones(2), '/tmp/flambeau-example.npy')
 * await torch.numpy.loadNpy('/tmp/flambeau-example.npy') // tensor([1., 1.])
 */
export async function loadNpy(source: string | URL | Uint8Array, options: NumpyOptions = {}): Promise<Tensor> {
  const from = reading('loadNpy', source, options);
  return await readFrom(from, reader(from, options));
}

/**
 * {@link loadNpy}, blocking.
 *
 * @example
 * torch.numpy.loadNpySync(torch.numpy.saveNpySync(torch.ones(2))) // tensor([1., 1.])
 */
export function loadNpySync(source: string | URL | Uint8Array, options: NumpyOptions = {}): Tensor {
  const from = reading('loadNpySync', source, options);
  return readFromSync(from, reader(from, options));
}

/** What a file of one array is made of. */
export function npyParts(func: string, argument: string, tensor: unknown): { header: Buffer; tensor: Tensor } {
  if (!(tensor instanceof Tensor)) throw wrongArgument(func, argument, 'Tensor', tensor);
  if (tensor.layout !== 'strided' || tensor.device === 'meta')
    throw new FlambeauError('INVALID_VALUE', `${func}(): argument '${argument}' is not dense; save x.toDense()`);
  return { header: formatHeader(tensor.dtype, tensor.shape), tensor };
}

function* write({ header, tensor }: { header: Buffer; tensor: Tensor }): Writing {
  yield header;
  yield* elementBytes(tensor).parts();
}

/**
 * Writes a tensor as a `.npy` file, which appears whole or not at all. Nothing may be written to the tensor before the
 * promise is settled.
 *
 * @throws when NumPy has no such dtype, or the tensor is not dense
 * @see https://numpy.org/doc/stable/reference/generated/numpy.save.html
 * @example
 * await torch.numpy.saveNpy(torch.arange(3), '/tmp/flambeau-example-2.npy')
 */
export async function saveNpy(tensor: Tensor, path: string | URL): Promise<void> {
  if (typeof path !== 'string' && !(path instanceof URL)) throw wrongArgument('saveNpy', 'path', 'a path', path);
  await writeFile(pathOf(path), write(npyParts('saveNpy', 'tensor', tensor)));
}

/**
 * {@link saveNpy}, blocking; without a path the bytes are returned.
 *
 * @example
 * torch.numpy.saveNpySync(torch.arange(3)).toString('latin1', 1, 6) // 'NUMPY'
 */
export function saveNpySync(tensor: Tensor): Buffer;
export function saveNpySync(tensor: Tensor, path: string | URL): void;
export function saveNpySync(tensor: Tensor, path?: string | URL): Buffer | void {
  const parts = write(npyParts('saveNpySync', 'tensor', tensor));
  if (path === undefined) return collectSync(parts);
  if (typeof path !== 'string' && !(path instanceof URL)) throw wrongArgument('saveNpySync', 'path', 'a path', path);
  writeFileSync(pathOf(path), parts);
}
