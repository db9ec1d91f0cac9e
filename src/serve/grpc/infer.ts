import { FlambeauError } from '../../errors.js';
import { Tensor } from '../../tensor.js';
import { giveBack } from '../codec/binary.js';
import type { Context } from '../context.js';
import type { InferRequest, InferResult, NamedTensor } from '../types.js';
import type { Running } from './call.js';
import type { WireInferRequest } from './messages.js';
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

const dispose = (tensors: readonly NamedTensor[]): void => {
  for (const { data } of tensors) if (data instanceof Tensor) data.dispose();
};

/** Answers one request to a model, in bytes with one copy of its tensors, and frees the tensors of both. */
export async function infer(context: Context, wire: WireInferRequest, call: Running): Promise<Buffer> {
  call.authorize('infer', wire.model_name);
  const model = context.models.get(wire.model_name, wire.model_version || undefined);
  const { info } = model;
  call.notes.version = info.version;
  const request = readRequest(wire, call);
  const batched = (info.batching?.maxBatchRows ?? 1) > 1;
  call.notes.rows = batched ? (request.inputs[0]?.shape[0] ?? 1) : 1;
  let result: InferResult | undefined;
  try {
    result = await model.infer(request);
    call.notes.timing = result.timing;
    const { tensors, raw } = await writeTensors(result.outputs);
    const head = { model_name: info.name, model_version: info.version, id: wire.id ?? '', outputs: tensors };
    const message = withRaw(methods.ModelInfer.responseSerialize(head), rawOutputs, raw);
    raw.forEach(giveBack);
    return message;
  } finally {
    dispose(request.inputs);
    dispose(result?.outputs ?? []);
  }
}
