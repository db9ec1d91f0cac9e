import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { coreLibraries } from './cache.js';

// process.dlopen complains that a library is no addon only once it is loaded.
const script = `const { dlopen } = require('node:os').constants;
for (const file of process.argv.slice(1)) {
  try { process.dlopen({ exports: {} }, file, dlopen.RTLD_LAZY); }
  catch (error) { if (!/self-register/.test(error.message)) { console.error(error.message); process.exit(1); } }
}
process.reallyExit(0);`;

/** Loads the core libraries of an installed folder in a process of its own; gives what went wrong, or undefined. */
export function loadFailure(folder: string): string | undefined {
  const files = coreLibraries().map((name) => join(folder, 'torch', 'lib', name));
  const env = { ...process.env, PATH: `${join(folder, 'torch', 'lib')};${process.env['PATH'] ?? ''}` };
  const options = { encoding: 'utf8', timeout: 120_000, ...(process.platform === 'win32' && { env }) } as const;
  const run = spawnSync(process.execPath, ['-e', script, ...files], options);
  if (run.status === 0) return undefined;
  return run.stderr.trim() || `the process that loaded it died (${run.signal ?? run.status})`;
}
