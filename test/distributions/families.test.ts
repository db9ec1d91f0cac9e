import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as torch from '../../src/index.js';
import type { Tensor } from '../../src/index.js';
import { built, expectClose, make, records, restored, type Recorded } from './records.js';

const { distributions } = torch;
const { Distribution } = distributions;

interface Family {
  name: string;
  args: unknown[];
  options: Record<string, unknown>;
  batchShape: number[];
  eventShape: number[];
  hasRsample: boolean;
  sample: Recorded;
  rsample?: Recorded;
  rsampleGrads?: Recorded[] | null;
  logProb: Recorded;
  logProbGrads: Recorded[] | null;
  mean: Recorded | null;
  mode: Recorded | null;
  variance: Recorded | null;
  stddev: Recorded | null;
  entropy: Recorded | null;
  cdf: Recorded | null;
  icdf: Recorded | null;
  enumerateSupport: Recorded | null;
  support: [number, boolean] | null;
  expandedSample: Recorded;
  expandedLogProb: Recorded;
}

const families = records<Family>('families');

function fresh(record: Family): { d: InstanceType<typeof Distribution>; leaves: Tensor[] } {
  const leaves: Tensor[] = [];
  const args = record.args.map((arg) => built(arg, leaves));
  const options = Object.fromEntries(Object.entries(record.options).map(([key, value]) => [key, built(value, leaves)]));
  const made = make(record.name, Object.keys(options).length > 0 ? [...args, options] : args);
  return { d: made as InstanceType<typeof Distribution>, leaves };
}

function expectGradients(output: Tensor, leaves: Tensor[], expected: Recorded[], what: string): void {
  const weights = torch
    .arange(1, output.numel() + 1, { dtype: 'float64' })
    .sin()
    .reshape(output.shape);
  const grads = torch.autograd.grad(output.mul(weights).sum(), leaves, { materializeGrads: true });
  expect(grads.length, what).toBe(expected.length);
  grads.forEach((grad, i) => expectClose(grad, expected[i]!, `${what} ${i}`, 1e-7));
}

/** The value, or null where the family has none. */
function attempt(fn: () => Tensor): Tensor | null {
  try {
    return fn();
  } catch (error) {
    if (error instanceof torch.FlambeauError && error.code === 'NOT_IMPLEMENTED') return null;
    throw error;
  }
}

beforeAll(() => torch.setDefaultDtype('float64'));
afterAll(() => torch.setDefaultDtype('float32'));

const bases = ['Distribution', 'ExponentialFamily'];
const exported = Object.entries(distributions as Record<string, unknown>).filter(
  ([, value]) => typeof value === 'function' && (value === Distribution || value.prototype instanceof Distribution),
);

test('each exported family has a record', () => {
  const recorded = new Set(families.map(({ name }) => name));
  expect(exported.map(([name]) => name).filter((name) => !recorded.has(name) && !bases.includes(name))).toEqual([]);
});

describe.each(families.map((record, i) => [`${record.name} ${i}`, record] as const))('%s', (_, record) => {
  test('has the shapes of PyTorch', () => {
    const { d } = fresh(record);
    expect([...d.batchShape]).toEqual(record.batchShape);
    expect([...d.eventShape]).toEqual(record.eventShape);
    expect(d.hasRsample).toBe(record.hasRsample);
    if (record.support) expect([d.support.eventDim, d.support.isDiscrete]).toEqual(record.support);
  });

  test('draws the samples of PyTorch', () => {
    const { d } = fresh(record);
    torch.manualSeed(0);
    const sample = d.sample([4]);
    expectClose(sample, record.sample, 'sample');
    expect(sample.requiresGrad).toBe(false);
    expect(sample.dtype).toBe(record.sample.dtype);
  });

  test('draws with gradients', () => {
    const { d, leaves } = fresh(record);
    if (!record.rsample) {
      expect(attempt(() => d.rsample())).toBe(null);
      return;
    }
    torch.manualSeed(0);
    const drawn = d.rsample([4]);
    expectClose(drawn, record.rsample, 'rsample');
    if (record.rsampleGrads) expectGradients(drawn, leaves, record.rsampleGrads, 'gradient of rsample');
  });

  test('has the log-probabilities and their gradients', () => {
    const { d, leaves } = fresh(record);
    torch.manualSeed(0);
    const logProb = d.logProb(d.sample([4]));
    expectClose(logProb, record.logProb, 'logProb');
    if (record.logProbGrads) expectGradients(logProb, leaves, record.logProbGrads, 'gradient of logProb');
  });

  test.each(['mean', 'mode', 'variance', 'stddev'] as const)('has the %s of PyTorch', (key) => {
    const value = attempt(() => fresh(record).d[key]);
    expect(value === null).toBe(record[key] === null);
    if (value) expectClose(value, record[key]!, key);
  });

  test('has the entropy, cdf, icdf and support of PyTorch', () => {
    const { d } = fresh(record);
    torch.manualSeed(0);
    const sample = d.sample([4]);
    const ones = [...d.batchShape, ...d.eventShape].map(() => 1);
    const probabilities = torch.linspace(0.1, 0.9, 4).reshape([4, ...ones]);
    const found = {
      entropy: attempt(() => d.entropy()),
      cdf: attempt(() => d.cdf(sample)),
      icdf: attempt(() => d.icdf(probabilities)),
      enumerateSupport: d.hasEnumerateSupport ? attempt(() => d.enumerateSupport()) : null,
    };
    for (const [key, value] of Object.entries(found)) {
      const expected = record[key as keyof typeof found];
      expect(value === null, key).toBe(expected === null);
      if (value) expectClose(value, expected!, key);
    }
  });

  test('is captured', () => {
    // These two draw until all draws are accepted, which reads values, in PyTorch too.
    const draws = record.name !== 'VonMises' && record.name !== 'Wishart';
    const value = restored(record.sample);
    const both = (x: Tensor): Tensor[] => {
      const { d } = fresh(record);
      return [d.logProb(x), ...(draws ? [d.sample([4])] : [])];
    };
    torch.manualSeed(2);
    Distribution.setDefaultValidateArgs(false);
    let graph;
    try {
      graph = torch.capture(both, [value]);
    } finally {
      Distribution.setDefaultValidateArgs(true);
    }
    torch.manualSeed(0);
    const [logProb, sample] = graph(value);
    expectClose(logProb!, record.logProb, 'logProb');
    if (sample) expectClose(sample, record.sample, 'sample');
  });

  test('has log-probabilities that are mapped', () => {
    Distribution.setDefaultValidateArgs(false);
    try {
      const mapped = torch.vmap((value: Tensor) => fresh(record).d.logProb(value))(restored(record.sample)) as Tensor;
      expectClose(mapped, record.logProb, 'logProb');
    } finally {
      Distribution.setDefaultValidateArgs(true);
    }
  });

  test('expands', () => {
    const { d } = fresh(record);
    const expanded = d.expand([2, ...d.batchShape]);
    expect(expanded.constructor).toBe(d.constructor);
    torch.manualSeed(0);
    const sample = expanded.sample();
    expectClose(sample, record.expandedSample, 'sample');
    expectClose(expanded.logProb(sample), record.expandedLogProb, 'logProb');
    expect(expanded.toString()).toContain(d.constructor.name);
  });
});
