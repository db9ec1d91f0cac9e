import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism, totalmem } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { quiet, root, version } from './process.mjs';

const require = createRequire(import.meta.url);
const GIB = 2 ** 30;

/** Where node-gyp-build looks first, and what is said there of the build. */
export const addonPath = join(root, 'build', 'Release', 'flambeau.node');
export const recordPath = join(root, 'build', 'Release', 'flambeau.json');

function compiler() {
  const programs = process.env.CXX ? [process.env.CXX] : ['c++', 'g++', 'clang++'];
  if (process.platform === 'win32') return 'msvc';
  return programs.map((program) => version(program)).find(Boolean);
}

/** What is missing for compiling, as one sentence for each thing. */
export function missingTools() {
  const missing = [];
  if (!version('cmake')) missing.push('CMake (3.18 or newer) is not installed');
  if (!compiler()) missing.push('a C++20 compiler (g++ 11, clang++ 14 or newer) is not installed');
  return missing;
}

function packageVersion(name) {
  return JSON.parse(readFileSync(require.resolve(`${name}/package.json`), 'utf8')).version;
}

/** What a compiled addon depends on, and the hash of it all. */
export function describeAddon(libtorch) {
  const folder = join(root, 'binding');
  const sources = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(cc|h|hpp|cpp|inc)$/.test(entry.name))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
  const hash = createHash('sha256');
  for (const file of [...sources.sort(), join(root, 'CMakeLists.txt')]) {
    hash.update(relative(root, file).replaceAll('\\', '/')).update('\0').update(readFileSync(file)).update('\0');
  }
  const facts = {
    libtorch: libtorch.version,
    platform: process.platform,
    arch: process.arch,
    compiler: compiler() ?? '',
    flags: ['CXXFLAGS', 'CFLAGS', 'LDFLAGS']
      .map((name) => process.env[name] ?? '')
      .join(' ')
      .trim(),
    headers: ['node-addon-api', 'node-api-headers', 'cmake-js'].map(packageVersion).join(' '),
  };
  return { ...facts, hash: hash.update(JSON.stringify(facts)).digest('hex').slice(0, 32) };
}

function jobs() {
  const memory = Math.min(totalmem(), process.constrainedMemory?.() || Infinity);
  return Math.max(1, Math.min(availableParallelism(), Math.floor(memory / (2 * GIB))));
}

/** Copies so that nobody ever sees half a file: another process may have the old one loaded. */
function place(from, to) {
  mkdirSync(dirname(to), { recursive: true });
  const draft = `${to}.${process.pid}`;
  copyFileSync(from, draft);
  renameSync(draft, to);
}

function placed(hash) {
  try {
    return existsSync(addonPath) && JSON.parse(readFileSync(recordPath, 'utf8')).hash === hash;
  } catch {
    return false;
  }
}

async function compileAddon(libtorch) {
  const missing = missingTools();
  if (missing.length > 0) throw new Error(`The addon cannot be compiled: ${missing.join('; ')}.`);
  const out = join(root, 'build', `cmake-${libtorch.version}`);
  const program = join(dirname(require.resolve('cmake-js/package.json')), 'bin', 'cmake-js');
  const shared = ['--out', out, '--parallel', String(jobs()), `--CDFLAMBEAU_LIBTORCH=${libtorch.root}`];
  for (const step of ['configure', 'build']) await quiet(process.execPath, [program, step, ...shared]);
  return join(out, 'Release', 'flambeau.node');
}

/**
 * Puts an addon that fits the sources and LibTorch to where node-gyp-build finds it: the one that is there, the one
 * in the cache, or one compiled now. Gives false, 'cache' or true for these.
 */
export async function buildAddon(libtorch, cache, { force = false } = {}) {
  const about = describeAddon(libtorch);
  if (!force && placed(about.hash)) return false;
  const cached = join(cache, 'addon', about.hash, 'flambeau.node');
  const known = !force && existsSync(cached);
  if (!known) place(await compileAddon(libtorch), cached);
  // Without the record the addon counts as unknown, so an interruption between the two leaves no wrong one.
  rmSync(recordPath, { force: true });
  place(cached, addonPath);
  writeFileSync(recordPath, `${JSON.stringify(about, null, 2)}\n`);
  return known ? 'cache' : true;
}
