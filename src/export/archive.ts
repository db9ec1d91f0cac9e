import { FlambeauError } from '../errors.js';
import type { Archive } from '../serialization/mapped.js';
import type { Reading } from '../serialization/source.js';
import { parseJson } from './json.js';

const kinds: [RegExp, string][] = [
  [/(^|\/)constants\.pkl$/, 'a TorchScript module: torch.jit.load() reads it'],
  [/(^|\/)data\.pkl$/, 'a checkpoint: torch.load() reads it'],
];

function refuse(reason: string): FlambeauError {
  return new FlambeauError('INVALID_FILE', `export.load(): the file is ${reason}`);
}

/** The files of a `.pt2`, under names without the folder that they all lie in. */
export class Pt2 {
  constructor(
    readonly zip: Archive,
    private readonly root: string,
    /** Whether it is of PyTorch 2.7 or earlier, which laid programs out in another way. */
    readonly isEarly: boolean,
  ) {}

  has(name: string): boolean {
    return this.zip.records.has(this.root + name);
  }

  /** How many bytes a file has; nothing where it is not there. */
  size(name: string): number | undefined {
    return this.zip.records.get(this.root + name)?.size;
  }

  /** The name of a file in the archive itself. */
  path(name: string): string {
    return this.root + name;
  }

  /** The names under a folder, without it and without `ending`. */
  names(folder: string, ending = ''): string[] {
    const start = this.root + folder;
    return [...this.zip.records.keys()]
      .filter((name) => name.startsWith(start) && name.endsWith(ending))
      .map((name) => name.slice(start.length, name.length - ending.length));
  }

  *bytes(name: string): Reading<Buffer> {
    if (!this.has(name)) throw refuse(`a program without its part '${name}'`);
    return yield* this.zip.bytes(this.root + name);
  }

  *text(name: string): Reading<string> {
    const data = yield* this.bytes(name);
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(data);
    } catch {
      throw refuse(`damaged: '${name}' is no text`);
    }
  }

  *json(name: string): Reading<unknown> {
    return parseJson(yield* this.text(name), name);
  }
}

/** Opens what `torch.export.save` wrote, or an AOTInductor package. */
export function* openPt2(zip: Archive): Reading<Pt2> {
  const names = [...zip.records.keys()];
  const mark = names.find((name) => name === 'archive_format' || name.endsWith('/archive_format'));
  if (mark === undefined) {
    if (zip.records.has('serialized_exported_program.json')) return new Pt2(zip, '', true);
    for (const name of names) {
      const kind = kinds.find(([pattern]) => pattern.test(name));
      if (kind) throw refuse(kind[1]);
    }
    throw refuse('an archive, and no program of torch.export');
  }
  const pt2 = new Pt2(zip, mark.slice(0, -'archive_format'.length), false);
  const format = (yield* pt2.bytes('archive_format')).toString('latin1', 0, 40);
  if (format !== 'pt2') throw refuse(`an archive of the format '${format}', not 'pt2'`);
  const version = pt2.has('archive_version') ? (yield* pt2.bytes('archive_version')).toString('latin1', 0, 40) : '0';
  if (version !== '0') throw refuse(`a pt2 archive of version ${version}; this reads version 0`);
  return pt2;
}
