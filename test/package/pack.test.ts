import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cacheFolder } from '../../src/libtorch/cache.js';

const run = promisify(execFile);
const projects: string[] = [];
// The cache of these tests, so that nothing is installed or compiled twice.
const env = { ...process.env, FLAMBEAU_CACHE: cacheFolder() };

interface Project {
  folder: string;
  /** What the tarball holds. */
  files: string[];
  node(name: string, code: string): Promise<string>;
}

/** What users do: the package out of `npm pack`, installed into an empty project somewhere else. */
async function install(): Promise<Project> {
  const folder = mkdtempSync(path.join(tmpdir(), 'flambeau-project-'));
  projects.push(folder);
  const packed = await run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder]);
  const [about] = JSON.parse(packed.stdout) as [{ filename: string; files: { path: string }[] }];
  writeFileSync(path.join(folder, 'package.json'), '{}');
  const args = ['install', '--no-audit', '--no-fund', '--prefer-offline', path.join(folder, about.filename)];
  await run('npm', args, { cwd: folder, env });
  return {
    folder,
    files: about.files.map((file) => file.path),
    async node(name, code) {
      writeFileSync(path.join(folder, name), code);
      return (await run(process.execPath, [name], { cwd: folder, env })).stdout.trim();
    },
  };
}

afterAll(() => projects.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

const computes = `import * as torch from 'flambeau';\nconsole.log(String(torch.ones(2).add(1)));`;

describe('the package', () => {
  let project: Project;
  beforeAll(async () => {
    project = await install();
    await run('npx', ['flambeau', 'build'], { cwd: project.folder, env });
  }, 600_000);

  test('holds the library, what compiles the addon, and nothing of the tests', () => {
    for (const file of [
      'lib/index.js',
      'lib/index.d.ts',
      'binding/call.cc',
      'CMakeLists.txt',
      'LICENSE',
      'README.md',
    ]) {
      expect(project.files).toContain(file);
    }
    expect(project.files.filter((file) => /^(test|build|bench|examples|docs|node_modules)\//.test(file))).toEqual([]);
  });

  test('is imported', async () => {
    expect(await project.node('main.mjs', computes)).toBe('tensor([2., 2.])');
  });

  test('is required', async () => {
    const code = `const torch = require('flambeau');\nconsole.log(String(torch.tensor([1, 2]).mul(2)));`;
    expect(await project.node('main.cjs', code)).toBe('tensor([2, 4])');
  });

  test('has types that a strict project accepts', async () => {
    const code = `import * as torch from 'flambeau';
const x: torch.Tensor = torch.zeros(2, 3, { dtype: 'float64' });
export const [rows, columns]: number[] = x.shape;
// @ts-expect-error: no such dtype
torch.zeros(2, { dtype: 'float65' });
`;
    writeFileSync(path.join(project.folder, 'main.ts'), code);
    const tsc = path.resolve('node_modules/typescript/bin/tsc');
    const options = ['--strict', '--noEmit', '--module', 'nodenext', '--target', 'es2022', '--skipLibCheck', 'false'];
    const types = ['--typeRoots', path.resolve('node_modules/@types'), '--types', 'node'];
    await run(process.execPath, [tsc, ...options, ...types, 'main.ts'], { cwd: project.folder });
  });

  test('loads no more than it needs when it is imported', async () => {
    const hooks = `import { appendFileSync } from 'node:fs';
export function load(url, context, next) { appendFileSync('loaded.txt', url + '\\n'); return next(url, context); }`;
    writeFileSync(path.join(project.folder, 'hooks.mjs'), hooks);
    const code = `import { register } from 'node:module';
import { createRequire } from 'node:module';
register('./hooks.mjs', import.meta.url);
await import('flambeau');
console.log(JSON.stringify(Object.keys(createRequire(import.meta.url).cache)));`;
    const required = JSON.parse(await project.node('loads.mjs', code)) as string[];
    const urls = readFileSync(path.join(project.folder, 'loaded.txt'), 'utf8').trim().split('\n');
    const outside = [...urls, ...required].filter(
      (url) => !url.startsWith('node:') && !url.includes('/node_modules/flambeau/'),
    );
    const packages = outside.map((url) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1]);
    expect([...new Set(packages)]).toEqual(['node-gyp-build']);
    expect(urls.filter((url) => /\/lib\/(cli|serve)\//.test(url))).toEqual([]);
    expect(urls.some((url) => url.includes('/lib/libtorch/install'))).toBe(false);
  });
});

describe('a package with a prebuilt addon', () => {
  const prebuilds = path.resolve('prebuilds');
  const there = existsSync(prebuilds);
  let project: Project;
  beforeAll(async () => {
    await run('npm', ['run', 'prebuild'], { env });
    project = await install();
  }, 600_000);
  afterAll(() => {
    if (!there) rmSync(prebuilds, { recursive: true, force: true });
  });

  test('needs no compiler, and finds LibTorch in the cache', async () => {
    expect(project.files.some((file) => /^prebuilds\/[\w-]+\/flambeau.*\.node$/.test(file))).toBe(true);
    expect(await project.node('main.mjs', computes)).toBe('tensor([2., 2.])');
    expect(existsSync(path.join(project.folder, 'node_modules/flambeau/build'))).toBe(false);
  });

  test('says what to do where LibTorch is of another minor version', async () => {
    const record = path.join(
      project.folder,
      'node_modules/flambeau',
      project.files.find((file) => file.endsWith('flambeau.json'))!,
    );
    const about = JSON.parse(readFileSync(record, 'utf8')) as { libtorch: string };
    writeFileSync(record, JSON.stringify({ ...about, libtorch: '2.12.0' }));
    await expect(project.node('main.mjs', computes)).rejects.toThrow(/2\.12[\s\S]*npx flambeau build/);
  });
});
