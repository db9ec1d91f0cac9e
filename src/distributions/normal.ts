import { noGrad } from '../autograd/modes.js';
import { normal, where } from '../ops/functions.js';
import type { Size } from '../shape.js';
import type { Tensor } from '../tensor.js';
import * as constraints from './constraints.js';
import type { ArgConstraints, DistributionOptions } from './distribution.js';
import { ExponentialFamily } from './exponential-family.js';
import type { Independent } from './independent.js';
import { TransformedDistribution } from './transformed.js';
import { AbsTransform, ExpTransform, StickBreakingTransform } from './transforms/index.js';
import { broadcastAll, standardNormal, type Parameter } from './utils.js';

const logRootTwoPi = Math.log(Math.sqrt(2 * Math.PI));

/**
 * The normal (Gaussian) distribution.
 *
 * `p(x) = exp(-(x - loc)^2 / (2 scale^2)) / (scale sqrt(2 pi))`
 *
 * @param loc - the mean
 * @param scale - the standard deviation
 * @see https://docs.pytorch.org/docs/2.13/distributions.html#normal
 * @example
 * const normal = new torch.distributions.Normal(1, 2)
 * normal.variance // tensor(4.)
 * normal.logProb(torch.tensor(1)) // tensor(-1.6121)
 */
export class Normal extends ExponentialFamily {
  /** The mean. */
  readonly loc: Tensor;
  /** The standard deviation. */
  readonly scale: Tensor;

  constructor(loc: Parameter, scale: Parameter, options: DistributionOptions = {}) {
    const [l, s] = broadcastAll('Normal', { loc, scale });
    super(l!.shape, [], options);
    this.loc = l!;
    this.scale = s!;
    this.checkParameters();
  }

  override get argConstraints(): ArgConstraints {
    return { loc: constraints.real, scale: constraints.positive };
  }

  override get support(): constraints.Constraint {
    return constraints.real;
  }

  override get hasRsample(): boolean {
    return true;
  }

  override get mean(): Tensor {
    return this.loc;
  }

  override get mode(): Tensor {
    return this.loc;
  }

  override get stddev(): Tensor {
    return this.scale;
  }

  override get variance(): Tensor {
    return this.scale.pow(2);
  }

  override sample(sampleShape: Size = []): Tensor {
    const shape = this.extendedShape(sampleShape);
    return noGrad(() => normal(this.loc.expand(shape), this.scale.expand(shape)));
  }

  override rsample(sampleShape: Size = []): Tensor {
    const shape = this.extendedShape(sampleShape);
    return this.loc.add(standardNormal(shape, this.loc).mul(this.scale));
  }

  override logProb(value: Tensor): Tensor {
    this.checkValue(value);
    const variance = this.scale.pow(2);
    return value.sub(this.loc).pow(2).neg().div(variance.mul(2)).sub(this.scale.log()).sub(logRootTwoPi);
  }

  override cdf(value: Tensor): Tensor {
    this.checkValue(value, 'cdf');
    return value.sub(this.loc).mul(this.scale.reciprocal()).div(Math.SQRT2).erf().add(1).mul(0.5);
  }

  override icdf(value: Tensor): Tensor {
    return this.loc.add(this.scale.mul(value.mul(2).sub(1).erfinv()).mul(Math.SQRT2));
  }

  override entropy(): Tensor {
    return this.scale.log().add(0.5 + 0.5 * Math.log(2 * Math.PI));
  }

  override expand(batchShape: Size): Normal {
    return new Normal(this.loc.expand(batchShape), this.scale.expand(batchShape), this.options);
  }

  override get naturalParams(): Tensor[] {
    return [this.loc.div(this.scale.pow(2)), this.scale.pow(2).reciprocal().mul(-0.5)];
  }

  override get meanCarrierMeasure(): number {
    return 0;
  }

  override logNormalizer(...[x, y]: Tensor[]): Tensor {
    return x!.pow(2).div(y!).mul(-0.25).add(y!.reciprocal().mul(-Math.PI).log().mul(0.5));
  }
}

/**
 * The distribution of `exp(x)` with a normal `x`.
 *
 * @param loc - the mean of the logarithm
 * @param scale - the standard deviation of the logarithm
 * @see https://docs.pytorch.org/docs/2.13/distributions.html#lognormal
 * @example
 * new torch.distributions.LogNormal(0, 1).mean // tensor(1.6487)
 */
export class LogNormal extends TransformedDistribution<Normal> {
  constructor(loc: Parameter, scale: Parameter, options: DistributionOptions = {}) {
    super(new Normal(loc, scale, options), new ExpTransform(), options);
  }

  /** The mean of the logarithm. */
  get loc(): Tensor {
    return this.baseDist.loc;
  }

  /** The standard deviation of the logarithm. */
  get scale(): Tensor {
    return this.baseDist.scale;
  }

  override get argConstraints(): ArgConstraints {
    return { loc: constraints.real, scale: constraints.positive };
  }

  override get support(): constraints.Constraint {
    return constraints.positive;
  }

  override get mean(): Tensor {
    return this.loc.add(this.scale.pow(2).div(2)).exp();
  }

  override get mode(): Tensor {
    return this.loc.sub(this.scale.square()).exp();
  }

  override get variance(): Tensor {
    const square = this.scale.pow(2);
    return square.expm1().mul(this.loc.mul(2).add(square).exp());
  }

  override entropy(): Tensor {
    return this.baseDist.entropy().add(this.loc);
  }

  override expand(batchShape: Size): LogNormal {
    return new LogNormal(this.loc.expand(batchShape), this.scale.expand(batchShape), this.options);
  }
}

/**
 * The distribution of `|x|` with a normal `x` of mean 0.
 *
 * @param scale - the standard deviation of the whole normal distribution
 * @see https://docs.pytorch.org/docs/2.13/distributions.html#halfnormal
 * @example
 * new torch.distributions.HalfNormal(1).mean // tensor(0.7979)
 */
export class HalfNormal extends TransformedDistribution<Normal> {
  constructor(scale: Parameter, options: DistributionOptions = {}) {
    super(new Normal(0, scale, { validateArgs: false }), new AbsTransform(), options);
    this.checkParameters();
  }

  /** The standard deviation of the whole normal distribution. */
  get scale(): Tensor {
    return this.baseDist.scale;
  }

  override get argConstraints(): ArgConstraints {
    return { scale: constraints.positive };
  }

  override get support(): constraints.Constraint {
    return constraints.nonnegative;
  }

  override get mean(): Tensor {
    return this.scale.mul(Math.sqrt(2 / Math.PI));
  }

  override get mode(): Tensor {
    return this.scale.mul(0);
  }

  override get variance(): Tensor {
    return this.scale.pow(2).mul(1 - 2 / Math.PI);
  }

  override logProb(value: Tensor): Tensor {
    this.checkValue(value);
    return where(value.ge(0), this.baseDist.logProb(value).add(Math.LN2), -Infinity);
  }

  override cdf(value: Tensor): Tensor {
    this.checkValue(value, 'cdf');
    return this.baseDist.cdf(value).mul(2).sub(1);
  }

  override icdf(value: Tensor): Tensor {
    return this.baseDist.icdf(value.add(1).div(2));
  }

  override entropy(): Tensor {
    return this.baseDist.entropy().sub(Math.LN2);
  }

  override expand(batchShape: Size): HalfNormal {
    return new HalfNormal(this.scale.expand(batchShape), this.options);
  }
}

/**
 * Vectors that add up to 1: normal ones through {@link StickBreakingTransform}.
 *
 * @param loc - the mean of the normal distribution
 * @param scale - its standard deviation
 * @see https://docs.pytorch.org/docs/2.13/distributions.html#logisticnormal
 * @example
 * new torch.distributions.LogisticNormal(torch.zeros(3), torch.ones(3)).sample().shape // [ 4 ]
 */
export class LogisticNormal extends TransformedDistribution<Independent<Normal>> {
  constructor(loc: Parameter, scale: Parameter, options: DistributionOptions = {}) {
    const base = new Normal(loc, scale, options);
    super(base.batchShape.length === 0 ? base.expand([1]) : base, new StickBreakingTransform(), options);
  }

  /** The mean of the normal distribution. */
  get loc(): Tensor {
    return this.baseDist.baseDist.loc;
  }

  /** The standard deviation of the normal distribution. */
  get scale(): Tensor {
    return this.baseDist.baseDist.scale;
  }

  override get argConstraints(): ArgConstraints {
    return { loc: constraints.real, scale: constraints.positive };
  }

  override get support(): constraints.Constraint {
    return constraints.simplex;
  }

  override expand(batchShape: Size): LogisticNormal {
    const shape = [...batchShape, -1];
    return new LogisticNormal(this.loc.expand(shape), this.scale.expand(shape), this.options);
  }
}
