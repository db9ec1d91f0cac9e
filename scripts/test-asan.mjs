// node scripts/test-asan.mjs [test file ...]: tests, the native ones unless others are named, with an addon that is built
// with AddressSanitizer and UndefinedBehaviorSanitizer. LibTorch itself is not instrumented, but its memory comes from
// the sanitizer's allocator too, so that what the addon does with it is seen.
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { provideLibtorch } from './setup/libtorch.mjs';
import { bin, root, show } from './setup/process.mjs';
import { compile } from './setup/typescript.mjs';

/** Runs a program to its end, or ends this one. */
async function step(program, ...args) {
  if ((await show(program, args)) !== 0) throw new Error(`${program} ${args.join(' ')} failed`);
}

await compile();
const { libtorch } = await provideLibtorch();
const folder = path.join(root, 'build/asan');
// node-gyp-build looks for build/Release under the folder that FLAMBEAU_PREBUILD names.
const build = path.join(folder, 'build');
await step('cmake', '-S', root, '-B', build, '-DFLAMBEAU_SANITIZE=ON', `-DFLAMBEAU_LIBTORCH=${libtorch.root}`);
await step('cmake', '--build', build, '--parallel', process.env.JOBS ?? '2');

const runtime = spawnSync(process.env.CXX ?? 'c++', ['-print-file-name=libasan.so'], {
  encoding: 'utf8',
}).stdout.trim();
if (!path.isAbsolute(runtime)) throw new Error('the compiler has no libasan.so: install the sanitizers of GCC');
const reports = path.join(folder, 'reports');
rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });
const log = `log_path=${path.join(reports, 'report')}`;
const options = [
  log,
  // V8 and LibTorch keep what they have until the process ends; test/native measures growth.
  'detect_leaks=0',
  'halt_on_error=1',
  'exitcode=99',
  // Freed memory is held back only this long, or the tests that measure growth would see it.
  'quarantine_size_mb=8',
  // LibTorch turns a refused allocation into an error; the sanitizer must let it.
  'allocator_may_return_null=1',
];
const env = {
  ...process.env,
  LD_PRELOAD: runtime,
  ASAN_OPTIONS: options.join(':'),
  UBSAN_OPTIONS: `${log}:halt_on_error=1:print_stacktrace=1`,
  FLAMBEAU_PREBUILD: folder,
  FLAMBEAU_LIBTORCH: libtorch.root,
  FLAMBEAU_SANITIZED: '1',
};
const files = process.argv.length > 2 ? process.argv.slice(2) : ['test/native'];
const code = await show(process.execPath, [bin('vitest/vitest.mjs'), 'run', '--test-timeout=600000', ...files], {
  env,
});
const found = readdirSync(reports);
for (const name of found) console.error(readFileSync(path.join(reports, name), 'utf8'));
console.log(found.length > 0 ? `${found.length} reports of the sanitizers` : 'no report of the sanitizers');
process.exitCode = code !== 0 || found.length > 0 ? 1 : 0;
