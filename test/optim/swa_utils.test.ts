import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import * as torch from '../../src/index.js';

const { nn, optim } = torch;
const { AveragedModel, getEmaAvgFn, getEmaMultiAvgFn, getSwaAvgFn, getSwaMultiAvgFn, SWALR, updateBn } = optim.swaUtils;

type State = Record<string, number[]>;
const { batches, records } = JSON.parse(readFileSync(new URL('swa_utils.json', import.meta.url), 'utf8')) as {
  batches: number[][][];
  records: { name: string; state: State; updated: State }[];
};

const options: Record<string, torch.optim.swaUtils.AveragedModelOptions> = {
  plain: {},
  swaMultiAvgFn: { multiAvgFn: getSwaMultiAvgFn() },
  swaAvgFn: { avgFn: getSwaAvgFn() },
  emaMultiAvgFn: { multiAvgFn: getEmaMultiAvgFn(0.7) },
  emaAvgFn: { avgFn: getEmaAvgFn(0.7) },
  emaBuffers: { multiAvgFn: getEmaMultiAvgFn(0.7), useBuffers: true },
};

function build() {
  const model = new nn.Sequential(new nn.Linear(2, 2), new nn.BatchNorm1d(2), new nn.Linear(2, 1)).double();
  [...model.parameters()].forEach((parameter, i) => {
    const values = torch.arange(parameter.numel(), { dtype: 'float64' }).view(parameter.shape);
    parameter.data.copy_(values.add(i).div(10).sub(0.3));
  });
  return model;
}

// Python's weight of a list of parameters is a float32.
const tolerance = (name: string): number => (name === 'swaMultiAvgFn' ? 1e-6 : 1e-9);

function compare(state: torch.nn.StateDict, expected: State, rtol: number): void {
  expect(Object.keys(state).sort()).toEqual(Object.keys(expected).sort());
  for (const [key, value] of Object.entries(state)) {
    const wanted = torch.tensor(expected[key]!, { dtype: value.dtype });
    expect(value.allclose(wanted, { rtol, atol: rtol / 100 }), key).toBe(true);
  }
}

const inputs = () => batches.map((batch) => torch.tensor(batch, { dtype: 'float64' }));

describe('AveragedModel', () => {
  test.each(records)('has the weights of Python: $name', async ({ name, state, updated }) => {
    const model = build();
    const averaged = new AveragedModel(model, options[name]);
    const optimizer = new optim.SGD(model.parameters(), { lr: 0.2 });
    for (let epoch = 0; epoch < 2; epoch++) {
      for (const x of inputs()) {
        torch.scope(() => {
          optimizer.zeroGrad();
          model.call(x).square().mean().backward();
          optimizer.step();
          averaged.updateParameters(model);
        });
      }
    }
    compare(averaged.stateDict(), state, tolerance(name));
    averaged.eval();
    await updateBn(
      inputs().map((x) => [x, null]),
      averaged,
    );
    compare(averaged.stateDict(), updated, tolerance(name));
    expect(averaged.training).toBe(false);
    expect((averaged.module.at(1) as torch.nn.BatchNorm1d).momentum).toBe(0.1);
  });

  test('refuses what it cannot average', () => {
    const model = new nn.Linear(2, 2);
    const both = { avgFn: getSwaAvgFn(), multiAvgFn: getSwaMultiAvgFn() };
    expect(() => new AveragedModel({} as never)).toThrow("argument 'model' must be Module");
    expect(() => new AveragedModel(model, both)).toThrow(/exclude each other/);
    expect(() => new AveragedModel(model).updateParameters(build())).toThrow('6 parameters, the average 2');
    expect(() => getEmaAvgFn(1.5)).toThrow("argument 'decay' must be number from 0 to 1");
    expect(() => new SWALR(new optim.SGD([torch.ones(1)]), [1, 2])).toThrow('2 values for 1 groups');
  });

  test('copies a model with what is shared in it', () => {
    class Tied extends nn.Module {
      first = new nn.Linear(2, 2);
      second = new nn.Linear(2, 2);
      list = [new nn.Linear(1, 1)];
      constructor() {
        super();
        this.second.weight = this.first.weight;
        this.registerBuffer('seen', torch.zeros(1), false);
        this.first.weight.requiresGrad = false;
      }
      forward(x: torch.Tensor): torch.Tensor {
        return this.second.call(this.first.call(x));
      }
    }
    const model = new Tied();
    model.registerForwardHook((_, __, output) => (output as torch.Tensor).mul(0));
    const { module } = new AveragedModel(model);
    expect(module.second.weight === module.first.weight).toBe(true);
    expect(module.first.weight === model.first.weight).toBe(false);
    expect(module.first.weight.requiresGrad).toBe(false);
    expect(module.list[0] === model.list[0]).toBe(false);
    expect(Object.keys(module.stateDict())).toEqual(Object.keys(model.stateDict()));
    expect([...module.namedBuffers()].map(([name]) => name)).toEqual(['seen']);
    // Hooks too, as Python's copy.
    expect(module.call(torch.ones(1, 2)).eq(0).all().item()).toBe(true);
  });
});

describe('updateBn', () => {
  test('takes batches that come later', async () => {
    const model = new nn.BatchNorm1d(2).double();
    async function* later() {
      yield* inputs();
    }
    await updateBn(later(), model);
    const all = torch.cat(inputs());
    expect(model.running_mean!.allclose(all.mean(0))).toBe(true);
    expect(model.num_batches_tracked!.item()).toBe(3);
  });

  test('leaves the model as it was where a batch is none', async () => {
    const model = new nn.BatchNorm1d(2).eval();
    await expect(updateBn([7], model)).rejects.toThrow("argument 'loader' must be batches");
    expect([model.momentum, model.training]).toEqual([0.1, false]);
  });
});
