import { wrongArgument } from '../errors.js';
import type { RemovableHandle } from '../tensor.js';
import type { Optimizer } from './optimizer.js';
import type { OptimizerStateDict } from './state.js';

type Closure = () => unknown;

/** Runs before a step; it may return another closure. */
export type StepPreHook = (optimizer: Optimizer, closure: Closure | undefined) => Closure | void;
/** Runs after a step. */
export type StepPostHook = (optimizer: Optimizer, closure: Closure | undefined) => void;
/** Runs before a state is made, or after one is loaded. */
export type StateHook = (optimizer: Optimizer) => void;
/** Runs with a state that was made, or is to be loaded; it may return another. */
export type StateDictHook = (optimizer: Optimizer, dict: OptimizerStateDict) => OptimizerStateDict | void;

/** Hooks of one kind, in the order of their registration. */
export class Hooks<F> {
  private readonly list = new Set<{ hook: F }>();

  /** @param name - of the method that adds them */
  constructor(private readonly name: string) {}

  add(hook: F): RemovableHandle {
    if (typeof hook !== 'function') throw wrongArgument(this.name, 'hook', 'function', hook);
    const entry = { hook };
    this.list.add(entry);
    return { remove: () => void this.list.delete(entry) };
  }

  *[Symbol.iterator](): Iterator<F> {
    for (const { hook } of [...this.list]) yield hook;
  }
}

/** Hooks of every optimizer. */
export const everyStep = {
  pre: new Hooks<StepPreHook>('registerOptimizerStepPreHook'),
  post: new Hooks<StepPostHook>('registerOptimizerStepPostHook'),
};

/**
 * Calls `hook` before each step of every optimizer.
 *
 * @param hook - takes the optimizer and the closure
 * @returns something whose `remove()` takes the hook away
 * @see https://docs.pytorch.org/docs/2.13/optim.html#torch.optim.optimizer.register_optimizer_step_pre_hook
 * @example
 * const seen = []
 * const hook = optim.registerOptimizerStepPreHook((optimizer) => { seen.push(optimizer.constructor.name) })
 * new optim.SGD([new nn.Parameter(torch.ones(1))]).step()
 * hook.remove()
 * seen // [ 'SGD' ]
 */
export function registerOptimizerStepPreHook(hook: StepPreHook): RemovableHandle {
  return everyStep.pre.add(hook);
}

/**
 * Calls `hook` after each step of every optimizer.
 *
 * @param hook - takes the optimizer and the closure
 * @returns something whose `remove()` takes the hook away
 * @see https://docs.pytorch.org/docs/2.13/optim.html#torch.optim.optimizer.register_optimizer_step_post_hook
 * @example
 * let steps = 0
 * const hook = optim.registerOptimizerStepPostHook(() => { steps++ })
 * new optim.SGD([new nn.Parameter(torch.ones(1))]).step()
 * hook.remove()
 * steps // 1
 */
export function registerOptimizerStepPostHook(hook: StepPostHook): RemovableHandle {
  return everyStep.post.add(hook);
}

/** What optimizers have of hooks. */
export abstract class Hooked {
  /** @internal */
  protected readonly hooks = {
    preStep: new Hooks<StepPreHook>('registerStepPreHook'),
    postStep: new Hooks<StepPostHook>('registerStepPostHook'),
    preState: new Hooks<StateHook>('registerStateDictPreHook'),
    postState: new Hooks<StateDictHook>('registerStateDictPostHook'),
    preLoad: new Hooks<StateDictHook>('registerLoadStateDictPreHook'),
    postLoad: new Hooks<StateHook>('registerLoadStateDictPostHook'),
  };

  /**
   * Calls `hook` before each step.
   *
   * @param hook - takes the optimizer and the closure; it may return another closure
   * @returns something whose `remove()` takes the hook away
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.optim.Optimizer.register_step_pre_hook.html
   * @example
   * const optimizer = new optim.SGD([new nn.Parameter(torch.ones(1))], { lr: 0.1 })
   * optimizer.registerStepPreHook((optimizer) => { optimizer.paramGroups[0].lr /= 2 })
   * optimizer.step()
   * optimizer.paramGroups[0].lr // 0.05
   */
  registerStepPreHook(hook: StepPreHook): RemovableHandle {
    return this.hooks.preStep.add(hook);
  }

  /**
   * Calls `hook` after each step.
   *
   * @param hook - takes the optimizer and the closure
   * @returns something whose `remove()` takes the hook away
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.optim.Optimizer.register_step_post_hook.html
   * @example
   * const optimizer = new optim.SGD([new nn.Parameter(torch.ones(1))], { lr: 0.1 })
   * let steps = 0
   * optimizer.registerStepPostHook(() => { steps++ })
   * optimizer.step()
   * steps // 1
   */
  registerStepPostHook(hook: StepPostHook): RemovableHandle {
    return this.hooks.postStep.add(hook);
  }

  /**
   * Calls `hook` before {@link stateDict} makes a state.
   *
   * @param hook - takes the optimizer
   * @returns something whose `remove()` takes the hook away
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.optim.Optimizer.register_state_dict_pre_hook.html
   * @example
   * const optimizer = new optim.SGD([new nn.Parameter(torch.ones(1))], { lr: 0.1 })
   * let states = 0
   * optimizer.registerStateDictPreHook(() => { states++ })
   * optimizer.stateDict()
   * states // 1
   */
  registerStateDictPreHook(hook: StateHook): RemovableHandle {
    return this.hooks.preState.add(hook);
  }

  /**
   * Calls `hook` with each state that {@link stateDict} made.
   *
   * @param hook - takes the optimizer and the state; it may return another
   * @returns something whose `remove()` takes the hook away
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.optim.Optimizer.register_state_dict_post_hook.html
   * @example
   * const optimizer = new optim.SGD([new nn.Parameter(torch.ones(1))], { lr: 0.1 })
   * optimizer.registerStateDictPostHook((optimizer, dict) => ({ ...dict, epoch: 3 }))
   * optimizer.stateDict().epoch // 3
   */
  registerStateDictPostHook(hook: StateDictHook): RemovableHandle {
    return this.hooks.postState.add(hook);
  }

  /**
   * Calls `hook` with each state before {@link loadStateDict} takes it over.
   *
   * @param hook - takes the optimizer and the state; it may return another
   * @returns something whose `remove()` takes the hook away
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.optim.Optimizer.register_load_state_dict_pre_hook.html
   * @example
   * const optimizer = new optim.SGD([new nn.Parameter(torch.ones(1))], { lr: 0.1 })
   * optimizer.registerLoadStateDictPreHook((optimizer, dict) => {
   *   dict.param_groups[0].lr = 0.5
   * })
   * optimizer.loadStateDict(optimizer.stateDict())
   * optimizer.paramGroups[0].lr // 0.5
   */
  registerLoadStateDictPreHook(hook: StateDictHook): RemovableHandle {
    return this.hooks.preLoad.add(hook);
  }

  /**
   * Calls `hook` after {@link loadStateDict} took a state over.
   *
   * @param hook - takes the optimizer
   * @returns something whose `remove()` takes the hook away
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.optim.Optimizer.register_load_state_dict_post_hook.html
   * @example
   * const optimizer = new optim.SGD([new nn.Parameter(torch.ones(1))], { lr: 0.1 })
   * let loads = 0
   * optimizer.registerLoadStateDictPostHook(() => { loads++ })
   * optimizer.loadStateDict(optimizer.stateDict())
   * loads // 1
   */
  registerLoadStateDictPostHook(hook: StateHook): RemovableHandle {
    return this.hooks.postLoad.add(hook);
  }
}
