import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { wrongArgument, FlambeauError } from '../../errors.js';
import { export_, type Exportable } from '../../export/export.js';
import { load as loadProgram } from '../../export/load.js';
import { openPt2 } from '../../export/archive.js';
import { loadPackage } from '../../export/package.js';
import { ExportedProgram } from '../../export/program.js';
import { save as saveProgram } from '../../export/save.js';
import { load as loadScript } from '../../jit/file.js';
import { loadFile, saveFile } from '../../serialization/safetensors/index.js';
import { withArchive } from '../../serialization/mapped.js';
import type { Tensor } from '../../tensor.js';
import type { Batching, TensorSpec } from '../types.js';
import { argumentsOf, checkExamples, specsByRunning, specsOfProgram, type Example, type Specs } from './describe.js';
import { copyInto, digestOf, type Digest } from './files.js';
import { isFileName, trim, type Platform } from './manifest.js';

/** What goes into a store as one version of a model. */
export interface ArchiveOptions {
  /** Its name in requests: letters, digits, `.`, `_` and `-`. */
  name: string;
  /** Its version, which must be new; one more than the newest, unless given. */
  version?: string;
  /**
   * The path of a model: `.pt2` (`torch.export`, AOTInductor), `.pt` (TorchScript) or `.js` (a handler); or a program, or
   * a module, which is exported with the first of the examples.
   */
  model: string | ExportedProgram<unknown> | Exportable<never[], unknown>;
  /** What it takes; read from the model, or seen on the examples, where that can be. */
  inputs?: TensorSpec[];
  /** What it gives; as `inputs`. */
  outputs?: TensorSpec[];
  /**
   * Tensors for its inputs, which warm it up whenever it is loaded: objects, or a `.safetensors` file (an example a file,
   * or names as `0/x` and `1/x`).
   */
  examples?: readonly Example[] | string;
  /** How its requests are batched; each runs alone, unless given. */
  batching?: Batching;
  /** How many requests (or batches) run at the same time. */
  instances?: number;
  /** The most rows that wait; more are refused. */
  maxQueueRows?: number;
  /** How long a batch may run, in milliseconds; for ever, unless given. */
  maxRunMs?: number;
  /** Where it runs: `cpu`, `cuda:0`. */
  device?: string;
  /** Other files that a handler reads: they lie beside it, under their own names. */
  files?: readonly string[];
  /** That native code of an AOTInductor package may run, to see what it gives for the examples. */
  trusted?: boolean;
}

/** What {@link build} puts into a folder. */
export interface Built extends Specs {
  platform: Platform;
  file: string;
  files: Record<string, Digest>;
  batching?: Batching;
  examples?: string;
}

const exampleFile = 'examples.safetensors';

/** Examples out of one file of tensors. */
export function splitExamples(tensors: Readonly<Record<string, Tensor>>): Example[] {
  const found: Record<string, Tensor>[] = [];
  for (const [key, tensor] of Object.entries(tensors)) {
    const [, index = '0', name = key] = /^(\d{1,4})\/(.+)$/s.exec(key) ?? [];
    (found[Number(index)] ??= {})[name] = tensor;
  }
  if (found.length === 0 || Object.keys(found).length !== found.length)
    throw new FlambeauError('INVALID_FILE', 'the file of examples leaves out one: they are numbered from 0');
  return found;
}

async function examplesOf({ examples }: ArchiveOptions): Promise<Example[]> {
  if (examples === undefined) return [];
  if (typeof examples === 'string') return splitExamples(await loadFile(examples));
  if (Array.isArray(examples)) return [...(examples as Example[])];
  throw wrongArgument('add', 'examples', 'an array of objects of tensors, or a path', examples);
}

const isPackage = (file: string): Promise<boolean> =>
  withArchive(file, false, function* (zip) {
    const pt2 = yield* openPt2(zip);
    return !pt2.isEarly && pt2.names('data/aotinductor/').length > 0;
  });

function needSpecs(options: ArchiveOptions, what: string, instead = ''): Specs {
  const { inputs, outputs } = options;
  if (inputs && outputs) return { inputs, outputs };
  const missing = inputs ? 'outputs' : 'inputs';
  throw new FlambeauError(
    'INVALID_ARGUMENT',
    `add(): argument '${missing}' is missing: ${what} does not say it${instead}`,
  );
}

/** What is known of a model's inputs and outputs: what was said goes before what the model says. */
function chosen(options: ArchiveOptions, own: Specs): Specs {
  for (const role of ['inputs', 'outputs'] as const) {
    const said = options[role];
    if (said && said.length !== own[role].length) {
      throw new FlambeauError(
        'INVALID_VALUE',
        `add(): argument '${role}' names ${said.length}, the model has ${own[role].length}`,
      );
    }
  }
  return { inputs: options.inputs ?? own.inputs, outputs: options.outputs ?? own.outputs };
}

/**
 * A program of fixed sizes runs full batches: where all its first sizes are the same, a batch of just so many rows.
 */
function batchable(specs: Specs, batching: Batching | undefined): { specs: Specs; batching?: Batching } {
  if (!batching) return { specs };
  const all = [...specs.inputs, ...specs.outputs];
  const first = new Set(all.map(({ shape }) => shape[0]));
  if (batching.maxBatchRows === 1 || (first.size === 1 && first.has(-1))) return { specs, batching };
  const [rows] = first;
  if (first.size === 1 && rows !== undefined && rows > 0 && batching.maxBatchRows === rows) {
    const free = (list: TensorSpec[]): TensorSpec[] =>
      list.map((spec) => ({ ...spec, shape: [-1, ...spec.shape.slice(1)] }));
    return {
      specs: { inputs: free(specs.inputs), outputs: free(specs.outputs) },
      batching: { ...batching, sizes: [rows] },
    };
  }
  const odd = all.find(({ shape }) => shape[0] !== -1)!;
  throw new FlambeauError(
    'INVALID_VALUE',
    `add(): argument 'batching' does not fit: the first size of '${odd.name}' is ` +
      `${odd.shape[0] ?? 'not there'}, so that the model takes no batch of up to ${batching.maxBatchRows} rows`,
  );
}

interface Seen {
  platform: Platform;
  file: string;
  specs: Specs;
}

async function seeFile(file: string, options: ArchiveOptions, examples: readonly Example[]): Promise<Seen> {
  const batched = options.batching !== undefined;
  const extension = path.extname(file).toLowerCase();
  if (extension === '.js' || extension === '.mjs' || extension === '.cjs') {
    return { platform: 'flambeau_handler', file: `model${extension}`, specs: needSpecs(options, 'a handler') };
  }
  if (extension === '.pt2' && (await isPackage(file))) {
    const seen = { platform: 'pytorch_aoti', file: 'model.pt2' } as const;
    if (options.inputs && options.outputs) return { ...seen, specs: needSpecs(options, '') };
    if (examples.length === 0 || options.trusted !== true)
      return { ...seen, specs: needSpecs(options, 'an AOTInductor package', '; examples and `trusted` can show it') };
    using model = await loadPackage<unknown>(file, { trusted: true });
    const names = options.inputs?.map(({ name }) => name) ?? Object.keys(examples[0]!);
    checkNames(examples, names);
    // As it will be run: what requests bring, and what is kept of the examples, is contiguous.
    const run = (...args: Tensor[]) => model.runAsync(...args.map((tensor) => tensor.contiguous()));
    const own = await specsByRunning(run, names, examples, batched);
    return { ...seen, specs: chosen(options, own) };
  }
  if (extension === '.pt2') {
    using program = await loadProgram<unknown>(file);
    return { platform: 'pytorch_export', file: 'model.pt2', specs: chosen(options, specsOfProgram(program)) };
  }
  if (extension !== '.pt' && extension !== '.pth')
    throw new FlambeauError(
      'INVALID_VALUE',
      `add(): argument 'model' must end in .pt2, .pt or .js, not '${extension}'`,
    );
  const seen = { platform: 'pytorch_torchscript', file: 'model.pt' } as const;
  using module = await loadScript(file);
  if (options.inputs && options.outputs) return { ...seen, specs: needSpecs(options, '') };
  if (examples.length === 0)
    return { ...seen, specs: needSpecs(options, 'a TorchScript file', '; examples can show it') };
  const names = options.inputs?.map(({ name }) => name) ?? namesOfScript(argumentsOf(module), examples[0]!);
  checkNames(examples, names);
  const own = await specsByRunning((...args) => module.callAsync(...args), names, examples, batched);
  return { ...seen, specs: chosen(options, own) };
}

/** The arguments of `forward` that the example has; its own order where the names are others. */
function namesOfScript(known: readonly string[], example: Example): string[] {
  const names = Object.keys(example);
  return names.every((name) => known.includes(name)) ? known.filter((name) => Object.hasOwn(example, name)) : names;
}

function checkNames(examples: readonly Example[], names: readonly string[]): void {
  examples.forEach((example, i) => {
    const missing = names.find((name) => !Object.hasOwn(example, name));
    if (missing !== undefined) throw new FlambeauError('INVALID_VALUE', `add(): example ${i} has no '${missing}'`);
  });
}

function programOf(options: ArchiveOptions, examples: readonly Example[]): ExportedProgram<unknown> {
  const { model, inputs } = options;
  if (model instanceof ExportedProgram) return model as ExportedProgram<unknown>;
  if (typeof model !== 'object' || model === null || typeof model.call !== 'function')
    throw wrongArgument('add', 'model', 'a path, a program or a module', model);
  const [example] = examples;
  if (!example)
    throw new FlambeauError('INVALID_ARGUMENT', "add(): argument 'examples' is missing: a module is exported with one");
  const names = inputs?.map(({ name }) => name) ?? Object.keys(example);
  checkNames(examples, names);
  const args = names.map((name) => example[name]) as never[];
  return export_(model as Exportable<never[], unknown>, args, { names });
}

/** Puts the files of a version into a folder that is there and empty, each down to the disk, and tells what it is. */
export async function build(folder: string, options: ArchiveOptions): Promise<Built> {
  const { model } = options;
  const given = await examplesOf(options);
  const files: Record<string, Digest> = {};
  let seen: Seen;
  if (typeof model === 'string') {
    // Copied first: what is looked at is what is kept.
    const extension = path.extname(model).toLowerCase();
    const draft = `model${extension === '.pth' ? '.pt' : extension}`;
    if (!isFileName(draft)) throw wrongArgument('add', 'model', 'the path of a model', model);
    files[draft] = await copyInto(path.join(folder, draft), model);
    seen = await seeFile(path.join(folder, draft), options, given);
  } else {
    const program = programOf(options, given);
    try {
      seen = { platform: 'pytorch_export', file: 'model.pt2', specs: chosen(options, specsOfProgram(program)) };
      await saveProgram(program, path.join(folder, seen.file));
      files[seen.file] = await digestOf(path.join(folder, seen.file));
    } finally {
      // The graph alone: the weights are the module's.
      if (program !== model) program.graph.dispose();
    }
  }
  const { specs, batching } = batchable(seen.specs, options.batching && (trim(options.batching) as Batching));
  checkExamples(given, specs.inputs);
  for (const from of options.files ?? []) {
    const name = path.basename(from);
    if (!isFileName(name) || Object.hasOwn(files, name) || name === exampleFile)
      throw new FlambeauError('INVALID_VALUE', `add(): argument 'files' cannot have a file '${name}'`);
    files[name] = await copyInto(path.join(folder, name), from);
  }
  const built: Built = { platform: seen.platform, file: seen.file, files, ...specs, ...(batching && { batching }) };
  if (given.length === 0) return built;
  const tensors: Record<string, Tensor> = {};
  given.forEach((example, i) => {
    for (const { name } of specs.inputs) tensors[`${i}/${name}`] = example[name]!.detach().cpu().contiguous();
  });
  await saveFile(tensors, path.join(folder, exampleFile));
  files[exampleFile] = await digestOf(path.join(folder, exampleFile));
  return { ...built, examples: exampleFile };
}

/** An empty folder that is removed again, whatever is left in it, unless it was moved away. */
export async function withFolder<T>(folder: string, use: (folder: string) => Promise<T>): Promise<T> {
  await mkdir(folder);
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
