import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import * as torch from '../../src/index.js';
import type { Dtype, Tensor } from '../../src/index.js';

/** A tensor as it is recorded: `scripts/record/distributions.py` writes the numbers that JSON lacks by name. */
export interface Recorded {
  dtype: Dtype;
  data: unknown;
}

export function records<T>(file: string): T[] {
  const { records } = JSON.parse(readFileSync(`test/distributions/${file}.json`, 'utf8')) as { records: T[] };
  expect(records.length).toBeGreaterThan(10);
  return records;
}

function numbers(data: unknown): unknown {
  if (Array.isArray(data)) return data.map(numbers);
  if (data === 'nan') return NaN;
  if (data === 'inf') return Infinity;
  return data === '-inf' ? -Infinity : data;
}

export function restored({ dtype, data }: Recorded): Tensor {
  return torch.tensor(numbers(data) as number[], { dtype });
}

/** Compares shape and values, NaN and infinities included. */
export function expectClose(actual: Tensor, recorded: Recorded, what: string, tolerance = 1e-9): void {
  const expected = restored(recorded);
  expect(actual.shape, what).toEqual(expected.shape);
  const same = torch.isclose(actual.detach().to('float64'), expected.to('float64'), {
    rtol: tolerance,
    atol: tolerance,
    equalNan: true,
  });
  if (!same.all().item<boolean>()) {
    throw new Error(`${what}: ${actual.detach().toString()} is not ${expected.toString()}`);
  }
}

/** What a recorded argument stands for: lists are tensors, objects the classes that they name. */
export function built(value: unknown, leaves: Tensor[]): unknown {
  if (Array.isArray(value)) {
    if (value.length > 0 && typeof value[0] === 'object' && !Array.isArray(value[0]))
      return value.map((element) => built(element, leaves));
    const leaf = torch.tensor(value as number[], { dtype: 'float64', requiresGrad: true });
    leaves.push(leaf);
    return leaf;
  }
  if (typeof value !== 'object' || value === null) return value;
  const [[name, args]] = Object.entries(value as Record<string, unknown[]>) as [[string, unknown[]]];
  if (name === 'size') return args;
  return make(
    name,
    args.map((arg) => built(arg, leaves)),
  );
}

type AnyClass = new (...args: unknown[]) => unknown;

export function make(name: string, args: unknown[]): unknown {
  return new (torch.distributions as unknown as Record<string, AnyClass>)[name]!(...args);
}
