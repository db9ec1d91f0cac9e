import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { lstat, mkdir, readFile, realpath, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { FlambeauError, wrongArgument } from '../../errors.js';
import { loadFile } from '../../serialization/safetensors/index.js';
import { datatypeOf } from '../datatypes.js';
import type { LoadOptions, ModelInfo, NamedTensor } from '../types.js';
import { build, splitExamples, withFolder, type ArchiveOptions } from './archive.js';
import { allowed, fetchFile, type FetchPolicy, type Network } from './fetch.js';
import { syncFolder, verify, writeNew } from './files.js';
import {
  checkManifest,
  checkName,
  checkVersion,
  infoOf,
  isModelName,
  isVersion,
  manifestFile,
  parseManifest,
  trim,
  type Manifest,
} from './manifest.js';

/** One version of a model in a store, whose files are those that its manifest promised. */
export interface StoredModel {
  /** What the protocols show of it. */
  info: ModelInfo;
  /** The path of its model. */
  file: string;
  /** What its archive says of how it is loaded. */
  options: LoadOptions;
  /** What it is warmed up with. */
  examples?: NamedTensor[][];
  /** All that its archive says. */
  manifest: Manifest;
}

/** What {@link ModelStore.addFrom} adds, and from where it may. */
export interface FetchOptions extends Omit<ArchiveOptions, 'model'> {
  /** The sha256 of the file, in hexadecimal digits. */
  sha256: string;
  /** What may be fetched. */
  policy: FetchPolicy;
  /** @internal */
  network?: Network;
}

// A manifest is small; a file of another size is none.
const maxManifest = 1 << 20;

const byNumber = (a: string, b: string): number => Number(a) - Number(b);

const ownVersion = (): string => {
  const file = fileURLToPath(new URL('../../../package.json', import.meta.url));
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
};

/**
 * A folder of models: `<model>/<version>/`, with the files of a version and a `model.json` that describes them. Versions
 * are added whole and never changed.
 *
 * @example
 * const store = await serve.ModelStore.open('/tmp/flambeau-example-store', { create: true })
 * const module = new nn.Linear(2, 3)
 * const { name, inputs } = await store.add({ name: 'linear', model: module, examples: [{ x: torch.ones(1, 2) }] })
 * inputs // [ { name: 'x', datatype: 'FP32', shape: [ 1, 2 ] } ]
 */
export class ModelStore {
  /** The folder, without links. */
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  /**
   * Opens a folder as a store.
   *
   * @param options - `create: true` makes it where it is not there
   * @throws `INVALID_VALUE` where it is no folder
   * @example
   * const store = await serve.ModelStore.open('/tmp/flambeau-example-store', { create: true })
   */
  static async open(dir: string, { create = false }: { create?: boolean } = {}): Promise<ModelStore> {
    if (typeof dir !== 'string' || dir === '') throw wrongArgument('ModelStore.open', 'dir', 'a path', dir);
    if (create) await mkdir(dir, { recursive: true });
    const found = await stat(dir).catch(() => undefined);
    if (!found?.isDirectory()) {
      throw new FlambeauError(
        'INVALID_VALUE',
        `ModelStore.open(): '${dir}' ${found ? 'is no folder' : 'is not there'}`,
      );
    }
    return new ModelStore(await realpath(dir));
  }

  private names(folder: string, fits: (name: string) => boolean): string[] {
    try {
      return readdirSync(folder, { withFileTypes: true })
        .filter((entry) => entry.isDirectory() && fits(entry.name))
        .map(({ name }) => name);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'ENOENT' || code === 'ENOTDIR') return [];
      throw error;
    }
  }

  /**
   * All versions of all models, sorted. Only names are read.
   *
   * @example
   * const store = await serve.ModelStore.open('/tmp/flambeau-example-empty', { create: true })
   * store.list() // []
   */
  list(): { name: string; version: string }[] {
    return this.names(this.folder, isModelName)
      .sort()
      .flatMap((name) => this.versions(name).map((version) => ({ name, version })));
  }

  /**
   * The versions of a model, from the oldest to the newest; none where there is no such model.
   *
   * @example
   * const store = await serve.ModelStore.open('/tmp/flambeau-example-empty', { create: true })
   * store.versions('resnet') // []
   */
  versions(name: string): string[] {
    if (!isModelName(name)) return [];
    return this.names(path.join(this.folder, name), isVersion).sort(byNumber);
  }

  private async manifest(name: string, version: string): Promise<Manifest> {
    const folder = path.join(this.folder, name, version);
    // `folder` has no links of its own: both names are checked, and so are both folders.
    for (const each of [path.join(this.folder, name), folder]) {
      const found = await lstat(each).catch(() => undefined);
      if (!found?.isDirectory()) throw unknownModel(name, version);
    }
    const file = path.join(folder, manifestFile);
    const found = await lstat(file).catch(() => undefined);
    if (!found?.isFile() || found.size > maxManifest) {
      throw new FlambeauError('INVALID_FILE', `${name}/${version} has no ${manifestFile} that can be read`);
    }
    return parseManifest(await readFile(file, 'utf8'), { name, version });
  }

  /**
   * Reads a version: the newest one, unless one is named. Every file is checked against the size and the sha256 that it
   * was added with.
   *
   * @throws `UNKNOWN_MODEL`, `INVALID_FILE`, `CHECKSUM_MISMATCH`
   * @example
   * const store = await serve.ModelStore.open('/tmp/flambeau-example-store', { create: true })
   * await store.add({ name: 'relu', model: new nn.ReLU(), examples: [{ x: torch.ones(1, 2) }] })
   * const { info, file } = await store.read('relu')
   * info.platform // 'pytorch_export'
   */
  async read(name: string, version?: string): Promise<StoredModel> {
    if (!isModelName(name) || (version !== undefined && !isVersion(version))) throw unknownModel(name, version);
    const wanted = version ?? this.versions(name).at(-1);
    if (wanted === undefined) throw unknownModel(name);
    const manifest = await this.manifest(name, wanted);
    const folder = path.join(this.folder, name, wanted);
    for (const [file, promised] of Object.entries(manifest.files))
      await verify(path.join(folder, file), `${name}/${wanted}/${file}`, promised);
    const { batching, instances, maxQueueRows, maxRunMs, device } = manifest;
    const info = infoOf(manifest);
    const stored: StoredModel = {
      info,
      file: path.join(folder, manifest.file),
      options: trim({
        version: wanted,
        batching: info.batching ?? batching,
        instances,
        maxQueueRows,
        maxRunMs,
        device,
      }) as LoadOptions,
      manifest,
    };
    if (manifest.examples === undefined) return stored;
    return { ...stored, examples: await readExamples(path.join(folder, manifest.examples), info) };
  }

  /**
   * Adds a version. It appears whole or not at all, and takes no other's place.
   *
   * @returns what the store says of it
   * @throws `CONFLICT` where the version is there; `INVALID_VALUE`, `INVALID_ARGUMENT`, `INVALID_FILE`
   * @example
   * const store = await serve.ModelStore.open('/tmp/flambeau-example-store', { create: true })
   * const model = new nn.Sequential(new nn.Linear(4, 2), new nn.Softmax(1))
   * const { platform } = await store.add({ name: 'classifier', model, examples: [{ x: torch.ones(1, 4) }] })
   * platform // 'pytorch_export'
   */
  async add(options: ArchiveOptions): Promise<Manifest> {
    const { name, version, instances, maxQueueRows, maxRunMs, device } = options;
    checkName('add', name);
    if (version !== undefined) {
      checkVersion('add', version);
      if (this.versions(name).includes(version)) throw taken(name, version);
    }
    return withFolder(path.join(this.folder, `.adding-${randomBytes(8).toString('hex')}`), async (folder) => {
      const built = await build(folder, options);
      const parent = path.join(this.folder, name);
      for (;;) {
        const next = version ?? String(Number(this.versions(name).at(-1) ?? 0) + 1);
        const manifest = checkManifest(
          trim({
            format: 1 as const,
            name,
            version: next,
            ...built,
            instances,
            maxQueueRows,
            maxRunMs,
            device,
            created: new Date().toISOString(),
            flambeau: ownVersion(),
          }) as Manifest,
        );
        // Of an earlier round, where another process took its number.
        await rm(path.join(folder, manifestFile), { force: true });
        await writeNew(path.join(folder, manifestFile), `${JSON.stringify(manifest, null, 2)}\n`);
        await syncFolder(folder);
        if (await this.move(folder, parent, next)) return manifest;
        if (version !== undefined) throw taken(name, version);
      }
    });
  }

  /**
   * {@link add} of a file of another server, which `policy` must allow: over https, without redirects, from a public
   * address, and of the `sha256` that is said.
   *
   * ```ts
   * // It needs a server.
   * const policy = { allow: ['https://models.example.com/released/'] };
   * await store.addFrom('https://models.example.com/released/resnet.pt2', { name: 'resnet', sha256, policy });
   * ```
   *
   * @throws what `add` throws; `UNKNOWN_MODEL` where it is not allowed; `TOO_LARGE`, `EXPIRED`, `CHECKSUM_MISMATCH`
   */
  async addFrom(url: string, { sha256, policy, network, ...options }: FetchOptions): Promise<Manifest> {
    checkName('addFrom', options.name);
    const extension = path.posix.extname(allowed(url, policy.allow).pathname).toLowerCase();
    return withFolder(path.join(this.folder, `.fetching-${randomBytes(8).toString('hex')}`), async (folder) => {
      const model = path.join(folder, `model${/^\.\w{1,8}$/.test(extension) ? extension : ''}`);
      await fetchFile(url, sha256, model, policy, network);
      return this.add({ ...options, model });
    });
  }

  /** Gives a folder its place; false where another one has it. */
  private async move(folder: string, parent: string, version: string): Promise<boolean> {
    await mkdir(parent, { recursive: true });
    try {
      await rename(folder, path.join(parent, version));
    } catch (error) {
      if (['ENOTEMPTY', 'EEXIST', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) {
        if (this.versions(path.basename(parent)).includes(version)) return false;
      }
      throw error;
    }
    await syncFolder(parent);
    await syncFolder(this.folder);
    return true;
  }
}

function unknownModel(name: string, version?: string): FlambeauError {
  const what = version === undefined ? `'${name}'` : `'${name}' of version ${version}`;
  return new FlambeauError('UNKNOWN_MODEL', `the store has no model ${what}`);
}

const taken = (name: string, version: string): FlambeauError =>
  new FlambeauError(
    'CONFLICT',
    `the store has version ${version} of '${name}' already, and versions are never changed`,
  );

async function readExamples(file: string, { inputs }: ModelInfo): Promise<NamedTensor[][]> {
  return splitExamples(await loadFile(file)).map((example) =>
    inputs.map(({ name }) => {
      const data = Object.hasOwn(example, name) ? example[name] : undefined;
      const datatype = data && datatypeOf(data.dtype);
      if (!data || !datatype)
        throw new FlambeauError('INVALID_FILE', `${path.basename(file)} has no tensor for input '${name}'`);
      return { name, datatype, shape: [...data.shape], data };
    }),
  );
}
