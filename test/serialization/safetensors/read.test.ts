import { mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import * as torch from '../../../src/index.js';
import { describe as say } from '../describe.js';

const { loadFile, loadFileSync, safeOpen, saveFile, saveFileSync } = torch.safetensors;
const folder = mkdtempSync(path.join(tmpdir(), 'flambeau-'));
const file = path.join(folder, 'x.safetensors');

function write(header: string, bytes = 0, length = BigInt(Buffer.byteLength(header))): void {
  const size = Buffer.alloc(8);
  size.writeBigUInt64LE(length);
  writeFileSync(file, Buffer.concat([size, Buffer.from(header), Buffer.alloc(bytes)]));
}
const row = (start: number, end: number, shape = [end - start]): string =>
  JSON.stringify({ dtype: 'U8', shape, data_offsets: [start, end] });

describe('safetensors.loadFile', () => {
  test.each([
    ['a header over the limit', '{}', 0, 100_000_001n, /over the limit/],
    ['a header that is cut off', '{}', 0, 50n, /cut off/],
    ['a header that is no object', '[]', 0, undefined, /begin with/],
    ['a header that is no JSON', '{"a":', 0, undefined, /no JSON/],
    ['a name that stands twice', `{"a":${row(0, 1)},"\\u0061":${row(0, 1)}}`, 1, undefined, /'a' twice/],
    ['a hole', `{"a":${row(0, 1)},"b":${row(2, 3)}}`, 3, undefined, /begins at byte 2/],
    ['an overlap', `{"a":${row(0, 2)},"b":${row(1, 3)}}`, 3, undefined, /begins at byte 1/],
    ['data that is cut off', `{"a":${row(0, 4)}}`, 3, undefined, /3 bytes of data/],
    ['data that is left over', `{"a":${row(0, 4)}}`, 5, undefined, /5 bytes of data/],
    ['a shape that does not fit', `{"a":${row(0, 4, [5])}}`, 4, undefined, /needs 5 bytes/],
    ['a shape that is too large', `{"a":${row(0, 4, [2 ** 40, 2 ** 40])}}`, 4, undefined, /needs/],
    [
      'a header of more arrays than the heap can hold',
      `{"a":[${'[],'.repeat(4_000_000)}0]}`,
      0,
      undefined,
      /more than 4000000/,
    ],
    ['metadata that is no text', '{"__metadata__":{"a":1}}', 0, undefined, /__metadata__/],
  ] as const)('refuses %s', (_, header, bytes, length, message) => {
    write(header, bytes, length);
    expect(() => loadFileSync(file)).toThrow(expect.objectContaining({ code: 'INVALID_FILE' }));
    expect(() => loadFileSync(file)).toThrow(message);
  });

  test('reads what saveFile wrote, in every dtype of the format', async () => {
    const list = [
      'float32',
      'float64',
      'float16',
      'bfloat16',
      'int64',
      'uint16',
      'uint8',
      'bool',
      'complex64',
    ] as const;
    const tensors = Object.fromEntries(list.map((dtype) => [dtype, torch.tensor([[1, 0, 1]]).to(dtype)]));
    await saveFile(tensors, file, { format: 'pt' });
    const back = await loadFile(file);
    for (const dtype of list) {
      expect(back[dtype]!.dtype).toBe(dtype);
      expect(torch.equal(back[dtype]!, tensors[dtype]!)).toBe(true);
    }
    expect(readFileSync(file, 'latin1')).toContain('"__metadata__":{"format":"pt"}');
    expect(readdirSync(folder)).toEqual(['x.safetensors']);
  });

  test('every cut of a file is refused', () => {
    saveFileSync({ x: torch.ones(3) }, file);
    const whole = readFileSync(file);
    for (let i = 0; i < whole.length; i++) {
      writeFileSync(file, whole.subarray(0, i));
      expect(() => loadFileSync(file)).toThrow(expect.objectContaining({ code: 'INVALID_FILE' }));
    }
  });
});

describe('safetensors.loadFile of files that Python wrote', () => {
  const python = path.join(import.meta.dirname, 'python');
  const expected = JSON.parse(readFileSync(path.join(python, 'values.json'), 'utf8')) as Record<string, unknown>;
  const sorted = (value: unknown): unknown[] =>
    (value as { dict: [string, unknown][] }).dict.sort(([a], [b]) => (a < b ? -1 : 1));

  test.each([
    ['all.safetensors', 'all'],
    ['model.safetensors.index.json', 'model'],
  ])('%s gives what Python has, read and mapped', async (name, values) => {
    const file = path.join(python, name);
    const wanted = sorted(expected[values]);
    expect(sorted(say(await loadFile(file)))).toEqual(wanted);
    expect(sorted(say(await loadFile(file, { mmap: true })))).toEqual(wanted);
    expect(sorted(say(loadFileSync(file)))).toEqual(wanted);
    const opened = await safeOpen(file);
    expect(sorted(say(Object.fromEntries(opened.keys().map((key) => [key, opened.getTensor(key)]))))).toEqual(wanted);
    expect(opened.metadata()).toEqual({ format: 'pt' });
  });

  test('load takes the bytes', () => {
    const bytes = readFileSync(path.join(python, 'all.safetensors'));
    expect(sorted(say(torch.safetensors.load(bytes)))).toEqual(sorted(expected.all));
  });
});

describe('safetensors.loadFile of an index', () => {
  const index = path.join(folder, 'model.safetensors.index.json');
  const name = (map: unknown): void => writeFileSync(index, JSON.stringify({ weight_map: map }));

  test.each([
    '../x.safetensors',
    '/etc/passwd',
    'a/../../x.safetensors',
    'C:\\x.safetensors',
    '..\\x.safetensors',
    './x.safetensors',
    'x\0.safetensors',
    '',
  ])('refuses the file %j', async (shard) => {
    name({ x: shard });
    await expect(loadFile(index)).rejects.toMatchObject({ code: 'INVALID_FILE' });
    await expect(safeOpen(index)).rejects.toMatchObject({ code: 'INVALID_FILE' });
  });

  test('refuses one that names what is not there', async () => {
    saveFileSync({ x: torch.ones(3) }, file);
    name({ x: 'x.safetensors', y: 'x.safetensors' });
    await expect(loadFile(index)).rejects.toThrow(/'y' is in x.safetensors, and it is not/);
    expect(() => loadFileSync(index)).toThrow(expect.objectContaining({ code: 'INVALID_FILE' }));
    await expect(safeOpen(index)).rejects.toThrow(/'y' is in/);
  });

  test.each(['[]', '{', '{"weight_map": 3}', '{"weight_map": {"x": 3}}', '{"weight_map": {"x": "a", "x": "b"}}'])(
    'refuses %s',
    (text) => {
      writeFileSync(index, text);
      expect(() => loadFileSync(index)).toThrow(expect.objectContaining({ code: 'INVALID_FILE' }));
    },
  );
});

describe('safetensors.safeOpen', () => {
  test('refuses a name that is not there', async () => {
    saveFileSync({ x: torch.ones(3) }, file);
    const opened = await safeOpen(file);
    expect(() => opened.getTensor('y')).toThrow(expect.objectContaining({ code: 'INVALID_VALUE' }));
    expect(() => opened.getSlice('y')).toThrow(/no tensor 'y'/);
  });

  test('lends tensors and their parts over the mapped file, which keeps what it had', async () => {
    saveFileSync({ x: torch.arange(12).view(3, 4), y: torch.ones(1) }, file);
    const opened = await safeOpen(file);
    const slice = opened.getSlice('x');
    expect([slice.shape, slice.dtype]).toEqual([[3, 4], 'int64']);
    expect(slice.at(torch.slice(1), 0).tolist()).toEqual([4, 8]);
    const x = opened.getTensor('x');
    x.fill_(7);
    expect(x.sum().item()).toBe(84);
    expect(loadFileSync(file).x!.at(0).tolist()).toEqual([0, 1, 2, 3]);
  });

  test('reads a tensor that is not aligned for its elements', async () => {
    const header = '{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}';
    const size = Buffer.alloc(8);
    size.writeBigUInt64LE(BigInt(header.length + 1));
    const one = Buffer.from(new Float32Array([1.5]).buffer);
    writeFileSync(file, Buffer.concat([size, Buffer.from(`${header} `), one]));
    expect((header.length + 1) % 4).not.toBe(0);
    expect((await safeOpen(file)).getTensor('x').tolist()).toEqual([1.5]);
    expect((await loadFile(file, { mmap: true })).x!.tolist()).toEqual([1.5]);
  });
});
