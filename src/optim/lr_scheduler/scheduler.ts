import { noGrad } from '../../autograd/modes.js';
import { FlambeauError, wrongArgument } from '../../errors.js';
import { Tensor } from '../../tensor.js';
import { warn } from '../../warnings.js';
import { Optimizer, type ParamGroup } from '../optimizer.js';
import type { OptimizerOptions } from '../options.js';

/** A group of any optimizer, as schedulers see it: what only some have is optional. */
export type ScheduledGroup = ParamGroup<OptimizerOptions> & {
  momentum?: number;
  betas?: readonly number[];
  maxLr?: number;
  minLr?: number;
  maxMomentum?: number;
  baseMomentum?: number;
  swaLr?: number;
};

/** Options of every scheduler. */
export interface LRSchedulerOptions {
  /** The last epoch that was done, where training goes on; -1, the default, starts anew. */
  lastEpoch?: number;
}

/** The state of a scheduler under PyTorch's names. */
export type LRSchedulerStateDict = Record<string, unknown>;

const numberOf = (value: number | Tensor): number => (typeof value === 'number' ? value : Number(value.item()));

/** Sets the learning rate of a group: in place where it is a tensor, which a captured step may use. */
export function setRate(group: ScheduledGroup, lr: number): void {
  if (group.lr instanceof Tensor) {
    const rate = group.lr;
    noGrad(() => rate.fill_(lr));
  } else group.lr = lr;
}

/**
 * The base of all schedulers: sets the learning rates of an optimizer's groups by the count of epochs. Call
 * {@link LRScheduler.step} after the optimizer's steps of an epoch.
 *
 * A scheduler of one's own hands its numbers to the constructor as `state`, under the names that they have in a state dict,
 * and computes learning rates of them in `getLr`: the constructor already asks for the first.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.optim.lr_scheduler.LRScheduler.html
 * @example
 * class Halving extends optim.lrScheduler.LRScheduler {
 *   constructor(optimizer) { super(optimizer, {}) }
 *   getLr() { return this.baseLrs.map((lr) => lr / 2 ** this.lastEpoch) }
 * }
 * const optimizer = new optim.SGD([new nn.Parameter(torch.ones(1))], { lr: 1 })
 * const scheduler = new Halving(optimizer)
 * optimizer.step()
 * scheduler.step()
 * scheduler.getLastLr() // [ 0.5 ]
 */
export abstract class LRScheduler<S extends object = object> {
  /** The optimizer. */
  readonly optimizer: Optimizer;
  /** The epoch that the learning rates are of. */
  lastEpoch: number;
  /** The learning rate that each group starts from. */
  baseLrs: number[] = [];
  /** What the scheduler computes with, under PyTorch's names. */
  protected readonly state: S;
  /** How often it was stepped, the first time by the constructor. */
  protected stepCount = 0;
  /** Whether it is the constructor that asks for learning rates. */
  protected isInitial = false;
  private lastLrs: number[] = [];

  protected constructor(optimizer: Optimizer, state: S, lastEpoch = -1) {
    const { name } = new.target;
    if (!(optimizer instanceof Optimizer)) throw wrongArgument(name, 'optimizer', 'Optimizer', optimizer);
    if (!Number.isInteger(lastEpoch)) throw wrongArgument(name, 'lastEpoch', 'integer', lastEpoch);
    this.optimizer = optimizer;
    this.state = state;
    this.lastEpoch = lastEpoch;
    this.start();
  }

  /** The groups of the optimizer. */
  protected get groups(): ScheduledGroup[] {
    return this.optimizer.paramGroups;
  }

  /** Takes the learning rates that the groups have as those to start from, and sets the first. */
  protected start(): void {
    this.groups.forEach((group, i) => {
      if (this.lastEpoch === -1) group.initialLr ??= numberOf(group.lr);
      else if (group.initialLr === undefined) {
        throw new FlambeauError(
          'INVALID_VALUE',
          `${this.constructor.name}(): group ${i} has no initialLr to go on from; load the optimizer's state first`,
        );
      }
    });
    this.baseLrs = this.groups.map((group) => group.initialLr!);
    this._initialStep();
  }

  /** @internal The step of the constructor. */
  _initialStep(): void {
    this.stepCount = 0;
    this.isInitial = true;
    try {
      this.step();
    } finally {
      this.isInitial = false;
    }
  }

  /** The learning rate that each group has now. */
  protected rates(): number[] {
    return this.groups.map(({ lr }) => numberOf(lr));
  }

  /** The learning rate of each group for `lastEpoch`, from that before, which the groups have. */
  protected abstract getLr(): number[];

  /** The learning rates for any epoch, where they do not need those before. */
  protected getClosedFormLr(): number[] {
    return this.getLr();
  }

  /**
   * Goes on to the next epoch and sets its learning rates.
   *
   * @param _metrics - what `ReduceLROnPlateau` looks at; others need nothing
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.optim.lr_scheduler.LRScheduler.html#torch.optim.lr_scheduler.LRScheduler.step
   * @example
   * const optimizer = new optim.SGD([new nn.Parameter(torch.ones(1))], { lr: 1 })
   * const scheduler = new optim.lrScheduler.ExponentialLR(optimizer, 0.5)
   * optimizer.step()
   * scheduler.step()
   * optimizer.paramGroups[0].lr // 0.5
   */
  step(_metrics?: number | Tensor): void {
    if (this.stepCount === 1 && !this.optimizer._stepped) {
      warn(
        `${this.constructor.name}.step() was called before the optimizer's first step: the first learning rate of the ` +
          'schedule is never used. Step the optimizer first',
      );
    }
    this.stepCount++;
    this.lastEpoch++;
    this.setRates(this.getLr());
  }

  /** @internal Sets the learning rates of an epoch, without a step. */
  _goTo(epoch: number): void {
    this.lastEpoch = epoch;
    this.setRates(this.getClosedFormLr());
  }

  /** @internal Takes back the epoch that the constructor began. */
  _undo(): void {
    this.lastEpoch--;
  }

  /** Gives each group its learning rate. */
  protected setRates(rates: readonly number[]): void {
    this.groups.forEach((group, i) => setRate(group, rates[i]!));
    this.noteRates();
  }

  /** Remembers the learning rates for {@link getLastLr}. */
  protected noteRates(): void {
    this.lastLrs = this.rates();
  }

  /**
   * The learning rates that were set last.
   *
   * @returns one of each group
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.optim.lr_scheduler.LRScheduler.html#torch.optim.lr_scheduler.LRScheduler.get_last_lr
   * @example
   * const optimizer = new optim.SGD([new nn.Parameter(torch.ones(1))], { lr: 1 })
   * new optim.lrScheduler.ConstantLR(optimizer, { factor: 0.5 }).getLastLr() // [ 0.5 ]
   */
  getLastLr(): number[] {
    return [...this.lastLrs];
  }

  /**
   * The state under PyTorch's names: Python's scheduler of the same name loads it. Functions are not part of it.
   *
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.optim.lr_scheduler.LRScheduler.html#torch.optim.lr_scheduler.LRScheduler.state_dict
   * @example
   * const optimizer = new optim.SGD([new nn.Parameter(torch.ones(1))], { lr: 1 })
   * new optim.lrScheduler.StepLR(optimizer, 30).stateDict().step_size // 30
   */
  stateDict(): LRSchedulerStateDict {
    return {
      ...this.state,
      base_lrs: [...this.baseLrs],
      last_epoch: this.lastEpoch,
      _step_count: this.stepCount,
      _is_initial: false,
      _get_lr_called_within_step: false,
      _last_lr: [...this.lastLrs],
    };
  }

  /**
   * Takes over a state of {@link stateDict} or of Python's scheduler. Load the optimizer's as well: the learning rates that
   * go on from it are there.
   *
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.optim.lr_scheduler.LRScheduler.html#torch.optim.lr_scheduler.LRScheduler.load_state_dict
   * @example
   * const optimizer = new optim.SGD([new nn.Parameter(torch.ones(1))], { lr: 1 })
   * const scheduler = new optim.lrScheduler.StepLR(optimizer, 30)
   * scheduler.loadStateDict({ ...scheduler.stateDict(), last_epoch: 7 })
   * scheduler.lastEpoch // 7
   */
  loadStateDict(dict: LRSchedulerStateDict): void {
    if (typeof dict !== 'object' || dict === null)
      throw wrongArgument(`${this.constructor.name}.loadStateDict`, 'dict', "a scheduler's state", dict);
    const own = this.state as Record<string, unknown>;
    for (const key of Object.keys(own)) if (key in dict && typeof own[key] !== 'function') own[key] = dict[key];
    const list = (key: string, now: number[]): number[] =>
      Array.isArray(dict[key]) ? (dict[key] as (number | Tensor)[]).map(numberOf) : now;
    this.baseLrs = list('base_lrs', this.baseLrs);
    this.lastLrs = list('_last_lr', this.lastLrs);
    if (typeof dict['last_epoch'] === 'number') this.lastEpoch = dict['last_epoch'];
    if (typeof dict['_step_count'] === 'number') this.stepCount = dict['_step_count'];
  }
}

/** One value for each group: a list of them, or the same for all. */
export function perGroup<T>(func: string, name: string, groups: readonly unknown[], value: T | readonly T[]): T[] {
  if (!Array.isArray(value)) return groups.map(() => value as T);
  if (value.length !== groups.length) {
    throw new FlambeauError(
      'INVALID_VALUE',
      `${func}(): argument '${name}' has ${value.length} values for ${groups.length} groups of parameters`,
    );
  }
  return [...(value as T[])];
}

/** Throws unless it is a number. */
export function mustBeNumber(func: string, name: string, value: unknown, allowed = true, what = 'number'): void {
  if (typeof value !== 'number' || Number.isNaN(value) || !allowed) throw wrongArgument(func, name, what, value);
}

/** Throws unless it is a whole number from some number on. */
export function mustBeCount(func: string, name: string, value: unknown, least = 1): void {
  if (!Number.isInteger(value) || (value as number) < least)
    throw wrongArgument(func, name, `integer from ${least} on`, value);
}
