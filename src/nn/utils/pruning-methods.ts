import { FlambeauError, wrongArgument } from '../../errors.js';
import { norm } from '../../ops/reduction/index.js';
import { rand, randLike } from '../../ops/random/index.js';
import { onesLike, zerosLike } from '../../ops/creation/index.js';
import type { Dtype } from '../../dtype.js';
import type { Tensor } from '../../tensor.js';
import { slice, type Index } from '../../tensor/index.js';

/** What a method picks: elements, whole channels, or whatever it likes. */
export type PruningType = 'unstructured' | 'structured' | 'global';

/** To the nearest whole number, halves to the even one, as Python rounds. */
function round(value: number): number {
  const floor = Math.floor(value);
  if (value - floor !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}

function checkAmount(func: string, amount: number): void {
  if (!(typeof amount === 'number' && amount >= 0 && (amount <= 1 || Number.isInteger(amount))))
    throw wrongArgument(func, 'amount', 'a whole number from 0 on, or a part between 0 and 1', amount);
}

function countOf(func: string, amount: number, size: number): number {
  const count = Number.isInteger(amount) ? amount : round(amount * size);
  if (count > size) throw new FlambeauError('INVALID_VALUE', `${func}(): cannot prune ${count} of ${size}`);
  return count;
}

function dimOf(func: string, tensor: Tensor, dim: number): number {
  const { ndim } = tensor;
  if (ndim < 2) throw new FlambeauError('INVALID_VALUE', `${func}(): channels need at least 2 dimensions, not ${ndim}`);
  if (!Number.isInteger(dim) || dim >= ndim || dim < -ndim)
    throw wrongArgument(func, 'dim', `integer from ${-ndim} to ${ndim - 1}`, dim);
  return dim < 0 ? dim + ndim : dim;
}

/** The index of some channels of a dimension. */
function channels(tensor: Tensor, dim: number, index: Index): Index[] {
  return tensor.shape.map((_, i) => (i === dim ? index : slice()));
}

/**
 * The base of pruning methods: subclass it, say what it prunes in `pruningType`, and write `computeMask`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.utils.prune.BasePruningMethod.html
 * @example
 * class Negative extends nn.utils.prune.BasePruningMethod {
 *   pruningType = 'unstructured'
 *   computeMask(t, defaultMask) { return defaultMask.mul(t.ge(0)) }
 * }
 * new Negative().prune(torch.tensor([1.5, -2])).ne(0) // tensor([ True, False])
 */
export abstract class BasePruningMethod {
  /** What it picks. */
  abstract readonly pruningType: PruningType;

  /**
   * The mask: ones for what stays, zeros for what goes.
   *
   * @param t - what decides: the parameter's values, or their importance
   * @param defaultMask - the mask so far, which must stay as it is
   * @example
   * new nn.utils.prune.L1Unstructured(1).computeMask(torch.tensor([3, 0.5]), torch.ones(2)) // tensor([1., 0.])
   */
  abstract computeMask(t: Tensor, defaultMask: Tensor): Tensor;

  /**
   * A tensor with what the method picks as zeros.
   *
   * @example
   * new nn.utils.prune.L1Unstructured(1).prune(torch.tensor([3, 0.5])) // tensor([3., 0.])
   */
  prune(t: Tensor, defaultMask: Tensor = onesLike(t), importanceScores: Tensor = t): Tensor {
    return t.mul(this.computeMask(importanceScores, defaultMask));
  }
}

/**
 * Picks nothing.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.utils.prune.Identity.html
 * @example
 * new nn.utils.prune.Identity().prune(torch.ones(2)) // tensor([1., 1.])
 */
export class Identity extends BasePruningMethod {
  readonly pruningType = 'unstructured';

  override computeMask(_t: Tensor, defaultMask: Tensor): Tensor {
    return defaultMask.clone();
  }
}

/**
 * Picks elements at random.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.utils.prune.RandomUnstructured.html
 * @example
 * new nn.utils.prune.RandomUnstructured(0.5).prune(torch.ones(4)).sum().item() // 2
 */
export class RandomUnstructured extends BasePruningMethod {
  readonly pruningType = 'unstructured';

  constructor(
    /** A whole number of elements, or a part between 0 and 1. */
    readonly amount: number,
  ) {
    super();
    checkAmount(new.target.name, amount);
  }

  override computeMask(t: Tensor, defaultMask: Tensor): Tensor {
    const count = countOf(this.constructor.name, this.amount, t.numel());
    if (count === 0) return defaultMask.clone();
    const { indices } = randLike(t).view(-1).topk(count);
    return defaultMask.contiguous().view(-1).indexFill(0, indices, 0).view(t.shape);
  }
}

/**
 * Picks the elements of least magnitude.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.utils.prune.L1Unstructured.html
 * @example
 * new nn.utils.prune.L1Unstructured(0.5).prune(torch.tensor([1, -3, 2, 0.5])) // tensor([ 0., -3., 2., 0.])
 */
export class L1Unstructured extends BasePruningMethod {
  readonly pruningType = 'unstructured';

  constructor(
    /** A whole number of elements, or a part between 0 and 1. */
    readonly amount: number,
  ) {
    super();
    checkAmount(new.target.name, amount);
  }

  override computeMask(t: Tensor, defaultMask: Tensor): Tensor {
    const count = countOf(this.constructor.name, this.amount, t.numel());
    if (count === 0) return defaultMask.clone();
    const { indices } = t.abs().reshape(-1).topk(count, -1, false);
    return defaultMask.contiguous().view(-1).indexFill(0, indices, 0).view(t.shape);
  }
}

/**
 * Picks whole channels at random.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.utils.prune.RandomStructured.html
 * @example
 * new nn.utils.prune.RandomStructured(1, 0).prune(torch.ones(3, 2)).sum().item() // 4
 */
export class RandomStructured extends BasePruningMethod {
  readonly pruningType = 'structured';

  constructor(
    /** A whole number of channels, or a part between 0 and 1. */
    readonly amount: number,
    /** The dimension of the channels. */
    readonly dim = -1,
  ) {
    super();
    checkAmount(new.target.name, amount);
  }

  override computeMask(t: Tensor, defaultMask: Tensor): Tensor {
    const dim = dimOf('RandomStructured', t, this.dim);
    const size = t.shape[dim]!;
    const count = countOf('RandomStructured', this.amount, size);
    if (count === 0) return defaultMask.clone();
    const chances = rand(size);
    const stays = chances.gt(chances.kthvalue(count).values);
    return zerosLike(t)
      .set(channels(t, dim, stays.to({ device: t.device as 'cpu' })), 1)
      .mul_(defaultMask);
  }
}

/**
 * Picks the channels of least norm.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.utils.prune.LnStructured.html
 * @example
 * new nn.utils.prune.LnStructured(1, 2, 0).prune(torch.tensor([[1, 2], [3, 4]]).float()) // tensor([[0., 0.], [3., 4.]])
 */
export class LnStructured extends BasePruningMethod {
  readonly pruningType = 'structured';

  constructor(
    /** A whole number of channels, or a part between 0 and 1. */
    readonly amount: number,
    /** The p of the norm. */
    readonly n: number | 'fro' | 'nuc',
    /** The dimension of the channels. */
    readonly dim = -1,
  ) {
    super();
    checkAmount(new.target.name, amount);
  }

  override computeMask(t: Tensor, defaultMask: Tensor): Tensor {
    const dim = dimOf('LnStructured', t, this.dim);
    const size = t.shape[dim]!;
    const count = countOf('LnStructured', this.amount, size);
    if (count === 0) return defaultMask.clone();
    const others = t.shape.map((_, i) => i).filter((i) => i !== dim);
    const lengths = norm(t, this.n as number, others);
    const { indices } = lengths.topk(size - count);
    return zerosLike(t)
      .set(channels(t, dim, indices), 1)
      .mul_(defaultMask);
  }
}

/**
 * Picks what a mask holds zeros for.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.utils.prune.CustomFromMask.html
 * @example
 * new nn.utils.prune.CustomFromMask(torch.tensor([1, 0])).prune(torch.ones(2)) // tensor([1., 0.])
 */
export class CustomFromMask extends BasePruningMethod {
  readonly pruningType = 'global';

  constructor(
    /** Ones for what stays. */
    readonly mask: Tensor,
  ) {
    super();
  }

  override computeMask(_t: Tensor, defaultMask: Tensor): Tensor {
    if (String(this.mask.shape) !== String(defaultMask.shape)) {
      throw new FlambeauError(
        'INVALID_VALUE',
        `CustomFromMask(): the mask must have shape [${defaultMask.shape.join(', ')}], not [${this.mask.shape.join(', ')}]`,
      );
    }
    return defaultMask.mul(this.mask.to({ dtype: defaultMask.dtype as Dtype, device: defaultMask.device as 'cpu' }));
  }
}

/**
 * Several methods one after the other: the last one picks among what those before it left.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.utils.prune.PruningContainer.html
 * @example
 * const { L1Unstructured, PruningContainer } = nn.utils.prune
 * [...new PruningContainer(new L1Unstructured(1), new L1Unstructured(2))].length // 2
 */
export class PruningContainer extends BasePruningMethod implements Iterable<BasePruningMethod> {
  readonly pruningType = 'global';
  private readonly methods: readonly BasePruningMethod[];

  constructor(...methods: BasePruningMethod[]) {
    super();
    this.methods = methods.flatMap((method) => (method instanceof PruningContainer ? [...method] : [method]));
  }

  /**
   * The methods in order.
   *
   * @example
   * for (const method of new nn.utils.prune.PruningContainer()) method.amount
   */
  [Symbol.iterator](): Iterator<BasePruningMethod> {
    return this.methods[Symbol.iterator]();
  }

  override computeMask(t: Tensor, defaultMask: Tensor): Tensor {
    const method = this.methods.at(-1)!;
    const mask = defaultMask.clone();
    let index: Index[];
    if (method.pruningType === 'unstructured') index = [defaultMask.eq(1)];
    else if (method.pruningType === 'global') index = [slice()];
    else {
      const { dim } = method as BasePruningMethod & { dim?: number };
      if (typeof dim !== 'number') throw wrongArgument('PruningContainer', 'dim', 'number in a structured method', dim);
      const place = dim < 0 ? dim + t.ndim : dim;
      const others = t.shape.map((_, i) => i).filter((i) => i !== place);
      index = channels(t, place, others.length === 0 ? defaultMask.ne(0) : defaultMask.sum(others).ne(0));
    }
    return mask.set(index, method.computeMask(t.at(...index), defaultMask.at(...index)).to(mask.dtype as Dtype));
  }
}
