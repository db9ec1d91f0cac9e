import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import * as torch from '../../../src/index.js';
import { describeDevices, type TestDevice } from '../../devices.js';
import { build, compare, decode, tensorOf, weighted, type Stored } from '../replay.js';

const { nn } = torch;
const { parametrizations, prune } = nn.utils;

type State = Record<string, Stored>;
interface Changed {
  kind: 'parametrizations' | 'prune';
  function: string;
  module: string;
  args: unknown[];
  given: unknown[];
  keywords: Record<string, unknown>;
  text: string;
  state: State;
  input: Stored;
  output: Stored;
  after: State;
  grads: State;
  removed: State;
}
interface Fused {
  kind: 'fusion';
  module: 'Conv2d' | 'Linear';
  args: unknown[];
  norm: State;
  state: State;
  input: Stored;
  output: Stored;
}
interface Global {
  kind: 'global';
  states: State[];
}

// See scripts/record/nn_utils.py.
const records = JSON.parse(readFileSync('test/nn/replays/utils.json', 'utf8')) as (Changed | Fused | Global)[];
const changes = records.filter((record): record is Changed => 'function' in record);

function compareState(module: torch.nn.Module<never[]>, state: State, device: TestDevice): void {
  const own = module.stateDict();
  expect(Object.keys(own)).toEqual(Object.keys(state));
  for (const [key, value] of Object.entries(state)) compare(own[key]!, tensorOf(value, device), key);
}

function load(module: torch.nn.Module<never[]>, state: State): void {
  module.loadStateDict(Object.fromEntries(Object.entries(state).map(([key, value]) => [key, tensorOf(value, 'cpu')])));
}

type Change = (module: torch.nn.Module<unknown[]>, ...args: unknown[]) => void;

function callArguments({ kind, given, keywords }: Changed): unknown[] {
  const named = decode(keywords, 'cpu') as Record<string, unknown>;
  if (Object.keys(named).length === 0) return given;
  return kind === 'prune' ? [...given, named] : [given[0], named];
}

describeDevices('nn.utils', (device) => {
  for (const record of changes) {
    // A GPU draws other numbers.
    const random = /random|orthogonal|spectral/.test(record.function) && device !== 'cpu';
    const title = `${record.function} of ${record.module} ${JSON.stringify([...record.given, Object.keys(record.keywords)])}`;
    test.skipIf(random)(`${title} is Python's`, () => {
      torch.manualSeed(0);
      const module = build({ ...record, options: { dtype: 'float64' } }, 'cpu');
      const { kind } = record;
      const change = ({ ...parametrizations, ...prune } as unknown as Record<string, Change>)[record.function]!;
      change(module, ...callArguments(record));
      expect(module.toString()).toBe(record.text);
      compareState(module, record.state, 'cpu');
      module.to(device);
      const x = tensorOf(record.input, device);
      let output = module.call(x);
      if (record.function === 'spectralNorm' && record.given[0] === 'weight' && record.module === 'Conv2d')
        output = module.call(x);
      compare(output as torch.Tensor, tensorOf(record.output, device), 'output');
      compareState(module, record.after, device);
      weighted(output).backward();
      const learned = new Map(module.namedParameters());
      for (const [key, value] of Object.entries(record.grads))
        compare(learned.get(key)!.grad!, tensorOf(value, device), `gradient of ${key}`);
      const name = record.given[0] as string;
      if (kind === 'prune') prune.remove(module, name);
      else nn.utils.parametrize.removeParametrizations(module, name);
      compareState(module, record.removed, device);
      expect(module.constructor.name).toBe(record.module);
    });
  }
});

test('pruning again, and several parameters together, is as in Python', () => {
  torch.manualSeed(0);
  const layers = [new nn.Linear(3, 4), new nn.ReLU(), new nn.Linear(4, 2)] as const;
  const model = new nn.Sequential(...layers).double();
  prune.randomUnstructured(layers[0], 'weight', 0.25);
  prune.lnStructured(layers[0], 'weight', 1, 2, 0);
  prune.l1Unstructured(layers[0], 'weight', 0.25);
  const { states } = records.find((record): record is Global => record.kind === 'global')!;
  compareState(model, states[0]!, 'cpu');
  const weights = [[layers[0], 'weight'], [layers[2], 'weight'], [layers[2], 'bias']] as const; // prettier-ignore
  prune.globalUnstructured(weights, prune.L1Unstructured, { amount: 0.5 });
  compareState(model, states[1]!, 'cpu');
});

test.each(records.filter((record): record is Fused => record.kind === 'fusion'))(
  'a batch norm is put into $module as in Python',
  (record) => {
    torch.manualSeed(0);
    const module = build({ ...record, options: { dtype: 'float64' } }, 'cpu').eval();
    const Norm = record.module === 'Conv2d' ? nn.BatchNorm2d : nn.BatchNorm1d;
    const norm = new Norm(record.norm['weight']!.shape[0]!, { dtype: 'float64' }).eval();
    load(norm, record.norm);
    const fused =
      record.module === 'Conv2d'
        ? nn.utils.fuseConvBnEval(module as never as torch.nn.Conv2d, norm)
        : nn.utils.fuseLinearBnEval(module as never as torch.nn.Linear, norm);
    compareState(fused, record.state, 'cpu');
    compare(fused.call(tensorOf(record.input, 'cpu')), tensorOf(record.output, 'cpu'), 'output');
  },
);
