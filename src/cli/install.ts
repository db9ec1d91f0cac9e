import { parseArgs } from 'node:util';
import { install as installLibtorch } from '../libtorch/install.js';
import { formatBytes, reporter } from '../libtorch/progress.js';
import { loadFailure } from '../libtorch/prove.js';
import { DEFAULT_VERSION, FLAVOURS, isFlavour, minorVersion } from '../libtorch/versions.js';
import { findAddon } from './addon.js';

/** `flambeau install [cpu|cu130]`. */
export async function install(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      version: { type: 'string' },
      headers: { type: 'boolean' },
      'no-headers': { type: 'boolean' },
      force: { type: 'boolean' },
      dir: { type: 'string' },
    },
  });
  const [flavour = 'cpu', ...more] = positionals;
  if (!isFlavour(flavour) || more.length > 0) {
    console.error(`flambeau install: '${positionals.join(' ')}' is none of ${FLAVOURS.join(', ')}`);
    return 2;
  }
  const version = values.version ?? DEFAULT_VERSION[flavour];
  const addon = findAddon();
  const fits =
    addon !== undefined && (addon.libtorch === undefined || minorVersion(addon.libtorch) === minorVersion(version));
  const headers = values['no-headers'] ? false : (values.headers ?? !fits);
  const start = performance.now();
  const { force, dir: cache } = values;
  const done = await installLibtorch({ flavour, version, headers, force, cache, report: reporter() });
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  const what = `LibTorch ${done.build} (${flavour}${done.headers ? ', with headers' : ''})`;
  console.log(done.fresh ? `${what}: ${formatBytes(done.bytes)} in ${seconds} s` : `${what} is there already`);
  console.log(done.folder);
  const failure = loadFailure(done.folder);
  if (failure) throw new Error(`it is installed but does not load: ${failure}`);
  if (!fits) console.log('No compiled addon fits it: run `npx flambeau build` next.');
  return 0;
}
