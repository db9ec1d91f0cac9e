import { describe, expect, test } from 'vitest';
import * as torch from '../../src/index.js';
import { describeDevices } from '../devices.js';

const { savedTensorsHooks, saveOnCpu } = torch.autograd.graph;
const { checkpoint } = torch.utils;
const leaf = (...values: number[]): torch.Tensor => torch.tensor(values, { dtype: 'float64', requiresGrad: true });

describe('savedTensorsHooks', () => {
  test('wrong arguments, and a hook that gives no tensor, are refused', () => {
    expect(() =>
      savedTensorsHooks(
        3 as never,
        (t) => t,
        () => 1,
      ),
    ).toThrow(/'pack' must be function/);
    expect(() =>
      savedTensorsHooks(
        (t) => t,
        null as never,
        () => 1,
      ),
    ).toThrow(/'unpack' must be function/);
    const y = savedTensorsHooks(
      (t) => t,
      () => 3 as never,
      () => leaf(1).square(),
    );
    expect(() => y.sum().backward()).toThrow(/unpack must give a Tensor/);
  });

  test('what a hook throws arrives as itself', () => {
    const mine = new Error('mine');
    const fail = (): never => {
      throw mine;
    };
    expect(() =>
      savedTensorsHooks(
        fail,
        (t) => t,
        () => leaf(1).square(),
      ),
    ).toThrow(mine);
    const y = savedTensorsHooks(
      (t) => t,
      fail,
      () => leaf(1).square(),
    );
    expect(() => y.sum().backward()).toThrow(mine);
    expect(leaf(2).square().sum().item()).toBe(4);
  });

  test('tensors are kept as whatever pack makes, and the innermost hooks count', async () => {
    const x = leaf(1, 2);
    const kept: string[] = [];
    const y = savedTensorsHooks(
      (t) => {
        kept.push('outer');
        return JSON.stringify(t.tolist());
      },
      (text) => torch.tensor(JSON.parse(text) as number[], { dtype: 'float64' }),
      () => {
        const inner = savedTensorsHooks(
          (t) => {
            kept.push('inner');
            return t.mul(2);
          },
          (t) => t.div(2),
          () => x.exp(),
        );
        return inner.sin();
      },
    );
    expect(kept).toEqual(['inner', 'outer']);
    await torch.autograd.backwardAsync(y.sum());
    expect(torch.allclose(x.grad!, x.exp().cos().mul(x.exp()))).toBe(true);
  });

  test('hooks hold through what is awaited, and are let go with the graph', async () => {
    let count = 0;
    const x = leaf(3);
    const y = await savedTensorsHooks(
      (t) => {
        count++;
        return t;
      },
      (t) => t,
      async () => {
        await Promise.resolve();
        return x.square();
      },
    );
    x.square();
    expect(count).toBe(1);
    y.sum().backward();
    expect(x.grad!.item()).toBe(6);
  });
});

describeDevices('saveOnCpu', (device) => {
  test('gives the gradients that there are without', () => {
    const x = torch.ones([3], { device, requiresGrad: true });
    saveOnCpu(() => x.exp().mul(x).sum()).backward();
    expect(torch.allclose(x.grad!, x.exp().mul(2))).toBe(true);
  });
});

describeDevices('torch.utils.checkpoint', (device) => {
  test('a function that is asynchronous, or does another thing when it runs again, is refused', () => {
    const x = torch.ones([2], { device, requiresGrad: true });
    expect(() => checkpoint(3 as never, [])).toThrow(/'fn' must be function/);
    expect(() => checkpoint((x) => Promise.resolve(x), [x])).toThrow(/asynchronous/);
    let runs = 0;
    const y = checkpoint((x) => (runs++ === 0 ? x.exp().square() : x.exp()), [x]);
    expect(() => y.sum().backward()).toThrow(/kept \d tensors at first and \d when it ran again/);
  });

  test('gradients of inputs and parameters are those without it, dropout included, and the function runs twice', () => {
    torch.manualSeed(0);
    const model = new torch.nn.Sequential(
      new torch.nn.Linear(4, 8),
      new torch.nn.ReLU(),
      new torch.nn.Dropout(0.5),
      new torch.nn.Linear(8, 2),
    ).to(device);
    const x = torch.randn([3, 4], { device });
    let runs = 0;
    const forward = (x: torch.Tensor): torch.Tensor => {
      runs++;
      return model.call(x);
    };
    const grads = (run: () => torch.Tensor): (torch.Tensor | null)[] => {
      model.zeroGrad();
      torch.manualSeed(1);
      run().square().sum().backward();
      return [...model.parameters()].map(({ grad }) => grad);
    };
    const plain = grads(() => forward(x));
    const next = torch.rand(1).item();
    runs = 0;
    const less = grads(() => checkpoint(forward, [x]));
    expect(torch.rand(1).item()).toBe(next);
    expect(runs).toBe(2);
    less.forEach((grad, i) => expect(torch.equal(grad!, plain[i]!)).toBe(true));
  });

  test('nothing between the ends is kept meanwhile', () => {
    const x = torch.ones([1000], { device, requiresGrad: true });
    const kept: number[] = [];
    const count = (run: () => torch.Tensor): number => {
      kept.length = 0;
      savedTensorsHooks(
        (t) => {
          kept.push(t.numel());
          return t;
        },
        (t) => t,
        run,
      );
      return kept.length;
    };
    const deep = (x: torch.Tensor): torch.Tensor => x.exp().sin().exp().cos();
    expect(count(() => deep(x))).toBe(4);
    expect(count(() => checkpoint(deep, [x]))).toBe(0);
  });

  test('a chain in parts gives what it gives whole', () => {
    const layers = [1, 2, 3, 4, 5].map((k) => (x: torch.Tensor) => x.mul(k).sin());
    const [x, y] = [0, 1].map(() => torch.ones([3], { device, requiresGrad: true })) as [torch.Tensor, torch.Tensor];
    torch.utils.checkpointSequential(layers, 2, x).sum().backward();
    layers
      .reduce((value, layer) => layer(value), y)
      .sum()
      .backward();
    expect(x.grad!.equal(y.grad!)).toBe(true);
    expect(() => torch.utils.checkpointSequential(layers, 6, x)).toThrow(/'segments' must be integer from 1 to 5/);
    expect(() => torch.utils.checkpointSequential([], 1, x)).toThrow(/'functions' must be/);
  });
});
