import { Function, type FunctionContext } from '../autograd/function.js';
import { invoke, Operator } from '../ops/call.js';
import { stack, xlogy } from '../ops/functions.js';
import type { Tensor } from '../tensor.js';
import type { Size } from '../shape.js';
import * as constraints from './constraints.js';
import type { ArgConstraints, DistributionOptions } from './distribution.js';
import { ExponentialFamily } from './exponential-family.js';
import { TransformedDistribution } from './transformed.js';
import { AffineTransform, PowerTransform } from './transforms/index.js';
import { Uniform } from './uniform.js';
import { broadcastAll, complement, eulerConstant, floating, needsTensor, oneHot, type Parameter } from './utils.js';

const sampleDirichlet = new Operator('aten::_sample_dirichlet', true);
const dirichletGrad = new Operator('aten::_dirichlet_grad', true);

class DirichletSample extends Function {
  static forward(ctx: FunctionContext, concentration: Tensor): Tensor {
    const x = invoke(sampleDirichlet, [concentration]) as Tensor;
    ctx.saveForBackward(x, concentration);
    return x;
  }

  static backward(ctx: FunctionContext, grad: Tensor): Tensor {
    const [x, concentration] = ctx.savedTensors as [Tensor, Tensor];
    const total = concentration.sum(-1, true).expandAs(concentration);
    const own = invoke(dirichletGrad, [x, concentration, total]) as Tensor;
    return own.mul(grad.sub(x.mul(grad).sum(-1, true)));
  }
}

/**
 * The Dirichlet distribution: vectors that are not negative and add up to 1.
 *
 * `p(x) = prod(x_i^(concentration_i - 1)) / B(concentration)`
 *
 * @param concentration - one for each element, along the last dimension
 * @see https://docs.pytorch.org/docs/2.13/distributions.html#dirichlet
 * @example
 * new torch.distributions.Dirichlet(torch.tensor([1, 3])).mean // tensor([0.2500, 0.7500])
 */
export class Dirichlet extends ExponentialFamily {
  /** One for each element. */
  readonly concentration: Tensor;

  constructor(concentration: Tensor, options: DistributionOptions = {}) {
    needsTensor('Dirichlet', 'concentration', concentration, 1);
    super(concentration.shape.slice(0, -1), concentration.shape.slice(-1), options);
    this.concentration = floating(concentration);
    this.checkParameters();
  }

  override get argConstraints(): ArgConstraints {
    return { concentration: new constraints.Independent(constraints.positive, 1) };
  }

  override get support(): constraints.Constraint {
    return constraints.simplex;
  }

  override get hasRsample(): boolean {
    return true;
  }

  override get mean(): Tensor {
    return this.concentration.div(this.concentration.sum(-1, true));
  }

  override get mode(): Tensor {
    const above = this.concentration.sub(1).clamp(0);
    const mode = above.div(above.sum(-1, true));
    const corner = oneHot(mode.argmax(-1), this.eventShape[0]!, mode);
    return mode.where(this.concentration.lt(1).all(-1, true).logicalNot(), corner);
  }

  override get variance(): Tensor {
    const total = this.concentration.sum(-1, true);
    return this.concentration.mul(total.sub(this.concentration)).div(total.pow(2).mul(total.add(1)));
  }

  override rsample(sampleShape: Size = []): Tensor {
    return DirichletSample.apply(this.concentration.expand(this.extendedShape(sampleShape)));
  }

  override logProb(value: Tensor): Tensor {
    this.checkValue(value);
    const { concentration } = this;
    return xlogy(concentration.sub(1), value)
      .sum(-1)
      .add(concentration.sum(-1).lgamma())
      .sub(concentration.lgamma().sum(-1));
  }

  override entropy(): Tensor {
    const { concentration } = this;
    const total = concentration.sum(-1);
    return concentration
      .lgamma()
      .sum(-1)
      .sub(total.lgamma())
      .sub(total.neg().add(this.eventShape[0]!).mul(total.digamma()))
      .sub(concentration.sub(1).mul(concentration.digamma()).sum(-1));
  }

  override expand(batchShape: Size): Dirichlet {
    return new Dirichlet(this.concentration.expand([...batchShape, ...this.eventShape]), this.options);
  }

  override get naturalParams(): Tensor[] {
    return [this.concentration];
  }

  override logNormalizer(...[x]: Tensor[]): Tensor {
    return x!.lgamma().sum(-1).sub(x!.sum(-1).lgamma());
  }
}

/**
 * The beta distribution on `[0, 1]`.
 *
 * `p(x) = x^(concentration1 - 1) (1 - x)^(concentration0 - 1) / B(concentration1, concentration0)`
 *
 * @param concentration1 - alpha
 * @param concentration0 - beta
 * @see https://docs.pytorch.org/docs/2.13/distributions.html#beta
 * @example
 * new torch.distributions.Beta(1, 3).mean // tensor(0.2500)
 */
export class Beta extends ExponentialFamily {
  private readonly dirichlet: Dirichlet;

  constructor(concentration1: Parameter, concentration0: Parameter, options: DistributionOptions = {}) {
    const dirichlet = new Dirichlet(stack(broadcastAll('Beta', { concentration1, concentration0 }), -1), {
      validateArgs: false,
    });
    super(dirichlet.batchShape, [], options);
    this.dirichlet = dirichlet;
    this.checkParameters();
  }

  /** Alpha. */
  get concentration1(): Tensor {
    return this.dirichlet.concentration.select(-1, 0);
  }

  /** Beta. */
  get concentration0(): Tensor {
    return this.dirichlet.concentration.select(-1, 1);
  }

  override get argConstraints(): ArgConstraints {
    return { concentration1: constraints.positive, concentration0: constraints.positive };
  }

  override get support(): constraints.Constraint {
    return constraints.unitInterval;
  }

  override get hasRsample(): boolean {
    return true;
  }

  override get mean(): Tensor {
    return this.concentration1.div(this.concentration1.add(this.concentration0));
  }

  override get mode(): Tensor {
    return this.dirichlet.mode.select(-1, 0);
  }

  override get variance(): Tensor {
    const total = this.concentration1.add(this.concentration0);
    return this.concentration1.mul(this.concentration0).div(total.pow(2).mul(total.add(1)));
  }

  override rsample(sampleShape: Size = []): Tensor {
    return this.dirichlet.rsample(sampleShape).select(-1, 0);
  }

  override logProb(value: Tensor): Tensor {
    this.checkValue(value);
    return this.dirichlet.logProb(stack([value, complement(value)], -1));
  }

  override entropy(): Tensor {
    return this.dirichlet.entropy();
  }

  override expand(batchShape: Size): Beta {
    return new Beta(this.concentration1.expand(batchShape), this.concentration0.expand(batchShape), this.options);
  }

  override get naturalParams(): Tensor[] {
    return [this.concentration1, this.concentration0];
  }

  override logNormalizer(...[x, y]: Tensor[]): Tensor {
    return x!.lgamma().add(y!.lgamma()).sub(x!.add(y!).lgamma());
  }
}

/** The mean of the `n`th power of a Kumaraswamy number. */
function moment(a: Tensor, b: Tensor, n: number): Tensor {
  const first = a.reciprocal().mul(n).add(1);
  return b.mul(first.lgamma().add(b.lgamma()).sub(first.add(b).lgamma()).exp());
}

/**
 * A distribution on `[0, 1]` like {@link Beta}, with a simple cumulative function.
 *
 * `P(X <= x) = 1 - (1 - x^concentration1)^concentration0`
 *
 * @param concentration1 - alpha
 * @param concentration0 - beta
 * @see https://docs.pytorch.org/docs/2.13/distributions.html#kumaraswamy
 * @example
 * new torch.distributions.Kumaraswamy(1, 3).mean // tensor(0.2500)
 */
export class Kumaraswamy extends TransformedDistribution<Uniform> {
  /** Alpha. */
  readonly concentration1: Tensor;
  /** Beta. */
  readonly concentration0: Tensor;

  constructor(concentration1: Parameter, concentration0: Parameter, options: DistributionOptions = {}) {
    const [c1, c0] = broadcastAll('Kumaraswamy', { concentration1, concentration0 });
    super(
      new Uniform(c0!.newZeros(c0!.shape), c0!.newOnes(c0!.shape), options),
      [new PowerTransform(c0!.reciprocal()), new AffineTransform(1, -1), new PowerTransform(c1!.reciprocal())],
      options,
    );
    this.concentration1 = c1!;
    this.concentration0 = c0!;
    this.checkParameters();
  }

  override get argConstraints(): ArgConstraints {
    return { concentration1: constraints.positive, concentration0: constraints.positive };
  }

  override get support(): constraints.Constraint {
    return constraints.unitInterval;
  }

  override get mean(): Tensor {
    return moment(this.concentration1, this.concentration0, 1);
  }

  override get mode(): Tensor {
    const { concentration1: a, concentration0: b } = this;
    const log = b.reciprocal().mul(b.neg().log1p()).sub(b.neg().mul(a).log1p());
    return log.maskedFill(b.lt(1).logicalOr(a.lt(1)), NaN).exp();
  }

  override get variance(): Tensor {
    return moment(this.concentration1, this.concentration0, 2).sub(this.mean.pow(2));
  }

  override entropy(): Tensor {
    const { concentration1: a, concentration0: b } = this;
    const harmonic = b.add(1).digamma().add(eulerConstant);
    return complement(b.reciprocal()).add(complement(a.reciprocal()).mul(harmonic)).sub(a.log()).sub(b.log());
  }

  override expand(batchShape: Size): Kumaraswamy {
    return new Kumaraswamy(
      this.concentration1.expand(batchShape),
      this.concentration0.expand(batchShape),
      this.options,
    );
  }
}
