import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import { binding } from '../binding.js';
import { dtypes } from '../dtype.js';
import { wrongArgument } from '../errors.js';
import { noGrad } from '../autograd/modes.js';
import { handleOf } from '../ops/call.js';
import { asStrided } from '../ops/functions.js';
import { writeZip, type ZipEntry } from '../serialization/zip.js';
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
    const key = binding.storageBytes(handle) === 0 ? name : `${tensor.device} ${binding.dataPointer(handle)}`;
    const memory = found.get(key);
    if (memory) memory.names.push(name);
    else found.set(key, { tensor, names: [name] });
  }
  return [...found.values()];
}

/** The bytes of the memory that a tensor lies in, in order. */
function bytesOf(tensor: Tensor): Uint8Array {
  return noGrad(() =>
    scope(() => {
      const { size } = dtypes[tensor.dtype];
      const count = Math.floor(binding.storageBytes(handleOf(tensor)) / size);
      return new Uint8Array(binding.copyOut(handleOf(asStrided(tensor.detach(), [count], [1], 0))));
    }),
  );
}

function payload(tensors: ReadonlyMap<string, Held>, folder: string, prefix: string, config: string): ZipEntry[] {
  const entries: Record<string, object> = {};
  const files = memoriesOf(tensors).map(({ tensor, names }, i) => {
    const file = `${prefix}${i}`;
    for (const name of names) {
      const held = tensors.get(name)!;
      entries[name] = {
        path_name: file,
        is_param: held.isParameter,
        use_pickle: false,
        tensor_meta: encodeMeta(held.tensor),
      };
    }
    return { name: `${folder}${file}`, data: bytesOf(tensor) };
  });
  const ordered = Object.fromEntries([...tensors.keys()].map((name) => [name, entries[name]]));
  return [...files, { name: `${folder}${config}`, data: Buffer.from(JSON.stringify({ config: ordered })) }];
}

// In the program's text: a device wherever it stands.
const devices = /"(device|as_device)": ?\{"type": ?"(\w+)", ?"index": ?(?:null|\d+)\}/g;

/** The files of a program, as Python's `torch.export.save` lays them out. */
function archive(program: ExportedProgram<unknown>): Uint8Array[] {
  const { text, state, constants, samples, device } = program._parts;
  const [type, index = 'null'] = device?.split(':') ?? [];
  const moved =
    type === undefined
      ? text
      : text.replace(devices, (all, key: string, was: string) =>
          was === 'meta' ? all : `"${key}": {"type": "${type}", "index": ${type === 'cpu' ? 'null' : index}}`,
        );
  const files: ZipEntry[] = [
    { name: 'models/model.json', data: Buffer.from(moved) },
    { name: 'archive_format', data: Buffer.from('pt2') },
    { name: 'archive_version', data: Buffer.from('0') },
    { name: 'byteorder', data: Buffer.from('little') },
    { name: '.data/version', data: Buffer.from('6\n') },
    ...payload(state, 'data/weights/', 'weight_', 'model_weights_config.json'),
    ...payload(constants, 'data/constants/', 'tensor_', 'model_constants_config.json'),
    { name: 'data/sample_inputs/model.pt', data: samples },
  ];
  return writeZip(files.map(({ name, data }) => ({ name: `archive/${name}`, data })));
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
  const temporary = `${path}.${process.pid}.part`;
  try {
    await writeFile(temporary, archive(program));
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/**
 * {@link save}, blocking.
 *
 * @example
 * torch.export.saveSync(torch.export.loadSync('test/export/files/mlp.pt2'), '/tmp/flambeau-example-2.pt2')
 */
export function saveSync(program: ExportedProgram<unknown>, path: string): void {
  check(program, path);
  const temporary = `${path}.${process.pid}.part`;
  try {
    writeFileSync(temporary, Buffer.concat(archive(program)));
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}
