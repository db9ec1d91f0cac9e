import { fullLike, rand } from '../ops/functions.js';
import type { Size } from '../shape.js';
import type { Tensor } from '../tensor.js';
import { Categorical } from './categorical.js';
import * as constraints from './constraints.js';
import { Distribution, type ArgConstraints } from './distribution.js';
import { TransformedDistribution } from './transformed.js';
import { ExpTransform, SigmoidTransform } from './transforms/index.js';
import { broadcastAll, clampProbs, like, Odds, oddsOf, type OddsOptions, type Parameter } from './utils.js';

/**
 * The log-odds of a {@link RelaxedBernoulli} number (Maddison et al., 2017).
 *
 * @param temperature - of the relaxation
 * @param probs - of 1; or options with `probs` or `logits`
 * @throws when not exactly one of `probs` and `logits` is given
 * @see https://docs.pytorch.org/docs/2.13/distributions.html#logitrelaxedbernoulli
 * @example
 * new torch.distributions.LogitRelaxedBernoulli(0.5, 0.5).logProb(torch.tensor(0)) // tensor(-2.0794)
 */
export class LogitRelaxedBernoulli extends Distribution {
  /** Of the relaxation. */
  readonly temperature: Tensor;
  private readonly odds: Odds;

  constructor(temperature: Parameter, probs?: Parameter | OddsOptions | null, options: OddsOptions = {}) {
    const given = oddsOf('LogitRelaxedBernoulli', probs, options);
    const param = broadcastAll('LogitRelaxedBernoulli', { [given.name]: given.value })[0]!;
    super(param.shape, [], given.options);
    this.temperature = broadcastAll('LogitRelaxedBernoulli', { temperature })[0]!;
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
    return { probs: constraints.unitInterval, logits: constraints.real };
  }

  /** @internal */
  get given(): 'probs' | 'logits' {
    return this.odds.given;
  }

  protected override isGiven(name: string): boolean {
    return name === this.odds.given;
  }

  override get support(): constraints.Constraint {
    return constraints.real;
  }

  override get hasRsample(): boolean {
    return true;
  }

  override rsample(sampleShape: Size = []): Tensor {
    const shape = this.extendedShape(sampleShape);
    const probs = clampProbs(this.probs.expand(shape));
    const uniforms = clampProbs(rand(shape, like(probs)));
    return uniforms.log().sub(uniforms.neg().log1p()).add(probs.log()).sub(probs.neg().log1p()).div(this.temperature);
  }

  override logProb(value: Tensor): Tensor {
    this.checkValue(value);
    const diff = this.logits.sub(value.mul(this.temperature));
    return this.temperature.log().add(diff).sub(diff.exp().log1p().mul(2));
  }

  override expand(batchShape: Size): LogitRelaxedBernoulli {
    const param = { [this.odds.given]: this.odds.param.expand(batchShape) };
    return new LogitRelaxedBernoulli(this.temperature, { ...param, ...this.options });
  }
}

/**
 * A {@link Bernoulli} number made continuous, so that it has gradients; the lower the temperature, the closer to 0 and 1.
 *
 * @param temperature - of the relaxation
 * @param probs - of 1; or options with `probs` or `logits`
 * @throws when not exactly one of `probs` and `logits` is given
 * @see https://docs.pytorch.org/docs/2.13/distributions.html#relaxedbernoulli
 * @example
 * new torch.distributions.RelaxedBernoulli(0.5, 0.5).logProb(torch.tensor(0.5)) // tensor(-0.6931)
 */
export class RelaxedBernoulli extends TransformedDistribution<LogitRelaxedBernoulli> {
  constructor(temperature: Parameter, probs?: Parameter | OddsOptions | null, options: OddsOptions = {}) {
    const given = oddsOf('RelaxedBernoulli', probs, options);
    super(new LogitRelaxedBernoulli(temperature, given.options), new SigmoidTransform(), given.options);
  }

  /** Of the relaxation. */
  get temperature(): Tensor {
    return this.baseDist.temperature;
  }

  /** The probability of 1. */
  get probs(): Tensor {
    return this.baseDist.probs;
  }

  /** Its log-odds. */
  get logits(): Tensor {
    return this.baseDist.logits;
  }

  override get argConstraints(): ArgConstraints {
    return this.baseDist.argConstraints;
  }

  override get support(): constraints.Constraint {
    return constraints.unitInterval;
  }

  protected override isGiven(name: string): boolean {
    return name === this.baseDist.given;
  }

  override expand(batchShape: Size): RelaxedBernoulli {
    const name = this.baseDist.given;
    return new RelaxedBernoulli(this.temperature, { [name]: this[name].expand(batchShape), ...this.options });
  }
}

/**
 * The logarithm of a {@link RelaxedOneHotCategorical} vector (Maddison et al., 2017).
 *
 * @param temperature - of the relaxation
 * @param probs - of the categories, along the last dimension; or options with `probs` or `logits`
 * @throws when not exactly one of `probs` and `logits` is given
 * @see https://docs.pytorch.org/docs/2.13/distributions.html#relaxedonehotcategorical
 * @example
 * new torch.distributions.ExpRelaxedCategorical(0.5, torch.tensor([1, 3])).sample().shape // [ 2 ]
 */
export class ExpRelaxedCategorical extends Distribution {
  /** Of the relaxation. */
  readonly temperature: Tensor;
  private readonly categorical: Categorical;

  constructor(temperature: Parameter, probs?: Tensor | OddsOptions | null, options: OddsOptions = {}) {
    const given = oddsOf('ExpRelaxedCategorical', probs, options);
    const categorical = new Categorical({ [given.name]: given.value, validateArgs: given.options.validateArgs });
    super(categorical.batchShape, categorical.paramShape.slice(-1), given.options);
    this.categorical = categorical;
    this.temperature = broadcastAll('ExpRelaxedCategorical', { temperature })[0]!;
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

  /** @internal */
  get given(): 'probs' | 'logits' {
    return this.categorical.given;
  }

  protected override isGiven(name: string): boolean {
    return name === this.categorical.given;
  }

  /** @internal */
  expandedParam(batchShape: Size): OddsOptions {
    return this.categorical.expandedParam(batchShape);
  }

  override get support(): constraints.Constraint {
    return constraints.realVector;
  }

  override get hasRsample(): boolean {
    return true;
  }

  override rsample(sampleShape: Size = []): Tensor {
    const uniforms = clampProbs(rand(this.extendedShape(sampleShape), like(this.logits)));
    const gumbels = uniforms.log().neg().log().neg();
    const scores = this.logits.add(gumbels).div(this.temperature);
    return scores.sub(scores.logsumexp(-1, true));
  }

  override logProb(value: Tensor): Tensor {
    this.checkValue(value);
    const count = this.paramShape.at(-1)!;
    const { temperature } = this;
    const scale = fullLike(temperature, count)
      .lgamma()
      .add(temperature.log().mul(count - 1));
    const score = this.logits.sub(value.mul(temperature));
    return score.sub(score.logsumexp(-1, true)).sum(-1).add(scale);
  }

  override expand(batchShape: Size): ExpRelaxedCategorical {
    return new ExpRelaxedCategorical(this.temperature, { ...this.expandedParam(batchShape), ...this.options });
  }
}

/**
 * A {@link OneHotCategorical} vector made continuous, so that it has gradients (Jang et al., 2017): the Gumbel softmax.
 *
 * @param temperature - of the relaxation
 * @param probs - of the categories, along the last dimension; or options with `probs` or `logits`
 * @throws when not exactly one of `probs` and `logits` is given
 * @see https://docs.pytorch.org/docs/2.13/distributions.html#relaxedonehotcategorical
 * @example
 * new torch.distributions.RelaxedOneHotCategorical(0.5, torch.tensor([1, 3])).sample().shape // [ 2 ]
 */
export class RelaxedOneHotCategorical extends TransformedDistribution<ExpRelaxedCategorical> {
  constructor(temperature: Parameter, probs?: Tensor | OddsOptions | null, options: OddsOptions = {}) {
    const given = oddsOf('RelaxedOneHotCategorical', probs, options);
    super(new ExpRelaxedCategorical(temperature, given.options), new ExpTransform(), given.options);
  }

  /** Of the relaxation. */
  get temperature(): Tensor {
    return this.baseDist.temperature;
  }

  /** The probabilities. */
  get probs(): Tensor {
    return this.baseDist.probs;
  }

  /** Their logarithms. */
  get logits(): Tensor {
    return this.baseDist.logits;
  }

  override get argConstraints(): ArgConstraints {
    return { probs: constraints.simplex, logits: constraints.realVector };
  }

  protected override isGiven(name: string): boolean {
    return name === this.baseDist.given;
  }

  override get support(): constraints.Constraint {
    return constraints.simplex;
  }

  override expand(batchShape: Size): RelaxedOneHotCategorical {
    return new RelaxedOneHotCategorical(this.temperature, {
      ...this.baseDist.expandedParam(batchShape),
      ...this.options,
    });
  }
}
