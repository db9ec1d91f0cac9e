import type { Dtype } from '../dtype.js';

/**
 * The datatypes of the Open Inference Protocol: how PyTorch calls each, and the bytes of an element. `BYTES` has
 * elements of any length, and no tensor holds them.
 */
export const datatypes = {
  BOOL: { dtype: 'bool', size: 1 },
  UINT8: { dtype: 'uint8', size: 1 },
  UINT16: { dtype: 'uint16', size: 2 },
  UINT32: { dtype: 'uint32', size: 4 },
  UINT64: { dtype: 'uint64', size: 8 },
  INT8: { dtype: 'int8', size: 1 },
  INT16: { dtype: 'int16', size: 2 },
  INT32: { dtype: 'int32', size: 4 },
  INT64: { dtype: 'int64', size: 8 },
  FP16: { dtype: 'float16', size: 2 },
  BF16: { dtype: 'bfloat16', size: 2 },
  FP32: { dtype: 'float32', size: 4 },
  FP64: { dtype: 'float64', size: 8 },
  BYTES: { dtype: undefined, size: undefined },
} as const satisfies Record<string, { dtype: Dtype | undefined; size: number | undefined }>;

/** A datatype of the Open Inference Protocol. */
export type Datatype = keyof typeof datatypes;

/** Whether a value is the name of a datatype. */
export function isDatatype(value: unknown): value is Datatype {
  return typeof value === 'string' && Object.hasOwn(datatypes, value);
}

const byDtype = new Map<string | undefined, Datatype>(
  Object.entries(datatypes).map(([name, { dtype }]) => [dtype, name as Datatype]),
);

/** The datatype of a dtype; `undefined` where the protocol has none, as for complex numbers. */
export function datatypeOf(dtype: Dtype): Datatype | undefined {
  return byDtype.get(dtype);
}
