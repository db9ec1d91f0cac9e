import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { readManifest } from '../../src/libtorch/cache.js';
import { searchLibtorch } from '../../src/libtorch/find.js';
import { install } from '../../src/libtorch/install.js';
import {
  environment,
  fakePip,
  installProcess,
  lib,
  nvidiaWheel,
  serveIndex,
  tag,
  temporaryFolder,
  torchFiles,
  wheelName,
  zip,
  type Index,
} from './wheels.js';

const cpu = zip(torchFiles('2.13.0+cpu'));
const cpuIndex = { 'cpu/torch': { [wheelName('2.13.0+cpu')]: cpu, [wheelName('2.12.0+cpu')]: Buffer.from('old') } };

async function index(...args: Parameters<typeof serveIndex>): Promise<Index> {
  const served = await serveIndex(...args);
  onTestFinished(() => served.close());
  return served;
}

function names(cache: string): string[] {
  return existsSync(join(cache, 'libtorch')) ? readdirSync(join(cache, 'libtorch')).sort() : [];
}

describe('install', () => {
  test('refuses a version that the addon does not compile against', async () => {
    await expect(install({ version: '2.6.0' })).rejects.toMatchObject({
      code: 'INSTALL_FAILED',
      message: /2\.11 to 2\.14/,
    });
  });

  test('says what was tried when nothing can be fetched', async () => {
    const cache = temporaryFolder(onTestFinished);
    const env = environment(cache, { FLAMBEAU_INDEX_URL: 'http://127.0.0.1:9' });
    const failed = install({ env });
    await expect(failed).rejects.toMatchObject({
      code: 'INSTALL_FAILED',
      message: /PyTorch's index: [^]*no|none was found/,
    });
    expect(names(cache)).toEqual([]);
  });

  test('refuses a wheel whose checksum is not the one promised, and keeps nothing of it', async () => {
    const cache = temporaryFolder(onTestFinished);
    const { url } = await index(cpuIndex, { hash: () => 'a'.repeat(64) });
    const env = environment(cache, { FLAMBEAU_INDEX_URL: url });
    await expect(install({ env })).rejects.toMatchObject({ code: 'CHECKSUM_MISMATCH' });
    expect(names(cache)).toEqual([]);
    expect(
      readdirSync(join(cache, 'downloads'), { recursive: true }).filter((name) => String(name).includes('whl')),
    ).toEqual([]);
  });

  test.each([
    ['climbs out of the folder', { name: 'torch/include/../../../../evil.h', data: 'x' }],
    ['has an absolute path', { name: '/torch/include/evil.h', data: 'x' }],
    ['is a link', { name: 'torch/include/evil.h', data: '/etc/passwd', mode: 0o120777 }],
    ['has another checksum than its contents', { name: 'torch/include/evil.h', data: 'x', crc: 1 }],
    [
      'has another checksum than its contents, and is long',
      { name: lib('evil'), data: Buffer.alloc(3_000_000), crc: 1 },
    ],
  ])('refuses a wheel with an entry that %s', async (_, file) => {
    const cache = temporaryFolder(onTestFinished);
    const wheel = zip([...torchFiles('2.13.0+cpu', undefined, 1000), file]);
    const { url } = await index({ 'cpu/torch': { [wheelName('2.13.0+cpu')]: wheel } });
    const failed = install({ env: environment(cache, { FLAMBEAU_INDEX_URL: url }), headers: true });
    await expect(failed).rejects.toMatchObject({ code: 'INSTALL_FAILED' });
    expect(names(cache)).toEqual([]);
    expect(existsSync(join(cache, 'evil.h'))).toBe(false);
  });

  test('refuses a truncated wheel and a wheel without the core libraries', async () => {
    const cache = temporaryFolder(onTestFinished);
    for (const wheel of [
      cpu.subarray(0, 900_000),
      zip(torchFiles('2.13.0+cpu').filter(({ name }) => name !== lib('c10'))),
    ]) {
      const { url } = await index({ 'cpu/torch': { [wheelName('2.13.0+cpu')]: wheel } });
      const failed = install({ env: environment(cache, { FLAMBEAU_INDEX_URL: url }) });
      await expect(failed).rejects.toMatchObject({ code: 'INSTALL_FAILED' });
      expect(names(cache)).toEqual([]);
    }
  });

  test('unpacks only what is needed, and headers when they are asked for', async () => {
    const cache = temporaryFolder(onTestFinished);
    const { url } = await index(cpuIndex);
    const env = environment(cache, { FLAMBEAU_INDEX_URL: url });
    const first = await install({ env });
    expect(first).toMatchObject({ version: '2.13.0', build: '2.13.0+cpu', fresh: true, headers: false });
    const files = (): string[] =>
      (readdirSync(first.folder, { recursive: true }) as string[]).map((path) => path.replaceAll('\\', '/'));
    expect(files()).toEqual(
      expect.arrayContaining([lib('c10'), lib('torch_cpu'), 'torchgen/packaged/ATen/native/native_functions.yaml']),
    );
    expect(files().filter((path) => /python|test|include|linear/.test(path))).toEqual([]);
    expect(await install({ env })).toMatchObject({ fresh: false });
    expect(await install({ env, headers: true })).toMatchObject({ fresh: true, headers: true });
    expect(files()).toContain('torch/include/ATen/ATen.h');
    expect(searchLibtorch({ env }).libtorch).toMatchObject({ version: '2.13.0', flavour: 'cpu', source: 'cache' });
    expect(names(cache)).toEqual(['2.13.0-cpu']);
  });

  test('mends an installation with a damaged library', async () => {
    const cache = temporaryFolder(onTestFinished);
    const { url } = await index(cpuIndex);
    const env = environment(cache, { FLAMBEAU_INDEX_URL: url });
    const { folder } = await install({ env });
    truncateSync(join(folder, lib('torch_cpu')), 10);
    expect(searchLibtorch({ env }).libtorch).toBeUndefined();
    expect(await install({ env })).toMatchObject({ fresh: true });
    expect(searchLibtorch({ env }).libtorch).toBeDefined();
  });

  test('resumes a download that broke off, within a run and in the next one', async () => {
    const cache = temporaryFolder(onTestFinished);
    let breaks = 1;
    const { url, requests } = await index(cpuIndex, {
      interfere: (request, response, data) => {
        if (request.headers.range || breaks-- <= 0) return false;
        response.writeHead(200, { 'content-length': data.length });
        response.write(data.subarray(0, 1_000_000), () => response.destroy());
        return true;
      },
    });
    const env = environment(cache, { FLAMBEAU_INDEX_URL: url });
    expect(await install({ env })).toMatchObject({ fresh: true });
    expect(requests.filter((line) => line.includes('bytes='))).toHaveLength(1);

    const other = temporaryFolder(onTestFinished);
    const downloads = join(other, 'downloads', '2.13.0-cpu');
    mkdirSync(downloads, { recursive: true });
    writeFileSync(join(downloads, `${wheelName('2.13.0+cpu')}.part`), cpu.subarray(0, 2_000_000));
    await install({ env: { ...env, FLAMBEAU_CACHE: other } });
    expect(requests.at(-1)).toMatch(/bytes=2000000-$/);
    expect(existsSync(join(other, 'downloads', '2.13.0-cpu'))).toBe(false);
  });

  test('begins anew when what was resumed turns out to be of another file', async () => {
    const cache = temporaryFolder(onTestFinished);
    const { url } = await index(cpuIndex);
    const downloads = join(cache, 'downloads', '2.13.0-cpu');
    mkdirSync(downloads, { recursive: true });
    writeFileSync(join(downloads, `${wheelName('2.13.0+cpu')}.part`), Buffer.alloc(2_000_000));
    expect(await install({ env: environment(cache, { FLAMBEAU_INDEX_URL: url }) })).toMatchObject({ fresh: true });
  });
});

describe.skipIf(process.platform !== 'linux')('install by pip', () => {
  test('takes the wheel that pip gives, and asks no index', async () => {
    const cache = temporaryFolder(onTestFinished);
    const pip = fakePip(temporaryFolder(onTestFinished), { [wheelName('2.13.0+cpu')]: cpu });
    const { url, requests } = await index(cpuIndex);
    const done = await install({ env: environment(cache, { FLAMBEAU_PIP: pip, FLAMBEAU_INDEX_URL: url }) });
    expect(done.build).toBe('2.13.0+cpu');
    expect(requests).toEqual([]);
  });

  test('goes to the index where pip has nothing', async () => {
    const cache = temporaryFolder(onTestFinished);
    const pip = fakePip(temporaryFolder(onTestFinished), {});
    const { url } = await index(cpuIndex);
    const done = await install({ env: environment(cache, { FLAMBEAU_PIP: pip, FLAMBEAU_INDEX_URL: url }) });
    expect(done.build).toBe('2.13.0+cpu');
  });

  const cuda = (): Record<string, Buffer> => {
    const py3 = (name: string, version: string): string => `${name}-${version}-py3-none-${tag}.whl`;
    const pins = ['cublas', 'cuda-runtime', 'cuda-cupti'].map((name, i) => {
      const extra = ['cublas', 'cudart', 'cupti'][i]!;
      return `Requires-Dist: nvidia-${name}==13.0.${i}.*; sys_platform == 'linux' and extra == '${extra}'`;
    });
    return {
      [wheelName('2.14.1')]: zip(torchFiles('2.14.1+cu130', '13.0')),
      'cuda_toolkit-13.0.3-py2.py3-none-any.whl': zip([
        { name: 'cuda_toolkit-13.0.3.dist-info/METADATA', data: `Name: cuda-toolkit\n${pins.join('\n')}\n` },
      ]),
      [py3('nvidia_cublas', '13.0.0.7')]: nvidiaWheel('cublas'),
      [py3('nvidia_cuda_runtime', '13.0.1.7')]: nvidiaWheel('cudart'),
      [py3('nvidia_cuda_cupti', '13.0.2.7')]: nvidiaWheel('cupti'),
      [py3('nvidia_nccl_cu13', '2.30.7')]: nvidiaWheel('nccl'),
    };
  };

  test('takes the CPU half of a CUDA build where there is nothing else', async () => {
    const cache = temporaryFolder(onTestFinished);
    const shelf = temporaryFolder(onTestFinished);
    const env = environment(cache, { FLAMBEAU_PIP: fakePip(shelf, cuda()), FLAMBEAU_INDEX_URL: 'http://127.0.0.1:9' });
    const { folder, build } = await install({ version: '2.14.1', env });
    expect(build).toBe('2.14.1+cu130');
    const libraries = Object.keys(readManifest(folder)!.libraries).sort();
    expect(libraries).toEqual(
      ['nvidia/cu13/lib/libcudart.so.13', 'nvidia/cu13/lib/libcupti.so.13', lib('c10'), lib('torch_cpu')].sort(),
    );
    expect(readFileSync(join(shelf, 'calls'), 'utf8')).toContain(
      'nvidia-cuda-runtime==13.0.1.* nvidia-cuda-cupti==13.0.2.*',
    );
    expect(searchLibtorch({ env }).libtorch).toMatchObject({ flavour: 'cpu', version: '2.14.1' });
  });

  test('lays the NVIDIA libraries of a CUDA flavour out as site-packages does', async () => {
    const cache = temporaryFolder(onTestFinished);
    const env = environment(cache, { FLAMBEAU_PIP: fakePip(temporaryFolder(onTestFinished), cuda()) });
    const { folder } = await install({ flavour: 'cu130', env });
    const libraries = Object.keys(readManifest(folder)!.libraries);
    for (const name of ['cublas', 'cudart', 'cupti', 'nccl'])
      expect(libraries).toContain(`nvidia/cu13/lib/lib${name}.so.13`);
    expect(libraries).toContain(lib('torch_cuda'));
    expect(existsSync(join(folder, 'nvidia/cu13/lib/libcublas_static.a'))).toBe(false);
  });
});

describe('install, interrupted or at once', () => {
  test('leaves nothing that looks whole when it is killed, and the next run cleans up', async () => {
    const cache = temporaryFolder(onTestFinished);
    let stall = true;
    const { url } = await index(cpuIndex, {
      interfere: (_, response, data) => {
        if (!stall) return false;
        response.writeHead(200, { 'content-length': data.length });
        response.write(data.subarray(0, 1_500_000));
        return true;
      },
    });
    const env = environment(cache, { FLAMBEAU_INDEX_URL: url });
    const part = join(cache, 'downloads', '2.13.0-cpu', `${wheelName('2.13.0+cpu')}.part`);
    const child = installProcess(env);
    while ((statSync(part, { throwIfNoEntry: false })?.size ?? 0) < 1_500_000) await sleep(20);
    child.kill('SIGKILL');
    await child.ended;
    expect(names(cache).some((name) => name.endsWith('.lock'))).toBe(true);
    expect(searchLibtorch({ env }).libtorch).toBeUndefined();
    stall = false;
    expect(await install({ env })).toMatchObject({ fresh: true });
    expect(names(cache)).toEqual(['2.13.0-cpu']);
  });

  test('leaves nothing that looks whole whenever it is killed', async () => {
    const cache = temporaryFolder(onTestFinished);
    const { url } = await index(cpuIndex);
    const env = environment(cache, { FLAMBEAU_INDEX_URL: url });
    for (let pause = 0; pause < 6; pause++) {
      const child = installProcess(env);
      const temporary = (): boolean => names(cache).some((name) => name.startsWith('.tmp'));
      const done = child.ended.then(() => true);
      while (!temporary() && !(await Promise.race([done, sleep(1, false)])));
      await sleep(pause * 6);
      child.kill('SIGKILL');
      await child.ended;
      const { libtorch } = searchLibtorch({ env });
      if (libtorch) expect(statSync(join(libtorch.lib, '..', '..', lib('torch_cpu'))).size).toBe(3_000_000);
    }
    await install({ env });
    expect(names(cache)).toEqual(['2.13.0-cpu']);
    expect(searchLibtorch({ env }).libtorch).toBeDefined();
  }, 60_000);

  test('lets one of several processes work and the others find its result', async () => {
    const cache = temporaryFolder(onTestFinished);
    const { url, requests } = await index(cpuIndex);
    const env = environment(cache, { FLAMBEAU_INDEX_URL: url });
    const ended = await Promise.all([1, 2, 3, 4].map(() => installProcess(env).ended));
    expect(ended.map(({ code }) => code)).toEqual([0, 0, 0, 0]);
    expect(ended.filter(({ text }) => text.includes('"fresh":true'))).toHaveLength(1);
    expect(requests.filter((line) => line.startsWith('/files/'))).toHaveLength(1);
    expect(names(cache)).toEqual(['2.13.0-cpu']);
  }, 60_000);
});

test.skipIf(!process.env.FLAMBEAU_TEST_SLOW)(
  'installs the real LibTorch with the pip of this machine',
  async () => {
    const cache = temporaryFolder(onTestFinished);
    const { folder } = await install({ cache });
    expect(statSync(join(folder, lib('torch_cpu'))).size).toBeGreaterThan(1e8);
  },
  600_000,
);
