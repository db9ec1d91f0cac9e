import { dtypes, type Dtype } from '../../dtype.js';
import { FlambeauError } from '../../errors.js';
import { bytesAt, invalidFile, type Reading, type Source } from '../source.js';

/** The dtypes of the format, by ours. */
export const formatNames: Partial<Record<Dtype, string>> = {
  bool: 'BOOL',
  uint8: 'U8',
  int8: 'I8',
  float8_e5m2: 'F8_E5M2',
  float8_e4m3fn: 'F8_E4M3',
  float8_e5m2fnuz: 'F8_E5M2FNUZ',
  float8_e4m3fnuz: 'F8_E4M3FNUZ',
  float8_e8m0fnu: 'F8_E8M0',
  int16: 'I16',
  uint16: 'U16',
  float16: 'F16',
  bfloat16: 'BF16',
  int32: 'I32',
  uint32: 'U32',
  float32: 'F32',
  int64: 'I64',
  uint64: 'U64',
  float64: 'F64',
  complex64: 'C64',
};
const dtypeOf = new Map(Object.entries(formatNames).map(([dtype, name]) => [name, dtype as Dtype]));
// The format's own limit.
const maxHeader = 100_000_000;
const mostContainers = 4_000_000;

/** A tensor of a file: where its bytes lie, counted from the beginning of the file. */
export interface Entry {
  name: string;
  dtype: Dtype;
  shape: number[];
  start: number;
  end: number;
}

/** What a file says of itself. */
export interface Header {
  entries: Map<string, Entry>;
  metadata: Record<string, string>;
}

/** An error of such a file. */
export function badSafetensors(reason: string, cause?: unknown): FlambeauError {
  return invalidFile(`the file is not valid safetensors: ${reason}`, cause);
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

/** Parses JSON, and refuses a name that stands twice in an object: JSON.parse keeps the last in silence. */
export function parseJson(text: string, what: string): Record<string, unknown> {
  let value: unknown;
  let containers = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x5b || code === 0x7b) containers++;
  }
  // Each takes many times its two characters: they would fill the engine's heap, and end the process.
  if (containers > mostContainers) throw badSafetensors(`${what} has more than ${mostContainers} objects and arrays`);
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw badSafetensors(`${what} is no JSON: ${(error as Error).message}`, error);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw badSafetensors(`${what} is no object`);
  const open: Set<string>[] = [];
  for (const { 0: token, index } of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}]/g)) {
    if (token === '{') open.push(new Set());
    else if (token === '}') open.pop();
    else if (/^\s*:/.test(text.slice(index + token.length, index + token.length + 16))) {
      const key = JSON.parse(token) as string;
      const seen = open[open.length - 1];
      if (seen?.has(key)) throw badSafetensors(`${what} names '${key}' twice`);
      seen?.add(key);
    }
  }
  return value as Record<string, unknown>;
}

function parseEntry(name: string, value: unknown, begin: number): Entry {
  const row = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
  const dtype = dtypeOf.get(row.dtype as string);
  if (!dtype) throw badSafetensors(`tensor '${name}' has dtype ${JSON.stringify(row.dtype)}, which is not supported`);
  const { shape, data_offsets: offsets } = row;
  if (!Array.isArray(shape) || shape.length > 64 || !shape.every(isCount))
    throw badSafetensors(`tensor '${name}' has a wrong shape`);
  if (!Array.isArray(offsets) || offsets.length !== 2 || !offsets.every(isCount))
    throw badSafetensors(`tensor '${name}' has wrong offsets`);
  const [start, end] = offsets as [number, number];
  const bytes = shape.reduce((product: number, size: number) => product * size, dtypes[dtype].size);
  if (end - start !== bytes)
    throw badSafetensors(`tensor '${name}' needs ${bytes} bytes, and its offsets span ${end - start}`);
  return { name, dtype, shape, start: begin + start, end: begin + end };
}

/** Reads a file's header, and checks every rule of the format before a tensor is made. */
export function* readHeader(source: Source): Reading<Header> {
  if (source.size < 8) throw badSafetensors('it is shorter than 8 bytes');
  const length = (yield* bytesAt(source, 0, 8, 'its header')).readBigUInt64LE();
  if (length > maxHeader) throw badSafetensors(`its header of ${length} bytes is over the limit of ${maxHeader}`);
  const begin = 8 + Number(length);
  if (begin > source.size) throw badSafetensors('its header is cut off');
  const bytes = yield* bytesAt(source, 8, begin - 8, 'its header');
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    throw badSafetensors('its header is no UTF-8', error);
  }
  if (!text.startsWith('{')) throw badSafetensors('its header does not begin with {');
  const { __metadata__: metadata = {}, ...rows } = parseJson(text, 'its header');
  const isMap = typeof metadata === 'object' && metadata !== null && !Array.isArray(metadata);
  if (!isMap || !Object.values(metadata).every((value) => typeof value === 'string'))
    throw badSafetensors('its __metadata__ is no map of texts');
  const entries = Object.entries(rows).map(([name, row]) => parseEntry(name, row, begin));
  // Without holes and overlaps, so every byte belongs to one tensor.
  const sorted = [...entries].sort((a, b) => a.start - b.start || a.end - b.end);
  let at = begin;
  for (const { name, start, end } of sorted) {
    if (start !== at) throw badSafetensors(`tensor '${name}' begins at byte ${start - begin} instead of ${at - begin}`);
    at = end;
  }
  if (at !== source.size)
    throw badSafetensors(`it holds ${source.size - begin} bytes of data instead of ${at - begin}`);
  return {
    entries: new Map(entries.map((entry) => [entry.name, entry])),
    metadata: Object.assign(Object.create(null) as Record<string, string>, metadata),
  };
}
