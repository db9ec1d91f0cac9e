import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import * as torch from '../../src/index.js';
import { readZip } from './fixtures.js';

interface Model {
  torch_version?: string;
  graph_module: { graph: { nodes: { metadata: { stack_trace?: string } }[] } };
}

const { arange } = torch;
const weight = arange(18, { dtype: 'float32' }).div(20).view(3, 6);
const bias = arange(3, { dtype: 'float32' });
const table = arange(4, { dtype: 'float32' });
const module = {
  call: ({ x, scale }: { x: torch.Tensor; scale: number }, [index]: [torch.Tensor, null]) => {
    const y = torch.nn.functional.linear(x, weight, bias).mul(scale);
    const [head, rest] = torch.split(y, [1, 2], 1) as [torch.Tensor, torch.Tensor];
    const { values, indices } = torch.topk(rest, 2);
    return {
      y: torch.cat([head, values], 1).softmax(1),
      places: indices.add(index.unsqueeze(1)),
      taken: table.at(index.sub(2)).to('float64'),
      clipped: torch.where(y.gt(8), -Infinity, y).exp(),
      bits: x.gt(0.5).logicalNot(),
    };
  },
  namedParameters: () =>
    [
      ['linear.weight', weight],
      ['linear.bias', bias],
    ] as [string, torch.Tensor][],
  namedBuffers: () => [['table', table]] as [string, torch.Tensor][],
};

test('a program is written as it was when Python read and ran it', () => {
  const x = arange(12, { dtype: 'float32' }).div(10).view(2, 6);
  const args: Parameters<typeof module.call> = [{ x, scale: 2.5 }, [torch.tensor([3, 4]), null]];
  const program = torch.export.export(module, args, { names: ['batch', 'rest'] });
  const file = process.env['FLAMBEAU_WRITE'] ?? path.join(mkdtempSync(path.join(tmpdir(), 'written-')), 'program.pt2');
  torch.export.saveSync(program, file);
  if (process.env['FLAMBEAU_WRITE'] !== undefined) return;

  const recorded = JSON.parse(readFileSync(new URL('files/written.json', import.meta.url), 'utf8')) as {
    model: Model;
    result: Record<string, unknown>;
  };
  const model = JSON.parse(readZip(readFileSync(file)).get('archive/models/model.json')!.toString()) as Model;
  delete model.torch_version;
  for (const { metadata } of model.graph_module.graph.nodes) {
    expect(metadata.stack_trace).toMatch(/File "[^"]+", line \d+, in forward/);
    delete metadata.stack_trace;
  }
  expect(model).toEqual(recorded.model);
  const flat = (value: unknown): number[] => (Array.isArray(value) ? value.flatMap(flat) : [Number(value)]);
  const result = torch.export.loadSync<Record<string, torch.Tensor>>(file).forward(...args);
  expect(Object.keys(result)).toEqual(Object.keys(recorded.result));
  for (const [key, expected] of Object.entries(recorded.result)) {
    flat(result[key]!.tolist()).forEach((value, i) => expect(value).toBeCloseTo(flat(expected)[i]!, 4));
  }
});
