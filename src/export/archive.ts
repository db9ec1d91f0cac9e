import { FlambeauError } from '../errors.js';
import { readZip } from '../serialization/zip.js';
import { parseJson } from './json.js';

/** The files of a `.pt2`, under names without the folder that they all lie in. */
export interface Archive {
  files: ReadonlyMap<string, Buffer>;
  /** Whether it is of PyTorch 2.7 or earlier, which laid programs out in another way. */
  early: boolean;
}

const kinds: [RegExp, string][] = [
  [/(^|\/)constants\.pkl$/, 'a TorchScript module: torch.jit.load() reads it'],
  [/(^|\/)data\.pkl$/, 'a checkpoint: torch.load() reads it'],
];

function refuse(reason: string): FlambeauError {
  return new FlambeauError('INVALID_FILE', `export.load(): the file is ${reason}`);
}

/** Opens the bytes of a file that `torch.export.save` wrote, or that holds an AOTInductor package. */
export function openArchive(bytes: Buffer): Archive {
  const all = readZip(bytes);
  const mark = [...all.keys()].find((name) => name === 'archive_format' || name.endsWith('/archive_format'));
  if (mark === undefined) {
    if (all.has('serialized_exported_program.json')) return { files: all, early: true };
    for (const name of all.keys()) {
      const kind = kinds.find(([pattern]) => pattern.test(name));
      if (kind) throw refuse(kind[1]);
    }
    throw refuse('an archive, and no program of torch.export');
  }
  const format = all.get(mark)!.toString('latin1', 0, 40);
  if (format !== 'pt2') throw refuse(`an archive of the format '${format}', not 'pt2'`);
  const root = mark.slice(0, -'archive_format'.length);
  const files = new Map<string, Buffer>();
  for (const [name, data] of all) if (name.startsWith(root)) files.set(name.slice(root.length), data);
  const version = files.get('archive_version')?.toString('latin1', 0, 40) ?? '0';
  if (version !== '0') throw refuse(`a pt2 archive of version ${version}; this reads version 0`);
  return { files, early: false };
}

/** The names under a folder, without it and without `ending`. */
export function namesIn({ files }: Archive, folder: string, ending: string): string[] {
  return [...files.keys()]
    .filter((name) => name.startsWith(folder) && name.endsWith(ending))
    .map((name) => name.slice(folder.length, -ending.length || undefined));
}

/** A file of text. */
export function readText({ files }: Archive, name: string): string {
  const data = files.get(name);
  if (!data) throw refuse(`a program without its part '${name}'`);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(data);
  } catch {
    throw refuse(`damaged: '${name}' is no text`);
  }
}

/** A file of JSON. */
export function readJson(archive: Archive, name: string): unknown {
  return parseJson(readText(archive, name), name);
}
