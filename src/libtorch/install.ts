import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { FlambeauError } from '../errors.js';
import { buildName, cacheFolder, damage, libtorchFolder, readManifest, writeManifest, type Manifest } from './cache.js';
import { isRunning, withLock } from './lock.js';
import { obtainNvidia, obtainTorch, openShop } from './obtain.js';
import { silent, type Reporter } from './progress.js';
import { unpack, type Unpacked } from './unpack.js';
import { DEFAULT_VERSION, isSupported, supportedRange, type Flavour } from './versions.js';

type Env = Readonly<Record<string, string | undefined>>;

const HOUR_MS = 3_600_000;

/** What to install, and where. */
export interface InstallOptions {
  flavour?: Flavour;
  version?: string;
  /** Unpack the C++ headers too, for compiling the addon. */
  headers?: boolean;
  /** Install anew though it is there. */
  force?: boolean;
  /** The cache folder, instead of `FLAMBEAU_CACHE` or the system's. */
  cache?: string;
  report?: Reporter;
  env?: Env;
}

/** What is there after an installation. */
export interface Installed {
  /** Holds `torch/`, and `nvidia/` in a CUDA flavour. */
  folder: string;
  version: string;
  flavour: Flavour;
  build: string;
  headers: boolean;
  /** False if all was there already. */
  fresh: boolean;
  /** Bytes written. */
  bytes: number;
}

/** The manifest of an installed build with all that is asked for, each library's size checked. */
function present(folder: string, headers: boolean): Manifest | undefined {
  const manifest = readManifest(folder);
  return manifest && (manifest.headers || !headers) && !damage(folder, manifest, true) ? manifest : undefined;
}

/** Removes what processes left that died at work. The names tell whose they were. */
function sweep(parent: string, name: string): void {
  for (const entry of readdirSync(parent)) {
    const match = /^\.(tmp|old)-(.+)-(\d+)-\w+$/.exec(entry);
    if (!match || isRunning(Number(match[3]))) continue;
    const path = join(parent, entry);
    const age = Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0);
    // Another name's may be at work on another machine that shares the cache.
    if (match[2] === name || age > HOUR_MS) rmSync(path, { recursive: true, force: true });
  }
}

/** Puts a whole folder in its place; what was there before goes away afterwards. */
function settle(tree: string, folder: string, name: string): void {
  const old = existsSync(folder) ? mkdtempSync(join(dirname(folder), `.old-${name}-${process.pid}-`)) : undefined;
  try {
    if (old) renameSync(folder, join(old, 'was'));
    renameSync(tree, folder);
  } catch (error) {
    if (old && !existsSync(folder) && existsSync(join(old, 'was'))) {
      renameSync(join(old, 'was'), folder);
      throw error;
    }
    // Somebody was faster: theirs is as good, if it is whole.
    if (!present(folder, false)) throw error;
  } finally {
    if (old) rmSync(old, { recursive: true, force: true });
  }
}

function check(folder: string, manifest: Omit<Manifest, 'layout'>): void {
  const harm = damage(folder, { layout: 0, ...manifest }, true);
  if (harm) throw new FlambeauError('INSTALL_FAILED', `LibTorch ${manifest.build} for ${process.platform}: ${harm}`);
}

async function build(options: Required<InstallOptions>, folder: string): Promise<Installed> {
  const { flavour, version, headers, cache, report, env } = options;
  const name = basename(folder);
  const parent = libtorchFolder(cache);
  sweep(parent, name);
  const temporary = mkdtempSync(join(parent, `.tmp-${name}-${process.pid}-`));
  const remove = (): void => rmSync(temporary, { recursive: true, force: true });
  process.once('exit', remove);
  try {
    const downloads = join(cache, 'downloads', name);
    const shop = openShop({ flavour, temporary, downloads, report, env });
    const torch = await obtainTorch(shop, version);
    const cpuHalf = flavour === 'cpu' && torch.cuda !== undefined;
    if (cpuHalf) report.line(`Only the CUDA build ${torch.build} can be had; taking its CPU half`);
    const wheels = [torch.path, ...(await obtainNvidia(shop, torch, cpuHalf))];
    const tree = join(temporary, 'tree');
    mkdirSync(tree);
    const parts: Unpacked[] = [];
    for (const wheel of wheels) {
      parts.push(await unpack(wheel, tree, { headers, cpuHalf }, report));
      // What pip fetched, it fetches again from its cache: no need to hold it twice.
      if (wheel.startsWith(temporary)) rmSync(wheel);
    }
    const libraries = Object.assign({}, ...parts.map((part) => part.libraries)) as Record<string, number>;
    const manifest = {
      version,
      flavour,
      build: torch.build,
      headers,
      libraries,
      wheels: wheels.map((one) => basename(one)),
    };
    check(tree, manifest);
    writeManifest(tree, manifest);
    settle(tree, folder, name);
    rmSync(downloads, { recursive: true, force: true });
    const bytes = parts.reduce((sum, part) => sum + part.bytes, 0);
    return { folder, version, flavour, build: torch.build, headers, fresh: true, bytes };
  } finally {
    process.removeListener('exit', remove);
    remove();
  }
}

/**
 * Installs a build of LibTorch into the cache, unless it is there. However it ends, the build's folder is either
 * whole or not there: all is written under another name first. Processes that install the same build wait for each other.
 */
export async function install(given: InstallOptions = {}): Promise<Installed> {
  const flavour = given.flavour ?? 'cpu';
  const version = given.version ?? DEFAULT_VERSION[flavour];
  const report = given.report ?? silent;
  const env = given.env ?? process.env;
  const { force = false, cache = cacheFolder(env) } = given;
  if (!/^\d+\.\d+\.\d+$/.test(version) || !isSupported(version)) {
    throw new FlambeauError('INSTALL_FAILED', `LibTorch ${version} is not supported: ${supportedRange()} are`);
  }
  const folder = join(libtorchFolder(cache), buildName(version, flavour));
  const headers = given.headers || (readManifest(folder)?.headers ?? false);
  const ready = (): Installed | undefined => {
    const manifest = present(folder, headers);
    return (
      manifest && { folder, version, flavour, build: manifest.build, headers: manifest.headers, fresh: false, bytes: 0 }
    );
  };
  const already = force ? undefined : ready();
  if (already) return already;
  const onWait = (pid: number): void => report.line(`Waiting for process ${pid}, which is installing the same`);
  const work = async (): Promise<Installed> => {
    const meanwhile = force ? undefined : ready();
    return meanwhile ?? (await build({ flavour, version, headers, force, cache, report, env }, folder));
  };
  try {
    return await withLock(`${folder}.lock`, work, onWait);
  } catch (error) {
    if (error instanceof FlambeauError) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    const hint = code === 'ENOSPC' ? ' (the disk is full; FLAMBEAU_CACHE names another folder)' : '';
    throw new FlambeauError('INSTALL_FAILED', `LibTorch ${version} (${flavour}): ${message}${hint}`, { cause: error });
  }
}
