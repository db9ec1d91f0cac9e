import { FlambeauError } from '../../errors.js';
import { isTensor } from '../../ops/call.js';
import type { Tensor } from '../../tensor.js';
import { datatypeOf } from '../datatypes.js';
import type { InferRequest, ModelInfo, NamedTensor, TensorSpec } from '../types.js';

const shown = (shape: readonly number[]): string => `[${shape.join(', ')}]`;

function checkInput({ name, info }: { name: string; info: ModelInfo }, spec: TensorSpec, input: NamedTensor): void {
  const wrong = (what: string): FlambeauError =>
    new FlambeauError('INVALID_VALUE', `input '${name}' of model '${info.name}' must ${what}`);
  if (input.datatype !== spec.datatype) throw wrong(`be of ${spec.datatype}, not ${input.datatype}`);
  const { shape } = input;
  const fits = shape.length === spec.shape.length && spec.shape.every((size, i) => size === -1 || size === shape[i]);
  if (!fits) throw wrong(`have the shape ${shown(spec.shape)}, not ${shown(shape)}`);
  const isBytes = spec.datatype === 'BYTES';
  if (isBytes === isTensor(input.data)) throw wrong(isBytes ? 'be an array of bytes' : 'be a tensor');
}

/**
 * The inputs of a request in the order of the model's.
 *
 * @throws `INVALID_VALUE` where one is missing, unknown, twice there, or not of the datatype and shape that the model takes
 */
export function orderedInputs(info: ModelInfo, inputs: readonly NamedTensor[]): NamedTensor[] {
  const given = new Map<string, NamedTensor>();
  for (const input of inputs) {
    if (given.has(input.name)) throw new FlambeauError('INVALID_VALUE', `input '${input.name}' is given twice`);
    given.set(input.name, input);
  }
  const ordered = info.inputs.map((spec) => {
    const input = given.get(spec.name);
    if (!input) throw new FlambeauError('INVALID_VALUE', `input '${spec.name}' of model '${info.name}' is missing`);
    checkInput({ name: spec.name, info }, spec, input);
    given.delete(spec.name);
    return input;
  });
  for (const name of given.keys()) {
    const known = info.inputs.map((spec) => `'${spec.name}'`).join(', ');
    throw new FlambeauError('INVALID_VALUE', `model '${info.name}' has no input '${name}'; it takes ${known}`);
  }
  return ordered;
}

/** Refuses names of outputs that the model has not. */
export function checkWanted(info: ModelInfo, wanted: InferRequest['outputs']): void {
  for (const name of wanted ?? []) {
    if (info.outputs.some((spec) => spec.name === name)) continue;
    const known = info.outputs.map((spec) => `'${spec.name}'`).join(', ');
    throw new FlambeauError('INVALID_VALUE', `model '${info.name}' has no output '${name}'; it gives ${known}`);
  }
}

/** What a model answers that is asked for an explanation, and has none. */
export function explainsNothing({ name }: ModelInfo): FlambeauError {
  return new FlambeauError('NOT_IMPLEMENTED', `the model '${name}' explains nothing: handlers with 'explain' do`);
}

/** Results by their names, those that are wanted. */
export function namedOutputs(
  info: ModelInfo,
  results: readonly (Tensor | readonly Uint8Array[] | { shape: number[]; data: readonly Uint8Array[] })[],
  wanted: InferRequest['outputs'],
): NamedTensor[] {
  if (results.length !== info.outputs.length) {
    throw new FlambeauError(
      'UNSUPPORTED',
      `model '${info.name}' gave ${results.length} results, and is described with ${info.outputs.length}`,
    );
  }
  const all = results.map((result, i): NamedTensor => {
    const { name } = info.outputs[i]!;
    if (!isTensor(result)) {
      const data = 'data' in result ? result.data : result;
      return { name, datatype: 'BYTES', shape: 'data' in result ? result.shape : [data.length], data };
    }
    const datatype = datatypeOf(result.dtype);
    if (!datatype)
      throw new FlambeauError(
        'UNSUPPORTED',
        `output '${name}' is of ${result.dtype}, which the protocols cannot carry`,
      );
    return { name, datatype, shape: [...result.shape], data: result };
  });
  return wanted ? wanted.map((name) => all.find((output) => output.name === name)!) : all;
}
