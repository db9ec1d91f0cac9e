import { describe, expect, test } from 'vitest';
import * as torch from '../../src/index.js';
import { describeDevices } from '../devices.js';

const { functional, forwardAD } = torch.autograd;
type T = torch.Tensor;

function close(found: unknown, wanted: T): void {
  expect(found).toBeInstanceOf(torch.Tensor);
  expect((found as T).shape).toEqual(wanted.shape);
  expect(torch.allclose(found as T, wanted)).toBe(true);
}

describe('torch.autograd.functional', () => {
  test('wrong arguments are refused', () => {
    const x = torch.ones(2);
    expect(() => functional.vjp((x) => x, x)).toThrow(/'v' may be left out only where the output is one number/);
    expect(() => functional.vjp((x) => x, x, torch.ones(3))).toThrow(/must have the shapes \[2\], not \[3\]/);
    expect(() => functional.jvp((x) => x, 3 as never)).toThrow(/'inputs' must be/);
    expect(() => functional.hvp((x) => x, x, x)).toThrow(/one element/);
    expect(() => functional.hessian((x) => x, x)).toThrow(/one element/);
    expect(() => functional.jacobian(() => 3 as never, x)).toThrow(/'the result of fn' must be/);
    expect(() => functional.jacobian(() => torch.ones(1), x, { strict: true })).toThrow(/'strict' asks for/);
    expect(() => functional.vhp(3 as never, x, x)).toThrow(/'fn' must be function/);
  });
});

describeDevices('torch.autograd.functional', (device) => {
  const draw = (...shape: number[]): T => torch.randn(shape, { dtype: 'float64', device });
  const [a, x, y] = [() => draw(4, 3), () => draw(3), () => draw(3)];

  test('products agree with the matrices, and these with torch.func', () => {
    const [weight, at, other] = [a(), x(), y()];
    const fn = (v: T): T => weight.matmul(v).tanh();
    const jacobian = functional.jacobian(fn, at) as T;
    close(jacobian, torch.func.jacrev(fn)(at));
    const cotangent = draw(4);
    close(functional.vjp(fn, at, cotangent)[1], cotangent.matmul(jacobian));
    close(functional.jvp(fn, at, other)[1], jacobian.matmul(other));
    close(functional.jvp(fn, at, other)[0], fn(at));

    const energy = (v: T): T => v.pow(4).sum().add(v.prod());
    const hessian = functional.hessian(energy, at) as T;
    close(hessian, torch.func.hessian(energy)(at));
    close(functional.hvp(energy, at, other)[1], hessian.matmul(other));
    close(functional.vhp(energy, at, other)[1], other.matmul(hessian));
    close(functional.vhp(energy, at, other)[0], energy(at));
  });

  test('several inputs and outputs give arrays in arrays', () => {
    const [p, q] = [draw(2), draw(3)];
    const blocks = functional.jacobian((p, q) => [p!.outer(q!), p!], [p, q]) as T[][];
    expect(blocks.map((row) => row.map((block) => block.shape))).toEqual([
      [
        [2, 3, 2],
        [2, 3, 3],
      ],
      [
        [2, 2],
        [2, 3],
      ],
    ]);
    expect(blocks[1]![1]!.abs().sum().item()).toBe(0);
    const hessian = functional.hessian((p, q) => p!.outer(q!).sum(), [p, q]) as T[][];
    expect(hessian.map((row) => row.map((block) => block.sum().item()))).toEqual([
      [0, 6],
      [6, 0],
    ]);
  });

  test('results can be differentiated where that is asked for', () => {
    const at = draw(3).requiresGrad_();
    const [, product] = functional.vjp((v) => v.pow(3), at, torch.onesLike(at), { createGraph: true });
    (product as T).sum().backward();
    close(at.grad, at.detach().mul(6));
    expect((functional.vjp((v) => v.pow(3), at, torch.onesLike(at))[1] as T).requiresGrad).toBe(false);
  });
});

describeDevices('forward mode', (device) => {
  const { dualLevel, makeDual, unpackDual } = forwardAD;

  test('is only inside, and does not nest', () => {
    const one = torch.ones([1], { device });
    expect(() => makeDual(one, one)).toThrow(/only inside of dualLevel/);
    expect(() => dualLevel(() => dualLevel(() => 1))).toThrow(/can be nested/);
    expect(() => dualLevel(() => makeDual(one, torch.ones([2], { device })))).toThrow();
    expect(() => dualLevel(() => makeDual(3 as never, one))).toThrow(/'tensor' must be Tensor/);
    expect(unpackDual(one).tangent).toBeNull();
  });

  test('carries tangents along, and lets them go', () => {
    const [x, v] = [torch.randn([3], { device }), torch.randn([3], { device })];
    const kept: T[] = [];
    const tangent = dualLevel(() => {
      const y = makeDual(x, v).sin().mul(2);
      kept.push(y);
      return unpackDual(y).tangent!;
    });
    close(tangent, x.cos().mul(2).mul(v));
    dualLevel(() => expect(unpackDual(kept[0]!).tangent).toBeNull());
  });
});

describe('gradgradcheck', () => {
  test('second derivatives that are right pass, wrong ones are named', () => {
    const x = torch.tensor([0.5, 2], { dtype: 'float64', requiresGrad: true });
    expect(torch.autograd.gradgradcheck((x) => [x.sin(), x.prod()], [x])).toBe(true);
    class Wrong extends torch.autograd.Function {
      static forward(ctx: torch.autograd.FunctionContext, x: T): T {
        ctx.saveForBackward(x);
        return x.pow(3);
      }
      static backward(ctx: torch.autograd.FunctionContext, grad: T): T {
        const [x] = ctx.savedTensors;
        return grad.mul(x!.detach().square().mul(3));
      }
    }
    expect(torch.autograd.gradcheck((x) => Wrong.apply(x), [x])).toBe(true);
    expect(() => torch.autograd.gradgradcheck((x) => Wrong.apply(x), [x])).toThrow(
      /backward gives .*, differences give/,
    );
  });
});
