import { describe, expect, test } from 'vitest';
import * as torch from '../../src/index.js';
import { describeDevices } from '../devices.js';
import { readRecords } from './replay.js';
import { decode, expectRecorded, families, scored, type ModuleRecord } from './records.js';

const { nn } = torch;

type AnyModule = torch.nn.Module<unknown[], unknown>;

/** Bases that nobody makes, and containers, which have tests of their own. */
const without = new Set([
  'Module',
  'BatchNorm',
  'Sequential',
  'ModuleList',
  'ModuleDict',
  'ParameterList',
  'ParameterDict',
  'RNNBase',
  'RNNCellBase',
]);

function make({ module, args, options, training }: ModuleRecord): AnyModule {
  const Class = (nn as unknown as Record<string, new (...args: unknown[]) => AnyModule>)[module]!;
  const values = decode(args, 'cpu') as unknown[];
  if (options) values.push(Object.fromEntries(Object.entries(options).map(([k, v]) => [k, decode(v, 'cpu')])));
  torch.manualSeed(0);
  return new Class(...values).train(training);
}

function check(record: ModuleRecord, device: 'cpu' | 'cuda'): void {
  const module = make(record).to(device);
  const given = record.inputs.map((value) => decode(value, device));
  if (record.lazy) {
    torch.manualSeed(0);
    module.call(...given);
  }
  // Another device draws other numbers.
  if (!record.lazy || device === 'cpu') expectState(module.stateDict(), record.state);
  const state = Object.fromEntries(
    Object.entries(record.state).map(([k, v]) => [k, decode(v, device) as torch.Tensor]),
  );
  module.loadStateDict(state);
  expect(String(module)).toBe(record.text);

  const wanted = Object.keys(record.grads);
  const leaves = new Map<string, torch.Tensor>();
  const inputs = given.map((value, i) => {
    if (value instanceof torch.Tensor) return leaf(value, `input.${i}`);
    return Array.isArray(value)
      ? value.map((v, j) => (v instanceof torch.Tensor ? leaf(v, `input.${i}.${j}`) : v))
      : value;
  });
  function leaf(value: torch.Tensor, name: string): torch.Tensor {
    if (!wanted.includes(name)) return value;
    leaves.set(name, value.requiresGrad_());
    return value.clone();
  }
  if (record.seed !== undefined) torch.manualSeed(record.seed);
  const output = module.call(...inputs);
  if (record.seed !== undefined && device !== 'cpu') return;
  expectRecorded(output, record.output, 'output');
  expectState(module.stateDict(), { ...record.state, ...record.after });
  if (wanted.length === 0) return;
  scored(output)!.backward();
  for (const [name, parameter] of module.namedParameters()) leaves.set(name, parameter);
  for (const name of wanted) expectRecorded(leaves.get(name)?.grad, record.grads[name], `gradient of ${name}`, 10);
}

function expectState(state: torch.nn.StateDict, recorded: ModuleRecord['state']): void {
  expect(Object.keys(state)).toEqual(Object.keys(recorded));
  for (const [name, value] of Object.entries(recorded)) expectRecorded(state[name], value, name);
}

describe('records', () => {
  test('there is one of each module that can be made', () => {
    const recorded = new Set(families.flatMap(({ records }) => records.map(({ module }) => module)));
    // With states, masks and packed sequences: test/nn/modules/{rnn,attention,transformer}.test.ts.
    for (const family of ['recurrent', 'attention', 'transformer'])
      for (const { module } of readRecords(family)) recorded.add(module);
    const exported = Object.entries(nn).filter(
      ([, value]) => typeof value === 'function' && (value as { prototype: unknown }).prototype instanceof nn.Module,
    );
    expect(exported.map(([name]) => name).filter((name) => !recorded.has(name) && !without.has(name))).toEqual([]);
    expect(without.size).toBeLessThan(20);
  });
});

for (const { family, records } of families) {
  describeDevices(`recorded ${family} modules`, (device) => {
    test.each(records.map((record, i) => [`${record.module} (${i})`, record] as const))(
      '%s prints, starts, computes and learns as in Python',
      (_, record) => check(record, device),
    );
  });
}
