import { FlambeauError, wrongArgument } from '../errors.js';
import { noGrad } from '../autograd/modes.js';
import { isTensor } from '../ops/call.js';
import type { Size } from '../shape.js';
import type { Tensor } from '../tensor.js';
import { Constraint, Dependent } from './constraints.js';
import { sameShape } from './utils.js';

/** Options of every distribution. */
export interface DistributionOptions {
  /** Whether parameters, and values given to `logProb` and `cdf`, are checked; {@link Distribution.setDefaultValidateArgs} unless given. */
  validateArgs?: boolean;
}

/** Constraints by the name of the parameter. */
export type ArgConstraints = Readonly<Record<string, Constraint>>;

let validateByDefault = true;

/**
 * The base of all distributions. Those of a batch differ in their parameters; an event is one draw of one of them.
 *
 * A sample has the shape `sampleShape + batchShape + eventShape`.
 *
 * Checks read values, which a captured or mapped function cannot do: there, give `{ validateArgs: false }`.
 *
 * @see https://docs.pytorch.org/docs/2.13/distributions.html
 * @example
 * const normal = new torch.distributions.Normal(torch.zeros(3), 1)
 * normal.batchShape // [ 3 ]
 * normal.sample([2]).shape // [ 2, 3 ]
 */
export abstract class Distribution {
  /** The shape of independent, differently distributed events. */
  readonly batchShape: readonly number[];
  /** The shape of one event. */
  readonly eventShape: readonly number[];
  /** Whether parameters and values are checked. */
  readonly validateArgs: boolean;

  constructor(batchShape: Size = [], eventShape: Size = [], options: DistributionOptions = {}) {
    this.batchShape = [...batchShape];
    this.eventShape = [...eventShape];
    this.validateArgs = options.validateArgs ?? validateByDefault;
  }

  /**
   * Whether distributions that say nothing of it check their parameters and values; at first they do.
   *
   * @see https://docs.pytorch.org/docs/2.13/distributions.html
   * @example
   * torch.distributions.Distribution.setDefaultValidateArgs(false)
   * new torch.distributions.Normal(0, -1).validateArgs // false
   * torch.distributions.Distribution.setDefaultValidateArgs(true)
   */
  static setDefaultValidateArgs(value: boolean): void {
    if (typeof value !== 'boolean') throw wrongArgument('setDefaultValidateArgs', 'value', 'boolean', value);
    validateByDefault = value;
  }

  /** What each parameter has to satisfy. */
  get argConstraints(): ArgConstraints {
    return {};
  }

  /** Where its values lie. */
  get support(): Constraint {
    return this.lacks('support');
  }

  /** Whether {@link rsample} is there: samples with gradients to the parameters. */
  get hasRsample(): boolean {
    return false;
  }

  /** Whether {@link enumerateSupport} is there. */
  get hasEnumerateSupport(): boolean {
    return false;
  }

  /** The mean. */
  get mean(): Tensor {
    return this.lacks('mean');
  }

  /** The most probable value. */
  get mode(): Tensor {
    return this.lacks('mode');
  }

  /** The variance. */
  get variance(): Tensor {
    return this.lacks('variance');
  }

  /** The standard deviation. */
  get stddev(): Tensor {
    return this.variance.sqrt();
  }

  /**
   * Draws, without gradients.
   *
   * @param sampleShape - of how many draws
   * @see https://docs.pytorch.org/docs/2.13/distributions.html#torch.distributions.distribution.Distribution.sample
   * @example
   * torch.manualSeed(0)
   * new torch.distributions.Normal(0, 1).sample([2]) // tensor([ 1.5410, -0.2934])
   */
  sample(sampleShape: Size = []): Tensor {
    return noGrad(() => this.rsample(sampleShape));
  }

  /**
   * Draws with gradients to the parameters (the reparametrization trick).
   *
   * @throws when the family has none
   * @see https://docs.pytorch.org/docs/2.13/distributions.html#torch.distributions.distribution.Distribution.rsample
   * @example
   * const loc = torch.zeros(1, { requiresGrad: true })
   * new torch.distributions.Normal(loc, 1).rsample().backward()
   * loc.grad // tensor([1.])
   */
  rsample(_sampleShape: Size = []): Tensor {
    return this.lacks('rsample()');
  }

  /**
   * The logarithm of the density, or of the probability, at a value.
   *
   * @throws when checks are on and the value is outside of the support
   * @see https://docs.pytorch.org/docs/2.13/distributions.html#torch.distributions.distribution.Distribution.log_prob
   * @example
   * new torch.distributions.Normal(0, 1).logProb(torch.tensor(0)) // tensor(-0.9189)
   */
  logProb(_value: Tensor): Tensor {
    return this.lacks('logProb()');
  }

  /**
   * The probability of values up to this one.
   *
   * @see https://docs.pytorch.org/docs/2.13/distributions.html#torch.distributions.distribution.Distribution.cdf
   * @example
   * new torch.distributions.Normal(0, 1).cdf(torch.tensor(0)) // tensor(0.5000)
   */
  cdf(_value: Tensor): Tensor {
    return this.lacks('cdf()');
  }

  /**
   * The value up to which lies this probability: the inverse of {@link cdf}.
   *
   * @see https://docs.pytorch.org/docs/2.13/distributions.html#torch.distributions.distribution.Distribution.icdf
   * @example
   * new torch.distributions.Normal(0, 1).icdf(torch.tensor(0.975)) // tensor(1.9600)
   */
  icdf(_value: Tensor): Tensor {
    return this.lacks('icdf()');
  }

  /**
   * The entropy of each distribution of the batch, in nats.
   *
   * @see https://docs.pytorch.org/docs/2.13/distributions.html#torch.distributions.distribution.Distribution.entropy
   * @example
   * new torch.distributions.Normal(0, 1).entropy() // tensor(1.4189)
   */
  entropy(): Tensor {
    return this.lacks('entropy()');
  }

  /**
   * `exp(entropy)`.
   *
   * @see https://docs.pytorch.org/docs/2.13/distributions.html#torch.distributions.distribution.Distribution.perplexity
   * @example
   * new torch.distributions.Normal(0, 1).perplexity() // tensor(4.1327)
   */
  perplexity(): Tensor {
    return this.entropy().exp();
  }

  /**
   * All values of a discrete distribution, along a new first dimension.
   *
   * @param expand - whether they are repeated for the batch
   * @see https://docs.pytorch.org/docs/2.13/distributions.html#torch.distributions.distribution.Distribution.enumerate_support
   * @example
   * new torch.distributions.Bernoulli(0.3).enumerateSupport() // tensor([0., 1.])
   */
  // eslint-disable-next-line @typescript-eslint/no-unused-vars -- of those that have a support to enumerate
  enumerateSupport(expand = true): Tensor {
    return this.lacks('enumerateSupport()');
  }

  /**
   * The distribution with a greater batch, without copies of the parameters.
   *
   * @see https://docs.pytorch.org/docs/2.13/distributions.html#torch.distributions.distribution.Distribution.expand
   * @example
   * new torch.distributions.Normal(0, 1).expand([4]).batchShape // [ 4 ]
   */
  expand(_batchShape: Size): Distribution {
    return this.lacks('expand()');
  }

  /**
   * The family with its parameters: numbers where there is one, else their shapes.
   *
   * @example
   * new torch.distributions.Normal(0, torch.ones(2)).toString() // 'Normal(loc: [2], scale: [2])'
   */
  toString(): string {
    const self = this as unknown as Record<string, unknown>;
    const parts = this.shown().map((name) => {
      const value = self[name] as Tensor;
      return `${name}: ${value.numel() === 1 ? value.toString() : `[${value.shape.join(', ')}]`}`;
    });
    return `${this.constructor.name}(${parts.join(', ')})`;
  }

  /** The parameters that were given. */
  protected shown(): string[] {
    return Object.keys(this.argConstraints).filter((name) => this.isGiven(name));
  }

  /** Whether a parameter was given, not computed from another. */
  protected isGiven(_name: string): boolean {
    return true;
  }

  /** Refuses parameters that break their constraints. The constructor of a family ends with it. */
  protected checkParameters(): void {
    if (!this.validateArgs) return;
    const self = this as unknown as Record<string, Tensor>;
    for (const [name, constraint] of Object.entries(this.argConstraints)) {
      if (constraint instanceof Dependent || !this.isGiven(name)) continue;
      const value = self[name]!;
      if (!isTrue(constraint.check(value)))
        throw new FlambeauError(
          'INVALID_VALUE',
          `${this.constructor.name}(): argument '${name}' must satisfy ${constraint.toString()}, but has invalid values: ${value.detach().toString()}`,
        );
    }
  }

  /** Refuses a value of another shape, or outside of the support; where checks are on. */
  protected checkValue(value: Tensor, func = 'logProb'): void {
    if (!isTensor(value)) throw wrongArgument(`${this.constructor.name}.${func}`, 'value', 'Tensor', value);
    if (this.validateArgs) this.checkSample(value, func);
  }

  /** @internal */
  checkSample(value: Tensor, func = 'logProb'): void {
    const name = `${this.constructor.name}.${func}(): argument 'value'`;
    const { shape } = value;
    if (!sameShape(shape.slice(Math.max(shape.length - this.eventShape.length, 0)), this.eventShape))
      throw new FlambeauError(
        'INVALID_VALUE',
        `${name} must end with the event shape [${this.eventShape.join(', ')}], not have shape [${shape.join(', ')}]`,
      );
    const expected = [...this.batchShape, ...this.eventShape].toReversed();
    shape.toReversed().forEach((size, i) => {
      const other = expected[i] ?? 1;
      if (size !== 1 && other !== 1 && size !== other)
        throw new FlambeauError(
          'INVALID_VALUE',
          `${name} must broadcast with the shape [${expected.toReversed().join(', ')}], not have shape [${shape.join(', ')}]`,
        );
    });
    const { support } = this;
    if (!isTrue(support.check(value)))
      throw new FlambeauError(
        'INVALID_VALUE',
        `${name} must lie within the support ${support.toString()}, but has invalid values: ${value.detach().toString()}`,
      );
  }

  /** The shape of a sample. */
  protected extendedShape(sampleShape: Size = []): number[] {
    if (!Array.isArray(sampleShape) || !sampleShape.every((size) => Number.isInteger(size) && size >= 0))
      throw wrongArgument(`${this.constructor.name}.sample`, 'sampleShape', 'array of sizes', sampleShape);
    return [...(sampleShape as number[]), ...this.batchShape, ...this.eventShape];
  }

  /** The options that a distribution made from this one gets. */
  protected get options(): { validateArgs: boolean } {
    return { validateArgs: this.validateArgs };
  }

  private lacks(what: string): never {
    throw new FlambeauError('NOT_IMPLEMENTED', `${this.constructor.name} has no ${what}`);
  }
}

function isTrue(valid: Tensor): boolean {
  return valid.all().item<boolean>();
}
