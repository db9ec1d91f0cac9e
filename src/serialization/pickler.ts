import type { Complex } from '../shape.js';
import { encodeText } from './text.js';

/** Writes a pickle of protocol 2: what Python's restricted reader takes. What is written twice is written once and recalled. */
export class Pickler {
  private buffer = Buffer.allocUnsafe(4096);
  private length = 0;
  private readonly memo = new Map<unknown, number>();

  constructor() {
    this.op(0x80);
    this.op(2);
  }

  private room(count: number): number {
    const at = this.length;
    this.length += count;
    if (this.length > this.buffer.length) {
      const larger = Buffer.allocUnsafe(Math.max(this.length, this.buffer.length * 2));
      this.buffer.copy(larger, 0, 0, at);
      this.buffer = larger;
    }
    return at;
  }

  private op(code: number): this {
    const at = this.room(1);
    this.buffer[at] = code;
    return this;
  }

  private u32(code: number, value: number): this {
    this.op(code);
    const at = this.room(4);
    this.buffer.writeUInt32LE(value, at);
    return this;
  }

  /** Recalls what `remember` has seen; false where it has not. */
  recall(value: unknown): boolean {
    const index = this.memo.get(value);
    if (index === undefined) return false;
    if (index < 256) this.op(0x68).op(index);
    else this.u32(0x6a, index);
    return true;
  }

  /** Remembers the value on top under `value`. */
  remember(value: unknown): this {
    const index = this.memo.size;
    this.memo.set(value, index);
    return index < 256 ? this.op(0x71).op(index) : this.u32(0x72, index);
  }

  /** A class or function, as `module.name`. */
  global(path: string): this {
    const key = `global ${path}`;
    if (this.recall(key)) return this;
    const dot = path.lastIndexOf('.');
    const text = `${path.slice(0, dot)}\n${path.slice(dot + 1)}\n`;
    this.op(0x63);
    const at = this.room(text.length);
    this.buffer.write(text, at, 'latin1');
    return this.remember(key);
  }

  text(value: string): this {
    // With a mark in front: values are remembered under themselves.
    const key = `text ${value}`;
    if (this.recall(key)) return this;
    const bytes = encodeText(value);
    this.u32(0x58, bytes.length);
    const at = this.room(bytes.length);
    bytes.copy(this.buffer, at);
    return this.remember(key);
  }

  integer(value: number | bigint): this {
    if (typeof value === 'number' && Math.abs(value) <= 0x7fffffff) {
      if (value >= 0 && value < 256) return this.op(0x4b).op(value);
      this.op(0x4a);
      const at = this.room(4);
      this.buffer.writeInt32LE(value, at);
      return this;
    }
    let rest = BigInt(value);
    const bytes: number[] = [];
    // Two's complement, until the sign stands in the last byte.
    for (;;) {
      const byte = Number(rest & 0xffn);
      bytes.push(byte);
      rest >>= 8n;
      if ((rest === 0n && byte < 128) || (rest === -1n && byte >= 128)) break;
    }
    if (bytes.length < 256) this.op(0x8a).op(bytes.length);
    else this.u32(0x8b, bytes.length);
    for (const byte of bytes) this.op(byte);
    return this;
  }

  float(value: number): this {
    this.op(0x47);
    const at = this.room(8);
    this.buffer.writeDoubleBE(value, at);
    return this;
  }

  boolean(value: boolean): this {
    return this.op(value ? 0x88 : 0x89);
  }

  none(): this {
    return this.op(0x4e);
  }

  tuple(write: () => void): this {
    this.op(0x28);
    write();
    return this.op(0x74);
  }

  counts(values: readonly number[]): this {
    return this.tuple(() => {
      for (const value of values) this.integer(value);
    });
  }

  /** A list; remembered, before it is filled, under `value`. */
  list(write: () => void, value?: unknown): this {
    this.op(0x5d);
    if (value !== undefined) this.remember(value);
    this.op(0x28);
    write();
    return this.op(0x65);
  }

  /** A dict, or an OrderedDict; remembered, before it is filled, under `value`. */
  dict(write: () => void, value?: unknown, ordered = false): this {
    if (ordered) this.ordered();
    else this.op(0x7d);
    if (value !== undefined) this.remember(value);
    this.op(0x28);
    write();
    return this.op(0x75);
  }

  /** An empty OrderedDict. */
  ordered(): this {
    return this.global('collections.OrderedDict').op(0x29).reduce();
  }

  bytes(value: Uint8Array): this {
    return this.global('_codecs.encode')
      .tuple(() => {
        this.text(Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('latin1'));
        this.text('latin1');
      })
      .reduce();
  }

  complex(value: Complex): this {
    return this.global('__builtin__.complex')
      .tuple(() => {
        this.float(value.re).float(value.im);
      })
      .reduce();
  }

  set(write: () => void): this {
    return this.global('__builtin__.set')
      .tuple(() => {
        this.list(write);
      })
      .reduce();
  }

  /** Calls the global below with the tuple on top. */
  reduce(): this {
    return this.op(0x52);
  }

  /** Gives the value below the state on top. */
  build(): this {
    return this.op(0x62);
  }

  /** Makes the tuple on top a reference to something outside of the pickle. */
  persistent(): this {
    return this.op(0x51);
  }

  finish(): Buffer {
    this.op(0x2e);
    return this.buffer.subarray(0, this.length);
  }
}
