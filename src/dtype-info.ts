import { dtypes, isDtype, type Dtype } from './dtype.js';
import { wrongArgument } from './errors.js';

/** What {@link finfo} says of a dtype. */
export interface FloatInfo {
  /** The bits of a number; of a part, for complex numbers. */
  bits: number;
  /** The distance from 1 to the next larger number. */
  eps: number;
  /** The largest number. */
  max: number;
  /** The smallest number, `-max`. */
  min: number;
  /** The smallest positive number of full precision. */
  tiny: number;
  /** `tiny`, under its other name. */
  smallestNormal: number;
  /** The dtype; that of the parts, for complex numbers. */
  dtype: Dtype;
}

/** What {@link iinfo} says of a dtype. */
export interface IntegerInfo {
  /** The bits of a number. */
  bits: number;
  /** The largest number; a bigint for 64 bits. */
  max: number | bigint;
  /** The smallest number; a bigint for 64 bits. */
  min: number | bigint;
  /** The dtype. */
  dtype: Dtype;
}

// Bits of the fraction, the largest number, and the exponent of the smallest normal one.
const floats: Partial<Record<Dtype, readonly [fraction: number, max: number, least: number]>> = {
  float64: [52, Number.MAX_VALUE, -1022],
  float32: [23, (2 - 2 ** -23) * 2 ** 127, -126],
  float16: [10, 65504, -14],
  bfloat16: [7, (2 - 2 ** -7) * 2 ** 127, -126],
  float8_e4m3fn: [3, 448, -6],
  float8_e4m3fnuz: [3, 240, -7],
  float8_e5m2: [2, 57344, -14],
  float8_e5m2fnuz: [2, 57344, -15],
};
const parts: Partial<Record<Dtype, Dtype>> = { complex32: 'float16', complex64: 'float32', complex128: 'float64' };

/**
 * The range and precision of a floating point or complex dtype.
 *
 * @throws when the dtype is of another kind
 * @see https://docs.pytorch.org/docs/2.13/type_info.html#torch.finfo
 * @example
 * torch.finfo('float16').max // 65504
 * torch.finfo('float32').eps // 1.1920928955078125e-7
 */
export function finfo(dtype: Dtype): FloatInfo {
  const own = parts[dtype] ?? dtype;
  const row = isDtype(own) ? floats[own] : undefined;
  if (!row) throw wrongArgument('finfo', 'dtype', 'a floating point or complex dtype', dtype);
  const [fraction, max, least] = row;
  const tiny = 2 ** least;
  return { bits: dtypes[own].size * 8, eps: 2 ** -fraction, max, min: -max, tiny, smallestNormal: tiny, dtype: own };
}

/**
 * The range of an integer dtype.
 *
 * @throws when the dtype is of another kind
 * @see https://docs.pytorch.org/docs/2.13/type_info.html#torch.iinfo
 * @example
 * torch.iinfo('int8').min // -128
 * torch.iinfo('int64').max // 9223372036854775807n
 */
export function iinfo(dtype: Dtype): IntegerInfo {
  const match = isDtype(dtype) ? /^(u?)int(8|16|32|64)$/.exec(dtype) : null;
  if (!match) throw wrongArgument('iinfo', 'dtype', 'an integer dtype', dtype);
  const bits = Number(match[2]);
  const unsigned = match[1] === 'u';
  const [min, max] = unsigned
    ? [0n, 2n ** BigInt(bits) - 1n]
    : [-(2n ** BigInt(bits - 1)), 2n ** BigInt(bits - 1) - 1n];
  return bits === 64 ? { bits, max, min, dtype } : { bits, max: Number(max), min: Number(min), dtype };
}
