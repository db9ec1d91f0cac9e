import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as torch from '../../../src/index.js';
import { nestedText, shapeOf } from '../../../src/serve/routes/nested.js';

describe('nestedText', () => {
  test('refuses more rows than it nests well', async () => {
    await expect(nestedText(torch.zeros(20_000, 1))).rejects.toThrow('20000 rows');
  });

  test.each([[[]], [[0]], [[3]], [[2, 3]], [[0, 2]], [[2, 0]], [[2, 1, 2]]])(
    'writes shape %j as tolist() has it',
    async (shape) => {
      const x = torch.ones(shape).cumsum(-1);
      expect(JSON.parse((await nestedText(x)).toString())).toEqual(x.tolist());
    },
  );
});

describe('shapeOf', () => {
  test('finds the shape of any regular array, whatever spaces it has', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 }),
        fc.boolean(),
        (shape, wide) => {
          const text = Buffer.from(`  ${JSON.stringify(torch.zeros(shape).tolist(), null, wide ? 1 : 0)}  ]`);
          expect(shapeOf(text, { start: 2, end: text.length - 3 })).toEqual(shape);
        },
      ),
    );
    expect(shapeOf(Buffer.from('[ ]'), { start: 0, end: 3 })).toEqual([0]);
  });
});
