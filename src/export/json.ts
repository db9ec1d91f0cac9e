import { FlambeauError } from '../errors.js';

/** Reads a part of a file's JSON, or throws with the place of what is wrong there. */
export type Decoder<T> = (value: unknown, place: string) => T;
/** What a decoder gives. */
export type Decoded<D> = D extends Decoder<infer T> ? T : never;

const deepest = 200;
// A number of more than 15 digits, which JSON.parse would round, or a string to pass over.
const longIntegers = /"(?:[^"\\]+|\\.)*"|(?<=[[:,\s])-?\d{16,19}(?=[\],}\s])/g;
const longInteger = '\0integer';

/** The error of a file that is not as it should be. */
export function damaged(place: string, reason: string): FlambeauError {
  return new FlambeauError('INVALID_FILE', `export.load(): ${place} ${reason}`);
}

/** Parses JSON whose whole numbers may be beyond what a number holds. */
export function parseJson(text: string, place: string): unknown {
  const exact = /\d{16}/.test(text)
    ? text.replace(longIntegers, (match) => (match[0] === '"' ? match : `{${JSON.stringify(longInteger)}:"${match}"}`))
    : text;
  try {
    return JSON.parse(exact.replace(/^\ufeff/, '')) as unknown;
  } catch (error) {
    throw damaged(place, `is no JSON: ${(error as Error).message}`);
  }
}

function nameOf(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'object') return 'an object';
  const text = String(value);
  return typeof value === 'string' ? `'${text.slice(0, 40)}'` : text;
}

function wrong(place: string, expected: string, value: unknown): FlambeauError {
  return damaged(place, `must be ${expected}, not ${nameOf(value)}`);
}

function asObject(value: unknown, place: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrong(place, 'an object', value);
  return value as Record<string, unknown>;
}

export const string: Decoder<string> = (value, place) => {
  if (typeof value !== 'string') throw wrong(place, 'a string', value);
  return value;
};

export const boolean: Decoder<boolean> = (value, place) => {
  if (typeof value !== 'boolean') throw wrong(place, 'true or false', value);
  return value;
};

/** A whole number: a bigint beyond what a number holds exactly. */
export const integer: Decoder<number | bigint> = (value, place) => {
  if (Number.isSafeInteger(value)) return value as number;
  if (typeof value === 'object' && value !== null && longInteger in value) {
    const number = BigInt((value as Record<string, string>)[longInteger]!);
    if (BigInt.asIntN(64, number) === number) return Number.isSafeInteger(Number(number)) ? Number(number) : number;
  }
  throw wrong(place, 'a whole number of 64 bits', value);
};

/** A whole number that sizes and codes are. */
export const small: Decoder<number> = (value, place) => {
  if (!Number.isSafeInteger(value)) throw wrong(place, 'a whole number', value);
  return value as number;
};

const special: Record<string, number> = { Infinity: Infinity, '-Infinity': -Infinity, NaN: NaN };

/** A number; Python writes those that JSON lacks as strings. */
export const float: Decoder<number> = (value, place) => {
  if (typeof value === 'number') return value;
  if (typeof value === 'string' && Object.hasOwn(special, value)) return special[value]!;
  if (typeof value === 'object' && value !== null && longInteger in value) return Number(integer(value, place));
  throw wrong(place, 'a number', value);
};

export function optional<T>(decoder: Decoder<T>): Decoder<T | null> {
  return (value, place) => (value === null || value === undefined ? null : decoder(value, place));
}

export function withDefault<T>(decoder: Decoder<T>, fallback: () => T): Decoder<T> {
  return (value, place) => (value === null || value === undefined ? fallback() : decoder(value, place));
}

export function list<T>(decoder: Decoder<T>): Decoder<T[]> {
  return (value, place) => {
    if (!Array.isArray(value)) throw wrong(place, 'an array', value);
    return value.map((element, i) => decoder(element, `${place}[${i}]`));
  };
}

export function dictionary<T>(decoder: Decoder<T>): Decoder<Map<string, T>> {
  return (value, place) =>
    new Map(Object.entries(asObject(value, place)).map(([key, item]) => [key, decoder(item, `${place}['${key}']`)]));
}

type Fields = Record<string, Decoder<unknown>>;

/** An object with these fields; others are of later minor versions, and passed over. */
export function record<F extends Fields>(fields: F): Decoder<{ [K in keyof F]: Decoded<F[K]> }> {
  const entries = Object.entries(fields);
  return (value, place) => {
    const object = asObject(value, place);
    const result: Record<string, unknown> = {};
    for (const [name, decoder] of entries) {
      result[name] = decoder(Object.hasOwn(object, name) ? object[name] : undefined, `${place}.${name}`);
    }
    return result as { [K in keyof F]: Decoded<F[K]> };
  };
}

/** One of several kinds, with its value. */
export type Union<F extends Fields> = { [K in keyof F]: { readonly kind: K; readonly value: Decoded<F[K]> } }[keyof F];

/** An object whose one field says what it holds. */
export function union<F extends Fields>(kinds: F): Decoder<Union<F>> {
  return (value, place) => {
    const keys = Object.entries(asObject(value, place)).filter(([, item]) => item !== null);
    const [kind, item] = keys[0] ?? [];
    if (keys.length !== 1 || kind === undefined) throw damaged(place, 'must hold one value');
    if (!Object.hasOwn(kinds, kind)) throw damaged(place, `is of the unknown kind '${kind}'`);
    return { kind, value: kinds[kind]!(item, `${place}.${kind}`) } as Union<F>;
  };
}

/** For what holds itself: resolved late, and no deeper than a real program is. */
export function recursive<T>(decoder: () => Decoder<T>): Decoder<T> {
  let depth = 0;
  return (value, place) => {
    if (++depth > deepest) {
      depth = 0;
      throw damaged('the program', 'is nested too deeply');
    }
    try {
      return decoder()(value, place);
    } finally {
      if (depth > 0) depth--;
    }
  };
}
