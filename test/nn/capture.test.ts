import { describe, expect, test } from 'vitest';
import * as torch from '../../src/index.js';
import { decode, expectRecorded, families } from './records.js';

const { nn } = torch;

// What reads values, as it does in PyTorch.
const reads = new Set(['AdaptiveLogSoftmaxWithLoss']);

describe('captured modules', () => {
  const records = families
    .flatMap(({ family, records: list }) =>
      list.map((record, i) => [`${family} ${i}, ${record.module}`, record] as const),
    )
    .filter(([, { module, lazy, seed, options, inputs }]) => {
      const tensors = inputs.every((input) => typeof input === 'object' && input !== null && 'data' in input);
      const averages = module.startsWith('BatchNorm') && options?.['momentum'] === null;
      return tensors && !lazy && !averages && seed === undefined && !reads.has(module);
    });

  test('are most of the recorded ones', () => expect(records.length).toBeGreaterThan(250));

  test.each(records)('%s computes what it computes outside of a graph', (_, record) => {
    const Class = (nn as unknown as Record<string, new (...args: unknown[]) => torch.nn.Module<unknown[], unknown>>)[
      record.module
    ]!;
    const args = decode(record.args, 'cpu') as unknown[];
    const options = Object.entries(record.options ?? {}).map(([k, v]) => [k, decode(v, 'cpu')] as const);
    const module = new Class(...args, ...(options.length > 0 ? [Object.fromEntries(options)] : [])).train(
      record.training,
    );
    const restore = (): unknown =>
      module.loadStateDict(
        Object.fromEntries(Object.entries(record.state).map(([k, v]) => [k, decode(v, 'cpu') as torch.Tensor])),
      );
    restore();
    const inputs = record.inputs.map((input) => decode(input, 'cpu') as torch.Tensor);
    const graph = torch.capture((...values: torch.Tensor[]) => module.call(...values) as torch.Tensor, inputs as never);
    restore();
    // In place on copies.
    const fresh = record.inputs.map((input) => decode(input, 'cpu') as torch.Tensor);
    const output = (graph as (...values: torch.Tensor[]) => unknown)(...fresh);
    expectRecorded(output, record.output, 'output');
  });
});
