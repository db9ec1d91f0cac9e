import { describe, expect, test } from 'vitest';
import * as torch from '../../src/index.js';
import { describeDevices } from '../devices.js';

const { func, vmap } = torch;
type T = torch.Tensor;
const doubles = { dtype: 'float64' } as const;
const heard: string[] = [];
process.on('warning', (warning) => heard.push(warning.message));

function close(found: T, wanted: T): void {
  expect(found.shape).toEqual(wanted.shape);
  expect(torch.allclose(found.to(wanted.dtype), wanted, { rtol: 1e-5, atol: 1e-6 })).toBe(true);
}

describe('errors', () => {
  test('of vmap name the argument', () => {
    expect(() => vmap((a: T, b: T) => a.add(b))(torch.ones(2), torch.ones(3))).toThrow(/\[0\] has 2 and \[1\] has 3/);
    expect(() => vmap((a: T) => a)(torch.tensor(1))).toThrow(/\[0\] has 0 dimensions/);
    expect(() => vmap((a: T) => a, { inDims: null })(torch.ones(2))).toThrow(/no argument is mapped over/);
    expect(() => vmap((a: T) => a, { inDims: [0, 0] })(torch.ones(2))).toThrow(/places \[0, 1\]/);
    expect(() => vmap((a: T) => a, { outDims: null })(torch.ones(2))).toThrow(/'outDims'/);
    expect(() => vmap(() => 3)()).toThrow(/no argument is mapped over/);
    expect(() => vmap((a: T) => a.shape)(torch.ones(2))).toThrow(/must give Tensors/);
    expect(() => vmap((a: T) => a.item())(torch.ones(2))).toThrow();
    expect(() => vmap((a: T) => a.add(torch.randn(2)))(torch.ones(3, 2))).toThrow(/random/i);
    expect(() => vmap(3 as never)).toThrow(/'fn' must be function/);
    // Every layer is gone again.
    expect(torch.ones(2).sum().item()).toBe(2);
  });

  test('of grad and its like say what the function must give', () => {
    expect(() => func.grad((x: T) => x)(torch.ones(2))).toThrow(/no dimensions, not of shape \[2\]/);
    expect(() => func.grad(() => 3)(torch.ones(2))).toThrow(/must give a Tensor/);
    expect(() => func.grad((x: T) => x, { argnums: 4 })(torch.ones(2))).toThrow(/argument 4, but there are 1/);
    expect(() => func.vjp((x: T) => x.gt(0), torch.ones(2))).toThrow(/floating point or complex, not bool/);
    const [, pull] = func.vjp((x: T) => [x, x], torch.ones(2));
    expect(() => pull([torch.ones(2)] as never)).toThrow(/not like the output/);
    expect(() => func.jvp((x: T) => x, [torch.ones(2)], [])).toThrow(/not like the arguments/);
    expect(torch.ones(2, { requiresGrad: true }).mul(2).requiresGrad).toBe(true);
  });
});

describeDevices('torch.func', (device) => {
  const draw = (...shape: number[]): T => torch.randn(shape, { ...doubles, device });

  test('vmap gives what a loop gives, over any dimension, in any structure', () => {
    const [a, b] = [draw(4, 3), draw(3, 5)];
    const fn = ({ x, w }: { x: T; w: T }): { y: T; s: T } => ({ y: x.matmul(w), s: x.sum() });
    const { y, s } = vmap(fn, { outDims: { y: 1, s: 0 } })({ x: a, w: b.unsqueeze(0).expand(4, 3, 5) });
    close(y, a.matmul(b).t());
    close(s, a.sum(1));
    close(vmap((x: T, w: T) => x.matmul(w), { inDims: [1, null] })(a.t(), b), a.matmul(b));
    close(vmap((x: T, w: T) => x.matmul(w), { inDims: [-1, null], chunkSize: 3 })(a.t(), b), a.matmul(b));
    close(vmap((x: T) => vmap((v: T) => v.square())(x))(a), a.square());
    close(
      vmap((x: T) => torch.ones([2], { ...doubles, device }).add(x.mul(0)))(draw(3)),
      torch.ones([3, 2], { ...doubles, device }),
    );
  });

  test('random numbers in vmap are the same or different, as asked', () => {
    const x = torch.zeros([4, 6], { device });
    const add = (row: T): T => row.add(torch.rand([6], { device }));
    const same = vmap(add, { randomness: 'same' })(x);
    close(same, same.at(0).expand(4, 6));
    const different = vmap(add, { randomness: 'different' })(x);
    expect(different.at(0).equal(different.at(1))).toBe(false);
  });

  test('grad is what backward gives, of any argument, nested, with a value and aux', () => {
    const [x, w] = [draw(5), draw(5)];
    const loss = (x: T, { w }: { w: T }): T => x.mul(w).sin().sum();
    close(func.grad(loss)(x, { w }), x.mul(w).cos().mul(w));
    const [dx, dw] = func.grad(loss, { argnums: [0, 1] })(x, { w }) as unknown as [T, { w: T }];
    close(dx, x.mul(w).cos().mul(w));
    close(dw.w, x.mul(w).cos().mul(x));
    const [gradient, value] = func.gradAndValue(loss)(x, { w });
    close(gradient, dx);
    close(value, loss(x, { w }));
    const [only, aux] = func.grad((x: T) => [x.square().sum(), { x }], { hasAux: true })(x) as unknown as [T, { x: T }];
    close(only, x.mul(2));
    close(aux.x, x);
    const scalar = draw().reshape([]);
    close(func.grad(func.grad(func.grad((x: T) => x.pow(4))))(scalar), scalar.mul(24));
    expect(x.requiresGrad).toBe(false);
    expect(
      func
        .grad((x: T) => torch.tensor(1, { ...doubles, device }).add(x.detach().sum().mul(0)))(x)
        .abs()
        .sum()
        .item(),
    ).toBe(0);
  });

  test('gradients flow through a transform to what is outside', () => {
    const w = draw(3).requiresGrad_();
    const x = draw(3);
    func
      .grad((x: T) => x.square().mul(w).sum())(x)
      .sum()
      .backward();
    close(w.grad!, x.mul(2));
  });

  test('per-sample gradients are those of each sample', () => {
    const [xs, ys, w] = [draw(6, 3), draw(6), draw(3)];
    const loss = (w: T, x: T, y: T): T => x.dot(w).sub(y).square();
    const all = vmap(func.grad(loss), { inDims: [null, 0, 0] })(w, xs, ys);
    for (let i = 0; i < 6; i++) close(all.at(i), func.grad(loss)(w, xs.at(i), ys.at(i)));
  });

  test('vjp and jvp agree with the Jacobian, forward and reverse', () => {
    const a = draw(4, 3);
    const f = (x: T): T => a.matmul(x).tanh();
    const x = draw(3);
    const jacobian = func.jacrev(f)(x);
    expect(jacobian.shape).toEqual([4, 3]);
    close(func.jacfwd(f)(x), jacobian);
    close(func.jacrev(f, { chunkSize: 3 })(x), jacobian);
    close(jacobian, f(x).square().neg().add(1).unsqueeze(1).mul(a));
    const [cotangent, tangent] = [draw(4), draw(3)];
    const [output, pull] = func.vjp(f, x);
    close(output, f(x));
    close(pull(cotangent)[0], cotangent.matmul(jacobian));
    const [same, pushed] = func.jvp(f, [x], [tangent]);
    close(same, f(x));
    close(pushed, jacobian.matmul(tangent));
    const [value, product] = func.linearize(f, x);
    expect(torch.equal(value, same)).toBe(true);
    expect(torch.equal(product(tangent), pushed)).toBe(true);
    const [, , aux] = func.jvp((x: T) => [x.sin(), x] as const, [x], [tangent], { hasAux: true });
    close(aux as T, x);
  });

  test('Jacobians of several arguments and results are in their structures', () => {
    const [x, y] = [draw(2), draw(3)];
    const f = (x: T, y: T): { outer: T; sum: T } => ({ outer: x.outer(y), sum: y.sum().reshape([1]) });
    for (const jacobian of [func.jacrev, func.jacfwd]) {
      const found = jacobian(f, { argnums: [0, 1] })(x, y) as unknown as { outer: T[]; sum: T[] };
      expect(found.outer.map((t) => t.shape)).toEqual([
        [2, 3, 2],
        [2, 3, 3],
      ]);
      expect(found.sum.map((t) => t.shape)).toEqual([
        [1, 2],
        [1, 3],
      ]);
      close(found.outer[0]!, torch.einsum('ik,j->ijk', [torch.eye(2, { ...doubles, device }), y]));
      close(found.sum[1]!, torch.ones([1, 3], { ...doubles, device }));
    }
  });

  test('a Hessian is the matrix of second derivatives', () => {
    const x = draw(3);
    const f = (x: T): T => x.pow(3).sum().add(x.prod());
    const wanted = torch.diag(x.mul(6)).add(
      torch
        .ones([3, 3], { ...doubles, device })
        .sub(torch.eye(3, { ...doubles, device }))
        .mul(x.prod())
        .div(x.outer(x)),
    );
    close(func.hessian(f)(x), wanted);
    close(vmap(func.hessian(f))(torch.stack([x, x])), torch.stack([wanted, wanted]));
  });

  test('layers of nn and losses are mapped and differentiated', () => {
    const model = new torch.nn.Sequential(new torch.nn.Linear(4, 8), new torch.nn.ReLU(), new torch.nn.Linear(8, 3));
    model.to(device);
    const [x, y] = [torch.randn([5, 4], { device }), torch.randint(0, 3, [5], { device })];
    const loss = (x: T, y: T): T => torch.nn.functional.crossEntropy(model.call(x.unsqueeze(0)), y.unsqueeze(0));
    const all = vmap(func.grad(loss))(x, y);
    const leaf = x.detach().requiresGrad_();
    torch.nn.functional.crossEntropy(model.call(leaf), y, { reduction: 'sum' }).backward();
    close(all, leaf.grad!);
  });

  test('losses are mapped as a whole, not in a loop over samples', async () => {
    const F = torch.nn.functional;
    const classes = torch.rand([5], { device });
    const labels = torch.randint(0, 5, [6, 4], { device });
    labels.select(0, 0).fill_(2);
    const pixels = torch.randint(0, 5, [6, 2, 3], { device });
    const [x, y] = [torch.randn([6, 4, 5], { device }), torch.randn([6, 4, 5], { device })];
    const image = torch.randn([6, 2, 5, 3], { device });
    // Makes a number of a loss without reduction in which each element counts differently.
    const number = (v: T): T => v.mul(torch.arange(1, v.numel() + 1, { device }).view(v.shape)).sum();
    const losses: [x: T, y: T, loss: (x: T, y: T) => T][] = [];
    for (const reduction of ['none', 'sum', 'mean'] as const) {
      for (const weight of [null, classes])
        for (const ignoreIndex of [-100, 2]) {
          const loss = (a: T, b: T): T => F.nllLoss(a, b, { weight, reduction, ignoreIndex });
          losses.push([x, labels.clamp(ignoreIndex === 2 ? 1 : 0), loss], [image, pixels, loss]);
        }
      losses.push([x.select(1, 0), labels.select(1, 0), (a, b) => F.nllLoss(a, b, { weight: classes, reduction })]);
      losses.push([x, y, (a, b) => F.mseLoss(a, b, { reduction })]);
      losses.push([x, y, (a, b) => F.smoothL1Loss(a, b, { reduction, beta: 0.7 })]);
      losses.push([x, y, (a, b) => F.huberLoss(a, b, { reduction, delta: 0.8 })]);
    }
    for (const [input, target, loss] of losses) {
      const f = (a: T, b: T): T => number(loss(a, b).nanToNum());
      const [grads, values] = vmap(func.gradAndValue(f))(input, target);
      for (const [i, each] of [...input].entries()) {
        const leaf = each.detach().requiresGrad_();
        const value = f(leaf, target.at(i));
        close(values.at(i), value.detach());
        close(grads.at(i), torch.autograd.grad(value, leaf)[0]!);
      }
    }
    await new Promise((resolve) => setImmediate(resolve));
    expect(heard.filter((message) => message.includes('_loss'))).toEqual([]);
  });

  test('nothing is left behind', () => {
    const x = draw(3);
    const step = (): void => torch.scope(() => void vmap(func.grad((v: T) => v.square().sum()))(torch.stack([x, x])));
    step();
    const { tensors } = torch.memoryStats();
    for (let i = 0; i < 20; i++) step();
    expect(torch.memoryStats().tensors).toBeLessThanOrEqual(tensors);
  });
});
