import { FlambeauError, wrongArgument } from '../errors.js';
import type { Tensor } from '../tensor.js';
import { readArchive } from './archive.js';
import { readLegacy } from './legacy.js';
import { mapFile } from './memory.js';
import { Placement, type MapLocation } from './place.js';
import { bytesAt, invalidFile, pathOf, readFrom, readFromSync, type Reading, type Source } from './source.js';

/** How {@link load} reads a file. */
export interface LoadOptions {
  /** Where its tensors go; where they were saved unless given. */
  mapLocation?: MapLocation;
  /**
   * Lays tensors over the mapped file: nothing is read until it is used, and what is changed is changed in memory only.
   * The file must not become shorter meanwhile. It needs a path.
   */
  mmap?: boolean;
}

/** What {@link load} reads: a path, bytes, or chunks of bytes as a stream has them. */
export type LoadSource = string | URL | Uint8Array | AsyncIterable<Uint8Array>;

interface Plan {
  placement: Placement;
  mmap: boolean;
}

function plan(options: LoadOptions, hasPath: boolean): Plan {
  if (typeof options !== 'object' || options === null) throw wrongArgument('load', 'options', 'an object', options);
  for (const name of Object.keys(options)) {
    if (name !== 'mapLocation' && name !== 'mmap')
      throw new FlambeauError('INVALID_ARGUMENT', `load(): unknown option '${name}'; expected mapLocation or mmap`);
  }
  const { mapLocation, mmap = false } = options;
  if (typeof mmap !== 'boolean') throw wrongArgument('load', 'mmap', 'boolean', mmap);
  if (mmap && !hasPath) throw new FlambeauError('INVALID_VALUE', "load(): option 'mmap' needs a path to a file");
  return { placement: new Placement(mapLocation), mmap };
}

function reader({ placement, mmap }: Plan, path: string | undefined) {
  return function* (source: Source): Reading<unknown> {
    if (source.size === 0) throw invalidFile('load(): the file is empty');
    const start = yield* bytesAt(source, 0, Math.min(source.size, 512), 'the file');
    if (start.toString('latin1', 0, 4) === 'PK\x03\x04')
      return yield* readArchive(source, placement, mmap ? () => mapFile(path!, source.size) : undefined);
    if (start.toString('latin1', 257, 262) === 'ustar')
      throw invalidFile(
        'load(): files of PyTorch before 0.1.10 (tar archives) are not read; load and save it in Python first',
      );
    if (mmap) throw invalidFile("load(): option 'mmap' needs a file that PyTorch 1.6 or later wrote");
    return yield* readLegacy(source, placement);
  };
}

// Errors of the engine itself: too deep, too long. What the file asks for cannot be had.
function ofFile(error: unknown): unknown {
  return error instanceof RangeError ? invalidFile(`load(): the file cannot be read: ${error.message}`, error) : error;
}

async function collect(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const part of chunks) {
    if (!(part instanceof Uint8Array)) throw wrongArgument('load', 'source', 'chunks of bytes', part);
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/**
 * Reads a file that {@link save} or Python's `torch.save` wrote: all that Python's `torch.load(weights_only=True)` takes.
 * Nothing in the file is run. The event loop goes on meanwhile.
 *
 * Dicts with only string keys become plain objects without a prototype, others maps; tuples become frozen arrays, sets
 * `Set`s, bytes `Buffer`s, integers that a number cannot hold bigints, and dtypes and devices their names. What an
 * OrderedDict says of itself beside its entries (the `_metadata` of Python's modules) is kept in a property that is not
 * enumerated. Tensors that shared their memory share it again.
 *
 * @param source - a path, bytes, or a stream or any other async iterable of bytes
 * @throws when the file is damaged, or asks for anything else; the error names what was asked for
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.load.html
 * @example
 * await torch.save({ x: torch.ones(2) }, '/tmp/flambeau-example-2.pt')
 * (await torch.load('/tmp/flambeau-example-2.pt', { mmap: true })).x // tensor([1., 1.])
 */
export async function load<T = Record<string, Tensor>>(source: LoadSource, options: LoadOptions = {}): Promise<T> {
  const isPath = typeof source === 'string' || source instanceof URL;
  const wanted = plan(options, isPath);
  let from: string | Uint8Array;
  if (isPath) from = pathOf(source);
  else if (source instanceof Uint8Array) from = source;
  else if (typeof source === 'object' && source !== null && Symbol.asyncIterator in source)
    from = await collect(source);
  else throw wrongArgument('load', 'source', 'a path, bytes or an async iterable of bytes', source);
  try {
    return (await readFrom(from, reader(wanted, isPath ? (from as string) : undefined))) as T;
  } catch (error) {
    throw ofFile(error);
  }
}

/**
 * {@link load}, blocking.
 *
 * @param source - a path or bytes
 * @throws when the file is damaged, or asks for anything else than data
 * @example
 * torch.saveSync({ step: 3 }, '/tmp/flambeau-example-4.pt')
 * torch.loadSync('/tmp/flambeau-example-4.pt').step // 3
 */
export function loadSync<T = Record<string, Tensor>>(source: string | URL | Uint8Array, options: LoadOptions = {}): T {
  const isPath = typeof source === 'string' || source instanceof URL;
  const wanted = plan(options, isPath);
  if (!isPath && !(source instanceof Uint8Array)) throw wrongArgument('load', 'source', 'a path or bytes', source);
  const from = isPath ? pathOf(source) : source;
  try {
    return readFromSync(from, reader(wanted, isPath ? (from as string) : undefined)) as T;
  } catch (error) {
    throw ofFile(error);
  }
}
