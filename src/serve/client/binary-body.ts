import { z } from 'zod';
import { FlambeauError } from '../../errors.js';
import type { Tensor } from '../../tensor.js';
import { bytesOf, tensorOf } from '../codec/binary.js';
import { readData, splitJson, type Span } from '../codec/json.js';
import { isDatatype, type Datatype } from '../datatypes.js';
import { joinElements, splitElements } from '../grpc/elements.js';
import type { NamedTensor } from '../types.js';
import type { SentRequest } from './transport.js';

/** The first tensor begins at a multiple of this, so that the server need not copy it. */
const alignment = 64;

/** A request in the binary extension: JSON and then the bytes of each input. */
export async function encodeBody(request: SentRequest): Promise<{ pieces: Uint8Array[]; headerLength: number }> {
  const raw = await Promise.all(
    request.inputs.map(({ datatype, data }) =>
      datatype === 'BYTES' ? joinElements(data as Uint8Array[]) : bytesOf(data as Tensor),
    ),
  );
  const header = {
    parameters: { ...request.parameters, binary_data_output: true },
    inputs: request.inputs.map(({ name, datatype, shape }, i) => ({
      name,
      datatype,
      shape,
      parameters: { binary_data_size: raw[i]!.length },
    })),
    ...(request.outputs
      ? { outputs: request.outputs.map((name) => ({ name, parameters: { binary_data: true } })) }
      : {}),
  };
  const text = Buffer.from(JSON.stringify(header));
  const padded = Buffer.alloc(Math.ceil(text.length / alignment) * alignment, ' ');
  text.copy(padded);
  return { pieces: [padded, ...raw], headerLength: padded.length };
}

const answer = z.object({
  outputs: z.array(
    z.object({
      name: z.string(),
      datatype: z.custom<Datatype>(isDatatype),
      shape: z.array(z.int().nonnegative()),
      parameters: z.object({ binary_data_size: z.int().nonnegative().optional() }).optional(),
    }),
  ),
});

const damaged = (what: string, cause?: unknown): FlambeauError =>
  new FlambeauError('INTERNAL', `the answer of the server ${what}`, { cause });

/** The elements of an output as they stand in the JSON. */
async function fromJson(
  body: Buffer,
  span: Span,
  { name, shape, datatype }: { name: string; shape: number[]; datatype: Datatype },
): Promise<NamedTensor['data']> {
  if (datatype === 'FP16' || datatype === 'BF16') throw damaged(`has '${name}' of ${datatype} without binary data`);
  const isFloat = datatype === 'FP32' || datatype === 'FP64';
  const text = body.subarray(span.start, span.end);
  // Servers write NaN and the infinities so, as JSON has no words for them.
  const hasGaps = isFloat && text.includes('null');
  try {
    if (datatype !== 'BYTES' && !hasGaps) return await readData(body, span, shape, datatype);
    const values = (JSON.parse(text.toString()) as unknown[]).flat(Infinity);
    const count = shape.reduce((product, length) => product * length, 1);
    if (values.length !== count) throw new Error(`${values.length} elements, and the shape says ${count}`);
    if (datatype === 'BYTES') return values.map((value) => Buffer.from(value as string));
    const numbers = values.map((value) => (value === null ? NaN : (value as number)));
    const array = datatype === 'FP32' ? Float32Array.from(numbers) : Float64Array.from(numbers);
    return tensorOf(Buffer.from(array.buffer), shape, datatype);
  } catch (error) {
    throw damaged(`has '${name}' in a form that it should not have: ${(error as Error).message}`, error);
  }
}

/** The outputs of an answer: in binary behind the JSON, or in it. */
export async function decodeBody(body: Buffer, headerLength: number): Promise<NamedTensor[]> {
  const json = body.subarray(0, headerLength);
  const { document, data } = await splitJson(json, 'outputs').catch((error: unknown) => {
    throw damaged('is no JSON', error);
  });
  const result = answer.safeParse(document);
  if (!result.success) throw damaged(`has no outputs, or not as it should: ${result.error.issues[0]!.message}`);
  let at = headerLength;
  const outputs: NamedTensor[] = [];
  for (const [i, { name, datatype, shape, parameters }] of result.data.outputs.entries()) {
    const size = parameters?.binary_data_size;
    const span = data.get(i);
    if (size === undefined) {
      if (!span) throw damaged(`has '${name}' without data`);
      outputs.push({ name, datatype, shape, data: await fromJson(json, span, { name, datatype, shape }) });
      continue;
    }
    const bytes = body.subarray(at, (at += size));
    if (bytes.length !== size) throw damaged(`ends within '${name}'`);
    const count = shape.reduce((product, length) => product * length, 1);
    const read = datatype === 'BYTES' ? splitElements(bytes, count) : tensorOf(bytes, shape, datatype);
    outputs.push({ name, datatype, shape, data: read });
  }
  return outputs;
}
