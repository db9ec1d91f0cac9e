import { FlambeauError, wrongArgument } from '../errors.js';

/** A class or function that a pickle names. */
export interface Global {
  module: string;
  name: string;
}

/** Writes pickles of protocol 2: what Python's restricted reader takes. */
export class Pickler {
  private readonly parts: Buffer[] = [Buffer.from([0x80, 2])];

  private op(code: string, ...data: Buffer[]): this {
    this.parts.push(Buffer.from(code, 'latin1'), ...data);
    return this;
  }

  global({ module, name }: Global): this {
    return this.op('c', Buffer.from(`${module}\n${name}\n`));
  }

  string(value: string): this {
    const text = Buffer.from(value);
    const length = Buffer.alloc(4);
    length.writeUInt32LE(text.length);
    return this.op('X', length, text);
  }

  integer(value: number): this {
    if (!Number.isSafeInteger(value)) throw wrongArgument('save', 'value', 'whole number', value);
    if (Math.abs(value) > 0x7fffffff) {
      const data = Buffer.alloc(9);
      data.writeUInt8(8);
      data.writeBigInt64LE(BigInt(value), 1);
      return this.op('\x8a', data);
    }
    const data = Buffer.alloc(4);
    data.writeInt32LE(value);
    return this.op('J', data);
  }

  float(value: number): this {
    const data = Buffer.alloc(8);
    data.writeDoubleBE(value);
    return this.op('G', data);
  }

  boolean(value: boolean): this {
    return this.op(value ? '\x88' : '\x89');
  }

  none(): this {
    return this.op('N');
  }

  tuple(write: () => void): this {
    this.op('(');
    write();
    return this.op('t');
  }

  list(write: () => void): this {
    this.op('](');
    write();
    return this.op('e');
  }

  dict(write: () => void): this {
    this.op('}(');
    write();
    return this.op('u');
  }

  /** Calls the global below with the tuple on top. */
  reduce(): this {
    return this.op('R');
  }

  /** Makes the value on top a reference to something outside of the pickle. */
  persistent(): this {
    return this.op('Q');
  }

  finish(): Buffer {
    this.op('.');
    return Buffer.concat(this.parts);
  }
}

/** What the reader asks of its user. */
export interface Resolver {
  /** The value that a reference stands for. */
  persistent(id: unknown): unknown;
  /** The result of calling a global. */
  call(global: Global, args: unknown[]): unknown;
}

const mark = Symbol('mark');

function bad(reason: string): FlambeauError {
  return new FlambeauError('INVALID_FILE', `load(): the pickle cannot be read: ${reason}`);
}

function isGlobal(value: unknown): value is Global {
  return typeof value === 'object' && value !== null && 'module' in value && 'name' in value;
}

/** Reads a pickle without running anything but what `resolver` allows. */
export function unpickle(data: Buffer, resolver: Resolver): unknown {
  let at = 0;
  const stack: unknown[] = [];
  const memo = new Map<number, unknown>();
  const take = (count: number): Buffer => {
    if (at + count > data.length) throw bad('it is cut off');
    return data.subarray(at, (at += count));
  };
  const line = (): string => {
    const end = data.indexOf(10, at);
    if (end < 0) throw bad('it is cut off');
    const text = data.toString('utf8', at, end);
    at = end + 1;
    return text;
  };
  const pop = (): unknown => {
    if (stack.length === 0) throw bad('its stack is empty');
    return stack.pop();
  };
  const popMark = (): unknown[] => {
    const start = stack.lastIndexOf(mark);
    if (start < 0) throw bad('a mark is missing');
    const items = stack.splice(start);
    return items.slice(1);
  };
  const top = <T>(test: (value: unknown) => boolean): T => {
    const value = stack[stack.length - 1];
    if (!test(value)) throw bad('a value is not of the kind that it is used as');
    return value as T;
  };
  const isMap = (value: unknown): boolean => value instanceof Map;
  const put = (map: Map<unknown, unknown>, items: unknown[]): void => {
    for (let i = 0; i + 1 < items.length; i += 2) map.set(items[i], items[i + 1]);
  };
  for (;;) {
    const code = String.fromCharCode(take(1)[0]!);
    switch (code) {
      case '\x80':
        take(1);
        break;
      case '.':
        return pop();
      case '(':
        stack.push(mark);
        break;
      case '}':
        stack.push(new Map());
        break;
      case ']':
        stack.push([]);
        break;
      case ')':
        stack.push([]);
        break;
      case 'N':
        stack.push(null);
        break;
      case '\x88':
        stack.push(true);
        break;
      case '\x89':
        stack.push(false);
        break;
      case 'K':
        stack.push(take(1)[0]);
        break;
      case 'M':
        stack.push(take(2).readUInt16LE());
        break;
      case 'J':
        stack.push(take(4).readInt32LE());
        break;
      case 'G':
        stack.push(take(8).readDoubleBE());
        break;
      case '\x8a': {
        const bytes = take(take(1)[0]!);
        let value = 0n;
        bytes.forEach((byte, i) => (value |= BigInt(byte) << BigInt(8 * i)));
        value = BigInt.asIntN(8 * Math.max(1, bytes.length), value);
        stack.push(value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Number(value) : value);
        break;
      }
      case 'X':
        stack.push(take(take(4).readUInt32LE()).toString('utf8'));
        break;
      case '\x8c':
        stack.push(take(take(1)[0]!).toString('utf8'));
        break;
      case 'c':
        stack.push({ module: line(), name: line() });
        break;
      case '\x93': {
        const name = pop();
        stack.push({ module: String(pop()), name: String(name) });
        break;
      }
      case 'q':
        memo.set(take(1)[0]!, stack[stack.length - 1]);
        break;
      case 'r':
        memo.set(take(4).readUInt32LE(), stack[stack.length - 1]);
        break;
      case '\x94':
        memo.set(memo.size, stack[stack.length - 1]);
        break;
      case 'h':
        stack.push(memo.get(take(1)[0]!));
        break;
      case 'j':
        stack.push(memo.get(take(4).readUInt32LE()));
        break;
      case '\x95':
        take(8);
        break;
      case 't':
        stack.push(popMark());
        break;
      case '\x85':
        stack.push([pop()]);
        break;
      case '\x86':
        stack.push(stack.splice(-2));
        break;
      case '\x87':
        stack.push(stack.splice(-3));
        break;
      case 'a': {
        const value = pop();
        top<unknown[]>(Array.isArray).push(value);
        break;
      }
      case 'e': {
        const items = popMark();
        top<unknown[]>(Array.isArray).push(...items);
        break;
      }
      case 's': {
        const value = pop();
        const key = pop();
        put(top(isMap), [key, value]);
        break;
      }
      case 'u': {
        const items = popMark();
        put(top(isMap), items);
        break;
      }
      case 'Q':
        stack.push(resolver.persistent(pop()));
        break;
      case 'b':
        pop();
        break; // attributes of a dict, such as _metadata
      case 'R': {
        const args = pop();
        const global = pop();
        if (!isGlobal(global) || !Array.isArray(args)) throw bad('a call has no function');
        stack.push(resolver.call(global, args));
        break;
      }
      default:
        throw bad(`instruction 0x${code.charCodeAt(0).toString(16)} is not allowed`);
    }
  }
}
