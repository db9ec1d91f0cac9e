import { arange, broadcastTensors, eye, full, multinomial } from '../ops/functions.js';
import type { Size } from '../shape.js';
import type { Tensor } from '../tensor.js';
import * as constraints from './constraints.js';
import { Distribution, type ArgConstraints } from './distribution.js';
import { complement, finfo, floating, like, needsTensor, Odds, oddsOf, oneHot, type OddsOptions } from './utils.js';

const vectorConstraints: ArgConstraints = { probs: constraints.simplex, logits: constraints.realVector };

/**
 * A category from 0 to `n - 1`.
 *
 * @param probs - of the categories, along the last dimension, scaled to add up to 1; or options with `probs` or `logits`
 * @throws when not exactly one of `probs` and `logits` is given
 * @see https://docs.pytorch.org/docs/2.13/distributions.html#categorical
 * @example
 * const die = new torch.distributions.Categorical(torch.tensor([1, 3]))
 * die.probs // tensor([0.2500, 0.7500])
 * die.logProb(torch.tensor(1)) // tensor(-0.2877)
 */
export class Categorical extends Distribution {
  private readonly odds: Odds;

  constructor(probs?: Tensor | OddsOptions | null, options: OddsOptions = {}) {
    const given = oddsOf('Categorical', probs, options);
    needsTensor('Categorical', given.name, given.value, 1);
    const value = floating(given.value);
    const param = given.name === 'probs' ? value.div(value.sum(-1, true)) : value.sub(value.logsumexp(-1, true));
    super(param.shape.slice(0, -1), [], given.options);
    this.odds = new Odds(param, given.name, false);
    this.checkParameters();
  }

  /** The probabilities. */
  get probs(): Tensor {
    return this.odds.probs;
  }

  /** Their logarithms. */
  get logits(): Tensor {
    return this.odds.logits;
  }

  /** The shape of the parameter. */
  get paramShape(): readonly number[] {
    return this.odds.param.shape;
  }

  /** @internal */
  get given(): 'probs' | 'logits' {
    return this.odds.given;
  }

  /** @internal */
  expandedParam(batchShape: Size): OddsOptions {
    return { [this.odds.given]: this.odds.param.expand([...batchShape, -1]) };
  }

  override get argConstraints(): ArgConstraints {
    return vectorConstraints;
  }

  protected override isGiven(name: string): boolean {
    return name === this.odds.given;
  }

  override get support(): constraints.Constraint {
    return new constraints.IntegerInterval(0, this.paramShape.at(-1)! - 1);
  }

  override get hasEnumerateSupport(): boolean {
    return true;
  }

  override get mean(): Tensor {
    return full(this.batchShape, NaN, like(this.probs));
  }

  override get mode(): Tensor {
    return this.probs.argmax(-1);
  }

  override get variance(): Tensor {
    return this.mean;
  }

  override sample(sampleShape: Size = []): Tensor {
    const shape = this.extendedShape(sampleShape);
    const count = sampleShape.reduce((product, size) => product * size, 1);
    const flat = this.probs.reshape(-1, this.paramShape.at(-1)!);
    return multinomial(flat.detach(), count, true).T.reshape(shape);
  }

  override logProb(value: Tensor): Tensor {
    this.checkValue(value);
    const [index, logits] = broadcastTensors([value.to('int64').unsqueeze(-1), this.logits]);
    return logits!.gather(-1, index!.narrow(-1, 0, 1)).squeeze(-1);
  }

  override entropy(): Tensor {
    return this.logits.clamp(finfo(this.logits.dtype).min).mul(this.probs).sum(-1).neg();
  }

  override enumerateSupport(expand = true): Tensor {
    const values = arange(this.paramShape.at(-1)!, { dtype: 'int64', device: this.odds.param.device });
    const viewed = values.view([-1, ...this.batchShape.map(() => 1)]);
    return expand ? viewed.expand([-1, ...this.batchShape]) : viewed;
  }

  override expand(batchShape: Size): Categorical {
    return new Categorical({ ...this.expandedParam(batchShape), ...this.options });
  }
}

/**
 * A category as a vector of zeros with one 1.
 *
 * @param probs - of the categories, along the last dimension, scaled to add up to 1; or options with `probs` or `logits`
 * @throws when not exactly one of `probs` and `logits` is given
 * @see https://docs.pytorch.org/docs/2.13/distributions.html#onehotcategorical
 * @example
 * new torch.distributions.OneHotCategorical(torch.tensor([1, 3])).mode // tensor([0., 1.])
 */
export class OneHotCategorical extends Distribution {
  /** @internal */
  readonly categorical: Categorical;

  constructor(probs?: Tensor | OddsOptions | null, options: OddsOptions = {}) {
    const given = oddsOf('OneHotCategorical', probs, options);
    const categorical = new Categorical({ [given.name]: given.value, validateArgs: given.options.validateArgs });
    super(categorical.batchShape, categorical.paramShape.slice(-1), given.options);
    this.categorical = categorical;
  }

  /** The probabilities. */
  get probs(): Tensor {
    return this.categorical.probs;
  }

  /** Their logarithms. */
  get logits(): Tensor {
    return this.categorical.logits;
  }

  /** The shape of the parameter. */
  get paramShape(): readonly number[] {
    return this.categorical.paramShape;
  }

  override get argConstraints(): ArgConstraints {
    return vectorConstraints;
  }

  protected override isGiven(name: string): boolean {
    return name === this.categorical.given;
  }

  override get support(): constraints.Constraint {
    return constraints.oneHot;
  }

  override get hasEnumerateSupport(): boolean {
    return true;
  }

  override get mean(): Tensor {
    return this.probs;
  }

  override get mode(): Tensor {
    return oneHot(this.probs.argmax(-1), this.paramShape.at(-1)!, this.probs);
  }

  override get variance(): Tensor {
    return this.probs.mul(complement(this.probs));
  }

  override sample(sampleShape: Size = []): Tensor {
    return oneHot(this.categorical.sample(sampleShape), this.paramShape.at(-1)!, this.probs);
  }

  override logProb(value: Tensor): Tensor {
    this.checkValue(value);
    return this.categorical.logProb(value.argmax(-1));
  }

  override entropy(): Tensor {
    return this.categorical.entropy();
  }

  override enumerateSupport(expand = true): Tensor {
    const n = this.paramShape.at(-1)!;
    const values = eye(n, like(this.probs)).view([n, ...this.batchShape.map(() => 1), n]);
    return expand ? values.expand([n, ...this.batchShape, n]) : values;
  }

  override expand(batchShape: Size): OneHotCategorical {
    const Class = this.constructor as typeof OneHotCategorical;
    return new Class({ ...this.categorical.expandedParam(batchShape), ...this.options });
  }
}

/**
 * {@link OneHotCategorical} with straight-through gradients: those of a sample are those of the probabilities (Bengio et
 * al., 2013).
 *
 * @see https://docs.pytorch.org/docs/2.13/distributions.html#onehotcategoricalstraightthrough
 * @example
 * new torch.distributions.OneHotCategoricalStraightThrough(torch.tensor([1, 3])).hasRsample // true
 */
export class OneHotCategoricalStraightThrough extends OneHotCategorical {
  override get hasRsample(): boolean {
    return true;
  }

  override rsample(sampleShape: Size = []): Tensor {
    return this.sample(sampleShape).add(this.probs.sub(this.probs.detach()));
  }
}
