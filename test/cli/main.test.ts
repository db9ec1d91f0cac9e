import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { libraryName } from '../../src/libtorch/cache.js';
import { environment, serveIndex, temporaryFolder, torchFiles, wheelName, zip } from '../libtorch/wheels.js';

const program = join(import.meta.dirname, '..', '..', 'lib', 'cli', 'main.js');

interface Outcome {
  code: number | null;
  out: string;
  err: string;
}

function flambeau(args: string[], env: Record<string, string>): Promise<Outcome> {
  const child = spawn(process.execPath, [program, ...args], { env });
  const outcome: Outcome = { code: null, out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => (outcome.out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (outcome.err += chunk.toString()));
  return new Promise((resolve) => child.once('close', (code) => resolve({ ...outcome, code })));
}

describe('flambeau', () => {
  test('answers misuse with code 2 and says what is wrong', async () => {
    const env = environment(temporaryFolder(onTestFinished));
    expect(await flambeau(['instal'], env)).toMatchObject({ code: 2, err: /no command 'instal'/ });
    expect(await flambeau(['install', 'cu999'], env)).toMatchObject({ code: 2, err: /'cu999' is none of cpu, cu130/ });
    expect(await flambeau(['install', '--wrong'], env)).toMatchObject({ code: 2, err: /--wrong/ });
    expect(await flambeau(['constructor'], env)).toMatchObject({ code: 2 });
  });

  test('prints its usage and its version', async () => {
    const env = environment(temporaryFolder(onTestFinished));
    for (const args of [[], ['--help'], ['doctor', '--help']]) {
      expect(await flambeau(args, env)).toMatchObject({ code: 0, out: /install \[cpu\|cu130\]/ });
    }
    expect((await flambeau(['--version'], env)).out).toMatch(/^\d+\.\d+\.\d+/);
  });
});

describe('flambeau install', () => {
  test('installs into the folder that --dir names, and says so if it does not load', async () => {
    const cache = temporaryFolder(onTestFinished);
    const index = await serveIndex({ 'cpu/torch': { [wheelName('2.13.0+cpu')]: zip(torchFiles('2.13.0+cpu')) } });
    onTestFinished(() => index.close());
    const env = environment(temporaryFolder(onTestFinished), { FLAMBEAU_INDEX_URL: index.url });
    const { code, out, err } = await flambeau(['install', '--dir', cache, '--headers'], env);
    expect(out).toContain(join(cache, 'libtorch', '2.13.0-cpu'));
    expect(out).toContain('with headers');
    // The libraries of the test's wheel are random bytes.
    expect({ code, err }).toMatchObject({ code: 1, err: /installed but does not load/ });
  });

  test('ends with code 1 and the reasons when nothing can be fetched', async () => {
    const env = environment(temporaryFolder(onTestFinished), { FLAMBEAU_INDEX_URL: 'http://127.0.0.1:9' });
    expect(await flambeau(['install'], env)).toMatchObject({
      code: 1,
      err: /could not be fetched:\n.*PyTorch's index/,
    });
  });
});

describe('flambeau doctor', () => {
  test('names the one command where LibTorch is missing', async () => {
    const cache = temporaryFolder(onTestFinished);
    const { code, out } = await flambeau(['doctor'], environment(cache));
    expect(code).toBe(1);
    expect(out).toContain(join(cache, 'libtorch', '2.13.0-cpu'));
    expect(out).toContain('npx flambeau install cpu');
  });

  test('survives a LibTorch that does not load, and gives JSON', async () => {
    const folder = temporaryFolder(onTestFinished);
    const root = join(folder, 'torch');
    mkdirSync(join(root, 'lib'), { recursive: true });
    for (const stem of ['c10', 'torch_cpu']) writeFileSync(join(root, 'lib', libraryName(stem)), 'no library');
    writeFileSync(join(root, 'version.py'), "__version__ = '2.13.0+cpu'\n");
    const { code, out } = await flambeau(['doctor', '--json'], environment(folder, { FLAMBEAU_LIBTORCH: root }));
    const { ok, findings } = JSON.parse(out) as { ok: boolean; findings: { what: string; found: string }[] };
    expect({ code, ok }).toEqual({ code: 1, ok: false });
    expect(findings.find(({ what }) => what === 'LibTorch (path)')?.found).toContain('LibTorch 2.13.0+cpu');
  });
});
