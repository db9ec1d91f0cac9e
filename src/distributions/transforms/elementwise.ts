import { softplus } from '../../ops/neural/functional/index.js';
import { fullLike } from '../../ops/functions.js';
import type { Size } from '../../shape.js';
import type { Tensor } from '../../tensor.js';
import { isTensor } from '../../ops/call.js';
import * as constraints from '../constraints.js';
import type { Constraint } from '../constraints.js';
import { broadcastAll, broadcastShapes, finfo, type Parameter } from '../utils.js';
import { Transform, type TransformOptions } from './transform.js';

/** A rising bijection of single numbers without parameters. */
abstract class Rising extends Transform {
  override get bijective(): boolean {
    return true;
  }

  override get sign(): number | Tensor {
    return 1;
  }

  override get domain(): Constraint {
    return constraints.real;
  }

  override equals(other: Transform): boolean {
    return other.constructor === this.constructor;
  }
}

/**
 * `y = exp(x)`
 *
 * @see https://docs.pytorch.org/docs/2.13/distributions.html#torch.distributions.transforms.ExpTransform
 * @example
 * new torch.distributions.ExpTransform().forward(torch.tensor(1)) // tensor(2.7183)
 */
export class ExpTransform extends Rising {
  override get codomain(): Constraint {
    return constraints.positive;
  }

  protected override call(x: Tensor): Tensor {
    return x.exp();
  }

  protected override uncall(y: Tensor): Tensor {
    return y.log();
  }

  override logAbsDetJacobian(x: Tensor, _y: Tensor): Tensor {
    return x;
  }
}

/**
 * `y = x ^ exponent`
 *
 * @see https://docs.pytorch.org/docs/2.13/distributions.html#torch.distributions.transforms.PowerTransform
 * @example
 * new torch.distributions.PowerTransform(2).forward(torch.tensor(3)) // tensor(9.)
 */
export class PowerTransform extends Transform {
  /** The exponent. */
  readonly exponent: Tensor;

  constructor(exponent: Parameter, options: TransformOptions = {}) {
    super(options);
    this.exponent = broadcastAll('PowerTransform', { exponent })[0]!;
  }

  protected override remade(options: TransformOptions): Transform {
    return new PowerTransform(this.exponent, options);
  }

  override get domain(): Constraint {
    return constraints.positive;
  }

  override get codomain(): Constraint {
    return constraints.positive;
  }

  override get bijective(): boolean {
    return true;
  }

  override get sign(): number | Tensor {
    return this.exponent.sign();
  }

  override equals(other: Transform): boolean {
    return other instanceof PowerTransform && this.exponent.eq(other.exponent).all().item<boolean>();
  }

  protected override call(x: Tensor): Tensor {
    return x.pow(this.exponent);
  }

  protected override uncall(y: Tensor): Tensor {
    return y.pow(this.exponent.reciprocal());
  }

  override logAbsDetJacobian(x: Tensor, y: Tensor): Tensor {
    return this.exponent.mul(y).div(x).abs().log();
  }

  override forwardShape(shape: Size): number[] {
    return broadcastShapes(shape, this.exponent.shape);
  }

  override inverseShape(shape: Size): number[] {
    return broadcastShapes(shape, this.exponent.shape);
  }
}

/** A sigmoid that is neither 0 nor 1. */
export function clippedSigmoid(x: Tensor): Tensor {
  const y = x.sigmoid();
  const { tiny, eps } = finfo(y.dtype);
  return y.clamp(tiny, 1 - eps);
}

/**
 * `y = 1 / (1 + exp(-x))`
 *
 * @see https://docs.pytorch.org/docs/2.13/distributions.html#torch.distributions.transforms.SigmoidTransform
 * @example
 * new torch.distributions.SigmoidTransform().forward(torch.tensor([0])) // tensor([0.5000])
 */
export class SigmoidTransform extends Rising {
  override get codomain(): Constraint {
    return constraints.unitInterval;
  }

  protected override call(x: Tensor): Tensor {
    return clippedSigmoid(x);
  }

  protected override uncall(y: Tensor): Tensor {
    const { tiny, eps } = finfo(y.dtype);
    const clamped = y.clamp(tiny, 1 - eps);
    return clamped.log().sub(clamped.neg().log1p());
  }

  override logAbsDetJacobian(x: Tensor, _y: Tensor): Tensor {
    return softplus(x.neg()).neg().sub(softplus(x));
  }
}

/**
 * `y = log(1 + exp(x))`
 *
 * @see https://docs.pytorch.org/docs/2.13/distributions.html#torch.distributions.transforms.SoftplusTransform
 * @example
 * new torch.distributions.SoftplusTransform().forward(torch.zeros(1)) // tensor([0.6931])
 */
export class SoftplusTransform extends Rising {
  override get codomain(): Constraint {
    return constraints.positive;
  }

  protected override call(x: Tensor): Tensor {
    return softplus(x);
  }

  protected override uncall(y: Tensor): Tensor {
    return y.neg().expm1().neg().log().add(y);
  }

  override logAbsDetJacobian(x: Tensor, _y: Tensor): Tensor {
    return softplus(x.neg()).neg();
  }
}

/**
 * `y = tanh(x)`. The inverse at -1 and 1 is infinite; a cache avoids computing it.
 *
 * @see https://docs.pytorch.org/docs/2.13/distributions.html#torch.distributions.transforms.TanhTransform
 * @example
 * new torch.distributions.TanhTransform().forward(torch.tensor(0.5)) // tensor(0.4621)
 */
export class TanhTransform extends Rising {
  override get codomain(): Constraint {
    return new constraints.Interval(-1, 1);
  }

  protected override call(x: Tensor): Tensor {
    return x.tanh();
  }

  protected override uncall(y: Tensor): Tensor {
    return y.atanh();
  }

  override logAbsDetJacobian(x: Tensor, _y: Tensor): Tensor {
    return x
      .neg()
      .add(Math.log(2))
      .sub(softplus(x.mul(-2)))
      .mul(2);
  }
}

/**
 * `y = |x|`. Its inverse is the positive one.
 *
 * @see https://docs.pytorch.org/docs/2.13/distributions.html#torch.distributions.transforms.AbsTransform
 * @example
 * new torch.distributions.AbsTransform().forward(torch.tensor(-2)) // tensor(2)
 */
export class AbsTransform extends Transform {
  override get domain(): Constraint {
    return constraints.real;
  }

  override get codomain(): Constraint {
    return constraints.positive;
  }

  override equals(other: Transform): boolean {
    return other instanceof AbsTransform;
  }

  protected override call(x: Tensor): Tensor {
    return x.abs();
  }

  protected override uncall(y: Tensor): Tensor {
    return y;
  }
}

/** Options of {@link AffineTransform}. */
export interface AffineTransformOptions extends TransformOptions {
  /** How many of the last dimensions are taken together; 0 unless given. */
  eventDim?: number;
}

/**
 * `y = loc + scale * x`
 *
 * @see https://docs.pytorch.org/docs/2.13/distributions.html#torch.distributions.transforms.AffineTransform
 * @example
 * new torch.distributions.AffineTransform(1, 2).forward(torch.tensor([1, 2])) // tensor([3, 5])
 */
export class AffineTransform extends Transform {
  private readonly dims: number;

  constructor(
    /** What is added. */ readonly loc: Parameter,
    /** The factor. */ readonly scale: Parameter,
    options: AffineTransformOptions = {},
  ) {
    super(options);
    this.dims = options.eventDim ?? 0;
  }

  protected override remade(options: TransformOptions): Transform {
    return new AffineTransform(this.loc, this.scale, { ...options, eventDim: this.dims });
  }

  override get eventDim(): number {
    return this.dims;
  }

  override get domain(): Constraint {
    return this.dims === 0 ? constraints.real : new constraints.Independent(constraints.real, this.dims);
  }

  override get codomain(): Constraint {
    return this.domain;
  }

  override get bijective(): boolean {
    return true;
  }

  override get sign(): number | Tensor {
    return typeof this.scale === 'number' ? Math.sign(this.scale) : this.scale.sign();
  }

  override equals(other: Transform): boolean {
    return other instanceof AffineTransform && sameValues(this.loc, other.loc) && sameValues(this.scale, other.scale);
  }

  protected override call(x: Tensor): Tensor {
    return x.mul(this.scale as number).add(this.loc as number);
  }

  protected override uncall(y: Tensor): Tensor {
    return y.sub(this.loc as number).div(this.scale as number);
  }

  override logAbsDetJacobian(x: Tensor, _y: Tensor): Tensor {
    const { scale, dims } = this;
    let { shape } = x;
    let result = typeof scale === 'number' ? fullLike(x, Math.log(Math.abs(scale))) : scale.abs().log();
    if (dims > 0) {
      result = result.reshape([...result.shape.slice(0, -dims), -1]).sum(-1);
      shape = shape.slice(0, -dims);
    }
    return result.expand(shape);
  }

  override forwardShape(shape: Size): number[] {
    return broadcastShapes(shape, shapeOf(this.loc), shapeOf(this.scale));
  }

  override inverseShape(shape: Size): number[] {
    return this.forwardShape(shape);
  }
}

function shapeOf(value: Parameter): Size {
  return typeof value === 'number' ? [] : value.shape;
}

function sameValues(a: Parameter, b: Parameter): boolean {
  if (isTensor(a))
    return a
      .eq(b as number)
      .all()
      .item<boolean>();
  return isTensor(b) ? sameValues(b, a) : a === b;
}
