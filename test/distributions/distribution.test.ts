import { describe, expect, test } from 'vitest';
import * as torch from '../../src/index.js';

const {
  Bernoulli,
  Beta,
  Binomial,
  Categorical,
  Dirichlet,
  Distribution,
  ExponentialFamily,
  Gamma,
  Geometric,
  Independent,
  LowRankMultivariateNormal,
  MixtureSameFamily,
  MultivariateNormal,
  Normal,
  OneHotCategoricalStraightThrough,
  RelaxedOneHotCategorical,
  TransformedDistribution,
  Uniform,
  VonMises,
  Wishart,
  klDivergence,
} = torch.distributions;
const unchecked = { validateArgs: false };

describe('Distribution', () => {
  test('names a parameter that breaks its constraint', () => {
    expect(() => new Normal(0, -1)).toThrow(
      "Normal(): argument 'scale' must satisfy GreaterThan(lower_bound=0), but has invalid values: tensor(-1.)",
    );
    expect(() => new Uniform(2, 1)).toThrow(/argument 'low' must satisfy LessThan/);
    expect(() => new Gamma(torch.tensor([1, NaN]), 1)).toThrow(/argument 'concentration'/);
    expect(() => new Beta(1, 0)).toThrow(/Beta\(\): argument 'concentration0'/);
    expect(() => new Bernoulli(1.5)).toThrow(/argument 'probs' must satisfy Interval/);
    expect(() => new Geometric(0)).toThrow(/argument 'probs' must be above 0/);
    expect(() => new Wishart(0.5, torch.eye(2))).toThrow(/argument 'df' must satisfy GreaterThan\(lower_bound=1\)/);
    expect(() => new MultivariateNormal(torch.zeros(2), torch.ones(2, 2).neg())).toThrow(/argument 'covarianceMatrix'/);
    expect(() => new Normal(0, -1, unchecked)).not.toThrow();
  });

  test('names an argument of the wrong kind', () => {
    expect(() => new Normal('a' as never, 1)).toThrow(
      "Normal(): argument 'loc' must be Tensor or number, not the string 'a'",
    );
    expect(() => new Bernoulli({})).toThrow(/exactly one of 'probs' and 'logits'/);
    expect(() => new Bernoulli(0.5, { logits: 1 })).toThrow(/exactly one of 'probs' and 'logits'/);
    expect(() => new Categorical(0.5 as never)).toThrow(/argument 'probs' must be Tensor/);
    expect(() => new Categorical(torch.tensor(0.5))).toThrow(/must have at least 1 dimension/);
    expect(() => new Dirichlet(torch.tensor(0.5))).toThrow(/argument 'concentration' must have at least 1 dimension/);
    expect(() => new MultivariateNormal(torch.zeros(2))).toThrow(/exactly one of 'covarianceMatrix'/);
    expect(() => new LowRankMultivariateNormal(torch.zeros(2), torch.ones(3, 1), torch.ones(2))).toThrow(/'covFactor'/);
    expect(() => new Independent(new Normal(0, 1), 1)).toThrow(/argument 'reinterpretedBatchNdims'/);
    expect(() => new TransformedDistribution(new Normal(0, 1), [3] as never)).toThrow(/argument 'transforms'/);
    expect(() => new MixtureSameFamily(new Categorical(torch.ones(2)), new Normal(torch.zeros(3), 1))).toThrow(
      /must have 2 components, not 3/,
    );
    expect(() => new Normal(0, 1).sample(3 as never)).toThrow(/argument 'sampleShape'/);
  });

  test('refuses a value outside of the support, or of another shape', () => {
    expect(() => new Gamma(1, 1).logProb(torch.tensor(-1))).toThrow(/must lie within the support GreaterThanEq/);
    expect(() => new Normal(torch.zeros(3), 1).logProb(torch.zeros(2))).toThrow(/must broadcast with the shape \[3\]/);
    expect(() => new Dirichlet(torch.ones(3)).logProb(torch.ones(2))).toThrow(/must end with the event shape \[3\]/);
    expect(() => new Normal(0, 1).logProb(3 as never)).toThrow(/argument 'value' must be Tensor, not the number 3/);
    expect(new Gamma(1, 1, unchecked).logProb(torch.tensor(1)).item()).toBe(-1);
  });

  test('says what a family has not', () => {
    const thrown = (fn: () => unknown): unknown => {
      try {
        return fn();
      } catch (error) {
        return (error as torch.FlambeauError).code;
      }
    };
    expect(thrown(() => new Gamma(1, 1).icdf(torch.tensor(0.5)))).toBe('NOT_IMPLEMENTED');
    expect(thrown(() => new Bernoulli(0.5).rsample())).toBe('NOT_IMPLEMENTED');
    expect(thrown(() => new Binomial(torch.tensor([2, 3]), 0.5).enumerateSupport())).toBe('NOT_IMPLEMENTED');
  });

  test('has the default dtype for numbers, and the dtype of tensors beside them', () => {
    expect(new Normal(0, 1).loc.dtype).toBe('float32');
    expect(new Normal(0, torch.ones(2, { dtype: 'float64' })).loc.dtype).toBe('float64');
    expect(new Normal(torch.zeros(2, 1), torch.ones(3)).batchShape).toEqual([2, 3]);
    expect(new Normal(torch.tensor([0, 1]), 0.5).scale.tolist()).toEqual([0.5, 0.5]);
    expect(new Dirichlet(torch.tensor([1, 2])).concentration.dtype).toBe('float32');
    expect(new MultivariateNormal(torch.tensor([1, 2]), torch.eye(2, { dtype: 'float64' })).loc.dtype).toBe('float64');
  });

  test('checks by default until told otherwise', () => {
    Distribution.setDefaultValidateArgs(false);
    try {
      expect(new Normal(0, -1).validateArgs).toBe(false);
    } finally {
      Distribution.setDefaultValidateArgs(true);
    }
    expect(() => Distribution.setDefaultValidateArgs(3 as never)).toThrow(/argument 'value' must be boolean/);
  });

  test('keeps what it computes late through the end of a scope', () => {
    const bernoulli = new Bernoulli({ logits: torch.zeros(2) });
    const normal = new MultivariateNormal(torch.zeros(2), torch.eye(2));
    torch.scope(() => [bernoulli.probs, normal.precisionMatrix, null][2]);
    expect(bernoulli.probs.tolist()).toEqual([0.5, 0.5]);
    expect(normal.precisionMatrix.diagonal().tolist()).toEqual([1, 1]);
  });

  test('has gradients in what it computes late, even without recording', () => {
    const logits = torch.zeros(1, { requiresGrad: true });
    const bernoulli = new Bernoulli({ logits });
    torch.noGrad(() => bernoulli.sample());
    bernoulli.probs.sum().backward();
    expect(logits.grad!.tolist()).toEqual([0.25]);
  });

  test('prints its parameters', () => {
    expect(new Bernoulli({ logits: torch.zeros(2) }).toString()).toBe('Bernoulli(logits: [2])');
    expect(new Independent(new Normal(torch.zeros(2), 1), 1).toString()).toBe(
      'Independent(Normal(loc: [2], scale: [2]), 1)',
    );
  });
});

describe('ExponentialFamily', () => {
  test.each([
    ['Normal', new Normal(torch.tensor([0.5, -1]), torch.tensor([0.5, 2]))],
    ['Gamma', new Gamma(torch.tensor([0.5, 3]), torch.tensor([0.5, 2]))],
    ['Bernoulli', new Bernoulli(torch.tensor([0.2, 0.7]))],
    ['Exponential', new torch.distributions.Exponential(torch.tensor([0.5, 2]))],
    ['ContinuousBernoulli', new torch.distributions.ContinuousBernoulli(torch.tensor([0.2, 0.7]))],
  ])('gives %s the entropy that it has in closed form', (_, d) => {
    const general = ExponentialFamily.prototype.entropy.call(d);
    expect(torch.allclose(general, d.entropy(), { rtol: 1e-4, atol: 1e-5 })).toBe(true);
  });
});

describe('Wishart', () => {
  test('has gradients of samples, as differences show', () => {
    const draw = (covariance: torch.Tensor): torch.Tensor => {
      torch.manualSeed(3);
      return new Wishart(torch.tensor(4, { dtype: 'float64' }), covariance).rsample([2]).sum();
    };
    const covariance = torch.eye(2, { dtype: 'float64', requiresGrad: true });
    const [grad] = torch.autograd.grad(draw(covariance), covariance);
    const step = torch.tensor(
      [
        [1e-6, 0],
        [0, 0],
      ],
      { dtype: 'float64' },
    );
    const slope =
      draw(covariance.detach().add(step))
        .sub(draw(covariance.detach().sub(step)))
        .item() / 2e-6;
    expect(grad!.at(0, 0).item()).toBeCloseTo(slope, 4);
  });
});

describe('sampling', () => {
  test('works on half precision', () => {
    const loc = torch.zeros(4, { dtype: 'bfloat16' });
    expect(new Normal(loc, 1).sample([3]).dtype).toBe('bfloat16');
    expect(new VonMises(0, 1).sample([3]).shape).toEqual([3]);
  });

  test('is captured, with gradients', () => {
    const loss = (loc: torch.Tensor): torch.Tensor[] => {
      const p = new Normal(loc, 1, unchecked);
      const d = new Dirichlet(loc.exp(), unchecked);
      const value = p.rsample();
      const total = p
        .logProb(value)
        .add(klDivergence(p, new Normal(0, 2, unchecked)))
        .sum();
      const [grad] = torch.autograd.grad(total.add(d.rsample().square().sum()), loc);
      return [value, grad!];
    };
    const loc = torch.tensor([0.5, -1], { requiresGrad: true });
    torch.manualSeed(1);
    const eager = loss(loc);
    const graph = torch.capture(loss, [loc]);
    torch.manualSeed(1);
    const replayed = graph(loc);
    eager.forEach((value, i) => expect(torch.allclose(value, replayed[i]!)).toBe(true));
  });

  test.each([
    ['Normal', (x: torch.Tensor) => new Normal(x, 1, unchecked)],
    ['Bernoulli', (x: torch.Tensor) => new Bernoulli({ logits: x, ...unchecked })],
    ['Categorical', (x: torch.Tensor) => new Categorical({ logits: x, ...unchecked })],
    [
      'OneHotCategoricalStraightThrough',
      (x: torch.Tensor) => new OneHotCategoricalStraightThrough({ logits: x, ...unchecked }),
    ],
    ['RelaxedOneHotCategorical', (x: torch.Tensor) => new RelaxedOneHotCategorical(0.5, { logits: x, ...unchecked })],
    ['Gamma', (x: torch.Tensor) => new Gamma(x.exp(), 1, unchecked)],
    ['MultivariateNormal', (x: torch.Tensor) => new MultivariateNormal(x, { scaleTril: torch.eye(3), ...unchecked })],
  ])('and logProb of %s are mapped', (_, make) => {
    const x = torch.arange(6, { dtype: 'float32' }).view(2, 3).div(4);
    const samples = torch.vmap((row: torch.Tensor) => make(row).sample(), { randomness: 'different' })(
      x,
    ) as torch.Tensor;
    expect(samples.shape).toEqual(make(x).sample().shape);
    const mapped = torch.vmap((row: torch.Tensor, value: torch.Tensor) => make(row).logProb(value))(x, samples);
    expect(torch.allclose(mapped as torch.Tensor, make(x).logProb(samples), { rtol: 1e-4, atol: 1e-5 })).toBe(true);
  });
});
