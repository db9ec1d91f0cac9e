import { describe, expect, test } from 'vitest';
import * as torch from '../../../src/index.js';
import { dataText, readData } from '../../../src/serve/codec/json.js';
import { textOf } from './text.js';

// Large enough that several threads share it, with rows that the shares cut in two.
const shape = [7, 3, 61, 53];
const x = torch.randn(shape);
const read = async (text: string, sizes = shape): Promise<torch.Tensor> =>
  readData(Buffer.from(text), { start: 0, end: Buffer.byteLength(text) }, sizes, 'FP32');

describe('readData of a large array', () => {
  test('reads flat and nested ones, with spaces wherever they may be', async () => {
    for (const plain of [JSON.stringify(x.flatten().tolist()), JSON.stringify(x.tolist())]) {
      expect(torch.equal(await read(plain), x)).toBe(true);
      const wide = plain.replace(/[[\],]/g, (c, at: number) => `${' '.repeat(at % 3)}${c}${'\n\t'.repeat(at % 2)}`);
      expect(torch.equal(await read(wide), x)).toBe(true);
    }
  });

  test('reads the numbers of a column', async () => {
    const column = torch.arange(100_000, { dtype: 'float32' }).view(-1, 1);
    const text = JSON.stringify(column.tolist());
    expect(torch.equal(await read(text, [100_000, 1]), column)).toBe(true);
  });

  const text = JSON.stringify(x.tolist());
  const after = (from: number, what: string): number => text.indexOf(what, text.length * from);
  /** The text with something else in the place of what stands behind a part of it. */
  const broken = (from: number, what: string, by: string): string => {
    const at = after(from, what);
    return text.slice(0, at) + by + text.slice(at + what.length);
  };
  test.each([
    ['a word at the end', broken(0.97, ',', ',x'), /element \d{5} is 'x.*', no number/],
    ['a null in the middle', broken(0.5, ',', ',null,'), /element \d{5} is 'null', no number/],
    ['a number more', broken(0.6, ',', ',7,'), /more than the 53 elements that its shape says/],
    ['a comma for a row', broken(0.4, '],[', ','), /more than the 53 elements that its shape says/],
    ['a bracket more', broken(0.7, '],[', ']],['), /an array of level 2 has \d+ elements, not 61/],
    ['a bracket less', broken(0.3, ']],[[', '],[['), /an array of level 2 has more than 61 elements/],
    ['two in one', broken(0.2, ',', ''), /no number|53/],
    ['more behind', `${text} 1`, /there is more behind the array/],
    [
      'a number too large',
      broken(0.8, ',', ',1e39,').replace(/,1e39,[^,\]]*/, ',1e39'),
      /element \d{5}, 1e39, does not/,
    ],
  ])('refuses %s', async (_, wrong, message) => {
    await expect(read(wrong)).rejects.toThrow(expect.objectContaining({ code: 'INVALID_VALUE' }));
    await expect(read(wrong)).rejects.toThrow(message);
  });

  test('refuses one with less or more than its shape says', async () => {
    const flat = JSON.stringify(x.flatten().tolist());
    await expect(read(flat, [...shape.slice(1), 8])).rejects.toThrow('its shape says');
    await expect(read(flat, [6, 3, 61, 53])).rejects.toThrow('more than the 58194 elements');
  });
});

describe('dataText of a large tensor', () => {
  test('gives several texts that are one', async () => {
    expect(((await dataText(x)) as Buffer[]).length).toBeGreaterThan(1);
    for (const y of [x, x.transpose(0, 3), torch.arange(40_000), x.gt(0), x.double()]) {
      const from = async (options: object): Promise<torch.Tensor> =>
        torch.tensor(JSON.parse(await textOf(y, options)) as number[], { dtype: y.dtype });
      expect(torch.equal(await from({ nested: true }), y)).toBe(true);
      expect(torch.equal(await from({}), y.flatten())).toBe(true);
    }
  });

  test('many at once keep apart', async () => {
    const all = Array.from({ length: 12 }, (_, i) => x.add(i));
    const texts = await Promise.all(all.map((one) => textOf(one)));
    const back = await Promise.all(texts.map((one) => read(one)));
    expect(back.every((one, i) => torch.equal(one, all[i]!))).toBe(true);
  });
});
