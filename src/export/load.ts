import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { FlambeauError, wrongArgument } from '../errors.js';
import type { Device } from '../device.js';
import type { Tensor } from '../tensor.js';
import { namesIn, openArchive, readText, type Archive } from './archive.js';
import { damaged, parseJson } from './json.js';
import { ExportedProgram } from './program.js';
import { exportedProgram, schemaVersion, versioned, type Program } from './schema.js';
import { readPayload, type Held } from './weights.js';

/** Options of {@link load}. */
export interface LoadOptions {
  /** Which program, where a file holds several; `'model'` unless given. */
  model?: string;
  /** Where its tensors go; without it, where they were when it was exported. */
  device?: Device;
}

function decode(text: string, place: string): Program {
  const json = parseJson(text, place);
  const { major, minor } = versioned(json, place).schema_version;
  if (major !== schemaVersion.major) {
    throw new FlambeauError(
      'INVALID_FILE',
      `export.load(): the program is written in version ${major}.${minor} of the schema; versions ${schemaVersion.major}.x, ` +
        'of PyTorch 2.6 and later, are read. Load it with the PyTorch that wrote it, and export it anew.',
    );
  }
  return exportedProgram(json, place);
}

function chooseModel(archive: Archive, wanted: string | undefined): string {
  const names = namesIn(archive, 'models/', '.json');
  const name = wanted ?? (names.includes('model') || names.length !== 1 ? 'model' : names[0]!);
  if (names.includes(name)) return name;
  if (names.length > 0) {
    throw new FlambeauError(
      'INVALID_VALUE',
      `export.load(): the file holds no program '${name}', but ${names.map((each) => `'${each}'`).join(', ')}`,
    );
  }
  const compiled = [...archive.files.keys()].some((file) => file.startsWith('data/aotinductor/'));
  throw damaged(
    'the file',
    compiled ? 'is an AOTInductor package: torch.export.loadPackage() reads it' : 'holds no program',
  );
}

function read<R>(bytes: Buffer, { model, device }: LoadOptions): ExportedProgram<R> {
  const archive = openArchive(bytes);
  if (archive.early) throw damaged('the file', 'is of PyTorch 2.7 or earlier: export it anew');
  const name = chooseModel(archive, model);
  const text = readText(archive, `models/${name}.json`);
  const program = decode(text, `models/${name}.json`);
  const tensors = (folder: string, kind: string): Map<string, Held> => {
    if (archive.files.has(`${folder}${name}.pt`)) throw damaged('the file', 'is of PyTorch 2.8: export it anew');
    return readPayload(archive, folder, `${name}_${kind}_config.json`);
  };
  const loaded = new ExportedProgram<R>({
    program,
    text,
    state: tensors('data/weights/', 'weights'),
    constants: tensors('data/constants/', 'constants'),
    samples: archive.files.get(`data/sample_inputs/${name}.pt`) ?? Buffer.alloc(0),
  });
  return device === undefined ? loaded : loaded.to(device);
}

function check(source: unknown, options: unknown): void {
  if (typeof source !== 'string' && !(source instanceof URL) && !(source instanceof Uint8Array)) {
    throw wrongArgument('export.load', 'source', 'a path or a Buffer', source);
  }
  if (typeof options !== 'object' || options === null) throw wrongArgument('export.load', 'options', 'object', options);
}

function bytesOf(data: Uint8Array): Buffer {
  return Buffer.from(data.buffer, data.byteOffset, data.byteLength);
}

/**
 * Reads a program that Python's `torch.export.save` wrote. Nothing in the file is run before it is called, and then
 * only LibTorch's operators are.
 *
 * @param source - the path of a `.pt2` file, or its bytes
 * @throws when the file is damaged, of another kind or version, or calls an operator that there is not
 * @see https://docs.pytorch.org/docs/2.13/export.html
 * @example
 * const program = await torch.export.load('test/export/files/mlp.pt2')
 * program.forward(torch.zeros(5, 4)).shape // [ 5, 3 ]
 */
export async function load<R = Tensor>(
  source: string | URL | Uint8Array,
  options: LoadOptions = {},
): Promise<ExportedProgram<R>> {
  check(source, options);
  return read<R>(source instanceof Uint8Array ? bytesOf(source) : await readFile(source), options);
}

/**
 * {@link load}, blocking.
 *
 * @throws what `load` throws
 * @example
 * torch.export.loadSync('test/export/files/mlp.pt2').inputs[0].path // 'x'
 */
export function loadSync<R = Tensor>(source: string | URL | Uint8Array, options: LoadOptions = {}): ExportedProgram<R> {
  check(source, options);
  return read<R>(source instanceof Uint8Array ? bytesOf(source) : readFileSync(source), options);
}
