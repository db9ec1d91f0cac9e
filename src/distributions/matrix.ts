import { wrongArgument } from '../errors.js';
import { enableGrad, noGrad } from '../autograd/modes.js';
import { arange, cat, choleskySolve, einsum, eye, mvlgamma, randn } from '../ops/functions.js';
import { slogdet } from '../ops/linalg/index.js';
import { isTensor } from '../ops/call.js';
import type { Size } from '../shape.js';
import type { Tensor } from '../tensor.js';
import { keep } from '../tensor/scope.js';
import { warn } from '../warnings.js';
import { Beta } from './beta.js';
import * as constraints from './constraints.js';
import { Distribution, type ArgConstraints, type DistributionOptions } from './distribution.js';
import { ExponentialFamily } from './exponential-family.js';
import { Chi2 } from './gamma.js';
import {
  covarianceConstraints,
  covarianceOf,
  diagonals,
  factorOf,
  type CovarianceName,
  type CovarianceOptions,
} from './multivariate.js';
import { broadcastAll, broadcastShapes, complement, finfo, like, vecToTrilMatrix, type Parameter } from './utils.js';

/**
 * Cholesky factors of correlation matrices (Lewandowski, Kurowicka and Joe, 2009).
 *
 * `p(L) ~ prod(L_ii^(2 concentration - 2 + dim - i))`
 *
 * @param dim - the size of the matrices, at least 2
 * @param concentration - 1, the default, makes all correlation matrices as probable
 * @see https://docs.pytorch.org/docs/2.13/distributions.html#lkjcholesky
 * @example
 * new torch.distributions.LKJCholesky(3, 0.5).sample().shape // [ 3, 3 ]
 */
export class LKJCholesky extends Distribution {
  /** The size of the matrices. */
  readonly dim: number;
  /** How close to the identity the matrices are. */
  readonly concentration: Tensor;
  private readonly beta: Beta;

  constructor(dim: number, concentration: Parameter = 1, options: DistributionOptions = {}) {
    if (!Number.isInteger(dim) || dim < 2) throw wrongArgument('LKJCholesky', 'dim', 'an integer of at least 2', dim);
    const [c] = broadcastAll('LKJCholesky', { concentration });
    super(c!.shape, [dim, dim], options);
    this.dim = dim;
    this.concentration = c!;
    this.checkParameters();
    const range = arange(dim - 1, like(c!));
    const offset = cat([range.newZeros([1]), range]);
    const marginal = c!.add(0.5 * (dim - 2));
    this.beta = new Beta(offset.add(0.5), marginal.unsqueeze(-1).sub(offset.mul(0.5)), { validateArgs: false });
  }

  override get argConstraints(): ArgConstraints {
    return { concentration: constraints.positive };
  }

  override get support(): constraints.Constraint {
    return constraints.corrCholesky;
  }

  // The onion method, for all rows at once.
  override sample(sampleShape: Size = []): Tensor {
    const shape = this.extendedShape(sampleShape);
    return noGrad(() => {
      const y = this.beta.sample(sampleShape).unsqueeze(-1);
      const normal = randn(shape, like(y)).tril(-1);
      // The first row is 0 / 0.
      const sphere = normal.div(normal.norm(2, -1, true)).nanToNum(0);
      const w = y.sqrt().mul(sphere);
      const diagonal = complement(w.square().sum(-1)).clamp(finfo(w.dtype).tiny).sqrt();
      return w.add(diagonal.diagEmbed());
    });
  }

  override logProb(value: Tensor): Tensor {
    this.checkValue(value);
    const { concentration, dim } = this;
    const diagonal = diagonals(value).narrow(-1, 1, dim - 1);
    const order = arange(2, dim + 1, like(concentration));
    const exponent = concentration.sub(1).unsqueeze(-1).mul(2).add(dim).sub(order);
    const unnormalized = exponent.mul(diagonal.log()).sum(-1);
    const alpha = concentration.add(0.5 * (dim - 1));
    const normalizer = mvlgamma(alpha.sub(0.5), dim - 1)
      .sub(alpha.lgamma().mul(dim - 1))
      .add(0.5 * (dim - 1) * Math.log(Math.PI));
    return unnormalized.sub(normalizer);
  }

  override expand(batchShape: Size): LKJCholesky {
    return new LKJCholesky(this.dim, this.concentration.expand(batchShape), this.options);
  }
}

/**
 * The Wishart distribution: positive definite matrices, such as the scatter of `df` normal vectors.
 *
 * Where a draw is singular it is drawn again, which reads values, so that `rsample` cannot be captured or mapped.
 *
 * @param df - the degrees of freedom, above the size of the matrices minus 1
 * @param covarianceMatrix - of the vectors, of shape `(..., P, P)`; or options with it, `precisionMatrix` or `scaleTril`
 * @throws when not exactly one of the three is given, or `df` is too small
 * @see https://docs.pytorch.org/docs/2.13/distributions.html#wishart
 * @example
 * new torch.distributions.Wishart(3, torch.eye(2)).mean // tensor([[3., 0.], [0., 3.]])
 */
export class Wishart extends ExponentialFamily {
  /** The degrees of freedom. */
  readonly df: Tensor;
  private readonly factor: Tensor;
  private readonly matrices: Partial<Record<CovarianceName, Tensor>>;
  private readonly given: CovarianceName;

  constructor(df: Parameter, covarianceMatrix?: Tensor | CovarianceOptions | null, options: CovarianceOptions = {}) {
    const { name, value, options: all } = covarianceOf('Wishart', covarianceMatrix, options);
    const [tensor] = broadcastAll('Wishart', isTensor(df) ? { df } : { df, [name]: value.select(-1, 0).select(-1, 0) });
    const batch = broadcastShapes(value.shape.slice(0, -2), tensor!.shape);
    super(batch, value.shape.slice(-2), all);
    this.df = tensor!.expand(batch);
    this.given = name;
    this.matrices = { [name]: value.expand([...batch, -1, -1]) };
    this.checkParameters();
    this.factor = factorOf(name, value);
    if (this.validateArgs && this.df.lt(value.shape.at(-1)!).any().item<boolean>())
      warn('Wishart: df is less than the size of the matrices; singular samples are likely');
  }

  private lazily(name: CovarianceName, make: () => Tensor): Tensor {
    const shape = [...this.batchShape, ...this.eventShape];
    return (this.matrices[name] ??= keep(enableGrad(() => make().expand(shape))));
  }

  /** The covariance of the vectors. */
  get covarianceMatrix(): Tensor {
    return this.lazily('covarianceMatrix', () => this.factor.matmul(this.factor.mT));
  }

  /** The inverse of their covariance. */
  get precisionMatrix(): Tensor {
    return this.lazily('precisionMatrix', () =>
      choleskySolve(eye(this.eventShape[0]!, like(this.factor)), this.factor),
    );
  }

  /** The lower triangular Cholesky factor of their covariance. */
  get scaleTril(): Tensor {
    return this.lazily('scaleTril', () => this.factor);
  }

  override get argConstraints(): ArgConstraints {
    return { ...covarianceConstraints, df: new constraints.GreaterThan(this.eventShape[0]! - 1) };
  }

  protected override isGiven(name: string): boolean {
    return name === 'df' || name === this.given;
  }

  override get support(): constraints.Constraint {
    return constraints.positiveDefinite;
  }

  override get hasRsample(): boolean {
    return true;
  }

  private get wide(): Tensor {
    return this.df.view([...this.batchShape, 1, 1]);
  }

  override get mean(): Tensor {
    return this.wide.mul(this.covarianceMatrix);
  }

  override get mode(): Tensor {
    const factor = this.wide.sub(this.eventShape[0]! + 1);
    return factor.maskedFill(factor.le(0), NaN).mul(this.covarianceMatrix);
  }

  override get variance(): Tensor {
    const v = this.covarianceMatrix;
    const diagonal = diagonals(v);
    return this.wide.mul(v.square().add(einsum('...i,...j->...ij', [diagonal, diagonal])));
  }

  /** Bartlett's decomposition. */
  private bartlett(sampleShape: Size): Tensor {
    const p = this.eventShape[0]!;
    const range = arange(p, like(this.factor));
    const chi2 = new Chi2(this.df.unsqueeze(-1).sub(range), { validateArgs: false });
    const diagonal = chi2.rsample(sampleShape).sqrt().clamp(finfo(this.factor.dtype).eps).diagEmbed();
    const below = randn([...sampleShape, ...this.batchShape, (p * (p - 1)) / 2], like(diagonal));
    const noise = p === 1 ? diagonal : diagonal.add(vecToTrilMatrix(below, -1));
    const factor = this.factor.matmul(noise);
    return factor.matmul(factor.mT);
  }

  /** Where any matrix of a draw is as it should be, or is not. */
  private anyOf(sample: Tensor, valid: boolean): Tensor {
    const check = this.support.check(sample);
    const wanted = valid ? check : check.logicalNot();
    return this.batchShape.reduce((mask) => mask.any(-1), wanted);
  }

  override rsample(sampleShape: Size = []): Tensor {
    this.extendedShape(sampleShape);
    let sample = this.bartlett(sampleShape);
    // PyTorch takes the first mask for its opposite and draws what is valid again. The same here, for the same samples.
    let again = this.anyOf(sample, true);
    for (let attempt = 0; attempt < 11; attempt++) {
      const count = again.sum().item();
      if (count === 0) break;
      const drawn = this.bartlett([count]);
      sample = count === again.numel() ? drawn.reshape(sample.shape) : sample.indexPut([again], drawn);
      again = this.anyOf(sample, false);
    }
    return sample;
  }

  override logProb(value: Tensor): Tensor {
    this.checkValue(value);
    const { df } = this;
    const p = this.eventShape[0]!;
    const trace = diagonals(choleskySolve(value, this.factor)).sum(-1);
    return df
      .neg()
      .mul(this.halfLogDet())
      .sub(mvlgamma(df.div(2), p))
      .add(
        df
          .sub(p + 1)
          .div(2)
          .mul(slogdet(value).logabsdet),
      )
      .sub(trace.div(2));
  }

  /** `log det(2 V) / 2` */
  private halfLogDet(): Tensor {
    return diagonals(this.factor)
      .log()
      .sum(-1)
      .add((this.eventShape[0]! * Math.LN2) / 2);
  }

  override entropy(): Tensor {
    const { df } = this;
    const p = this.eventShape[0]!;
    const half = df.div(2);
    const digamma = half
      .unsqueeze(-1)
      .sub(arange(p, like(df)).div(2))
      .digamma()
      .sum(-1);
    return this.halfLogDet()
      .mul(p + 1)
      .add(mvlgamma(half, p))
      .sub(
        df
          .sub(p + 1)
          .div(2)
          .mul(digamma),
      )
      .add(df.mul(p / 2));
  }

  override expand(batchShape: Size): Wishart {
    return new Wishart(this.df.expand(batchShape), { [this.given]: this.matrices[this.given], ...this.options });
  }

  override get naturalParams(): Tensor[] {
    return [this.precisionMatrix.div(-2), this.df.sub(this.eventShape[0]! + 1).div(2)];
  }

  override get meanCarrierMeasure(): number {
    return 0;
  }

  override logNormalizer(...[x, y]: Tensor[]): Tensor {
    const p = this.eventShape[0]!;
    const n = y!.add((p + 1) / 2);
    return n
      .mul(
        slogdet(x!.mul(-2))
          .logabsdet.neg()
          .add(Math.LN2 * p),
      )
      .add(mvlgamma(n, p));
  }
}
