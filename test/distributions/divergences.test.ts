import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as torch from '../../src/index.js';
import { registeredPairs } from '../../src/distributions/kl/registry.js';
import { built, expectClose, make, records, type Recorded } from './records.js';

interface Divergence {
  pair: [string, string];
  p: [string, unknown[]];
  q: [string, unknown[]];
  value: Recorded;
}

const divergences = records<Divergence>('divergences');
const { klDivergence, registerKl, Normal, Distribution, Bernoulli } = torch.distributions;

beforeAll(() => torch.setDefaultDtype('float64'));
afterAll(() => torch.setDefaultDtype('float32'));

describe('registerKl', () => {
  test('refuses what is no family, naming the argument', () => {
    expect(() => registerKl(Map as never, Normal, () => torch.ones(1))).toThrow(/argument 'p' must be class/);
    expect(() => registerKl(Normal, Normal, 3 as never)).toThrow(/argument 'divergence' must be function/);
  });

  test('serves subclasses, and what is registered later wins', () => {
    class Mine extends Normal {}
    expect(klDivergence(new Mine(0, 1), new Normal(1, 1)).item()).toBe(0.5);
    registerKl(Mine, Normal, (p) => p.loc.add(7));
    expect(klDivergence(new Mine(0, 1), new Normal(1, 1)).item()).toBe(7);
    expect(klDivergence(new Normal(0, 1), new Mine(1, 1)).item()).toBe(0.5);
  });
});

describe('klDivergence', () => {
  test('names the families when none is known, and the argument that is no distribution', () => {
    expect(() => klDivergence(new Bernoulli(0.5), new Normal(0, 1))).toThrow(/none is known for Bernoulli and Normal/);
    expect(() => klDivergence(new Normal(0, 1), 3 as never)).toThrow(/argument 'q' must be Distribution/);
    expect(Distribution.name).toBe('Distribution');
  });

  test('has the pairs of PyTorch, and no others', () => {
    const names = (pairs: [string, string][]): string[] => pairs.map((pair) => pair.join()).sort();
    expect(names(registeredPairs().filter(([p]) => p !== 'Mine'))).toEqual(names(divergences.map(({ pair }) => pair)));
  });

  test.each(divergences.map((record) => [record.pair.join(' and '), record] as const))(
    'of %s is that of PyTorch',
    (_, record) => {
      const unchecked = { validateArgs: false };
      const [p, q] = [record.p, record.q].map(([name, args]) =>
        make(name, [...args.map((arg) => built(arg, [])), unchecked]),
      ) as [InstanceType<typeof Distribution>, InstanceType<typeof Distribution>];
      expectClose(klDivergence(p, q), record.value, record.pair.join());
    },
  );
});
