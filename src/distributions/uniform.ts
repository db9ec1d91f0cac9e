import { full, rand } from '../ops/functions.js';
import type { Size } from '../shape.js';
import type { Tensor } from '../tensor.js';
import * as constraints from './constraints.js';
import { Distribution, type ArgConstraints, type DistributionOptions } from './distribution.js';
import { Exponential } from './gamma.js';
import { TransformedDistribution } from './transformed.js';
import { AffineTransform, ExpTransform, PowerTransform } from './transforms/index.js';
import { broadcastAll, eulerConstant, finfo, like, type Parameter } from './utils.js';

/**
 * The uniform distribution on `[low, high)`.
 *
 * @param low - where it begins
 * @param high - where it ends, not included
 * @see https://docs.pytorch.org/docs/2.13/distributions.html#uniform
 * @example
 * new torch.distributions.Uniform(0, 4).mean // tensor(2.)
 */
export class Uniform extends Distribution {
  /** Where it begins. */
  readonly low: Tensor;
  /** Where it ends. */
  readonly high: Tensor;

  constructor(low: Parameter, high: Parameter, options: DistributionOptions = {}) {
    const [l, h] = broadcastAll('Uniform', { low, high });
    super(l!.shape, [], options);
    this.low = l!;
    this.high = h!;
    this.checkParameters();
  }

  override get argConstraints(): ArgConstraints {
    return { low: new constraints.LessThan(this.high), high: new constraints.GreaterThan(this.low) };
  }

  override get support(): constraints.Interval {
    return new constraints.Interval(this.low, this.high);
  }

  override get hasRsample(): boolean {
    return true;
  }

  override get mean(): Tensor {
    return this.high.add(this.low).div(2);
  }

  override get mode(): Tensor {
    return this.high.mul(NaN);
  }

  override get stddev(): Tensor {
    return this.high.sub(this.low).div(Math.sqrt(12));
  }

  override get variance(): Tensor {
    return this.high.sub(this.low).pow(2).div(12);
  }

  override rsample(sampleShape: Size = []): Tensor {
    const u = rand(this.extendedShape(sampleShape), like(this.low));
    return this.low.add(u.mul(this.high.sub(this.low)));
  }

  override logProb(value: Tensor): Tensor {
    this.checkValue(value);
    const inside = this.low.le(value).logicalAnd(this.high.gt(value)).typeAs(this.low);
    return inside.log().sub(this.high.sub(this.low).log());
  }

  override cdf(value: Tensor): Tensor {
    this.checkValue(value, 'cdf');
    return value.sub(this.low).div(this.high.sub(this.low)).clamp(0, 1);
  }

  override icdf(value: Tensor): Tensor {
    return value.mul(this.high.sub(this.low)).add(this.low);
  }

  override entropy(): Tensor {
    return this.high.sub(this.low).log();
  }

  override expand(batchShape: Size): Uniform {
    return new Uniform(this.low.expand(batchShape), this.high.expand(batchShape), this.options);
  }
}

/**
 * The Gumbel distribution, of greatest values.
 *
 * `p(x) = exp(y - exp(y)) / scale` with `y = (loc - x) / scale`
 *
 * @param loc - the mode
 * @param scale - the width
 * @see https://docs.pytorch.org/docs/2.13/distributions.html#gumbel
 * @example
 * new torch.distributions.Gumbel(1, 2).mean // tensor(2.1544)
 */
export class Gumbel extends TransformedDistribution<Uniform> {
  /** The mode. */
  readonly loc: Tensor;
  /** The width. */
  readonly scale: Tensor;

  constructor(loc: Parameter, scale: Parameter, options: DistributionOptions = {}) {
    const [l, s] = broadcastAll('Gumbel', { loc, scale });
    const { tiny, eps } = finfo(l!.dtype);
    super(
      new Uniform(full(l!.shape, tiny, like(l!)), full(l!.shape, 1 - eps, like(l!)), options),
      [
        new ExpTransform().inv,
        new AffineTransform(0, s!.newOnes(s!.shape).neg()),
        new ExpTransform().inv,
        new AffineTransform(l!, s!.neg()),
      ],
      options,
    );
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

  override get mean(): Tensor {
    return this.loc.add(this.scale.mul(eulerConstant));
  }

  override get mode(): Tensor {
    return this.loc;
  }

  override get stddev(): Tensor {
    return this.scale.mul(Math.PI / Math.sqrt(6));
  }

  override get variance(): Tensor {
    return this.stddev.pow(2);
  }

  // Directly rather than through the transforms, which lose digits.
  override logProb(value: Tensor): Tensor {
    this.checkValue(value);
    const y = this.loc.sub(value).div(this.scale);
    return y.sub(y.exp()).sub(this.scale.log());
  }

  override entropy(): Tensor {
    return this.scale.log().add(1 + eulerConstant);
  }

  override expand(batchShape: Size): Gumbel {
    return new Gumbel(this.loc.expand(batchShape), this.scale.expand(batchShape), this.options);
  }
}

/**
 * The Weibull distribution.
 *
 * `P(X <= x) = 1 - exp(-(x / scale)^concentration)`
 *
 * @param scale - the width
 * @param concentration - the shape
 * @see https://docs.pytorch.org/docs/2.13/distributions.html#weibull
 * @example
 * new torch.distributions.Weibull(2, 1).mean // tensor(2.)
 */
export class Weibull extends TransformedDistribution<Exponential> {
  /** The width. */
  readonly scale: Tensor;
  /** The shape. */
  readonly concentration: Tensor;

  constructor(scale: Parameter, concentration: Parameter, options: DistributionOptions = {}) {
    const [s, c] = broadcastAll('Weibull', { scale, concentration });
    super(
      new Exponential(s!.newOnes(s!.shape), options),
      [new PowerTransform(c!.reciprocal()), new AffineTransform(0, s!)],
      options,
    );
    this.scale = s!;
    this.concentration = c!;
    this.checkParameters();
  }

  override get argConstraints(): ArgConstraints {
    return { scale: constraints.positive, concentration: constraints.positive };
  }

  override get support(): constraints.Constraint {
    return constraints.positive;
  }

  override get mean(): Tensor {
    return this.scale.mul(this.concentration.reciprocal().add(1).lgamma().exp());
  }

  override get mode(): Tensor {
    const { concentration } = this;
    return this.scale.mul(concentration.sub(1).div(concentration).pow(concentration.reciprocal()));
  }

  override get variance(): Tensor {
    const inverse = this.concentration.reciprocal();
    const second = inverse.mul(2).add(1).lgamma().exp();
    return this.scale.pow(2).mul(second.sub(inverse.add(1).lgamma().mul(2).exp()));
  }

  override entropy(): Tensor {
    const inverse = this.concentration.reciprocal();
    return inverse.neg().add(1).mul(eulerConstant).add(this.scale.mul(inverse).log()).add(1);
  }

  override expand(batchShape: Size): Weibull {
    return new Weibull(this.scale.expand(batchShape), this.concentration.expand(batchShape), this.options);
  }
}

/**
 * The Pareto distribution.
 *
 * `p(x) = alpha scale^alpha / x^(alpha + 1)` from `scale` on
 *
 * @param scale - where it begins
 * @param alpha - the shape
 * @see https://docs.pytorch.org/docs/2.13/distributions.html#pareto
 * @example
 * new torch.distributions.Pareto(1, 3).mean // tensor(1.5000)
 */
export class Pareto extends TransformedDistribution<Exponential> {
  /** Where it begins. */
  readonly scale: Tensor;
  /** The shape. */
  readonly alpha: Tensor;

  constructor(scale: Parameter, alpha: Parameter, options: DistributionOptions = {}) {
    const [s, a] = broadcastAll('Pareto', { scale, alpha });
    super(new Exponential(a!, { validateArgs: false }), [new ExpTransform(), new AffineTransform(0, s!)], options);
    this.scale = s!;
    this.alpha = a!;
    this.checkParameters();
  }

  override get argConstraints(): ArgConstraints {
    return { alpha: constraints.positive, scale: constraints.positive };
  }

  override get support(): constraints.Constraint {
    return new constraints.GreaterThanEq(this.scale);
  }

  override get mean(): Tensor {
    const alpha = this.alpha.clamp(1);
    return alpha.mul(this.scale).div(alpha.sub(1));
  }

  override get mode(): Tensor {
    return this.scale;
  }

  override get variance(): Tensor {
    const alpha = this.alpha.clamp(2);
    return this.scale
      .pow(2)
      .mul(alpha)
      .div(alpha.sub(1).pow(2).mul(alpha.sub(2)));
  }

  override entropy(): Tensor {
    return this.scale.div(this.alpha).log().add(this.alpha.reciprocal().add(1));
  }

  override expand(batchShape: Size): Pareto {
    return new Pareto(this.scale.expand(batchShape), this.alpha.expand(batchShape), this.options);
  }
}
