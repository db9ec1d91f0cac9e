import { describe, expect, test } from 'vitest';
import * as torch from '../../src/index.js';
import { decode, expectRecorded, families, type ModuleRecord } from './records.js';

type AnyModule = torch.nn.Module<unknown[], unknown>;

function make({ module, args, options, training }: ModuleRecord): AnyModule {
  const Class = (torch.nn as unknown as Record<string, new (...args: unknown[]) => AnyModule>)[module]!;
  const decoded = Object.entries(options ?? {}).map(([name, value]) => [name, decode(value, 'cpu')]);
  const values = decode(args, 'cpu') as unknown[];
  return new Class(...values, { ...Object.fromEntries(decoded), device: 'meta' }).train(training);
}

/** The records of modules with a state that is not a weight that was given. */
const withState = families.flatMap(({ records }) =>
  records.filter(({ state, lazy, options = {} }) => {
    const given = Object.values(options).some(
      (value) => typeof value === 'object' && value !== null && 'data' in value,
    );
    return Object.keys(state).length > 0 && !lazy && !given;
  }),
);

describe('modules of the meta device', () => {
  test('are many', () => {
    expect(new Set(withState.map(({ module }) => module)).size).toBeGreaterThan(20);
  });

  test.each(withState.map((record, i) => [`${i} ${record.text.split('\n')[0]}`, record] as const))(
    '%s has the shapes of Python, takes memory, then a state, and computes',
    (_, record) => {
      const module = make(record);
      const state = module.stateDict();
      const shapes = Object.entries(record.state).map(([name, { shape, dtype }]) => [name, 'meta', dtype, shape]);
      const own = Object.entries(state).map(([name, value]) => [name, value.device, value.dtype, value.shape]);
      expect(own).toEqual(shapes);
      module.toEmpty({ device: 'cpu' });
      const recorded = Object.entries(record.state).map(([name, value]) => [name, decode(value, 'cpu')]);
      module.loadStateDict(Object.fromEntries(recorded) as Record<string, torch.Tensor>);
      if (record.seed !== undefined) torch.manualSeed(record.seed);
      expectRecorded(module.call(...(decode(record.inputs, 'cpu') as unknown[])), record.output, 'output');
    },
  );
});
