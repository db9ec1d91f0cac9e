import { FlambeauError, wrongArgument } from '../../errors.js';
import type { Optimizer } from '../optimizer.js';
import { setMomentum, usesBetas } from './cyclic.js';
import { LRScheduler, mustBeCount, mustBeNumber, perGroup, type LRSchedulerOptions } from './scheduler.js';

/** Options of {@link OneCycleLR}. */
export interface OneCycleLROptions extends LRSchedulerOptions {
  /** How many steps the cycle takes; or give `epochs` and `stepsPerEpoch`. */
  totalSteps?: number | null;
  /** How many epochs the cycle takes. */
  epochs?: number | null;
  /** How many steps an epoch takes. */
  stepsPerEpoch?: number | null;
  /** The part of the cycle in which the learning rate rises; 0.3 unless given. */
  pctStart?: number;
  /** Along a cosine or straight; `'cos'` unless given. */
  annealStrategy?: 'cos' | 'linear';
  /** Whether the momentum falls while the learning rate rises; true unless given. */
  cycleMomentum?: boolean;
  /** The lowest momentum, of each group or all; 0.85 unless given. */
  baseMomentum?: number | readonly number[];
  /** The greatest momentum, of each group or all; 0.95 unless given. */
  maxMomentum?: number | readonly number[];
  /** By what the greatest learning rate is divided for the first; 25 unless given. */
  divFactor?: number;
  /** By what the first learning rate is divided for the last; 10,000 unless given. */
  finalDivFactor?: number;
  /** Whether the way down is as long as the way up, with a third phase after it; false unless given. */
  threePhase?: boolean;
}

type Bound = 'initial_lr' | 'max_lr' | 'min_lr' | 'max_momentum' | 'base_momentum';

interface Phase {
  end_step: number;
  start_lr: Bound;
  end_lr: Bound;
  start_momentum: Bound;
  end_momentum: Bound;
}

interface OneCycleState {
  total_steps: number;
  _schedule_phases: Phase[];
  _anneal_func_type: 'cos' | 'linear';
  cycle_momentum: boolean;
  use_beta1?: boolean;
}

const up = {
  start_lr: 'initial_lr',
  end_lr: 'max_lr',
  start_momentum: 'max_momentum',
  end_momentum: 'base_momentum',
} as const;
const down = {
  start_lr: 'max_lr',
  end_lr: 'initial_lr',
  start_momentum: 'base_momentum',
  end_momentum: 'max_momentum',
} as const;
const out = {
  start_lr: 'initial_lr',
  end_lr: 'min_lr',
  start_momentum: 'max_momentum',
  end_momentum: 'max_momentum',
} as const;

/** What {@link OneCycleLR} puts into the groups at first. */
interface Bounds {
  maxLrs: number[];
  divFactor: number;
  finalDivFactor: number;
  maxMomentums: number[];
  baseMomentums: number[];
}

/**
 * The learning rate rises to its greatest value, falls, and ends far below the first (1cycle; Smith and Topin, 2018).
 * Stepped after every batch.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.optim.lr_scheduler.OneCycleLR.html
 * @example
 * const optimizer = new optim.SGD([new nn.Parameter(torch.ones(1))], { lr: 1, momentum: 0.9 })
 * const scheduler = new optim.lrScheduler.OneCycleLR(optimizer, 1, { totalSteps: 5, pctStart: 0.4, annealStrategy: 'linear' })
 * const rates = []
 * for (let step = 0; step < 5; step++) {
 *   rates.push(scheduler.getLastLr()[0])
 *   optimizer.step()
 *   if (step < 4) scheduler.step()
 * }
 * rates.map((lr) => lr.toFixed(2)) // [ '0.04', '1.00', '0.67', '0.33', '0.00' ]
 */
export class OneCycleLR extends LRScheduler<OneCycleState & { bounds?: Bounds }> {
  /** @param maxLr - the greatest learning rate, of each group or all */
  constructor(
    optimizer: Optimizer,
    maxLr: number | readonly number[],
    {
      totalSteps = null,
      epochs = null,
      stepsPerEpoch = null,
      pctStart = 0.3,
      annealStrategy = 'cos',
      cycleMomentum = true,
      baseMomentum = 0.85,
      maxMomentum = 0.95,
      divFactor = 25,
      finalDivFactor = 1e4,
      threePhase = false,
      lastEpoch,
    }: OneCycleLROptions = {},
  ) {
    const name = 'OneCycleLR';
    const groups = optimizer?.paramGroups ?? [];
    if (totalSteps !== null) mustBeCount(name, 'totalSteps', totalSteps);
    else {
      if (epochs === null || stepsPerEpoch === null)
        throw new FlambeauError('INVALID_VALUE', `${name}(): give totalSteps, or epochs and stepsPerEpoch`);
      mustBeCount(name, 'epochs', epochs);
      mustBeCount(name, 'stepsPerEpoch', stepsPerEpoch);
    }
    const total = totalSteps ?? epochs! * stepsPerEpoch!;
    mustBeNumber(name, 'pctStart', pctStart, pctStart >= 0 && pctStart <= 1, 'number from 0 to 1');
    if (annealStrategy !== 'cos' && annealStrategy !== 'linear')
      throw wrongArgument(name, 'annealStrategy', "'cos' or 'linear'", annealStrategy);
    const each = (what: string, value: number | readonly number[]): number[] => {
      const list = perGroup<number>(name, what, groups, value);
      list.forEach((item) => mustBeNumber(name, what, item));
      return list;
    };
    const rise = { end_step: pctStart * total - 1, ...up };
    const phases: Phase[] = threePhase
      ? [rise, { end_step: 2 * pctStart * total - 2, ...down }, { end_step: total - 1, ...out }]
      : [rise, { end_step: total - 1, ...down, end_lr: 'min_lr' }];
    super(
      optimizer,
      {
        total_steps: total,
        _schedule_phases: phases,
        _anneal_func_type: annealStrategy,
        cycle_momentum: cycleMomentum,
        ...(cycleMomentum && { use_beta1: usesBetas(name, optimizer) }),
        bounds: {
          maxLrs: each('maxLr', maxLr),
          divFactor,
          finalDivFactor,
          maxMomentums: each('maxMomentum', maxMomentum),
          baseMomentums: each('baseMomentum', baseMomentum),
        },
      },
      lastEpoch,
    );
  }

  protected override start(): void {
    const { cycle_momentum, use_beta1, bounds } = this.state;
    // They are in the groups from now on, as in Python.
    delete this.state.bounds;
    const { maxLrs, divFactor, finalDivFactor, maxMomentums, baseMomentums } = bounds!;
    if (this.lastEpoch === -1) {
      this.groups.forEach((group, i) => {
        group.maxLr = maxLrs[i]!;
        group.initialLr = group.maxLr / divFactor;
        group.minLr = group.initialLr / finalDivFactor;
        if (!cycle_momentum) return;
        group.maxMomentum = maxMomentums[i]!;
        group.baseMomentum = baseMomentums[i]!;
        setMomentum(group, use_beta1!, group.maxMomentum);
      });
    }
    super.start();
  }

  private anneal(start: number, end: number, part: number): number {
    return this.state._anneal_func_type === 'cos'
      ? end + ((start - end) / 2) * (Math.cos(Math.PI * part) + 1)
      : (end - start) * part + start;
  }

  protected override getLr(): number[] {
    const { total_steps, _schedule_phases: phases, cycle_momentum, use_beta1 } = this.state;
    const step = this.lastEpoch;
    if (step > total_steps)
      throw new FlambeauError(
        'INVALID_VALUE',
        `OneCycleLR.step(): step ${step} of a cycle of ${total_steps}; totalSteps is too small`,
      );
    const found = phases.findIndex(({ end_step }) => step <= end_step);
    const at = found < 0 ? phases.length - 1 : found;
    const phase = phases[at]!;
    const begin = at === 0 ? 0 : phases[at - 1]!.end_step;
    const part = (step - begin) / (phase.end_step - begin);
    return this.groups.map((group) => {
      const bounds: Record<Bound, number | undefined> = {
        initial_lr: group.initialLr,
        max_lr: group.maxLr,
        min_lr: group.minLr,
        max_momentum: group.maxMomentum,
        base_momentum: group.baseMomentum,
      };
      if (cycle_momentum)
        setMomentum(group, use_beta1!, this.anneal(bounds[phase.start_momentum]!, bounds[phase.end_momentum]!, part));
      return this.anneal(bounds[phase.start_lr]!, bounds[phase.end_lr]!, part);
    });
  }
}
