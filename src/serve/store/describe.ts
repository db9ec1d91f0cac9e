import { noGrad } from '../../autograd/modes.js';
import type { Dtype } from '../../dtype.js';
import { FlambeauError } from '../../errors.js';
import type { ExportedProgram } from '../../export/program.js';
import type { ValueInfo } from '../../export/inputs.js';
import type { ScriptModule } from '../../jit/module.js';
import { isTensor } from '../../ops/call.js';
import type { Tensor } from '../../tensor.js';
import { datatypeOf, type Datatype } from '../datatypes.js';
import type { TensorSpec } from '../types.js';

/** What a model takes and gives. */
export interface Specs {
  inputs: TensorSpec[];
  outputs: TensorSpec[];
}

/** Tensors for the inputs of a model, by name. */
export type Example = Readonly<Record<string, Tensor>>;

function typeOf(dtype: Dtype, place: string): Datatype {
  const datatype = datatypeOf(dtype);
  if (datatype) return datatype;
  throw new FlambeauError('INVALID_VALUE', `${place} is of ${dtype}, which the Open Inference Protocol cannot carry`);
}

/** The name of a part of the arguments or of the result, for requests. */
function nameOf(path: string, role: 'input' | 'output'): string {
  const flat = path.replace(/\[(\d+)\]/g, '_$1').replace(/\['(.*?)'\]/g, '.$1');
  return flat === '' || flat.startsWith('_') ? role + flat : flat;
}

function specOf(info: ValueInfo, role: 'input' | 'output'): TensorSpec {
  const name = nameOf(info.path, role);
  if (info.kind !== 'tensor') {
    throw new FlambeauError('INVALID_VALUE', `${role} '${name}' is of kind ${info.kind}; a request has tensors only`);
  }
  const shape = info.shape!.map((size) => (typeof size === 'number' ? size : -1));
  return { name, datatype: typeOf(info.dtype!, `${role} '${name}'`), shape };
}

/** What an exported program says that it takes and gives. */
export function specsOfProgram(program: ExportedProgram<unknown>): Specs {
  const of = (infos: readonly ValueInfo[], role: 'input' | 'output'): TensorSpec[] =>
    infos.filter(({ kind }) => kind !== 'constant').map((info) => specOf(info, role));
  return { inputs: of(program.inputs, 'input'), outputs: of(program.outputs, 'output') };
}

/** The names of the tensors that `forward` takes. */
export function argumentsOf(module: ScriptModule): string[] {
  const [, text = ''] = /^\w*\((.*)\) -> /s.exec(module.schema()) ?? [];
  return [...text.matchAll(/(?:^|, )Tensor (\w+)/g)].map(([, name]) => name!);
}

function* leavesOf(value: unknown, path = ''): Generator<[string, Tensor]> {
  if (isTensor(value)) yield [path, value];
  else if (Array.isArray(value)) for (const [i, part] of value.entries()) yield* leavesOf(part, `${path}[${i}]`);
  else if (typeof value === 'object' && value !== null) {
    const entries = value instanceof Map ? [...value] : Object.entries(value);
    for (const [key, part] of entries) yield* leavesOf(part, path === '' ? String(key) : `${path}.${String(key)}`);
  }
}

/** One spec of the same tensor in each example: sizes that differ are free, and the first one where `batched`. */
function merge(name: string, tensors: readonly Tensor[], batched: boolean): TensorSpec {
  const first = tensors[0]!;
  const { shape, dtype } = first;
  const odd = tensors.find((tensor) => tensor.dtype !== dtype || tensor.shape.length !== shape.length);
  if (odd) throw new FlambeauError('INVALID_VALUE', `'${name}' has another dtype or rank in another example`);
  return {
    name,
    datatype: typeOf(dtype, `'${name}'`),
    shape: shape.map((size, i) =>
      (i === 0 && batched) || tensors.some((tensor) => tensor.shape[i] !== size) ? -1 : size,
    ),
  };
}

/** What a model takes and gives, as examples show it: it is run on each. */
export async function specsByRunning(
  run: (...args: Tensor[]) => Promise<unknown>,
  names: readonly string[],
  examples: readonly Example[],
  batched: boolean,
): Promise<Specs> {
  const results: [string, Tensor][][] = [];
  for (const example of examples) {
    const args = names.map((name) => example[name]!);
    results.push([...leavesOf(await noGrad(() => run(...args)))]);
  }
  if (results[0]!.length === 0) throw new FlambeauError('INVALID_VALUE', 'the model gives no tensors for its example');
  const inputs = names.map((name) =>
    merge(
      name,
      examples.map((example) => example[name]!),
      batched,
    ),
  );
  const outputs = results[0]!.map(([path], i) => {
    const tensors = results.map((result) => result[i]?.[1]);
    if (tensors.some((tensor) => tensor === undefined))
      throw new FlambeauError('INVALID_VALUE', 'the model gives fewer tensors for another example');
    return merge(nameOf(path, 'output'), tensors as Tensor[], batched);
  });
  return { inputs, outputs };
}

/** Checks that examples are of a model's inputs. */
export function checkExamples(examples: readonly Example[], inputs: readonly TensorSpec[]): void {
  examples.forEach((example, i) => {
    const unknown = Object.keys(example).find((name) => !inputs.some((input) => input.name === name));
    if (unknown !== undefined) {
      const known = inputs.map(({ name }) => name).join(', ');
      throw new FlambeauError('INVALID_VALUE', `example ${i} has '${unknown}', the model takes ${known}`);
    }
    for (const { name, datatype, shape } of inputs) {
      const tensor = Object.hasOwn(example, name) ? example[name] : undefined;
      if (!tensor) throw new FlambeauError('INVALID_VALUE', `example ${i} has no '${name}'`);
      const fits =
        datatypeOf(tensor.dtype) === datatype &&
        tensor.shape.length === shape.length &&
        shape.every((size, at) => size === -1 || size === tensor.shape[at]);
      if (!fits) {
        throw new FlambeauError(
          'INVALID_VALUE',
          `example ${i} has '${name}' of ${tensor.dtype} and [${tensor.shape.join(', ')}], ` +
            `the model takes ${datatype} and [${shape.join(', ')}]`,
        );
      }
    }
  });
}
