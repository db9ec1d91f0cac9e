import { binding } from '../binding.js';
import { current, setBaseGrad, within } from '../ops/context.js';

/**
 * Runs `fn` without recording operations for `backward()`.
 *
 * @returns what `fn` returns, or its promise; the mode holds through what it awaits
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.no_grad.html
 * @example
 * const x = torch.ones(1, { requiresGrad: true })
 * torch.noGrad(() => x.mul(2)).requiresGrad // false
 */
export function noGrad<T>(fn: () => T): T {
  return within({ grad: false }, fn);
}

/**
 * Runs `fn` with recording, inside a {@link noGrad}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.enable_grad.html
 * @example
 * const x = torch.ones(1, { requiresGrad: true })
 * torch.noGrad(() => torch.enableGrad(() => x.mul(2))).requiresGrad // true
 */
export function enableGrad<T>(fn: () => T): T {
  return within({ grad: true }, fn);
}

/**
 * Runs `fn` without recording and without what recording needs: cheaper than {@link noGrad}, and its tensors can never
 * be part of a graph.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.autograd.grad_mode.inference_mode.html
 * @example
 * torch.inferenceMode(() => torch.ones(2).mul(2)).isInference() // true
 */
export function inferenceMode<T>(fn: () => T): T {
  return within({ grad: false, inference: true }, fn);
}

/**
 * Says whether operations are recorded: for what `fn` runs, or from now on without `fn`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.autograd.grad_mode.set_grad_enabled.html
 * @example
 * torch.setGradEnabled(false, () => torch.isGradEnabled()) // false
 */
export function setGradEnabled(enabled: boolean): void;
export function setGradEnabled<T>(enabled: boolean, fn: () => T): T;
export function setGradEnabled<T>(enabled: boolean, fn?: () => T): T | void {
  if (fn) return within({ grad: enabled }, fn);
  setBaseGrad(enabled);
}

/**
 * Whether operations are recorded here.
 *
 * @example
 * torch.isGradEnabled() // true
 */
export function isGradEnabled(): boolean {
  current();
  return binding.isGradEnabled();
}

/**
 * Whether inference mode is on here.
 *
 * @example
 * torch.isInferenceModeEnabled() // false
 */
export function isInferenceModeEnabled(): boolean {
  current();
  return binding.isInferenceMode();
}
