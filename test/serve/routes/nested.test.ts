import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as torch from '../../../src/index.js';
import { shapeOf } from '../../../src/serve/routes/nested.js';

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
