import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

type Env = Readonly<Record<string, string | undefined>>;

/** The layout of an installed folder; another number is another layout. */
const LAYOUT = 1;

/** What `manifest.json` in an installed folder says. It is written last: a folder without it is not whole. */
export interface Manifest {
  layout: number;
  version: string;
  flavour: string;
  /** The wheel's own version, such as `2.14.1+cu130` where only its CPU half was taken. */
  build: string;
  headers: boolean;
  /** Every library with its size, by its path in the folder. */
  libraries: Record<string, number>;
  wheels: string[];
}

/** The folder that Flambeau keeps LibTorch and compiled addons in: `FLAMBEAU_CACHE`, or the system's cache folder. */
export function cacheFolder(env: Env = process.env, platform: string = process.platform): string {
  if (env['FLAMBEAU_CACHE']) return env['FLAMBEAU_CACHE'];
  if (platform === 'win32') return join(env['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local'), 'flambeau');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'flambeau');
  return join(env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'flambeau');
}

/** The folder of all installed builds of LibTorch. */
export function libtorchFolder(cache: string): string {
  return join(cache, 'libtorch');
}

/** The name of one build's folder, such as `2.13.0-cpu`. */
export function buildName(version: string, flavour: string): string {
  return `${version}-${flavour}`;
}

/** The file name of one of LibTorch's libraries on a platform: `libc10.so`, `libc10.dylib`, `c10.dll`. */
export function libraryName(stem: string, platform: string = process.platform): string {
  if (platform === 'win32') return `${stem}.dll`;
  return `lib${stem}.${platform === 'darwin' ? 'dylib' : 'so'}`;
}

/** The libraries without which nothing works. */
export function coreLibraries(platform: string = process.platform): string[] {
  return ['c10', 'torch_cpu'].map((stem) => libraryName(stem, platform));
}

/** The manifest of an installed folder, or undefined if the folder was not written to its end. */
export function readManifest(folder: string): Manifest | undefined {
  try {
    const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as Manifest;
    return manifest.layout === LAYOUT ? manifest : undefined;
  } catch {
    return undefined;
  }
}

/** Writes the manifest that makes a folder whole. */
export function writeManifest(folder: string, manifest: Omit<Manifest, 'layout'>): void {
  writeFileSync(join(folder, 'manifest.json'), `${JSON.stringify({ layout: LAYOUT, ...manifest }, null, 2)}\n`);
}

/** What is wrong with an installed folder, or undefined. `every` looks at each library and not only the core. */
export function damage(folder: string, manifest: Manifest, every = false): string | undefined {
  const core = coreLibraries();
  for (const [path, size] of Object.entries(manifest.libraries)) {
    if (!every && !core.some((name) => path === `torch/lib/${name}`)) continue;
    const found = statSync(join(folder, path), { throwIfNoEntry: false })?.size;
    if (found === undefined) return `${path} is missing`;
    if (found !== size) return `${path} has ${found} bytes, not ${size}`;
  }
  const missing = core.find((name) => manifest.libraries[`torch/lib/${name}`] === undefined);
  return missing && `torch/lib/${missing} is missing`;
}
