import type { Optimizer } from '../optimizer.js';
import { LRScheduler, mustBeCount, mustBeNumber, type LRSchedulerOptions } from './scheduler.js';

/** Options of {@link CosineAnnealingLR}. */
export interface CosineAnnealingLROptions extends LRSchedulerOptions {
  /** The lowest learning rate; 0 unless given. */
  etaMin?: number;
}

/**
 * The learning rate follows a cosine from its first value to the lowest and, after that, back.
 *
 * `lr = etaMin + (base_lr - etaMin) * (1 + cos(pi * epoch / tMax)) / 2`
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.optim.lr_scheduler.CosineAnnealingLR.html
 * @example
 * const optimizer = new optim.SGD([new nn.Parameter(torch.ones(1))], { lr: 1 })
 * const scheduler = new optim.lrScheduler.CosineAnnealingLR(optimizer, 2)
 * const rates = []
 * for (let epoch = 0; epoch < 4; epoch++) {
 *   rates.push(scheduler.getLastLr()[0])
 *   optimizer.step()
 *   scheduler.step()
 * }
 * rates.map((lr) => lr.toFixed(2)) // [ '1.00', '0.50', '0.00', '0.50' ]
 */
export class CosineAnnealingLR extends LRScheduler<{ T_max: number; eta_min: number }> {
  /** @param tMax - how many epochs the way down takes */
  constructor(optimizer: Optimizer, tMax: number, { etaMin = 0, lastEpoch }: CosineAnnealingLROptions = {}) {
    mustBeCount('CosineAnnealingLR', 'tMax', tMax);
    mustBeNumber('CosineAnnealingLR', 'etaMin', etaMin);
    super(optimizer, { T_max: tMax, eta_min: etaMin }, lastEpoch);
  }

  protected override getLr(): number[] {
    const { T_max, eta_min } = this.state;
    const epoch = this.lastEpoch;
    if (this.isInitial) return this.rates();
    if (this.stepCount === 1 && epoch > 0) return this.getClosedFormLr();
    if ((epoch - 1 - T_max) % (2 * T_max) === 0) {
      const rise = (1 - Math.cos(Math.PI / T_max)) / 2;
      return this.rates().map((lr, i) => lr + (this.baseLrs[i]! - eta_min) * rise);
    }
    const height = (at: number): number => 1 + Math.cos((Math.PI * at) / T_max);
    const factor = height(epoch) / height(epoch - 1);
    return this.rates().map((lr) => factor * (lr - eta_min) + eta_min);
  }

  protected override getClosedFormLr(): number[] {
    const { T_max, eta_min } = this.state;
    const height = (1 + Math.cos((Math.PI * this.lastEpoch) / T_max)) / 2;
    return this.baseLrs.map((lr) => eta_min + (lr - eta_min) * height);
  }
}

/** Options of {@link CosineAnnealingWarmRestarts}. */
export interface CosineAnnealingWarmRestartsOptions extends LRSchedulerOptions {
  /** By what each cycle is longer than the one before; 1 unless given. */
  tMult?: number;
  /** The lowest learning rate; 0 unless given. */
  etaMin?: number;
}

/**
 * The learning rate falls along a cosine, starts anew, and so on (SGDR; Loshchilov and Hutter, 2017).
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.optim.lr_scheduler.CosineAnnealingWarmRestarts.html
 * @example
 * const optimizer = new optim.SGD([new nn.Parameter(torch.ones(1))], { lr: 1 })
 * const scheduler = new optim.lrScheduler.CosineAnnealingWarmRestarts(optimizer, 2)
 * const rates = []
 * for (let epoch = 0; epoch < 4; epoch++) {
 *   rates.push(scheduler.getLastLr()[0])
 *   optimizer.step()
 *   scheduler.step()
 * }
 * rates.map((lr) => lr.toFixed(2)) // [ '1.00', '0.50', '1.00', '0.50' ]
 */
export class CosineAnnealingWarmRestarts extends LRScheduler<{
  T_0: number;
  T_i: number;
  T_mult: number;
  eta_min: number;
  T_cur: number;
}> {
  /** @param t0 - how many epochs the first cycle takes */
  constructor(
    optimizer: Optimizer,
    t0: number,
    { tMult = 1, etaMin = 0, lastEpoch = -1 }: CosineAnnealingWarmRestartsOptions = {},
  ) {
    mustBeCount('CosineAnnealingWarmRestarts', 't0', t0);
    mustBeCount('CosineAnnealingWarmRestarts', 'tMult', tMult);
    mustBeNumber('CosineAnnealingWarmRestarts', 'etaMin', etaMin);
    super(optimizer, { T_0: t0, T_i: t0, T_mult: tMult, eta_min: etaMin, T_cur: lastEpoch }, lastEpoch);
  }

  protected override getLr(): number[] {
    const { eta_min, T_cur, T_i } = this.state;
    const height = (1 + Math.cos((Math.PI * T_cur) / T_i)) / 2;
    return this.baseLrs.map((lr) => eta_min + (lr - eta_min) * height);
  }

  /**
   * Goes on to the next epoch, or to any point of time: `epoch + batch / batches` changes the learning rate within epochs.
   *
   * @param epoch - the time in epochs; the next epoch unless given
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.optim.lr_scheduler.CosineAnnealingWarmRestarts.html#torch.optim.lr_scheduler.CosineAnnealingWarmRestarts.step
   * @example
   * const optimizer = new optim.SGD([new nn.Parameter(torch.ones(1))], { lr: 1 })
   * const scheduler = new optim.lrScheduler.CosineAnnealingWarmRestarts(optimizer, 2)
   * scheduler.step(2.5)
   * scheduler.getLastLr()[0].toFixed(2) // '0.85'
   */
  override step(epoch?: number): void {
    const { state } = this;
    if (epoch === undefined && this.lastEpoch >= 0) {
      epoch = this.lastEpoch + 1;
      state.T_cur++;
      if (state.T_cur >= state.T_i) {
        state.T_cur %= state.T_i;
        state.T_i *= state.T_mult;
      }
    } else {
      epoch ??= 0;
      mustBeNumber('CosineAnnealingWarmRestarts.step', 'epoch', epoch, epoch >= 0, 'number from 0 on');
      const { T_0, T_mult } = state;
      // How many cycles are over, and how long they took.
      const cycles =
        T_mult === 1
          ? Math.floor(epoch / T_0)
          : Math.floor(Math.log((epoch / T_0) * (T_mult - 1) + 1) / Math.log(T_mult));
      const past = T_mult === 1 ? cycles * T_0 : (T_0 * (T_mult ** cycles - 1)) / (T_mult - 1);
      state.T_cur = epoch - past;
      state.T_i = T_0 * T_mult ** cycles;
    }
    this.lastEpoch = Math.floor(epoch);
    this.setRates(this.getLr());
  }
}
