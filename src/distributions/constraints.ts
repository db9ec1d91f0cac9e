import { wrongArgument } from '../errors.js';
import { choleskyEx, eigvalsh, norm } from '../ops/linalg/index.js';
import { cat as concatenate, full, isclose, stack as stacked } from '../ops/functions.js';
import type { Tensor } from '../tensor.js';
import { Constraint, Dependent, Independent } from './constraint.js';
import { finfo, type Parameter } from './utils.js';

export { Constraint, Dependent, Independent, isDependent, MixtureSameFamily } from './constraint.js';

function shown(bound: Parameter): string {
  return typeof bound === 'number' ? String(bound) : bound.detach().toString();
}

/**
 * 0 and 1.
 *
 * @example
 * new torch.distributions.constraints.Boolean().check(torch.tensor([1, 2])) // tensor([ True, False])
 */
export class Boolean extends Constraint {
  override get isDiscrete(): boolean {
    return true;
  }

  override check(value: Tensor): Tensor {
    return value.eq(0).logicalOr(value.eq(1));
  }
}

/**
 * Vectors of zeros with one 1.
 *
 * @example
 * torch.distributions.constraints.oneHot.check(torch.tensor([0, 1, 0])) // tensor(True)
 */
export class OneHot extends Constraint {
  override get isDiscrete(): boolean {
    return true;
  }

  override get eventDim(): number {
    return 1;
  }

  override check(value: Tensor): Tensor {
    return value.eq(0).logicalOr(value.eq(1)).all(-1).logicalAnd(value.sum(-1).eq(1));
  }
}

/**
 * Whole numbers of an interval, its ends included.
 *
 * @example
 * new torch.distributions.constraints.IntegerInterval(0, 2).check(torch.tensor([1, 1.5, 3])) // tensor([ True, False, False])
 */
export class IntegerInterval extends Constraint {
  constructor(
    /** The least value. */ readonly lowerBound: Parameter,
    /** The greatest value. */ readonly upperBound: Parameter,
  ) {
    super();
  }

  override get isDiscrete(): boolean {
    return true;
  }

  override check(value: Tensor): Tensor {
    return isWhole(value)
      .logicalAnd(value.ge(this.lowerBound as number))
      .logicalAnd(value.le(this.upperBound as number));
  }

  override toString(): string {
    return `IntegerInterval(lower_bound=${shown(this.lowerBound)}, upper_bound=${shown(this.upperBound)})`;
  }
}

function isWhole(value: Tensor): Tensor {
  return value.remainder(1).eq(0);
}

/**
 * Whole numbers from a bound on.
 *
 * @example
 * torch.distributions.constraints.positiveInteger.check(torch.tensor([1, 0])) // tensor([ True, False])
 */
export class IntegerGreaterThan extends Constraint {
  constructor(/** The least value. */ readonly lowerBound: Parameter) {
    super();
  }

  override get isDiscrete(): boolean {
    return true;
  }

  override check(value: Tensor): Tensor {
    return isWhole(value).logicalAnd(value.ge(this.lowerBound as number));
  }

  override toString(): string {
    return `IntegerGreaterThan(lower_bound=${shown(this.lowerBound)})`;
  }
}

/**
 * Every number but NaN.
 *
 * @example
 * torch.distributions.constraints.real.check(torch.tensor([1, NaN])) // tensor([ True, False])
 */
export class Real extends Constraint {
  override check(value: Tensor): Tensor {
    return value.eq(value);
  }
}

/**
 * Numbers above a bound.
 *
 * @example
 * new torch.distributions.constraints.GreaterThan(1).check(torch.tensor([1, 2])) // tensor([False,  True])
 */
export class GreaterThan extends Constraint {
  constructor(/** The bound. */ readonly lowerBound: Parameter) {
    super();
  }

  override check(value: Tensor): Tensor {
    return value.gt(this.lowerBound as number);
  }

  override toString(): string {
    return `GreaterThan(lower_bound=${shown(this.lowerBound)})`;
  }
}

/**
 * Numbers from a bound on.
 *
 * @example
 * new torch.distributions.constraints.GreaterThanEq(1).check(torch.tensor([0, 1])) // tensor([False,  True])
 */
export class GreaterThanEq extends Constraint {
  constructor(/** The bound. */ readonly lowerBound: Parameter) {
    super();
  }

  override check(value: Tensor): Tensor {
    return value.ge(this.lowerBound as number);
  }

  override toString(): string {
    return `GreaterThanEq(lower_bound=${shown(this.lowerBound)})`;
  }
}

/**
 * Numbers below a bound.
 *
 * @example
 * new torch.distributions.constraints.LessThan(1).check(torch.tensor([0, 1])) // tensor([ True, False])
 */
export class LessThan extends Constraint {
  constructor(/** The bound. */ readonly upperBound: Parameter) {
    super();
  }

  override check(value: Tensor): Tensor {
    return value.lt(this.upperBound as number);
  }

  override toString(): string {
    return `LessThan(upper_bound=${shown(this.upperBound)})`;
  }
}

/**
 * Numbers of an interval, its ends included.
 *
 * @example
 * torch.distributions.constraints.unitInterval.check(torch.tensor([1, 2])) // tensor([ True, False])
 */
export class Interval extends Constraint {
  constructor(
    /** The least value. */ readonly lowerBound: Parameter,
    /** The greatest value. */ readonly upperBound: Parameter,
  ) {
    super();
  }

  override check(value: Tensor): Tensor {
    return value.ge(this.lowerBound as number).logicalAnd(value.le(this.upperBound as number));
  }

  override toString(): string {
    return `Interval(lower_bound=${shown(this.lowerBound)}, upper_bound=${shown(this.upperBound)})`;
  }
}

/**
 * Numbers of an interval without its upper end.
 *
 * @example
 * new torch.distributions.constraints.HalfOpenInterval(0, 1).check(torch.tensor([0, 1])) // tensor([ True, False])
 */
export class HalfOpenInterval extends Constraint {
  constructor(
    /** The least value. */ readonly lowerBound: Parameter,
    /** The bound of the values. */ readonly upperBound: Parameter,
  ) {
    super();
  }

  override check(value: Tensor): Tensor {
    return value.ge(this.lowerBound as number).logicalAnd(value.lt(this.upperBound as number));
  }

  override toString(): string {
    return `HalfOpenInterval(lower_bound=${shown(this.lowerBound)}, upper_bound=${shown(this.upperBound)})`;
  }
}

/**
 * Vectors of numbers that are not negative and add up to 1.
 *
 * @example
 * torch.distributions.constraints.simplex.check(torch.tensor([0.5, 0.5])) // tensor(True)
 */
export class Simplex extends Constraint {
  override get eventDim(): number {
    return 1;
  }

  override check(value: Tensor): Tensor {
    return value.ge(0).all(-1).logicalAnd(value.sum(-1).sub(1).abs().lt(1e-6));
  }
}

/**
 * Vectors of counts that add up to at most a bound.
 *
 * @example
 * new torch.distributions.constraints.Multinomial(3).check(torch.tensor([1, 2])) // tensor(True)
 */
export class Multinomial extends Constraint {
  constructor(/** The greatest sum. */ readonly upperBound: Parameter) {
    super();
  }

  override get isDiscrete(): boolean {
    return true;
  }

  override get eventDim(): number {
    return 1;
  }

  override check(value: Tensor): Tensor {
    return value
      .ge(0)
      .all(-1)
      .logicalAnd(value.sum(-1).le(this.upperBound as number));
  }
}

abstract class MatrixConstraint extends Constraint {
  override get eventDim(): number {
    return 2;
  }
}

/**
 * Lower triangular matrices.
 *
 * @example
 * torch.distributions.constraints.lowerTriangular.check(torch.ones(2, 2)) // tensor(False)
 */
export class LowerTriangular extends MatrixConstraint {
  override check(value: Tensor): Tensor {
    return value.tril().eq(value).flatten(-2).all(-1);
  }
}

/**
 * Lower triangular matrices with a positive diagonal.
 *
 * @example
 * torch.distributions.constraints.lowerCholesky.check(torch.eye(2)) // tensor(True)
 */
export class LowerCholesky extends MatrixConstraint {
  override check(value: Tensor): Tensor {
    const positive = value.diagonal(0, -2, -1).gt(0).all(-1);
    return value.tril().eq(value).flatten(-2).all(-1).logicalAnd(positive);
  }
}

/**
 * Lower triangular matrices with a positive diagonal and rows of length 1.
 *
 * @example
 * torch.distributions.constraints.corrCholesky.check(torch.eye(2)) // tensor(True)
 */
export class CorrCholesky extends MatrixConstraint {
  override check(value: Tensor): Tensor {
    const tolerance = finfo(value.dtype).eps * value.shape.at(-1)! * 10;
    const unit = norm(value.detach(), { dim: -1 }).sub(1).abs().le(tolerance).all(-1);
    return lowerCholesky.check(value).logicalAnd(unit);
  }
}

/**
 * Square matrices.
 *
 * @example
 * torch.distributions.constraints.square.check(torch.ones(2, 3)) // tensor(False)
 */
export class Square extends MatrixConstraint {
  override check(value: Tensor): Tensor {
    const [rows, columns] = value.shape.slice(-2);
    return full(value.shape.slice(0, -2), rows === columns, { dtype: 'bool', device: value.device });
  }
}

/**
 * Symmetric matrices.
 *
 * @example
 * torch.distributions.constraints.symmetric.check(torch.eye(2)) // tensor(True)
 */
export class Symmetric extends Square {
  override check(value: Tensor): Tensor {
    const [rows, columns] = value.shape.slice(-2);
    if (rows !== columns) return super.check(value);
    return isclose(value, value.mT, { atol: 1e-6 }).all(-2).all(-1);
  }
}

/**
 * Symmetric matrices without negative eigenvalues.
 *
 * @example
 * torch.distributions.constraints.positiveSemidefinite.check(torch.zeros(2, 2)) // tensor(True)
 */
export class PositiveSemidefinite extends Symmetric {
  override check(value: Tensor): Tensor {
    const symmetric = super.check(value);
    if (!symmetric.all().item<boolean>()) return symmetric;
    return eigvalsh(value).ge(0).all(-1);
  }
}

/**
 * Symmetric matrices with positive eigenvalues.
 *
 * @example
 * torch.distributions.constraints.positiveDefinite.check(torch.eye(2)) // tensor(True)
 */
export class PositiveDefinite extends Symmetric {
  override check(value: Tensor): Tensor {
    const symmetric = super.check(value);
    if (!symmetric.all().item<boolean>()) return symmetric;
    return choleskyEx(value).info.eq(0);
  }
}

/**
 * Parts along a dimension, each with a constraint of its own.
 *
 * @example
 * const { Cat, positive, real } = torch.distributions.constraints
 * new Cat([positive, real]).check(torch.tensor([-1, -1])) // tensor([False,  True])
 */
export class Cat extends Constraint {
  /** The sizes of the parts. */
  readonly lengths: readonly number[];

  constructor(
    /** One for each part. */ readonly constraints: readonly Constraint[],
    /** The dimension. */ readonly dim = 0,
    lengths: readonly number[] = constraints.map(() => 1),
  ) {
    super();
    if (lengths.length !== constraints.length)
      throw wrongArgument('Cat', 'lengths', 'one for each constraint', lengths);
    this.lengths = [...lengths];
  }

  override get isDiscrete(): boolean {
    return this.constraints.some((constraint) => constraint.isDiscrete);
  }

  override get eventDim(): number {
    return Math.max(...this.constraints.map((constraint) => constraint.eventDim));
  }

  override check(value: Tensor): Tensor {
    let start = 0;
    const checks = this.constraints.map((constraint, i) => {
      const part = value.narrow(this.dim, start, this.lengths[i]!);
      start += this.lengths[i]!;
      return constraint.check(part);
    });
    return concatenate(checks, this.dim);
  }
}

/**
 * Slices along a dimension, each with a constraint of its own.
 *
 * @example
 * const { Stack, positive, real } = torch.distributions.constraints
 * new Stack([positive, real]).check(torch.tensor([-1, -1])) // tensor([False,  True])
 */
export class Stack extends Constraint {
  constructor(
    /** One for each slice. */ readonly constraints: readonly Constraint[],
    /** The dimension. */ readonly dim = 0,
  ) {
    super();
  }

  override get isDiscrete(): boolean {
    return this.constraints.some((constraint) => constraint.isDiscrete);
  }

  override get eventDim(): number {
    const dim = Math.max(...this.constraints.map((constraint) => constraint.eventDim));
    return this.dim + dim < 0 ? dim + 1 : dim;
  }

  override check(value: Tensor): Tensor {
    return stacked(
      this.constraints.map((constraint, i) => constraint.check(value.select(this.dim, i))),
      this.dim,
    );
  }
}

/** Depends on other values. */
export const dependent = new Dependent();
/** 0 and 1. */
export const boolean = new Boolean();
/** Vectors of zeros with one 1. */
export const oneHot = new OneHot();
/** 0, 1, 2, ... */
export const nonnegativeInteger = new IntegerGreaterThan(0);
/** 1, 2, 3, ... */
export const positiveInteger = new IntegerGreaterThan(1);
/** Every number but NaN. */
export const real = new Real();
/** Vectors of numbers. */
export const realVector = new Independent(real, 1);
/** Above 0. */
export const positive = new GreaterThan(0);
/** 0 and above. */
export const nonnegative = new GreaterThanEq(0);
/** From 0 to 1. */
export const unitInterval = new Interval(0, 1);
/** Vectors that are not negative and add up to 1. */
export const simplex = new Simplex();
/** Lower triangular matrices. */
export const lowerTriangular = new LowerTriangular();
/** Lower triangular matrices with a positive diagonal. */
export const lowerCholesky = new LowerCholesky();
/** Cholesky factors of correlation matrices. */
export const corrCholesky = new CorrCholesky();
/** Square matrices. */
export const square = new Square();
/** Symmetric matrices. */
export const symmetric = new Symmetric();
/** Symmetric matrices without negative eigenvalues. */
export const positiveSemidefinite = new PositiveSemidefinite();
/** Symmetric matrices with positive eigenvalues. */
export const positiveDefinite = new PositiveDefinite();
