import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import * as torch from '../../src/index.js';
import { collectSync } from '../../src/serialization/target.js';
import { zip } from '../../src/serialization/zip-writer.js';

const file = path.join(mkdtempSync(path.join(tmpdir(), 'flambeau-')), 'state.pt');

describe('save and load', () => {
  test.each(['float32', 'float64', 'float16', 'bfloat16', 'int64', 'int32', 'uint8', 'bool', 'complex64'] as const)(
    'keep %s',
    async (dtype) => {
      const x = torch
        .tensor(
          [
            [1, 0],
            [1, 1],
          ],
          { dtype: 'float32' },
        )
        .to(dtype);
      await torch.save({ x, nested: { list: [1, 2.5, 'text', true, null] } }, file);
      const back = await torch.load<{ x: torch.Tensor; nested: unknown }>(file);
      expect(back.x.dtype).toBe(dtype);
      expect(torch.equal(back.x, x)).toBe(true);
      expect(JSON.stringify(back.nested)).toBe('{"list":[1,2.5,"text",true,null]}');
    },
  );

  test.each([true, false])(
    'tensors that Python saved over one storage share their memory, mapped: %s',
    async (mmap) => {
      const views = path.join(import.meta.dirname, 'python', 'views.pt');
      const { base, row, transposed } = await torch.load(views, { mmap });
      base!.fill_(7);
      expect(row!.tolist()).toEqual([7, 7, 7, 7]);
      expect(transposed!.sum().item()).toBe(84);
    },
  );

  test('parameters that Python saved tied are one tensor', async () => {
    const { one, two } = await torch.load(path.join(import.meta.dirname, 'python', 'parameters.pt'));
    expect(one).toBe(two);
    expect(one!.requiresGrad).toBe(true);
  });

  const pickled = (...codes: (string | number)[]): void => {
    const bytes = codes.map((code) => (typeof code === 'string' ? Buffer.from(code, 'latin1') : Buffer.from([code])));
    writeFileSync(file, collectSync(zip([{ name: 'archive/data.pkl', data: Buffer.concat(bytes) }])));
  };

  test('a list that contains itself is refused', () => {
    pickled(']q', 0, 'h', 0, 'a.');
    expect(() => torch.loadSync(file)).toThrow(expect.objectContaining({ code: 'INVALID_FILE' }));
  });

  test('values that are nested without end are refused', () => {
    pickled(']'.repeat(100_000), 'a'.repeat(99_999), '.');
    expect(() => torch.loadSync(file)).toThrow(expect.objectContaining({ code: 'INVALID_FILE' }));
  });

  test('a list of lists that are referred to again and again is not copied for each', () => {
    const levels = Array.from({ length: 60 }, (_, i) => ['](h', i, 'h', i, 'eq', i + 1]).flat();
    pickled(']q', 0, ...levels, '.');
    const [first, second] = torch.loadSync<unknown[]>(file);
    expect(first).toBeInstanceOf(Array);
    expect(first === second).toBe(true);
  });

  test('damaged files are refused, whatever is damaged', () => {
    torch.saveSync({ x: torch.ones(8) }, file);
    const whole = readFileSync(file);
    for (let i = 0; i < whole.length; i += 7) {
      const bytes = Buffer.from(whole);
      bytes[i]! ^= 0x55;
      writeFileSync(file, bytes);
      try {
        torch.loadSync(file);
      } catch (error) {
        expect(error).toBeInstanceOf(Error);
      }
      writeFileSync(file, whole.subarray(0, i));
      expect(() => torch.loadSync(file)).toThrow();
    }
  });
});
