import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { FlambeauError } from '../errors.js';
import { buildName, cacheFolder, coreLibraries, damage, libraryName, libtorchFolder, readManifest } from './cache.js';
import {
  DEFAULT_VERSION,
  FLAVOURS,
  INSTALL_COMMAND,
  isFlavour,
  isSupported,
  minorVersion,
  publicVersion,
  supportedRange,
} from './versions.js';

type Env = Readonly<Record<string, string | undefined>>;

/** A LibTorch that can be loaded. */
export interface Libtorch {
  /** The folder that holds `lib/` (and `include/`): `.../torch`. */
  root: string;
  lib: string;
  /** The headers' folder, where there are headers. */
  include: string | undefined;
  /** Without the local part: `2.13.0`. */
  version: string;
  /** `cpu`, `cu130`, or what a foreign build calls itself. */
  flavour: string;
  source: 'path' | 'python' | 'cache';
}

/** A place that was looked at, and what was found there. */
export interface Candidate {
  source: Libtorch['source'];
  where: string;
  found: string;
  libtorch?: Libtorch;
  /** Whether it would do, were the addon not built for another version. */
  misfit?: boolean;
}

/** The outcome of `searchLibtorch`: the LibTorch to use, if any, and every place that was looked at before. */
export interface Search {
  libtorch: Libtorch | undefined;
  candidates: Candidate[];
}

/** How to search. */
export interface SearchOptions {
  env?: Env;
  /** The minor version that the addon was built against (`2.13`): in the cache, only such builds are taken. */
  minor?: string;
  /** Look everywhere, though one is found. */
  all?: boolean;
}

/** The version that a LibTorch folder states: `2.13.0+cpu`. */
function statedVersion(root: string): string | undefined {
  for (const [file, pattern] of [
    ['version.py', /__version__\s*=\s*['"]([^'"]+)/],
    ['build-version', /^\s*(\S+)/],
    ['../build-version', /^\s*(\S+)/],
  ] as const) {
    try {
      const match = pattern.exec(readFileSync(join(root, file), 'utf8'));
      if (match) return match[1];
    } catch {
      // Another layout.
    }
  }
  return undefined;
}

/** Looks at a folder of a foreign LibTorch: an unpacked libtorch archive, or `site-packages/torch`. */
function inspect(source: Libtorch['source'], where: string): Candidate {
  const root = [where, join(where, 'torch'), dirname(where)].find((dir) =>
    coreLibraries().every((name) => existsSync(join(dir, 'lib', name))),
  );
  if (!root) return { source, where, found: existsSync(where) ? `no lib/${coreLibraries()[1]}` : 'no such folder' };
  const stated = statedVersion(root);
  if (!stated) return { source, where, found: 'no version.py or build-version that tells its version' };
  if (!isSupported(stated)) return { source, where, found: `LibTorch ${stated}; supported are ${supportedRange()}` };
  const cuda = existsSync(join(root, 'lib', libraryName('torch_cuda')));
  const include = join(root, 'include');
  const libtorch: Libtorch = {
    root,
    lib: join(root, 'lib'),
    include: existsSync(include) ? include : undefined,
    version: publicVersion(stated),
    flavour: stated.split('+')[1] ?? (cuda ? 'cuda' : 'cpu'),
    source,
  };
  return { source, where, found: `LibTorch ${stated}`, libtorch };
}

function inspectPython(python: string): Candidate {
  const script = "import importlib.util as u; s = u.find_spec('torch'); print(s.origin if s else '')";
  const run = spawnSync(python, ['-c', script], { encoding: 'utf8', timeout: 20_000 });
  if (run.error || run.status !== 0) {
    const reason = run.error?.message ?? run.stderr.trim().split('\n').at(-1);
    return { source: 'python', where: python, found: `cannot be run (${reason})` };
  }
  const origin = run.stdout.trim();
  return origin
    ? { ...inspect('python', dirname(origin)), where: python }
    : { source: 'python', where: python, found: 'has no torch' };
}

/** Looks at one build in the cache: a file read and two stats. */
function inspectBuild(folder: string): Candidate {
  const source = 'cache';
  const manifest = readManifest(folder);
  if (!manifest) return { source, where: folder, found: existsSync(folder) ? 'not whole' : 'not installed' };
  const harm = damage(folder, manifest);
  if (harm) return { source, where: folder, found: `damaged: ${harm}` };
  const { version, flavour } = manifest;
  if (!isSupported(version)) return { source, where: folder, found: `LibTorch ${version}: unsupported` };
  const root = join(folder, 'torch');
  const include = manifest.headers ? join(root, 'include') : undefined;
  const libtorch: Libtorch = { root, lib: join(root, 'lib'), include, version, flavour, source };
  return { source, where: folder, found: `LibTorch ${manifest.build}`, libtorch };
}

function* cacheCandidates(env: Env, minor: string | undefined): Generator<Candidate> {
  const folder = libtorchFolder(cacheFolder(env));
  const asked = env['FLAMBEAU_FLAVOUR'];
  if (asked && !isFlavour(asked)) {
    yield { source: 'cache', where: 'FLAMBEAU_FLAVOUR', found: `'${asked}' is none of ${FLAVOURS.join(', ')}` };
    return;
  }
  const first = FLAVOURS.filter((flavour) => !asked || flavour === asked).map((flavour) =>
    buildName(DEFAULT_VERSION[flavour], flavour),
  );
  const fits = (candidate: Candidate): Candidate =>
    candidate.libtorch && minor && minorVersion(candidate.libtorch.version) !== minor
      ? {
          ...candidate,
          found: `${candidate.found}, but the addon is built for ${minor}`,
          libtorch: undefined,
          misfit: true,
        }
      : candidate;
  for (const name of first) yield fits(inspectBuild(join(folder, name)));
  let others: string[] = [];
  try {
    others = readdirSync(folder).filter((name) => /^\d[\d.]*-\w+$/.test(name) && !first.includes(name));
  } catch {
    // No cache yet.
  }
  for (const name of others.sort().reverse()) {
    if (!asked || name.endsWith(`-${asked}`)) yield fits(inspectBuild(join(folder, name)));
  }
}

/**
 * Finds the LibTorch to load, in this order: the folder that `FLAMBEAU_LIBTORCH` names; the torch of the Python that
 * `FLAMBEAU_PYTHON` names; the cache that `flambeau install` fills (`FLAMBEAU_FLAVOUR` chooses there).
 * What is asked for by name is never replaced by something else.
 */
export function searchLibtorch(options: SearchOptions = {}): Search {
  const env = options.env ?? process.env;
  const candidates: Candidate[] = [];
  let libtorch: Libtorch | undefined;
  let closed = false;
  const note = (candidate: Candidate): boolean => {
    candidates.push(candidate);
    if (!closed) libtorch ??= candidate.libtorch;
    return Boolean(libtorch) && !options.all;
  };
  const path = env['FLAMBEAU_LIBTORCH'];
  const python = env['FLAMBEAU_PYTHON'];
  if (path) {
    note(inspect('path', path));
    closed = true;
  }
  if (python && (!closed || options.all)) {
    note(inspectPython(python));
    closed = true;
  }
  if (!closed || options.all) {
    for (const candidate of cacheCandidates(env, options.minor)) if (note(candidate)) break;
  }
  return { libtorch, candidates };
}

/** The error for a search that found nothing: what was looked at, what was there, and the command that mends it. */
export function notFound(search: Search): FlambeauError {
  const lines = search.candidates.map(({ where, found }) => `  ${where}: ${found}`);
  const mends = search.candidates.some((candidate) => candidate.misfit)
    ? ['To compile the addon for it, run', '  npx flambeau build']
    : ['To install it, run', `  ${INSTALL_COMMAND}`];
  const text = ['LibTorch was not found. Looked at:', ...lines, ...mends];
  return new FlambeauError('LIBTORCH_NOT_FOUND', text.join('\n'));
}

/** {@link searchLibtorch}, for who cannot go on without one. */
export function findLibtorch(options: SearchOptions = {}): Libtorch {
  const search = searchLibtorch(options);
  if (!search.libtorch) throw notFound(search);
  return search.libtorch;
}
