import { FlambeauError, wrongArgument } from '../errors.js';
import { noGrad } from '../autograd/modes.js';
import type { Size } from '../shape.js';
import type { Tensor } from '../tensor.js';
import { Categorical } from './categorical.js';
import * as constraints from './constraints.js';
import { Distribution, type DistributionOptions } from './distribution.js';
import { broadcastShapes } from './utils.js';

/**
 * A mixture of distributions of one family, which lie along the last dimension of a batch.
 *
 * `p(x) = sum(probs_k p_k(x))`
 *
 * @param mixtureDistribution - which component, a {@link Categorical}
 * @param componentDistribution - the components, along the last dimension of the batch
 * @see https://docs.pytorch.org/docs/2.13/distributions.html#mixturesamefamily
 * @example
 * const { MixtureSameFamily, Categorical, Normal } = torch.distributions
 * const mixture = new MixtureSameFamily(new Categorical(torch.ones(2)), new Normal(torch.tensor([-1, 1]), 1))
 * mixture.variance // tensor(2.)
 */
export class MixtureSameFamily extends Distribution {
  constructor(
    /** Which component. */ readonly mixtureDistribution: Categorical,
    /** The components. */ readonly componentDistribution: Distribution,
    options: DistributionOptions = {},
  ) {
    if (!(mixtureDistribution instanceof Categorical))
      throw wrongArgument('MixtureSameFamily', 'mixtureDistribution', 'Categorical', mixtureDistribution);
    if (!(componentDistribution instanceof Distribution))
      throw wrongArgument('MixtureSameFamily', 'componentDistribution', 'Distribution', componentDistribution);
    const batch = componentDistribution.batchShape.slice(0, -1);
    broadcastShapes(mixtureDistribution.batchShape, batch);
    const count = mixtureDistribution.paramShape.at(-1);
    const components = componentDistribution.batchShape.at(-1);
    if (count !== components)
      throw new FlambeauError(
        'INVALID_VALUE',
        `MixtureSameFamily(): argument 'componentDistribution' must have ${count} components, not ${components ?? 'none'}`,
      );
    super(batch, componentDistribution.eventShape, options);
  }

  override get support(): constraints.Constraint {
    return new constraints.MixtureSameFamily(this.componentDistribution.support);
  }

  /** A tensor with the dimension of components. */
  private padded(x: Tensor): Tensor {
    return x.unsqueeze(-1 - this.eventShape.length);
  }

  private get weights(): Tensor {
    const { probs, batchShape } = this.mixtureDistribution;
    const missing = batchShape.length === 1 ? 0 : this.batchShape.length - batchShape.length;
    const { shape } = probs;
    return probs.reshape([
      ...shape.slice(0, -1),
      ...new Array<number>(missing).fill(1),
      ...shape.slice(-1),
      ...this.eventShape.map(() => 1),
    ]);
  }

  private averaged(x: Tensor): Tensor {
    return this.weights.mul(x).sum(-1 - this.eventShape.length);
  }

  override get mean(): Tensor {
    return this.averaged(this.componentDistribution.mean);
  }

  override get variance(): Tensor {
    const { mean, variance } = this.componentDistribution;
    return this.averaged(variance).add(this.averaged(mean.sub(this.padded(this.mean)).pow(2)));
  }

  override cdf(value: Tensor): Tensor {
    this.checkValue(value, 'cdf');
    return this.componentDistribution.cdf(this.padded(value)).mul(this.mixtureDistribution.probs).sum(-1);
  }

  override logProb(value: Tensor): Tensor {
    this.checkValue(value);
    return this.componentDistribution
      .logProb(this.padded(value))
      .add(this.mixtureDistribution.logits.logSoftmax(-1))
      .logsumexp(-1);
  }

  override sample(sampleShape: Size = []): Tensor {
    return noGrad(() => {
      const dim = this.extendedShape(sampleShape).length - this.eventShape.length;
      const which = this.mixtureDistribution.sample(sampleShape);
      const samples = this.componentDistribution.sample(sampleShape);
      const ones = this.eventShape.map(() => 1);
      const index = which
        .reshape([...which.shape, 1, ...ones])
        .repeat([...which.shape.map(() => 1), 1, ...this.eventShape]);
      return samples.gather(dim, index).squeeze(dim);
    });
  }

  override expand(batchShape: Size): MixtureSameFamily {
    const count = this.mixtureDistribution.paramShape.at(-1)!;
    return new MixtureSameFamily(
      this.mixtureDistribution.expand(batchShape),
      this.componentDistribution.expand([...batchShape, count]),
      this.options,
    );
  }

  override toString(): string {
    return `MixtureSameFamily(\n  ${this.mixtureDistribution.toString()},\n  ${this.componentDistribution.toString()})`;
  }
}
