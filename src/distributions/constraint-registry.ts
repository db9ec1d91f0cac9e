import { FlambeauError, wrongArgument } from '../errors.js';
import * as constraints from './constraints.js';
import { Constraint } from './constraints.js';
import {
  AffineTransform,
  CatTransform,
  ComposeTransform,
  CorrCholeskyTransform,
  ExpTransform,
  identityTransform,
  IndependentTransform,
  LowerCholeskyTransform,
  PositiveDefiniteTransform,
  SigmoidTransform,
  SoftmaxTransform,
  StackTransform,
  StickBreakingTransform,
  type Transform,
} from './transforms/index.js';
import type { Parameter } from './utils.js';

type Factory<C extends Constraint> = (constraint: C) => Transform;
type ConstraintClass<C extends Constraint> = new (...args: never[]) => C;

/**
 * Transforms from unconstrained numbers to the values of a constraint.
 *
 * @see https://docs.pytorch.org/docs/2.13/distributions.html#module-torch.distributions.constraint_registry
 * @example
 * const { transformTo, constraints } = torch.distributions
 * transformTo.transform(constraints.positive).forward(torch.tensor(0)) // tensor(1.)
 */
export class ConstraintRegistry {
  private readonly factories = new Map<unknown, Factory<Constraint>>();

  /**
   * Says how to make the transform for a constraint.
   *
   * @param constraint - its class, or one of it
   * @param factory - makes the transform
   * @example
   * const { ConstraintRegistry, ExpTransform, constraints } = torch.distributions
   * const registry = new ConstraintRegistry()
   * registry.register(constraints.positive, () => new ExpTransform())
   * registry.transform(constraints.positive).toString() // 'ExpTransform()'
   */
  register<C extends Constraint>(constraint: ConstraintClass<C> | C, factory: Factory<C>): void {
    const type: unknown = constraint instanceof Constraint ? constraint.constructor : constraint;
    if (typeof type !== 'function' || !(type.prototype instanceof Constraint))
      throw wrongArgument('register', 'constraint', 'Constraint or class of constraints', constraint);
    this.factories.set(type, factory as unknown as Factory<Constraint>);
  }

  /**
   * The transform for a constraint.
   *
   * @throws when none is registered for its class
   * @example
   * torch.distributions.bijectTo.transform(torch.distributions.constraints.unitInterval).toString() // 'SigmoidTransform()'
   */
  transform(constraint: Constraint): Transform {
    const factory = this.factories.get(constraint.constructor);
    if (!factory)
      throw new FlambeauError(
        'NOT_IMPLEMENTED',
        `no transform is registered for the constraint ${constraint.toString()}`,
      );
    return factory(constraint);
  }
}

/** Bijections from unconstrained numbers, for Hamiltonian Monte Carlo and the like. */
export const bijectTo = new ConstraintRegistry();
/** Transforms from unconstrained numbers, not always bijections, for optimization. */
export const transformTo = new ConstraintRegistry();

function difference(high: Parameter, low: Parameter): Parameter {
  if (typeof high === 'number') return typeof low === 'number' ? high - low : low.neg().add(high);
  return high.sub(low as number);
}

for (const registry of [bijectTo, transformTo]) {
  registry.register(constraints.real, () => identityTransform);
  registry.register(
    constraints.Independent,
    ({ baseConstraint, reinterpretedBatchNdims }) =>
      new IndependentTransform(registry.transform(baseConstraint), reinterpretedBatchNdims),
  );
  // One class holds `positive` and every other bound, so they share the transform, as in PyTorch.
  for (const type of [constraints.GreaterThan, constraints.GreaterThanEq])
    registry.register(
      type as ConstraintClass<constraints.GreaterThan>,
      ({ lowerBound }) => new ComposeTransform([new ExpTransform(), new AffineTransform(lowerBound, 1)]),
    );
  registry.register(
    constraints.LessThan,
    ({ upperBound }) => new ComposeTransform([new ExpTransform(), new AffineTransform(upperBound, -1)]),
  );
  for (const type of [constraints.Interval, constraints.HalfOpenInterval])
    registry.register(type as ConstraintClass<constraints.Interval>, ({ lowerBound, upperBound }) =>
      lowerBound === 0 && upperBound === 1
        ? new SigmoidTransform()
        : new ComposeTransform([
            new SigmoidTransform(),
            new AffineTransform(lowerBound, difference(upperBound, lowerBound)),
          ]),
    );
  registry.register(constraints.corrCholesky, () => new CorrCholeskyTransform());
  registry.register(
    constraints.Cat,
    (cat) =>
      new CatTransform(
        cat.constraints.map((constraint) => registry.transform(constraint)),
        cat.dim,
        cat.lengths,
      ),
  );
  registry.register(
    constraints.Stack,
    (stack) =>
      new StackTransform(
        stack.constraints.map((constraint) => registry.transform(constraint)),
        stack.dim,
      ),
  );
}
bijectTo.register(constraints.simplex, () => new StickBreakingTransform());
transformTo.register(constraints.simplex, () => new SoftmaxTransform());
transformTo.register(constraints.lowerCholesky, () => new LowerCholeskyTransform());
transformTo.register(constraints.positiveDefinite, () => new PositiveDefiniteTransform());
transformTo.register(constraints.positiveSemidefinite, () => new PositiveDefiniteTransform());
