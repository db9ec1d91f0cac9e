import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import * as torch from '../../src/index.js';
import { describeCuda } from '../devices.js';

const device = 'cuda';

describeCuda('reading', () => {
  test('gives the same values as from the CPU, of any stride and dtype', () => {
    for (const dtype of ['float32', 'float64', 'float16', 'bfloat16', 'int64', 'bool', 'complex64'] as const) {
      const x = torch.arange(6).view(2, 3).t().to(dtype);
      expect(String(x.to(device).cpu())).toBe(String(x));
      expect(x.to(device).toTypedArray()).toEqual(x.toTypedArray());
    }
  });

  test('does not block the event loop: itemAsync, tolistAsync, toTypedArrayAsync', async () => {
    const x = torch.tensor([[1.5, 2]], { device });
    expect(await x.sum().itemAsync()).toBe(3.5);
    expect(await x.tolistAsync()).toEqual([[1.5, 2]]);
    expect(await x.toTypedArrayAsync()).toEqual(new Float32Array([1.5, 2]));
  });

  test('waits for the work that makes the value', async () => {
    const x = torch.ones(4096, 4096, { device });
    let y = x;
    for (let i = 0; i < 10; i++) y = y.matmul(x).div(4096);
    expect(await y.at(0, 0).itemAsync()).toBe(1);
  });

  test('saves and loads', async () => {
    const model = new torch.nn.Linear(2, 2, { device });
    const path = `/tmp/flambeau-cuda-${process.pid}.pt`;
    await torch.save(model.stateDict(), path);
    const loaded = (await torch.load(path)) as Record<string, torch.Tensor>;
    expect(loaded['weight']!.tolist()).toEqual(model.weight.tolist());
    const other = new torch.nn.Linear(2, 2, { device });
    other.loadStateDict(loaded);
    expect(other.weight.device).toBe('cuda:0');
    expect(torch.equal(other.weight, model.weight)).toBe(true);
  });
});

describeCuda('nonBlocking copies', () => {
  test('of page-locked memory arrive whole, both ways', () => {
    const x = torch.arange(2 ** 20, { dtype: 'float32' }).pinMemory();
    expect(x.isPinned()).toBe(true);
    const there = x.to(device, { nonBlocking: true });
    expect(there.sum().item()).toBe(x.sum().item());
    const back = there.mul(2).to('cpu', { nonBlocking: true });
    torch.cuda.synchronize();
    expect(torch.equal(back, x.mul(2))).toBe(true);
  });
});

describeCuda('random numbers', () => {
  test('come from the generator that is given, and repeat with its seed and state', () => {
    const generator = new torch.Generator(device).manualSeed(7);
    expect(generator.device).toBe('cuda:0');
    const draw = (): number[] => torch.randn(3, { device, generator }).tolist<number[]>();
    const first = draw();
    const state = generator.getState();
    const second = draw();
    expect(second).not.toEqual(first);
    expect(generator.setState(state).initialSeed()).toBe(7n);
    expect(draw()).toEqual(second);
    generator.manualSeed(7);
    expect(draw()).toEqual(first);
  });

  test('of the default generator repeat with manualSeed()', () => {
    const draw = (): number[] => {
      torch.manualSeed(3);
      return torch.rand(4, { device }).tolist<number[]>();
    };
    expect(draw()).toEqual(draw());
  });

  test('from a generator of another device are refused', () => {
    expect(() => torch.rand(2, { device, generator: new torch.Generator() })).toThrow(/cuda[\s\S]*cpu|cpu[\s\S]*cuda/);
  });

  const python = process.env['FLAMBEAU_PYTHON'];
  test.skipIf(!python)('are those of Python (where FLAMBEAU_PYTHON names one)', () => {
    const script = "import torch; torch.manual_seed(42); print(torch.randn(3, device='cuda').tolist())";
    const run = spawnSync(python!, ['-c', script], { encoding: 'utf8' });
    torch.manualSeed(42);
    expect(torch.randn(3, { device }).tolist()).toEqual(JSON.parse(run.stdout));
  });
});
