import { FlambeauError } from '../errors.js';
import { noGrad } from '../autograd/modes.js';
import { arange, bernoulli, logit, ones, rand, where } from '../ops/functions.js';
import { binaryCrossEntropyWithLogits } from '../ops/neural/torch/index.js';
import type { Size } from '../shape.js';
import type { Tensor } from '../tensor.js';
import * as constraints from './constraints.js';
import { Distribution, type ArgConstraints } from './distribution.js';
import { ExponentialFamily } from './exponential-family.js';
import {
  broadcastAll,
  clampProbs,
  complement,
  finfo,
  like,
  Odds,
  oddsOf,
  type OddsOptions,
  type Parameter,
} from './utils.js';

const oddsConstraints: ArgConstraints = { probs: constraints.unitInterval, logits: constraints.real };
const none = 0; // the schema's number of the reduction

/**
 * 1 with probability `probs`, else 0.
 *
 * `P(x) = probs^x (1 - probs)^(1 - x)`
 *
 * @param probs - of 1; or options with `probs` or `logits`
 * @throws when not exactly one of `probs` and `logits` is given
 * @see https://docs.pytorch.org/docs/2.13/distributions.html#bernoulli
 * @example
 * const coin = new torch.distributions.Bernoulli(0.25)
 * coin.variance // tensor(0.1875)
 * coin.logProb(torch.tensor(1)) // tensor(-1.3863)
 */
export class Bernoulli extends ExponentialFamily {
  private readonly odds: Odds;

  constructor(probs?: Parameter | OddsOptions | null, options: OddsOptions = {}) {
    const given = oddsOf('Bernoulli', probs, options);
    const param = broadcastAll('Bernoulli', { [given.name]: given.value })[0]!;
    super(param.shape, [], given.options);
    this.odds = new Odds(param, given.name);
    this.checkParameters();
  }

  /** The probability of 1. */
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
    return oddsConstraints;
  }

  protected override isGiven(name: string): boolean {
    return name === this.odds.given;
  }

  override get support(): constraints.Constraint {
    return constraints.boolean;
  }

  override get hasEnumerateSupport(): boolean {
    return true;
  }

  override get mean(): Tensor {
    return this.probs;
  }

  override get mode(): Tensor {
    return this.probs.ge(0.5).to(this.probs).maskedFill(this.probs.eq(0.5), NaN);
  }

  override get variance(): Tensor {
    return this.probs.mul(complement(this.probs));
  }

  override sample(sampleShape: Size = []): Tensor {
    const shape = this.extendedShape(sampleShape);
    return noGrad(() => bernoulli(this.probs.expand(shape)));
  }

  override logProb(value: Tensor): Tensor {
    this.checkValue(value);
    const [logits, values] = broadcastAll('Bernoulli', { logits: this.logits, value });
    return binaryCrossEntropyWithLogits(logits!, values!.to(logits!), null, null, none).neg();
  }

  override entropy(): Tensor {
    return binaryCrossEntropyWithLogits(this.logits, this.probs, null, null, none);
  }

  override enumerateSupport(expand = true): Tensor {
    return enumerated(2, this.odds.param, this.batchShape, expand);
  }

  override expand(batchShape: Size): Bernoulli {
    return new Bernoulli({ [this.odds.given]: this.odds.param.expand(batchShape), ...this.options });
  }

  override get naturalParams(): Tensor[] {
    return [logit(this.probs)];
  }

  override get meanCarrierMeasure(): number {
    return 0;
  }

  override logNormalizer(...[x]: Tensor[]): Tensor {
    return x!.exp().log1p();
  }
}

/** `0, 1, ..., count - 1` along a new first dimension, repeated for a batch. */
export function enumerated(count: number, other: Tensor, batchShape: Size, expand: boolean): Tensor {
  const values = arange(count, like(other)).view([-1, ...batchShape.map(() => 1)]);
  return expand ? values.expand([-1, ...batchShape]) : values;
}

/**
 * The number of failures before the first success.
 *
 * `P(k) = (1 - probs)^k probs`
 *
 * @param probs - of success, above 0; or options with `probs` or `logits`
 * @throws when not exactly one of `probs` and `logits` is given
 * @see https://docs.pytorch.org/docs/2.13/distributions.html#geometric
 * @example
 * new torch.distributions.Geometric(0.25).mean // tensor(3.)
 */
export class Geometric extends Distribution {
  private readonly odds: Odds;

  constructor(probs?: Parameter | OddsOptions | null, options: OddsOptions = {}) {
    const given = oddsOf('Geometric', probs, options);
    const param = broadcastAll('Geometric', { [given.name]: given.value })[0]!;
    super(param.shape, [], given.options);
    this.odds = new Odds(param, given.name);
    this.checkParameters();
    if (this.validateArgs && given.name === 'probs' && !param.gt(0).all().item<boolean>())
      throw new FlambeauError(
        'INVALID_VALUE',
        `Geometric(): argument 'probs' must be above 0, but is ${param.detach().toString()}`,
      );
  }

  /** The probability of success. */
  get probs(): Tensor {
    return this.odds.probs;
  }

  /** Its log-odds. */
  get logits(): Tensor {
    return this.odds.logits;
  }

  override get argConstraints(): ArgConstraints {
    return oddsConstraints;
  }

  protected override isGiven(name: string): boolean {
    return name === this.odds.given;
  }

  override get support(): constraints.Constraint {
    return constraints.nonnegativeInteger;
  }

  override get mean(): Tensor {
    return this.probs.reciprocal().sub(1);
  }

  override get mode(): Tensor {
    return this.probs.mul(0);
  }

  override get variance(): Tensor {
    return this.mean.div(this.probs);
  }

  override sample(sampleShape: Size = []): Tensor {
    const shape = this.extendedShape(sampleShape);
    return noGrad(() => {
      const u = this.probs.newEmpty(shape).uniform_(finfo(this.probs.dtype).tiny, 1);
      return u.log().div(this.probs.neg().log1p()).floor();
    });
  }

  override logProb(value: Tensor): Tensor {
    this.checkValue(value);
    const [values, probs] = broadcastAll('Geometric', { value, probs: this.probs });
    const safe = probs!.maskedFill(probs!.eq(1).logicalAnd(values!.eq(0)), 0);
    return values!.mul(safe.neg().log1p()).add(this.probs.log());
  }

  override entropy(): Tensor {
    return binaryCrossEntropyWithLogits(this.logits, this.probs, null, null, none).div(this.probs);
  }

  override expand(batchShape: Size): Geometric {
    return new Geometric({ [this.odds.given]: this.odds.param.expand(batchShape), ...this.options });
  }
}

/** Options of {@link ContinuousBernoulli}. */
export interface ContinuousBernoulliOptions extends OddsOptions {
  /** Between which probabilities a Taylor series is used; 0.499 and 0.501 unless given. */
  lims?: readonly [number, number];
}

/**
 * A relative of the Bernoulli distribution on all of `[0, 1]` (Loaiza-Ganem and Cunningham, 2019).
 *
 * `p(x) = C(probs) probs^x (1 - probs)^(1 - x)`
 *
 * @param probs - between 0 and 1; or options with `probs` or `logits`
 * @throws when not exactly one of `probs` and `logits` is given
 * @see https://docs.pytorch.org/docs/2.13/distributions.html#continuousbernoulli
 * @example
 * new torch.distributions.ContinuousBernoulli(0.25).mean // tensor(0.4102)
 */
export class ContinuousBernoulli extends ExponentialFamily {
  private readonly odds: Odds;
  private readonly lims: readonly [number, number];

  constructor(probs?: Parameter | ContinuousBernoulliOptions | null, options: ContinuousBernoulliOptions = {}) {
    const given = oddsOf('ContinuousBernoulli', probs, options);
    const param = broadcastAll('ContinuousBernoulli', { [given.name]: given.value })[0]!;
    super(param.shape, [], given.options);
    this.lims = (given.options as ContinuousBernoulliOptions).lims ?? [0.499, 0.501];
    // The check comes before the clamp, which every value would pass.
    this.odds = new Odds(param, given.name);
    this.checkParameters();
    this.odds = new Odds(given.name === 'probs' ? clampProbs(param) : param, given.name, true, true);
  }

  /** The parameter, between 0 and 1. */
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
    return oddsConstraints;
  }

  protected override isGiven(name: string): boolean {
    return name === this.odds.given;
  }

  override get support(): constraints.Constraint {
    return constraints.unitInterval;
  }

  override get hasRsample(): boolean {
    return true;
  }

  private stable(): Tensor {
    return this.probs.le(this.lims[0]).logicalOr(this.probs.gt(this.lims[1]));
  }

  private cutProbs(): Tensor {
    return where(this.stable(), this.probs, this.lims[0]);
  }

  /** @internal */
  logNorm(): Tensor {
    const cut = this.cutProbs();
    const below = where(cut.le(0.5), cut, 0);
    const above = where(cut.ge(0.5), cut, 1);
    const norm = cut
      .neg()
      .log1p()
      .sub(cut.log())
      .abs()
      .log()
      .sub(where(cut.le(0.5), below.mul(-2).log1p(), above.mul(2).sub(1).log()));
    const x = this.probs.sub(0.5).pow(2);
    const taylor = x
      .mul(104 / 45)
      .add(4 / 3)
      .mul(x)
      .add(Math.log(2));
    return where(this.stable(), norm, taylor);
  }

  override get mean(): Tensor {
    const cut = this.cutProbs();
    const mean = cut.div(cut.mul(2).sub(1)).add(cut.neg().log1p().sub(cut.log()).reciprocal());
    const x = this.probs.sub(0.5);
    const taylor = x
      .pow(2)
      .mul(16 / 45)
      .add(1 / 3)
      .mul(x)
      .add(0.5);
    return where(this.stable(), mean, taylor);
  }

  override get variance(): Tensor {
    const cut = this.cutProbs();
    const variance = cut
      .mul(cut.sub(1))
      .div(complement(cut.mul(2)).pow(2))
      .add(cut.neg().log1p().sub(cut.log()).pow(2).reciprocal());
    const x = this.probs.sub(0.5).pow(2);
    const taylor = x
      .mul(-128 / 945)
      .add(1 / 15)
      .mul(x)
      .neg()
      .add(1 / 12);
    return where(this.stable(), variance, taylor);
  }

  override rsample(sampleShape: Size = []): Tensor {
    return this.icdf(rand(this.extendedShape(sampleShape), like(this.probs)));
  }

  override logProb(value: Tensor): Tensor {
    this.checkValue(value);
    const [logits, values] = broadcastAll('ContinuousBernoulli', { logits: this.logits, value });
    return this.logNorm().sub(binaryCrossEntropyWithLogits(logits!, values!.to(logits!), null, null, none));
  }

  override cdf(value: Tensor): Tensor {
    this.checkValue(value, 'cdf');
    const cut = this.cutProbs();
    const cdf = cut
      .pow(value)
      .mul(complement(cut).pow(complement(value)))
      .add(cut)
      .sub(1)
      .div(cut.mul(2).sub(1));
    const inside = where(this.stable(), cdf, value);
    return where(value.le(0), 0, where(value.ge(1), 1, inside));
  }

  override icdf(value: Tensor): Tensor {
    const cut = this.cutProbs();
    const log = cut.neg().log1p();
    const x = cut
      .neg()
      .add(value.mul(cut.mul(2).sub(1)))
      .log1p()
      .sub(log)
      .div(cut.log().sub(log));
    return where(this.stable(), x, value);
  }

  override entropy(): Tensor {
    const log0 = this.probs.neg().log1p();
    return this.mean.mul(log0.sub(this.probs.log())).sub(this.logNorm()).sub(log0);
  }

  override expand(batchShape: Size): ContinuousBernoulli {
    return new ContinuousBernoulli({
      [this.odds.given]: this.odds.param.expand(batchShape),
      lims: this.lims,
      ...this.options,
    });
  }

  override get naturalParams(): Tensor[] {
    return [this.logits];
  }

  override get meanCarrierMeasure(): number {
    return 0;
  }

  override logNormalizer(...[given]: Tensor[]): Tensor {
    const x = given!;
    const stable = x.le(this.lims[0] - 0.5).logicalOr(x.gt(this.lims[1] - 0.5));
    const cut = where(stable, x, ones([], like(x)).mul(this.lims[0] - 0.5));
    const norm = cut.expm1().abs().log().sub(cut.abs().log());
    const taylor = x.mul(0.5).add(x.pow(2).div(24)).sub(x.pow(4).div(2880));
    return where(stable, norm, taylor);
  }
}
