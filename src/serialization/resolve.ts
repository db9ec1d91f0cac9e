import { dtypes, type Dtype } from '../dtype.js';
import { Tensor } from '../tensor.js';
import { constantOf, dtypeOfGlobal } from './allowed.js';
import { badPickle, Call, Dict, Global, List, Reference, Tuple } from './pickled.js';
import { rebuild } from './rebuild.js';
import { TypedStorage } from './storages.js';

const deepest = 500;
const mostTensors = 1_000_000;
// Stands for a value that is being made, to find those that contain themselves.
const underway = Symbol('underway');

/** Makes the values that a pickle describes. What stands in it once is made once. */
export class Resolver {
  private readonly known = new Map<object, unknown>();
  private depth = 0;
  private tensors = 0;

  /**
   * @param storageOf - the storage of a reference
   * @param budget - how many bytes may be copied out of what the file has
   */
  constructor(
    private readonly storageOf: (reference: Reference) => TypedStorage,
    private budget: number,
    readonly placeOf: (location: string) => string,
  ) {}

  /** Before anything is copied whose size the file chooses. */
  spend(bytes: number): void {
    this.budget -= bytes;
    if (!(this.budget >= 0)) throw badPickle('its values need more memory than a file of this size can ask for');
  }

  /** A tensor is named by a few bytes, and takes a thousand. */
  countTensor(): void {
    if (++this.tensors > mostTensors) throw badPickle(`it has more than ${mostTensors} tensors`);
  }

  /** A value as the caller of `load` gets it. */
  value(raw: unknown): unknown {
    const made = this.argument(raw);
    if (made instanceof TypedStorage) return made.storage.flat(made.dtype);
    return made;
  }

  /** A value as a function gets it: storages are still storages. */
  argument(raw: unknown): unknown {
    if (typeof raw !== 'object' || raw === null || raw instanceof Uint8Array) return raw;
    const made = this.known.get(raw);
    if (made === underway) throw badPickle('a value contains itself');
    if (made !== undefined) return made;
    if (++this.depth > deepest) throw badPickle(`values are nested more than ${deepest} levels deep`);
    this.known.set(raw, underway);
    const fresh = this.make(raw);
    this.known.set(raw, fresh);
    this.depth--;
    return fresh;
  }

  private make(raw: object): unknown {
    if (raw instanceof Tuple) return Object.freeze(raw.items.map((item) => this.value(item)));
    if (raw instanceof List) {
      const items = raw.items.map((item) => this.value(item));
      return raw.isSet ? new Set(items) : items;
    }
    if (raw instanceof Dict) return this.dict(raw);
    if (raw instanceof Reference) return this.storageOf(raw);
    if (raw instanceof Call) return rebuild(raw, this);
    if (raw instanceof Global) {
      const constant = constantOf(raw);
      if (constant === undefined) throw badPickle(`${raw.name} is used as a value`);
      return constant;
    }
    throw badPickle('it has a value of no known kind');
  }

  private dict({ items, attributes }: Dict): unknown {
    let plain = true;
    for (let i = 0; i < items.length; i += 2) plain &&= typeof items[i] === 'string';
    const attached = attributes && (this.value(attributes) as Record<string, unknown>);
    let result: object;
    if (plain) {
      const object = Object.create(null) as Record<string, unknown>;
      for (let i = 0; i < items.length; i += 2) object[items[i] as string] = this.value(items[i + 1]);
      result = object;
    } else {
      const map = new Map<unknown, unknown>();
      for (let i = 0; i < items.length; i += 2) map.set(this.value(items[i]), this.value(items[i + 1]));
      result = map;
    }
    // What Python's modules say of themselves beside their tensors.
    const metadata = attached && !(attached instanceof Map) ? attached._metadata : undefined;
    if (metadata !== undefined && !Object.hasOwn(result, '_metadata'))
      Object.defineProperty(result, '_metadata', {
        value: metadata,
        enumerable: false,
        configurable: true,
        writable: true,
      });
    return result;
  }

  private wrong(what: string): Error {
    return badPickle(`a function is called with something else than ${what}`);
  }

  storage(raw: unknown): TypedStorage {
    const value = this.argument(raw);
    if (!(value instanceof TypedStorage)) throw this.wrong('a storage');
    return value;
  }

  tensor(raw: unknown): Tensor {
    const value = this.value(raw);
    if (!(value instanceof Tensor)) throw this.wrong('a tensor');
    return value;
  }

  list(raw: unknown): readonly unknown[] {
    const value = this.value(raw);
    if (!Array.isArray(value)) throw this.wrong('a list');
    return value;
  }

  counts(raw: unknown): readonly number[] {
    const list = this.list(raw);
    if (list.length > 64) throw badPickle('a tensor has more than 64 dimensions');
    return list.map((item) => this.count(item));
  }

  count(raw: unknown): number {
    if (!Number.isSafeInteger(raw) || (raw as number) < 0) throw this.wrong('a count');
    return raw as number;
  }

  number(raw: unknown): number {
    if (typeof raw !== 'number') throw this.wrong('a number');
    return raw;
  }

  text(raw: unknown): string {
    if (typeof raw !== 'string') throw this.wrong('a text');
    return raw;
  }

  dtype(raw: unknown): Dtype {
    const dtype = raw instanceof Global ? dtypeOfGlobal(raw) : undefined;
    if (!dtype) throw badPickle(`dtype ${raw instanceof Global ? raw.name : String(raw)} cannot be read`);
    return dtype;
  }

  /** Counts what a tensor's elements need when they are copied. */
  spendTensor(tensor: Tensor): void {
    this.spend(tensor.numel() * dtypes[tensor.dtype].size);
  }
}
