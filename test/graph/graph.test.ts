import { describe, expect, test } from 'vitest';
import * as torch from '../../src/index.js';
import type { GraphArgument, GraphNode, GraphSpec } from '../../src/index.js';

const value = (slot: number): GraphArgument => ({ value: slot });
const constant = (what: unknown): GraphArgument => ({ constant: what });

/** A graph of which the slots are counted: inputs first, then what is asked for. */
function spec(inputs: number, slots: number, nodes: GraphNode[], outputs: GraphArgument[]): GraphSpec {
  return { slots, inputs: Array.from({ length: inputs }, (_, i) => i), constants: [], nodes, outputs };
}

const builtin = (name: string, ...args: unknown[]): unknown => {
  const node = {
    target: `builtin::${name}`,
    args: args.map((_, i) => value(i)),
    outputs: [args.length],
  };
  return new torch.Graph(spec(args.length, args.length + 1, [node], [value(args.length)])).run(args as number[])[0];
};

describe('torch.Graph', () => {
  test.each<[string, unknown, RegExp]>([
    ['no object', 3, /'spec' must be a specification/],
    ['no slots', { inputs: [], constants: [], nodes: [] }, /slots: it must be a number/],
    ['no nodes', { slots: 1, inputs: [], constants: [], outputs: [] }, /nodes: it must be an array/],
    ['a slot beyond the table', { ...spec(0, 1, [], [value(7)]) }, /outputs: a slot must be a number below 1/],
    ['a slot that nothing writes', spec(0, 1, [], [value(0)]), /output slot 0 is never written/],
    [
      'a slot that is read too early',
      spec(0, 2, [{ target: 'aten::neg', args: [value(0)], outputs: [1] }], [value(1)]),
      /slot 0 is read before it is written/,
    ],
    ['an operator that there is not', spec(0, 1, [{ target: 'aten::no', args: [], outputs: [0] }], []), /aten::no/],
    [
      'a builtin that there is not',
      spec(0, 1, [{ target: 'builtin::no', args: [], outputs: [] }], []),
      /no such builtin/,
    ],
    [
      'an argument of another type',
      spec(1, 2, [{ target: 'aten::sum.dim_IntList', args: [value(0), constant('x')], outputs: [1] }], [value(1)]),
      /argument 'dim' must be/,
    ],
    [
      'too many arguments',
      spec(1, 2, [{ target: 'aten::neg', args: [value(0), value(0)], outputs: [1] }], [value(1)]),
      /too many arguments/,
    ],
    [
      'a branch without graphs',
      spec(0, 1, [{ target: 'control::cond', args: [], outputs: [] }], []),
      /graphs: it must be an array/,
    ],
  ])('%s is refused', (_, bad, message) => {
    expect(() => new torch.Graph(bad as GraphSpec)).toThrow(message);
  });

  test('graphs that nest without end are refused', () => {
    let inner = spec(0, 1, [], []);
    for (let i = 0; i < 100; i++) {
      inner = spec(
        0,
        1,
        [{ target: 'control::call', args: [constant(null), { list: [] }], outputs: [], graphs: [inner] }],
        [],
      );
    }
    expect(() => new torch.Graph(inner)).toThrow(/nested too deeply/);
  });

  test('inputs of another number or type are refused', () => {
    const graph = new torch.Graph(spec(1, 2, [{ target: 'aten::neg', args: [value(0)], outputs: [1] }], [value(1)]));
    expect(() => graph.run([])).toThrow(/takes 1 inputs, not 0/);
    expect(() => graph.run(['x' as never])).toThrow(/input 0 must be Tensor, number or boolean, not string/);
    expect(() => graph.run([3])).toThrow();
    expect(graph.run([torch.ones(1)])[0]).toBeInstanceOf(torch.Tensor);
    graph.dispose();
    expect(() => graph.run([torch.ones(1)])).toThrow(torch.DisposedError);
  });

  test('an operator that throws names itself and the line of its author', async () => {
    const node = { target: 'aten::mm', args: [value(0), value(1)], outputs: [2], source: 'at model.py:12' };
    const graph = new torch.Graph(spec(2, 3, [node], [value(2)]));
    const wrong = [torch.ones(2, 3), torch.ones(2, 3)];
    expect(() => graph.run(wrong)).toThrow(/cannot be multiplied[^]*in aten::mm, written at model\.py:12/);
    await expect(graph.runAsync(wrong)).rejects.toThrow(/in aten::mm, written at model\.py:12/);
  });

  test('arithmetic is that of Python', () => {
    expect(builtin('floordiv', -7, 2)).toBe(-4);
    expect(builtin('mod', -7, 3)).toBe(2);
    expect(builtin('truediv', 7, 2)).toBe(3.5);
    expect(builtin('pow', 2, 10)).toBe(1024);
    expect(builtin('max', 2, 10)).toBe(10);
    expect(builtin('lt', 2, 10)).toBe(true);
    expect(builtin('ite', false, 1, 2)).toBe(2);
    expect(() => builtin('floordiv', 1, 0)).toThrow(/zero/);
    expect(() => builtin('mod', 1, 0)).toThrow(/zero/);
    expect(() => builtin('mod', -(2n ** 63n), -1)).toThrow(/beyond 64 bits/);
    expect(() => builtin('mul', 2n ** 62n, 2)).toThrow(/beyond 64 bits/);
  });

  test('cond runs one branch, while_loop as often as it says', () => {
    const branch = (target: string): GraphSpec => spec(1, 2, [{ target, args: [value(0)], outputs: [1] }], [value(1)]);
    const cond = new torch.Graph(
      spec(
        2,
        3,
        [
          {
            target: 'control::cond',
            args: [value(0), { list: [value(1)] }],
            outputs: [2],
            graphs: [branch('aten::neg'), branch('aten::abs')],
          },
        ],
        [value(2)],
      ),
    );
    const x = torch.tensor([-2.5]);
    expect(cond.run([true, x]).map((t) => (t as torch.Tensor).item())).toEqual([2.5]);
    expect(cond.run([torch.tensor(false), x]).map((t) => (t as torch.Tensor).item())).toEqual([2.5]);
    expect(cond.run([true, x.abs()]).map((t) => (t as torch.Tensor).item())).toEqual([-2.5]);

    const loop = new torch.Graph(
      spec(
        2,
        4,
        [
          {
            target: 'control::while_loop',
            args: [{ list: [value(0), value(1)] }, { list: [] }],
            outputs: [2, 3],
            graphs: [
              spec(2, 3, [{ target: 'builtin::lt', args: [value(0), constant(5)], outputs: [2] }], [value(2)]),
              spec(
                2,
                4,
                [
                  { target: 'builtin::add', args: [value(0), constant(1)], outputs: [2] },
                  { target: 'aten::add.Tensor', args: [value(1), value(1)], outputs: [3] },
                ],
                [value(2), value(3)],
              ),
            ],
          },
        ],
        [value(2), value(3)],
      ),
    );
    const [count, doubled] = loop.run([0, torch.ones(1)]);
    expect([count, (doubled as torch.Tensor).item()]).toEqual([5, 32]);
  });

  test('a captured graph as data makes the same graph', () => {
    const w = torch.randn(4, 3);
    const fn = torch.capture((x) => torch.cat([x, x]).matmul(w).softmax(1).sum(0), [torch.ones(2, 4)]);
    const x = torch.randn(2, 4);
    const again = new torch.Graph(fn.graph.spec());
    expect(torch.equal(again.run([x])[0] as torch.Tensor, fn(x))).toBe(true);
    expect(again.toString()).toBe(fn.graph.toString());
    expect(again.toString()).toMatch(/aten::_softmax\.default\(.*\) {2}# at .*graph\.test\.ts/);
  });

  test('runs at the same time on several threads do not meet', async () => {
    const w = torch.randn(8, 8);
    const fn = torch.capture((x) => x.matmul(w).relu().matmul(w), [torch.ones(2, 8)]);
    const xs = Array.from({ length: 32 }, () => torch.randn(2, 8));
    const together = await Promise.all(xs.map((x) => fn.runAsync(x)));
    together.forEach((result, i) => expect(result.equal(fn(xs[i]!))).toBe(true));
  });

  test('a graph that writes to what it holds runs once at a time', async () => {
    const total = torch.zeros(1000);
    const part = total.at(torch.slice(0, 500));
    const fn = torch.capture((x) => part.add_(x), [torch.zeros(500)]);
    await Promise.all(Array.from({ length: 200 }, () => fn.runAsync(torch.ones(500))));
    expect(total.sum().item()).toBe(100_000);
  });

  test('results stay what they are when later runs use the memory of dead values again', async () => {
    const [a, b] = [torch.randn(300, 300), torch.randn(300, 300)];
    const chain = (x: torch.Tensor, y: torch.Tensor): torch.Tensor[] => {
      const sum = x.add(y).mul(y);
      return [sum.sub(x).sigmoid(), sum.softmax(1).max(0).values, sum.matmul(x).tanh().mul(2)];
    };
    const fn = torch.capture(chain, [a, b]);
    const inputs = Array.from({ length: 6 }, () => [torch.randn(300, 300), torch.randn(300, 300)] as const);
    const kept = inputs.map(([x, y]) => fn(x, y));
    kept.push(...(await Promise.all(inputs.map(([x, y]) => fn.runAsync(x, y)))));
    kept.forEach((results, i) => {
      chain(...inputs[i % 6]!).forEach((expected, k) => expect(torch.allclose(results[k]!, expected)).toBe(true));
    });
  });

  test('a signal drops runs that have not begun', async () => {
    const x = torch.randn(400, 400);
    const fn = torch.capture((x) => x.matmul(x).matmul(x).matmul(x), [x]);
    await expect(fn.runAsync(x, { signal: AbortSignal.abort() })).rejects.toMatchObject({ name: 'AbortError' });
    const controller = new AbortController();
    const busy = Array.from({ length: 8 }, () => fn.runAsync(x));
    const waiting = fn.runAsync(x, { signal: controller.signal });
    const graph = fn.graph.runAsync([x], { signal: controller.signal });
    controller.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
    await expect(graph).rejects.toThrow('enough');
    await Promise.all(busy);
  });
});
