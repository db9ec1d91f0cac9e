/**
 * `torch.distributions`: probability distributions, with samples that carry gradients.
 *
 * @packageDocumentation
 */
export { Bernoulli, ContinuousBernoulli, Geometric, type ContinuousBernoulliOptions } from './binary.js';
export { Beta, Dirichlet, Kumaraswamy } from './beta.js';
export { Categorical, OneHotCategorical, OneHotCategoricalStraightThrough } from './categorical.js';
export { bijectTo, ConstraintRegistry, transformTo } from './constraint-registry.js';
/** Sets of values, as `torch.distributions.constraints`. */
export * as constraints from './constraints.js';
export { Binomial, Multinomial, NegativeBinomial, Poisson } from './counts.js';
export { Distribution, type ArgConstraints, type DistributionOptions } from './distribution.js';
export { ExponentialFamily } from './exponential-family.js';
export { Chi2, Exponential, FisherSnedecor, Gamma, InverseGamma, StudentT } from './gamma.js';
export { Cauchy, GeneralizedPareto, HalfCauchy, Laplace } from './heavy.js';
export { Independent } from './independent.js';
export { klDivergence, registerKl } from './kl/index.js';
export { LKJCholesky, Wishart } from './matrix.js';
export { MixtureSameFamily } from './mixture.js';
export { LowRankMultivariateNormal, MultivariateNormal, type CovarianceOptions } from './multivariate.js';
export { HalfNormal, LogisticNormal, LogNormal, Normal } from './normal.js';
export { ExpRelaxedCategorical, LogitRelaxedBernoulli, RelaxedBernoulli, RelaxedOneHotCategorical } from './relaxed.js';
export { TransformedDistribution } from './transformed.js';
export * from './transforms/index.js';
export { Gumbel, Pareto, Uniform, Weibull } from './uniform.js';
export type { OddsOptions, Parameter } from './utils.js';
export { VonMises } from './von-mises.js';
