import { FlambeauError, wrongArgument } from '../errors.js';
import type { Tensor } from '../tensor.js';

/**
 * A set of values over which a variable or parameter is defined.
 *
 * @see https://docs.pytorch.org/docs/2.13/distributions.html#module-torch.distributions.constraints
 * @example
 * torch.distributions.constraints.positive instanceof torch.distributions.constraints.Constraint // true
 */
export abstract class Constraint {
  /** Whether the values can be counted. */
  get isDiscrete(): boolean {
    return false;
  }

  /** How many of the last dimensions make one value. */
  get eventDim(): number {
    return 0;
  }

  /**
   * Whether each value is in the set.
   *
   * @returns booleans of the shape without the last `eventDim` dimensions
   * @example
   * torch.distributions.constraints.positive.check(torch.tensor([1, -1])) // tensor([ True, False])
   */
  abstract check(value: Tensor): Tensor;

  /**
   * As PyTorch prints it.
   *
   * @example
   * torch.distributions.constraints.positive.toString() // 'GreaterThan(lower_bound=0)'
   */
  toString(): string {
    return `${this.constructor.name}()`;
  }
}

/**
 * A constraint that depends on other values, and so cannot be checked.
 *
 * @example
 * torch.distributions.constraints.isDependent(torch.distributions.constraints.dependent) // true
 */
export class Dependent extends Constraint {
  override check(_value: Tensor): Tensor {
    throw new FlambeauError('INVALID_VALUE', 'a dependent constraint cannot be checked');
  }
}

/**
 * Whether a constraint depends on other values.
 *
 * @example
 * torch.distributions.constraints.isDependent(torch.distributions.constraints.real) // false
 */
export function isDependent(constraint: Constraint): boolean {
  return constraint instanceof Dependent;
}

/**
 * Batch dimensions as part of the value: all of their elements must satisfy the base.
 *
 * @example
 * const { Independent, positive } = torch.distributions.constraints
 * new Independent(positive, 1).check(torch.tensor([[1, 2], [1, -2]])) // tensor([ True, False])
 */
export class Independent extends Constraint {
  constructor(
    /** What each element satisfies. */ readonly baseConstraint: Constraint,
    /** How many dimensions become part of the value. */ readonly reinterpretedBatchNdims: number,
  ) {
    super();
    if (!(baseConstraint instanceof Constraint))
      throw wrongArgument('Independent', 'baseConstraint', 'Constraint', baseConstraint);
  }

  override get isDiscrete(): boolean {
    return this.baseConstraint.isDiscrete;
  }

  override get eventDim(): number {
    return this.baseConstraint.eventDim + this.reinterpretedBatchNdims;
  }

  override check(value: Tensor): Tensor {
    const result = this.baseConstraint.check(value);
    const { shape } = result;
    const kept = shape.length - this.reinterpretedBatchNdims;
    if (kept < 0)
      throw new FlambeauError(
        'INVALID_VALUE',
        `check(): argument 'value' must have at least ${this.eventDim} dimensions, not ${value.dim()}`,
      );
    return this.reinterpretedBatchNdims === 0 ? result : result.reshape([...shape.slice(0, kept), -1]).all(-1);
  }

  override toString(): string {
    return `IndependentConstraint(${this.baseConstraint.toString()}, ${this.reinterpretedBatchNdims})`;
  }
}

/**
 * The support of a mixture: values that every component takes.
 *
 * @example
 * const { MixtureSameFamily, positive } = torch.distributions.constraints
 * new MixtureSameFamily(positive).check(torch.tensor([1, -1])) // tensor([ True, False])
 */
export class MixtureSameFamily extends Constraint {
  constructor(/** The components' support. */ readonly baseConstraint: Constraint) {
    super();
  }

  override get isDiscrete(): boolean {
    return this.baseConstraint.isDiscrete;
  }

  override get eventDim(): number {
    return this.baseConstraint.eventDim;
  }

  override check(value: Tensor): Tensor {
    const result = this.baseConstraint.check(value.unsqueeze(-1 - this.eventDim));
    return result.reshape([...result.shape.slice(0, value.dim() - this.eventDim), -1]).all(-1);
  }

  override toString(): string {
    return `MixtureSameFamilyConstraint(${this.baseConstraint.toString()})`;
  }
}
