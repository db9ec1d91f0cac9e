import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import * as torch from '../../src/index.js';
import { describeDevices } from '../devices.js';

interface Record_ {
  name: 'SGD' | 'Adam';
  options: Record<string, unknown>;
  steps: number[][];
}

const { records } = JSON.parse(readFileSync(new URL('steps.json', import.meta.url), 'utf8')) as { records: Record_[] };
const camel = (name: string): string => name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());

describeDevices('an optimizer', (device) => {
  describe.each([true, false])('with fused: %s', (fused) => {
    test.each(records)('$name $options takes the steps of Python', ({ name, options, steps }) => {
      const w = new torch.nn.Parameter(
        torch.tensor(
          [
            [0.5, -1],
            [2, 0.25],
          ],
          { dtype: 'float64', device },
        ),
      );
      const given = Object.fromEntries(Object.entries(options).map(([key, value]) => [camel(key), value]));
      const optimizer = new torch.optim[name]([w], { ...given, fused } as never);
      steps.forEach((step, i) => {
        torch.scope(() => {
          optimizer.zeroGrad();
          w.mul(w)
            .mul(i + 1)
            .sum()
            .backward();
          optimizer.step();
        });
        const now = w.detach().flatten().tolist<number[]>();
        step.forEach((value, k) => expect(now[k]).toBeCloseTo(value, 6));
      });
    });
  });

  test('a state goes round', () => {
    const make = (): [torch.nn.Parameter, torch.optim.Adam] => {
      const w = new torch.nn.Parameter(torch.ones(2, { device }));
      return [w, new torch.optim.Adam([w], { lr: 0.1 })];
    };
    const [a, first] = make();
    a.sum().backward();
    first.step();
    const [b, second] = make();
    b.data.copy_(a.detach());
    second.loadStateDict(first.stateDict());
    for (const [w, optimizer] of [
      [a, first],
      [b, second],
    ] as const) {
      optimizer.zeroGrad();
      w.square().sum().backward();
      optimizer.step();
    }
    expect(torch.equal(a, b)).toBe(true);
  });
});

test('bad options are refused by name', () => {
  const w = new torch.nn.Parameter(torch.ones(1));
  expect(() => new torch.optim.SGD([w], { lr: -1 })).toThrow("argument 'lr'");
  expect(() => new torch.optim.SGD([w], { learningRate: 1 } as never)).toThrow(/learningRate/);
  expect(() => new torch.optim.SGD([])).toThrow('holds no parameter');
});
