import { describe, expect, test } from 'vitest';
import * as torch from '../../src/index.js';
import { collectGarbage } from '../../src/collector.js';
import { describeDevices } from '../devices.js';

describeDevices('backward', (device) => {
  test.each([new Error('boom'), 'text', null, undefined, 5])(
    'brings what a hook threw (%s) to its caller as itself',
    (thrown) => {
      const x = torch.ones(1, { device, requiresGrad: true });
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
    },
  );

  test('runs hooks on their own thread while it runs elsewhere', async () => {
    const x = torch.ones(1, { device, requiresGrad: true });
    x.registerHook((grad) => grad.mul(10));
    await x.mul(2).sum().backwardAsync();
    expect(x.grad!.item()).toBe(20);
  });

  test('differentiates gradients', () => {
    const x = torch.tensor(3, { dtype: 'float32', device, requiresGrad: true });
    const [first] = torch.autograd.grad(x.pow(3), x, { createGraph: true });
    expect(torch.autograd.grad(first!, x)[0]!.item()).toBe(18);
  });
});

describe('noGrad', () => {
  test('holds through what is awaited, and not beside it', async () => {
    const x = torch.ones(1, { requiresGrad: true });
    const inside = torch.noGrad(async () => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      return x.mul(2).requiresGrad;
    });
    expect(x.mul(2).requiresGrad).toBe(true);
    expect(await inside).toBe(false);
    expect(x.mul(2).requiresGrad).toBe(true);
  });
});

describeDevices('Function', (device) => {
  class Cube extends torch.autograd.Function {
    static forward(ctx: torch.autograd.FunctionContext, x: torch.Tensor): torch.Tensor {
      ctx.saveForBackward(x);
      return x.pow(3);
    }

    static backward(ctx: torch.autograd.FunctionContext, grad: torch.Tensor): torch.Tensor {
      return ctx.savedTensors[0]!.square().mul(3).mul(grad);
    }
  }

  test('has the gradient that it says', () => {
    const x = torch.tensor([1.5, 2], { dtype: 'float64', device, requiresGrad: true });
    expect(torch.autograd.gradcheck((input) => Cube.apply(input), [x])).toBe(true);
  });

  test('brings what it threw to the caller of backward as itself', () => {
    const thrown = { any: 'thing' };
    class Bad extends Cube {
      static override backward(): torch.Tensor {
        throw thrown;
      }
    }
    const x = torch.ones(1, { device, requiresGrad: true });
    let caught: unknown;
    try {
      Bad.apply(x).sum().backward();
    } catch (error) {
      caught = error;
    }
    expect(caught).toBe(thrown);
  });

  test('goes with its graph', async () => {
    let alive = 0;
    const registry = new FinalizationRegistry(() => alive--);
    class Watched extends Cube {
      static override forward(ctx: torch.autograd.FunctionContext, x: torch.Tensor): torch.Tensor {
        alive++;
        registry.register(ctx, undefined);
        return Cube.forward(ctx, x);
      }
    }
    const x = torch.ones(1, { device, requiresGrad: true });
    for (let i = 0; i < 50; i++) torch.scope(() => void Watched.apply(x).sum().backward());
    for (let i = 0; i < 50 && alive > 1; i++) {
      collectGarbage();
      torch.ones(1).dispose();
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    expect(alive).toBeLessThanOrEqual(1);
  });
});

test('gradcheck finds a wrong gradient', () => {
  class Wrong extends torch.autograd.Function {
    static forward(_: torch.autograd.FunctionContext, x: torch.Tensor): torch.Tensor {
      return x.mul(2);
    }

    static backward(_: torch.autograd.FunctionContext, grad: torch.Tensor): torch.Tensor {
      return grad.mul(3);
    }
  }
  const x = torch.ones(1, { dtype: 'float64', requiresGrad: true });
  expect(() => torch.autograd.gradcheck((input) => Wrong.apply(input), x)).toThrow('backward gives 3');
});
