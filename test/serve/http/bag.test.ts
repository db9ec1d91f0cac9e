import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Bag } from '../../../src/serve/http/bag.js';

test('a bag holds what a set holds, whatever comes and goes', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(20)), (steps) => {
      const items = Array.from({ length: 21 }, (_, id) => ({ id, slot: -1 }));
      const bag = new Bag<(typeof items)[0]>();
      const set = new Set<(typeof items)[0]>();
      for (const item of steps.map((i) => items[i]!)) {
        if (set.has(item)) expect([bag.delete(item), set.delete(item)]).toEqual([true, true]);
        else {
          expect(bag.delete(item)).toBe(false);
          bag.add(item);
          set.add(item);
        }
        expect(bag.size).toBe(set.size);
        expect(new Set(bag)).toEqual(set);
      }
    }),
  );
});

test('walking a bag meets all that was there at its start', () => {
  const bag = new Bag<{ slot: number }>();
  const items = [{ slot: -1 }, { slot: -1 }, { slot: -1 }];
  items.forEach((item) => bag.add(item));
  const met: unknown[] = [];
  for (const item of bag) {
    met.push(item);
    bag.delete(item);
  }
  expect([met.length, bag.size]).toEqual([3, 0]);
});
