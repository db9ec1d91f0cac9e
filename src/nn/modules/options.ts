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

/** A floating point number as Python prints it: `1.0`, `1e-05`. */
export function float(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e16) return `${Object.is(value, -0) ? '-0' : value}.0`;
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf';
  const [digits = '', exponent = ''] = value.toExponential().split('e');
  if (Number(exponent) >= -4 && Number(exponent) < 16) return String(value);
  return `${digits}e${exponent[0]}${exponent.slice(1).padStart(2, '0')}`;
}

/** A boolean as Python prints it. */
export function bool(value: boolean): string {
  return value ? 'True' : 'False';
}

/** A value that may be missing, as Python prints it: numbers as whole ones, lists as tuples. */
export function plain(value: number | null | readonly (number | null)[]): string {
  if (value === null) return 'None';
  if (typeof value === 'number') return String(value);
  return value.length === 1 ? `(${plain(value[0]!)},)` : `(${value.map(plain).join(', ')})`;
}

/** Optional arguments as they came: by place, and by name in an object that takes the rest. */
export function byName<T extends object>(names: readonly (keyof T)[], ...values: unknown[]): T {
  const found: Record<PropertyKey, unknown> = {};
  values.forEach((value, i) => {
    if (typeof value === 'object' && value !== null) Object.assign(found, value);
    else if (value !== undefined) found[names[i]!] = value;
  });
  return found as T;
}
