import { FlambeauError } from '../../errors.js';
import { zerosLike } from '../../ops/functions.js';
import type { Size } from '../../shape.js';
import type { Tensor } from '../../tensor.js';
import * as constraints from '../constraints.js';
import type { Constraint } from '../constraints.js';
import { sameShape, sumRightmost } from '../utils.js';

/** Options of every transform. */
export interface TransformOptions {
  /** 1: the last input and output are remembered, so that the inverse of the output is the input itself. 0 unless given. */
  cacheSize?: 0 | 1;
}

/**
 * A mapping of tensors with a known Jacobian.
 *
 * A transform of one's own defines `domain`, `codomain`, `call`, `uncall`, and `logAbsDetJacobian`.
 *
 * @see https://docs.pytorch.org/docs/2.13/distributions.html#module-torch.distributions.transforms
 * @example
 * const exp = new torch.distributions.ExpTransform()
 * exp.forward(torch.tensor([0, 1])) // tensor([1.0000, 2.7183])
 */
export abstract class Transform {
  /** @internal */
  inverted: Transform | undefined;
  /** Whether the last input and output are remembered. */
  readonly cacheSize: 0 | 1;
  private cached: [Tensor, Tensor] | undefined;

  constructor(options: TransformOptions = {}) {
    const { cacheSize = 0 } = options;
    if (cacheSize !== 0 && cacheSize !== 1)
      throw new FlambeauError('INVALID_ARGUMENT', `Transform(): argument 'cacheSize' must be 0 or 1`);
    this.cacheSize = cacheSize;
  }

  /** Where inputs lie. */
  abstract get domain(): Constraint;
  /** Where outputs lie. */
  abstract get codomain(): Constraint;

  /** Whether each output has exactly one input. */
  get bijective(): boolean {
    return false;
  }

  /** 1 where it rises, -1 where it falls; of transforms of single numbers. */
  get sign(): number | Tensor {
    throw new FlambeauError('NOT_IMPLEMENTED', `${this.constructor.name} has no sign`);
  }

  /** How many of the last dimensions are transformed together. */
  get eventDim(): number {
    const { domain, codomain } = this;
    if (domain.eventDim === codomain.eventDim) return domain.eventDim;
    throw new FlambeauError(
      'INVALID_VALUE',
      `${this.constructor.name} has no one eventDim; use domain.eventDim or codomain.eventDim`,
    );
  }

  /** The inverse, as a transform. */
  get inv(): Transform {
    return (this.inverted ??= new InverseTransform(this));
  }

  protected abstract call(x: Tensor): Tensor;

  protected uncall(_y: Tensor): Tensor {
    throw new FlambeauError('NOT_IMPLEMENTED', `${this.constructor.name} has no inverse`);
  }

  /**
   * `y = f(x)`.
   *
   * @example
   * new torch.distributions.TanhTransform().forward(torch.tensor(0.5)) // tensor(0.4621)
   */
  forward(x: Tensor): Tensor {
    if (this.cacheSize === 0) return this.call(x);
    if (this.cached?.[0] === x) return this.cached[1];
    const y = this.call(x);
    this.cached = [x, y];
    return y;
  }

  /**
   * `x` with `f(x) = y`.
   *
   * @throws when the transform has no inverse
   * @example
   * new torch.distributions.ExpTransform().inverse(torch.tensor(1)) // tensor(0.)
   */
  inverse(y: Tensor): Tensor {
    if (this.cacheSize === 0) return this.uncall(y);
    if (this.cached?.[1] === y) return this.cached[0];
    const x = this.uncall(y);
    this.cached = [x, y];
    return x;
  }

  /**
   * `log |det dy/dx|`.
   *
   * @param _x - the input
   * @param _y - the output for it
   * @example
   * const exp = new torch.distributions.ExpTransform()
   * const x = torch.tensor([0, 1])
   * exp.logAbsDetJacobian(x, exp.forward(x)) // tensor([0, 1])
   */
  logAbsDetJacobian(_x: Tensor, _y: Tensor): Tensor {
    throw new FlambeauError('NOT_IMPLEMENTED', `${this.constructor.name} has no logAbsDetJacobian()`);
  }

  /**
   * The shape of the output for an input of this shape.
   *
   * @example
   * new torch.distributions.StickBreakingTransform().forwardShape([2, 3]) // [ 2, 4 ]
   */
  forwardShape(shape: Size): number[] {
    return [...shape];
  }

  /**
   * The shape of the input for an output of this shape.
   *
   * @example
   * new torch.distributions.StickBreakingTransform().inverseShape([2, 4]) // [ 2, 3 ]
   */
  inverseShape(shape: Size): number[] {
    return [...shape];
  }

  /**
   * The same transform with this cache.
   *
   * @example
   * new torch.distributions.ExpTransform().withCache().cacheSize // 1
   */
  withCache(cacheSize: 0 | 1 = 1): Transform {
    return this.cacheSize === cacheSize ? this : this.remade({ cacheSize });
  }

  /** A copy with other options. */
  protected remade(options: TransformOptions): Transform {
    const Class = this.constructor as new (options: TransformOptions) => Transform;
    return new Class(options);
  }

  /**
   * Whether another transform maps in the same way, as far as that can be told.
   *
   * @example
   * new torch.distributions.ExpTransform().equals(new torch.distributions.ExpTransform()) // true
   */
  equals(other: Transform): boolean {
    return this === other;
  }

  /**
   * Its name and parts.
   *
   * @example
   * new torch.distributions.ExpTransform().toString() // 'ExpTransform()'
   */
  toString(): string {
    return `${this.constructor.name}()`;
  }
}

class InverseTransform extends Transform {
  constructor(private readonly of: Transform) {
    super({ cacheSize: of.cacheSize });
    this.inverted = of;
  }

  override get domain(): Constraint {
    return this.of.codomain;
  }

  override get codomain(): Constraint {
    return this.of.domain;
  }

  override get bijective(): boolean {
    return this.of.bijective;
  }

  override get sign(): number | Tensor {
    return this.of.sign;
  }

  override withCache(cacheSize: 0 | 1 = 1): Transform {
    return this.of.withCache(cacheSize).inv;
  }

  override equals(other: Transform): boolean {
    return other instanceof InverseTransform && this.of.equals(other.of);
  }

  override toString(): string {
    return `InverseTransform(${this.of.toString()})`;
  }

  override forward(x: Tensor): Tensor {
    return this.of.inverse(x);
  }

  override inverse(y: Tensor): Tensor {
    return this.of.forward(y);
  }

  protected override call(x: Tensor): Tensor {
    return this.of.inverse(x);
  }

  override logAbsDetJacobian(x: Tensor, y: Tensor): Tensor {
    return this.of.logAbsDetJacobian(y, x).neg();
  }

  override forwardShape(shape: Size): number[] {
    return this.of.inverseShape(shape);
  }

  override inverseShape(shape: Size): number[] {
    return this.of.forwardShape(shape);
  }
}

/**
 * Transforms one after the other. Without any it is the identity.
 *
 * @param parts - the first is applied first
 * @see https://docs.pytorch.org/docs/2.13/distributions.html#torch.distributions.transforms.ComposeTransform
 * @example
 * const { ComposeTransform, ExpTransform, AffineTransform } = torch.distributions
 * new ComposeTransform([new ExpTransform(), new AffineTransform(1, 2)]).forward(torch.tensor(0)) // tensor(3.)
 */
export class ComposeTransform extends Transform {
  /** The transforms, the first applied first. */
  readonly parts: readonly Transform[];

  constructor(parts: readonly Transform[], options: TransformOptions = {}) {
    super(options);
    this.parts = this.cacheSize ? parts.map((part) => part.withCache(1)) : [...parts];
  }

  override equals(other: Transform): boolean {
    return other instanceof ComposeTransform && sameTransforms(this.parts, other.parts);
  }

  override get domain(): Constraint {
    return this.widened(
      this.parts.toReversed(),
      (part) => part.domain,
      (part) => part.codomain,
    );
  }

  override get codomain(): Constraint {
    return this.widened(
      this.parts,
      (part) => part.codomain,
      (part) => part.domain,
    );
  }

  /** The last part's constraint, with as many dimensions as the parts need in all. */
  private widened(
    parts: readonly Transform[],
    to: (part: Transform) => Constraint,
    from: (part: Transform) => Constraint,
  ): Constraint {
    if (parts.length === 0) return constraints.real;
    let dims = from(parts[0]!).eventDim;
    for (const part of parts) dims = Math.max(dims + to(part).eventDim - from(part).eventDim, to(part).eventDim);
    const last = to(parts.at(-1)!);
    return dims > last.eventDim ? new constraints.Independent(last, dims - last.eventDim) : last;
  }

  override get bijective(): boolean {
    return this.parts.every((part) => part.bijective);
  }

  override get sign(): number | Tensor {
    return signOf(this.parts);
  }

  override get inv(): Transform {
    if (!this.inverted) {
      this.inverted = new ComposeTransform(this.parts.toReversed().map((part) => part.inv));
      this.inverted.inverted = this;
    }
    return this.inverted;
  }

  protected override remade(options: TransformOptions): Transform {
    return new ComposeTransform(this.parts, options);
  }

  override forward(x: Tensor): Tensor {
    return this.parts.reduce((value, part) => part.forward(value), x);
  }

  override inverse(y: Tensor): Tensor {
    return this.parts.reduceRight((value, part) => part.inverse(value), y);
  }

  protected override call(x: Tensor): Tensor {
    return this.forward(x);
  }

  override logAbsDetJacobian(x: Tensor, y: Tensor): Tensor {
    if (this.parts.length === 0) return zerosLike(x);
    const values = [x];
    for (const part of this.parts.slice(0, -1)) values.push(part.forward(values.at(-1)!));
    values.push(y);
    let { eventDim } = this.domain;
    const terms = this.parts.map((part, i) => {
      const term = sumRightmost(part.logAbsDetJacobian(values[i]!, values[i + 1]!), eventDim - part.domain.eventDim);
      eventDim += part.codomain.eventDim - part.domain.eventDim;
      return term;
    });
    return terms.reduce((sum, term) => sum.add(term));
  }

  override forwardShape(shape: Size): number[] {
    return this.parts.reduce((sizes, part) => part.forwardShape(sizes), [...shape]);
  }

  override inverseShape(shape: Size): number[] {
    return this.parts.reduceRight((sizes, part) => part.inverseShape(sizes), [...shape]);
  }

  override toString(): string {
    return `ComposeTransform(\n    ${this.parts.map((part) => part.toString()).join(',\n    ')}\n)`;
  }
}

/** The product of signs. */
export function signOf(transforms: readonly Transform[]): number | Tensor {
  let sign: number | Tensor = 1;
  for (const { sign: other } of transforms) {
    if (typeof other === 'number') sign = typeof sign === 'number' ? sign * other : sign.mul(other);
    else sign = other.mul(sign as number);
  }
  return sign;
}

/** Whether two lists of transforms map in the same way. */
export function sameTransforms(a: readonly Transform[], b: readonly Transform[]): boolean {
  return a.length === b.length && a.every((transform, i) => transform.equals(b[i]!));
}

/** Changes nothing. */
export const identityTransform = new ComposeTransform([]);

/**
 * A transform of which further dimensions are taken together: the Jacobian is summed over them.
 *
 * @see https://docs.pytorch.org/docs/2.13/distributions.html#torch.distributions.transforms.IndependentTransform
 * @example
 * const { IndependentTransform, ExpTransform } = torch.distributions
 * const x = torch.tensor([1, 2])
 * new IndependentTransform(new ExpTransform(), 1).logAbsDetJacobian(x, x.exp()) // tensor(3)
 */
export class IndependentTransform extends Transform {
  /** The transform of fewer dimensions. */
  readonly baseTransform: Transform;

  constructor(
    baseTransform: Transform,
    /** How many dimensions are taken together. */ readonly reinterpretedBatchNdims: number,
    options: TransformOptions = {},
  ) {
    super(options);
    this.baseTransform = baseTransform.withCache(this.cacheSize);
  }

  protected override remade(options: TransformOptions): Transform {
    return new IndependentTransform(this.baseTransform, this.reinterpretedBatchNdims, options);
  }

  override get domain(): Constraint {
    return new constraints.Independent(this.baseTransform.domain, this.reinterpretedBatchNdims);
  }

  override get codomain(): Constraint {
    return new constraints.Independent(this.baseTransform.codomain, this.reinterpretedBatchNdims);
  }

  override get bijective(): boolean {
    return this.baseTransform.bijective;
  }

  override get sign(): number | Tensor {
    return this.baseTransform.sign;
  }

  protected override call(x: Tensor): Tensor {
    tooFew(x.shape, this.domain.eventDim);
    return this.baseTransform.forward(x);
  }

  protected override uncall(y: Tensor): Tensor {
    tooFew(y.shape, this.codomain.eventDim);
    return this.baseTransform.inverse(y);
  }

  override logAbsDetJacobian(x: Tensor, y: Tensor): Tensor {
    return sumRightmost(this.baseTransform.logAbsDetJacobian(x, y), this.reinterpretedBatchNdims);
  }

  override forwardShape(shape: Size): number[] {
    return this.baseTransform.forwardShape(shape);
  }

  override inverseShape(shape: Size): number[] {
    return this.baseTransform.inverseShape(shape);
  }

  override toString(): string {
    return `IndependentTransform(${this.baseTransform.toString()}, ${this.reinterpretedBatchNdims})`;
  }
}

/** Refuses a shape with too few dimensions. */
export function tooFew(shape: Size, dims: number): void {
  if (shape.length < dims)
    throw new FlambeauError(
      'INVALID_VALUE',
      `transforms: the input must have at least ${dims} dimension${dims > 1 ? 's' : ''}, not shape [${shape.join(', ')}]`,
    );
}

/**
 * The last dimensions in another shape.
 *
 * @see https://docs.pytorch.org/docs/2.13/distributions.html#torch.distributions.transforms.ReshapeTransform
 * @example
 * new torch.distributions.ReshapeTransform([4], [2, 2]).forward(torch.ones(3, 4)).shape // [ 3, 2, 2 ]
 */
export class ReshapeTransform extends Transform {
  constructor(
    /** The shape of inputs. */ readonly inShape: Size,
    /** The shape of outputs. */ readonly outShape: Size,
    options: TransformOptions = {},
  ) {
    super(options);
    const count = (shape: Size): number => shape.reduce((product, size) => product * size, 1);
    if (count(inShape) !== count(outShape))
      throw new FlambeauError(
        'INVALID_VALUE',
        `ReshapeTransform(): arguments 'inShape' [${inShape.join(', ')}] and 'outShape' [${outShape.join(', ')}] must have as many elements`,
      );
  }

  protected override remade(options: TransformOptions): Transform {
    return new ReshapeTransform(this.inShape, this.outShape, options);
  }

  override get bijective(): boolean {
    return true;
  }

  override get domain(): Constraint {
    return new constraints.Independent(constraints.real, this.inShape.length);
  }

  override get codomain(): Constraint {
    return new constraints.Independent(constraints.real, this.outShape.length);
  }

  protected override call(x: Tensor): Tensor {
    return x.reshape(this.forwardShape(x.shape));
  }

  protected override uncall(y: Tensor): Tensor {
    return y.reshape(this.inverseShape(y.shape));
  }

  override logAbsDetJacobian(x: Tensor, _y: Tensor): Tensor {
    return x.newZeros(x.shape.slice(0, x.dim() - this.inShape.length));
  }

  override forwardShape(shape: Size): number[] {
    return swapped(shape, this.inShape, this.outShape);
  }

  override inverseShape(shape: Size): number[] {
    return swapped(shape, this.outShape, this.inShape);
  }
}

function swapped(shape: Size, from: Size, to: Size): number[] {
  tooFew(shape, from.length);
  const cut = shape.length - from.length;
  if (!sameShape(shape.slice(cut), from))
    throw new FlambeauError(
      'INVALID_VALUE',
      `ReshapeTransform: the input must end with the shape [${from.join(', ')}], not have shape [${shape.join(', ')}]`,
    );
  return [...shape.slice(0, cut), ...to];
}
