import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import * as torch from '../../src/index.js';

const { nn } = torch;

/** As Python has them: submodules, a buffer, a constant. */
class Net extends nn.Module<[torch.Tensor], torch.Tensor> {
  body = new nn.Sequential(new nn.Linear(3, 4), new nn.ReLU());
  head = new nn.Linear(4, 2);
  shift = torch.ones(2);

  constructor() {
    super();
    this.registerBuffer('shift', torch.tensor([0.5, -0.5]));
  }

  forward(x: torch.Tensor): torch.Tensor {
    return this.head
      .call(this.body.call(x))
      .add(this.shift)
      .mul(torch.tensor([2, 3]));
  }
}

describe('torch.jit.trace', () => {
  const x = torch.ones(2);
  const outside = torch.ones(2, { requiresGrad: true });

  test.each([
    ['no function', () => torch.jit.trace(5 as never, [x]), "argument 'target' must be module or function"],
    ['inputs that are no array', () => torch.jit.trace((y: unknown) => y, x as never), "argument 'exampleInputs'"],
    ['a number as input', () => torch.jit.trace((y: unknown) => y, [1]), 'trace(): input 0 must be Tensor, not number'],
    [
      'a number deep inside',
      () => torch.jit.trace((y: unknown) => y, [[x, [2]]]),
      'trace(): input 0[1][0] must be Tensor',
    ],
    ['a number as result', () => torch.jit.trace(() => 3, [x]), 'trace(): the result must be Tensor, not number'],
    ['a promise as result', () => torch.jit.trace(async (y: unknown) => y, [x]), 'the function is asynchronous'],
    [
      'too few names',
      () => torch.jit.trace((y: unknown) => y, [x], { argumentNames: ['a', 'b'] }),
      '2 names for 1 arguments',
    ],
    ['a name that Python has not', () => torch.jit.trace((y: unknown) => y, [x], { argumentNames: ['a b'] }), "'a b'"],
    [
      'a trace within a trace',
      () => torch.jit.trace((y: torch.Tensor) => torch.jit.trace(() => y, [y]).call(y), [x]),
      'traces do not nest',
    ],
    [
      'a tensor that requires a gradient and is no parameter',
      () => torch.jit.trace((y: torch.Tensor) => y.mul(outside), [x]),
      'requires grad',
    ],
  ] as [string, () => unknown, string][])('refuses %s, and leaves no trace open', (_, run, message) => {
    expect(run).toThrow(message);
    expect(
      torch.jit
        .trace((y: torch.Tensor) => y.neg(), [x])
        .call(x)
        .sum()
        .item(),
    ).toBe(-2);
  });

  test.each([new Error('boom'), 'text', undefined])('brings what the function threw (%s) to its caller', (thrown) => {
    let caught: unknown = 'nothing';
    try {
      torch.jit.trace(() => {
        throw thrown;
      }, [x]);
    } catch (error) {
      caught = error;
    }
    expect(caught).toBe(thrown);
  });

  test('keeps the names of parameters and buffers, and shares their memory', () => {
    const net = new Net();
    const model = torch.jit.trace(net, [torch.randn(1, 3)]);
    expect(Object.keys(model.stateDict())).toEqual(Object.keys(net.stateDict()));
    expect(Array.from(model.namedParameters(), ([name]) => name)).toEqual(
      Array.from(net.namedParameters(), ([name]) => name),
    );
    const input = torch.randn(5, 3);
    expect(model.call(input).equal(net.call(input))).toBe(true);
    torch.noGrad(() => net.head.bias.fill_(7));
    expect(model.call(input).equal(net.call(input))).toBe(true);
    const optimizer = new torch.optim.SGD(model.parameters(), { lr: 0.1 });
    model.call(input).sum().backward();
    optimizer.step();
    expect(net.head.bias.grad).not.toBe(null);
    expect(model.call(input).equal(net.call(input))).toBe(true);
  });

  test('takes arrays as tuples and objects as dicts, and gives both', () => {
    const model = torch.jit.trace(
      ([a, b]: torch.Tensor[], { c }: { c: torch.Tensor }) => ({ sum: a!.add(b!), product: a!.mul(c) }),
      [[x, x], { c: x }],
    );
    expect(model.schema()).toContain('(Tensor, Tensor) input, Dict(str, Tensor) input_1) -> Dict(str, Tensor)');
    const three = torch.tensor([3, 3]);
    const { sum, product } = model.forward<Record<string, torch.Tensor>>([three, x], { c: three });
    expect([sum!.sum().item(), product!.sum().item()]).toEqual([8, 18]);
    const pair = torch.jit.trace((y: torch.Tensor) => y.view(2, 1).max(1), [x]);
    expect(pair.forward<torch.Tensor[]>(three).length).toBe(2);
    expect(() => torch.jit.trace((y: torch.Tensor) => ({ y }), [x], { strict: true })).toThrow(/dict/i);
  });

  test('calls arguments what it is told to', () => {
    const model = torch.jit.trace((a: torch.Tensor, b: torch.Tensor) => a.sub(b), [x, x], {
      argumentNames: ['a', 'by'],
    });
    expect(
      model
        .forward(x, { by: torch.tensor([3, 3]) })
        .sum()
        .item(),
    ).toBe(-4);
  });

  test('traces within noGrad and scopes, and the module outlives the scope', () => {
    const net = new Net();
    const input = torch.randn(2, 3);
    const model = torch.scope(() => torch.noGrad(() => torch.jit.trace(net, [torch.ones(1, 3)])));
    expect(model.call(input).equal(net.call(input))).toBe(true);
  });

  test('writes what it can read again, without what it was traced from', async () => {
    const net = new Net();
    const input = torch.randn(4, 3);
    const expected = net.call(input);
    const model = await torch.jit.load(await torch.jit.save(torch.jit.trace(net, [torch.ones(1, 3)])));
    expect(model.call(input).equal(expected)).toBe(true);
    expect(model.className).toBe('Net');
    expect(Object.keys(model.stateDict())).toEqual(Object.keys(net.stateDict()));
  });
});

const python = process.env['FLAMBEAU_PYTHON'] ?? 'python3';
const hasTorch = spawnSync(python, ['-c', 'import torch']).status === 0;

describe(`a traced module in Python${hasTorch ? '' : ' (no Python with torch here)'}`, () => {
  test.skipIf(!hasTorch)('gives the same numbers, and has the same names', () => {
    const file = path.join(mkdtempSync(path.join(tmpdir(), 'flambeau-trace-')), 'net.pt');
    const net = new Net();
    torch.jit.saveSync(torch.jit.trace(net, [torch.ones(1, 3)], { argumentNames: ['x'] }), file);
    const script = `
import torch, json, sys
model = torch.jit.load(sys.argv[1])
print(json.dumps([list(model.state_dict()), model(x=torch.arange(6.0).view(2, 3)).flatten().tolist()]))`;
    const { stdout, stderr } = spawnSync(python, ['-c', script, file], { encoding: 'utf8' });
    expect(stderr).toBe('');
    const [names, numbers] = JSON.parse(stdout) as [string[], number[]];
    expect(names).toEqual(Object.keys(net.stateDict()));
    const ours = net.call(torch.arange(6).to('float32').view(2, 3)).flatten().detach();
    expect(ours.allclose(torch.tensor(numbers, { dtype: 'float32' }))).toBe(true);
  });
});
