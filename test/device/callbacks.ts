import { expect, test } from 'vitest';
import * as torch from '../../src/index.js';

/** Tests of functions that autograd calls. A graph on a device runs on the device's own thread, and calls back on this one. */
export function callbackTests(device: torch.Device): void {
  const leaf = (): torch.Tensor => torch.ones(2, { device, requiresGrad: true });

  test('are hooks of leaves and of results, in both kinds of backward', async () => {
    const x = leaf();
    x.registerHook((grad) => grad.mul(10));
    const run = (): torch.Tensor => {
      x.grad = null;
      const y = x.mul(2);
      y.registerHook((grad) => grad.add(1));
      return y.sum();
    };
    run().backward();
    expect(x.grad!.tolist()).toEqual([40, 40]);
    expect(x.grad!.device).toBe(x.device);
    await run().backwardAsync();
    expect(x.grad!.tolist()).toEqual([40, 40]);
    expect(torch.autograd.grad(run(), x)[0]!.tolist()).toEqual([40, 40]);
  });

  test('may run backward() themselves, deeper than there are threads', () => {
    const depths: number[] = [];
    const dive = (depth: number): void => {
      const x = leaf();
      x.registerHook((grad) => {
        depths.push(depth);
        if (depth < 8) torch.enableGrad(() => dive(depth + 1));
        return grad;
      });
      x.mul(2).sum().backward();
    };
    dive(1);
    expect(depths).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  test('record only where the pass is recorded', () => {
    const recorded: boolean[] = [];
    const x = leaf();
    x.registerHook((grad) => {
      recorded.push(x.mul(2).requiresGrad, torch.isGradEnabled());
      recorded.push(torch.enableGrad(() => x.mul(2).requiresGrad));
      recorded.push(x.mul(2).requiresGrad);
      return grad;
    });
    const y = x.square().sum();
    y.backward({ retainGraph: true });
    expect(recorded).toEqual([false, false, true, false]);
    expect(x.grad!.requiresGrad).toBe(false);
    recorded.length = 0;
    const [grad] = torch.autograd.grad(y, x, { createGraph: true });
    expect(recorded).toEqual([true, true, true, true]);
    expect(grad!.requiresGrad).toBe(true);
    expect(x.mul(2).requiresGrad).toBe(true);
  });

  test('run while asynchronous passes wait for the same thread', async () => {
    const pass = (factor: number): torch.Tensor => {
      const x = leaf();
      x.registerHook((grad) => grad.mul(factor));
      return x;
    };
    const leaves = [2, 3, 4, 5].map(pass);
    const promises = leaves.map((x) => x.sum().backwardAsync());
    const now = pass(7);
    now.sum().backward();
    expect(now.grad!.tolist()).toEqual([7, 7]);
    await Promise.all(promises);
    expect(leaves.map((x) => x.grad!.at(0).item())).toEqual([2, 3, 4, 5]);
  });

  test.each([new Error('boom'), null])('bring what they throw (%s) to the caller', (thrown) => {
    const x = leaf();
    x.registerHook(() => {
      throw thrown;
    });
    let caught: unknown = 'nothing';
    try {
      x.mul(2).sum().backward();
    } catch (error) {
      caught = error;
    }
    expect(caught).toBe(thrown);
    // The device's thread goes on.
    const y = leaf();
    y.sum().backward();
    expect(y.grad!.tolist()).toEqual([1, 1]);
  });

  test('are custom functions, and hooks after accumulation', () => {
    class Scale extends torch.autograd.Function {
      static forward(ctx: torch.autograd.FunctionContext, x: torch.Tensor): torch.Tensor {
        ctx.saveForBackward(x);
        return x.mul(x);
      }

      static backward(ctx: torch.autograd.FunctionContext, grad: torch.Tensor): torch.Tensor {
        return ctx.savedTensors[0]!.mul(2).mul(grad);
      }
    }
    const x = torch.tensor([1.5, 2], { dtype: 'float64', device, requiresGrad: true });
    const seen: number[][] = [];
    const handle = x.registerPostAccumulateGradHook((leaf) => void seen.push(leaf.grad!.tolist<number[]>()));
    Scale.apply(x).sum().backward();
    expect(seen).toEqual([[3, 4]]);
    handle.remove();
    expect(torch.autograd.gradcheck((input) => Scale.apply(input), [x])).toBe(true);
  });

  test('see a graph that crosses devices', () => {
    const x = torch.ones(2, { requiresGrad: true });
    const devices: string[] = [];
    const there = x.to(device).mul(3);
    there.registerHook((grad) => void devices.push(grad.device));
    there.cpu().mul(2).sum().backward();
    expect(x.grad!.device).toBe('cpu');
    expect(x.grad!.tolist()).toEqual([6, 6]);
    expect(devices).toEqual([device === 'cpu' ? 'cpu' : `${device}:0`]);
  });
}
