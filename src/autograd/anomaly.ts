import { binding } from '../binding.js';

/**
 * Runs `fn` so that a `backward()` inside that makes NaN throws at the operation which made it.
 *
 * @param checkNan - whether gradients are searched for NaN
 * @see https://docs.pytorch.org/docs/2.13/autograd.html#anomaly-detection
 * @example
 * torch.autograd.detectAnomaly(() => torch.ones(1).add(1)) // tensor([2.])
 */
export function detectAnomaly<T>(fn: () => T, { checkNan = true }: { checkNan?: boolean } = {}): T {
  binding.setAnomaly(true, checkNan);
  try {
    return fn();
  } finally {
    binding.setAnomaly(false, true);
  }
}
