import { invoke, Operator } from '../ops/call.js';
import { where, xlogy } from '../ops/functions.js';
import { gammainc } from '../ops/special/index.js';
import type { Size } from '../shape.js';
import type { Tensor } from '../tensor.js';
import * as constraints from './constraints.js';
import { Distribution, type ArgConstraints, type DistributionOptions } from './distribution.js';
import { ExponentialFamily } from './exponential-family.js';
import { TransformedDistribution } from './transformed.js';
import { PowerTransform } from './transforms/index.js';
import { broadcastAll, finfo, standardNormal, type Parameter } from './utils.js';

const standardGamma = new Operator('aten::_standard_gamma', true);

/**
 * The gamma distribution.
 *
 * `p(x) = rate^concentration x^(concentration - 1) exp(-rate x) / Gamma(concentration)`
 *
 * @param concentration - the shape
 * @param rate - the inverse of the scale
 * @see https://docs.pytorch.org/docs/2.13/distributions.html#gamma
 * @example
 * new torch.distributions.Gamma(3, 2).mean // tensor(1.5000)
 */
export class Gamma extends ExponentialFamily {
  /** The shape. */
  readonly concentration: Tensor;
  /** The inverse of the scale. */
  readonly rate: Tensor;

  constructor(concentration: Parameter, rate: Parameter, options: DistributionOptions = {}) {
    const [c, r] = broadcastAll('Gamma', { concentration, rate });
    super(c!.shape, [], options);
    this.concentration = c!;
    this.rate = r!;
    this.checkParameters();
  }

  override get argConstraints(): ArgConstraints {
    return { concentration: constraints.positive, rate: constraints.positive };
  }

  override get support(): constraints.Constraint {
    return constraints.nonnegative;
  }

  override get hasRsample(): boolean {
    return true;
  }

  override get mean(): Tensor {
    return this.concentration.div(this.rate);
  }

  override get mode(): Tensor {
    return this.concentration.sub(1).div(this.rate).clamp(0);
  }

  override get variance(): Tensor {
    return this.concentration.div(this.rate.pow(2));
  }

  override rsample(sampleShape: Size = []): Tensor {
    const shape = this.extendedShape(sampleShape);
    const gamma = invoke(standardGamma, [this.concentration.expand(shape)]) as Tensor;
    const value = gamma.div(this.rate.expand(shape));
    // Of the detached tensor, so that the graph does not see it.
    value.detach().clamp_(finfo(value.dtype).tiny);
    return value;
  }

  override logProb(value: Tensor): Tensor {
    this.checkValue(value);
    const x = value.to(this.rate.dtype);
    return xlogy(this.concentration, this.rate)
      .add(xlogy(this.concentration.sub(1), x))
      .sub(this.rate.mul(x))
      .sub(this.concentration.lgamma());
  }

  override cdf(value: Tensor): Tensor {
    this.checkValue(value, 'cdf');
    return gammainc(this.concentration, this.rate.mul(value));
  }

  override entropy(): Tensor {
    const { concentration, rate } = this;
    return concentration
      .sub(rate.log())
      .add(concentration.lgamma())
      .add(concentration.neg().add(1).mul(concentration.digamma()));
  }

  override expand(batchShape: Size): Gamma {
    return new Gamma(this.concentration.expand(batchShape), this.rate.expand(batchShape), this.options);
  }

  override get naturalParams(): Tensor[] {
    return [this.concentration.sub(1), this.rate.neg()];
  }

  override get meanCarrierMeasure(): number {
    return 0;
  }

  override logNormalizer(...[x, y]: Tensor[]): Tensor {
    return x!.add(1).lgamma().add(x!.add(1).mul(y!.reciprocal().neg().log()));
  }
}

/**
 * The chi-squared distribution: the sum of `df` squares of standard normal numbers.
 *
 * @param df - the degrees of freedom
 * @see https://docs.pytorch.org/docs/2.13/distributions.html#chi2
 * @example
 * new torch.distributions.Chi2(4).variance // tensor(8.)
 */
export class Chi2 extends Gamma {
  constructor(df: Parameter, options: DistributionOptions = {}) {
    super(broadcastAll('Chi2', { df })[0]!.mul(0.5), 0.5, options);
  }

  /** The degrees of freedom. */
  get df(): Tensor {
    return this.concentration.mul(2);
  }

  override get argConstraints(): ArgConstraints {
    return { df: constraints.positive };
  }

  override expand(batchShape: Size): Chi2 {
    return new Chi2(this.df.expand(batchShape), this.options);
  }
}

/**
 * The distribution of `1 / x` with a gamma-distributed `x`.
 *
 * @param concentration - the shape
 * @param rate - the rate of `x`, the scale of `1 / x`
 * @see https://docs.pytorch.org/docs/2.13/distributions.html#inversegamma
 * @example
 * new torch.distributions.InverseGamma(3, 4).mean // tensor(2.)
 */
export class InverseGamma extends TransformedDistribution<Gamma> {
  constructor(concentration: Parameter, rate: Parameter, options: DistributionOptions = {}) {
    const base = new Gamma(concentration, rate, options);
    super(base, new PowerTransform(base.rate.newOnes([]).neg()), options);
  }

  /** The shape. */
  get concentration(): Tensor {
    return this.baseDist.concentration;
  }

  /** The scale. */
  get rate(): Tensor {
    return this.baseDist.rate;
  }

  override get argConstraints(): ArgConstraints {
    return { concentration: constraints.positive, rate: constraints.positive };
  }

  override get support(): constraints.Constraint {
    return constraints.positive;
  }

  override get mean(): Tensor {
    return where(this.concentration.gt(1), this.rate.div(this.concentration.sub(1)), Infinity);
  }

  override get mode(): Tensor {
    return this.rate.div(this.concentration.add(1));
  }

  override get variance(): Tensor {
    const { concentration } = this;
    const variance = this.rate.square().div(concentration.sub(1).square().mul(concentration.sub(2)));
    return where(concentration.gt(2), variance, Infinity);
  }

  override entropy(): Tensor {
    const { concentration } = this;
    return concentration
      .add(this.rate.log())
      .add(concentration.lgamma())
      .sub(concentration.add(1).mul(concentration.digamma()));
  }

  override expand(batchShape: Size): InverseGamma {
    return new InverseGamma(this.concentration.expand(batchShape), this.rate.expand(batchShape), this.options);
  }
}

/**
 * The F distribution: the ratio of two chi-squared numbers, each divided by its degrees of freedom.
 *
 * @param df1 - the degrees of freedom above the line
 * @param df2 - those below
 * @see https://docs.pytorch.org/docs/2.13/distributions.html#fishersnedecor
 * @example
 * new torch.distributions.FisherSnedecor(2, 4).mean // tensor(2.)
 */
export class FisherSnedecor extends Distribution {
  /** The degrees of freedom above the line. */
  readonly df1: Tensor;
  /** Those below. */
  readonly df2: Tensor;

  constructor(df1: Parameter, df2: Parameter, options: DistributionOptions = {}) {
    const [d1, d2] = broadcastAll('FisherSnedecor', { df1, df2 });
    super(d1!.shape, [], options);
    this.df1 = d1!;
    this.df2 = d2!;
    this.checkParameters();
  }

  override get argConstraints(): ArgConstraints {
    return { df1: constraints.positive, df2: constraints.positive };
  }

  override get support(): constraints.Constraint {
    return constraints.positive;
  }

  override get hasRsample(): boolean {
    return true;
  }

  override get mean(): Tensor {
    const df2 = this.df2.maskedFill(this.df2.le(2), NaN);
    return df2.div(df2.sub(2));
  }

  override get mode(): Tensor {
    const mode = this.df1.sub(2).div(this.df1).mul(this.df2).div(this.df2.add(2));
    return mode.maskedFill(this.df1.le(2), NaN);
  }

  override get variance(): Tensor {
    const df2 = this.df2.maskedFill(this.df2.le(4), NaN);
    return df2
      .pow(2)
      .mul(2)
      .mul(this.df1.add(df2).sub(2))
      .div(this.df1.mul(df2.sub(2).pow(2)).mul(df2.sub(4)));
  }

  override rsample(sampleShape: Size = []): Tensor {
    this.extendedShape(sampleShape);
    const unchecked = { validateArgs: false };
    const above = new Gamma(this.df1.mul(0.5), this.df1, unchecked).rsample(sampleShape);
    const below = new Gamma(this.df2.mul(0.5), this.df2, unchecked).rsample(sampleShape);
    const { tiny } = finfo(below.dtype);
    return above.div(below.clamp(tiny)).clamp(tiny);
  }

  override logProb(value: Tensor): Tensor {
    this.checkValue(value);
    const half1 = this.df1.mul(0.5);
    const half2 = this.df2.mul(0.5);
    const both = half1.add(half2);
    const ratio = this.df1.div(this.df2);
    const normalizer = both.lgamma().sub(half1.lgamma()).sub(half2.lgamma());
    const power = half1.mul(ratio.log()).add(half1.sub(1).mul(value.log()));
    return normalizer.add(power).sub(both.mul(ratio.mul(value).log1p()));
  }

  override expand(batchShape: Size): FisherSnedecor {
    return new FisherSnedecor(this.df1.expand(batchShape), this.df2.expand(batchShape), this.options);
  }
}

/**
 * The exponential distribution.
 *
 * `p(x) = rate exp(-rate x)`
 *
 * @param rate - the inverse of the mean
 * @see https://docs.pytorch.org/docs/2.13/distributions.html#exponential
 * @example
 * new torch.distributions.Exponential(2).mean // tensor(0.5000)
 */
export class Exponential extends ExponentialFamily {
  /** The inverse of the mean. */
  readonly rate: Tensor;

  constructor(rate: Parameter, options: DistributionOptions = {}) {
    const [tensor] = broadcastAll('Exponential', { rate });
    super(tensor!.shape, [], options);
    this.rate = tensor!;
    this.checkParameters();
  }

  override get argConstraints(): ArgConstraints {
    return { rate: constraints.positive };
  }

  override get support(): constraints.Constraint {
    return constraints.nonnegative;
  }

  override get hasRsample(): boolean {
    return true;
  }

  override get mean(): Tensor {
    return this.rate.reciprocal();
  }

  override get mode(): Tensor {
    return this.rate.mul(0);
  }

  override get stddev(): Tensor {
    return this.rate.reciprocal();
  }

  override get variance(): Tensor {
    return this.rate.pow(-2);
  }

  override rsample(sampleShape: Size = []): Tensor {
    return this.rate.newEmpty(this.extendedShape(sampleShape)).exponential_().div(this.rate);
  }

  override logProb(value: Tensor): Tensor {
    this.checkValue(value);
    return this.rate.log().sub(this.rate.mul(value));
  }

  override cdf(value: Tensor): Tensor {
    this.checkValue(value, 'cdf');
    return this.rate.neg().mul(value).exp().neg().add(1);
  }

  override icdf(value: Tensor): Tensor {
    return value.neg().log1p().neg().div(this.rate);
  }

  override entropy(): Tensor {
    return this.rate.log().neg().add(1);
  }

  override expand(batchShape: Size): Exponential {
    return new Exponential(this.rate.expand(batchShape), this.options);
  }

  override get naturalParams(): Tensor[] {
    return [this.rate.neg()];
  }

  override get meanCarrierMeasure(): number {
    return 0;
  }

  override logNormalizer(...[x]: Tensor[]): Tensor {
    return x!.neg().log().neg();
  }
}

/**
 * Student's t distribution.
 *
 * `t = loc + scale x / sqrt(z / df)` with a standard normal `x` and a chi-squared `z`
 *
 * @param df - the degrees of freedom
 * @param loc - the centre; 0 unless given
 * @param scale - the width; 1 unless given
 * @see https://docs.pytorch.org/docs/2.13/distributions.html#studentt
 * @example
 * new torch.distributions.StudentT(4).variance // tensor(2.)
 */
export class StudentT extends Distribution {
  /** The degrees of freedom. */
  readonly df: Tensor;
  /** The centre. */
  readonly loc: Tensor;
  /** The width. */
  readonly scale: Tensor;

  constructor(df: Parameter, loc: Parameter = 0, scale: Parameter = 1, options: DistributionOptions = {}) {
    const [d, l, s] = broadcastAll('StudentT', { df, loc, scale });
    super(d!.shape, [], options);
    this.df = d!;
    this.loc = l!;
    this.scale = s!;
    this.checkParameters();
  }

  override get argConstraints(): ArgConstraints {
    return { df: constraints.positive, loc: constraints.real, scale: constraints.positive };
  }

  override get support(): constraints.Constraint {
    return constraints.real;
  }

  override get hasRsample(): boolean {
    return true;
  }

  override get mean(): Tensor {
    return this.loc.maskedFill(this.df.le(1), NaN);
  }

  override get mode(): Tensor {
    return this.loc;
  }

  override get variance(): Tensor {
    const { df } = this;
    return this.scale.pow(2).mul(df).div(df.sub(2)).maskedFill(df.le(2), Infinity).maskedFill(df.le(1), NaN);
  }

  override rsample(sampleShape: Size = []): Tensor {
    const x = standardNormal(this.extendedShape(sampleShape), this.df);
    const z = new Chi2(this.df, { validateArgs: false }).rsample(sampleShape);
    return this.loc.add(this.scale.mul(x.mul(z.div(this.df).rsqrt())));
  }

  override logProb(value: Tensor): Tensor {
    this.checkValue(value);
    const { df } = this;
    const y = value.sub(this.loc).div(this.scale);
    const normalizer = this.scale
      .log()
      .add(df.log().mul(0.5))
      .add(0.5 * Math.log(Math.PI))
      .add(df.mul(0.5).lgamma())
      .sub(df.add(1).mul(0.5).lgamma());
    return df.add(1).mul(-0.5).mul(y.pow(2).div(df).log1p()).sub(normalizer);
  }

  override entropy(): Tensor {
    const { df } = this;
    const half = df.mul(0.5);
    const next = df.add(1).mul(0.5);
    const logBeta = half
      .lgamma()
      .add(0.5 * Math.log(Math.PI))
      .sub(next.lgamma());
    return this.scale
      .log()
      .add(next.mul(next.digamma().sub(half.digamma())))
      .add(df.log().mul(0.5))
      .add(logBeta);
  }

  override expand(batchShape: Size): StudentT {
    const [df, loc, scale] = [this.df, this.loc, this.scale].map((tensor) => tensor.expand(batchShape));
    return new StudentT(df!, loc, scale, this.options);
  }
}
