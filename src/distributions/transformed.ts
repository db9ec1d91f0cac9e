import { wrongArgument } from '../errors.js';
import { noGrad } from '../autograd/modes.js';
import type { Size } from '../shape.js';
import type { Tensor } from '../tensor.js';
import * as constraints from './constraints.js';
import { Distribution, type DistributionOptions } from './distribution.js';
import { Independent } from './independent.js';
import { ComposeTransform, Transform } from './transforms/index.js';
import { signOf, tooFew } from './transforms/transform.js';
import { sameShape, sumRightmost } from './utils.js';

/** The base with the batch and the event dimensions that the transforms need. */
function reshaped(base: Distribution, transform: Transform): Distribution {
  const shape = [...base.batchShape, ...base.eventShape];
  const { eventDim } = transform.domain;
  tooFew(shape, eventDim);
  const needed = transform.inverseShape(transform.forwardShape(shape));
  const own = base.eventShape.length;
  const expanded = sameShape(shape, needed) ? base : base.expand(needed.slice(0, needed.length - own));
  return eventDim > own ? new Independent(expanded, eventDim - own) : expanded;
}

/**
 * The distribution of `y = f(x)`, where `x` has a base distribution and `f` is one or several transforms.
 *
 * `log p(y) = log p(x) - log |det dy/dx|`
 *
 * @see https://docs.pytorch.org/docs/2.13/distributions.html#transformeddistribution
 * @example
 * const { TransformedDistribution, Normal, ExpTransform } = torch.distributions
 * const logNormal = new TransformedDistribution(new Normal(0, 1), new ExpTransform())
 * logNormal.logProb(torch.tensor(1)) // tensor(-0.9189)
 */
export class TransformedDistribution<D extends Distribution = Distribution> extends Distribution {
  /** The distribution of `x`. */
  readonly baseDist: D;
  /** From `x` to `y`, the first applied first. */
  readonly transforms: readonly Transform[];

  constructor(baseDist: Distribution, transforms: Transform | readonly Transform[], options: DistributionOptions = {}) {
    if (!(baseDist instanceof Distribution))
      throw wrongArgument('TransformedDistribution', 'baseDist', 'Distribution', baseDist);
    const list = (transforms instanceof Transform ? [transforms] : transforms) as readonly Transform[];
    if (!Array.isArray(list) || !list.every((transform) => transform instanceof Transform))
      throw wrongArgument('TransformedDistribution', 'transforms', 'Transform or array of transforms', transforms);
    const whole = new ComposeTransform(list);
    const base = reshaped(baseDist, whole);
    const shape = whole.forwardShape([...base.batchShape, ...base.eventShape]);
    const { domain, codomain } = whole;
    const dims = Math.max(codomain.eventDim, baseDist.eventShape.length + codomain.eventDim - domain.eventDim);
    super(shape.slice(0, shape.length - dims), shape.slice(shape.length - dims), options);
    this.baseDist = base as D;
    this.transforms = [...list];
  }

  override get hasRsample(): boolean {
    return this.baseDist.hasRsample;
  }

  override get support(): constraints.Constraint {
    const last = this.transforms.at(-1);
    if (!last) return this.baseDist.support;
    const more = this.eventShape.length - last.codomain.eventDim;
    return more > 0 ? new constraints.Independent(last.codomain, more) : last.codomain;
  }

  override sample(sampleShape: Size = []): Tensor {
    return noGrad(() => this.transformed(this.baseDist.sample(sampleShape)));
  }

  override rsample(sampleShape: Size = []): Tensor {
    return this.transformed(this.baseDist.rsample(sampleShape));
  }

  override logProb(value: Tensor): Tensor {
    this.checkValue(value);
    let dims = this.eventShape.length;
    let y = value;
    let jacobian: Tensor | undefined;
    for (const transform of this.transforms.toReversed()) {
      const x = transform.inverse(y);
      dims += transform.domain.eventDim - transform.codomain.eventDim;
      const term = sumRightmost(transform.logAbsDetJacobian(x, y), dims - transform.domain.eventDim);
      jacobian = jacobian ? jacobian.add(term) : term;
      y = x;
    }
    const own = sumRightmost(this.baseDist.logProb(y), dims - this.baseDist.eventShape.length);
    return jacobian ? own.sub(jacobian) : own;
  }

  override cdf(value: Tensor): Tensor {
    const x = this.transforms.reduceRight((y, transform) => transform.inverse(y), value);
    return this.monotonized(this.baseDist.cdf(x));
  }

  override icdf(value: Tensor): Tensor {
    return this.transformed(this.baseDist.icdf(this.monotonized(value)));
  }

  override expand(batchShape: Size): Distribution {
    const shape = new ComposeTransform(this.transforms).inverseShape([...batchShape, ...this.eventShape]);
    const own = this.baseDist.eventShape.length;
    return new TransformedDistribution(
      this.baseDist.expand(shape.slice(0, shape.length - own)),
      this.transforms,
      this.options,
    );
  }

  private transformed(x: Tensor): Tensor {
    return this.transforms.reduce((value, transform) => transform.forward(value), x);
  }

  /** Where the transforms fall, probabilities count from the other end. */
  private monotonized(value: Tensor): Tensor {
    const sign = signOf(this.transforms);
    return sign === 1
      ? value
      : value
          .sub(0.5)
          .mul(sign as number)
          .add(0.5);
  }
}
