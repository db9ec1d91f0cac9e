import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { open, readFile, rename, rm } from 'node:fs/promises';
import { dtypes, type Dtype } from '../dtype.js';
import { FlambeauError, wrongArgument } from '../errors.js';
import { fromTypedArray, Tensor } from '../tensor.js';

const names: Partial<Record<Dtype, string>> = {
  bool: 'BOOL',
  uint8: 'U8',
  int8: 'I8',
  float8_e5m2: 'F8_E5M2',
  float8_e4m3fn: 'F8_E4M3',
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
const dtypeOf = new Map(Object.entries(names).map(([dtype, name]) => [name, dtype as Dtype]));
// The format's own limit.
const maxHeader = 100_000_000;

interface Entry {
  name: string;
  dtype: Dtype;
  shape: number[];
  start: number;
  end: number;
}

function bad(reason: string): FlambeauError {
  return new FlambeauError('INVALID_FILE', `loadFile(): the file is not valid safetensors: ${reason}`);
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

/** Refuses a name that stands twice in an object: JSON.parse keeps the last in silence. */
function refuseDuplicates(text: string): void {
  const open: Set<string>[] = [];
  for (const { 0: token, index } of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}]/g)) {
    if (token === '{') open.push(new Set());
    else if (token === '}') open.pop();
    else if (/^\s*:/.test(text.slice(index + token.length, index + token.length + 16))) {
      const key = JSON.parse(token) as string;
      const seen = open[open.length - 1];
      if (seen?.has(key)) throw bad(`its header names '${key}' twice`);
      seen?.add(key);
    }
  }
}

function parseEntry(name: string, value: unknown): Entry {
  const row = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
  const dtype = dtypeOf.get(row.dtype as string);
  if (!dtype) throw bad(`tensor '${name}' has dtype ${JSON.stringify(row.dtype)}, which is not supported`);
  const { shape, data_offsets: offsets } = row;
  if (!Array.isArray(shape) || !shape.every(isCount)) throw bad(`tensor '${name}' has a wrong shape`);
  if (!Array.isArray(offsets) || offsets.length !== 2 || !offsets.every(isCount))
    throw bad(`tensor '${name}' has wrong offsets`);
  const [start, end] = offsets as [number, number];
  const bytes = shape.reduce((product: number, size: number) => product * size, dtypes[dtype].size);
  if (end - start !== bytes) throw bad(`tensor '${name}' needs ${bytes} bytes, and its offsets span ${end - start}`);
  return { name, dtype, shape, start, end };
}

function parse(file: Buffer): { entries: Entry[]; data: Buffer } {
  if (file.length < 8) throw bad('it is shorter than 8 bytes');
  const length = file.readBigUInt64LE();
  if (length > maxHeader) throw bad(`its header of ${length} bytes is over the limit of ${maxHeader}`);
  const begin = 8 + Number(length);
  if (begin > file.length) throw bad('its header is cut off');
  let header: unknown;
  const text = file.toString('utf8', 8, begin);
  try {
    if (text.startsWith('{')) header = JSON.parse(text);
  } catch (error) {
    throw bad(`its header is no JSON: ${(error as Error).message}`);
  }
  if (header === undefined) throw bad('its header does not begin with {');
  refuseDuplicates(text);
  const { __metadata__: metadata = {}, ...rows } = header as Record<string, unknown>;
  const texts = typeof metadata === 'object' && metadata !== null && !Array.isArray(metadata);
  if (!texts || !Object.values(metadata).every((value) => typeof value === 'string'))
    throw bad('its __metadata__ is no map of texts');
  const entries = Object.entries(rows).map(([name, row]) => parseEntry(name, row));
  // Without holes and overlaps, so every byte belongs to one tensor.
  entries.sort((a, b) => a.start - b.start || a.end - b.end);
  let at = 0;
  for (const { name, start, end } of entries) {
    if (start !== at) throw bad(`tensor '${name}' begins at byte ${start} instead of ${at}`);
    at = end;
  }
  if (begin + at !== file.length) throw bad(`it holds ${file.length - begin} bytes of data instead of ${at}`);
  return { entries, data: file.subarray(begin) };
}

function build(file: Buffer): Record<string, Tensor> {
  const { entries, data } = parse(file);
  const result = Object.create(null) as Record<string, Tensor>;
  // A copy of its own, aligned for every element type.
  for (const { name, dtype, shape, start, end } of entries)
    result[name] = fromTypedArray(new Uint8Array(data.subarray(start, end)), shape, dtype);
  return result;
}

function serialize(tensors: Readonly<Record<string, Tensor>>, metadata?: Readonly<Record<string, string>>): Buffer[] {
  const header: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  if (metadata) header.__metadata__ = metadata;
  const parts: Buffer[] = [];
  let at = 0;
  // Wide elements first, as the Rust writer does, so that each tensor is aligned.
  const rows = Object.entries(tensors).map(([name, tensor]) => {
    if (!(tensor instanceof Tensor)) throw wrongArgument('saveFile', `tensors.${name}`, 'Tensor', tensor);
    if (name === '__metadata__')
      throw new FlambeauError('INVALID_VALUE', "saveFile(): no tensor may be named '__metadata__'");
    if (!names[tensor.dtype])
      throw new FlambeauError('INVALID_VALUE', `saveFile(): safetensors has no dtype ${tensor.dtype} ('${name}')`);
    return { name, tensor, size: dtypes[tensor.dtype].size };
  });
  rows.sort((a, b) => b.size - a.size);
  for (const { name, tensor } of rows) {
    const view = tensor.detach().contiguous().toTypedArray();
    parts.push(Buffer.from(view.buffer, view.byteOffset, view.byteLength));
    header[name] = {
      dtype: names[tensor.dtype],
      shape: tensor.shape,
      data_offsets: [at, (at += view.byteLength)],
    };
  }
  const json = Buffer.from(JSON.stringify(header));
  const padded = Buffer.alloc(Math.ceil(json.length / 8) * 8, ' ');
  json.copy(padded);
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(padded.length));
  return [length, padded, ...parts];
}

const temporaryName = (path: string): string => `${path}.${process.pid}.${randomBytes(4).toString('hex')}.part`;

/**
 * Reads all tensors of a safetensors file. Every rule of the format is checked before a tensor is made.
 *
 * @returns the tensors by name, in an object without a prototype
 * @throws when the file breaks a rule of the format
 * @see https://huggingface.co/docs/safetensors/api/torch
 * @example
 * await torch.safetensors.saveFile({ x: torch.ones(2) }, '/tmp/flambeau-example.safetensors')
 * const state = await torch.safetensors.loadFile('/tmp/flambeau-example.safetensors')
 * state.x // tensor([1., 1.])
 */
export async function loadFile(path: string): Promise<Record<string, Tensor>> {
  return build(await readFile(path));
}

/**
 * {@link loadFile}, blocking.
 *
 * @example
 * torch.safetensors.saveFileSync({ x: torch.ones(2) }, '/tmp/flambeau-example-2.safetensors')
 * torch.safetensors.loadFileSync('/tmp/flambeau-example-2.safetensors').x // tensor([1., 1.])
 */
export function loadFileSync(path: string): Record<string, Tensor> {
  return build(readFileSync(path));
}

/**
 * Writes tensors as a safetensors file, which appears whole or not at all. Views are written as tensors of their own.
 *
 * @param metadata - texts to be kept in the file's header
 * @throws when a tensor has a dtype that the format lacks
 * @see https://huggingface.co/docs/safetensors/api/torch
 * @example
 * await torch.safetensors.saveFile({ x: torch.ones(2) }, '/tmp/flambeau-example-3.safetensors', { format: 'pt' })
 */
export async function saveFile(
  tensors: Readonly<Record<string, Tensor>>,
  path: string,
  metadata?: Readonly<Record<string, string>>,
): Promise<void> {
  const parts = serialize(tensors, metadata);
  const temporary = temporaryName(path);
  try {
    const file = await open(temporary, 'wx');
    try {
      for (const part of parts) await file.writeFile(part);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/**
 * {@link saveFile}, blocking.
 *
 * @example
 * torch.safetensors.saveFileSync({ x: torch.ones(2) }, '/tmp/flambeau-example-4.safetensors')
 */
export function saveFileSync(
  tensors: Readonly<Record<string, Tensor>>,
  path: string,
  metadata?: Readonly<Record<string, string>>,
): void {
  const parts = serialize(tensors, metadata);
  const temporary = temporaryName(path);
  try {
    const file = openSync(temporary, 'wx');
    try {
      for (const part of parts) for (let at = 0; at < part.length;) at += writeSync(file, part, at);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}
