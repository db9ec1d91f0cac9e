import { full, isclose, onesLike, rand, where, zerosLike } from '../ops/functions.js';
import type { Size } from '../shape.js';
import type { Tensor } from '../tensor.js';
import * as constraints from './constraints.js';
import { Distribution, type ArgConstraints, type DistributionOptions } from './distribution.js';
import { TransformedDistribution } from './transformed.js';
import { AbsTransform } from './transforms/index.js';
import { broadcastAll, finfo, like, type Parameter } from './utils.js';

/**
 * The Cauchy distribution, which has neither mean nor variance.
 *
 * `p(x) = 1 / (pi scale (1 + ((x - loc) / scale)^2))`
 *
 * @param loc - the mode and median
 * @param scale - half the width at half the height
 * @see https://docs.pytorch.org/docs/2.13/distributions.html#cauchy
 * @example
 * new torch.distributions.Cauchy(0, 1).logProb(torch.tensor(0)) // tensor(-1.1447)
 */
export class Cauchy extends Distribution {
  /** The mode and median. */
  readonly loc: Tensor;
  /** Half the width at half the height. */
  readonly scale: Tensor;

  constructor(loc: Parameter, scale: Parameter, options: DistributionOptions = {}) {
    const [l, s] = broadcastAll('Cauchy', { loc, scale });
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
    return full(this.batchShape, NaN, like(this.loc));
  }

  override get mode(): Tensor {
    return this.loc;
  }

  override get variance(): Tensor {
    return full(this.batchShape, Infinity, like(this.loc));
  }

  override rsample(sampleShape: Size = []): Tensor {
    return this.loc.add(this.loc.newEmpty(this.extendedShape(sampleShape)).cauchy_().mul(this.scale));
  }

  override logProb(value: Tensor): Tensor {
    this.checkValue(value);
    return this.scale.log().neg().sub(Math.log(Math.PI)).sub(value.sub(this.loc).div(this.scale).pow(2).log1p());
  }

  override cdf(value: Tensor): Tensor {
    this.checkValue(value, 'cdf');
    return value.sub(this.loc).div(this.scale).atan().div(Math.PI).add(0.5);
  }

  override icdf(value: Tensor): Tensor {
    return value.sub(0.5).mul(Math.PI).tan().mul(this.scale).add(this.loc);
  }

  override entropy(): Tensor {
    return this.scale.log().add(Math.log(4 * Math.PI));
  }

  override expand(batchShape: Size): Cauchy {
    return new Cauchy(this.loc.expand(batchShape), this.scale.expand(batchShape), this.options);
  }
}

/**
 * The distribution of `|x|` with a Cauchy-distributed `x` around 0.
 *
 * @param scale - the scale of the whole Cauchy distribution
 * @see https://docs.pytorch.org/docs/2.13/distributions.html#halfcauchy
 * @example
 * new torch.distributions.HalfCauchy(1).cdf(torch.tensor(1)) // tensor(0.5000)
 */
export class HalfCauchy extends TransformedDistribution<Cauchy> {
  constructor(scale: Parameter, options: DistributionOptions = {}) {
    super(new Cauchy(0, scale, { validateArgs: false }), new AbsTransform(), options);
    this.checkParameters();
  }

  /** The scale of the whole Cauchy distribution. */
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
    return full(this.batchShape, Infinity, like(this.scale));
  }

  override get mode(): Tensor {
    return zerosLike(this.scale);
  }

  override get variance(): Tensor {
    return this.baseDist.variance;
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

  override expand(batchShape: Size): HalfCauchy {
    return new HalfCauchy(this.scale.expand(batchShape), this.options);
  }
}

/**
 * The generalized Pareto distribution, of what lies beyond a threshold.
 *
 * `P(X > x) = (1 + concentration z)^(-1 / concentration)` with `z = (x - loc) / scale`; `exp(-z)` for concentration 0
 *
 * @param loc - the threshold
 * @param scale - the width
 * @param concentration - the shape; negative ones bound the values
 * @see https://docs.pytorch.org/docs/2.13/distributions.html#generalizedpareto
 * @example
 * new torch.distributions.GeneralizedPareto(0, 1, 0.5).mean // tensor(2.)
 */
export class GeneralizedPareto extends Distribution {
  /** The threshold. */
  readonly loc: Tensor;
  /** The width. */
  readonly scale: Tensor;
  /** The shape. */
  readonly concentration: Tensor;

  constructor(loc: Parameter, scale: Parameter, concentration: Parameter, options: DistributionOptions = {}) {
    const [l, s, c] = broadcastAll('GeneralizedPareto', { loc, scale, concentration });
    super(l!.shape, [], options);
    this.loc = l!;
    this.scale = s!;
    this.concentration = c!;
    this.checkParameters();
  }

  override get argConstraints(): ArgConstraints {
    return { loc: constraints.real, scale: constraints.positive, concentration: constraints.real };
  }

  override get support(): constraints.Constraint {
    const bound = this.loc.sub(this.scale.div(this.concentration));
    return new constraints.Interval(this.loc, where(this.concentration.lt(0), bound, Infinity));
  }

  override get hasRsample(): boolean {
    return true;
  }

  override get mean(): Tensor {
    const valid = this.concentration.lt(1);
    const safe = where(valid, this.concentration, 0.5);
    return where(valid, this.loc.add(this.scale.div(safe.neg().add(1))), NaN);
  }

  override get mode(): Tensor {
    return this.loc;
  }

  override get variance(): Tensor {
    const valid = this.concentration.lt(0.5);
    const rest = where(valid, this.concentration, 0.25).neg().add(1);
    return where(valid, this.scale.pow(2).div(rest.pow(2).mul(rest.mul(2).sub(1))), NaN);
  }

  override rsample(sampleShape: Size = []): Tensor {
    return this.icdf(rand(this.extendedShape(sampleShape), like(this.loc)));
  }

  private parts(value: Tensor): { z: Tensor; zero: Tensor; safe: Tensor } {
    const { concentration } = this;
    const zero = isclose(concentration, zerosLike(concentration));
    return { z: value.sub(this.loc).div(this.scale), zero, safe: where(zero, onesLike(concentration), concentration) };
  }

  override logProb(value: Tensor): Tensor {
    this.checkValue(value);
    const { z, zero, safe } = this.parts(value);
    const y = safe.reciprocal().add(onesLike(z));
    const general = where(y.eq(0), y, y.mul(safe.mul(z).log1p()));
    return this.scale
      .log()
      .neg()
      .sub(where(zero, z, general));
  }

  /**
   * `log P(X > value)`
   *
   * @example
   * new torch.distributions.GeneralizedPareto(0, 1, 0.5).logSurvivalFunction(torch.tensor(2)) // tensor(-1.3863)
   */
  logSurvivalFunction(value: Tensor): Tensor {
    this.checkValue(value, 'logSurvivalFunction');
    const { z, zero, safe } = this.parts(value);
    return where(zero, z.neg(), safe.mul(z).log1p().neg().div(safe));
  }

  /**
   * `log P(X <= value)`
   *
   * @example
   * new torch.distributions.GeneralizedPareto(0, 1, 0.5).logCdf(torch.tensor(2)) // tensor(-0.2877)
   */
  logCdf(value: Tensor): Tensor {
    return this.logSurvivalFunction(value).exp().neg().log1p();
  }

  override cdf(value: Tensor): Tensor {
    return this.logCdf(value).exp();
  }

  override icdf(value: Tensor): Tensor {
    const { zero, safe } = this.parts(value);
    const log = value.neg().log1p();
    const general = this.loc.add(this.scale.div(safe).mul(safe.neg().mul(log).expm1()));
    return where(zero, this.loc.sub(this.scale.mul(log)), general);
  }

  override entropy(): Tensor {
    return this.scale.log().add(this.concentration).add(1);
  }

  override expand(batchShape: Size): GeneralizedPareto {
    const [loc, scale, c] = [this.loc, this.scale, this.concentration].map((tensor) => tensor.expand(batchShape));
    return new GeneralizedPareto(loc!, scale!, c!, this.options);
  }
}

/**
 * The Laplace distribution.
 *
 * `p(x) = exp(-|x - loc| / scale) / (2 scale)`
 *
 * @param loc - the mean
 * @param scale - the width
 * @see https://docs.pytorch.org/docs/2.13/distributions.html#laplace
 * @example
 * new torch.distributions.Laplace(0, 1).variance // tensor(2.)
 */
export class Laplace extends Distribution {
  /** The mean. */
  readonly loc: Tensor;
  /** The width. */
  readonly scale: Tensor;

  constructor(loc: Parameter, scale: Parameter, options: DistributionOptions = {}) {
    const [l, s] = broadcastAll('Laplace', { loc, scale });
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

  override get variance(): Tensor {
    return this.scale.pow(2).mul(2);
  }

  override get stddev(): Tensor {
    return this.scale.mul(Math.SQRT2);
  }

  override rsample(sampleShape: Size = []): Tensor {
    const shape = this.extendedShape(sampleShape);
    const u = this.loc.newEmpty(shape).uniform_(finfo(this.loc.dtype).eps - 1, 1);
    return this.loc.sub(this.scale.mul(u.sign()).mul(u.abs().neg().log1p()));
  }

  override logProb(value: Tensor): Tensor {
    this.checkValue(value);
    return this.scale.mul(2).log().neg().sub(value.sub(this.loc).abs().div(this.scale));
  }

  override cdf(value: Tensor): Tensor {
    this.checkValue(value, 'cdf');
    const diff = value.sub(this.loc);
    return diff.sign().mul(diff.abs().neg().div(this.scale).expm1()).mul(-0.5).add(0.5);
  }

  override icdf(value: Tensor): Tensor {
    const term = value.sub(0.5);
    return this.loc.sub(this.scale.mul(term.sign()).mul(term.abs().mul(-2).log1p()));
  }

  override entropy(): Tensor {
    return this.scale.mul(2).log().add(1);
  }

  override expand(batchShape: Size): Laplace {
    return new Laplace(this.loc.expand(batchShape), this.scale.expand(batchShape), this.options);
  }
}
