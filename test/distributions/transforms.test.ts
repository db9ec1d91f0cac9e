import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as torch from '../../src/index.js';
import { built, expectClose, make, records, restored, type Recorded } from './records.js';

interface Row {
  name: string;
  args: unknown[];
  x: Recorded;
  y: Recorded;
  inverse: Recorded;
  jacobian: Recorded | null;
  bijective: boolean;
  forwardShape: number[];
  inverseShape: number[];
  eventDims: [number, number];
}

const rows = records<Row>('transforms');
const { Transform, ExpTransform, TanhTransform, AffineTransform, ComposeTransform, ReshapeTransform } =
  torch.distributions;

beforeAll(() => torch.setDefaultDtype('float64'));
afterAll(() => torch.setDefaultDtype('float32'));

/** The third argument is one of lengths, the others are as in other records. */
function argument(arg: unknown, i: number): unknown {
  return i === 2 ? arg : built(arg, []);
}

test('each exported transform has a record', () => {
  const recorded = new Set(rows.map(({ name }) => name));
  const exported = Object.entries(torch.distributions as Record<string, unknown>).filter(
    ([, value]) => typeof value === 'function' && value.prototype instanceof Transform,
  );
  expect(exported.map(([name]) => name).filter((name) => !recorded.has(name))).toEqual([]);
});

describe('Transform', () => {
  test('refuses sizes that do not fit', () => {
    expect(() => new ReshapeTransform([4], [3])).toThrow(/must have as many elements/);
    expect(() => new ReshapeTransform([4], [2, 2]).forward(torch.ones(3))).toThrow(/must end with the shape \[4\]/);
  });

  test('remembers the last input with a cache', () => {
    const tanh = new TanhTransform({ cacheSize: 1 });
    const x = torch.tensor([20]);
    const y = tanh.forward(x);
    expect(tanh.inverse(y)).toBe(x);
    expect(tanh.withCache(0).inverse(y).item()).toBe(Infinity);
  });

  test('knows its equals and inverses', () => {
    const affine = new AffineTransform(1, 2);
    expect(affine.equals(new AffineTransform(torch.tensor(1), 2))).toBe(true);
    expect(affine.equals(new AffineTransform(1, 3))).toBe(false);
    const whole = new ComposeTransform([affine, new ExpTransform()]);
    expect(whole.equals(new ComposeTransform([affine, new ExpTransform()]))).toBe(true);
    expect(whole.inv.inv).toBe(whole);
    expect(affine.inv.inv).toBe(affine);
    expect(new ExpTransform().inv.equals(new ExpTransform().inv)).toBe(true);
  });
});

test.each(rows.map((row, i) => [`${row.name} ${i}`, row] as const))('%s maps as PyTorch', (_, row) => {
  const transform = make(row.name, row.args.map(argument)) as InstanceType<typeof Transform>;
  const x = restored(row.x);
  const y = transform.forward(x);
  expectClose(y, row.y, 'forward');
  expectClose(transform.inverse(y), row.inverse, 'inverse');
  if (row.jacobian) expectClose(transform.logAbsDetJacobian(x, y), row.jacobian, 'logAbsDetJacobian');
  else expect(() => transform.logAbsDetJacobian(x, y)).toThrow(/has no logAbsDetJacobian/);
  expect(transform.bijective).toBe(row.bijective);
  expect(transform.forwardShape(x.shape)).toEqual(row.forwardShape);
  expect(transform.inverseShape(y.shape)).toEqual(row.inverseShape);
  expect([transform.domain.eventDim, transform.codomain.eventDim]).toEqual(row.eventDims);
  expectClose(transform.inv.forward(y), row.inverse, 'inv');
});
