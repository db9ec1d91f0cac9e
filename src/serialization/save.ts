import { Writable } from 'node:stream';
import { FlambeauError, wrongArgument } from '../errors.js';
import { Complex } from '../shape.js';
import { Tensor } from '../tensor.js';
import { Pickler } from './pickler.js';
import { pathOf } from './source.js';
import { collect, collectSync, writeFile, writeFileSync, writeStream, type Writing } from './target.js';
import { TensorPickler } from './tensors.js';
import { zip, type ZipEntry } from './zip-writer.js';

/**
 * What {@link save} writes: tensors, numbers, bigints, complex numbers, strings, bytes, booleans and null, in arrays,
 * sets, maps and plain objects.
 */
export type Saveable =
  | Tensor
  | number
  | bigint
  | Complex
  | string
  | Uint8Array
  | boolean
  | null
  | undefined
  | readonly Saveable[]
  | ReadonlySet<Saveable>
  | ReadonlyMap<Saveable, Saveable>
  | { readonly [key: string]: Saveable };

const deepest = 500;
const whole = /^(0|[1-9]\d{0,8})$/;
const expected =
  'tensor, number, bigint, complex number, string, bytes, boolean, null, array, set, map or plain object';

/** Walks a value and writes it. */
class Saver {
  readonly pickler = new Pickler();
  readonly tensors = new TensorPickler(this.pickler);
  private readonly within = new Set<object>();

  write(item: unknown, path: string): void {
    const { pickler } = this;
    switch (typeof item) {
      case 'string':
        pickler.text(item);
        return;
      case 'boolean':
        pickler.boolean(item);
        return;
      case 'bigint':
        pickler.integer(item);
        return;
      case 'number':
        if (Number.isSafeInteger(item) && !Object.is(item, -0)) pickler.integer(item);
        else pickler.float(item);
        return;
      case 'undefined':
        pickler.none();
        return;
      case 'object':
        if (item === null) pickler.none();
        else this.object(item, path);
        return;
      default:
        throw wrongArgument('save', path, expected, item);
    }
  }

  private object(item: object, path: string): void {
    if (this.within.has(item)) throw new FlambeauError('INVALID_VALUE', `save(): ${path} contains itself`);
    if (this.pickler.recall(item)) return;
    if (this.within.size >= deepest)
      throw new FlambeauError('INVALID_VALUE', `save(): ${path} is nested more than ${deepest} levels deep`);
    this.within.add(item);
    this.container(item, path);
    this.within.delete(item);
  }

  private container(item: object, path: string): void {
    const { pickler } = this;
    if (item instanceof Tensor) {
      this.tensors.write(item);
      pickler.remember(item);
    } else if (Array.isArray(item)) {
      const each = (): void => item.forEach((element, i) => this.write(element, `${path}[${i}]`));
      // What cannot change is a tuple.
      if (Object.isFrozen(item)) pickler.tuple(each).remember(item);
      else pickler.list(each, item);
    } else if (item instanceof Map) this.entries([...(item as Map<unknown, unknown>)], item, path);
    else if (item instanceof Set) {
      pickler.set(() => item.forEach((element) => this.write(element, `an element of ${path}`))).remember(item);
    } else if (item instanceof Uint8Array) pickler.bytes(item).remember(item);
    else if (item instanceof Complex) pickler.complex(item);
    else if (Object.getPrototypeOf(item) === null || Object.getPrototypeOf(item) === Object.prototype) {
      this.entries(keyed(item as Record<string, unknown>), item, path);
    } else throw wrongArgument('save', path, expected, item);
  }

  private entries(entries: readonly (readonly [unknown, unknown])[], item: object, path: string): void {
    const { pickler } = this;
    const metadata = Object.getOwnPropertyDescriptor(item, '_metadata');
    const isOrdered = metadata !== undefined && !metadata.enumerable;
    const each = (): void => {
      for (const [key, element] of entries) {
        this.write(key, `a key of ${path}`);
        this.write(element, `${path}.${String(key)}`);
      }
    };
    pickler.dict(each, item, isOrdered);
    if (!isOrdered) return;
    pickler.dict(() => {
      pickler.text('_metadata');
      this.write(metadata.value, `${path}._metadata`);
    });
    pickler.build();
  }
}

/**
 * The entries of a plain object. Python's optimizers number their parameters: where all keys are whole numbers and no
 * value is a tensor, they are written as numbers.
 */
function keyed(item: Record<string, unknown>): [unknown, unknown][] {
  const entries = Object.entries(item);
  const isNumbered = entries.every(([key, value]) => whole.test(key) && !(value instanceof Tensor));
  return isNumbered ? entries.map(([key, value]) => [Number(key), value]) : entries;
}

function serialize(value: Saveable): Writing {
  const saver = new Saver();
  saver.write(value, 'value');
  const pickle = saver.pickler.finish();
  const entries = function* (): Generator<ZipEntry> {
    yield { name: 'archive/data.pkl', data: pickle };
    yield { name: 'archive/.format_version', data: Buffer.from('1') };
    yield { name: 'archive/.storage_alignment', data: Buffer.from('64') };
    yield { name: 'archive/byteorder', data: Buffer.from('little') };
    yield* saver.tensors.entries();
    yield { name: 'archive/version', data: Buffer.from('3\n') };
  };
  return zip(entries());
}

/**
 * Writes tensors, and what holds them, in PyTorch's file format: Python's `torch.load` reads it, with `weights_only=True`
 * and with `mmap=True`. The target is a path, where a file appears whole or not at all, or a stream, which is not ended;
 * without one the promise is of the bytes.
 *
 * Tensors over one storage are written over one storage, which is written whole. Whole numbers become ints, other
 * numbers floats, frozen arrays tuples, other arrays lists; maps and plain objects dicts. Nothing may be written to the
 * tensors before the promise is settled.
 *
 * @throws when the value holds something else, or itself
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.save.html
 * @example
 * await torch.save(new nn.Linear(2, 1).stateDict(), '/tmp/flambeau-example.pt')
 * Object.keys(await torch.load('/tmp/flambeau-example.pt')) // [ 'weight', 'bias' ]
 * const bytes = await torch.save({ x: torch.ones(2) })
 * (await torch.load(bytes)).x // tensor([1., 1.])
 */
export function save(value: Saveable): Promise<Buffer>;
export function save(value: Saveable, target: string | URL | Writable): Promise<void>;
export async function save(value: Saveable, target?: string | URL | Writable): Promise<Buffer | void> {
  if (target === undefined) return await collect(serialize(value));
  if (target instanceof Writable) return await writeStream(target, serialize(value));
  if (typeof target !== 'string' && !(target instanceof URL))
    throw wrongArgument('save', 'target', 'a path or a stream', target);
  return await writeFile(pathOf(target), serialize(value));
}

/**
 * {@link save} to a path, blocking; without one the bytes are returned.
 *
 * @example
 * torch.saveSync({ x: torch.ones(2) }, '/tmp/flambeau-example-3.pt')
 * torch.loadSync('/tmp/flambeau-example-3.pt').x // tensor([1., 1.])
 */
export function saveSync(value: Saveable): Buffer;
export function saveSync(value: Saveable, target: string | URL): void;
export function saveSync(value: Saveable, target?: string | URL): Buffer | void {
  if (target === undefined) return collectSync(serialize(value));
  if (typeof target !== 'string' && !(target instanceof URL))
    throw wrongArgument('saveSync', 'target', 'a path', target);
  writeFileSync(pathOf(target), serialize(value));
}
