import type { Device } from '../../device.js';
import type { Dtype } from '../../dtype.js';
import { wrongArgument } from '../../errors.js';
import type { Extent } from '../../shape.js';

/** What every layer with parameters takes. */
export interface FactoryOptions {
  /** The element type of the parameters. */
  dtype?: Dtype;
  /** Where the parameters are made. */
  device?: Device;
}

/** Throws unless a size is a whole number that is large enough. */
export function sizeArgument(func: string, name: string, value: unknown, least = 1): void {
  if (!Number.isInteger(value) || (value as number) < least)
    throw wrongArgument(func, name, `integer from ${least} on`, value);
}

/** One value for each spatial dimension. */
export function extents(func: string, name: string, value: Extent, count: number): number[] {
  const list = typeof value === 'number' ? Array.from({ length: count }, () => value) : [...value];
  if (list.length !== count || !list.every(Number.isInteger)) {
    throw wrongArgument(func, name, `integer or array of ${count} integers`, value);
  }
  return list;
}

/** A list of numbers as Python prints a tuple. */
export function tuple(values: readonly number[]): string {
  return values.length === 1 ? `(${values[0]},)` : `(${values.join(', ')})`;
}

/** A number as Python prints a float. */
export function float(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e16) return value.toFixed(1);
  // Below 1e-4 Python writes exponents, of two digits at least.
  const text = value !== 0 && Math.abs(value) < 1e-4 ? value.toExponential() : String(value);
  return text.replace(/e([+-])(\d)$/, 'e$10$2');
}
