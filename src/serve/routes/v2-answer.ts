import { FlambeauError } from '../../errors.js';
import { Tensor } from '../../tensor.js';
import { bytesOf } from '../codec/binary.js';
import { dataText } from '../codec/json.js';
import type { Datatype } from '../datatypes.js';
import type { Reply } from '../http/router.js';
import type { InferResult, ModelInfo, NamedTensor } from '../types.js';

/** Refuses what JSON has no form for. It is called before the model runs, and again with what came of it. */
export function checkJson(name: string, datatype: Datatype, binary: boolean): void {
  if (binary || (datatype !== 'FP16' && datatype !== 'BF16')) return;
  throw new FlambeauError(
    'INVALID_VALUE',
    `output '${name}': ${datatype} has no form in JSON; ask for it with the parameter binary_data`,
  );
}

/** The bytes of an output. */
export async function outputBytes({ data }: NamedTensor): Promise<Uint8Array> {
  if (data instanceof Tensor) return bytesOf(data);
  const whole = Buffer.allocUnsafe(data.reduce((sum, element) => sum + 4 + element.length, 0));
  let at = 0;
  for (const element of data) {
    whole.writeUInt32LE(element.length, at);
    whole.set(element, at + 4);
    at += 4 + element.length;
  }
  return whole;
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The elements of an output of `BYTES` as an array of JSON. */
export function bytesText(name: string, data: readonly Uint8Array[]): string {
  try {
    return JSON.stringify(data.map((element) => utf8.decode(element)));
  } catch {
    throw new FlambeauError(
      'INVALID_VALUE',
      `output '${name}': its bytes are no UTF-8; ask for it with the parameter binary_data`,
    );
  }
}

/** Writes an answer: JSON, and the outputs in binary behind it, in parts. */
export async function writeAnswer(
  info: ModelInfo,
  id: string | undefined,
  result: InferResult,
  binary: (name: string) => boolean,
): Promise<Reply> {
  // Text is gathered, and only large arrays are parts of their own.
  let text = `{"model_name":${JSON.stringify(info.name)},"model_version":${JSON.stringify(info.version)},`;
  if (id !== undefined) text += `"id":${JSON.stringify(id)},`;
  text += '"outputs":[';
  const json: Uint8Array[] = [];
  const tail: Uint8Array[] = [];
  for (const [i, output] of result.outputs.entries()) {
    const { name, datatype, shape, data } = output;
    checkJson(name, datatype, binary(name));
    const head = `${i > 0 ? ',' : ''}${JSON.stringify({ name, datatype, shape }).slice(0, -1)}`;
    if (binary(name)) {
      const bytes = await outputBytes(output);
      text += `${head},"parameters":{"binary_data_size":${bytes.length}}}`;
      tail.push(bytes);
      continue;
    }
    const elements = data instanceof Tensor ? dataText(data) : bytesText(name, data);
    if (typeof elements === 'string') text += `${head},"data":${elements}}`;
    else {
      json.push(Buffer.from(`${text}${head},"data":`), ...(await elements));
      text = '}';
    }
  }
  text += ']}';
  const headers = { 'content-type': 'application/json' };
  if (tail.length === 0) return { headers, parts: json.length > 0 ? [...json, text] : [text] };
  json.push(Buffer.from(text));
  const length = String(json.reduce((sum, part) => sum + part.length, 0));
  return {
    headers: { 'content-type': 'application/octet-stream', 'inference-header-content-length': length },
    parts: [...json, ...tail],
  };
}
