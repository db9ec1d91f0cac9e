import { FlambeauError, wrongArgument } from '../../errors.js';
import { cat, stack } from '../../ops/functions.js';
import type { Tensor } from '../../tensor.js';
import * as constraints from '../constraints.js';
import type { Constraint } from '../constraints.js';
import type { Distribution } from '../distribution.js';
import { sumRightmost } from '../utils.js';
import { Transform, type TransformOptions } from './transform.js';

function needsTransforms(func: string, transforms: readonly Transform[]): void {
  if (!Array.isArray(transforms) || !transforms.every((transform) => transform instanceof Transform))
    throw wrongArgument(func, 'transforms', 'array of transforms', transforms);
}

function needsSize(func: string, x: Tensor, dim: number, size: number): void {
  const found = x.shape.at(dim);
  if (dim >= x.dim() || found !== size)
    throw new FlambeauError(
      'INVALID_VALUE',
      `${func}: the input must have size ${size} in dimension ${dim}, not shape [${x.shape.join(', ')}]`,
    );
}

/**
 * Transforms of parts along a dimension.
 *
 * @param lengths - the sizes of the parts; 1 each unless given
 * @see https://docs.pytorch.org/docs/2.13/distributions.html#torch.distributions.transforms.CatTransform
 * @example
 * const { CatTransform, ExpTransform, identityTransform } = torch.distributions
 * new CatTransform([new ExpTransform(), identityTransform], 0, [1, 2]).forward(torch.zeros(3)) // tensor([1., 0., 0.])
 */
export class CatTransform extends Transform {
  /** One for each part. */
  readonly transforms: readonly Transform[];
  /** The sizes of the parts. */
  readonly lengths: readonly number[];

  constructor(
    transforms: readonly Transform[],
    /** The dimension. */ readonly dim = 0,
    lengths?: readonly number[],
    options: TransformOptions = {},
  ) {
    super(options);
    needsTransforms('CatTransform', transforms);
    this.transforms = this.cacheSize ? transforms.map((transform) => transform.withCache(1)) : [...transforms];
    this.lengths = [...(lengths ?? transforms.map(() => 1))];
    if (this.lengths.length !== transforms.length)
      throw wrongArgument('CatTransform', 'lengths', `array of ${transforms.length} sizes`, lengths);
  }

  protected override remade(options: TransformOptions): Transform {
    return new CatTransform(this.transforms, this.dim, this.lengths, options);
  }

  override get eventDim(): number {
    return Math.max(...this.transforms.map((transform) => transform.eventDim));
  }

  /** The size of the dimension. */
  get length(): number {
    return this.lengths.reduce((sum, length) => sum + length, 0);
  }

  override get bijective(): boolean {
    return this.transforms.every((transform) => transform.bijective);
  }

  override get domain(): Constraint {
    return new constraints.Cat(
      this.transforms.map((transform) => transform.domain),
      this.dim,
      this.lengths,
    );
  }

  override get codomain(): Constraint {
    return new constraints.Cat(
      this.transforms.map((transform) => transform.codomain),
      this.dim,
      this.lengths,
    );
  }

  private parts(x: Tensor): Tensor[] {
    needsSize('CatTransform', x, this.dim, this.length);
    let start = 0;
    return this.lengths.map((length) => {
      start += length;
      return x.narrow(this.dim, start - length, length);
    });
  }

  protected override call(x: Tensor): Tensor {
    const parts = this.parts(x);
    return cat(
      this.transforms.map((transform, i) => transform.forward(parts[i]!)),
      this.dim,
    );
  }

  protected override uncall(y: Tensor): Tensor {
    const parts = this.parts(y);
    return cat(
      this.transforms.map((transform, i) => transform.inverse(parts[i]!)),
      this.dim,
    );
  }

  override logAbsDetJacobian(x: Tensor, y: Tensor): Tensor {
    const xs = this.parts(x);
    const ys = this.parts(y);
    const { eventDim } = this;
    const terms = this.transforms.map((transform, i) =>
      sumRightmost(transform.logAbsDetJacobian(xs[i]!, ys[i]!), Math.max(eventDim - transform.eventDim, 0)),
    );
    // A dimension that is part of the event is summed over, any other stays.
    const dim = (this.dim >= 0 ? this.dim - x.dim() : this.dim) + eventDim;
    return dim < 0 ? cat(terms, dim) : terms.reduce((sum, term) => sum.add(term));
  }
}

/**
 * Transforms of slices along a dimension.
 *
 * @see https://docs.pytorch.org/docs/2.13/distributions.html#torch.distributions.transforms.StackTransform
 * @example
 * const { StackTransform, ExpTransform, identityTransform } = torch.distributions
 * new StackTransform([new ExpTransform(), identityTransform], 1).forward(torch.zeros(1, 2)) // tensor([[1., 0.]])
 */
export class StackTransform extends Transform {
  /** One for each slice. */
  readonly transforms: readonly Transform[];

  constructor(
    transforms: readonly Transform[],
    /** The dimension. */ readonly dim = 0,
    options: TransformOptions = {},
  ) {
    super(options);
    needsTransforms('StackTransform', transforms);
    this.transforms = this.cacheSize ? transforms.map((transform) => transform.withCache(1)) : [...transforms];
  }

  protected override remade(options: TransformOptions): Transform {
    return new StackTransform(this.transforms, this.dim, options);
  }

  override get bijective(): boolean {
    return this.transforms.every((transform) => transform.bijective);
  }

  override get domain(): Constraint {
    return new constraints.Stack(
      this.transforms.map((transform) => transform.domain),
      this.dim,
    );
  }

  override get codomain(): Constraint {
    return new constraints.Stack(
      this.transforms.map((transform) => transform.codomain),
      this.dim,
    );
  }

  private joined(x: Tensor, map: (transform: Transform, slice: Tensor, i: number) => Tensor): Tensor {
    needsSize('StackTransform', x, this.dim, this.transforms.length);
    return stack(
      this.transforms.map((transform, i) => map(transform, x.select(this.dim, i), i)),
      this.dim,
    );
  }

  protected override call(x: Tensor): Tensor {
    return this.joined(x, (transform, slice) => transform.forward(slice));
  }

  protected override uncall(y: Tensor): Tensor {
    return this.joined(y, (transform, slice) => transform.inverse(slice));
  }

  override logAbsDetJacobian(x: Tensor, y: Tensor): Tensor {
    return this.joined(x, (transform, slice, i) => transform.logAbsDetJacobian(slice, y.select(this.dim, i)));
  }
}

/**
 * A distribution's cumulative distribution function as a transform.
 *
 * @see https://docs.pytorch.org/docs/2.13/distributions.html#torch.distributions.transforms.CumulativeDistributionTransform
 * @example
 * const { CumulativeDistributionTransform, Normal } = torch.distributions
 * new CumulativeDistributionTransform(new Normal(0, 1)).forward(torch.tensor(0)) // tensor(0.5000)
 */
export class CumulativeDistributionTransform extends Transform {
  constructor(
    /** Whose function it is. */ readonly distribution: Distribution,
    options: TransformOptions = {},
  ) {
    super(options);
  }

  protected override remade(options: TransformOptions): Transform {
    return new CumulativeDistributionTransform(this.distribution, options);
  }

  override get domain(): Constraint {
    return this.distribution.support;
  }

  override get codomain(): Constraint {
    return constraints.unitInterval;
  }

  override get bijective(): boolean {
    return true;
  }

  override get sign(): number {
    return 1;
  }

  protected override call(x: Tensor): Tensor {
    return this.distribution.cdf(x);
  }

  protected override uncall(y: Tensor): Tensor {
    return this.distribution.icdf(y);
  }

  override logAbsDetJacobian(x: Tensor, _y: Tensor): Tensor {
    return this.distribution.logProb(x);
  }
}
