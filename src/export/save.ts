import { binding } from '../binding.js';
import { dtypes } from '../dtype.js';
import { wrongArgument } from '../errors.js';
import { noGrad } from '../autograd/modes.js';
import { handleOf } from '../ops/call.js';
import { asStrided } from '../ops/functions.js';
import { partsOf, type Bytes } from '../serialization/memory.js';
import { writeFile, writeFileSync } from '../serialization/target.js';
import { zip, type ZipEntry } from '../serialization/zip-writer.js';
import type { Tensor } from '../tensor.js';
import { scope } from '../tensor/scope.js';
import { encodeMeta } from './meta.js';
import { ExportedProgram } from './program.js';
import type { Held } from './weights.js';

/** One memory, with the tensors that lie in it. */
interface Memory {
  tensor: Tensor;
  names: string[];
}

/** The memories of tensors: what is shared is written once. */
function memoriesOf(tensors: ReadonlyMap<string, Held>): Memory[] {
  const found = new Map<string, Memory>();
  for (const [name, { tensor }] of tensors) {
    const handle = handleOf(tensor);
    const key = binding.storageBytes(handle) === 0 ? name : String(binding.storageKey(handle));
    const memory = found.get(key);
    if (memory) memory.names.push(name);
    else found.set(key, { tensor, names: [name] });
  }
  return [...found.values()];
}

/** The bytes of the memory that a tensor lies in, in order. */
function bytesOf(tensor: Tensor): Uint8Array | Bytes {
  const handle = handleOf(tensor);
  if (tensor.device === 'cpu') return partsOf(binding.storage(handle), binding.storageBytes(handle));
  return noGrad(() =>
    scope(() => {
      const count = Math.floor(binding.storageBytes(handle) / dtypes[tensor.dtype].size);
      return new Uint8Array(binding.copyOut(handleOf(asStrided(tensor.detach(), [count], [1], 0))));
    }),
  );
}

function* payload(
  tensors: ReadonlyMap<string, Held>,
  folder: string,
  prefix: string,
  config: string,
): Generator<ZipEntry> {
  const entries: Record<string, object> = {};
  for (const name of tensors.keys()) entries[name] = {};
  let count = 0;
  for (const { tensor, names } of memoriesOf(tensors)) {
    const file = `${prefix}${count++}`;
    for (const name of names) {
      const held = tensors.get(name)!;
      entries[name] = {
        path_name: file,
        is_param: held.isParameter,
        use_pickle: false,
        tensor_meta: encodeMeta(held.tensor),
      };
    }
    yield { name: `archive/${folder}${file}`, data: bytesOf(tensor) };
  }
  yield { name: `archive/${folder}${config}`, data: Buffer.from(JSON.stringify({ config: entries })) };
}

// In the program's text: a device wherever it stands.
const devices = /"(device|as_device)": ?\{"type": ?"(\w+)", ?"index": ?(?:null|\d+)\}/g;

/** The files of a program, as Python's `torch.export.save` lays them out. */
function* filesOf(program: ExportedProgram<unknown>): Generator<ZipEntry> {
  const { text, state, constants, samples, device } = program._parts;
  const [type, index = 'null'] = device?.split(':') ?? [];
  const moved =
    type === undefined
      ? text
      : text.replace(devices, (all, key: string, was: string) =>
          was === 'meta' ? all : `"${key}": {"type": "${type}", "index": ${type === 'cpu' ? 'null' : index}}`,
        );
  const file = (name: string, data: Uint8Array | string): ZipEntry => ({
    name: `archive/${name}`,
    data: Buffer.from(data as Uint8Array),
  });
  yield file('models/model.json', moved);
  yield file('archive_format', 'pt2');
  yield file('archive_version', '0');
  yield file('byteorder', 'little');
  yield file('.data/version', '6\n');
  yield* payload(state, 'data/weights/', 'weight_', 'model_weights_config.json');
  yield* payload(constants, 'data/constants/', 'tensor_', 'model_constants_config.json');
  yield file('data/sample_inputs/model.pt', samples);
}

function check(program: unknown, path: unknown): void {
  if (!(program instanceof ExportedProgram)) throw wrongArgument('export.save', 'program', 'ExportedProgram', program);
  if (typeof path !== 'string') throw wrongArgument('export.save', 'path', 'string', path);
}

/**
 * Writes a program, with its parameters as they are now, so that Python's `torch.export.load` reads it. The file
 * appears whole or not at all.
 *
 * @see https://docs.pytorch.org/docs/2.13/export.html
 * @example
 * const program = await torch.export.load('test/export/files/mlp.pt2')
 * await torch.export.save(program, '/tmp/flambeau-example.pt2')
 * (await torch.export.load('/tmp/flambeau-example.pt2')).inputs[0].path // 'x'
 */
export async function save(program: ExportedProgram<unknown>, path: string): Promise<void> {
  check(program, path);
  await writeFile(path, zip(filesOf(program)));
}

/**
 * {@link save}, blocking.
 *
 * @example
 * torch.export.saveSync(torch.export.loadSync('test/export/files/mlp.pt2'), '/tmp/flambeau-example-2.pt2')
 */
export function saveSync(program: ExportedProgram<unknown>, path: string): void {
  check(program, path);
  writeFileSync(path, zip(filesOf(program)));
}
