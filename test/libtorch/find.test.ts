import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { cacheFolder, writeManifest } from '../../src/libtorch/cache.js';
import { findLibtorch, searchLibtorch } from '../../src/libtorch/find.js';
import { lib, temporaryFolder } from './wheels.js';

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

function addBuild(cache: string, version: string, flavour: string, headers = false): string {
  const folder = join(cache, 'libtorch', `${version}-${flavour}`);
  for (const stem of ['c10', 'torch_cpu']) write(join(folder, lib(stem)), stem);
  const libraries = { [lib('c10')]: 3, [lib('torch_cpu')]: 9 };
  writeManifest(folder, { version, flavour, build: `${version}+${flavour}`, headers, libraries, wheels: [] });
  return folder;
}

function addForeign(folder: string, file: string, text: string): string {
  for (const stem of ['c10', 'torch_cpu']) write(join(folder, lib(stem)), stem);
  write(join(folder, 'torch', file), text);
  return join(folder, 'torch');
}

describe('searchLibtorch', () => {
  test('prefers the CPU default in the cache, then CUDA, then any other supported version', () => {
    const cache = temporaryFolder(onTestFinished);
    const env = { FLAMBEAU_CACHE: cache };
    const found = (more = {}): string | undefined => {
      const { libtorch } = searchLibtorch({ env: { ...env, ...more } });
      return libtorch && `${libtorch.version}-${libtorch.flavour}`;
    };
    expect(found()).toBeUndefined();
    addBuild(cache, '2.6.0', 'cpu');
    expect(found()).toBeUndefined();
    addBuild(cache, '2.12.0', 'cpu');
    expect(found()).toBe('2.12.0-cpu');
    addBuild(cache, '2.14.1', 'cu130');
    expect(found()).toBe('2.14.1-cu130');
    addBuild(cache, '2.13.0', 'cpu');
    expect(found()).toBe('2.13.0-cpu');
    expect(found({ FLAMBEAU_FLAVOUR: 'cu130' })).toBe('2.14.1-cu130');
    expect(searchLibtorch({ env, minor: '2.14' }).libtorch?.version).toBe('2.14.1');
    expect(searchLibtorch({ env: { ...env, FLAMBEAU_FLAVOUR: 'gpu' } }).candidates[0]?.found).toContain(
      'none of cpu, cu130',
    );
  });

  test('takes an explicit path of either layout, and never replaces it by another', () => {
    const folder = temporaryFolder(onTestFinished);
    addBuild(folder, '2.13.0', 'cpu');
    const site = addForeign(join(folder, 'site-packages'), 'version.py', "__version__ = '2.14.1+cu130'\n");
    const zip = addForeign(join(folder, 'zip'), 'build-version', '2.13.0+cpu\n');
    const old = addForeign(join(folder, 'old'), 'version.py', "__version__ = '2.5.0'\n");
    const search = (path: string): ReturnType<typeof searchLibtorch> =>
      searchLibtorch({ env: { FLAMBEAU_CACHE: folder, FLAMBEAU_LIBTORCH: path } });
    expect(search(site).libtorch).toMatchObject({ version: '2.14.1', flavour: 'cu130', source: 'path' });
    expect(search(dirname(site)).libtorch?.root).toBe(site);
    expect(search(join(zip, 'lib')).libtorch).toMatchObject({ root: zip, version: '2.13.0', flavour: 'cpu' });
    expect(search(old)).toMatchObject({
      libtorch: undefined,
      candidates: [{ found: /2\.5\.0; supported are 2\.11 to 2\.14/ }],
    });
    expect(search(join(folder, 'nowhere'))).toMatchObject({
      libtorch: undefined,
      candidates: [{ found: 'no such folder' }],
    });
  });

  test('asks a Python only if one is named', () => {
    const cache = temporaryFolder(onTestFinished);
    addBuild(cache, '2.13.0', 'cpu');
    const search = searchLibtorch({ env: { FLAMBEAU_CACHE: cache, FLAMBEAU_PYTHON: join(cache, 'no-python') } });
    expect(search).toMatchObject({ libtorch: undefined, candidates: [{ source: 'python', found: /cannot be run/ }] });
  });

  test('is fast enough for every import', () => {
    const cache = temporaryFolder(onTestFinished);
    addBuild(cache, '2.13.0', 'cpu');
    const start = performance.now();
    for (let i = 0; i < 100; i++) searchLibtorch({ env: { FLAMBEAU_CACHE: cache } });
    expect((performance.now() - start) / 100).toBeLessThan(5);
  });
});

test('findLibtorch throws what was looked at and the one command', () => {
  const cache = temporaryFolder(onTestFinished);
  mkdirSync(join(cache, 'libtorch', '2.13.0-cpu'), { recursive: true });
  let error: Error | undefined;
  try {
    findLibtorch({ env: { FLAMBEAU_CACHE: cache } });
  } catch (thrown) {
    error = thrown as Error;
  }
  expect(error).toMatchObject({ code: 'LIBTORCH_NOT_FOUND' });
  expect(error!.message).toContain(`${join(cache, 'libtorch', '2.13.0-cpu')}: not whole`);
  expect(error!.message).toMatch(/npx flambeau install cpu$/);
});

test('cacheFolder follows FLAMBEAU_CACHE and the customs of each system', () => {
  expect(cacheFolder({ FLAMBEAU_CACHE: '/c' }, 'linux')).toBe('/c');
  expect(cacheFolder({ XDG_CACHE_HOME: '/x' }, 'linux')).toBe(join('/x', 'flambeau'));
  expect(cacheFolder({ LOCALAPPDATA: '/l' }, 'win32')).toBe(join('/l', 'flambeau'));
  expect(cacheFolder({}, 'darwin')).toContain(join('Library', 'Caches', 'flambeau'));
});
