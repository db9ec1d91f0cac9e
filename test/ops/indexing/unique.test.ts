import { describe, expect, expectTypeOf, test } from 'vitest';
import * as torch from '../../../src/index.js';

const x = torch.tensor([3, 1, 3, 3, 2]);
const matrix = torch.tensor([
  [2, 1],
  [0, 1],
  [2, 1],
]);

describe('unique', () => {
  test('refuses what it does not know', () => {
    expect(() => torch.unique(x, { returnIndex: true } as never)).toThrow(/unique\(\): argument 'returnIndex'/);
    expect(() => torch.unique(x, { returnCounts: 1 } as never)).toThrow("argument 'returnCounts' must be boolean");
    expect(() => torch.unique(5 as never)).toThrow(/Tensor/);
    expect(() => torch.unique(matrix, { dim: 7 })).toThrow(/Dimension out of range/);
  });

  test('gives the elements alone', () => {
    const values = torch.unique(x);
    expectTypeOf(values).toEqualTypeOf<torch.Tensor>();
    expect(values.tolist()).toEqual([1, 2, 3]);
    expect(torch.unique(matrix).tolist()).toEqual([0, 1, 2]);
  });

  test('gives a tuple where more is asked for, in the order of PyTorch', () => {
    const two = torch.unique(x, { returnInverse: true });
    expectTypeOf(two).toEqualTypeOf<[torch.Tensor, torch.Tensor]>();
    expect(two.map((t) => t.tolist())).toEqual([
      [1, 2, 3],
      [2, 0, 2, 2, 1],
    ]);
    const counted = torch.unique(x, { returnCounts: true });
    expect(counted.map((t) => t.tolist())).toEqual([
      [1, 2, 3],
      [1, 1, 3],
    ]);
    const three = torch.unique(x, { returnInverse: true, returnCounts: true });
    expectTypeOf(three).toEqualTypeOf<[torch.Tensor, torch.Tensor, torch.Tensor]>();
    expect(three.map((t) => t.tolist())).toEqual([
      [1, 2, 3],
      [2, 0, 2, 2, 1],
      [1, 1, 3],
    ]);
  });

  test('compares slices along a dimension', () => {
    const [slices, inverse, counts] = torch.unique(matrix, { dim: 0, returnInverse: true, returnCounts: true });
    expect(slices.tolist()).toEqual([
      [0, 1],
      [2, 1],
    ]);
    expect([inverse.tolist(), counts.tolist()]).toEqual([
      [1, 0, 1],
      [1, 2],
    ]);
    expect(matrix.unique({ dim: 1 }).shape).toEqual([3, 2]);
  });

  test('is a method, with the same results', () => {
    const [values, counts] = x.unique({ sorted: true, returnCounts: true });
    expect([values.tolist(), counts.tolist()]).toEqual([
      [1, 2, 3],
      [1, 1, 3],
    ]);
  });
});

describe('uniqueConsecutive', () => {
  test('drops what equals its neighbour, and counts where asked', () => {
    const values = torch.uniqueConsecutive(x);
    expectTypeOf(values).toEqualTypeOf<torch.Tensor>();
    expect(values.tolist()).toEqual([3, 1, 3, 2]);
    expect(x.uniqueConsecutive({ returnCounts: true }).map((t) => t.tolist())).toEqual([
      [3, 1, 3, 2],
      [1, 1, 2, 1],
    ]);
    const [, inverse, counts] = x.uniqueConsecutive({ returnInverse: true, returnCounts: true });
    expect([inverse.tolist(), counts.tolist()]).toEqual([
      [0, 1, 2, 2, 3],
      [1, 1, 2, 1],
    ]);
    expect(torch.uniqueConsecutive(torch.tensor([[1], [1], [2]]), { dim: 0 }).tolist()).toEqual([[1], [2]]);
  });
});
