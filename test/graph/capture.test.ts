import { beforeAll, describe, expect, test } from 'vitest';
import * as torch from '../../src/index.js';
import { describeDevices } from '../devices.js';

const { nn, optim } = torch;
const F = nn.functional;

class Cnn extends nn.Module {
  conv = new nn.Conv2d(1, 4, 3, { padding: 1 });
  fc = new nn.Linear(4 * 4 * 4, 3);

  forward(x: torch.Tensor): torch.Tensor {
    return this.fc.call(F.maxPool2d(F.relu(this.conv.call(x)), 2).flatten(1));
  }
}

const mlp = (): torch.nn.Module => new nn.Sequential(new nn.Linear(8, 16), new nn.ReLU(), new nn.Linear(16, 3));

interface Case {
  name: string;
  model: () => torch.nn.Module;
  shape: number[];
  optimizer: (params: Iterable<torch.Tensor>) => torch.optim.SGD | torch.optim.Adam;
  clip?: number;
}

const sgd = (options: Partial<torch.optim.SGDOptions>) => (params: Iterable<torch.Tensor>) =>
  new optim.SGD(params, { lr: 0.1, ...options });
const adam = (options: Partial<torch.optim.AdamOptions>) => (params: Iterable<torch.Tensor>) =>
  new optim.Adam(params, { lr: 0.01, ...options });

const cases: Case[] = [
  { name: 'an MLP with SGD', model: mlp, shape: [8], optimizer: sgd({}) },
  { name: 'an MLP with momentum', model: mlp, shape: [8], optimizer: sgd({ momentum: 0.9, nesterov: true }) },
  { name: 'an MLP with SGD, not fused', model: mlp, shape: [8], optimizer: sgd({ momentum: 0.9, fused: false }) },
  { name: 'an MLP with Adam', model: mlp, shape: [8], optimizer: adam({}) },
  { name: 'an MLP with Adam, not fused', model: mlp, shape: [8], optimizer: adam({ fused: false, amsgrad: true }) },
  { name: 'an MLP with clipped gradients', model: mlp, shape: [8], optimizer: sgd({}), clip: 0.1 },
  { name: 'a CNN with momentum', model: () => new Cnn(), shape: [1, 8, 8], optimizer: sgd({ momentum: 0.9 }) },
];

describe('torch.capture', () => {
  test('a value that is read inside names the line', () => {
    const read = (x: torch.Tensor): torch.Tensor => (x.sum().item() > 0 ? x : x.neg());
    expect(() => torch.capture(read, [torch.ones(2)])).toThrow(/value of a tensor is read at .*capture\.test\.ts:\d+/);
    expect(() => torch.capture((x) => torch.tensor(x.tolist<number[]>()), [torch.ones(2)])).toThrow(/is read at/);
    expect(torch.ones(1).item()).toBe(1);
  });

  test('a shape, dtype or constant that differs later names the argument and the line of the capture', () => {
    const step = torch.capture((x, { scale }) => x.mul(scale), [torch.ones(2, 3), { scale: 2 }]);
    expect(() => step(torch.ones(3, 3), { scale: 2 })).toThrow(
      /argument \[0\] must be float32 of shape \[2, 3\] on cpu, as it was captured at .*capture\.test\.ts:\d+:\d+, not float32 of shape \[3, 3\]/,
    );
    expect(() => step(torch.ones(2, 3, { dtype: 'float64' }), { scale: 2 })).toThrow(/not float64/);
    expect(() => step(torch.ones(2, 3), { scale: 3 })).toThrow(/argument \[1\]\.scale differs/);
  });

  test('gradients that would add up, asynchronous functions, nested captures and the same tensor twice are refused', () => {
    const w = torch.ones(2, { requiresGrad: true });
    expect(() => torch.capture((x) => x.mul(w).sum().backward(), [torch.ones(2)])).toThrow(/Call zeroGrad\(\) inside/);
    expect(() => torch.capture((x) => Promise.resolve(x), [torch.ones(2)])).toThrow(/asynchronous/);
    expect(() => torch.capture((x) => torch.capture((y) => y, [x])(x), [torch.ones(2)])).toThrow(/do not nest/);
    const x = torch.ones(2);
    expect(() => torch.capture((a, b) => a.mul(b), [x, x])).toThrow(/\[0\] and \[1\] are the same tensor/);
    expect(() => torch.capture(3 as never, [])).toThrow(/'fn' must be/);
  });

  test("SGD's first step with dampening is no step like the others", () => {
    const w = new nn.Parameter(torch.ones(1));
    const optimizer = new optim.SGD([w], { lr: 0.1, momentum: 0.9, dampening: 0.5 });
    const run = (): void => {
      optimizer.zeroGrad();
      w.square().sum().backward();
      optimizer.step();
    };
    expect(() => torch.capture(run, [])).toThrow(/dampening; take it before capture/);
    run();
    expect(() => torch.capture(run, [])).not.toThrow();
  });

  test('a function that throws leaves no capture behind', () => {
    expect(() =>
      torch.capture(() => {
        throw new Error('mine');
      }, []),
    ).toThrow('mine');
    expect(
      torch
        .capture(
          (x) => x.neg(),
          [torch.ones(1)],
        )(torch.ones(1))
        .item(),
    ).toBe(-1);
  });

  test('takes and gives structures', () => {
    const fn = torch.capture(
      (a, { list }) => ({ sum: a.add(list[0]!), both: [list[1]!, a.mul(2)] as const, top: a.max(0), n: 3 }),
      [torch.ones(2), { list: [torch.ones(2), torch.zeros(1)] }],
    );
    const { sum, both, top, n } = fn(torch.tensor([1.5, 2]), { list: [torch.ones(2), torch.tensor([7.5])] });
    expect(sum.tolist()).toEqual([2.5, 3]);
    expect(both.map((t) => t.tolist())).toEqual([[7.5], [3, 4]]);
    expect([top.values.item(), top.indices.item(), n]).toEqual([2, 1, 3]);
  });

  test('strides of another kind and parts of larger tensors compute the same', () => {
    const fn = torch.capture((x) => x.reshape(6).mul(2), [torch.zeros(2, 3)]);
    const big = torch.arange(12, { dtype: 'float32' });
    expect(fn(big.view(3, 4).t().at(torch.slice(0, 2))).tolist()).toEqual([0, 8, 16, 2, 10, 18]);
    expect(fn(big.at(torch.slice(6)).view(2, 3)).tolist()).toEqual([12, 14, 16, 18, 20, 22]);
  });

  test('what comes from outside stays what it is; what is made inside is made in every run', () => {
    const w = new nn.Parameter(torch.ones(2));
    const fn = torch.capture((x) => torch.zeros(2).add_(x).mul(w), [torch.ones(2)]);
    torch.noGrad(() => w.mul_(3));
    expect(fn(torch.ones(2)).tolist()).toEqual([3, 3]);
    expect(fn(torch.ones(2)).tolist()).toEqual([3, 3]);
    const given = fn.graph.spec().constants.map(({ tensor }) => tensor.dataPtr());
    expect(given).toContain(w.dataPtr());
  });

  test('a captured forward pass is differentiable', () => {
    const w = new nn.Parameter(torch.tensor([2, 3], { dtype: 'float32' }));
    const fn = torch.capture((x) => x.mul(w).square().sum(), [torch.ones(2)]);
    const x = torch.tensor([1, 2], { dtype: 'float32', requiresGrad: true });
    fn(x).backward();
    expect(w.grad!.tolist()).toEqual([4, 24]);
    expect(x.grad!.tolist()).toEqual([8, 36]);
    expect(torch.noGrad(() => fn(x)).requiresGrad).toBe(false);
  });

  test('random numbers are new in every run, and those of the seed', () => {
    const fn = torch.capture((x) => F.dropout(x, 0.5), [torch.ones(64)]);
    torch.manualSeed(3);
    const [first, second] = [fn(torch.ones(64)), fn(torch.ones(64))];
    expect(first.equal(second)).toBe(false);
    torch.manualSeed(3);
    expect(F.dropout(torch.ones(64), 0.5).equal(first)).toBe(true);
    expect(F.dropout(torch.ones(64), 0.5).equal(second)).toBe(true);
  });

  test('running statistics run', () => {
    const [mean, variance, other, otherVariance] = [torch.zeros(3), torch.ones(3), torch.zeros(3), torch.ones(3)];
    const normalize = (m: torch.Tensor, v: torch.Tensor) => (x: torch.Tensor) =>
      torch.batchNorm(x, null, null, m, v, true, 0.1, 1e-5, false);
    const xs = torch.randn(4, 8, 3);
    const fn = torch.capture(normalize(mean, variance), [xs.at(0)]);
    const eager = normalize(other, otherVariance);
    eager(xs.at(0));
    for (const i of [1, 2, 3]) expect(fn(xs.at(i)).allclose(eager(xs.at(i)))).toBe(true);
    expect(mean.allclose(other) && variance.allclose(otherVariance)).toBe(true);
  });

  test('a run frees what it made', () => {
    const model = mlp();
    const optimizer = new optim.Adam(model.parameters());
    const step = torch.capture(
      (x) => {
        optimizer.zeroGrad();
        const loss = model.call(x).square().mean();
        loss.backward();
        optimizer.step();
        return loss;
      },
      [torch.ones(4, 8)],
    );
    const x = torch.ones(4, 8);
    step(x).dispose();
    const { tensors } = torch.memoryStats();
    for (let i = 0; i < 100; i++) step(x).dispose();
    expect(torch.memoryStats().tensors).toBeLessThanOrEqual(tensors);
  });
});

describeDevices('a captured training step', (device) => {
  describe.each(cases)('of $name', ({ model, shape, optimizer, clip }) => {
    let xs: torch.Tensor, ys: torch.Tensor;
    beforeAll(() => {
      xs = torch.randn([6, 5, ...shape], { device });
      ys = torch.randint(0, 3, [6, 5], { device });
    });

    const trainer = () => {
      torch.manualSeed(1);
      const net = model().to(device);
      const updater = optimizer(net.parameters());
      const step = (x: torch.Tensor, y: torch.Tensor): torch.Tensor => {
        updater.zeroGrad();
        const loss = F.crossEntropy(net.call(x), y);
        loss.backward();
        if (clip !== undefined) nn.utils.clipGradNorm_(net.parameters(), clip);
        updater.step();
        return loss.detach();
      };
      return { net, updater, step };
    };

    const losses = async (step: (x: torch.Tensor, y: torch.Tensor) => torch.Tensor | Promise<torch.Tensor>) => {
      const values: number[] = [];
      for (let i = 1; i < 6; i++) values.push((await step(xs.at(i), ys.at(i))).item() as number);
      return values;
    };

    test('takes the steps that it would take without', async () => {
      const eager = trainer();
      eager.step(xs.at(0), ys.at(0));
      const expected = await losses(eager.step);

      const captured = trainer();
      const step = torch.capture(captured.step, [xs.at(0), ys.at(0)]);
      const values = await losses((x, y) => step(x, y));
      values.forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 5));
      const state = eager.net.stateDict();
      for (const [name, tensor] of Object.entries(captured.net.stateDict())) {
        expect(torch.allclose(tensor, state[name]!, { rtol: 1e-4, atol: 1e-6 })).toBe(true);
      }

      const other = trainer();
      const beside = torch.capture(other.step, [xs.at(0), ys.at(0)]);
      (await losses((x, y) => beside.runAsync(x, y))).forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 5));
    });

    test('leaves gradients and the state of the optimizer as a step does', () => {
      const { net, updater, step } = trainer();
      const captured = torch.capture(step, [xs.at(0), ys.at(0)]);
      captured(xs.at(1), ys.at(1));
      const graded = [...net.parameters()];
      expect(graded.every(({ grad }) => grad !== null && grad.isfinite().all().item())).toBe(true);
      for (const own of updater.state.values()) {
        if (own['step'] instanceof torch.Tensor) expect(own['step'].item()).toBe(2);
      }
      step(xs.at(2), ys.at(2));
      expect(captured(xs.at(3), ys.at(3)).isfinite().item()).toBe(true);
    });
  });
});
