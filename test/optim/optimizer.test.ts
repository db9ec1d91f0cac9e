import { describe, expect, test } from 'vitest';
import * as torch from '../../src/index.js';
import { describeDevices } from '../devices.js';
import { classes, elements, make, parameters, records, take } from './records.js';

const { optim } = torch;
const one = () => new torch.nn.Parameter(torch.ones(1));

describe.each(classes)('%s', (name, Class) => {
  const params = () => parameters(name);

  test('refuses unknown options, no parameters and rates below zero by name', () => {
    expect(() => new Class(params(), { learningRate: 1 })).toThrow(`${name}(): unknown option 'learningRate'`);
    expect(() => new Class([{ params: params(), learningRate: 1 }] as never)).toThrow(/unknown option 'learningRate'/);
    expect(() => new Class([])).toThrow(`${name}(): argument 'params' holds no parameter`);
    expect(() => new Class(params(), { lr: -1 })).toThrow(`${name}(): argument 'lr' must be number from 0 on`);
    expect(() => new Class(params(), { lr: torch.ones(2) })).toThrow("'lr' must be a Tensor of one element");
    expect(() => new Class(params(), 0.1 as never)).toThrow("argument 'options' must be object");
    expect(() => new Class([3] as never)).toThrow(`${name}(): `);
  });

  test('takes learning rates that are tensors', () => {
    const record = records.find((r) => r.name === name);
    if (!record) return;
    const own = params();
    const lr = torch.tensor(record.options['lr'] as number, { dtype: 'float64' });
    const optimizer = make(name, own, { ...record.options, lr });
    take(name, optimizer, own, 0);
    elements(own).forEach((value, i) => expect(value).toBeCloseTo(record.steps[0]![i]!, name === 'Muon' ? 3 : 7));
    expect(lr.item()).toBe(record.options['lr']);
  });

  test('prints its groups with the options of PyTorch', () => {
    const text = String(new Class(params(), { lr: 0.5 }));
    expect(text).toMatch(new RegExp(`^${name} \\(\\nParameter Group 0\\n(    [a-z0-9_]+: .*\\n)+\\)$`));
    expect(text).toContain('    lr: 0.5\n');
  });
});

describe('an optimizer', () => {
  test('refuses options that make no sense by name', () => {
    expect(() => new optim.SGD([one()], { nesterov: true })).toThrow(/nesterov needs a momentum/);
    expect(() => new optim.Adam([one()], { betas: [0.9, 1] })).toThrow("'betas[1]' must be number from 0 to below 1");
    expect(() => new optim.Adam([one()], { betas: 0.9 as never })).toThrow("'betas' must be array of 2 numbers");
    expect(() => new optim.Adam([one()], { foreach: true, fused: true })).toThrow(/exclude each other/);
    expect(() => new optim.Adadelta([one()], { rho: 1.5 })).toThrow("'rho' must be number from 0 to 1");
    expect(() => new optim.Rprop([one()], { etas: [1.5, 2] })).toThrow("'etas'");
    expect(() => new optim.Adafactor([one()], { beta2Decay: 0.5 })).toThrow("'beta2Decay'");
    expect(() => new optim.Muon([one()])).toThrow('parameters must be matrices, not of shape [1]');
    expect(() => new optim.LBFGS([one()], { lineSearchFn: 'armijo' as never })).toThrow("'lineSearchFn'");
    expect(() => new optim.LBFGS([{ params: one() }, { params: one() }])).toThrow('in one group');
    expect(() => new optim.SGD([{ params: 5 as never }])).toThrow("argument 'params' must be parameters");
    expect(() => new optim.SGD([one()]).step(5 as never)).toThrow("SGD.step(): argument 'closure' must be function");
    expect(() => new optim.SGD([one()]).registerStepPreHook(5 as never)).toThrow("argument 'hook' must be function");
    expect(() => new optim.LBFGS([one()]).step()).toThrow("argument 'closure' must be function");
  });

  test('refuses gradients of a kind that it cannot take', () => {
    const w = one();
    w.grad = torch.sparseCooTensor(torch.tensor([[0]]), torch.ones(1), [1]);
    expect(() => new optim.Adam([w]).step()).toThrow('Adam.step(): gradients must not be sparse');
    expect(() => new optim.SGD([w], { momentum: 0.9 }).step()).toThrow(/sparse gradients allow no momentum/);
    w.grad = torch.ones(1);
    expect(() => new optim.SparseAdam([w]).step()).toThrow(/gradients must be sparse/);
    const z = new torch.nn.Parameter(torch.zeros(2, 2, { dtype: 'complex64' }));
    expect(() => new optim.Muon([z])).toThrow('parameters must be real');
  });

  test('has groups with options of their own, of parameters with names or without', () => {
    const model = new torch.nn.Sequential(new torch.nn.Linear(2, 3), new torch.nn.Linear(3, 1));
    const named = new optim.AdamW(model.namedParameters(), { lr: 0.1 });
    expect(named.paramGroups[0]!.paramNames).toEqual(['0.weight', '0.bias', '1.weight', '1.bias']);
    expect(named.stateDict().param_groups[0]!['param_names']).toEqual(named.paramGroups[0]!.paramNames);
    const groups = new optim.AdamW(
      [{ params: model.at(0).parameters() }, { params: model.at(1).namedParameters(), lr: 1, weightDecay: 0 }],
      { lr: 0.1 },
    );
    expect(groups.paramGroups.map(({ lr, weightDecay }) => [lr, weightDecay])).toEqual([
      [0.1, 0.01],
      [1, 0],
    ]);
    expect(() => new optim.SGD([['a', one()], one()] as never)).toThrow(/must have names, or none/);
    expect(() => groups.addParamGroup({ params: model.at(0).parameters() })).toThrow(/more than one group/);
  });

  test('leaves parameters without gradients alone, and remembers nothing of them', () => {
    const [a, b] = [one(), one()];
    const optimizer = new optim.Adam([a, b]);
    a.sum().backward();
    optimizer.step();
    expect(b.item()).toBe(1);
    expect([optimizer.state.has(a), optimizer.state.size]).toEqual([true, 1]);
  });

  test('runs hooks around steps in order', () => {
    const calls: string[] = [];
    const optimizer = new optim.SGD([one()], { lr: 0.1 });
    const hooks = [
      optim.registerOptimizerStepPreHook(() => void calls.push('every before')),
      optim.registerOptimizerStepPostHook(() => void calls.push('every after')),
      optimizer.registerStepPreHook((_, closure) => {
        calls.push('before');
        return () => [closure!(), 'replaced'];
      }),
      optimizer.registerStepPostHook(() => void calls.push('after')),
    ];
    expect(optimizer.step(() => 'loss')).toEqual(['loss', 'replaced']);
    expect(calls).toEqual(['every before', 'before', 'after', 'every after']);
    for (const hook of hooks) hook.remove();
    expect(optimizer.step(() => 'loss')).toBe('loss');
    expect(calls).toHaveLength(4);
  });

  test('keeps what it remembers beyond scopes', () => {
    for (const [name] of classes) {
      if (name === 'SparseAdam') continue;
      const params = parameters(name);
      const optimizer = make(name, params, {});
      for (let i = 0; i < 3; i++) torch.scope(() => take(name, optimizer, params, i));
      const values = [...optimizer.state.values()].flatMap((state) => Object.values(state)).flat();
      for (const value of values) if (value instanceof torch.Tensor) expect(value.isDisposed).toBe(false);
    }
  });

  test('frees what a step made on the way, also where there is no scope', () => {
    for (const [name] of classes) {
      if (['SparseAdam', 'LBFGS'].includes(name)) continue;
      const params = parameters(name);
      const optimizer = make(name, params, name === 'Muon' ? {} : { foreach: true });
      for (const param of params) param.grad = param.detach().mul(0.5);
      optimizer.step();
      const { tensors } = torch.memoryStats();
      for (let i = 0; i < 3; i++) optimizer.step();
      expect(torch.memoryStats().tensors, name).toBeLessThanOrEqual(tensors);
    }
  });

  test('computes with complex parameters as with pairs of real ones', () => {
    for (const [name] of classes) {
      if (['SparseAdam', 'Adafactor', 'Muon'].includes(name)) continue;
      const pairs = torch.tensor(
        [
          [0.5, -1],
          [2, 0.25],
        ],
        { dtype: 'float64' },
      );
      const [z, x] = [torch.viewAsComplex(pairs.clone()), pairs].map((values) => new torch.nn.Parameter(values)) as [
        torch.nn.Parameter,
        torch.nn.Parameter,
      ];
      for (const [param, real] of [
        [z, () => torch.viewAsReal(z)],
        [x, () => x],
      ] as const) {
        const optimizer = make(name, [param], { lr: 0.1 });
        for (let i = 0; i < 3; i++) {
          optimizer.step(() => {
            optimizer.zeroGrad();
            const loss = real().sub(1).square().sum();
            loss.backward();
            return loss;
          });
        }
        const own = optimizer.state.get(param);
        const remembered = own?.['exp_avg'] ?? own?.['square_avg'];
        if (remembered instanceof torch.Tensor) expect(remembered.dtype).toBe(param.dtype);
      }
      expect(torch.viewAsReal(z.detach()).allclose(x.detach()), name).toBe(true);
    }
  });
});

describe('a state', () => {
  test('that does not fit is refused', () => {
    const optimizer = new optim.Adam([one()]);
    expect(() => optimizer.loadStateDict({} as never)).toThrow("argument 'dict' must be an optimizer state");
    expect(() => optimizer.loadStateDict(new optim.Adam([one(), one()]).stateDict())).toThrow(
      'the state has groups of [2] parameters, the optimizer of [1]',
    );
    const { param_groups } = optimizer.stateDict();
    expect(() => optimizer.loadStateDict({ state: { 5: {} }, param_groups })).toThrow('has no parameter 5');
  });

  test('shares nothing with what it is loaded into', () => {
    const lr = torch.tensor(0.5);
    const [first, second] = [new optim.Adam([one()], { lr }), new optim.Adam([one()])];
    first.paramGroups[0]!.params[0]!.sum().backward();
    first.step();
    second.loadStateDict(first.stateDict());
    lr.fill_(9);
    [...first.state.values()][0]!['exp_avg'] =
      (([...first.state.values()][0]!['exp_avg'] as torch.Tensor).fill_(9), null);
    expect((second.paramGroups[0]!.lr as torch.Tensor).item()).toBe(0.5);
    expect(([...second.state.values()][0]!['exp_avg'] as torch.Tensor).item()).toBeCloseTo(0.1);
  });

  test('goes through a file', async () => {
    const path = `${process.env['TMPDIR'] ?? '/tmp'}/flambeau-optim-${process.pid}.pt`;
    const train = () => {
      const w = new torch.nn.Parameter(torch.ones(2));
      return { w, optimizer: new optim.AdamW([w], { lr: 0.1, amsgrad: true }) };
    };
    const [a, b] = [train(), train()];
    const step = ({ w, optimizer }: typeof a): void => {
      optimizer.zeroGrad();
      w.square().sum().backward();
      optimizer.step();
    };
    step(a);
    await torch.save(a.optimizer.stateDict() as never, path);
    b.w.data.copy_(a.w.detach());
    b.optimizer.loadStateDict((await torch.load(path)) as never);
    step(a);
    step(b);
    expect(b.w.equal(a.w)).toBe(true);
  });

  test("of AdamW stays AdamW's, whatever it is loaded from", () => {
    const optimizer = new optim.AdamW([one()]);
    optimizer.loadStateDict(new optim.Adam([one()]).stateDict());
    expect(optimizer.paramGroups[0]!.decoupledWeightDecay).toBe(true);
  });

  test('runs hooks', () => {
    const optimizer = new optim.SGD([one()], { lr: 0.1 });
    const calls: string[] = [];
    optimizer.registerStateDictPreHook(() => void calls.push('before'));
    optimizer.registerStateDictPostHook((_, dict) => ({ ...dict, epoch: 7 }) as never);
    optimizer.registerLoadStateDictPreHook((_, dict) => {
      calls.push('before loading');
      return { ...dict, param_groups: [{ ...dict.param_groups[0]!, lr: 0.5 }] };
    });
    optimizer.registerLoadStateDictPostHook(() => void calls.push('after loading'));
    expect(optimizer.stateDict()).toMatchObject({ epoch: 7 });
    optimizer.loadStateDict(optimizer.stateDict());
    expect(optimizer.paramGroups[0]!.lr).toBe(0.5);
    expect(calls).toEqual(['before', 'before', 'before loading', 'after loading']);
  });
});

describeDevices('parameters of several dtypes in one group', (device) => {
  test('are each computed in their own', () => {
    for (const [name] of classes) {
      if (['SparseAdam', 'LBFGS'].includes(name)) continue;
      const whole = parameters(name, { device });
      const mixed = [whole[0]!, new torch.nn.Parameter(whole[1]!.detach().to('float32'))];
      const alone = parameters(name, { device });
      for (const params of [mixed, alone]) {
        const optimizer = make(name, params, { lr: 0.1 });
        for (const param of params) param.grad = param.detach().mul(0.5);
        optimizer.step();
      }
      elements(mixed).forEach((value, i) => expect(value, name).toBeCloseTo(elements(alone)[i]!, 5));
    }
  });
});
