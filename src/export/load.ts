import type { Device } from '../device.js';
import { FlambeauError, wrongArgument } from '../errors.js';
import { withArchive, withArchiveSync, type Archive } from '../serialization/mapped.js';
import { pathOf, type Reading } from '../serialization/source.js';
import type { Tensor } from '../tensor.js';
import { openPt2, type Pt2 } from './archive.js';
import { damaged, parseJson } from './json.js';
import { ExportedProgram, type Parts } from './program.js';
import { exportedProgram, schemaVersion, versioned, type Program } from './schema.js';
import { readCheckpoint, readPayload, type Held } from './weights.js';

/** Options of {@link load}. */
export interface LoadOptions {
  /** Which program, where a file holds several; `'model'` unless given. */
  model?: string;
  /** Where its tensors go; without it, where they were when it was exported. */
  device?: Device;
  /**
   * Whether its tensors lie in the mapped file, as they do unless this is false: nothing is read until it is used, and
   * what is changed is changed in memory only. The file must not become shorter meanwhile. Bytes are always copied.
   */
  mmap?: boolean;
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

function chooseModel(pt2: Pt2, wanted: string | undefined): string {
  const names = pt2.names('models/', '.json');
  const name = wanted ?? (names.includes('model') || names.length !== 1 ? 'model' : names[0]!);
  if (names.includes(name)) return name;
  if (names.length > 0) {
    throw new FlambeauError(
      'INVALID_VALUE',
      `export.load(): the file holds no program '${name}', but ${names.map((each) => `'${each}'`).join(', ')}`,
    );
  }
  const isCompiled = pt2.names('data/aotinductor/').length > 0;
  throw damaged(
    'the file',
    isCompiled ? 'is an AOTInductor package: torch.export.loadPackage() reads it' : 'holds no program',
  );
}

/** The files of a program: those of PyTorch 2.7 and earlier, those of 2.8, and those of today. */
function filesOf(
  pt2: Pt2,
  model: string | undefined,
): { program: string; state: string; constants: string; samples: string } {
  if (pt2.isEarly) {
    return {
      program: 'serialized_exported_program.json',
      state: 'serialized_state_dict.pt',
      constants: 'serialized_constants.pt',
      samples: 'serialized_example_inputs.pt',
    };
  }
  const name = chooseModel(pt2, model);
  const tensors = (folder: string, kind: string): string =>
    pt2.has(`${folder}${name}.pt`) ? `${folder}${name}.pt` : `${folder}${name}_${kind}_config.json`;
  return {
    program: `models/${name}.json`,
    state: tensors('data/weights/', 'weights'),
    constants: tensors('data/constants/', 'constants'),
    samples: `data/sample_inputs/${name}.pt`,
  };
}

function* readParts(zip: Archive, model: string | undefined): Reading<Parts> {
  const pt2 = yield* openPt2(zip);
  const files = filesOf(pt2, model);
  const text = yield* pt2.text(files.program);
  const program = decode(text, files.program);
  const parameters = new Set(
    program.graph_module.signature.input_specs.flatMap((spec) =>
      spec.kind === 'parameter' ? [spec.value.parameter_name] : [],
    ),
  );
  const tensors = (file: string): Reading<Map<string, Held>> => {
    const folder = file.lastIndexOf('/') + 1;
    return file.endsWith('.pt')
      ? readCheckpoint(pt2, file, parameters)
      : readPayload(pt2, file.slice(0, folder), file.slice(folder));
  };
  const state = yield* tensors(files.state);
  const constants = yield* tensors(files.constants);
  const samples = pt2.has(files.samples) ? yield* pt2.bytes(files.samples) : Buffer.alloc(0);
  return { program, text, state, constants, samples };
}

function finish<R>(parts: Parts, { device }: LoadOptions): ExportedProgram<R> {
  const loaded = new ExportedProgram<R>(parts);
  return device === undefined ? loaded : loaded.to(device);
}

/** Where a program is read from, and whether it is mapped. */
function sourceOf(source: unknown, options: LoadOptions): [string | Uint8Array, boolean] {
  if (typeof source !== 'string' && !(source instanceof URL) && !(source instanceof Uint8Array)) {
    throw wrongArgument('export.load', 'source', 'a path or a Buffer', source);
  }
  if (typeof options !== 'object' || options === null) throw wrongArgument('export.load', 'options', 'object', options);
  const { mmap = true } = options;
  if (typeof mmap !== 'boolean') throw wrongArgument('export.load', 'mmap', 'boolean', mmap);
  return source instanceof Uint8Array ? [source, false] : [pathOf(source), mmap];
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
  const [from, mmap] = sourceOf(source, options);
  return finish<R>(await withArchive(from, mmap, (zip) => readParts(zip, options.model)), options);
}

/**
 * {@link load}, blocking.
 *
 * @throws what `load` throws
 * @example
 * torch.export.loadSync('test/export/files/mlp.pt2').inputs[0].path // 'x'
 */
export function loadSync<R = Tensor>(source: string | URL | Uint8Array, options: LoadOptions = {}): ExportedProgram<R> {
  const [from, mmap] = sourceOf(source, options);
  return finish<R>(
    withArchiveSync(from, mmap, (zip) => readParts(zip, options.model)),
    options,
  );
}
