import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as torch from '../../src/index.js';
import { expectClose, records, restored, type Recorded } from './records.js';

interface Row {
  name: string | [string, ...number[]];
  values: Recorded;
  valid: boolean[];
  eventDim: number;
  isDiscrete: boolean;
  x: Recorded | null;
  bijectTo: Recorded | null;
  transformTo: Recorded | null;
}

const rows = records<Row>('constraints');
const { bijectTo, transformTo, constraints } = torch.distributions;
type Constraint = InstanceType<typeof constraints.Constraint>;

beforeAll(() => torch.setDefaultDtype('float64'));
afterAll(() => torch.setDefaultDtype('float32'));

function constraintOf(name: Row['name']): Constraint {
  if (typeof name === 'string') return (constraints as unknown as Record<string, Constraint>)[name]!;
  const [type, ...bounds] = name;
  return new (constraints as unknown as Record<string, new (...args: number[]) => Constraint>)[type]!(...bounds);
}

test('each constraint that is exported as a value has a record', () => {
  const recorded = new Set(rows.map(({ name }) => name));
  const exported = Object.entries(constraints).filter(([, value]) => value instanceof constraints.Constraint);
  expect(exported.map(([name]) => name).filter((name) => name !== 'dependent' && !recorded.has(name))).toEqual([]);
});

describe('ConstraintRegistry', () => {
  test('names a constraint without transform', () => {
    expect(() => bijectTo.transform(constraints.boolean)).toThrow(
      /no transform is registered for the constraint Boolean/,
    );
    expect(() => bijectTo.register(Map as never, () => null as never)).toThrow(/argument 'constraint' must be/);
  });

  test('joins the transforms of parts', () => {
    const { Cat, Stack, positive, unitInterval } = constraints;
    const x = torch.tensor([0, 0, 1], { dtype: 'float64' });
    expect(
      transformTo
        .transform(new Cat([positive, unitInterval], 0, [1, 2]))
        .forward(x)
        .at(0)
        .item(),
    ).toBe(1);
    expect(
      bijectTo
        .transform(new Stack([positive, unitInterval, positive]))
        .forward(x)
        .at(1)
        .item(),
    ).toBe(0.5);
  });
});

test.each(rows.map((row) => [String(row.name), row] as const))('%s is that of PyTorch', (_, row) => {
  const constraint = constraintOf(row.name);
  expect(constraint.check(restored(row.values)).tolist()).toEqual(row.valid);
  expect(constraint.eventDim).toBe(row.eventDim);
  expect(constraint.isDiscrete).toBe(row.isDiscrete);
  if (!row.x) return;
  const x = restored(row.x);
  for (const [key, registry] of Object.entries({ bijectTo, transformTo })) {
    const expected = row[key as 'bijectTo' | 'transformTo'];
    if (expected) expectClose(registry.transform(constraint).forward(x), expected, key);
    else expect(() => registry.transform(constraint)).toThrow(/no transform is registered/);
  }
});
