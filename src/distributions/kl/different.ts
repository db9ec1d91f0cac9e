import { fullLike, where, xlogy } from '../../ops/functions.js';
import type { Tensor } from '../../tensor.js';
import { Beta } from '../beta.js';
import { Bernoulli, ContinuousBernoulli } from '../binary.js';
import { Binomial, Poisson } from '../counts.js';
import type { Distribution } from '../distribution.js';
import { Exponential, Gamma } from '../gamma.js';
import { Laplace } from '../heavy.js';
import { Normal } from '../normal.js';
import { Gumbel, Pareto, Uniform } from '../uniform.js';
import { complement, eulerConstant } from '../utils.js';
import { registerKl, type DistributionClass } from './registry.js';

/** Infinite, since `p` has values where `q` has none. */
function infinite<D extends Distribution>(
  p: DistributionClass<D>,
  param: (p: D) => Tensor,
  ...families: DistributionClass[]
): void {
  for (const q of families) registerKl(p, q, (first) => fullLike(param(first), Infinity));
}
infinite(Beta, (p) => p.concentration1, Pareto);
infinite(ContinuousBernoulli, (p) => p.probs, Pareto);
infinite(Exponential, (p) => p.rate, Beta, ContinuousBernoulli, Pareto, Uniform);
infinite(Gamma, (p) => p.concentration, Beta, ContinuousBernoulli, Pareto, Uniform);
infinite(Gumbel, (p) => p.loc, Beta, ContinuousBernoulli, Exponential, Gamma, Pareto, Uniform);
infinite(Laplace, (p) => p.loc, Beta, ContinuousBernoulli, Exponential, Gamma, Pareto, Uniform);
infinite(Normal, (p) => p.loc, Beta, ContinuousBernoulli, Exponential, Gamma, Pareto, Uniform);
infinite(Pareto, (p) => p.scale, Beta, ContinuousBernoulli, Uniform);
infinite(Poisson, (p) => p.rate, Bernoulli, Binomial);

/** `lgamma(concentration) - concentration log(rate)` */
function gammaTerm(q: Gamma): Tensor {
  return q.concentration.lgamma().sub(q.concentration.mul(q.rate.log()));
}

function xlogx(x: Tensor): Tensor {
  return xlogy(x, x);
}

registerKl(Bernoulli, Poisson, (p, q) => p.entropy().neg().sub(p.probs.mul(q.rate.log()).sub(q.rate)));

registerKl(Beta, ContinuousBernoulli, (p, q) =>
  p.entropy().neg().sub(p.mean.mul(q.logits)).sub(q.probs.neg().log1p()).sub(q.logNorm()),
);

registerKl(Beta, Exponential, (p, q) => q.rate.mul(p.mean).sub(p.entropy()).sub(q.rate.log()));

registerKl(Beta, Gamma, (p, q) => {
  const logMean = p.concentration1.digamma().sub(p.concentration1.add(p.concentration0).digamma());
  return gammaTerm(q).sub(p.entropy()).sub(q.concentration.sub(1).mul(logMean)).add(q.rate.mul(p.mean));
});

registerKl(Beta, Normal, (p, q) => {
  const { mean } = p;
  const variance = q.scale.pow(2);
  const total = p.concentration1.add(p.concentration0).add(1);
  const t3 = mean.mul(complement(mean)).div(total).add(mean.pow(2)).mul(0.5);
  const square = t3.sub(q.loc.mul(mean)).add(q.loc.pow(2).mul(0.5));
  return variance
    .mul(2 * Math.PI)
    .log()
    .mul(0.5)
    .sub(p.entropy())
    .add(square.div(variance));
});

registerKl(Beta, Uniform, (p, q) =>
  q.high
    .sub(q.low)
    .log()
    .sub(p.entropy())
    .maskedFill(q.low.gt(0).logicalOr(q.high.lt(1)), Infinity),
);

registerKl(ContinuousBernoulli, Exponential, (p, q) => q.rate.mul(p.mean).sub(p.entropy()).sub(q.rate.log()));

registerKl(ContinuousBernoulli, Normal, (p, q) => {
  const t2 = q.loc
    .div(q.scale)
    .square()
    .add(Math.log(2 * Math.PI))
    .mul(0.5)
    .add(q.scale.log());
  const t3 = p.variance.add(p.mean.square()).sub(q.loc.mul(2).mul(p.mean)).div(q.scale.square().mul(2));
  return t2.sub(p.entropy()).add(t3);
});

// The bounds are as in PyTorch, which takes a uniform that begins at 0, or ends at 1, as not covering the interval.
registerKl(ContinuousBernoulli, Uniform, (p, q) => {
  const result = q.high.sub(q.low).log().sub(p.entropy());
  return where(q.low.ge(0).logicalOr(q.high.le(1)), Infinity, result);
});

registerKl(Exponential, Gamma, (p, q) => {
  const ratio = q.rate.div(p.rate);
  return q.concentration
    .neg()
    .mul(ratio.log())
    .add(ratio)
    .add(q.concentration.lgamma())
    .add(q.concentration.mul(eulerConstant))
    .sub(1 + eulerConstant);
});

registerKl(Exponential, Gumbel, (p, q) => {
  const product = p.rate.mul(q.scale);
  const ratio = q.loc.div(q.scale);
  const t2 = ratio.exp().mul(product).div(product.add(1));
  return product.log().sub(1).sub(ratio).add(t2).add(product.reciprocal());
});

registerKl(Exponential, Normal, (p, q) => {
  const variance = q.scale.pow(2);
  const square = p.rate.pow(2);
  const t1 = square
    .mul(variance)
    .mul(2 * Math.PI)
    .log()
    .mul(0.5);
  const rest = square.reciprocal().sub(q.loc.div(p.rate)).add(q.loc.pow(2).mul(0.5));
  return t1.sub(1).add(rest.div(variance));
});

registerKl(Gamma, Exponential, (p, q) => q.rate.mul(p.concentration).div(p.rate).sub(p.entropy()).sub(q.rate.log()));

registerKl(Gamma, Gumbel, (p, q) => {
  const product = p.rate.mul(q.scale);
  const ratio = q.loc.div(q.scale);
  const { concentration } = p;
  const t1 = concentration.sub(1).mul(concentration.digamma()).sub(concentration.lgamma()).sub(concentration);
  const t2 = product.log().add(concentration.div(product));
  const t3 = ratio.exp().mul(product.reciprocal().add(1).pow(concentration.neg())).sub(ratio);
  return t1.add(t2).add(t3);
});

registerKl(Gamma, Normal, (p, q) => {
  const variance = q.scale.pow(2);
  const square = p.rate.pow(2);
  const { concentration } = p;
  const t1 = square
    .mul(variance)
    .mul(2 * Math.PI)
    .log()
    .mul(0.5)
    .sub(concentration)
    .sub(concentration.lgamma());
  const t2 = concentration.pow(2).add(concentration).div(square).mul(0.5);
  const rest = t2.sub(q.loc.mul(concentration).div(p.rate)).add(q.loc.pow(2).mul(0.5));
  return t1.add(concentration.sub(1).mul(concentration.digamma())).add(rest.div(variance));
});

registerKl(Gumbel, Normal, (p, q) => {
  const ratio = p.scale.div(q.scale);
  const t1 = ratio.div(Math.sqrt(2 * Math.PI)).log();
  const t2 = ratio
    .mul(Math.PI * 0.5)
    .pow(2)
    .div(3);
  const t3 = p.loc.add(p.scale.mul(eulerConstant)).sub(q.loc).div(q.scale).pow(2).mul(0.5);
  return t2
    .sub(t1)
    .add(t3)
    .sub(eulerConstant + 1);
});

registerKl(Laplace, Normal, (p, q) => {
  const variance = q.scale.pow(2);
  const ratio = p.scale.pow(2).div(variance);
  const t1 = ratio
    .mul(2 / Math.PI)
    .log()
    .mul(0.5);
  const square = p.loc.pow(2).mul(0.5).sub(p.loc.mul(q.loc)).add(q.loc.pow(2).mul(0.5));
  return ratio.sub(t1).add(square.div(variance)).sub(1);
});

registerKl(Normal, Gumbel, (p, q) => {
  const ratio = p.scale.div(q.scale).pow(2);
  const shift = p.loc.div(q.scale).sub(q.loc.div(q.scale));
  const t3 = ratio.mul(0.5).sub(shift).exp();
  return shift
    .sub(ratio.log().mul(0.5))
    .add(t3)
    .sub(0.5 * (1 + Math.log(2 * Math.PI)));
});

registerKl(Normal, Laplace, (p, q) => {
  const diff = p.loc.sub(q.loc);
  const ratio = diff.div(p.scale);
  const t2 = p.scale.mul(ratio.pow(2).mul(-0.5).exp()).mul(Math.sqrt(2 / Math.PI));
  const t3 = diff.mul(ratio.mul(Math.SQRT1_2).erf());
  return t2
    .add(t3)
    .div(q.scale)
    .sub(p.scale.div(q.scale).log())
    .sub(0.5 * (1 + Math.log(0.5 * Math.PI)));
});

registerKl(Pareto, Exponential, (p, q) => {
  const product = p.scale.mul(q.rate);
  const t3 = p.alpha.mul(product).div(p.alpha.sub(1));
  const result = p.alpha.div(product).log().sub(p.alpha.reciprocal()).add(t3).sub(1);
  return result.maskedFill(p.alpha.le(1), Infinity);
});

registerKl(Pareto, Gamma, (p, q) => {
  const common = p.scale.log().add(p.alpha.reciprocal());
  const t3 = complement(q.concentration).mul(common);
  const t4 = q.rate.mul(p.alpha).mul(p.scale).div(p.alpha.sub(1));
  const result = p.alpha.log().sub(common).add(gammaTerm(q)).add(t3).add(t4).sub(1);
  return result.maskedFill(p.alpha.le(1), Infinity);
});

registerKl(Pareto, Normal, (p, q) => {
  const variance = q.scale.pow(2).mul(2);
  const common = p.scale.div(p.alpha.sub(1));
  const t1 = q.scale
    .mul(Math.sqrt(2 * Math.PI))
    .mul(p.alpha)
    .div(p.scale)
    .log();
  const t3 = p.alpha.mul(common.pow(2)).div(p.alpha.sub(2));
  const t4 = p.alpha.mul(common).sub(q.loc).pow(2);
  const result = t1.sub(p.alpha.reciprocal()).add(t3.add(t4).div(variance)).sub(1);
  return result.maskedFill(p.alpha.le(2), Infinity);
});

registerKl(Uniform, Beta, (p, q) => {
  const width = p.high.sub(p.low);
  const t2 = q.concentration1
    .sub(1)
    .mul(xlogx(p.high).sub(xlogx(p.low)).sub(width))
    .div(width);
  const t3 = q.concentration0
    .sub(1)
    .mul(
      xlogx(complement(p.high))
        .sub(xlogx(complement(p.low)))
        .add(width),
    )
    .div(width);
  const t4 = q.concentration1
    .lgamma()
    .add(q.concentration0.lgamma())
    .sub(q.concentration1.add(q.concentration0).lgamma());
  return t3
    .add(t4)
    .sub(width.log())
    .sub(t2)
    .maskedFill(p.high.gt(1).logicalOr(p.low.lt(0)), Infinity);
});

registerKl(Uniform, ContinuousBernoulli, (p, q) => {
  const result = p.entropy().neg().sub(p.mean.mul(q.logits)).sub(q.probs.neg().log1p()).sub(q.logNorm());
  return where(p.high.ge(1).logicalOr(p.low.le(0)), Infinity, result);
});

registerKl(Uniform, Exponential, (p, q) => {
  const result = q.rate.mul(p.high.add(p.low)).div(2).sub(p.high.sub(p.low).mul(q.rate).log());
  return result.maskedFill(p.low.lt(0), Infinity);
});

registerKl(Uniform, Gamma, (p, q) => {
  const width = p.high.sub(p.low);
  const t3 = complement(q.concentration)
    .mul(xlogx(p.high).sub(xlogx(p.low)).sub(width))
    .div(width);
  const t4 = q.rate.mul(p.high.add(p.low)).div(2);
  return gammaTerm(q).sub(width.log()).add(t3).add(t4).maskedFill(p.low.lt(0), Infinity);
});

registerKl(Uniform, Gumbel, (p, q) => {
  const common = q.scale.div(p.high.sub(p.low));
  const high = p.high.sub(q.loc).div(q.scale);
  const low = p.low.sub(q.loc).div(q.scale);
  const t2 = common.mul(high.neg().exp().sub(low.neg().exp()));
  return common.log().add(high.add(low).mul(0.5)).sub(t2);
});

registerKl(Uniform, Normal, (p, q) => {
  const width = p.high.sub(p.low);
  const t1 = q.scale
    .mul(Math.sqrt(2 * Math.PI))
    .div(width)
    .log();
  const t3 = p.high.add(p.low).sub(q.loc.mul(2)).div(2).pow(2);
  return t1.add(width.pow(2).div(12).add(t3).mul(0.5).div(q.scale.pow(2)));
});

registerKl(Uniform, Pareto, (p, q) => {
  const width = p.high.sub(p.low);
  const t1 = q.alpha.mul(q.scale.pow(q.alpha)).mul(width).log();
  const t2 = xlogx(p.high).sub(xlogx(p.low)).sub(width).div(width);
  return t2.mul(q.alpha.add(1)).sub(t1).maskedFill(p.low.lt(q.scale), Infinity);
});
