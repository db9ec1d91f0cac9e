import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import * as torch from '../../../src/index.js';

const { loadNpy, loadNpySync, saveNpy, saveNpySync } = torch.numpy;
const python = path.join(import.meta.dirname, 'python');
const file = path.join(mkdtempSync(path.join(tmpdir(), 'flambeau-')), 'x.npy');

interface Recorded {
  dtype: string;
  shape: number[];
  stride: number[];
  values: unknown;
}
const { values, refused } = JSON.parse(readFileSync(path.join(python, 'values.json'), 'utf8')) as {
  values: Record<string, Recorded>;
  refused: string[];
};

function say(x: torch.Tensor): Recorded {
  const plain = x.dtype.startsWith('complex') ? torch.viewAsReal(x) : x;
  return { dtype: x.dtype, shape: x.shape, stride: x.stride(), values: plain.tolist() };
}
// Where there is one element, or none, in a dimension, its stride means nothing.
const wanted = ({ stride, ...rest }: Recorded): unknown => (rest.shape.includes(0) ? rest : { ...rest, stride });

describe('loadNpy', () => {
  test.each(refused)('refuses what NumPy wrote as %s, and says what it is', (name) => {
    const file = path.join(python, `${name}.npy`);
    expect(() => loadNpySync(file)).toThrow(expect.objectContaining({ code: 'INVALID_FILE' }));
    expect(() => loadNpySync(file)).toThrow(/elements (are|have)/);
  });

  const header = (text: string, data = 4): Buffer => {
    const start = Buffer.from([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, text.length & 255, text.length >> 8]);
    return Buffer.concat([start, Buffer.from(text), Buffer.alloc(data)]);
  };
  const dict = (descr: string, order: string, shape: string): string =>
    `{'descr': ${descr}, 'fortran_order': ${order}, 'shape': ${shape}, }\n`;

  test.each([
    ['nothing', Buffer.alloc(0)],
    ['another file', Buffer.alloc(100)],
    ['a header that is cut off', header(dict("'<f4'", 'False', '(1,)')).subarray(0, 30)],
    ['a header that calls', header(dict("__import__('os')", 'False', '(1,)'))],
    ['a header that goes on', header(`${dict("'<f4'", 'False', '(1,)')}x`)],
    ['a header that nests without end', header('('.repeat(60_000))],
    ['a missing key', header("{'descr': '<f4', 'shape': (1,)}")],
    ['a key too many', header("{'descr': '<f4', 'shape': (1,), 'fortran_order': False, 'x': 1}")],
    ['a negative size', header(dict("'<f4'", 'False', '(-1,)'))],
    ['sizes that are too large', header(dict("'<f4'", 'False', '(4294967296, 4294967296, 4294967296)'))],
    ['elements that are cut off', header(dict("'<f4'", 'False', '(2,)'))],
    ['elements that are left over', header(dict("'<f4'", 'False', '()'), 5)],
    ['an order that is no boolean', header(dict("'<f4'", '0', '(1,)'))],
    ['a version that is not known', Buffer.from([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 9, 0, 0, 0, 0, 0])],
  ])('refuses %s', (_, bytes) => {
    expect(() => loadNpySync(bytes)).toThrow(expect.objectContaining({ code: 'INVALID_FILE' }));
  });

  test('refuses options that it does not know', () => {
    expect(() => loadNpySync(saveNpySync(torch.ones(1)), { mmap_mode: 'r' } as object)).toThrow(/unknown option/);
    expect(() => loadNpySync(saveNpySync(torch.ones(1)), { mmap: true })).toThrow(/needs a path/);
  });

  test.each(Object.keys(values))('reads what NumPy wrote as %s', async (name) => {
    const file = path.join(python, `${name}.npy`);
    expect(say(await loadNpy(file))).toMatchObject(wanted(values[name]!) as object);
    expect(say(loadNpySync(file, { mmap: true }))).toMatchObject(wanted(values[name]!) as object);
    expect(say(loadNpySync(readFileSync(file)))).toMatchObject(wanted(values[name]!) as object);
  });
});

describe('saveNpy', () => {
  test.each(['bfloat16', 'float8_e5m2', 'complex32'] as const)('refuses %s, which NumPy lacks', (dtype) => {
    expect(() => saveNpySync(torch.ones(2).to(dtype))).toThrow(/NumPy has no dtype/);
  });

  test('refuses what is no dense tensor', async () => {
    expect(() => saveNpySync(torch.eye(2).toSparse())).toThrow(/not dense/);
    await expect(saveNpy(3 as unknown as torch.Tensor, file)).rejects.toThrow(/must be Tensor/);
  });

  test('writes what NumPy writes, to the byte', () => {
    for (const name of ['b1', 'i8', 'u2', 'f4', 'c16', 'scalar', 'empty', 'vector'])
      expect(saveNpySync(loadNpySync(path.join(python, `${name}.npy`)))).toEqual(
        readFileSync(path.join(python, `${name}.npy`)),
      );
  });

  test('writes the elements of a view in order', async () => {
    await saveNpy(torch.arange(6).view(2, 3).t(), file);
    expect((await loadNpy(file)).tolist()).toEqual([
      [0, 3],
      [1, 4],
      [2, 5],
    ]);
    writeFileSync(file, saveNpySync(torch.ones(2)));
    expect(loadNpySync(new URL(`file://${file}`)).tolist()).toEqual([1, 1]);
  });
});
