import { FlambeauError } from '../../errors.js';
import type { Tensor } from '../../tensor.js';
import { bytesOf, keepBody, tensorOf } from '../codec/binary.js';
import { datatypes, isDatatype, type Datatype } from '../datatypes.js';
import type { NamedTensor, Parameters } from '../types.js';
import { joinElements, splitElements } from './elements.js';
import type { WireContents, WireParameter, WireTensor } from './messages.js';

const wrong = (message: string): FlambeauError => new FlambeauError('INVALID_VALUE', message);

/** How a datatype is typed: in which field, and what makes bytes of its elements. */
interface Typed {
  field: keyof WireContents;
  pack?: (values: never[]) => ArrayBufferView;
}

const within =
  (Kind: { from(values: number[]): ArrayBufferView & ArrayLike<number> }) =>
  (values: number[]): ArrayBufferView => {
    const packed = Kind.from(values);
    const bad = values.findIndex((value, i) => packed[i] !== value);
    if (bad >= 0) throw wrong(`element ${bad} is ${values[bad]}, which the datatype does not hold`);
    return packed;
  };

const typed: Partial<Record<Datatype, Typed>> = {
  BOOL: { field: 'bool_contents', pack: (values: boolean[]) => Uint8Array.from(values, Number) },
  INT8: { field: 'int_contents', pack: within(Int8Array) },
  INT16: { field: 'int_contents', pack: within(Int16Array) },
  INT32: { field: 'int_contents', pack: within(Int32Array) },
  INT64: { field: 'int64_contents', pack: (values: string[]) => BigInt64Array.from(values, BigInt) },
  UINT8: { field: 'uint_contents', pack: within(Uint8Array) },
  UINT16: { field: 'uint_contents', pack: within(Uint16Array) },
  UINT32: { field: 'uint_contents', pack: within(Uint32Array) },
  UINT64: { field: 'uint64_contents', pack: (values: string[]) => BigUint64Array.from(values, BigInt) },
  FP32: { field: 'fp32_contents', pack: (values: number[]) => Float32Array.from(values) },
  FP64: { field: 'fp64_contents', pack: (values: number[]) => Float64Array.from(values) },
  BYTES: { field: 'bytes_contents' },
};

/** The names of the fields of typed contents that are not empty. */
const filled = (contents: WireContents | null | undefined): (keyof WireContents)[] =>
  (Object.keys(contents ?? {}) as (keyof WireContents)[]).filter((field) => contents![field]!.length > 0);

function shapeOf(tensor: WireTensor): { shape: number[]; count: number } {
  const shape = tensor.shape.map(Number);
  const count = shape.reduce((product, length) => product * length, 1);
  if (!shape.every((length) => Number.isSafeInteger(length) && length >= 0) || !Number.isSafeInteger(count))
    throw wrong(`the shape of '${tensor.name}' is [${tensor.shape.join(', ')}], which no tensor has`);
  return { shape, count };
}

function readTyped(tensor: WireTensor, datatype: Datatype, shape: number[], count: number): NamedTensor['data'] {
  const row = typed[datatype];
  if (!row) throw wrong(`'${tensor.name}' is of ${datatype}, which goes as raw contents only`);
  const other = filled(tensor.contents).find((field) => field !== row.field);
  if (other) throw wrong(`'${tensor.name}' is of ${datatype}, whose elements go in '${row.field}', not in '${other}'`);
  const values = tensor.contents?.[row.field] ?? [];
  if (values.length !== count) {
    throw wrong(`'${tensor.name}' of shape [${shape.join(', ')}] has ${count} elements, not ${values.length}`);
  }
  if (datatype === 'BYTES') {
    for (const element of values as Uint8Array[]) keepBody(element);
    return values as Uint8Array[];
  }
  const packed = row.pack!(values as never[]);
  return tensorOf(new Uint8Array(packed.buffer, packed.byteOffset, packed.byteLength), shape, datatype);
}

/** Reads the tensors of a message: all raw, or all typed. The numbers of raw ones never become JavaScript values. */
export function readTensors(tensors: readonly WireTensor[], raw: readonly Uint8Array[] = []): NamedTensor[] {
  if (raw.length > 0 && raw.length !== tensors.length)
    throw wrong(`there are ${tensors.length} tensors and raw contents of ${raw.length}: all are raw, or none`);
  return tensors.map((tensor, i) => {
    const { name, datatype } = tensor;
    if (!isDatatype(datatype)) {
      throw wrong(`the datatype of '${name}' is '${datatype}', not one of ${Object.keys(datatypes).join(', ')}`);
    }
    const { shape, count } = shapeOf(tensor);
    const bytes = raw[i];
    if (!bytes) return { name, datatype, shape, data: readTyped(tensor, datatype, shape, count) };
    const [field] = filled(tensor.contents);
    if (field) throw wrong(`'${name}' has '${field}' and raw contents: one excludes the other`);
    if (datatype === 'BYTES') keepBody(bytes);
    try {
      const data = datatype === 'BYTES' ? splitElements(bytes, count) : tensorOf(bytes, shape, datatype);
      return { name, datatype, shape, data };
    } catch (error) {
      if (!(error instanceof FlambeauError)) throw error;
      throw new FlambeauError(error.code, `'${name}': ${error.message}`, { cause: error });
    }
  });
}

/** The tensors of a message, and the raw bytes of each. */
export async function writeTensors(
  tensors: readonly NamedTensor[],
): Promise<{ tensors: WireTensor[]; raw: Uint8Array[] }> {
  return {
    tensors: tensors.map(({ name, datatype, shape }) => ({ name, datatype, shape })),
    raw: await Promise.all(
      tensors.map(({ datatype, data }) =>
        datatype === 'BYTES' ? joinElements(data as Uint8Array[]) : bytesOf(data as Tensor),
      ),
    ),
  };
}

/** Reads parameters. Integers beyond 2^53 stay text. */
export function readParameters(wire: Record<string, WireParameter> = {}): Parameters {
  const parameters: [string, Parameters[string]][] = [];
  for (const [name, parameter] of Object.entries(wire)) {
    const { parameter_choice: choice } = parameter;
    if (!choice || choice === 'bytes_param') throw wrong(`the parameter '${name}' has no value that can be used`);
    const value = parameter[choice]!;
    const integer = choice === 'int64_param' || choice === 'uint64_param';
    parameters.push([name, integer && Number.isSafeInteger(Number(value)) ? Number(value) : value]);
  }
  return Object.fromEntries(parameters);
}

/** Parameters as they go in a message. */
export function writeParameters(parameters: Parameters = {}): Record<string, WireParameter> {
  const wire = (value: Parameters[string]): WireParameter => {
    if (typeof value === 'boolean') return { bool_param: value };
    if (typeof value === 'string') return { string_param: value };
    return Number.isSafeInteger(value) ? { int64_param: value } : { double_param: value };
  };
  return Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, wire(value)]));
}
