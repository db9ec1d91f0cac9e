import { readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { expect } from 'vitest';
import * as torch from '../../src/index.js';
import { camelCase } from '../../src/ops/op.js';

/** A tensor as scripts/record/ops_values.py writes it. */
export interface TensorRecord {
  dtype: torch.Dtype;
  shape: number[];
  /** A complex number is two; `'nan'`, `'inf'` and integers that are too large for a number are text. */
  data?: (number | string)[];
  /** Of an `_mkldnn` tensor, `data` is that of the strided one. */
  layout?: torch.Layout;
  parts?: TensorRecord[];
  coalesced?: boolean;
  /** The tensors of a nested one. */
  nested?: TensorRecord[];
  scale?: number | number[];
  zeroPoint?: number | number[];
  axis?: number;
}

/** One recorded call. */
export interface Sample {
  args: unknown[];
  kwargs?: Record<string, unknown>;
  /** The names of the last ones of `args`, which have a default: they can be given by name too. */
  optional?: string[];
  results: unknown;
  /** Of each floating tensor among the arguments, in order; null where it has none. */
  grads?: (TensorRecord | null)[];
  /** Whether the form with `_` gives the same. */
  inplace?: true;
  /** Whether the form with `out` gives the same. */
  out?: true;
}

const folder = new URL('samples/', import.meta.url);

/** All samples, by the schema's name. */
export function readSamples(): Map<string, Sample[]> {
  const files = readdirSync(folder).filter((name) => name.endsWith('.json.gz'));
  return new Map(
    files.flatMap((name) => {
      const text = gunzipSync(readFileSync(new URL(name, folder))).toString();
      return Object.entries((JSON.parse(text) as { samples: Record<string, Sample[]> }).samples);
    }),
  );
}

export const isRecord = (value: unknown): value is TensorRecord =>
  typeof value === 'object' && value !== null && 'dtype' in value;

const isFloating = (dtype: torch.Dtype): boolean => ['float', 'complex'].includes(torch.dtypes[dtype].kind);

function toNumber(value: number | string): number | bigint {
  if (typeof value === 'number') return value;
  return /^-?\d+$/.test(value) ? BigInt(value) : Number(value.replace('inf', 'Infinity'));
}

function strided({ dtype, shape, data }: TensorRecord): torch.Tensor {
  const values = data!.map(toNumber);
  if (torch.dtypes[dtype].kind !== 'complex') return torch.tensor(values, { dtype }).reshape(shape);
  const pairs = torch.tensor(values, { dtype: 'float64' }).reshape([...shape, 2]);
  return torch.viewAsComplex(pairs).to(dtype);
}

function quantized({ dtype, shape, data, scale, zeroPoint, axis }: TensorRecord): torch.Tensor {
  const stored = ({ qint8: 'int8', quint8: 'uint8', qint32: 'int32' } as const)[dtype as 'qint8'];
  const whole = strided({ dtype: stored, shape, data });
  const { aten } = torch.ops;
  if (axis === undefined) return aten._make_per_tensor_quantized_tensor!(whole, scale, zeroPoint) as torch.Tensor;
  const scales = torch.tensor(scale!, { dtype: 'float64' });
  return aten._make_per_channel_quantized_tensor!(whole, scales, torch.tensor(zeroPoint!), axis) as torch.Tensor;
}

/** The tensor that a record stands for. */
export function toTensor(record: TensorRecord): torch.Tensor {
  if (record.scale !== undefined) return quantized(record);
  if (record.nested)
    return torch.ops.aten._nested_tensor_from_tensor_list!(record.nested.map(toTensor)) as torch.Tensor;
  if (record.layout === '_mkldnn') return strided(record).toMkldnn();
  if (!record.parts) return strided(record);
  const parts = record.parts.map(toTensor) as [torch.Tensor, torch.Tensor, torch.Tensor];
  const { dtype, shape, layout = 'strided' } = record;
  if (layout !== 'sparse_coo') return torch.sparseCompressedTensor(...parts, shape, { dtype, layout });
  const [indices, values] = parts;
  return torch.ops.aten._sparse_coo_tensor_unsafe!(indices, values, shape, {
    is_coalesced: record.coalesced,
  }) as torch.Tensor;
}

/** An argument as JavaScript writes it; tensors that can have a gradient are put into `leaves`. */
export function toValue(value: unknown, leaves: torch.Tensor[] = []): unknown {
  if (Array.isArray(value)) return value.map((each) => toValue(each, leaves));
  if (typeof value !== 'object' || value === null) return value;
  if ('number' in value) return toNumber(value.number as string);
  if ('complex' in value) {
    const [re, im] = (value.complex as (number | string)[]).map(toNumber) as [number, number];
    return new torch.Complex(re, im);
  }
  const tensor = toTensor(value as TensorRecord);
  if (isFloating(tensor.dtype)) leaves.push(tensor);
  return tensor;
}

/** The arguments of a call: positional ones, and an object of the others where there are any. */
export function toArguments(sample: Sample, leaves: torch.Tensor[] = []): [unknown[], Record<string, unknown>] {
  const args = sample.args.map((value) => toValue(value, leaves));
  const named = Object.entries(sample.kwargs ?? {}).map(([name, value]) => [camelCase(name), toValue(value, leaves)]);
  return [args, Object.fromEntries(named) as Record<string, unknown>];
}

/** How far a number may be from PyTorch's, as a share of it; a tenth of that share of its tensor's largest is allowed too. */
const tolerances: Partial<Record<torch.Dtype, number>> = {
  float64: 1e-8,
  complex128: 1e-8,
  float16: 1e-3,
  bfloat16: 1e-2,
};

function flat(x: torch.Tensor): (number | bigint)[] {
  let y = x.detach().resolveConj().resolveNeg();
  const { kind, size } = torch.dtypes[y.dtype];
  if (kind === 'complex') y = torch.viewAsReal(y.to('complex128'));
  else if (kind === 'float') y = y.to('float64');
  else if (size === 8) return [...(y.contiguous().toTypedArray() as BigInt64Array)];
  return Array.from(y.contiguous().toTypedArray() as Float64Array);
}

/** Whether two lists of numbers agree: the place of the first that does not, or -1. */
function difference(found: readonly (number | bigint)[], wanted: readonly (number | bigint)[], share: number): number {
  // What is nearly zero everywhere is so by rounding.
  let largest = 0.01;
  for (const value of wanted) if (Number.isFinite(Number(value))) largest = Math.max(largest, Math.abs(Number(value)));
  const slack = (share / 10) * largest;
  return wanted.findIndex((value, i) => {
    const other = found[i]!;
    if (Object.is(value, other) || value == other) return false;
    const [a, b] = [Number(value), Number(other)];
    return Number.isNaN(a) !== Number.isNaN(b) || !(Number.isNaN(a) || Math.abs(a - b) <= slack + share * Math.abs(a));
  });
}

/** Compares a tensor with its record: dtype, shape, layout and numbers. */
export function expectTensor(found: unknown, record: TensorRecord, what: string): void {
  expect(found, what).toBeInstanceOf(torch.Tensor);
  const x = found as torch.Tensor;
  const { dtype, shape, data, layout = 'strided', parts, nested } = record;
  if (nested) {
    x.unbind().forEach((part, i) => expectTensor(part, nested[i]!, `${what}, tensor ${i}`));
    return;
  }
  expect({ dtype: x.dtype, shape: x.shape, layout: x.layout }, what).toEqual({ dtype, shape, layout });
  if (parts) {
    const own =
      layout === 'sparse_coo'
        ? [torch.ops.aten._indices!(x), torch.ops.aten._values!(x)]
        : layout === 'sparse_csr' || layout === 'sparse_bsr'
          ? [x.crowIndices(), x.colIndices(), x.values()]
          : [x.ccolIndices(), x.rowIndices(), x.values()];
    parts.forEach((part, i) => expectTensor(own[i], part, `${what}, part ${i}`));
    return;
  }
  if (data === undefined) return;
  const values = flat(record.scale !== undefined ? torch.intRepr(x) : layout === '_mkldnn' ? x.toDense() : x);
  const wanted = data.map(toNumber);
  const share = isFloating(dtype) ? (tolerances[dtype] ?? 1e-4) : 0;
  const at = difference(values, wanted, share);
  if (at >= 0) expect.fail(`${what}: element ${at} is ${values[at]}, not ${wanted[at]}`);
}

/** Compares what a call returned with the record of it. */
export function expectValue(found: unknown, wanted: unknown, what: string): void {
  if (Array.isArray(wanted)) {
    const list = [...(found as Iterable<unknown>)];
    expect(list.length, `${what}: number of results`).toBe(wanted.length);
    wanted.forEach((value, i) => expectValue(list[i], value, `${what}, result ${i}`));
  } else if (isRecord(wanted)) {
    expectTensor(found, wanted, what);
  } else {
    const value = toValue(wanted);
    if (typeof value === 'number' && typeof found === 'number' && !Number.isInteger(value))
      expect(difference([found], [value], 1e-5), `${what}: ${found} for ${value}`).toBe(-1);
    else expect(found, what).toEqual(value);
  }
}
