import { FlambeauError } from '../../errors.js';
import { keepBody, tensorOf } from '../codec/binary.js';
import { readData, splitJson } from '../codec/json.js';
import { datatypes } from '../datatypes.js';
import { checked } from '../http/json.js';
import type { InferRequest, ModelInfo, NamedTensor, Parameters } from '../types.js';
import { inferRequest } from './v2-schema.js';

/** A request as the protocol has it, read. */
export interface V2Request {
  id?: string;
  infer: InferRequest;
  /** Whether an output goes out as bytes. */
  binary(name: string): boolean;
}

const bad = (message: string): FlambeauError => new FlambeauError('INVALID_VALUE', message);

/** The bytes of the JSON that `Inference-Header-Content-Length` names; `undefined` where the whole body is JSON. */
export function headerLength(header: string | string[] | undefined): number | undefined {
  if (header === undefined) return undefined;
  if (typeof header !== 'string' || !/^\d{1,10}$/.test(header) || Number(header) > 0x7fffffff)
    throw bad('Inference-Header-Content-Length must be a number of bytes');
  return Number(header);
}

/** Reads a body: JSON, and the tensors in binary that follow it. */
export async function readRequest(body: Buffer, length: number | undefined): Promise<V2Request> {
  if (length !== undefined && length > body.length)
    throw bad(`Inference-Header-Content-Length is ${length}, and the body has ${body.length} bytes`);
  const json = length === undefined ? body : body.subarray(0, length);
  const { document, data } = await splitJson(json);
  const request = checked(inferRequest, document);
  let at = json.length;
  const inputs: NamedTensor[] = [];
  for (const [i, input] of request.inputs.entries()) {
    const { name, datatype, shape } = input;
    if (inputs.some((other) => other.name === name)) throw bad(`input '${name}' is given twice`);
    const size = input.parameters?.binary_data_size;
    noSharedMemory(name, input.parameters);
    const span = data.get(i);
    if (size !== undefined) {
      if (typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0)
        throw bad(`input '${name}': binary_data_size must be a number of bytes`);
      if (span || input.data !== undefined) throw bad(`input '${name}' has both data and binary_data_size`);
      if (size > body.length - at)
        throw bad(`input '${name}' has ${size} bytes, and ${body.length - at} are left of the body`);
      const bytes = body.subarray(at, (at += size));
      inputs.push(named(name, datatype, shape, bytes));
    } else if (!span) {
      throw bad(`input '${name}' has no data: an array, or binary_data_size with the bytes behind the JSON`);
    } else if (datatype === 'BYTES') {
      inputs.push({ name, datatype, shape, data: strings(name, shape, json.subarray(span.start, span.end)) });
    } else {
      if (datatype === 'FP16' || datatype === 'BF16')
        throw bad(`input '${name}': ${datatype} has no form in JSON; send it in binary, with binary_data_size`);
      inputs.push({ name, datatype, shape, data: await readData(json, span, shape, datatype) });
    }
  }
  if (at !== body.length) throw bad(`the body has ${body.length - at} bytes more than its tensors`);
  const parameters = request.parameters ?? {};
  const wanted = new Map<string, boolean | undefined>();
  for (const output of request.outputs ?? []) {
    noSharedMemory(output.name, output.parameters);
    if (output.parameters?.classification !== undefined)
      throw bad(`output '${output.name}': classification is not supported`);
    wanted.set(output.name, flag(`output '${output.name}': binary_data`, output.parameters?.binary_data));
  }
  const all = flag('binary_data_output', parameters.binary_data_output) ?? false;
  return {
    id: request.id,
    infer: { inputs, outputs: request.outputs && wanted.size > 0 ? [...wanted.keys()] : undefined, parameters },
    binary: (name) => wanted.get(name) ?? all,
  };
}

/** A raw request: the body is the one input of the model, of its datatype. */
export function readRaw(body: Buffer, info: ModelInfo): V2Request {
  const [input, another] = info.inputs;
  if (!input || another)
    throw bad(`a raw request is for models of one input, and '${info.name}' has ${info.inputs.length}`);
  const { name, datatype } = input;
  const shape = [...input.shape];
  if (datatype === 'BYTES') {
    keepBody(body);
    const data = [body];
    const one = shape.map((size) => (size < 0 ? 1 : size));
    if (one.some((size) => size !== 1)) throw bad(`a raw request has one element of BYTES, and '${name}' has more`);
    return { infer: { inputs: [{ name, datatype, shape: one, data }] }, binary: () => true };
  }
  if (shape.filter((size) => size < 0).length > 1 && shape[0]! < 0) shape[0] = 1;
  const open = shape.indexOf(-1);
  if (open !== shape.lastIndexOf(-1))
    throw bad(`the shape of '${name}' does not follow from its bytes: [${shape.join(', ')}]`);
  if (open >= 0) {
    const rest = shape.reduce((product, size, i) => (i === open ? product : product * size), datatypes[datatype].size);
    shape[open] = rest > 0 ? Math.floor(body.length / rest) : 0;
  }
  return { infer: { inputs: [named(name, datatype, shape, body)] }, binary: () => true };
}

/** A tensor of a request of its bytes. */
export function named(name: string, datatype: NamedTensor['datatype'], shape: number[], bytes: Buffer): NamedTensor {
  try {
    if (datatype !== 'BYTES') return { name, datatype, shape, data: tensorOf(bytes, shape, datatype) };
  } catch (error) {
    if (error instanceof FlambeauError) throw new FlambeauError(error.code, `input '${name}': ${error.message}`);
    throw error;
  }
  keepBody(bytes);
  const data: Buffer[] = [];
  for (let at = 0; at < bytes.length;) {
    const size = at + 4 <= bytes.length ? bytes.readUInt32LE(at) : Infinity;
    if (size > bytes.length - at - 4)
      throw bad(`input '${name}': element ${data.length} of BYTES ends beyond its tensor`);
    data.push(bytes.subarray(at + 4, (at += 4 + size)));
  }
  count(name, shape, data.length);
  return { name, datatype, shape, data };
}

function count(name: string, shape: readonly number[], length: number): void {
  const wanted = shape.reduce((product, size) => product * size, 1);
  if (length !== wanted)
    throw bad(`input '${name}': shape [${shape.join(', ')}] has ${wanted} elements, and ${length} came`);
}

/** BYTES in JSON: strings, flat or nested. */
function strings(name: string, shape: readonly number[], text: Buffer): Buffer[] {
  let values: unknown;
  try {
    values = JSON.parse(text.toString());
  } catch (error) {
    throw bad(`input '${name}': ${(error as Error).message}`);
  }
  const data = (values as unknown[]).flat(Infinity).map((value, i) => {
    if (typeof value !== 'string') throw bad(`input '${name}': element ${i} of BYTES must be a string`);
    return Buffer.from(value);
  });
  count(name, shape, data.length);
  return data;
}

function flag(what: string, value: unknown): boolean | undefined {
  if (value !== undefined && typeof value !== 'boolean') throw bad(`${what} must be true or false`);
  return value;
}

function noSharedMemory(name: string, parameters?: Parameters): void {
  if (parameters?.shared_memory_region !== undefined) throw bad(`'${name}': shared memory is not supported`);
}

/** What the protocol's own parameters say: Triton's `timeout` in microseconds, and `priority`. */
export function limitsOf(parameters: Parameters, started: number): { deadline?: number; priority?: number } {
  const { timeout, priority } = parameters;
  if (timeout !== undefined && (typeof timeout !== 'number' || !Number.isSafeInteger(timeout) || timeout < 0))
    throw bad('parameter timeout must be a whole number of microseconds');
  if (priority !== undefined && !Number.isSafeInteger(priority)) throw bad('parameter priority must be a whole number');
  return {
    // 0 is Triton's word for none.
    deadline: timeout ? started + timeout / 1000 : undefined,
    priority: priority as number | undefined,
  };
}
