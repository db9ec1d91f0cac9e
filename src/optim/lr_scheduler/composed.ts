import { FlambeauError, wrongArgument } from '../../errors.js';
import type { Optimizer } from '../optimizer.js';
import { ReduceLROnPlateau } from './plateau.js';
import { LRScheduler, mustBeCount, setRate, type LRSchedulerStateDict } from './scheduler.js';

/** The base of schedulers that are made of others. */
abstract class Composed<S extends { _schedulers: LRScheduler[] }> extends LRScheduler<S> {
  constructor(name: string, optimizer: Optimizer | undefined, schedulers: LRScheduler[], state: S, lastEpoch?: number) {
    if (!Array.isArray(schedulers) || schedulers.length === 0)
      throw wrongArgument(name, 'schedulers', 'array of at least one scheduler', schedulers);
    const whole = optimizer ?? schedulers[0]?.optimizer;
    schedulers.forEach((scheduler, i) => {
      if (!(scheduler instanceof LRScheduler)) throw wrongArgument(name, `schedulers[${i}]`, 'scheduler', scheduler);
      if (scheduler instanceof ReduceLROnPlateau)
        throw new FlambeauError(
          'INVALID_VALUE',
          `${name}(): ReduceLROnPlateau needs metrics, so it cannot be one of several`,
        );
      if (scheduler.optimizer !== whole)
        throw new FlambeauError('INVALID_VALUE', `${name}(): schedulers[${i}] belongs to another optimizer`);
    });
    super(whole!, state, lastEpoch);
  }

  protected override getLr(): number[] {
    return this.rates();
  }

  override _undo(): void {
    for (const scheduler of this.state._schedulers) scheduler._undo();
  }

  override stateDict(): LRSchedulerStateDict {
    const { _schedulers, ...own } = this.state;
    return {
      ...own,
      last_epoch: this.lastEpoch,
      _last_lr: this.getLastLr(),
      _schedulers: _schedulers.map((scheduler) => scheduler.stateDict()),
    };
  }

  override loadStateDict(dict: LRSchedulerStateDict): void {
    const { _schedulers: given, ...rest } = dict;
    const own = this.state._schedulers;
    if (!Array.isArray(given) || given.length !== own.length) {
      const { name } = this.constructor;
      throw new FlambeauError('INVALID_VALUE', `${name}.loadStateDict(): the state must have ${own.length} schedulers`);
    }
    super.loadStateDict(rest);
    own.forEach((scheduler, i) => scheduler.loadStateDict(given[i] as LRSchedulerStateDict));
  }
}

/**
 * Schedulers one after the other, each from an epoch on.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.optim.lr_scheduler.SequentialLR.html
 * @example
 * const { ConstantLR, ExponentialLR, SequentialLR } = optim.lrScheduler
 * const optimizer = new optim.SGD([new nn.Parameter(torch.ones(1))], { lr: 1 })
 * const warmup = new ConstantLR(optimizer, { factor: 0.5, totalIters: 2 })
 * const scheduler = new SequentialLR(optimizer, [warmup, new ExponentialLR(optimizer, 0.5)], [2])
 * const rates = []
 * for (let epoch = 0; epoch < 4; epoch++) {
 *   rates.push(scheduler.getLastLr()[0])
 *   optimizer.step()
 *   scheduler.step()
 * }
 * rates // [ 0.5, 0.5, 1, 0.5 ]
 */
export class SequentialLR extends Composed<{ _schedulers: LRScheduler[]; _milestones: number[] }> {
  /** @param milestones - the epochs at which the second scheduler and those after it begin */
  constructor(
    optimizer: Optimizer,
    schedulers: LRScheduler[],
    milestones: number[],
    { lastEpoch = -1 }: { lastEpoch?: number } = {},
  ) {
    if (!Array.isArray(milestones) || milestones.length !== schedulers?.length - 1)
      throw wrongArgument(
        'SequentialLR',
        'milestones',
        'array of one integer less than there are schedulers',
        milestones,
      );
    milestones.forEach((epoch, i) => mustBeCount('SequentialLR', `milestones[${i}]`, epoch, 0));
    super('SequentialLR', optimizer, schedulers, { _schedulers: schedulers, _milestones: milestones }, lastEpoch + 1);
  }

  protected override start(): void {
    for (const group of this.groups) setRate(group, group.initialLr!);
    this._undo();
    this.state._schedulers[this.index(0)]!._initialStep();
    this.noteRates();
  }

  /** Which scheduler an epoch belongs to. */
  private index(epoch: number): number {
    return this.state._milestones.filter((milestone) => milestone <= epoch).length;
  }

  override step(): void {
    this.lastEpoch++;
    const index = this.index(this.lastEpoch);
    const scheduler = this.state._schedulers[index]!;
    if (index > 0 && this.state._milestones[index - 1] === this.lastEpoch) scheduler._goTo(0);
    else scheduler.step();
    this.noteRates();
  }

  override _goTo(epoch: number): void {
    this.lastEpoch = epoch;
    this.state._schedulers[this.index(epoch)]!._goTo(epoch);
    this.noteRates();
  }
}

/**
 * Schedulers at once: each multiplies the learning rate that the ones before it set.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.optim.lr_scheduler.ChainedScheduler.html
 * @example
 * const { ChainedScheduler, ConstantLR, ExponentialLR } = optim.lrScheduler
 * const optimizer = new optim.SGD([new nn.Parameter(torch.ones(1))], { lr: 1 })
 * const warmup = new ConstantLR(optimizer, { factor: 0.5, totalIters: 2 })
 * const scheduler = new ChainedScheduler([warmup, new ExponentialLR(optimizer, 0.5)])
 * const rates = []
 * for (let epoch = 0; epoch < 4; epoch++) {
 *   rates.push(scheduler.getLastLr()[0])
 *   optimizer.step()
 *   scheduler.step()
 * }
 * rates // [ 0.5, 0.25, 0.25, 0.125 ]
 */
export class ChainedScheduler extends Composed<{ _schedulers: LRScheduler[] }> {
  /** @param optimizer - that of the schedulers, unless given */
  constructor(schedulers: LRScheduler[], optimizer?: Optimizer) {
    super('ChainedScheduler', optimizer, schedulers, { _schedulers: schedulers });
  }

  protected override start(): void {
    this.noteRates();
  }

  override _initialStep(): void {
    for (const scheduler of this.state._schedulers) scheduler._initialStep();
    this.noteRates();
  }

  override step(): void {
    for (const scheduler of this.state._schedulers) scheduler.step();
    this.noteRates();
  }

  override _goTo(epoch: number): void {
    for (const scheduler of this.state._schedulers) scheduler._goTo(epoch);
    this.noteRates();
  }

  override stateDict(): LRSchedulerStateDict {
    const { last_epoch: _, ...dict } = super.stateDict();
    return dict;
  }
}
