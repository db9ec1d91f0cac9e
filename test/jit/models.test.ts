import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import * as torch from '../../src/index.js';

type Spec =
  { shape: number[]; below?: number } | { ones: number[] } | { value: number } | { dict: Record<string, Spec> };

interface Sample {
  shape: number[];
  mean: number;
  std: number;
  head: number[];
}

interface Recorded {
  seed: number;
  inputs: Spec[];
  again: { inputs: Spec[]; output: Sample }[];
  trains: boolean;
  parameters: number;
  names: number;
  output: Sample;
  losses: number[];
}

const recorded = JSON.parse(readFileSync('test/jit/models.json', 'utf8')) as Record<string, Recorded>;

/** Numbers for the weights that the files leave out, as scripts/record/jit.py makes them. */
function fill(model: torch.jit.ScriptModule, seed: number): void {
  const generator = new torch.Generator().manualSeed(seed);
  for (const [name, parameter] of model.namedParameters()) {
    const { shape } = parameter;
    const numbers = torch.randn(shape, { generator });
    parameter.data =
      shape.length > 1
        ? numbers.div(Math.sqrt(parameter.numel() / shape[0]!))
        : numbers.mul(0.1).add(name.endsWith('weight') ? 1 : 0);
  }
  for (const [name, buffer] of model.namedBuffers()) {
    if (!name.includes('running')) continue;
    const numbers = torch.rand(buffer.shape, { generator });
    buffer.data = name.endsWith('var') ? numbers.add(0.5) : numbers.sub(0.5);
  }
}

function make(spec: Spec, generator: torch.Generator): unknown {
  if ('dict' in spec)
    return Object.fromEntries(Object.entries(spec.dict).map(([key, each]) => [key, make(each, generator)]));
  if ('value' in spec) return spec.value;
  if ('ones' in spec) return torch.ones(spec.ones, { dtype: 'int64' });
  if (spec.below !== undefined) return torch.randint(0, spec.below, spec.shape, { generator });
  return torch.randn(spec.shape, { generator });
}

function first(output: unknown): torch.Tensor {
  let value = output;
  while (!(value instanceof torch.Tensor)) [value] = value as Iterable<unknown>;
  return value;
}

function close(actual: readonly number[], expected: readonly number[], tolerance: number): void {
  expect(actual.length).toBe(expected.length);
  actual.forEach((value, i) =>
    expect(Math.abs(value - expected[i]!)).toBeLessThan(tolerance * (1 + Math.abs(expected[i]!))),
  );
}

function expectSample(output: torch.Tensor, sample: Sample): void {
  const flat = output.flatten();
  expect(output.shape).toEqual(sample.shape);
  close([flat.mean().item() as number, flat.std().item() as number], [sample.mean, sample.std], 1e-4);
  close([...(flat.at(torch.slice(0, 6)).toTypedArray() as Float32Array)], sample.head, 1e-4);
}

describe.each(Object.entries(recorded))('the model %s of Python', (name, record) => {
  const load = async () => {
    const model = await torch.jit.load(`test/jit/models/${name}.pt`);
    fill(model, record.seed);
    const generator = new torch.Generator().manualSeed(record.seed + 1);
    return { model, generator, inputs: record.inputs.map((spec) => make(spec, generator)) };
  };

  test('has its parameters, and gives its outputs on both threads', async () => {
    const { model, inputs } = await load();
    const parameters = [...model.parameters()];
    expect(parameters.length).toBe(record.names);
    expect(parameters.reduce((sum, each) => sum + each.numel(), 0)).toBe(record.parameters);
    model.eval();
    const outputs = torch.noGrad(() => [model.call(...inputs), model.forwardAsync(...inputs)] as const);
    for (const output of outputs) expectSample(first(await output), record.output);
  });

  test.skipIf(record.again.length === 0)('takes other sizes and branches', async () => {
    const { model } = await load();
    model.eval();
    for (const { inputs, output } of record.again) {
      const generator = new torch.Generator().manualSeed(record.seed + 2);
      const values = inputs.map((spec) => make(spec, generator));
      expectSample(first(torch.noGrad(() => model.call(...values))), output);
    }
  });

  test('learns as in Python: three steps give its losses', async () => {
    const { model, generator, inputs } = await load();
    const shape = torch.noGrad(() => first(model.eval().call(...inputs)).shape);
    const target = torch.randn(shape, { generator });
    model.train(record.trains);
    const optimizer = new torch.optim.SGD(model.parameters(), { lr: 0.01 });
    torch.manualSeed(record.seed);
    const losses: number[] = [];
    for (let step = 0; step < 4; step++) {
      const loss = torch.nn.functional.mseLoss(first(model.call(...inputs)), target);
      losses.push(loss.item() as number);
      optimizer.zeroGrad();
      loss.backward();
      optimizer.step();
    }
    close(losses, record.losses, 2e-4);
  });
});
