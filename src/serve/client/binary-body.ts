import { FlambeauError } from '../../errors.js';
import type { Tensor } from '../../tensor.js';
import { bytesOf, tensorOf } from '../codec/binary.js';
import { isDatatype } from '../datatypes.js';
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

interface Answer {
  outputs: { name: string; datatype: string; shape: number[]; parameters?: { binary_data_size?: number } }[];
}

/** The outputs of an answer in the binary extension. */
export function decodeBody(body: Buffer, headerLength: number): NamedTensor[] {
  const damaged = (what: string, cause?: unknown): FlambeauError =>
    new FlambeauError('INTERNAL', `the answer of the server ${what}`, { cause });
  let answer: Answer;
  try {
    answer = JSON.parse(body.toString('utf8', 0, headerLength)) as Answer;
  } catch (error) {
    throw damaged('is no JSON', error);
  }
  if (!Array.isArray(answer.outputs)) throw damaged('has no outputs');
  let at = headerLength;
  return answer.outputs.map(({ name, datatype, shape, parameters }) => {
    const size = parameters?.binary_data_size;
    if (!isDatatype(datatype) || size === undefined) throw damaged(`has '${name}' without binary data`);
    const bytes = body.subarray(at, (at += size));
    if (bytes.length !== size) throw damaged(`ends within '${name}'`);
    const count = shape.reduce((product, length) => product * length, 1);
    const data = datatype === 'BYTES' ? splitElements(bytes, count) : tensorOf(bytes, shape, datatype);
    return { name, datatype, shape, data };
  });
}
