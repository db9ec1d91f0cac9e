import { FlambeauError, wrongArgument } from '../../errors.js';
import { Tensor } from '../../tensor.js';
import type { Optimizer } from '../optimizer.js';
import { LRScheduler, mustBeCount, mustBeNumber, perGroup, setRate, type LRSchedulerStateDict } from './scheduler.js';

/** Options of `ReduceLROnPlateau`. */
export interface ReduceLROnPlateauOptions {
  /** Whether the metric should fall or rise; `'min'` unless given. */
  mode?: 'min' | 'max';
  /** The factor, below 1; 0.1 unless given. */
  factor?: number;
  /** How many epochs without an improvement are allowed; 10 unless given. */
  patience?: number;
  /** How much better is an improvement; 1e-4 unless given. */
  threshold?: number;
  /** Whether the threshold is a part of the best or an amount; `'rel'` unless given. */
  thresholdMode?: 'rel' | 'abs';
  /** How many epochs after a fall are not counted; 0 unless given. */
  cooldown?: number;
  /** What learning rates are at least, of each group or all; 0 unless given. */
  minLr?: number | readonly number[];
  /** A fall that is not greater is not done; 1e-8 unless given. */
  eps?: number;
}

interface State {
  factor: number;
  default_min_lr: number | null;
  min_lrs: number[];
  patience: number;
  cooldown: number;
  eps: number;
  mode: 'min' | 'max';
  threshold: number;
  threshold_mode: 'rel' | 'abs';
  mode_worse: number;
  best: number;
  cooldown_counter: number;
  num_bad_epochs: number;
}

/**
 * The learning rate falls when a metric has stopped improving. Each step is given the metric.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.optim.lr_scheduler.ReduceLROnPlateau.html
 * @example
 * const optimizer = new optim.SGD([new nn.Parameter(torch.ones(1))], { lr: 1 })
 * const scheduler = new optim.lrScheduler.ReduceLROnPlateau(optimizer, { factor: 0.5, patience: 1 })
 * for (const loss of [3, 2, 2, 2]) scheduler.step(loss)
 * scheduler.getLastLr() // [ 0.5 ]
 */
export class ReduceLROnPlateau extends LRScheduler<State> {
  constructor(
    optimizer: Optimizer,
    {
      mode = 'min',
      factor = 0.1,
      patience = 10,
      threshold = 1e-4,
      thresholdMode = 'rel',
      cooldown = 0,
      minLr = 0,
      eps = 1e-8,
    }: ReduceLROnPlateauOptions = {},
  ) {
    const name = 'ReduceLROnPlateau';
    if (mode !== 'min' && mode !== 'max') throw wrongArgument(name, 'mode', "'min' or 'max'", mode);
    if (thresholdMode !== 'rel' && thresholdMode !== 'abs')
      throw wrongArgument(name, 'thresholdMode', "'rel' or 'abs'", thresholdMode);
    mustBeNumber(name, 'factor', factor, factor < 1, 'number below 1');
    mustBeCount(name, 'patience', patience, 0);
    mustBeCount(name, 'cooldown', cooldown, 0);
    const worst = mode === 'min' ? Infinity : -Infinity;
    super(optimizer, {
      factor,
      default_min_lr: typeof minLr === 'number' ? minLr : null,
      min_lrs: perGroup<number>(name, 'minLr', optimizer?.paramGroups ?? [], minLr),
      patience,
      cooldown,
      eps,
      mode,
      threshold,
      threshold_mode: thresholdMode,
      mode_worse: worst,
      best: worst,
      cooldown_counter: 0,
      num_bad_epochs: 0,
    });
  }

  protected override start(): void {
    this.lastEpoch = 0;
    this.noteRates();
  }

  protected override getLr(): number[] {
    return this.rates();
  }

  private isBetter(value: number): boolean {
    const { mode, threshold, threshold_mode, best } = this.state;
    if (mode === 'min') return value < (threshold_mode === 'rel' ? best * (1 - threshold) : best - threshold);
    return value > (threshold_mode === 'rel' ? best * (1 + threshold) : best + threshold);
  }

  /**
   * Notes the metric of an epoch, and lets the learning rate fall where there were too many without an improvement.
   *
   * @param metrics - such as the loss on validation data
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.optim.lr_scheduler.ReduceLROnPlateau.html#torch.optim.lr_scheduler.ReduceLROnPlateau.step
   * @example
   * const optimizer = new optim.SGD([new nn.Parameter(torch.ones(1))], { lr: 1 })
   * const scheduler = new optim.lrScheduler.ReduceLROnPlateau(optimizer, { factor: 0.5, patience: 0 })
   * scheduler.step(1)
   * scheduler.step(torch.tensor(1))
   * optimizer.paramGroups[0].lr // 0.5
   */
  override step(metrics: number | Tensor): void {
    const value = Number(metrics instanceof Tensor ? metrics.item() : metrics);
    if (metrics === undefined || (typeof metrics !== 'number' && !(metrics instanceof Tensor)))
      throw wrongArgument('ReduceLROnPlateau.step', 'metrics', 'number or Tensor', metrics);
    const { state } = this;
    this.lastEpoch++;
    if (this.isBetter(value)) {
      state.best = value;
      state.num_bad_epochs = 0;
    } else state.num_bad_epochs++;
    if (state.cooldown_counter > 0) {
      state.cooldown_counter--;
      state.num_bad_epochs = 0;
    }
    if (state.num_bad_epochs > state.patience) {
      this.reduce();
      state.cooldown_counter = state.cooldown;
      state.num_bad_epochs = 0;
    }
    this.noteRates();
  }

  private reduce(): void {
    const { state, groups } = this;
    if (groups.length !== state.min_lrs.length) {
      // Groups that were added since.
      const least = state.default_min_lr;
      if (least === null)
        throw new FlambeauError(
          'INVALID_VALUE',
          `ReduceLROnPlateau.step(): option 'minLr' has ${state.min_lrs.length} values for ${groups.length} groups of parameters`,
        );
      state.min_lrs = groups.map(() => least);
    }
    this.rates().forEach((old, i) => {
      const next = Math.max(old * state.factor, state.min_lrs[i]!);
      if (old - next > state.eps) setRate(groups[i]!, next);
    });
  }

  override stateDict(): LRSchedulerStateDict {
    return { ...this.state, last_epoch: this.lastEpoch, _last_lr: this.getLastLr() };
  }
}
