import { FlambeauError } from '../errors.js';
import { enableGrad } from '../autograd/modes.js';
import { isTensor } from '../ops/call.js';
import { choleskyInverse, eye } from '../ops/functions.js';
import { cholesky, solveTriangular } from '../ops/linalg/index.js';
import type { Size } from '../shape.js';
import type { Tensor } from '../tensor.js';
import { keep } from '../tensor/scope.js';
import * as constraints from './constraints.js';
import { Distribution, type ArgConstraints, type DistributionOptions } from './distribution.js';
import { broadcastShapes, floating, like, needsTensor, standardNormal } from './utils.js';

const logTwoPi = Math.log(2 * Math.PI);

/** A batch of matrices times a batch of vectors. */
function matvec(matrix: Tensor, vector: Tensor): Tensor {
  return matrix.matmul(vector.unsqueeze(-1)).squeeze(-1);
}

/** The diagonals of a batch of matrices. */
export function diagonals(matrix: Tensor): Tensor {
  return matrix.diagonal(0, -2, -1);
}

/** `x^T (L L^T)^-1 x` */
export function mahalanobis(factor: Tensor, x: Tensor): Tensor {
  const n = x.shape.at(-1)!;
  const batch = broadcastShapes(factor.shape.slice(0, -2), x.shape.slice(0, -1));
  // What only the vectors have as a batch becomes columns, so that each matrix is solved once.
  const own = factor.shape.length - 2;
  const outer = batch.slice(0, batch.length - own);
  const columns = outer.reduce((product, size) => product * size, 1);
  const inner = batch.slice(batch.length - own);
  const right = x
    .expand([...batch, n])
    .reshape([columns, ...inner, n])
    .movedim(0, -1);
  return solveTriangular(factor, right, { upper: false }).square().sum(-2).movedim(-1, 0).reshape(batch);
}

/** The Cholesky factor of a matrix from that of its inverse. */
export function precisionToScaleTril(precision: Tensor): Tensor {
  const flipped = cholesky(precision.flip([-2, -1]))
    .flip([-2, -1])
    .transpose(-2, -1);
  return solveTriangular(flipped, eye(precision.shape.at(-1)!, like(precision)), { upper: false });
}

/** How a covariance is given: exactly one of the three. */
export interface CovarianceOptions extends DistributionOptions {
  /** The covariance. */
  covarianceMatrix?: Tensor;
  /** The inverse of the covariance. */
  precisionMatrix?: Tensor;
  /** The lower triangular Cholesky factor of the covariance, with a positive diagonal. */
  scaleTril?: Tensor;
}

export type CovarianceName = 'covarianceMatrix' | 'precisionMatrix' | 'scaleTril';

/** Which of the three was given, first as an argument or by name. */
export function covarianceOf(
  func: string,
  matrix: Tensor | CovarianceOptions | null | undefined,
  options: CovarianceOptions,
): { name: CovarianceName; value: Tensor; options: CovarianceOptions } {
  let given = options;
  if (isTensor(matrix)) given = { ...options, covarianceMatrix: matrix };
  else if (matrix) given = matrix;
  const names = (['covarianceMatrix', 'precisionMatrix', 'scaleTril'] as const).filter(
    (name) => given[name] !== undefined,
  );
  const [name] = names;
  if (!name || names.length > 1)
    throw new FlambeauError(
      'INVALID_ARGUMENT',
      `${func}(): exactly one of 'covarianceMatrix', 'precisionMatrix' and 'scaleTril' must be given`,
    );
  needsTensor(func, name, given[name], 2);
  return { name, value: floating(given[name]), options: given };
}

/** The Cholesky factor of a covariance that is given in any of the three ways. */
export function factorOf(name: CovarianceName, value: Tensor): Tensor {
  if (name === 'scaleTril') return value;
  return name === 'covarianceMatrix' ? cholesky(value) : precisionToScaleTril(value);
}

export const covarianceConstraints = {
  covarianceMatrix: constraints.positiveDefinite,
  precisionMatrix: constraints.positiveDefinite,
  scaleTril: constraints.lowerCholesky,
};

/**
 * The normal distribution of vectors.
 *
 * @param loc - the mean, of shape `(..., N)`
 * @param covarianceMatrix - of shape `(..., N, N)`; or options with it, `precisionMatrix` or `scaleTril`. The last is the
 * cheapest
 * @throws when not exactly one of the three is given, or a matrix is not positive definite
 * @see https://docs.pytorch.org/docs/2.13/distributions.html#multivariatenormal
 * @example
 * const normal = new torch.distributions.MultivariateNormal(torch.zeros(2), torch.eye(2))
 * normal.logProb(torch.zeros(2)) // tensor(-1.8379)
 */
export class MultivariateNormal extends Distribution {
  /** The mean. */
  readonly loc: Tensor;
  /** @internal */
  readonly factor: Tensor;
  private readonly matrices: Partial<Record<CovarianceName, Tensor>>;
  private readonly given: CovarianceName;

  constructor(loc: Tensor, covarianceMatrix?: Tensor | CovarianceOptions | null, options: CovarianceOptions = {}) {
    needsTensor('MultivariateNormal', 'loc', loc, 1);
    const { name, value, options: all } = covarianceOf('MultivariateNormal', covarianceMatrix, options);
    const batch = broadcastShapes(value.shape.slice(0, -2), loc.shape.slice(0, -1));
    super(batch, loc.shape.slice(-1), all);
    this.loc = floating(loc, value.dtype).expand([...batch, -1]);
    this.given = name;
    this.matrices = { [name]: value.expand([...batch, -1, -1]) };
    this.checkParameters();
    this.factor = factorOf(name, value);
  }

  private lazily(name: CovarianceName, make: () => Tensor): Tensor {
    const shape = [...this.batchShape, ...this.eventShape, ...this.eventShape];
    return (this.matrices[name] ??= keep(enableGrad(() => make().expand(shape))));
  }

  /** The covariance. */
  get covarianceMatrix(): Tensor {
    return this.lazily('covarianceMatrix', () => this.factor.matmul(this.factor.mT));
  }

  /** The inverse of the covariance. */
  get precisionMatrix(): Tensor {
    return this.lazily('precisionMatrix', () => choleskyInverse(this.factor));
  }

  /** The lower triangular Cholesky factor of the covariance. */
  get scaleTril(): Tensor {
    return this.lazily('scaleTril', () => this.factor);
  }

  override get argConstraints(): ArgConstraints {
    return { loc: constraints.realVector, ...covarianceConstraints };
  }

  protected override isGiven(name: string): boolean {
    return name === 'loc' || name === this.given;
  }

  override get support(): constraints.Constraint {
    return constraints.realVector;
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
    return this.factor
      .square()
      .sum(-1)
      .expand([...this.batchShape, ...this.eventShape]);
  }

  override rsample(sampleShape: Size = []): Tensor {
    return this.loc.add(matvec(this.factor, standardNormal(this.extendedShape(sampleShape), this.loc)));
  }

  override logProb(value: Tensor): Tensor {
    this.checkValue(value);
    const distance = mahalanobis(this.factor, value.sub(this.loc));
    return distance
      .add(this.eventShape[0]! * logTwoPi)
      .mul(-0.5)
      .sub(diagonals(this.factor).log().sum(-1));
  }

  override entropy(): Tensor {
    const entropy = diagonals(this.factor)
      .log()
      .sum(-1)
      .add(0.5 * this.eventShape[0]! * (1 + logTwoPi));
    return entropy.expand(this.batchShape);
  }

  override expand(batchShape: Size): MultivariateNormal {
    return new MultivariateNormal(this.loc.expand([...batchShape, -1]), {
      [this.given]: this.matrices[this.given],
      ...this.options,
    });
  }
}

/** The Cholesky factor of `I + W^T D^-1 W`. */
function capacitance(w: Tensor, d: Tensor): Tensor {
  return cholesky(
    w.mT
      .div(d.unsqueeze(-2))
      .matmul(w)
      .add(eye(w.shape.at(-1)!, like(w))),
  );
}

/** Factors of a low-rank covariance, not expanded to the batch. */
export interface LowRank {
  w: Tensor;
  d: Tensor;
  capacitance: Tensor;
}

/** `log det(W W^T + D)` */
export function lowRankLogDet({ d, capacitance: factor }: LowRank): Tensor {
  return diagonals(factor).log().sum(-1).mul(2).add(d.log().sum(-1));
}

/** `x^T (W W^T + D)^-1 x` */
export function lowRankMahalanobis({ w, d, capacitance: factor }: LowRank, x: Tensor): Tensor {
  const projected = matvec(w.mT.div(d.unsqueeze(-2)), x);
  return x.square().div(d).sum(-1).sub(mahalanobis(factor, projected));
}

/**
 * The normal distribution of vectors with a covariance of low rank and a diagonal.
 *
 * `covarianceMatrix = covFactor covFactor^T + diag(covDiag)`
 *
 * @param loc - the mean, of shape `(..., N)`
 * @param covFactor - of shape `(..., N, M)`, with a small `M`
 * @param covDiag - of shape `(..., N)`, above 0
 * @see https://docs.pytorch.org/docs/2.13/distributions.html#lowrankmultivariatenormal
 * @example
 * const { LowRankMultivariateNormal } = torch.distributions
 * new LowRankMultivariateNormal(torch.zeros(2), torch.ones(2, 1), torch.ones(2)).covarianceMatrix // tensor([[2., 1.], [1., 2.]])
 */
export class LowRankMultivariateNormal extends Distribution {
  /** The mean. */
  readonly loc: Tensor;
  /** The factor of low rank. */
  readonly covFactor: Tensor;
  /** The diagonal. */
  readonly covDiag: Tensor;
  /** @internal */
  readonly lowRank: LowRank;

  constructor(loc: Tensor, covFactor: Tensor, covDiag: Tensor, options: DistributionOptions = {}) {
    const func = 'LowRankMultivariateNormal';
    needsTensor(func, 'loc', loc, 1);
    needsTensor(func, 'covFactor', covFactor, 2);
    needsTensor(func, 'covDiag', covDiag, 1);
    const n = loc.shape.at(-1)!;
    if (covFactor.shape.at(-2) !== n)
      throw new FlambeauError(
        'INVALID_VALUE',
        `${func}(): argument 'covFactor' must be matrices of ${n} rows, not of shape [${covFactor.shape.join(', ')}]`,
      );
    if (covDiag.shape.at(-1) !== n)
      throw new FlambeauError(
        'INVALID_VALUE',
        `${func}(): argument 'covDiag' must be vectors of ${n} elements, not of shape [${covDiag.shape.join(', ')}]`,
      );
    const batch = broadcastShapes(loc.shape.slice(0, -1), covFactor.shape.slice(0, -2), covDiag.shape.slice(0, -1));
    super(batch, [n], options);
    const [w, d] = [floating(covFactor), floating(covDiag)];
    this.loc = floating(loc, w.dtype).expand([...batch, n]);
    this.covFactor = w.expand([...batch, -1, -1]);
    this.covDiag = d.expand([...batch, n]);
    this.checkParameters();
    this.lowRank = { w, d, capacitance: capacitance(w, d) };
  }

  override get argConstraints(): ArgConstraints {
    return {
      loc: constraints.realVector,
      covFactor: new constraints.Independent(constraints.real, 2),
      covDiag: new constraints.Independent(constraints.positive, 1),
    };
  }

  override get support(): constraints.Constraint {
    return constraints.realVector;
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
    return this.covFactor.square().sum(-1).add(this.covDiag);
  }

  /** The lower triangular Cholesky factor of the covariance. */
  get scaleTril(): Tensor {
    // D^1/2 (I + D^-1/2 W W^T D^-1/2) D^1/2, whose middle is well conditioned.
    const root = this.lowRank.d.sqrt().unsqueeze(-1);
    const scaled = this.lowRank.w.div(root);
    const factor = root.mul(cholesky(scaled.matmul(scaled.mT).add(eye(this.eventShape[0]!, like(scaled)))));
    return factor.expand([...this.batchShape, ...this.eventShape, ...this.eventShape]);
  }

  /** The covariance. */
  get covarianceMatrix(): Tensor {
    const { w, d } = this.lowRank;
    return w
      .matmul(w.mT)
      .add(d.diagEmbed())
      .expand([...this.batchShape, ...this.eventShape, ...this.eventShape]);
  }

  /** The inverse of the covariance, by Woodbury's identity. */
  get precisionMatrix(): Tensor {
    const { w, d, capacitance: factor } = this.lowRank;
    const a = solveTriangular(factor, w.mT.div(d.unsqueeze(-2)), { upper: false });
    const precision = d.reciprocal().diagEmbed().sub(a.mT.matmul(a));
    return precision.expand([...this.batchShape, ...this.eventShape, ...this.eventShape]);
  }

  override rsample(sampleShape: Size = []): Tensor {
    const shape = this.extendedShape(sampleShape);
    const { w, d } = this.lowRank;
    const ofFactor = standardNormal([...shape.slice(0, -1), w.shape.at(-1)!], this.loc);
    const ofDiagonal = standardNormal(shape, this.loc);
    return this.loc.add(matvec(w, ofFactor)).add(d.sqrt().mul(ofDiagonal));
  }

  override logProb(value: Tensor): Tensor {
    this.checkValue(value);
    return lowRankMahalanobis(this.lowRank, value.sub(this.loc))
      .add(lowRankLogDet(this.lowRank))
      .add(this.eventShape[0]! * logTwoPi)
      .mul(-0.5);
  }

  override entropy(): Tensor {
    const entropy = lowRankLogDet(this.lowRank)
      .add(this.eventShape[0]! * (1 + logTwoPi))
      .mul(0.5);
    return entropy.expand(this.batchShape);
  }

  override expand(batchShape: Size): LowRankMultivariateNormal {
    return new LowRankMultivariateNormal(
      this.loc.expand([...batchShape, -1]),
      this.covFactor,
      this.covDiag,
      this.options,
    );
  }
}
