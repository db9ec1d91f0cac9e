import { FlambeauError, wrongArgument } from '../../errors.js';
import type { Optimizer } from '../optimizer.js';
import {
  LRScheduler,
  mustBeNumber,
  perGroup,
  setRate,
  type LRSchedulerOptions,
  type LRSchedulerStateDict,
  type ScheduledGroup,
} from './scheduler.js';

/** Sets a group's momentum, or the first of its betas. */
export function setMomentum(group: ScheduledGroup, useBeta1: boolean, momentum: number): void {
  if (useBeta1) group.betas = [momentum, ...group.betas!.slice(1)];
  else group.momentum = momentum;
}

/** Whether it is `betas` of the optimizer that holds the momentum. */
export function usesBetas(func: string, optimizer: Optimizer): boolean {
  const { defaults } = optimizer;
  if (!('momentum' in defaults) && !('betas' in defaults))
    throw new FlambeauError(
      'INVALID_VALUE',
      `${func}(): option 'cycleMomentum' needs an optimizer with momentum or betas`,
    );
  return 'betas' in defaults;
}

/** Options of {@link CyclicLR}. */
export interface CyclicLROptions extends LRSchedulerOptions {
  /** How many steps the way up takes; 2000 unless given. */
  stepSizeUp?: number;
  /** How many the way down takes; as many unless given. */
  stepSizeDown?: number | null;
  /** How the height changes: not at all, by half each cycle, or by `gamma` each step; `'triangular'` unless given. */
  mode?: 'triangular' | 'triangular2' | 'exp_range';
  /** The factor of a step in mode `'exp_range'`; 1 unless given. */
  gamma?: number;
  /** The factor of the height, in place of a mode. */
  scaleFn?: ((x: number) => number) | null;
  /** What `scaleFn` is given: the count of cycles or of steps; `'cycle'` unless given. */
  scaleMode?: 'cycle' | 'iterations';
  /** Whether the momentum falls while the learning rate rises; true unless given. */
  cycleMomentum?: boolean;
  /** The lowest momentum, of each group or all; 0.8 unless given. */
  baseMomentum?: number | readonly number[];
  /** The greatest momentum, of each group or all; 0.9 unless given. */
  maxMomentum?: number | readonly number[];
}

interface CyclicState {
  base_lrs: number[];
  max_lrs: number[];
  total_size: number;
  step_ratio: number;
  mode: string;
  gamma: number;
  _scale_fn_custom: ((x: number) => number) | null;
  scale_mode: string;
  cycle_momentum: boolean;
  use_beta1?: boolean;
  base_momentums?: number[];
  max_momentums?: number[];
}

/**
 * The learning rate goes up and down between two bounds (Smith, 2017). Stepped after every batch.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.optim.lr_scheduler.CyclicLR.html
 * @example
 * const optimizer = new optim.SGD([new nn.Parameter(torch.ones(1))], { lr: 1, momentum: 0.9 })
 * const scheduler = new optim.lrScheduler.CyclicLR(optimizer, 0, 1, { stepSizeUp: 2 })
 * const rates = []
 * for (let step = 0; step < 5; step++) {
 *   rates.push(scheduler.getLastLr()[0])
 *   optimizer.step()
 *   scheduler.step()
 * }
 * rates // [ 0, 0.5, 1, 0.5, 0 ]
 */
export class CyclicLR extends LRScheduler<CyclicState> {
  /**
   * @param baseLr - the lower bound, of each group or all
   * @param maxLr - the upper bound, of each group or all
   */
  constructor(
    optimizer: Optimizer,
    baseLr: number | readonly number[],
    maxLr: number | readonly number[],
    {
      stepSizeUp = 2000,
      stepSizeDown = null,
      mode = 'triangular',
      gamma = 1,
      scaleFn = null,
      scaleMode = 'cycle',
      cycleMomentum = true,
      baseMomentum = 0.8,
      maxMomentum = 0.9,
      lastEpoch,
    }: CyclicLROptions = {},
  ) {
    const name = 'CyclicLR';
    const groups = optimizer?.paramGroups ?? [];
    mustBeNumber(name, 'stepSizeUp', stepSizeUp, stepSizeUp > 0, 'number above 0');
    const down = stepSizeDown ?? stepSizeUp;
    mustBeNumber(name, 'stepSizeDown', down, down > 0, 'number above 0');
    if (scaleFn === null && !['triangular', 'triangular2', 'exp_range'].includes(mode))
      throw wrongArgument(name, 'mode', "'triangular', 'triangular2' or 'exp_range'", mode);
    const each = (what: string, value: number | readonly number[]): number[] => {
      const list = perGroup<number>(name, what, groups, value);
      list.forEach((item) => mustBeNumber(name, what, item));
      return list;
    };
    super(
      optimizer,
      {
        base_lrs: each('baseLr', baseLr),
        max_lrs: each('maxLr', maxLr),
        total_size: stepSizeUp + down,
        step_ratio: stepSizeUp / (stepSizeUp + down),
        mode,
        gamma,
        _scale_fn_custom: scaleFn,
        scale_mode: scaleFn !== null ? scaleMode : mode === 'exp_range' ? 'iterations' : 'cycle',
        cycle_momentum: cycleMomentum,
        ...(cycleMomentum && {
          use_beta1: usesBetas(name, optimizer),
          base_momentums: each('baseMomentum', baseMomentum),
          max_momentums: each('maxMomentum', maxMomentum),
        }),
      },
      lastEpoch,
    );
  }

  protected override start(): void {
    const { base_lrs, cycle_momentum, use_beta1, base_momentums, max_momentums } = this.state;
    if (this.lastEpoch === -1) {
      this.groups.forEach((group, i) => {
        setRate(group, base_lrs[i]!);
        if (!cycle_momentum) return;
        group.maxMomentum = max_momentums![i]!;
        group.baseMomentum = base_momentums![i]!;
        setMomentum(group, use_beta1!, group.maxMomentum);
      });
    }
    super.start();
    this.baseLrs = [...base_lrs];
  }

  private scale(x: number): number {
    const { mode, gamma, _scale_fn_custom } = this.state;
    if (_scale_fn_custom !== null) return _scale_fn_custom(x);
    return mode === 'triangular' ? 1 : mode === 'triangular2' ? 1 / 2 ** (x - 1) : gamma ** x;
  }

  protected override getLr(): number[] {
    const { max_lrs, total_size, step_ratio, scale_mode, cycle_momentum, use_beta1 } = this.state;
    const cycle = Math.floor(1 + this.lastEpoch / total_size);
    const x = 1 + this.lastEpoch / total_size - cycle;
    const height = x <= step_ratio ? x / step_ratio : (x - 1) / (step_ratio - 1);
    const scale = this.scale(scale_mode === 'cycle' ? cycle : this.lastEpoch);
    if (cycle_momentum) {
      const { base_momentums, max_momentums } = this.state;
      this.groups.forEach((group, i) => {
        const most = max_momentums![i]!;
        setMomentum(group, use_beta1!, most - (most - base_momentums![i]!) * height * scale);
      });
    }
    return this.baseLrs.map((lr, i) => lr + (max_lrs[i]! - lr) * height * scale);
  }

  override stateDict(): LRSchedulerStateDict {
    return { ...super.stateDict(), _scale_fn_custom: null };
  }

  override loadStateDict(dict: LRSchedulerStateDict): void {
    const { _scale_fn_custom: _, ...rest } = dict;
    super.loadStateDict(rest);
  }
}
