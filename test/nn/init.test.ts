import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import * as torch from '../../src/index.js';
import { expectRecorded, type Recorded } from './records.js';

const { init } = torch.nn;
const { gains, rows } = JSON.parse(readFileSync('test/nn/init.json', 'utf8')) as {
  gains: Record<string, number>;
  rows: { name: string; args?: unknown[]; value: Recorded }[];
};

describe('nn.init', () => {
  test('shapes and values that do not fit are refused', () => {
    expect(() => init.eye_(torch.empty(2))).toThrow(/eye_\(\): argument 'tensor' must have 2 dimensions, not 1/);
    expect(() => init.dirac_(torch.empty(2, 2))).toThrow(/must have 3 to 5 dimensions/);
    expect(() => init.dirac_(torch.empty(3, 2, 2), 2)).toThrow(/'groups' must be number that divides 3/);
    expect(() => init.orthogonal_(torch.empty(2))).toThrow(/must have 2 or more dimensions/);
    expect(() => init.sparse_(torch.empty(2, 2), 2)).toThrow(/'sparsity' must be number from 0 to 1/);
    expect(() => init.truncNormal_(torch.empty(2), { a: 2, b: 1 })).toThrow(/'a' must be number below b/);
    expect(() => init.calculateGain('swish' as never)).toThrow(/unknown nonlinearity 'swish'/);
  });

  test('gains are those of Python', () => {
    for (const [name, gain] of Object.entries(gains)) expect(init.calculateGain(name as never)).toBeCloseTo(gain, 14);
  });

  test.each(rows.map((row, i) => [`${row.name} (${i})`, row] as const))('%s draws what Python draws', (_, row) => {
    const fill = (init as unknown as Record<string, (...args: unknown[]) => torch.Tensor>)[row.name]!;
    torch.manualSeed(0);
    const tensor = torch.empty(row.value.shape, { dtype: row.value.dtype, requiresGrad: true });
    expect(fill(tensor, ...(row.args ?? []))).toBe(tensor);
    expectRecorded(tensor, row.value, row.name);
    expect(tensor.isLeaf).toBe(true);
  });

  test('each function that fills has a record', () => {
    const names = Object.keys(init).filter((name) => name.endsWith('_'));
    expect(names.filter((name) => !rows.some((row) => row.name === name))).toEqual([]);
  });
});
