import { beforeAll, describe, expect, test } from 'vitest';
import * as torch from '../../src/index.js';
import { describeDevices } from '../devices.js';
import { classes, elements, lossOf, make, parameters, records } from './records.js';

const { lrScheduler, swaUtils } = torch.optim;

// What decides by losses, and what is for sparse gradients.
const uncapturable = ['LBFGS', 'SparseAdam'];
const cases = records.filter(({ name, options }) => !uncapturable.includes(name) && !('dampening' in options));

test('every optimizer but those that decide by values has a case', () => {
  const names = classes.map(([name]) => name).filter((name) => !uncapturable.includes(name));
  expect([...new Set(cases.map(({ name }) => name))].sort()).toEqual(names.sort());
});

test('LBFGS says that it cannot be captured', () => {
  const w = new torch.nn.Parameter(torch.ones(1));
  const optimizer = new torch.optim.LBFGS([w]);
  const closure = (): torch.Tensor => w.square().sum();
  expect(() => torch.capture(() => void optimizer.step(closure), [])).toThrow(/decides by losses/);
});

describeDevices('a captured step', (device) => {
  const xs = [1, -0.5, 2, 0.25, 1.5, -1];
  let inputs: torch.Tensor[];
  beforeAll(() => {
    inputs = xs.map((x) => torch.tensor(x, { dtype: 'float64', device }));
  });

  /** Parameters, their optimizer, and its step. */
  const trainer = (name: string, options: Record<string, unknown>, ways: object = {}) => {
    const params = parameters(name, { device });
    const optimizer = make(name, params, options, ways);
    const step = (x: torch.Tensor): void => {
      optimizer.zeroGrad();
      lossOf(name, params, 1).mul(x).backward();
      optimizer.step();
    };
    return { params, optimizer, step };
  };

  const expectSame = (own: torch.Tensor[], expected: torch.Tensor[], digits = 4): void =>
    elements(expected).forEach((value, i) => expect(elements(own)[i]).toBeCloseTo(value, digits));

  describe.each(cases)('of $name $options', ({ name, options, state }) => {
    test.each([{}, ...('fused' in state.param_groups[0]! ? [{ fused: false }] : [])])(
      'does as the step itself with %j',
      (ways) => {
        const eager = trainer(name, options, ways);
        const captured = trainer(name, options, ways);
        eager.step(inputs[0]!);
        const run = torch.capture(captured.step, [inputs[0]!]);
        for (const x of inputs.slice(1)) {
          eager.step(x);
          run(x);
        }
        expectSame(captured.params, eager.params);
        // Both go on from here, whichever way.
        captured.step(inputs[0]!);
        eager.step(inputs[0]!);
        expectSame(captured.params, eager.params);
      },
    );

    test('follows a learning rate that is a tensor', () => {
      const lr = torch.tensor(0.1, { dtype: 'float64', device });
      const eager = trainer(name, options);
      const captured = trainer(name, { ...options, lr });
      const schedules = [eager, captured].map(({ optimizer }) => new lrScheduler.ExponentialLR(optimizer, 0.5));
      eager.step(inputs[0]!);
      const run = torch.capture(captured.step, [inputs[0]!]);
      for (const x of inputs.slice(1)) {
        for (const schedule of schedules) schedule.step();
        eager.step(x);
        run(x);
      }
      expect(lr.item()).toBeCloseTo(0.1 / 2 ** 5);
      expectSame(captured.params, eager.params);
    });
  });

  test.each([undefined, swaUtils.getEmaMultiAvgFn(0.5), swaUtils.getSwaMultiAvgFn()])(
    'may average weights',
    (multiAvgFn) => {
      const build = () => {
        torch.manualSeed(2);
        const model = new torch.nn.Sequential(new torch.nn.Linear(2, 3), new torch.nn.BatchNorm1d(3)).to(device);
        const averaged = new swaUtils.AveragedModel(model, { multiAvgFn });
        const optimizer = new torch.optim.SGD(model.parameters(), { lr: 0.1 });
        const step = (x: torch.Tensor): void => {
          optimizer.zeroGrad();
          (model.call(x) as torch.Tensor).square().mean().backward();
          optimizer.step();
          averaged.updateParameters(model);
        };
        return { averaged, step };
      };
      const batches = [1, 2, 3, 4].map((seed) => torch.randn(5, 2, { device }).mul(seed));
      const [eager, captured] = [build(), build()];
      expect(() => torch.capture(build().step, [batches[0]!])).toThrow(/first time copies the weights/);
      for (const { step } of [eager, captured]) step(batches[0]!);
      eager.step(batches[1]!);
      const run = torch.capture(captured.step, [batches[1]!]);
      for (const x of batches.slice(2)) {
        eager.step(x);
        run(x);
      }
      const state = captured.averaged.stateDict();
      for (const [key, value] of Object.entries(eager.averaged.stateDict()))
        expect(state[key]!.allclose(value, { atol: 1e-6 }), key).toBe(true);
      expect(state['n_averaged']!.item()).toBe(4);
    },
  );
});
