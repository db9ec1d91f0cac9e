import { FlambeauError, wrongArgument } from '../errors.js';
import type { Size } from '../shape.js';
import type { Tensor } from '../tensor.js';
import * as constraints from './constraints.js';
import { Distribution, type DistributionOptions } from './distribution.js';
import { sumRightmost } from './utils.js';

/**
 * A distribution of which batch dimensions are part of the event: log-probabilities are summed over them.
 *
 * @see https://docs.pytorch.org/docs/2.13/distributions.html#independent
 * @example
 * const { Independent, Normal } = torch.distributions
 * const diagonal = new Independent(new Normal(torch.zeros(3), 1), 1)
 * diagonal.eventShape // [ 3 ]
 * diagonal.logProb(torch.zeros(3)) // tensor(-2.7568)
 */
export class Independent<D extends Distribution = Distribution> extends Distribution {
  constructor(
    /** The distribution with the dimensions in its batch. */ readonly baseDist: D,
    /** How many dimensions become part of the event. */ readonly reinterpretedBatchNdims: number,
    options: DistributionOptions = {},
  ) {
    if (!(baseDist instanceof Distribution)) throw wrongArgument('Independent', 'baseDist', 'Distribution', baseDist);
    const dims = baseDist.batchShape.length;
    if (!Number.isInteger(reinterpretedBatchNdims) || reinterpretedBatchNdims < 0 || reinterpretedBatchNdims > dims)
      throw wrongArgument(
        'Independent',
        'reinterpretedBatchNdims',
        `an integer from 0 to ${dims}`,
        reinterpretedBatchNdims,
      );
    const cut = dims - reinterpretedBatchNdims;
    super(baseDist.batchShape.slice(0, cut), [...baseDist.batchShape.slice(cut), ...baseDist.eventShape], options);
  }

  override get hasRsample(): boolean {
    return this.baseDist.hasRsample;
  }

  override get hasEnumerateSupport(): boolean {
    return this.reinterpretedBatchNdims === 0 && this.baseDist.hasEnumerateSupport;
  }

  override get support(): constraints.Constraint {
    const { support } = this.baseDist;
    return this.reinterpretedBatchNdims === 0
      ? support
      : new constraints.Independent(support, this.reinterpretedBatchNdims);
  }

  override get mean(): Tensor {
    return this.baseDist.mean;
  }

  override get mode(): Tensor {
    return this.baseDist.mode;
  }

  override get variance(): Tensor {
    return this.baseDist.variance;
  }

  override sample(sampleShape: Size = []): Tensor {
    return this.baseDist.sample(sampleShape);
  }

  override rsample(sampleShape: Size = []): Tensor {
    return this.baseDist.rsample(sampleShape);
  }

  override logProb(value: Tensor): Tensor {
    return sumRightmost(this.baseDist.logProb(value), this.reinterpretedBatchNdims);
  }

  override entropy(): Tensor {
    return sumRightmost(this.baseDist.entropy(), this.reinterpretedBatchNdims);
  }

  override enumerateSupport(expand = true): Tensor {
    if (this.reinterpretedBatchNdims > 0)
      throw new FlambeauError('NOT_IMPLEMENTED', 'Independent does not enumerate the product of supports');
    return this.baseDist.enumerateSupport(expand);
  }

  override expand(batchShape: Size): Independent {
    const own = this.eventShape.slice(0, this.reinterpretedBatchNdims);
    return new Independent(this.baseDist.expand([...batchShape, ...own]), this.reinterpretedBatchNdims, this.options);
  }

  override toString(): string {
    return `Independent(${this.baseDist.toString()}, ${this.reinterpretedBatchNdims})`;
  }
}
