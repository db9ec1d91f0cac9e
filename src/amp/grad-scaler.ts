import type { Device } from '../device.js';
import { noGrad } from '../autograd/modes.js';
import { FlambeauError, wrongArgument } from '../errors.js';
import { flatten, unflatten } from '../graph/tree.js';
import { invoke, Operator } from '../ops/call.js';
import { full } from '../ops/creation/index.js';
import type { Tensor } from '../tensor.js';
import { alike } from '../tensor/alike.js';
import { keep } from '../tensor/scope.js';

const unscaleOperator = new Operator('aten::_amp_foreach_non_finite_check_and_unscale_', true);
const updateOperator = new Operator('aten::_amp_update_scale_', true);

/** What {@link GradScaler} needs of an optimizer. */
export interface ScaledOptimizer {
  /** Groups of parameters. */
  readonly paramGroups: readonly {
    /** The parameters. */
    params: readonly Tensor[];
  }[];
  /** Changes the parameters by their gradients. */
  step(): unknown;
}

/** Options of {@link GradScaler}. */
export interface GradScalerOptions {
  /** The scale at first; 65536 unless given. */
  initScale?: number;
  /** What the scale is multiplied by after `growthInterval` steps without an overflow; 2 unless given. */
  growthFactor?: number;
  /** What the scale is multiplied by after an overflow; 0.5 unless given. */
  backoffFactor?: number;
  /** After how many steps without an overflow the scale grows; 2000 unless given. */
  growthInterval?: number;
  /** Whether it does anything; true unless given. */
  enabled?: boolean;
}

/** What {@link GradScaler.stateDict} gives, under Python's names. */
export interface GradScalerState {
  /** The scale. */
  scale: number;
  /** What it grows by. */
  growth_factor: number;
  /** What it shrinks by. */
  backoff_factor: number;
  /** After how many good steps it grows. */
  growth_interval: number;
  /** How many good steps there were since. */
  _growth_tracker: number;
}

interface OptimizerState {
  stage: 'ready' | 'unscaled' | 'stepped';
  /** For each device, a tensor that is 1 where a gradient is infinite or NaN. */
  found: Map<Device, Tensor>;
}

/**
 * Scales losses up so that gradients of float16 do not vanish, and leaves out the steps in which they overflow
 * (Micikevicius et al., 2018).
 *
 * @see https://docs.pytorch.org/docs/2.13/amp.html#torch.amp.GradScaler
 * @example
 * const w = new nn.Parameter(torch.ones(2))
 * const optimizer = new optim.SGD([w], { lr: 0.5 })
 * const scaler = new torch.amp.GradScaler({ initScale: 1024 })
 * scaler.scale(w.sum()).backward()
 * scaler.step(optimizer)
 * scaler.update()
 * w.detach() // tensor([0.5000, 0.5000])
 */
export class GradScaler {
  private current: Tensor | null = null;
  private tracker: Tensor | null = null;
  private initial: number;
  private goodSteps = 0;
  private growth: number;
  private backoff: number;
  private interval: number;
  private readonly states = new Map<ScaledOptimizer, OptimizerState>();
  /** Whether it does anything. */
  readonly enabled: boolean;

  constructor(options: GradScalerOptions = {}) {
    const { initScale = 65536, growthFactor = 2, backoffFactor = 0.5, growthInterval = 2000, enabled = true } = options;
    if (!(initScale > 0)) throw wrongArgument('GradScaler', 'initScale', 'number above 0', initScale);
    if (!(growthFactor > 1)) throw wrongArgument('GradScaler', 'growthFactor', 'number above 1', growthFactor);
    if (!(backoffFactor < 1 && backoffFactor > 0))
      throw wrongArgument('GradScaler', 'backoffFactor', 'number from 0 to 1', backoffFactor);
    if (!(Number.isInteger(growthInterval) && growthInterval > 0))
      throw wrongArgument('GradScaler', 'growthInterval', 'positive integer', growthInterval);
    this.initial = initScale;
    this.growth = growthFactor;
    this.backoff = backoffFactor;
    this.interval = growthInterval;
    this.enabled = enabled;
  }

  private scaleOn(device: Device): Tensor {
    if (this.current === null) {
      this.current = keep(full([], this.initial, { dtype: 'float32', device }));
      this.tracker = keep(full([], this.goodSteps, { dtype: 'int32', device }));
    }
    return this.current.to(device);
  }

  private stateOf(optimizer: ScaledOptimizer): OptimizerState {
    let state = this.states.get(optimizer);
    if (!state) this.states.set(optimizer, (state = { stage: 'ready', found: new Map() }));
    return state;
  }

  /**
   * Multiplies a loss, or several in arrays and objects, by the scale.
   *
   * @see https://docs.pytorch.org/docs/2.13/amp.html#torch.amp.GradScaler.scale
   * @example
   * new torch.amp.GradScaler({ initScale: 8 }).scale(torch.tensor(2.5)) // tensor(20.)
   */
  scale<T>(outputs: T): T {
    if (!this.enabled) return outputs;
    const { tensors, rest } = flatten(outputs);
    return unflatten(
      rest,
      tensors.map((tensor) => tensor.mul(this.scaleOn(tensor.device))),
    ) as T;
  }

  /**
   * Divides the gradients of an optimizer's parameters by the scale, so that they can be clipped before {@link step}.
   *
   * @throws when it was called before since the last {@link update}, or gradients are of float16
   * @see https://docs.pytorch.org/docs/2.13/amp.html#torch.amp.GradScaler.unscale_
   * @example
   * const w = new nn.Parameter(torch.ones(1))
   * const optimizer = new optim.SGD([w], { lr: 1 })
   * const scaler = new torch.amp.GradScaler({ initScale: 8 })
   * scaler.scale(w.sum()).backward()
   * scaler.unscale_(optimizer)
   * w.grad // tensor([1.])
   */
  unscale_(optimizer: ScaledOptimizer): void {
    if (!this.enabled) return;
    const state = this.stateOf(optimizer);
    if (state.stage !== 'ready') {
      const what = state.stage === 'unscaled' ? 'is called a second time' : 'is called after step()';
      throw new FlambeauError('INVALID_VALUE', `unscale_(): it ${what} for this optimizer; update() comes first`);
    }
    noGrad(() => this.unscale(optimizer, state));
    if (state.found.size > 0) state.stage = 'unscaled';
  }

  private unscale(optimizer: ScaledOptimizer, state: OptimizerState): void {
    const all: Tensor[] = [];
    for (const { grad } of optimizer.paramGroups.flatMap((group) => group.params)) {
      if (grad === null) continue;
      if (grad.dtype === 'float16')
        throw new FlambeauError('INVALID_VALUE', 'unscale_(): gradients are float16; parameters must be float32');
      all.push(grad);
    }
    if (all.length > 0 && this.current === null)
      throw new FlambeauError(
        'INVALID_VALUE',
        'unscale_(): no loss was scaled; scaler.scale(loss).backward() comes first',
      );
    for (const grads of alike(all)) {
      const { device } = grads[0]!;
      const inverse = this.scaleOn(device).double().reciprocal().float();
      let found = state.found.get(device);
      if (!found) state.found.set(device, (found = keep(full([], 0, { dtype: 'float32', device }))));
      invoke(unscaleOperator, [grads, found, inverse]);
    }
  }

  /**
   * Calls the optimizer's step, unless a gradient is infinite or NaN. Unscales the gradients first, where that was not done.
   *
   * @returns what the step returned; undefined where it was left out
   * @throws when it was called before since the last {@link update}
   * @see https://docs.pytorch.org/docs/2.13/amp.html#torch.amp.GradScaler.step
   * @example
   * const w = new nn.Parameter(torch.ones(1))
   * const optimizer = new optim.SGD([w], { lr: 1 })
   * const scaler = new torch.amp.GradScaler()
   * scaler.scale(w.mul(Infinity).sum()).backward()
   * scaler.step(optimizer)
   * w.detach() // tensor([1.])
   */
  step<T extends ScaledOptimizer>(optimizer: T): ReturnType<T['step']> | undefined {
    if (!this.enabled) return optimizer.step() as ReturnType<T['step']>;
    const state = this.stateOf(optimizer);
    if (state.stage === 'stepped')
      throw new FlambeauError(
        'INVALID_VALUE',
        'step(): it is called a second time for this optimizer; update() comes first',
      );
    if (state.stage === 'ready') this.unscale_(optimizer);
    if (state.found.size === 0)
      throw new FlambeauError('INVALID_VALUE', 'step(): no parameter of this optimizer has a gradient');
    state.stage = 'stepped';
    const overflow = [...state.found.values()].some((found) => found.item() !== 0);
    return overflow ? undefined : (optimizer.step() as ReturnType<T['step']>);
  }

  /**
   * Makes the scale smaller after an overflow, and larger after many steps without one; or sets it.
   *
   * @param newScale - a scale to go on with
   * @see https://docs.pytorch.org/docs/2.13/amp.html#torch.amp.GradScaler.update
   * @example
   * const scaler = new torch.amp.GradScaler()
   * scaler.update(16)
   * scaler.getScale() // 16
   */
  update(newScale?: number): void {
    if (!this.enabled) return;
    if (newScale !== undefined) {
      if (!(newScale > 0)) throw wrongArgument('update', 'newScale', 'number above 0', newScale);
      if (this.current) noGrad(() => this.current!.fill_(newScale));
      else this.initial = newScale;
    } else {
      const found = [...this.states.values()].flatMap((state) => [...state.found.values()]);
      if (found.length === 0 || this.current === null)
        throw new FlambeauError('INVALID_VALUE', 'update(): no gradients were looked at; step() comes first');
      const { device } = this.current;
      const all = found.map((each) => each.to(device)).reduce((sum, each) => sum.add(each));
      const { current, tracker, growth, backoff, interval } = this;
      noGrad(() => invoke(updateOperator, [current, tracker, all, growth, backoff, interval]));
    }
    for (const { found } of this.states.values()) for (const each of found.values()) each.dispose();
    this.states.clear();
  }

  /**
   * The scale; reads it from the device. 1 where the scaler is off.
   *
   * @example
   * new torch.amp.GradScaler().getScale() // 65536
   */
  getScale(): number {
    if (!this.enabled) return 1;
    return this.current === null ? this.initial : (this.current.item() as number);
  }

  /**
   * The state, as Python's `GradScaler` saves it; empty where the scaler is off.
   *
   * @see https://docs.pytorch.org/docs/2.13/amp.html#torch.amp.GradScaler.state_dict
   * @example
   * new torch.amp.GradScaler().stateDict().growth_interval // 2000
   */
  stateDict(): GradScalerState | Record<string, never> {
    if (!this.enabled) return {};
    return {
      scale: this.getScale(),
      growth_factor: this.growth,
      backoff_factor: this.backoff,
      growth_interval: this.interval,
      _growth_tracker: this.tracker === null ? this.goodSteps : (this.tracker.item() as number),
    };
  }

  /**
   * Takes a state on.
   *
   * @throws when it is empty, as that of a scaler that is off
   * @see https://docs.pytorch.org/docs/2.13/amp.html#torch.amp.GradScaler.load_state_dict
   * @example
   * const scaler = new torch.amp.GradScaler()
   * scaler.loadStateDict(new torch.amp.GradScaler({ initScale: 4 }).stateDict())
   * scaler.getScale() // 4
   */
  loadStateDict(state: GradScalerState | Record<string, never>): void {
    if (!this.enabled) return;
    if (typeof state !== 'object' || state === null || !('scale' in state))
      throw new FlambeauError(
        'INVALID_VALUE',
        'loadStateDict(): the state is empty; was it saved by a scaler that is off?',
      );
    const { scale, growth_factor, backoff_factor, growth_interval, _growth_tracker } = state as GradScalerState;
    this.initial = scale;
    this.growth = growth_factor;
    this.backoff = backoff_factor;
    this.interval = growth_interval;
    this.goodSteps = _growth_tracker;
    noGrad(() => {
      this.current?.fill_(scale);
      this.tracker?.fill_(_growth_tracker);
    });
  }
}
