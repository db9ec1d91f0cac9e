/** Element types: one row each. */

interface Row {
  /** The value of `c10::ScalarType`. */
  readonly code: number;
  /** Bytes of one element. */
  readonly size: number;
  /** What its values are. */
  readonly kind: 'bool' | 'int' | 'float' | 'complex';
}

/** Every dtype that Flambeau can hold. `code` is `c10::ScalarType`'s. */
export const dtypes = {
  uint8: { code: 0, size: 1, kind: 'int' },
  int8: { code: 1, size: 1, kind: 'int' },
  int16: { code: 2, size: 2, kind: 'int' },
  int32: { code: 3, size: 4, kind: 'int' },
  int64: { code: 4, size: 8, kind: 'int' },
  float16: { code: 5, size: 2, kind: 'float' },
  float32: { code: 6, size: 4, kind: 'float' },
  float64: { code: 7, size: 8, kind: 'float' },
  complex32: { code: 8, size: 4, kind: 'complex' },
  complex64: { code: 9, size: 8, kind: 'complex' },
  complex128: { code: 10, size: 16, kind: 'complex' },
  bool: { code: 11, size: 1, kind: 'bool' },
  qint8: { code: 12, size: 1, kind: 'int' },
  quint8: { code: 13, size: 1, kind: 'int' },
  qint32: { code: 14, size: 4, kind: 'int' },
  bfloat16: { code: 15, size: 2, kind: 'float' },
  float8_e5m2: { code: 23, size: 1, kind: 'float' },
  float8_e4m3fn: { code: 24, size: 1, kind: 'float' },
  float8_e5m2fnuz: { code: 25, size: 1, kind: 'float' },
  float8_e4m3fnuz: { code: 26, size: 1, kind: 'float' },
  uint16: { code: 27, size: 2, kind: 'int' },
  uint32: { code: 28, size: 4, kind: 'int' },
  uint64: { code: 29, size: 8, kind: 'int' },
  float8_e8m0fnu: { code: 44, size: 1, kind: 'float' },
} as const satisfies Record<string, Row>;

/** The name of an element type, for example `'float32'`. */
export type Dtype = keyof typeof dtypes;

/**
 * Whether a value is the name of a dtype.
 *
 * @example
 * torch.isDtype('float32') // true
 * torch.isDtype('float') // false
 */
export function isDtype(value: unknown): value is Dtype {
  return typeof value === 'string' && Object.hasOwn(dtypes, value);
}

/** The dtype `'uint8'`. */ export const uint8 = 'uint8';
/** The dtype `'int8'`. */ export const int8 = 'int8';
/** The dtype `'int16'`. */ export const int16 = 'int16';
/** The dtype `'int32'`. */ export const int32 = 'int32';
/** The dtype `'int64'`. */ export const int64 = 'int64';
/** The dtype `'uint16'`. */ export const uint16 = 'uint16';
/** The dtype `'uint32'`. */ export const uint32 = 'uint32';
/** The dtype `'uint64'`. */ export const uint64 = 'uint64';
/** The dtype `'float16'`. */ export const float16 = 'float16';
/** The dtype `'bfloat16'`. */ export const bfloat16 = 'bfloat16';
/** The dtype `'float32'`. */ export const float32 = 'float32';
/** The dtype `'float64'`. */ export const float64 = 'float64';
/** The dtype `'complex32'`. */ export const complex32 = 'complex32';
/** The dtype `'complex64'`. */ export const complex64 = 'complex64';
/** The dtype `'complex128'`. */ export const complex128 = 'complex128';
/** The dtype `'bool'`. */ export const bool = 'bool';
/** The dtype `'float8_e4m3fn'`. */ export const float8_e4m3fn = 'float8_e4m3fn';
/** The dtype `'float8_e5m2'`. */ export const float8_e5m2 = 'float8_e5m2';
/** The dtype `'float8_e4m3fnuz'`. */ export const float8_e4m3fnuz = 'float8_e4m3fnuz';
/** The dtype `'float8_e5m2fnuz'`. */ export const float8_e5m2fnuz = 'float8_e5m2fnuz';
/** The dtype `'float8_e8m0fnu'`. */ export const float8_e8m0fnu = 'float8_e8m0fnu';
/** The dtype `'float32'`, under its older name. */ export const float = 'float32';
/** The dtype `'float64'`, under its older name. */ export const double = 'float64';
/** The dtype `'float16'`, under its older name. */ export const half = 'float16';
/** The dtype `'int64'`, under its older name. */ export const long = 'int64';
/** The dtype `'int32'`, under its older name. */ export const int = 'int32';
/** The dtype `'int16'`, under its older name. */ export const short = 'int16';
/** The dtype `'complex32'`, under its older name. */ export const chalf = 'complex32';
/** The dtype `'complex64'`, under its older name. */ export const cfloat = 'complex64';
/** The dtype `'complex128'`, under its older name. */ export const cdouble = 'complex128';
/** The dtype `'qint8'`. */ export const qint8 = 'qint8';
/** The dtype `'quint8'`. */ export const quint8 = 'quint8';
/** The dtype `'qint32'`. */ export const qint32 = 'qint32';
