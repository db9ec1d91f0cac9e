import { wrongArgument } from '../../errors.js';
import type { Optimizer } from '../optimizer.js';
import {
  LRScheduler,
  mustBeCount,
  mustBeNumber,
  type LRSchedulerOptions,
  type LRSchedulerStateDict,
} from './scheduler.js';

/** Options of {@link StepLR} and {@link MultiStepLR}. */
export interface StepLROptions extends LRSchedulerOptions {
  /** The factor; 0.1 unless given. */
  gamma?: number;
}

/**
 * The learning rate falls by a factor every so many epochs.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.optim.lr_scheduler.StepLR.html
 * @example
 * const optimizer = new optim.SGD([new nn.Parameter(torch.ones(1))], { lr: 1 })
 * const scheduler = new optim.lrScheduler.StepLR(optimizer, 2, { gamma: 0.5 })
 * const rates = []
 * for (let epoch = 0; epoch < 4; epoch++) {
 *   rates.push(scheduler.getLastLr()[0])
 *   optimizer.step()
 *   scheduler.step()
 * }
 * rates // [ 1, 1, 0.5, 0.5 ]
 */
export class StepLR extends LRScheduler<{ step_size: number; gamma: number }> {
  /** @param stepSize - how many epochs there are between the falls */
  constructor(optimizer: Optimizer, stepSize: number, { gamma = 0.1, lastEpoch }: StepLROptions = {}) {
    mustBeCount('StepLR', 'stepSize', stepSize);
    mustBeNumber('StepLR', 'gamma', gamma);
    super(optimizer, { step_size: stepSize, gamma }, lastEpoch);
  }

  protected override getLr(): number[] {
    const falls = this.lastEpoch !== 0 && this.lastEpoch % this.state.step_size === 0;
    return this.rates().map((lr) => (falls ? lr * this.state.gamma : lr));
  }

  protected override getClosedFormLr(): number[] {
    const { gamma, step_size } = this.state;
    return this.baseLrs.map((lr) => lr * gamma ** Math.floor(this.lastEpoch / step_size));
  }
}

/**
 * The learning rate falls by a factor at given epochs.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.optim.lr_scheduler.MultiStepLR.html
 * @example
 * const optimizer = new optim.SGD([new nn.Parameter(torch.ones(1))], { lr: 1 })
 * const scheduler = new optim.lrScheduler.MultiStepLR(optimizer, [1, 3], { gamma: 0.5 })
 * const rates = []
 * for (let epoch = 0; epoch < 4; epoch++) {
 *   rates.push(scheduler.getLastLr()[0])
 *   optimizer.step()
 *   scheduler.step()
 * }
 * rates // [ 1, 0.5, 0.5, 0.25 ]
 */
export class MultiStepLR extends LRScheduler<{ milestones: Map<number, number>; gamma: number }> {
  /** @param milestones - the epochs; one that is there twice counts twice */
  constructor(optimizer: Optimizer, milestones: Iterable<number>, { gamma = 0.1, lastEpoch }: StepLROptions = {}) {
    if (typeof milestones?.[Symbol.iterator] !== 'function')
      throw wrongArgument('MultiStepLR', 'milestones', 'integers', milestones);
    const counts = new Map<number, number>();
    for (const epoch of milestones) {
      mustBeCount('MultiStepLR', 'milestones', epoch, 0);
      counts.set(epoch, (counts.get(epoch) ?? 0) + 1);
    }
    mustBeNumber('MultiStepLR', 'gamma', gamma);
    super(optimizer, { milestones: counts, gamma }, lastEpoch);
  }

  protected override getLr(): number[] {
    const { milestones, gamma } = this.state;
    const falls = milestones.get(this.lastEpoch);
    return this.rates().map((lr) => (falls === undefined ? lr : lr * gamma ** falls));
  }

  protected override getClosedFormLr(): number[] {
    const { milestones, gamma } = this.state;
    const falls = [...milestones].reduce((sum, [epoch, count]) => sum + (epoch <= this.lastEpoch ? count : 0), 0);
    return this.baseLrs.map((lr) => lr * gamma ** falls);
  }

  override loadStateDict(dict: LRSchedulerStateDict): void {
    super.loadStateDict(dict);
    // A plain object after its way through JSON.
    const { milestones } = this.state as { milestones: unknown };
    if (!(milestones instanceof Map))
      this.state.milestones = new Map(Object.entries(milestones as object).map(([k, n]) => [Number(k), n as number]));
  }
}

/** Options of {@link ConstantLR}. */
export interface ConstantLROptions extends LRSchedulerOptions {
  /** The factor, from 0 to 1; 1/3 unless given. */
  factor?: number;
  /** The epoch from which on it no longer holds; 5 unless given. */
  totalIters?: number;
}

/**
 * The learning rate is multiplied by a factor for the first epochs.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.optim.lr_scheduler.ConstantLR.html
 * @example
 * const optimizer = new optim.SGD([new nn.Parameter(torch.ones(1))], { lr: 1 })
 * const scheduler = new optim.lrScheduler.ConstantLR(optimizer, { factor: 0.5, totalIters: 2 })
 * const rates = []
 * for (let epoch = 0; epoch < 4; epoch++) {
 *   rates.push(scheduler.getLastLr()[0])
 *   optimizer.step()
 *   scheduler.step()
 * }
 * rates // [ 0.5, 0.5, 1, 1 ]
 */
export class ConstantLR extends LRScheduler<{ factor: number; total_iters: number }> {
  constructor(optimizer: Optimizer, { factor = 1 / 3, totalIters = 5, lastEpoch }: ConstantLROptions = {}) {
    mustBeNumber('ConstantLR', 'factor', factor, factor >= 0 && factor <= 1, 'number from 0 to 1');
    mustBeCount('ConstantLR', 'totalIters', totalIters, 0);
    super(optimizer, { factor, total_iters: totalIters }, lastEpoch);
  }

  protected override getLr(): number[] {
    const { factor, total_iters } = this.state;
    if (this.lastEpoch === 0) return this.rates().map((lr) => lr * factor);
    return this.rates().map((lr) => (this.lastEpoch === total_iters ? lr * (1 / factor) : lr));
  }

  protected override getClosedFormLr(): number[] {
    const { factor, total_iters } = this.state;
    return this.baseLrs.map((lr) => lr * (factor + (this.lastEpoch >= total_iters ? 1 - factor : 0)));
  }
}

/** Options of {@link LinearLR}. */
export interface LinearLROptions extends LRSchedulerOptions {
  /** The first factor, above 0 and up to 1; 1/3 unless given. */
  startFactor?: number;
  /** The last factor, from 0 to 1; 1 unless given. */
  endFactor?: number;
  /** How many epochs the way takes; 5 unless given. */
  totalIters?: number;
}

/**
 * The factor of the learning rate goes straight from one number to another, then stays.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.optim.lr_scheduler.LinearLR.html
 * @example
 * const optimizer = new optim.SGD([new nn.Parameter(torch.ones(1))], { lr: 1 })
 * const scheduler = new optim.lrScheduler.LinearLR(optimizer, { startFactor: 0.5, totalIters: 2 })
 * const rates = []
 * for (let epoch = 0; epoch < 4; epoch++) {
 *   rates.push(scheduler.getLastLr()[0])
 *   optimizer.step()
 *   scheduler.step()
 * }
 * rates // [ 0.5, 0.75, 1, 1 ]
 */
export class LinearLR extends LRScheduler<{ start_factor: number; end_factor: number; total_iters: number }> {
  constructor(
    optimizer: Optimizer,
    { startFactor = 1 / 3, endFactor = 1, totalIters = 5, lastEpoch }: LinearLROptions = {},
  ) {
    const starts = startFactor > 0 && startFactor <= 1;
    mustBeNumber('LinearLR', 'startFactor', startFactor, starts, 'number above 0 and up to 1');
    mustBeNumber('LinearLR', 'endFactor', endFactor, endFactor >= 0 && endFactor <= 1, 'number from 0 to 1');
    mustBeCount('LinearLR', 'totalIters', totalIters);
    super(optimizer, { start_factor: startFactor, end_factor: endFactor, total_iters: totalIters }, lastEpoch);
  }

  protected override getLr(): number[] {
    const { start_factor, end_factor, total_iters } = this.state;
    const change = end_factor - start_factor;
    const factor =
      this.lastEpoch === 0
        ? start_factor
        : this.isInitial || this.lastEpoch > total_iters
          ? 1
          : 1 + change / (total_iters * start_factor + (this.lastEpoch - 1) * change);
    return this.rates().map((lr) => lr * factor);
  }

  protected override getClosedFormLr(): number[] {
    const { start_factor, end_factor, total_iters } = this.state;
    const way = Math.min(total_iters, this.lastEpoch) / total_iters;
    return this.baseLrs.map((lr) => lr * (start_factor + (end_factor - start_factor) * way));
  }
}

/**
 * The learning rate falls by a factor every epoch.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.optim.lr_scheduler.ExponentialLR.html
 * @example
 * const optimizer = new optim.SGD([new nn.Parameter(torch.ones(1))], { lr: 1 })
 * const scheduler = new optim.lrScheduler.ExponentialLR(optimizer, 0.5)
 * optimizer.step()
 * scheduler.step()
 * scheduler.getLastLr() // [ 0.5 ]
 */
export class ExponentialLR extends LRScheduler<{ gamma: number }> {
  /** @param gamma - the factor */
  constructor(optimizer: Optimizer, gamma: number, { lastEpoch }: LRSchedulerOptions = {}) {
    mustBeNumber('ExponentialLR', 'gamma', gamma);
    super(optimizer, { gamma }, lastEpoch);
  }

  protected override getLr(): number[] {
    return this.rates().map((lr) => (this.isInitial ? lr : lr * this.state.gamma));
  }

  protected override getClosedFormLr(): number[] {
    return this.baseLrs.map((lr) => lr * this.state.gamma ** this.lastEpoch);
  }
}

/** Options of {@link PolynomialLR}. */
export interface PolynomialLROptions extends LRSchedulerOptions {
  /** The epoch at which the learning rate is 0; 5 unless given. */
  totalIters?: number;
  /** The power; 1 unless given. */
  power?: number;
}

/**
 * The learning rate falls to 0 as a power of the epochs that are left.
 *
 * `lr = base_lr * (1 - epoch / totalIters)^power`
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.optim.lr_scheduler.PolynomialLR.html
 * @example
 * const optimizer = new optim.SGD([new nn.Parameter(torch.ones(1))], { lr: 1 })
 * const scheduler = new optim.lrScheduler.PolynomialLR(optimizer, { totalIters: 4 })
 * const rates = []
 * for (let epoch = 0; epoch < 4; epoch++) {
 *   rates.push(scheduler.getLastLr()[0])
 *   optimizer.step()
 *   scheduler.step()
 * }
 * rates.map((lr) => lr.toFixed(2)) // [ '1.00', '0.75', '0.50', '0.25' ]
 */
export class PolynomialLR extends LRScheduler<{ total_iters: number; power: number }> {
  constructor(optimizer: Optimizer, { totalIters = 5, power = 1, lastEpoch }: PolynomialLROptions = {}) {
    mustBeCount('PolynomialLR', 'totalIters', totalIters);
    mustBeNumber('PolynomialLR', 'power', power);
    super(optimizer, { total_iters: totalIters, power }, lastEpoch);
  }

  protected override getLr(): number[] {
    const { total_iters, power } = this.state;
    if (this.isInitial || this.lastEpoch > total_iters) return this.rates();
    const left = (epoch: number): number => 1 - epoch / total_iters;
    const factor = (left(this.lastEpoch) / left(this.lastEpoch - 1)) ** power;
    return this.rates().map((lr) => lr * factor);
  }

  protected override getClosedFormLr(): number[] {
    const { total_iters, power } = this.state;
    return this.baseLrs.map((lr) => lr * (1 - Math.min(total_iters, this.lastEpoch) / total_iters) ** power);
  }
}
