import type { Device } from '../../device.js';
import { FlambeauError, wrongArgument } from '../../errors.js';
import type { Tensor } from '../../tensor.js';
import { mapFile, memoryAt, tensorOver, type Memory } from '../memory.js';
import { pathOf, readFrom, readFromSync, type Reading, type Source } from '../source.js';
import { swapUnit } from '../storages.js';
import { readHeader, type Entry, type Header } from './header.js';
import { isIndex, openShards, openShardsSync } from './shards.js';

/** How {@link loadFile} reads a file. */
export interface LoadFileOptions {
  /** Where the tensors go; the CPU unless given. */
  device?: Device;
  /**
   * Lays tensors over the mapped file: nothing is read until it is used, and what is changed is changed in memory only.
   * The file must not become shorter meanwhile. It needs a path.
   */
  mmap?: boolean;
}

/** A tensor of a file over `memory`, or over a copy of its part of the file. */
export function* readTensor(source: Source, entry: Entry, mapped: Memory | undefined): Reading<Tensor> {
  const { dtype, shape, start, end } = entry;
  const memory = yield* memoryAt(source, start, end - start, mapped, undefined, swapUnit(dtype));
  return tensorOver(memory, dtype, shape);
}

function* readAll(source: Source, path: string | undefined): Reading<Record<string, Tensor>> {
  const { entries } = yield* readHeader(source);
  const mapped = path === undefined ? undefined : mapFile(path, source.size);
  const result = Object.create(null) as Record<string, Tensor>;
  for (const entry of entries.values()) result[entry.name] = yield* readTensor(source, entry, mapped);
  return result;
}

function checked(
  func: string,
  path: unknown,
  options: LoadFileOptions,
): { from: string; mmap: boolean; device: Device } {
  if (typeof path !== 'string' && !(path instanceof URL)) throw wrongArgument(func, 'path', 'a path', path);
  for (const name of Object.keys(options)) {
    if (name !== 'device' && name !== 'mmap')
      throw new FlambeauError('INVALID_ARGUMENT', `${func}(): unknown option '${name}'; expected device or mmap`);
  }
  const { device = 'cpu', mmap = false } = options;
  return { from: pathOf(path), mmap, device };
}

function moved(tensors: Record<string, Tensor>, device: Device): Record<string, Tensor> {
  if (device !== 'cpu') for (const name of Object.keys(tensors)) tensors[name] = tensors[name]!.to(device);
  return tensors;
}

/**
 * Reads all tensors of a safetensors file, or of all files that an index (`model.safetensors.index.json`) names. Every
 * rule of the format is checked before a tensor is made.
 *
 * @returns the tensors by name, in an object without a prototype
 * @throws when the file breaks a rule of the format, or the index names a file outside of its folder
 * @see https://huggingface.co/docs/safetensors/api/torch
 * @example
 * await torch.safetensors.saveFile({ x: torch.ones(2) }, '/tmp/flambeau-example.safetensors')
 * const state = await torch.safetensors.loadFile('/tmp/flambeau-example.safetensors')
 * state.x // tensor([1., 1.])
 */
export async function loadFile(path: string | URL, options: LoadFileOptions = {}): Promise<Record<string, Tensor>> {
  const { from, mmap, device } = checked('loadFile', path, options);
  const readOne = (file: string): Promise<Record<string, Tensor>> =>
    readFrom(file, (source) => readAll(source, mmap ? file : undefined));
  return moved(isIndex(from) ? await openShards(from, readOne) : await readOne(from), device);
}

/**
 * {@link loadFile}, blocking.
 *
 * @example
 * torch.safetensors.saveFileSync({ x: torch.ones(2) }, '/tmp/flambeau-example-2.safetensors')
 * torch.safetensors.loadFileSync('/tmp/flambeau-example-2.safetensors').x // tensor([1., 1.])
 */
export function loadFileSync(path: string | URL, options: LoadFileOptions = {}): Record<string, Tensor> {
  const { from, mmap, device } = checked('loadFileSync', path, options);
  const readOne = (file: string): Record<string, Tensor> =>
    readFromSync(file, (source) => readAll(source, mmap ? file : undefined));
  return moved(isIndex(from) ? openShardsSync(from, readOne) : readOne(from), device);
}

/**
 * The tensors of a safetensors file in memory, copied.
 *
 * @throws when the bytes break a rule of the format
 * @see https://huggingface.co/docs/safetensors/api/torch
 * @example
 * torch.safetensors.load(torch.safetensors.save({ x: torch.ones(2) })).x // tensor([1., 1.])
 */
export function load(bytes: Uint8Array): Record<string, Tensor> {
  if (!(bytes instanceof Uint8Array)) throw wrongArgument('load', 'bytes', 'bytes', bytes);
  return readFromSync(bytes, (source) => readAll(source, undefined));
}

/** A tensor of a file of which parts can be taken. */
export interface SafeSlice {
  /** The sizes of the whole tensor. */
  readonly shape: readonly number[];
  /** Its element type. */
  readonly dtype: Entry['dtype'];
  /**
   * A part, as {@link Tensor.at} takes it. Only what is used of it is read.
   *
   * @example
   * await torch.safetensors.saveFile({ x: torch.arange(4) }, '/tmp/flambeau-example-5.safetensors')
   * const file = await torch.safetensors.safeOpen('/tmp/flambeau-example-5.safetensors')
   * file.getSlice('x').at(torch.slice(1, 3)) // tensor([1, 2])
   */
  at(...index: Parameters<Tensor['at']>): Tensor;
}

/** One mapped file. */
interface Part {
  header: Header;
  tensor: (entry: Entry) => Tensor;
}

/**
 * A safetensors file, or the files of an index, mapped: tensors are laid over it by name, and nothing is read until it
 * is used. Made by {@link safeOpen}.
 *
 * @example
 * await torch.safetensors.saveFile({ x: torch.ones(2) }, '/tmp/flambeau-example-6.safetensors')
 * const file = await torch.safetensors.safeOpen('/tmp/flambeau-example-6.safetensors')
 * file.keys() // [ 'x' ]
 */
export class SafeFile {
  private readonly found = new Map<string, { entry: Entry; part: Part }>();

  /** @internal */
  constructor(
    private readonly parts: readonly Part[],
    private readonly device: Device,
  ) {
    for (const part of parts) for (const [name, entry] of part.header.entries) this.found.set(name, { entry, part });
  }

  private entry(name: string): { entry: Entry; part: Part } {
    const found = this.found.get(name);
    if (!found) throw new FlambeauError('INVALID_VALUE', `safetensors: the file has no tensor '${name}'`);
    return found;
  }

  /**
   * The names of the tensors.
   *
   * @example
   * await torch.safetensors.saveFile({ x: torch.ones(2) }, '/tmp/flambeau-example-7.safetensors')
   * const file = await torch.safetensors.safeOpen('/tmp/flambeau-example-7.safetensors')
   * file.keys() // [ 'x' ]
   */
  keys(): string[] {
    return [...this.found.keys()];
  }

  /**
   * The texts that the file holds beside its tensors.
   *
   * @example
   * await torch.safetensors.saveFile({ x: torch.ones(2) }, '/tmp/flambeau-example-8.safetensors', { format: 'pt' })
   * const file = await torch.safetensors.safeOpen('/tmp/flambeau-example-8.safetensors')
   * file.metadata().format // 'pt'
   */
  metadata(): Record<string, string> {
    return Object.assign({}, ...this.parts.map(({ header }) => header.metadata)) as Record<string, string>;
  }

  /**
   * A tensor over the mapped file. What is written to it is changed in memory only.
   *
   * @throws when there is none of this name
   * @example
   * await torch.safetensors.saveFile({ x: torch.ones(2) }, '/tmp/flambeau-example-9.safetensors')
   * const file = await torch.safetensors.safeOpen('/tmp/flambeau-example-9.safetensors')
   * file.getTensor('x') // tensor([1., 1.])
   */
  getTensor(name: string): Tensor {
    const { entry, part } = this.entry(name);
    return part.tensor(entry).to(this.device);
  }

  /**
   * A tensor of which parts can be taken without the rest.
   *
   * @throws when there is none of this name
   * @example
   * await torch.safetensors.saveFile({ x: torch.ones(4, 2) }, '/tmp/flambeau-example-10.safetensors')
   * const file = await torch.safetensors.safeOpen('/tmp/flambeau-example-10.safetensors')
   * file.getSlice('x').shape // [ 4, 2 ]
   */
  getSlice(name: string): SafeSlice {
    const { entry, part } = this.entry(name);
    return {
      shape: entry.shape,
      dtype: entry.dtype,
      at: (...index) =>
        part
          .tensor(entry)
          .at(...index)
          .to(this.device),
    };
  }
}

function* openPart(source: Source, path: string): Reading<Record<string, Part>> {
  const header = yield* readHeader(source);
  const mapped = mapFile(path, source.size);
  const tensor = (entry: Entry): Tensor => {
    if (entry.start % swapUnit(entry.dtype) === 0) return done(readTensor(source, entry, mapped));
    // Not aligned for its elements: the bytes are copied.
    const whole = tensorOver(mapped, 'uint8', [entry.end - entry.start], [1], entry.start).clone();
    return tensorOver(whole._handle!, entry.dtype, entry.shape);
  };
  return { [path]: { header, tensor } };
}

/** What a reader gives that wants nothing to be read. */
function done<T>(reading: Reading<T>): T {
  const step = reading.next();
  if (!step.done) throw new FlambeauError('INVALID_FILE', 'safetensors: the file is closed');
  return step.value;
}

/**
 * Opens a safetensors file, or an index of several, without reading its tensors.
 *
 * @param options - where its tensors go
 * @throws when a file breaks a rule of the format, or the index names a file outside of its folder
 * @see https://huggingface.co/docs/safetensors/index
 * @example
 * await torch.safetensors.saveFile({ x: torch.ones(2), y: torch.zeros(3) }, '/tmp/flambeau-example-11.safetensors')
 * const file = await torch.safetensors.safeOpen('/tmp/flambeau-example-11.safetensors')
 * file.getTensor('y') // tensor([0., 0., 0.])
 */
export async function safeOpen(path: string | URL, options: { device?: Device } = {}): Promise<SafeFile> {
  const { from, device } = checked('safeOpen', path, options);
  const openOne = (file: string): Promise<Record<string, Part>> => readFrom(file, (source) => openPart(source, file));
  if (!isIndex(from)) return new SafeFile(Object.values(await openOne(from)), device);
  return new SafeFile(Object.values(await openShards(from, openOne, ({ header }) => header.entries.keys())), device);
}
