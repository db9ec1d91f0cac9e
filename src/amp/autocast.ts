import { binding } from '../binding.js';
import { isDtype, type Dtype } from '../dtype.js';
import { FlambeauError, wrongArgument } from '../errors.js';
import { current, within } from '../ops/context.js';

/** What {@link autocast} takes beside its device and function. */
export interface AutocastOptions {
  /** The lower precision: bfloat16 on the CPU and float16 elsewhere, unless given. */
  dtype?: Dtype;
  /** Whether it is on; a region where it is off may stand inside of one where it is on. True unless given. */
  enabled?: boolean;
  /** Whether a weight is cast once for the whole region; true unless given. */
  cacheEnabled?: boolean;
}

const lower = ['bfloat16', 'float16'];

/**
 * Runs `fn` in mixed precision: matrix products and convolutions take a dtype of lower precision, what needs range takes
 * float32, the rest takes what comes. A backward pass needs no region: it takes the dtypes of the forward pass.
 *
 * @param deviceType - the kind of device whose operators are meant: `'cpu'` or `'cuda'`
 * @returns what `fn` returns, or its promise; the mode holds through what it awaits
 * @throws when there is no such lower precision on that kind of device
 * @see https://docs.pytorch.org/docs/2.13/amp.html#torch.autocast
 * @example
 * const layer = new nn.Linear(2, 1)
 * torch.autocast('cpu', { dtype: 'bfloat16' }, () => layer.call(torch.ones(3, 2))).dtype // 'bfloat16'
 */
export function autocast<T>(deviceType: string, fn: () => T): T;
export function autocast<T>(deviceType: string, options: AutocastOptions, fn: () => T): T;
export function autocast<T>(deviceType: string, second: AutocastOptions | (() => T), third?: () => T): T {
  const [options, fn] = typeof second === 'function' ? [{}, second] : [second, third];
  if (typeof deviceType !== 'string' || !/^[a-z]+$/.test(deviceType))
    throw wrongArgument('autocast', 'deviceType', "a kind of device such as 'cpu' or 'cuda'", deviceType);
  if (typeof fn !== 'function') throw wrongArgument('autocast', 'fn', 'function', fn);
  const { dtype = deviceType === 'cpu' ? 'bfloat16' : 'float16', enabled = true, cacheEnabled = true } = options;
  if (!isDtype(dtype)) throw wrongArgument('autocast', 'dtype', "a dtype such as 'bfloat16'", dtype);
  if (enabled && !lower.includes(dtype))
    throw new FlambeauError(
      'INVALID_VALUE',
      `autocast(): argument 'dtype' must be ${lower.join(' or ')}, not ${dtype}`,
    );
  const mode = { device: deviceType, dtype, enabled, cache: cacheEnabled };
  return within({ autocast: [...current().autocast, mode] }, fn);
}

/**
 * Whether {@link autocast} is on here.
 *
 * @see https://docs.pytorch.org/docs/2.13/amp.html
 * @example
 * torch.isAutocastEnabled('cpu') // false
 */
export function isAutocastEnabled(deviceType: string): boolean {
  current();
  return binding.autocastState(deviceType).enabled;
}

/**
 * The lower precision that {@link autocast} takes here.
 *
 * @example
 * torch.autocast('cpu', { dtype: 'float16' }, () => torch.getAutocastDtype('cpu')) // 'float16'
 */
export function getAutocastDtype(deviceType: string): Dtype {
  current();
  return binding.autocastState(deviceType).dtype as Dtype;
}

/**
 * Whether {@link autocast} knows a kind of device.
 *
 * @see https://docs.pytorch.org/docs/2.13/amp.html#torch.amp.autocast_mode.is_autocast_available
 * @example
 * torch.amp.isAutocastAvailable('cpu') // true
 * torch.amp.isAutocastAvailable('meta') // false
 */
export function isAutocastAvailable(deviceType: string): boolean {
  return ['cpu', 'cuda'].includes(deviceType);
}
