import { describe, expect, test } from 'vitest';
import * as torch from '../../src/index.js';

describe('Tensor.apply_ and Tensor.map_', () => {
  test('refuse what is no function, no tensor, or not on the CPU', () => {
    const x = torch.ones(2);
    expect(() => x.apply_(3 as never)).toThrow(/apply_\(\): argument 'fn'/);
    expect(() => x.map_(3 as never, (a) => a)).toThrow(/map_\(\): argument 'other'/);
    expect(() => torch.ones(2, { device: 'meta' }).apply_((a) => a)).toThrow(/on the CPU, not on meta/);
  });

  test('write to views, and the other tensor is broadcast', () => {
    const x = torch.zeros(2, 2);
    x.at(1).apply_((value) => value + 3);
    expect(x.tolist()).toEqual([
      [0, 0],
      [3, 3],
    ]);
    x.map_(torch.tensor([1, 2]), (a, b) => a - b);
    expect(x.tolist()).toEqual([
      [-1, -2],
      [2, 1],
    ]);
  });
});

describe('autograd.graph.incrementVersion', () => {
  test('refuses what is no tensor, and makes a stale backward pass throw', () => {
    expect(() => torch.autograd.graph.incrementVersion([3] as never)).toThrow(/argument 'tensor'/);
    const x = torch.ones(2, { requiresGrad: true });
    const y = x.mul(2);
    const z = y.square().sum();
    torch.autograd.graph.incrementVersion(y);
    expect(() => z.backward()).toThrow(/modified by an inplace operation/);
  });
});

describe('setDeterministicDebugMode', () => {
  test('refuses other words, and sets what it says', () => {
    expect(() => torch.setDeterministicDebugMode('loud' as never)).toThrow(/argument 'mode'/);
    try {
      torch.setDeterministicDebugMode('error');
      expect(torch.getDeterministicDebugMode()).toBe(2);
      expect(torch.areDeterministicAlgorithmsEnabled()).toBe(true);
    } finally {
      torch.setDeterministicDebugMode('default');
    }
    expect(torch.getDeterministicDebugMode()).toBe(0);
  });
});
