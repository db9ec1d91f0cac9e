import { binding } from './binding.js';
import type { Device } from './device.js';
import { wrongArgument } from './errors.js';
import { defaultGenerator } from './generator.js';
import { useDefaultDevice } from './ops/call.js';
import { empty } from './ops/creation/index.js';

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

/**
 * Sets where tensors are made that no device is said for. Tensors in the memory of JavaScript arrays stay on the CPU.
 *
 * @param device - `null` for LibTorch's own, the CPU
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.set_default_device.html
 * @example
 * torch.setDefaultDevice('meta')
 * torch.ones(2).device // 'meta'
 * torch.setDefaultDevice(null)
 */
export function setDefaultDevice(device: Device | null): void {
  if (device !== null && typeof device !== 'string')
    throw wrongArgument('setDefaultDevice', 'device', 'the name of a device, or null', device);
  // What cannot be is refused here, not by the next tensor that is made.
  if (device !== null) empty([0], { device }).dispose();
  useDefaultDevice(device);
}

/**
 * Where tensors are made that no device is said for.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.get_default_device.html
 * @example
 * torch.getDefaultDevice() // 'cpu'
 */
export function getDefaultDevice(): string {
  return empty([0]).device;
}

/** What operators that may differ from run to run do: as always, warn, or throw. */
export type DeterministicDebugMode = 'default' | 'warn' | 'error';

const debugModes: readonly DeterministicDebugMode[] = ['default', 'warn', 'error'];

/**
 * {@link useDeterministicAlgorithms} by one word or number: `'default'` (0) is off, `'warn'` (1) and `'error'` (2) are on.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.set_deterministic_debug_mode.html
 * @example
 * torch.setDeterministicDebugMode('warn')
 * torch.getDeterministicDebugMode() // 1
 * torch.setDeterministicDebugMode(0)
 */
export function setDeterministicDebugMode(mode: DeterministicDebugMode | 0 | 1 | 2): void {
  const level = typeof mode === 'number' ? mode : debugModes.indexOf(mode);
  if (debugModes[level] === undefined)
    throw wrongArgument('setDeterministicDebugMode', 'mode', "'default', 'warn', 'error', 0, 1 or 2", mode);
  binding.setDeterministic(level > 0, level === 1);
}

/**
 * The mode that {@link setDeterministicDebugMode} set: 0 for `'default'`, 1 for `'warn'`, 2 for `'error'`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.get_deterministic_debug_mode.html
 * @example
 * torch.getDeterministicDebugMode() // 0
 */
export function getDeterministicDebugMode(): 0 | 1 | 2 {
  const { enabled, warnOnly } = binding.deterministic();
  if (!enabled) return 0;
  return warnOnly ? 1 : 2;
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
