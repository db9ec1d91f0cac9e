import { describe, expect, test } from 'vitest';
import * as torch from '../../src/index.js';
import { describeDevices } from '../devices.js';
import { classes, elements, make, parameters, records, sparse, take, type OptimizerRecord } from './records.js';

/** The ways to compute that an optimizer has. */
function waysOf({ state }: OptimizerRecord): Record<string, boolean>[] {
  const options = state.param_groups[0]!;
  return [
    {},
    ...('foreach' in options ? [{ foreach: true }, { foreach: false }] : []),
    ...('fused' in options ? [{ fused: true }, { fused: false }] : []),
    ...('capturable' in options ? [{ capturable: true }] : []),
  ];
}

/** Newton-Schulz is done in bfloat16, and counts on a device in float32. */
const digits = (name: string, ways: object): number => (name === 'Muon' ? 3 : 'capturable' in ways ? 4 : 7);

function expectClose(values: number[], expected: number[], precision: number): void {
  expect(values).toHaveLength(expected.length);
  expected.forEach((value, i) => expect(values[i]).toBeCloseTo(value, precision));
}

test('every optimizer has records', () => {
  const recorded = new Set([...records, ...sparse].map(({ name }) => name));
  expect(classes.map(([name]) => name).sort()).toEqual([...recorded].sort());
});

describeDevices('an optimizer', (device) => {
  describe.each(records)('$name $options', (record) => {
    const { name, options, steps } = record;
    test.each(waysOf(record))('takes the steps of Python with %j', (ways) => {
      const params = parameters(name, { device });
      const optimizer = make(name, params, options, ways);
      steps.forEach((expected, i) => {
        torch.scope(() => take(name, optimizer, params, i));
        expectClose(elements(params), expected, digits(name, ways));
      });
    });
  });
});

/** A tensor of a record. */
interface Recorded {
  dtype: torch.Dtype;
  data: number[];
  shape: number[];
}

function fromRecord(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(fromRecord);
  if (typeof value !== 'object' || value === null) return value;
  if (!('dtype' in value))
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fromRecord(item)]));
  const { data, dtype, shape } = value as Recorded;
  return torch.tensor(data, { dtype }).view(shape);
}

/** What must be equal in a state: tensors by dtype, shape and values, anything else itself. */
function compare(own: unknown, recorded: unknown, precision: number): void {
  if (own instanceof torch.Tensor && typeof recorded === 'object') {
    const { data, dtype, shape } = recorded as Recorded;
    expect([own.dtype, own.shape]).toEqual([dtype, shape]);
    expectClose([own.flatten().tolist<number[]>()].flat(), [data].flat(Infinity) as number[], precision);
  } else if (typeof own === 'number') {
    // Python remembers some numbers as tensors; either loads both.
    const value = typeof recorded === 'object' ? (recorded as Recorded).data : recorded;
    expect(own).toBeCloseTo(value as unknown as number, precision);
  } else if (Array.isArray(own)) {
    expect(own).toHaveLength((recorded as unknown[]).length);
    own.forEach((item, i) => compare(item, (recorded as unknown[])[i], precision));
  } else if (typeof own === 'object' && own !== null) {
    expect(Object.keys(own).sort()).toEqual(Object.keys(recorded as object).sort());
    for (const [key, item] of Object.entries(own)) compare(item, (recorded as Record<string, unknown>)[key], precision);
  } else expect(own).toEqual(recorded);
}

describe.each(records)('the state of $name $options', ({ name, options, steps, state }) => {
  test('is that of Python after as many steps', () => {
    const params = parameters(name);
    const optimizer = make(name, params, options, 'fused' in state.param_groups[0]! ? { foreach: true } : {});
    for (let i = 0; i < 3; i++) take(name, optimizer, params, i);
    const own = optimizer.stateDict();
    const group = own.param_groups[0]!;
    if ('foreach' in group) group['foreach'] = null;
    compare(own, state, digits(name, {}));
  });

  test('goes on from that of Python', () => {
    const params = parameters(name);
    const optimizer = make(name, params, { lr: 123 });
    let at = 0;
    for (const param of params) {
      const count = param.numel();
      torch.noGrad(() =>
        param.copy_(torch.tensor(steps[2]!.slice(at, at + count), { dtype: 'float64' }).view(param.shape)),
      );
      at += count;
    }
    optimizer.loadStateDict(fromRecord(state) as torch.optim.OptimizerStateDict);
    for (const i of [3, 4]) {
      take(name, optimizer, params, i);
      expectClose(elements(params), steps[i]!, digits(name, {}));
    }
  });
});

describe.each(sparse)('sparse gradients of $name $options', ({ name, options, steps, state }) => {
  test('take the steps of Python', () => {
    const w = new torch.nn.Parameter(
      torch.tensor(
        [
          [0.5, -1],
          [2, 0.25],
          [-0.3, 0.7],
        ],
        { dtype: 'float64' },
      ),
    );
    const optimizer = make(name, [w], options);
    steps.forEach((expected, i) => {
      const rows = [
        [0, 2],
        [1, 2, 2],
      ][i % 2]!;
      const values = [
        [0.5, -1],
        [0.25, 2],
        [1, 0.125],
      ];
      torch.scope(() => {
        const g = torch.tensor(values.slice(0, rows.length), { dtype: 'float64' }).mul(i + 1);
        w.grad = torch.sparseCooTensor(torch.tensor([rows]), g, [3, 2]);
        optimizer.step();
      });
      expectClose(elements([w]), expected, 7);
    });
    compare(optimizer.stateDict(), state, 6);
  });
});
