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

/** The elements of an output as an array of JSON. */
export async function outputText({ name, data }: NamedTensor): Promise<Uint8Array> {
  if (data instanceof Tensor) return dataText(data);
  try {
    return Buffer.from(JSON.stringify(data.map((element) => utf8.decode(element))));
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
  const head = { model_name: info.name, model_version: info.version, ...(id === undefined ? {} : { id }) };
  const json: Uint8Array[] = [Buffer.from(`${JSON.stringify(head).slice(0, -1)},"outputs":[`)];
  const tail: Uint8Array[] = [];
  for (const [i, output] of result.outputs.entries()) {
    const { name, datatype, shape } = output;
    const comma = i > 0 ? ',' : '';
    checkJson(name, datatype, binary(name));
    if (binary(name)) {
      const bytes = await outputBytes(output);
      const parameters = { binary_data_size: bytes.length };
      json.push(Buffer.from(comma + JSON.stringify({ name, datatype, shape, parameters })));
      tail.push(bytes);
    } else {
      json.push(Buffer.from(`${comma}${JSON.stringify({ name, datatype, shape }).slice(0, -1)},"data":`));
      json.push(await outputText(output), Buffer.from('}'));
    }
  }
  json.push(Buffer.from(']}'));
  const length = json.reduce((sum, part) => sum + part.length, 0);
  // Small parts together are cheaper than one by one.
  const parts = length < 16384 ? [Buffer.concat(json, length), ...tail] : [...json, ...tail];
  return tail.length === 0
    ? { headers: { 'content-type': 'application/json' }, parts }
    : {
        headers: { 'content-type': 'application/octet-stream', 'inference-header-content-length': String(length) },
        parts,
      };
}
