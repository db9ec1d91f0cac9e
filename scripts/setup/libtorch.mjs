import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './process.mjs';

const load = (file) => import(pathToFileURL(join(root, 'lib', 'libtorch', file)).href);

/** The LibTorch to build against: the one that the environment names, or the cache's, installed if it is not there. */
export async function provideLibtorch() {
  const { env } = process;
  const { findLibtorch } = await load('find.js');
  const { cacheFolder } = await load('cache.js');
  const cache = cacheFolder();
  if (env.FLAMBEAU_LIBTORCH || env.FLAMBEAU_PYTHON) {
    const libtorch = findLibtorch();
    if (!libtorch.include) throw new Error(`${libtorch.root} has no include/: its headers are needed to build`);
    return { libtorch, cache, fresh: false };
  }
  const { install } = await load('install.js');
  const { reporter } = await load('progress.js');
  const flavour = env.FLAMBEAU_FLAVOUR || 'cpu';
  const { fresh } = await install({ flavour, headers: true, report: reporter() });
  const libtorch = findLibtorch({ env: { ...env, FLAMBEAU_FLAVOUR: flavour } });
  return { libtorch, cache, fresh };
}
