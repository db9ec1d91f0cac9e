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

  add(hook: F): RemovableHandle {
    const entry = { hook };
    this.list.add(entry);
    return { remove: () => void this.list.delete(entry) };
  }

  *[Symbol.iterator](): Iterator<F> {
    for (const { hook } of [...this.list]) yield hook;
  }
}

/** Hooks of every optimizer. */
export const everyStep = { pre: new Hooks<StepPreHook>(), post: new Hooks<StepPostHook>() };

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
