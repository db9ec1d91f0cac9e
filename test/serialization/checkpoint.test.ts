import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import * as torch from '../../src/index.js';

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
});
