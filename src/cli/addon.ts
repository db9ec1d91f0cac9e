import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of package.json. */
export const packageRoot = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** The compiled addon that `import 'flambeau'` would load. */
export interface Addon {
  path: string;
  /** The LibTorch that it was built against, where a record says so. */
  libtorch: string | undefined;
  /** Built on this machine, or shipped with the package. */
  origin: 'built' | 'prebuilt';
}

/** Finds the addon as the loader does, without loading it. */
export function findAddon(): Addon | undefined {
  let path: string;
  try {
    const finder = createRequire(import.meta.url)('node-gyp-build') as { path(dir: string): string };
    path = finder.path(packageRoot);
  } catch {
    return undefined;
  }
  let libtorch: string | undefined;
  try {
    const record = JSON.parse(readFileSync(join(dirname(path), 'flambeau.json'), 'utf8')) as { libtorch?: string };
    libtorch = record.libtorch;
  } catch {
    // Built by other means.
  }
  return { path, libtorch, origin: path.includes(`${join('build', 'Release')}`) ? 'built' : 'prebuilt' };
}
