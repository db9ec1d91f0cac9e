import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'vitest';
import * as torch from '../../src/index.js';

/** A tensor as `scripts/record/nn_record.py` writes it. */
export interface Recorded {
  shape: number[];
  dtype: torch.Dtype;
  data: (number | string | boolean)[];
}

/** One module as `scripts/record/nn_record.py` describes it. */
export interface ModuleRecord {
  module: string;
  args: unknown[];
  options?: Record<string, unknown>;
  training: boolean;
  lazy?: boolean;
  seed?: number;
  text: string;
  state: Record<string, Recorded>;
  inputs: unknown[];
  output: unknown;
  after: Record<string, Recorded>;
  grads: Record<string, Recorded>;
}

const folder = 'test/nn/records';

/** Every record, by family. */
export const families = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .map((file) => ({
    family: file.replace('.json', ''),
    records: JSON.parse(readFileSync(`${folder}/${file}`, 'utf8')) as ModuleRecord[],
  }));

const special: Record<string, number> = { inf: Infinity, '-inf': -Infinity, nan: NaN };
const isRecorded = (value: unknown): value is Recorded =>
  typeof value === 'object' && value !== null && 'data' in value;

/** Recorded values as arguments: tensors made, anything else as it is. */
export function decode(value: unknown, device: torch.Device): unknown {
  if (Array.isArray(value)) return value.map((element) => decode(element, device));
  if (!isRecorded(value)) return typeof value === 'string' && value in special ? special[value] : value;
  const data = value.data.map((v) => (typeof v === 'string' ? special[v]! : v));
  return torch.tensor(data as number[], { dtype: value.dtype, device }).reshape(value.shape);
}

/** Fails unless a result is what was recorded, to the precision of its dtype. */
export function expectRecorded(actual: unknown, expected: unknown, name: string, scale = 1): void {
  if (Array.isArray(expected)) {
    const list = [...(actual as Iterable<unknown>)];
    expect(list.length, name).toBe(expected.length);
    expected.forEach((element, i) => expectRecorded(list[i], element, `${name}.${i}`, scale));
    return;
  }
  if (!isRecorded(expected)) {
    expect(actual, name).toEqual(expected);
    return;
  }
  expect(actual, name).toBeInstanceOf(torch.Tensor);
  const tensor = (actual as torch.Tensor).detach().cpu().toDense();
  expect([tensor.dtype, tensor.shape], name).toEqual([expected.dtype, expected.shape]);
  const [rtol, atol] = { float64: [1e-9, 1e-10], float32: [2e-5, 2e-6] }[expected.dtype as string] ?? [0, 0];
  const wanted = decode(expected, 'cpu') as torch.Tensor;
  const near = tensor.allclose(wanted, { rtol: rtol! * scale, atol: atol! * scale, equalNan: true });
  expect(near, `${name}: ${String(tensor)} where Python has ${String(wanted)}`).toBe(true);
}

/** The number whose gradients are recorded. */
export function scored(output: unknown): torch.Tensor | undefined {
  if (output instanceof torch.Tensor) {
    if (!output.isFloatingPoint() || !output.requiresGrad) return undefined;
    const weight = torch.arange(output.numel(), { device: output.device }).remainder(7).add(1).div(4);
    return output.mul(weight.reshape(output.shape).to(output.dtype)).sum();
  }
  if (typeof output !== 'object' || output === null || !(Symbol.iterator in output)) return undefined;
  const parts = [...(output as Iterable<unknown>)].map(scored).filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : parts.reduce((a, b) => a.add(b));
}
