import { FlambeauError } from '../../errors.js';
import type { Context } from '../context.js';
import type { InferRequest, InferResult } from '../types.js';
import type { Running } from './call.js';
import type { WireInferRequest, WireInferResponse } from './messages.js';
import { methods, withRaw } from './proto.js';
import { readParameters, readTensors, writeTensors } from './tensors.js';

/** The field number of `raw_output_contents`. */
const rawOutputs = 6;

/** Parameters that say how a request is run are taken from those that the model sees. */
function readRequest(wire: WireInferRequest, { signal, deadline }: Running): InferRequest {
  const { priority, timeout, ...parameters } = readParameters(wire.parameters);
  for (const [name, value] of Object.entries({ priority, timeout })) {
    if (value !== undefined && typeof value !== 'number')
      throw new FlambeauError('INVALID_VALUE', `the parameter '${name}' must be a number`);
  }
  // In microseconds, as Triton has it; 0 is none.
  const until = timeout ? performance.now() + Number(timeout) / 1000 : Infinity;
  const limit = Math.min(until, deadline ?? Infinity);
  return {
    inputs: readTensors(wire.inputs, wire.raw_input_contents),
    ...(wire.outputs?.length ? { outputs: wire.outputs.map(({ name }) => name) } : {}),
    parameters,
    ...(priority === undefined ? {} : { priority: Number(priority) }),
    ...(Number.isFinite(limit) ? { deadline: limit } : {}),
    signal,
  };
}

/** Answers one request to a model. */
export async function infer(
  context: Context,
  wire: WireInferRequest,
  call: Running,
): Promise<{ head: WireInferResponse; raw: Uint8Array[] }> {
  call.authorize('infer', wire.model_name);
  const model = context.models.get(wire.model_name, wire.model_version || undefined);
  call.notes.version = model.info.version;
  const { outputs, timing }: InferResult = await model.infer(readRequest(wire, call));
  call.notes.timing = timing;
  const { tensors, raw } = await writeTensors(outputs);
  const { name, version } = model.info;
  return { head: { model_name: name, model_version: version, id: wire.id ?? '', outputs: tensors }, raw };
}

/** An answer as bytes, with one copy of its tensors. */
export function encodeAnswer({ head, raw }: { head: WireInferResponse; raw: Uint8Array[] }): Buffer {
  return withRaw(methods.ModelInfer.responseSerialize(head), rawOutputs, raw);
}
