import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import * as torch from '../../../src/index.js';
import { camel } from '../records.js';

const { lrScheduler, swaUtils } = torch.optim;

interface SchedulerRecord {
  name: string;
  args: unknown[];
  options: Record<string, unknown>;
  optimizer: 'SGD' | 'Adam' | 'Adagrad';
  /** The learning rates of both groups at each step. */
  rates: number[][];
  momenta?: number[];
  /** After nine steps. */
  state: { scheduler: Record<string, unknown>; groups: Record<string, unknown>[] };
}

const { records, metrics } = JSON.parse(readFileSync(new URL('schedulers.json', import.meta.url), 'utf8')) as {
  records: SchedulerRecord[];
  metrics: number[];
};

const functions: Record<string, (x: number) => number> = {
  halving: (epoch) => 0.5 ** Math.floor(epoch / 3),
  inverse: (epoch) => 1 / (epoch + 1),
  fading: () => 0.95,
  wave: (x) => 1 + 0.25 * (x % 3),
};

type Scheduler = torch.optim.lrScheduler.LRScheduler;
type Make = new (...args: unknown[]) => Scheduler;

const classes = Object.entries({ ...lrScheduler, ...swaUtils }).flatMap(([name, value]) =>
  typeof value === 'function' && value.prototype instanceof lrScheduler.LRScheduler
    ? [[name, value as unknown as Make] as const]
    : [],
);

function resolve(value: unknown, optimizer: torch.optim.Optimizer): unknown {
  if (typeof value === 'string' && value.startsWith('$')) return functions[value.slice(1)];
  if (!Array.isArray(value)) return value;
  if (classes.some(([name]) => name === value[0])) {
    return build(value[0] as string, value[1] as unknown[], value[2] as Record<string, unknown>, optimizer);
  }
  return value.map((item) => resolve(item, optimizer));
}

function build(name: string, args: unknown[], options: Record<string, unknown>, optimizer: torch.optim.Optimizer) {
  const found = classes.find(([own]) => own === name);
  if (!found) throw new Error(`there is no scheduler ${name}`);
  const positional = args.map((arg) => resolve(arg, optimizer));
  if (name === 'ChainedScheduler') return new found[1](...positional, optimizer);
  const rename = (key: string): string => ({ T_mult: 'tMult' })[key] ?? camel(key);
  const given = Object.entries(options).map(([key, value]) => [rename(key), resolve(value, optimizer)]);
  return new found[1](optimizer, ...positional, Object.fromEntries(given));
}

function optimizerOf({ optimizer }: SchedulerRecord, lr: number | torch.Tensor = 0.1): torch.optim.Optimizer {
  const param = () => new torch.nn.Parameter(torch.ones(1));
  const second = lr instanceof torch.Tensor ? torch.tensor(0.4, { dtype: 'float64' }) : 0.4;
  const groups = [{ params: [param()] }, { params: [param()], lr: second }];
  return new torch.optim[optimizer](groups as never, {
    lr,
    ...(optimizer === 'SGD' && { momentum: 0.9 }),
  }) as unknown as torch.optim.Optimizer;
}

const momentum = ({ paramGroups }: torch.optim.Optimizer): number => {
  const group = paramGroups[0] as { momentum?: number; betas?: number[] };
  return group.betas?.[0] ?? group.momentum!;
};

function check(values: readonly number[], expected: readonly number[]): void {
  expect(values).toHaveLength(expected.length);
  expected.forEach((value, i) => expect(values[i]).toBeCloseTo(value, 10));
}

const unplain = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value), (_, item: unknown) =>
    item === 'Infinity' ? Infinity : item === '-Infinity' ? -Infinity : item,
  );

test('every scheduler has records', () => {
  expect(classes.map(([name]) => name).sort()).toEqual([...new Set(records.map(({ name }) => name))].sort());
});

describe.each(records)('$name $args $options', (record) => {
  const { name, args, options, rates, momenta, state } = record;
  const start = (lr?: torch.Tensor) => {
    const optimizer = optimizerOf(record, lr);
    return { optimizer, scheduler: build(name, args, options, optimizer) };
  };
  const step = ({ optimizer, scheduler }: ReturnType<typeof start>, i: number): void => {
    optimizer.step();
    if (name === 'ReduceLROnPlateau') scheduler.step(metrics[i]!);
    else scheduler.step();
  };

  test('has the learning rates and momenta of Python', () => {
    const both = start();
    rates.forEach((expected, i) => {
      check(
        both.optimizer.paramGroups.map(({ lr }) => lr as number),
        expected,
      );
      check(both.scheduler.getLastLr(), expected);
      if (momenta) expect(momentum(both.optimizer)).toBeCloseTo(momenta[i]!, 10);
      step(both, i);
    });
  });

  test('changes learning rates that are tensors in place', () => {
    const lr = torch.tensor(0.1, { dtype: 'float64' });
    const both = start(lr);
    rates.forEach((expected, i) => {
      expect(lr.item()).toBeCloseTo(expected[0]!, 10);
      expect(both.optimizer.paramGroups[0]!.lr).toBe(lr);
      step(both, i);
    });
  });

  test('has the state of Python, and goes on from it', () => {
    const both = start();
    for (let i = 0; i < 9; i++) step(both, i);
    const own = both.scheduler.stateDict();
    const expected = unplain(state.scheduler) as Record<string, unknown>;
    if (own['milestones'] instanceof Map) own['milestones'] = Object.fromEntries(own['milestones']);
    const compare = (value: unknown, other: unknown): void => {
      if (typeof value === 'number' && Number.isFinite(value)) expect(value).toBeCloseTo(other as number, 10);
      else if (typeof value === 'object' && value !== null) {
        expect(Object.keys(value).sort()).toEqual(Object.keys(other as object).sort());
        for (const [key, item] of Object.entries(value)) compare(item, (other as Record<string, unknown>)[key]);
      } else expect(value).toEqual(other);
    };
    compare(own, expected);
    const groups = both.optimizer.stateDict().param_groups;
    groups.forEach((group, i) => {
      const { params: _, ...rest } = group;
      compare(rest, state.groups[i]);
    });

    const next = start();
    next.optimizer.loadStateDict({
      state: {},
      param_groups: state.groups.map((group, i) => ({ ...group, params: [i] })),
    });
    next.scheduler.loadStateDict(expected);
    for (let i = 9; i < rates.length; i++) {
      check(
        next.optimizer.paramGroups.map(({ lr }) => lr as number),
        rates[i]!,
      );
      step(next, i);
    }
  });
});

describe('a scheduler', () => {
  const sgd = () => new torch.optim.SGD([new torch.nn.Parameter(torch.ones(1))], { lr: 1 });

  test('refuses bad arguments by name', () => {
    const optimizer = sgd();
    const { StepLR, MultiStepLR, ConstantLR, LinearLR, LambdaLR, CyclicLR, OneCycleLR, SequentialLR } = lrScheduler;
    expect(() => new StepLR({} as never, 1)).toThrow("argument 'optimizer' must be Optimizer");
    expect(() => new StepLR(optimizer, 0)).toThrow("argument 'stepSize' must be integer from 1 on, not the number 0");
    expect(() => new MultiStepLR(optimizer, [1.5])).toThrow("argument 'milestones'");
    expect(() => new ConstantLR(optimizer, { factor: 2 })).toThrow("argument 'factor' must be number from 0 to 1");
    expect(() => new LinearLR(optimizer, { startFactor: 0 })).toThrow("argument 'startFactor'");
    expect(() => new LambdaLR(optimizer, [() => 1, () => 1])).toThrow('2 values for 1 groups');
    expect(() => new CyclicLR(optimizer, 0, 1, { mode: 'square' as never })).toThrow("argument 'mode'");
    expect(() => new CyclicLR(new torch.optim.Adagrad([new torch.nn.Parameter(torch.ones(1))]) as never, 0, 1)).toThrow(
      /'cycleMomentum' needs/,
    );
    expect(() => new OneCycleLR(optimizer, 1)).toThrow('give totalSteps');
    expect(() => new SequentialLR(optimizer, [], [])).toThrow("argument 'milestones'");
    expect(() => new SequentialLR(optimizer, [new StepLR(sgd(), 1)], [])).toThrow('another optimizer');
    new StepLR(optimizer, 1);
    expect(() => new StepLR(optimizer, 1, { lastEpoch: 3 })).not.toThrow();
    expect(() => new StepLR(sgd(), 1, { lastEpoch: 3 })).toThrow('no initialLr');
    expect(() => new lrScheduler.ReduceLROnPlateau(optimizer).step(undefined as never)).toThrow("argument 'metrics'");
  });

  test('goes no further than one cycle', () => {
    const optimizer = sgd();
    const scheduler = new lrScheduler.OneCycleLR(optimizer, 1, { totalSteps: 2, cycleMomentum: false });
    optimizer.step();
    for (let i = 0; i < 2; i++) scheduler.step();
    expect(() => scheduler.step()).toThrow('step 3 of a cycle of 2');
  });

  test('warns when it is stepped before the optimizer', async () => {
    const warned = new Promise<Error>((done) => process.once('warning', done));
    new lrScheduler.ExponentialLR(sgd(), 0.9).step();
    expect((await warned).message).toContain("before the optimizer's first step");
  });
});
