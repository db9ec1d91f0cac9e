import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import type { Libtorch } from '../libtorch/find.js';
import { packageRoot } from './addon.js';

interface Provided {
  libtorch: Libtorch;
  cache: string;
}

interface Setup {
  provideLibtorch(): Promise<Provided>;
  buildAddon(libtorch: Libtorch, cache: string, options: { force?: boolean }): Promise<boolean | 'cache'>;
  missingTools(): string[];
}

/** The scripts that compile the addon, which also serve a fresh clone and so are no part of `lib/`. */
export async function loadSetup(): Promise<Setup | undefined> {
  const folder = join(packageRoot, 'scripts', 'setup');
  if (!existsSync(folder)) return undefined;
  const load = (file: string): Promise<object> => import(pathToFileURL(join(folder, file)).href) as Promise<object>;
  return { ...(await load('libtorch.mjs')), ...(await load('addon.mjs')) } as Setup;
}

/** `flambeau build`. */
export async function build(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { force: { type: 'boolean' } } });
  const setup = await loadSetup();
  if (!setup) throw new Error('this package carries no sources to build from');
  const { libtorch, cache } = await setup.provideLibtorch();
  console.log(`Building against LibTorch ${libtorch.version} (${libtorch.flavour}) in ${libtorch.root}`);
  const start = performance.now();
  try {
    const outcome = await setup.buildAddon(libtorch, cache, { force: values.force });
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    const words = outcome === false ? 'is there already' : outcome === 'cache' ? 'taken from the cache' : 'compiled';
    console.log(`The addon is ready (${words}, ${seconds} s)`);
    return 0;
  } catch (error) {
    const { output } = error as { output?: string };
    if (output) console.error(output);
    throw error;
  }
}
