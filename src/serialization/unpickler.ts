import { badPickle, Call, CutOff, Dict, Global, List, Reference, Tuple } from './pickled.js';
import { decodeText } from './text.js';

/** What {@link unpickle} found. */
export interface Unpickled {
  value: unknown;
  /** The references, in the order of the pickle. */
  references: Reference[];
  /** Where the pickle ends. */
  end: number;
}

// An integer of more digits is no number that a checkpoint has.
const longest = 4096;

// A byte of a pickle can ask for an object, which takes a hundred times as much: more of them than any checkpoint has
// would fill the engine's heap, and end the process.
const mostObjects = 4_000_000;
const mostSteps = 64_000_000;
const heavy = new Uint8Array(256);
for (const code of Buffer.from(']})tRQXUTCB\x81\x85\x86\x87\x8a\x8b\x8c\x8d\x8e\x8f\x91\x96(', 'latin1'))
  heavy[code] = 1;
// An object with keys is the largest of them.
heavy[0x7d] = 4;

function integerOf(bytes: Buffer): number | bigint {
  if (bytes.length === 0) return 0;
  if (bytes.length > longest) throw badPickle('an integer is too long');
  const big = BigInt(`0x${Buffer.from(bytes).reverse().toString('hex')}`);
  const value = BigInt.asIntN(bytes.length * 8, big);
  const small = Number(value);
  return Number.isSafeInteger(small) ? small : value;
}

/**
 * Reads a pickle into {@link Tuple}s, {@link Dict}s, {@link List}s, {@link Call}s and plain values. Nothing is called:
 * globals are looked up by `allow`, which throws for those that it refuses.
 */
export function unpickle(data: Buffer, start: number, allow: (module: string, name: string) => Global): Unpickled {
  return new Unpickler(data, start, allow).run();
}

class Unpickler {
  private stack: unknown[] = [];
  private readonly outer: unknown[][] = [];
  private readonly memo = new Map<number, unknown>();
  private readonly references: Reference[] = [];

  constructor(
    private readonly data: Buffer,
    private at: number,
    private readonly allow: (module: string, name: string) => Global,
  ) {}

  private take(count: number): number {
    const at = this.at;
    if (at + count > this.data.length) throw new CutOff();
    this.at = at + count;
    return at;
  }

  private bytes(count: number): Buffer {
    const at = this.take(count);
    return this.data.subarray(at, this.at);
  }

  private byte(): number {
    return this.data[this.take(1)]!;
  }

  private u32(): number {
    return this.data.readUInt32LE(this.take(4));
  }

  private u64(): number {
    const count = this.data.readBigUInt64LE(this.take(8));
    if (count > BigInt(this.data.length)) throw new CutOff();
    return Number(count);
  }

  private text(count: number): string {
    const text = decodeText(this.bytes(count));
    if (text === undefined) throw badPickle('a text is no UTF-8');
    return text;
  }

  private line(): string {
    const end = this.data.indexOf(10, this.at);
    if (end < 0) throw new CutOff();
    const text = this.text(end - this.at);
    this.at = end + 1;
    return text;
  }

  private pop(): unknown {
    if (this.stack.length === 0) throw badPickle('its stack is empty');
    return this.stack.pop();
  }

  private popTuple(): Tuple {
    const value = this.pop();
    if (!(value instanceof Tuple)) throw badPickle('arguments are no tuple');
    return value;
  }

  private popGlobal(): Global {
    const value = this.pop();
    if (!(value instanceof Global)) throw badPickle('what is called is no class or function');
    return value;
  }

  private get top(): unknown {
    if (this.stack.length === 0) throw badPickle('its stack is empty');
    return this.stack[this.stack.length - 1];
  }

  private popMark(): unknown[] {
    const items = this.stack;
    const stack = this.outer.pop();
    if (!stack) throw badPickle('a mark is missing');
    this.stack = stack;
    return items;
  }

  private tuple(count: number): void {
    if (this.stack.length < count) throw badPickle('its stack is empty');
    this.stack.push(new Tuple(this.stack.splice(this.stack.length - count)));
  }

  private append(items: readonly unknown[], toSet = false): void {
    const list = this.top;
    if (!(list instanceof List) || list.isSet !== toSet) throw badPickle('something is appended to what is no list');
    for (const item of items) list.items.push(item);
  }

  private setItems(items: readonly unknown[]): void {
    const dict = this.top;
    if (!(dict instanceof Dict)) throw badPickle('something is set in what is no dict');
    if (items.length % 2) throw badPickle('a dict has a key without a value');
    for (let i = 0; i < items.length; i += 2) {
      const key = items[i];
      if (key instanceof List || key instanceof Dict) throw badPickle('a list or dict is used as a key');
      dict.items.push(key, items[i + 1]);
    }
  }

  private call(): void {
    const args = this.popTuple();
    this.stack.push(invocation(this.popGlobal(), args));
  }

  private build(): void {
    const state = this.pop();
    const target = this.top;
    if (target instanceof Dict) {
      if (!(state instanceof Dict)) throw badPickle('the state of an OrderedDict is no dict');
      target.attributes = state;
    } else if (target instanceof Call) target.state = state;
    else throw badPickle('a state is given to what has none');
  }

  private reference(): void {
    const id = this.pop();
    if (!(id instanceof Tuple) && typeof id !== 'number') throw badPickle('a reference is no tuple');
    const reference = new Reference(id);
    this.references.push(reference);
    this.stack.push(reference);
  }

  private remember(index: number): void {
    this.memo.set(index, this.top);
  }

  private recall(index: number): void {
    if (!this.memo.has(index)) throw badPickle('it refers to what it has not');
    this.stack.push(this.memo.get(index));
  }

  /** Opcodes of one step. False ends the pickle. */
  private step(code: number): boolean {
    const { stack, data } = this;
    switch (code) {
      case 0x80: // PROTO
        if (this.byte() > 5) throw badPickle('its protocol is newer than 5');
        break;
      case 0x2e: // STOP
        return false;
      case 0x63: // GLOBAL
        stack.push(this.allow(this.line(), this.line()));
        break;
      case 0x93: {
        // STACK_GLOBAL
        const [name, module] = [this.pop(), this.pop()];
        if (typeof module !== 'string' || typeof name !== 'string') throw badPickle('the name of a global is no text');
        stack.push(this.allow(module, name));
        break;
      }
      case 0x52: // REDUCE
      case 0x81: // NEWOBJ
        this.call();
        break;
      case 0x62: // BUILD
        this.build();
        break;
      case 0x51: // BINPERSID
        this.reference();
        break;
      case 0x28: // MARK
        this.outer.push(stack);
        this.stack = [];
        break;
      case 0x30: // POP
        this.pop();
        break;
      case 0x31: // POP_MARK
        this.popMark();
        break;
      case 0x95: // FRAME
        this.take(8);
        break;
      case 0x5d: // EMPTY_LIST
        stack.push(new List(false));
        break;
      case 0x8f: // EMPTY_SET
        stack.push(new List(true));
        break;
      case 0x7d: // EMPTY_DICT
        stack.push(new Dict());
        break;
      case 0x29: // EMPTY_TUPLE
        stack.push(new Tuple([]));
        break;
      case 0x61: {
        // APPEND
        const item = this.pop();
        this.append([item]);
        break;
      }
      case 0x65: // APPENDS
        this.append(this.popMark());
        break;
      case 0x90: // ADDITEMS
        this.append(this.popMark(), true);
        break;
      case 0x91: {
        // FROZENSET
        const set = new List(true);
        for (const item of this.popMark()) set.items.push(item);
        this.stack.push(set);
        break;
      }
      case 0x73: {
        // SETITEM
        const [value, key] = [this.pop(), this.pop()];
        this.setItems([key, value]);
        break;
      }
      case 0x75: // SETITEMS
        this.setItems(this.popMark());
        break;
      case 0x74: {
        // TUPLE
        const items = this.popMark();
        this.stack.push(new Tuple(items));
        break;
      }
      case 0x85: // TUPLE1, TUPLE2, TUPLE3
      case 0x86:
      case 0x87:
        this.tuple(code - 0x84);
        break;
      case 0x4e: // NONE
        stack.push(null);
        break;
      case 0x88: // NEWTRUE, NEWFALSE
      case 0x89:
        stack.push(code === 0x88);
        break;
      case 0x4a: // BININT
        stack.push(data.readInt32LE(this.take(4)));
        break;
      case 0x4b: // BININT1
        stack.push(this.byte());
        break;
      case 0x4d: // BININT2
        stack.push(data.readUInt16LE(this.take(2)));
        break;
      case 0x8a: // LONG1
        stack.push(integerOf(this.bytes(this.byte())));
        break;
      case 0x8b: // LONG4
        stack.push(integerOf(this.bytes(this.u32())));
        break;
      case 0x47: // BINFLOAT
        stack.push(data.readDoubleBE(this.take(8)));
        break;
      case 0x58: // BINUNICODE
        stack.push(this.text(this.u32()));
        break;
      case 0x8c: // SHORT_BINUNICODE
      case 0x55: // SHORT_BINSTRING
        stack.push(this.text(this.byte()));
        break;
      case 0x54: // BINSTRING
        stack.push(this.text(this.u32()));
        break;
      case 0x8d: // BINUNICODE8
        stack.push(this.text(this.u64()));
        break;
      case 0x43: // SHORT_BINBYTES
        stack.push(Buffer.from(this.bytes(this.byte())));
        break;
      case 0x42: // BINBYTES
        stack.push(Buffer.from(this.bytes(this.u32())));
        break;
      case 0x8e: // BINBYTES8, BYTEARRAY8
      case 0x96:
        stack.push(Buffer.from(this.bytes(this.u64())));
        break;
      case 0x71: // BINPUT
        this.remember(this.byte());
        break;
      case 0x72: // LONG_BINPUT
        this.remember(this.u32());
        break;
      case 0x94: // MEMOIZE
        this.remember(this.memo.size);
        break;
      case 0x68: // BINGET
        this.recall(this.byte());
        break;
      case 0x6a: // LONG_BINGET
        this.recall(this.u32());
        break;
      default:
        throw badPickle(`its instruction 0x${code.toString(16).padStart(2, '0')} is not allowed`);
    }
    return true;
  }

  run(): Unpickled {
    let steps = 0;
    let objects = 0;
    for (;;) {
      const code = this.byte();
      objects += heavy[code]!;
      if (++steps > mostSteps || objects > mostObjects)
        throw badPickle(`it has more than ${mostObjects} values, or ${mostSteps} steps`);
      if (!this.step(code)) break;
    }
    const value = this.pop();
    return { value, references: this.references, end: this.at };
  }
}

const dicts = new Set(['collections.OrderedDict', 'collections.Counter']);

/** A call, or the dict that it makes where it makes an empty one, so that it can be filled. */
function invocation(callee: Global, args: Tuple): unknown {
  return dicts.has(callee.name) && args.items.length === 0 ? new Dict() : new Call(callee, args);
}
