import { dtypes, type Dtype } from '../../dtype.js';
import { FlambeauError } from '../../errors.js';
import { invalidFile } from '../source.js';

/** What the header of a .npy file says. */
export interface NpyHeader {
  dtype: Dtype;
  shape: number[];
  fortranOrder: boolean;
  bigEndian: boolean;
  /** Where the elements begin. */
  start: number;
}

/** The dtypes that both have, by NumPy's letters. */
const letters: Partial<Record<Dtype, string>> = {
  bool: 'b1',
  int8: 'i1',
  int16: 'i2',
  int32: 'i4',
  int64: 'i8',
  uint8: 'u1',
  uint16: 'u2',
  uint32: 'u4',
  uint64: 'u8',
  float16: 'f2',
  float32: 'f4',
  float64: 'f8',
  complex64: 'c8',
  complex128: 'c16',
};
const dtypeOf = new Map(Object.entries(letters).map(([dtype, name]) => [name, dtype as Dtype]));
export const magic = Buffer.from([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59]);
// As much as any header of plain numbers needs, many times over.
const longest = 1 << 16;

/** An error of such a file. */
export function badNpy(reason: string): FlambeauError {
  return invalidFile(`the file is not valid .npy: ${reason}`);
}

/** Where the header's text begins, and how long it is: from the first twelve bytes. */
export function headerPlace(start: Buffer): { at: number; length: number } {
  if (start.length < 12 || !start.subarray(0, 6).equals(magic)) throw badNpy('it does not begin as one');
  const version = start[6]!;
  if (version < 1 || version > 3 || start[7] !== 0) throw badNpy(`its version ${version}.${start[7]} is not known`);
  const place = version === 1 ? { at: 10, length: start.readUInt16LE(8) } : { at: 12, length: start.readUInt32LE(8) };
  if (place.length > longest) throw badNpy(`its header of ${place.length} bytes is over the limit of ${longest}`);
  return place;
}

/** A reader of the few of Python's literals that a header may have. */
class Literals {
  private at = 0;
  private depth = 0;

  constructor(private readonly text: string) {}

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (!found) return undefined;
    this.at += found[0].length;
    return found[1] ?? found[0];
  }

  private takes(token: string): boolean {
    this.match(/\s*/y);
    if (!this.text.startsWith(token, this.at)) return false;
    this.at += token.length;
    return true;
  }

  private items(end: string): { items: unknown[]; isOne: boolean } {
    const items: unknown[] = [];
    let comma = true;
    while (!this.takes(end)) {
      if (!comma) throw badNpy('its header is no dict');
      items.push(this.value());
      comma = this.takes(',');
    }
    return { items, isOne: items.length === 1 && !comma };
  }

  value(): unknown {
    if (++this.depth > 20) throw badNpy('its header is nested too deeply');
    const value = this.any();
    this.depth--;
    return value;
  }

  private any(): unknown {
    if (this.takes('(')) {
      const { items, isOne } = this.items(')');
      return isOne ? items[0] : items;
    }
    if (this.takes('[')) return this.items(']').items;
    if (this.takes('{')) {
      const map = new Map<unknown, unknown>();
      while (!this.takes('}')) {
        const key = this.value();
        if (map.has(key) || !this.takes(':')) throw badNpy('its header is no dict');
        map.set(key, this.value());
        if (!this.takes(',') && this.text[this.at] !== '}') throw badNpy('its header is no dict');
      }
      return map;
    }
    const text = this.match(/'([^'\\]*)'|"[^"\\]*"/y);
    if (text !== undefined) return text.replace(/^"|"$/g, '');
    const word = this.match(/True|False|None/y);
    if (word !== undefined) return word === 'None' ? null : word === 'True';
    const number = this.match(/(\d{1,16})L?/y);
    if (number !== undefined) return Number(number);
    throw badNpy('its header is no dict of texts, numbers and booleans');
  }

  finish(): void {
    this.match(/\s*/y);
    if (this.at !== this.text.length) throw badNpy('its header is followed by something else');
  }
}

function describeDtype(descr: unknown): { dtype: Dtype; bigEndian: boolean } {
  if (Array.isArray(descr)) throw badNpy('its elements have fields (a structured dtype), which no tensor has');
  const [, order, name] = /^([<>|=])(.+)$/.exec(typeof descr === 'string' ? descr : '') ?? [];
  const dtype = dtypeOf.get(name ?? '');
  if (dtype) return { dtype, bigEndian: order === '>' && dtypes[dtype].size > 1 };
  const kinds: Record<string, string> = {
    O: 'Python objects, which could run code',
    U: 'texts',
    S: 'bytes',
    a: 'bytes',
    V: 'raw data',
    M: 'dates',
    m: 'spans of time',
    f: 'floats of a size that no tensor has',
    c: 'complex numbers of a size that no tensor has',
  };
  const kind = kinds[name?.[0] ?? ''] ?? 'of a dtype that no tensor has';
  throw badNpy(`its elements are ${kind} ('${String(descr).slice(0, 40)}')`);
}

/** Parses the text of a header. */
export function parseHeader(text: string, start: number): NpyHeader {
  const literals = new Literals(text);
  const header = literals.value();
  literals.finish();
  if (
    !(header instanceof Map) ||
    header.size !== 3 ||
    !['descr', 'fortran_order', 'shape'].every((key) => header.has(key))
  )
    throw badNpy('its header does not say descr, fortran_order and shape');
  const shape = header.get('shape') as unknown;
  const fortranOrder = header.get('fortran_order') as unknown;
  if (!Array.isArray(shape) || shape.length > 64 || !shape.every((size) => Number.isSafeInteger(size)))
    throw badNpy('its shape is no tuple of sizes');
  if (typeof fortranOrder !== 'boolean') throw badNpy('its fortran_order is no boolean');
  return { ...describeDtype(header.get('descr')), shape: shape as number[], fortranOrder, start };
}

/** The header of a file of version 1.0, padded so that the elements are aligned. */
export function formatHeader(dtype: Dtype, shape: readonly number[]): Buffer {
  const name = letters[dtype];
  if (!name)
    throw new FlambeauError(
      'INVALID_VALUE',
      `saveNpy(): NumPy has no dtype ${dtype}; save x.to('float32') or x.view(...)`,
    );
  const order = dtypes[dtype].size > 1 ? '<' : '|';
  const sizes = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const text = `{'descr': '${order}${name}', 'fortran_order': False, 'shape': (${sizes}), }`;
  const length = Math.ceil((10 + text.length + 1) / 64) * 64 - 10;
  const header = Buffer.alloc(10 + length, ' ');
  magic.copy(header);
  header[6] = 1;
  header[7] = 0;
  header.writeUInt16LE(length, 8);
  header.write(text, 10, 'latin1');
  header[header.length - 1] = 10;
  return header;
}
