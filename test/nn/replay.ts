import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import * as torch from '../../src/index.js';
import type { TestDevice } from '../devices.js';

type Named = Record<string, unknown>;
export interface Stored {
  shape: number[];
  dtype: torch.Dtype;
  data: (number | boolean | string)[];
}

/** A module that Python made and called: see scripts/record/nn_replay.py. */
export interface ModuleRecord {
  module: string;
  args: unknown[];
  options: Named;
  training: boolean;
  text: string;
  state: Record<string, Stored>;
  inputs: unknown[];
  output: unknown;
  grads?: Record<string, Stored>;
  /** `random`: it depends on a CPU's random numbers. `same`: the first three inputs are one tensor. */
  note?: 'random' | 'same';
}

export function readRecords(family: string): ModuleRecord[] {
  return JSON.parse(readFileSync(`test/nn/replays/${family}.json`, 'utf8')) as ModuleRecord[];
}

export function titleOf({ module, options, inputs }: ModuleRecord): string {
  const shapes = JSON.stringify(inputs, (_, value: unknown) => (isStored(value) ? value.shape : value));
  const { dtype: _, ...rest } = options;
  return `${module} ${JSON.stringify(rest)} of ${shapes}`;
}

function isStored(value: unknown): value is Stored {
  return typeof value === 'object' && value !== null && 'shape' in value && 'dtype' in value && 'data' in value;
}

export function tensorOf({ shape, dtype, data }: Stored, device: TestDevice): torch.Tensor {
  const values = dtype === 'bool' ? (data as boolean[]) : data.map(Number);
  return torch.tensor(values, { dtype }).view(shape).to(device);
}

type Leaves = Map<string, torch.Tensor>;

/** A recorded value: tensors at every depth, packed sequences, modules. Floating tensors become leaves. */
export function decode(value: unknown, device: TestDevice, leaves?: Leaves, path = ''): unknown {
  if (isStored(value)) {
    const tensor = tensorOf(value, device);
    if (leaves && tensor.isFloatingPoint()) leaves.set(path, tensor);
    return tensor;
  }
  if (Array.isArray(value)) return value.map((part, i) => decode(part, device, leaves, `${path}.${i}`));
  if (typeof value !== 'object' || value === null) return value;
  if ('packed' in value) {
    const parts = decode(value.packed, 'cpu') as torch.Tensor[];
    const packed = new torch.nn.utils.rnn.PackedSequence(parts[0]!, parts[1]!, parts[2], parts[3]).to(device);
    leaves?.set(`${path}.0`, packed.data);
    return packed;
  }
  if ('module' in value) return build(value as unknown as ModuleRecord, device, false);
  return Object.fromEntries(
    Object.entries(value).map(([k, part]) => [k, decode(part, device, leaves, `${path}.${k}`)]),
  );
}

export function build(
  { module, args, options }: Pick<ModuleRecord, 'module' | 'args' | 'options'>,
  device: TestDevice,
  own = true,
): torch.nn.Module<unknown[]> {
  const Class = (torch.nn as unknown as Record<string, new (...args: unknown[]) => torch.nn.Module<unknown[]>>)[
    module
  ]!;
  const given = decode(options, device) as Named;
  return new Class(...(decode(args, device) as unknown[]), own ? { ...given, device } : given);
}

/** All tensors of an output, in order, with packed ones in their parts. */
function tensorsOf(value: unknown): torch.Tensor[] {
  if (value instanceof torch.Tensor) return [value];
  if (value instanceof torch.nn.utils.rnn.PackedSequence) return [...value].flatMap(tensorsOf);
  return Array.isArray(value) ? value.flatMap(tensorsOf) : [];
}

export function weighted(output: unknown): torch.Tensor {
  return tensorsOf(output)
    .filter((tensor) => tensor.isFloatingPoint())
    .map((tensor) => {
      const counts = torch.arange(tensor.numel()).remainder(7).sub(2).div(4);
      return tensor.mul(counts.to({ dtype: tensor.dtype, device: tensor.device as 'cpu' }).view(tensor.shape)).sum();
    })
    .reduce((a, b) => a.add(b));
}

export function compare(actual: torch.Tensor, expected: torch.Tensor, what: string): void {
  expect([what, actual.dtype, actual.shape]).toEqual([what, expected.dtype, expected.shape]);
  const same = actual.isFloatingPoint()
    ? actual.detach().allclose(expected, { rtol: 1e-6, atol: 1e-8, equalNan: true })
    : actual.equal(expected);
  if (!same) expect(`${what}: ${actual.detach().cpu().toString()}`).toBe(`${what}: ${expected.cpu().toString()}`);
}

/** Makes the module from seed 0 and expects Python's state; calls it, and expects Python's outputs and gradients. */
export function replay(record: ModuleRecord, device: TestDevice): void {
  torch.manualSeed(0);
  const module = build(record, device).to(device);
  module.train(record.training);
  expect(module.toString()).toBe(record.text);
  const state = new Map(Object.entries(record.state).map(([key, value]) => [key, tensorOf(value, device)]));
  const own = module.stateDict();
  expect(Object.keys(own)).toEqual([...state.keys()]);
  // A GPU draws other numbers.
  if (device === 'cpu') for (const [key, value] of state) compare(own[key]!, value, key);
  module.loadStateDict(state);

  const leaves: Leaves = new Map();
  const inputs = decode(record.inputs, device, leaves, 'input') as unknown[];
  if (record.note === 'same') {
    for (const i of [1, 2]) {
      inputs[i] = inputs[0];
      leaves.set(`input.${i}`, leaves.get('input.0')!);
    }
  }
  if (record.grads) for (const leaf of leaves.values()) leaf.requiresGrad_();
  torch.manualSeed(1);
  const output = record.grads ? module.call(...inputs) : torch.noGrad(() => module.call(...inputs));
  const expected = tensorsOf(decode(record.output, device));
  const actual = tensorsOf(output);
  expect(actual.length).toBe(expected.length);
  actual.forEach((tensor, i) => compare(tensor, expected[i]!, `output ${i}`));
  if (!record.grads) return;
  weighted(output).backward();
  const grads = new Map([...leaves, ...module.namedParameters()]);
  for (const [key, value] of Object.entries(record.grads))
    compare(grads.get(key)!.grad!, tensorOf(value, device), `gradient of ${key}`);
}
