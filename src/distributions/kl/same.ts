import { grad } from '../../autograd/grad.js';
import { FlambeauError } from '../../errors.js';
import { softplus } from '../../ops/neural/functional/index.js';
import { solveTriangular } from '../../ops/linalg/index.js';
import type { Tensor } from '../../tensor.js';
import { Beta, Dirichlet } from '../beta.js';
import { Bernoulli, ContinuousBernoulli, Geometric } from '../binary.js';
import { Categorical, OneHotCategorical } from '../categorical.js';
import { Binomial, Poisson } from '../counts.js';
import type { Distribution } from '../distribution.js';
import { ExponentialFamily } from '../exponential-family.js';
import { Exponential, Gamma } from '../gamma.js';
import { Cauchy, Laplace } from '../heavy.js';
import { Independent } from '../independent.js';
import {
  diagonals,
  LowRankMultivariateNormal,
  lowRankLogDet,
  lowRankMahalanobis,
  mahalanobis,
  MultivariateNormal,
} from '../multivariate.js';
import { HalfNormal, Normal } from '../normal.js';
import { TransformedDistribution } from '../transformed.js';
import { sameTransforms } from '../transforms/transform.js';
import { Gumbel, Pareto, Uniform } from '../uniform.js';
import { broadcastShapes, complement, eulerConstant, sameShape, sumRightmost } from '../utils.js';
import { klDivergence, registerKl } from './registry.js';

registerKl(Bernoulli, Bernoulli, (p, q) => {
  const t1 = p.probs
    .mul(softplus(q.logits.neg()).sub(softplus(p.logits.neg())))
    .maskedFill(q.probs.eq(0), Infinity)
    .maskedFill(p.probs.eq(0), 0);
  const t2 = complement(p.probs)
    .mul(softplus(q.logits).sub(softplus(p.logits)))
    .maskedFill(q.probs.eq(1), Infinity)
    .maskedFill(p.probs.eq(1), 0);
  return t1.add(t2);
});

registerKl(Beta, Beta, (p, q) => {
  const sumP = p.concentration1.add(p.concentration0);
  const sumQ = q.concentration1.add(q.concentration0);
  const t1 = q.concentration1.lgamma().add(q.concentration0.lgamma()).add(sumP.lgamma());
  const t2 = p.concentration1.lgamma().add(p.concentration0.lgamma()).add(sumQ.lgamma());
  const t3 = p.concentration1.sub(q.concentration1).mul(p.concentration1.digamma());
  const t4 = p.concentration0.sub(q.concentration0).mul(p.concentration0.digamma());
  return t1.sub(t2).add(t3).add(t4).add(sumQ.sub(sumP).mul(sumP.digamma()));
});

registerKl(Binomial, Binomial, (p, q) => {
  if (p.totalCount.lt(q.totalCount).any().item<boolean>())
    throw new FlambeauError(
      'NOT_IMPLEMENTED',
      'klDivergence(): of Binomials none is known where q.totalCount is above p.totalCount',
    );
  const one = p.probs.mul(p.logits.sub(q.logits)).add(p.probs.neg().log1p()).sub(q.probs.neg().log1p());
  return p.totalCount.mul(one).maskedFill(p.totalCount.gt(q.totalCount), Infinity);
});

function ofCategories(p: Categorical | OneHotCategorical, q: Categorical | OneHotCategorical): Tensor {
  return p.probs.mul(p.logits.sub(q.logits)).maskedFill(q.probs.eq(0), Infinity).maskedFill(p.probs.eq(0), 0).sum(-1);
}
registerKl(Categorical, Categorical, ofCategories);
registerKl(OneHotCategorical, OneHotCategorical, ofCategories);

registerKl(ContinuousBernoulli, ContinuousBernoulli, (p, q) =>
  p.mean
    .mul(p.logits.sub(q.logits))
    .add(p.logNorm().add(p.probs.neg().log1p()))
    .sub(q.logNorm().add(q.probs.neg().log1p())),
);

registerKl(Dirichlet, Dirichlet, (p, q) => {
  const sumP = p.concentration.sum(-1);
  const t1 = sumP.lgamma().sub(q.concentration.sum(-1).lgamma());
  const t2 = p.concentration.lgamma().sub(q.concentration.lgamma()).sum(-1);
  const t4 = p.concentration.digamma().sub(sumP.digamma().unsqueeze(-1));
  return t1.sub(t2).add(p.concentration.sub(q.concentration).mul(t4).sum(-1));
});

registerKl(Exponential, Exponential, (p, q) => {
  const ratio = q.rate.div(p.rate);
  return ratio.sub(ratio.log()).sub(1);
});

registerKl(ExponentialFamily, ExponentialFamily, (p, q) => {
  if (p.constructor !== q.constructor)
    throw new FlambeauError(
      'NOT_IMPLEMENTED',
      `klDivergence(): none is known for ${p.constructor.name} and ${q.constructor.name}; registerKl() adds one`,
    );
  const ofP = p.naturalParams.map((param) => param.detach().requiresGrad_());
  const ofQ = q.naturalParams;
  const normalizer = p.logNormalizer(...ofP);
  const gradients = grad(normalizer.sum(), ofP, { createGraph: true });
  return ofP.reduce(
    (sum, param, i) => sum.sub(sumRightmost(ofQ[i]!.sub(param).mul(gradients[i]!), q.eventShape.length)),
    q.logNormalizer(...ofQ).sub(normalizer),
  );
});

registerKl(Gamma, Gamma, (p, q) => {
  const t1 = q.concentration.mul(p.rate.div(q.rate).log());
  const t2 = q.concentration.lgamma().sub(p.concentration.lgamma());
  const t3 = p.concentration.sub(q.concentration).mul(p.concentration.digamma());
  return t1
    .add(t2)
    .add(t3)
    .add(q.rate.sub(p.rate).mul(p.concentration.div(p.rate)));
});

registerKl(Gumbel, Gumbel, (p, q) => {
  const ratio = p.scale.div(q.scale);
  const shift = q.loc.div(q.scale).sub(p.loc.div(q.scale));
  const t3 = shift.add(ratio.add(1).lgamma()).exp();
  return ratio
    .log()
    .neg()
    .sub(shift)
    .add(ratio.mul(eulerConstant))
    .add(t3)
    .sub(1 + eulerConstant);
});

registerKl(Geometric, Geometric, (p, q) => p.entropy().neg().sub(q.probs.neg().log1p().div(p.probs)).sub(q.logits));

function ofNormals(p: Normal, q: Normal): Tensor {
  const ratio = p.scale.div(q.scale).pow(2);
  return ratio.add(p.loc.sub(q.loc).div(q.scale).pow(2)).sub(1).sub(ratio.log()).mul(0.5);
}
registerKl(Normal, Normal, ofNormals);
registerKl(HalfNormal, HalfNormal, (p, q) => ofNormals(p.baseDist, q.baseDist));

// Gil, 2011: "On Renyi divergence measures for continuous alphabet sources".
registerKl(Laplace, Laplace, (p, q) => {
  const ratio = p.scale.div(q.scale);
  const distance = p.loc.sub(q.loc).abs();
  const t3 = ratio.mul(distance.neg().div(p.scale).exp());
  return ratio.log().neg().add(distance.div(q.scale)).add(t3).sub(1);
});

registerKl(Pareto, Pareto, (p, q) => {
  const ratio = q.alpha.div(p.alpha);
  const result = q.alpha.mul(p.scale.div(q.scale).log()).sub(ratio.log()).add(ratio).sub(1);
  return result.maskedFill(p.scale.lt(q.scale), Infinity);
});

registerKl(Poisson, Poisson, (p, q) => p.rate.mul(p.rate.log().sub(q.rate.log())).sub(p.rate.sub(q.rate)));

registerKl(Uniform, Uniform, (p, q) => {
  const outside = q.low.gt(p.low).logicalOr(q.high.lt(p.high));
  return q.high.sub(q.low).div(p.high.sub(p.low)).log().maskedFill(outside, Infinity);
});

// Chyzak and Nielsen, 2019.
registerKl(Cauchy, Cauchy, (p, q) => {
  const t1 = p.scale.add(q.scale).pow(2).add(p.loc.sub(q.loc).pow(2)).log();
  return t1.sub(p.scale.mul(4).mul(q.scale).log());
});

registerKl(Independent, Independent, (p, q) => {
  if (p.reinterpretedBatchNdims !== q.reinterpretedBatchNdims)
    throw new FlambeauError('NOT_IMPLEMENTED', 'klDivergence(): Independent distributions must differ in no dimension');
  return sumRightmost(klDivergence(p.baseDist, q.baseDist), p.reinterpretedBatchNdims);
});

registerKl(TransformedDistribution, TransformedDistribution, (p, q) => {
  if (!sameTransforms(p.transforms, q.transforms) || !sameShape(p.eventShape, q.eventShape))
    throw new FlambeauError(
      'NOT_IMPLEMENTED',
      `klDivergence(): none is known for ${p.constructor.name} and ${q.constructor.name} of different transforms`,
    );
  return klDivergence(p.baseDist, q.baseDist);
});

function sameEvents(p: Distribution, q: Distribution): void {
  if (!sameShape(p.eventShape, q.eventShape))
    throw new FlambeauError(
      'INVALID_VALUE',
      `klDivergence(): the event shapes [${p.eventShape.join(', ')}] and [${q.eventShape.join(', ')}] must be equal`,
    );
}

/** The trace of `X X^T`. */
function trace(x: Tensor): Tensor {
  return x.square().sum([-2, -1]);
}

/** `L^-1 x` with a common batch. */
function solved(factor: Tensor, x: Tensor): Tensor {
  const batch = broadcastShapes(factor.shape.slice(0, -2), x.shape.slice(0, -2));
  const [l, r] = [factor, x].map((matrix) => matrix.expand([...batch, ...matrix.shape.slice(-2)]));
  return solveTriangular(l!, r!, { upper: false });
}

function halfLogDet(normal: MultivariateNormal): Tensor {
  return diagonals(normal.factor).log().sum(-1);
}

registerKl(MultivariateNormal, MultivariateNormal, (p, q) => {
  sameEvents(p, q);
  const logDets = halfLogDet(q).sub(halfLogDet(p));
  const distance = mahalanobis(q.factor, q.loc.sub(p.loc));
  return logDets.add(trace(solved(q.factor, p.factor)).add(distance).sub(p.eventShape[0]!).mul(0.5));
});

/** `inv(C) W^T D^-1` of the low-rank covariance. */
function projection({ lowRank: { w, d, capacitance } }: LowRankMultivariateNormal): Tensor {
  return solveTriangular(capacitance, w.mT.div(d.unsqueeze(-2)), { upper: false });
}

registerKl(LowRankMultivariateNormal, LowRankMultivariateNormal, (p, q) => {
  sameEvents(p, q);
  const logDets = lowRankLogDet(q.lowRank).sub(lowRankLogDet(p.lowRank));
  const distance = lowRankMahalanobis(q.lowRank, q.loc.sub(p.loc));
  const a = projection(q);
  const { w, d } = p.lowRank;
  const traces = d
    .div(q.lowRank.d)
    .sum(-1)
    .add(trace(w.mul(q.lowRank.d.rsqrt().unsqueeze(-1))))
    .sub(trace(a.mul(d.sqrt().unsqueeze(-2))))
    .sub(trace(a.matmul(w)));
  return logDets.add(traces).add(distance).sub(p.eventShape[0]!).mul(0.5);
});

registerKl(MultivariateNormal, LowRankMultivariateNormal, (p, q) => {
  sameEvents(p, q);
  const logDets = lowRankLogDet(q.lowRank).sub(halfLogDet(p).mul(2));
  const distance = lowRankMahalanobis(q.lowRank, q.loc.sub(p.loc));
  const traces = trace(p.factor.mul(q.lowRank.d.rsqrt().unsqueeze(-1))).sub(trace(projection(q).matmul(p.factor)));
  return logDets.add(traces).add(distance).sub(p.eventShape[0]!).mul(0.5);
});

registerKl(LowRankMultivariateNormal, MultivariateNormal, (p, q) => {
  sameEvents(p, q);
  const logDets = halfLogDet(q).mul(2).sub(lowRankLogDet(p.lowRank));
  const distance = mahalanobis(q.factor, q.loc.sub(p.loc));
  const { w, d } = p.lowRank;
  const traces = trace(solved(q.factor, w)).add(trace(solved(q.factor, d.sqrt().diagEmbed())));
  return logDets.add(traces).add(distance).sub(p.eventShape[0]!).mul(0.5);
});
