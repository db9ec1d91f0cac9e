import { FlambeauError, wrongArgument } from '../errors.js';
import { noGrad } from '../autograd/modes.js';
import { binomial, full, onesLike, poisson, xlogy } from '../ops/functions.js';
import { logSigmoid } from '../ops/neural/functional/index.js';
import type { Size } from '../shape.js';
import type { Tensor } from '../tensor.js';
import * as constraints from './constraints.js';
import { enumerated } from './binary.js';
import { Categorical } from './categorical.js';
import { Distribution, type ArgConstraints, type DistributionOptions } from './distribution.js';
import { ExponentialFamily } from './exponential-family.js';
import { Gamma } from './gamma.js';
import { broadcastAll, complement, like, Odds, oddsOf, type OddsOptions, type Parameter } from './utils.js';

/** Log-factorial. */
function logFactorial(x: Tensor): Tensor {
  return x.add(1).lgamma();
}

/**
 * The number of successes among `totalCount` trials.
 *
 * `P(k) = C(n, k) probs^k (1 - probs)^(n - k)`
 *
 * @param totalCount - how many trials
 * @param probs - of success; or options with `probs` or `logits`
 * @throws when not exactly one of `probs` and `logits` is given
 * @see https://docs.pytorch.org/docs/2.13/distributions.html#binomial
 * @example
 * new torch.distributions.Binomial(10, 0.25).mean // tensor(2.5000)
 */
export class Binomial extends Distribution {
  /** How many trials. */
  readonly totalCount: Tensor;
  private readonly odds: Odds;

  constructor(totalCount: Parameter = 1, probs?: Parameter | OddsOptions | null, options: OddsOptions = {}) {
    const given = oddsOf('Binomial', probs, options);
    const [count, param] = broadcastAll('Binomial', { totalCount, [given.name]: given.value });
    super(param!.shape, [], given.options);
    this.totalCount = count!.typeAs(param!);
    this.odds = new Odds(param!, given.name);
    this.checkParameters();
  }

  /** The probability of success. */
  get probs(): Tensor {
    return this.odds.probs;
  }

  /** Its log-odds. */
  get logits(): Tensor {
    return this.odds.logits;
  }

  /** The shape of the parameter. */
  get paramShape(): readonly number[] {
    return this.odds.param.shape;
  }

  override get argConstraints(): ArgConstraints {
    return {
      totalCount: constraints.nonnegativeInteger,
      probs: constraints.unitInterval,
      logits: constraints.real,
    };
  }

  protected override isGiven(name: string): boolean {
    return name === 'totalCount' || name === this.odds.given;
  }

  override get support(): constraints.Constraint {
    return new constraints.IntegerInterval(0, this.totalCount);
  }

  override get hasEnumerateSupport(): boolean {
    return true;
  }

  override get mean(): Tensor {
    return this.totalCount.mul(this.probs);
  }

  override get mode(): Tensor {
    return this.totalCount.add(1).mul(this.probs).floor().minimum(this.totalCount);
  }

  override get variance(): Tensor {
    return this.mean.mul(complement(this.probs));
  }

  override sample(sampleShape: Size = []): Tensor {
    const shape = this.extendedShape(sampleShape);
    return noGrad(() => binomial(this.totalCount.expand(shape), this.probs.expand(shape)));
  }

  override logProb(value: Tensor): Tensor {
    this.checkValue(value);
    const { totalCount, logits } = this;
    // As clamp(logits, 0), but with a gradient of 1/2 at 0.
    const positive = logits.clamp(0).add(logits).sub(logits.clamp(null, 0)).div(2);
    const normalizer = totalCount
      .mul(positive)
      .add(totalCount.mul(logits.abs().neg().exp().log1p()))
      .sub(logFactorial(totalCount));
    return value
      .mul(logits)
      .sub(logFactorial(value))
      .sub(logFactorial(totalCount.sub(value)))
      .sub(normalizer);
  }

  override entropy(): Tensor {
    const logProb = this.unchecked().logProb(this.enumerateSupport(false));
    return logProb.exp().mul(logProb).sum(0).neg();
  }

  override enumerateSupport(expand = true): Tensor {
    const count = this.totalCount.max().item();
    if (this.totalCount.min().item() !== count)
      throw new FlambeauError('NOT_IMPLEMENTED', 'Binomial enumerates its support only where all totalCount are equal');
    return enumerated(1 + count, this.odds.param, this.batchShape, expand);
  }

  override expand(batchShape: Size): Binomial {
    return new Binomial(this.totalCount.expand(batchShape), {
      [this.odds.given]: this.odds.param.expand(batchShape),
      ...this.options,
    });
  }

  private unchecked(): Binomial {
    return this.validateArgs
      ? new Binomial(this.totalCount, { [this.odds.given]: this.odds.param, validateArgs: false })
      : this;
  }
}

/**
 * The number of successes before `totalCount` failures.
 *
 * `P(k) = Gamma(n + k) / (k! Gamma(n)) (1 - probs)^n probs^k`
 *
 * @param totalCount - how many failures; not only whole numbers
 * @param probs - of success, below 1; or options with `probs` or `logits`
 * @throws when not exactly one of `probs` and `logits` is given
 * @see https://docs.pytorch.org/docs/2.13/distributions.html#negativebinomial
 * @example
 * new torch.distributions.NegativeBinomial(3, 0.25).variance // tensor(1.3333)
 */
export class NegativeBinomial extends Distribution {
  /** How many failures end it. */
  readonly totalCount: Tensor;
  private readonly odds: Odds;

  constructor(totalCount: Parameter, probs?: Parameter | OddsOptions | null, options: OddsOptions = {}) {
    const given = oddsOf('NegativeBinomial', probs, options);
    const [count, param] = broadcastAll('NegativeBinomial', { totalCount, [given.name]: given.value });
    super(param!.shape, [], given.options);
    this.totalCount = count!.typeAs(param!);
    this.odds = new Odds(param!, given.name);
    this.checkParameters();
  }

  /** The probability of success. */
  get probs(): Tensor {
    return this.odds.probs;
  }

  /** Its log-odds. */
  get logits(): Tensor {
    return this.odds.logits;
  }

  /** The shape of the parameter. */
  get paramShape(): readonly number[] {
    return this.odds.param.shape;
  }

  override get argConstraints(): ArgConstraints {
    return {
      totalCount: constraints.nonnegative,
      probs: new constraints.HalfOpenInterval(0, 1),
      logits: constraints.real,
    };
  }

  protected override isGiven(name: string): boolean {
    return name === 'totalCount' || name === this.odds.given;
  }

  override get support(): constraints.Constraint {
    return constraints.nonnegativeInteger;
  }

  override get mean(): Tensor {
    return this.totalCount.mul(this.logits.exp());
  }

  override get mode(): Tensor {
    return this.totalCount.sub(1).mul(this.logits.exp()).floor().clamp(0);
  }

  override get variance(): Tensor {
    return this.mean.div(this.logits.neg().sigmoid());
  }

  override sample(sampleShape: Size = []): Tensor {
    return noGrad(() => {
      // Unchecked, since totalCount may be zero.
      const gamma = new Gamma(this.totalCount, this.logits.neg().exp(), { validateArgs: false });
      return poisson(gamma.sample(sampleShape));
    });
  }

  override logProb(value: Tensor): Tensor {
    this.checkValue(value);
    const { totalCount, logits } = this;
    const unnormalized = totalCount.mul(logSigmoid(logits.neg())).add(value.mul(logSigmoid(logits)));
    const normalizer = totalCount
      .add(value)
      .lgamma()
      .neg()
      .add(logFactorial(value))
      .add(totalCount.lgamma())
      .maskedFill(totalCount.add(value).eq(0), 0);
    return unnormalized.sub(normalizer);
  }

  override expand(batchShape: Size): NegativeBinomial {
    return new NegativeBinomial(this.totalCount.expand(batchShape), {
      [this.odds.given]: this.odds.param.expand(batchShape),
      ...this.options,
    });
  }
}

/**
 * The number of events that occur at a constant rate.
 *
 * `P(k) = rate^k exp(-rate) / k!`
 *
 * @param rate - the mean
 * @see https://docs.pytorch.org/docs/2.13/distributions.html#poisson
 * @example
 * new torch.distributions.Poisson(4).logProb(torch.tensor(2)) // tensor(-1.9206)
 */
export class Poisson extends ExponentialFamily {
  /** The mean. */
  readonly rate: Tensor;

  constructor(rate: Parameter, options: DistributionOptions = {}) {
    const [tensor] = broadcastAll('Poisson', { rate });
    super(tensor!.shape, [], options);
    this.rate = tensor!;
    this.checkParameters();
  }

  override get argConstraints(): ArgConstraints {
    return { rate: constraints.nonnegative };
  }

  override get support(): constraints.Constraint {
    return constraints.nonnegativeInteger;
  }

  override get mean(): Tensor {
    return this.rate;
  }

  override get mode(): Tensor {
    return this.rate.floor();
  }

  override get variance(): Tensor {
    return this.rate;
  }

  override sample(sampleShape: Size = []): Tensor {
    const shape = this.extendedShape(sampleShape);
    return noGrad(() => poisson(this.rate.expand(shape)));
  }

  override logProb(value: Tensor): Tensor {
    this.checkValue(value);
    return xlogy(value, this.rate).sub(this.rate).sub(logFactorial(value));
  }

  override expand(batchShape: Size): Poisson {
    return new Poisson(this.rate.expand(batchShape), this.options);
  }

  override get naturalParams(): Tensor[] {
    return [this.rate.log()];
  }

  override logNormalizer(...[x]: Tensor[]): Tensor {
    return x!.exp();
  }
}

/**
 * How often each category comes among `totalCount` draws.
 *
 * `P(x) = n! prod(probs_i^x_i / x_i!)`
 *
 * @param totalCount - how many draws, one number for the whole batch
 * @param probs - of the categories, along the last dimension, scaled to add up to 1; or options with `probs` or `logits`
 * @throws when not exactly one of `probs` and `logits` is given
 * @see https://docs.pytorch.org/docs/2.13/distributions.html#multinomial
 * @example
 * new torch.distributions.Multinomial(10, torch.tensor([0.25, 0.75])).mean // tensor([2.5000, 7.5000])
 */
export class Multinomial extends Distribution {
  /** How many draws. */
  readonly totalCount: number;
  private readonly categorical: Categorical;

  constructor(totalCount = 1, probs?: Tensor | OddsOptions | null, options: OddsOptions = {}) {
    if (!Number.isInteger(totalCount) || totalCount < 0)
      throw wrongArgument('Multinomial', 'totalCount', 'a whole number that is not negative', totalCount);
    const given = oddsOf('Multinomial', probs, options);
    const categorical = new Categorical({ [given.name]: given.value, validateArgs: given.options.validateArgs });
    super(categorical.batchShape, categorical.paramShape.slice(-1), given.options);
    this.totalCount = totalCount;
    this.categorical = categorical;
  }

  /** The probabilities. */
  get probs(): Tensor {
    return this.categorical.probs;
  }

  /** Their logarithms. */
  get logits(): Tensor {
    return this.categorical.logits;
  }

  /** The shape of the parameter. */
  get paramShape(): readonly number[] {
    return this.categorical.paramShape;
  }

  override get argConstraints(): ArgConstraints {
    return { probs: constraints.simplex, logits: constraints.realVector };
  }

  protected override isGiven(name: string): boolean {
    return name === this.categorical.given;
  }

  override get support(): constraints.Constraint {
    return new constraints.Multinomial(this.totalCount);
  }

  override get mean(): Tensor {
    return this.probs.mul(this.totalCount);
  }

  override get variance(): Tensor {
    return this.mean.mul(complement(this.probs));
  }

  override sample(sampleShape: Size = []): Tensor {
    const shape = this.extendedShape(sampleShape);
    const draws = this.categorical.sample([this.totalCount, ...sampleShape]).movedim(0, -1);
    return draws.newZeros(shape).scatterAdd(-1, draws, onesLike(draws)).typeAs(this.probs);
  }

  override entropy(): Tensor {
    const n = full([], this.totalCount, like(this.probs));
    const binomials = new Binomial(this.totalCount, this.probs, { validateArgs: false });
    const support = binomials.enumerateSupport(false).narrow(0, 1, this.totalCount);
    const weighted = binomials.logProb(support).exp().mul(logFactorial(support)).sum([0, -1]);
    return n.mul(this.categorical.entropy()).sub(logFactorial(n)).add(weighted);
  }

  override logProb(value: Tensor): Tensor {
    this.checkValue(value);
    const [logits, values] = broadcastAll('Multinomial', { logits: this.logits, value });
    const safe = logits!.maskedFill(values!.eq(0).logicalAnd(logits!.eq(-Infinity)), 0);
    return logFactorial(values!.sum(-1)).sub(logFactorial(values!).sum(-1)).add(safe.mul(values!).sum(-1));
  }

  override expand(batchShape: Size): Multinomial {
    return new Multinomial(this.totalCount, { ...this.categorical.expandedParam(batchShape), ...this.options });
  }
}
