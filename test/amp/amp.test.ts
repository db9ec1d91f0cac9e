import { describe, expect, test } from 'vitest';
import * as torch from '../../src/index.js';
import { describeDevices } from '../devices.js';

const { nn, optim, amp, autocast } = torch;

describe('autocast', () => {
  test('wrong arguments are refused', () => {
    expect(() => autocast('cpu', { dtype: 'float32' }, () => 1)).toThrow(/bfloat16 or float16, not float32/);
    expect(() => autocast('cpu', { dtype: 'half' as never }, () => 1)).toThrow(/'dtype' must be/);
    expect(() => autocast(3 as never, () => 1)).toThrow(/'deviceType' must be/);
    expect(() => autocast('cpu', {}, undefined as never)).toThrow(/'fn' must be function/);
  });

  test('products are lower, what needs range is not, and regions nest', () => {
    const [a, b] = [torch.ones(2, 2), torch.ones(2, 2)];
    const dtypes = autocast('cpu', () => {
      const product = a.matmul(b);
      const off = autocast('cpu', { enabled: false }, () => a.matmul(b).dtype);
      const half = autocast('cpu', { dtype: 'float16' }, () => [a.matmul(b).dtype, torch.getAutocastDtype('cpu')]);
      return [product.dtype, nn.functional.mseLoss(product, product).dtype, off, ...half, a.matmul(b).dtype];
    });
    expect(dtypes).toEqual(['bfloat16', 'float32', 'float32', 'float16', 'float16', 'bfloat16']);
    expect([a.matmul(b).dtype, torch.isAutocastEnabled('cpu')]).toEqual(['float32', false]);
  });

  test('it holds through what is awaited, and only there', async () => {
    const a = torch.ones(2, 2);
    const inside = autocast('cpu', async () => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      return a.matmul(a).dtype;
    });
    expect(a.matmul(a).dtype).toBe('float32');
    expect(await inside).toBe('bfloat16');
    expect(a.matmul(a).dtype).toBe('float32');
  });

  test('work on other threads has its dtype', async () => {
    const a = torch.ones(2, 2);
    const graph = new torch.Graph({
      slots: 2,
      inputs: [0],
      constants: [],
      nodes: [{ target: 'aten::matmul', args: [{ value: 0 }, { value: 0 }], outputs: [1] }],
      outputs: [{ value: 1 }],
    });
    const dtypes = await Promise.all([
      autocast('cpu', { dtype: 'float16' }, () => graph.runAsync([a])),
      graph.runAsync([a]),
      autocast('cpu', () => graph.runAsync([a])),
    ]);
    expect(dtypes.map(([x]) => (x as torch.Tensor).dtype)).toEqual(['float16', 'float32', 'bfloat16']);
  });

  test('a weight that changes is cast again, in a region, in the next, and in a graph', () => {
    const layer = new nn.Linear(2, 1, { bias: false });
    const set = (value: number): void => void torch.noGrad(() => layer.weight.fill_(value));
    const x = torch.ones(1, 2);
    const forward = (): number => autocast('cpu', () => layer.call(x).item() as number);
    set(1);
    expect(forward()).toBe(2);
    set(3);
    expect(forward()).toBe(6);
    const captured = autocast('cpu', () => {
      layer.call(x);
      return torch.capture((x) => layer.call(x), [x]);
    });
    set(5);
    expect(captured(x).item()).toBe(10);
    expect(captured(x).dtype).toBe('bfloat16');
  });

  test('a training step learns', () => {
    torch.manualSeed(0);
    const model = new nn.Sequential(new nn.Linear(4, 16), new nn.ReLU(), new nn.Linear(16, 1));
    const optimizer = new optim.Adam(model.parameters(), { lr: 0.01 });
    const x = torch.randn(64, 4);
    const y = x.sum(1, true);
    const losses = Array.from({ length: 200 }, () => {
      optimizer.zeroGrad();
      const loss = autocast('cpu', () => nn.functional.mseLoss(model.call(x).float(), y));
      loss.backward();
      optimizer.step();
      return loss.item() as number;
    });
    expect(model.call(x).dtype).toBe('float32');
    expect(losses.at(-1)!).toBeLessThan(losses[0]! / 20);
  });
});

describeDevices('torch.amp.GradScaler', (device) => {
  const make = (
    options: torch.amp.GradScalerOptions = {},
  ): { w: torch.nn.Parameter; optimizer: torch.optim.SGD; scaler: torch.amp.GradScaler } => {
    const w = new nn.Parameter(torch.ones([2], { device }));
    return { w, optimizer: new optim.SGD([w], { lr: 0.5 }), scaler: new amp.GradScaler(options) };
  };

  test('wrong options and a wrong order of calls are refused', () => {
    expect(() => new amp.GradScaler({ growthFactor: 1 })).toThrow(/'growthFactor'/);
    expect(() => new amp.GradScaler({ backoffFactor: 1 })).toThrow(/'backoffFactor'/);
    expect(() => new amp.GradScaler({ growthInterval: 0 })).toThrow(/'growthInterval'/);
    const { w, optimizer, scaler } = make();
    expect(() => scaler.step(optimizer)).toThrow(/no parameter of this optimizer has a gradient/);
    expect(() => scaler.update()).toThrow(/step\(\) comes first/);
    scaler.scale(w.sum()).backward();
    scaler.unscale_(optimizer);
    expect(() => scaler.unscale_(optimizer)).toThrow(/a second time/);
    scaler.step(optimizer);
    expect(() => scaler.step(optimizer)).toThrow(/a second time/);
    expect(() => scaler.unscale_(optimizer)).toThrow(/after step\(\)/);
    scaler.update();
    const half = new nn.Parameter(torch.ones([1], { dtype: 'float16', device }));
    half.grad = torch.ones([1], { dtype: 'float16', device });
    expect(() => scaler.unscale_(new optim.SGD([half], { lr: 1 }))).toThrow(/float16/);
  });

  test('an overflow leaves the step out and the scale shrinks; good steps let it grow', () => {
    const { w, optimizer, scaler } = make({ initScale: 8, growthInterval: 2 });
    const step = (factor: number): void => {
      optimizer.zeroGrad();
      scaler.scale(w.mul(factor).sum()).backward();
      scaler.unscale_(optimizer);
      expect(w.grad!.at(0).item()).toBe(factor);
      scaler.step(optimizer);
      scaler.update();
    };
    step(1);
    expect([w.at(0).item(), scaler.getScale()]).toEqual([0.5, 8]);
    step(Infinity);
    expect([w.at(0).item(), scaler.getScale()]).toEqual([0.5, 4]);
    step(1);
    expect(scaler.getScale()).toBe(4);
    step(1);
    expect([w.at(0).item(), scaler.getScale()]).toEqual([-0.5, 8]);
    expect(scaler.stateDict()).toEqual({
      scale: 8,
      growth_factor: 2,
      backoff_factor: 0.5,
      growth_interval: 2,
      _growth_tracker: 0,
    });
    const other = new amp.GradScaler();
    other.loadStateDict(scaler.stateDict());
    expect(other.stateDict()).toEqual(scaler.stateDict());
    expect(() => other.loadStateDict({})).toThrow(/empty/);
  });

  test('switched off, it changes nothing', () => {
    const { w, optimizer, scaler } = make({ enabled: false });
    scaler.scale(w.sum()).backward();
    expect(w.grad!.tolist()).toEqual([1, 1]);
    scaler.step(optimizer);
    scaler.update();
    expect([w.at(0).item(), scaler.getScale(), scaler.stateDict()]).toEqual([0.5, 1, {}]);
  });
});
