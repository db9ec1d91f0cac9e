import { binding } from './binding.js';
import { wrongArgument } from './errors.js';
import { defaultGenerator } from './generator.js';

/**
 * Starts the random numbers over from a random seed, and returns that.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.seed.html
 * @example
 * torch.seed() === torch.initialSeed() // true
 */
export function seed(): bigint {
  const value = defaultGenerator().seed();
  binding.manualSeed(value);
  return value;
}

/**
 * Says whether operators must give the same result every time for the same inputs: slower ones are taken, and those that
 * cannot throw.
 *
 * @param warnOnly - whether those that cannot only warn; false unless given
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.use_deterministic_algorithms.html
 * @example
 * torch.useDeterministicAlgorithms(true)
 * torch.areDeterministicAlgorithmsEnabled() // true
 * torch.useDeterministicAlgorithms(false)
 */
export function useDeterministicAlgorithms(mode: boolean, { warnOnly = false }: { warnOnly?: boolean } = {}): void {
  if (typeof mode !== 'boolean') throw wrongArgument('useDeterministicAlgorithms', 'mode', 'boolean', mode);
  binding.setDeterministic(mode, warnOnly);
}

/**
 * Whether {@link useDeterministicAlgorithms} is on.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.are_deterministic_algorithms_enabled.html
 * @example
 * torch.areDeterministicAlgorithmsEnabled() // false
 */
export function areDeterministicAlgorithmsEnabled(): boolean {
  return binding.deterministic().enabled;
}

/**
 * Whether {@link useDeterministicAlgorithms} is on and only warns.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.is_deterministic_algorithms_warn_only_enabled.html
 * @example
 * torch.isDeterministicAlgorithmsWarnOnlyEnabled() // false
 */
export function isDeterministicAlgorithmsWarnOnlyEnabled(): boolean {
  return binding.deterministic().warnOnly;
}

/** How exact products of float32 matrices are. */
export type MatmulPrecision = 'highest' | 'high' | 'medium';

/**
 * Says how exact products of float32 matrices are: all bits, or fewer in favour of speed where the device has that.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.set_float32_matmul_precision.html
 * @example
 * torch.setFloat32MatmulPrecision('highest')
 */
export function setFloat32MatmulPrecision(precision: MatmulPrecision): void {
  if (!['highest', 'high', 'medium'].includes(precision))
    throw wrongArgument('setFloat32MatmulPrecision', 'precision', "'highest', 'high' or 'medium'", precision);
  binding.matmulPrecision(precision);
}

/**
 * How exact products of float32 matrices are.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.get_float32_matmul_precision.html
 * @example
 * torch.getFloat32MatmulPrecision() // 'highest'
 */
export function getFloat32MatmulPrecision(): MatmulPrecision {
  return binding.matmulPrecision() as MatmulPrecision;
}

/**
 * Says whether numbers too small for full precision become zero, which is faster on CPUs that slow down for them.
 *
 * @returns whether the CPU can do so
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.set_flush_denormal.html
 * @example
 * torch.setFlushDenormal(false)
 */
export function setFlushDenormal(mode: boolean): boolean {
  return binding.setFlushDenormal(mode);
}
