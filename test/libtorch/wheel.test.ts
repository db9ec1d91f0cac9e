import { createServer, request, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { getText, proxyFor } from '../../src/libtorch/http.js';
import { choose, indexUrl, parseIndexPage } from '../../src/libtorch/index-page.js';
import { isWanted } from '../../src/libtorch/unpack.js';
import { fitsPlatform, nvidiaRequirements, parseWheelName, satisfies } from '../../src/libtorch/wheel.js';
import { serveIndex, tag } from './wheels.js';

describe('wheel names and versions', () => {
  test('reads a wheel name and refuses what is none', () => {
    const name = 'torch-2.13.0+cpu-cp311-cp311-manylinux_2_28_x86_64.whl';
    expect(parseWheelName(name)).toMatchObject({ name: 'torch', version: '2.13.0+cpu', python: 'cp311' });
    expect(parseWheelName('nvidia_cuda_runtime-13.0.96-py3-none-any.whl')?.name).toBe('nvidia-cuda-runtime');
    expect(parseWheelName('torch-2.13.0.tar.gz')).toBeUndefined();
  });

  test.each([
    ['2.13.0+cpu', '==2.13.0', true],
    ['2.13.0+cpu', '==2.13.0+cpu', true],
    ['2.13.0', '==2.13.0+cpu', false],
    ['13.0.96.3', '==13.0.96.*', true],
    ['13.1.0', '==13.0.*', false],
    ['13.2.7', '<14,>=13.0.88', true],
    ['14.0', '<14,>=13.0.88', false],
    ['13.0.96', '~=13.0.1', true],
    ['13.1', '~=13.0.1', false],
    ['2.13.0rc1', '', false],
    ['1.0', '', true],
  ])('%s satisfies %s: %s', (version, specifier, expected) => {
    expect(satisfies(version, specifier)).toBe(expected);
  });

  test('tells platforms apart', () => {
    expect(fitsPlatform('manylinux_2_28_x86_64', 'linux', 'x64')).toBe(true);
    expect(fitsPlatform('manylinux_2_28_aarch64', 'linux', 'x64')).toBe(false);
    expect(fitsPlatform('manylinux2014_x86_64.manylinux_2_17_x86_64', 'linux', 'x64')).toBe(true);
    expect(fitsPlatform('macosx_11_0_arm64', 'darwin', 'arm64')).toBe(true);
    expect(fitsPlatform('macosx_11_0_arm64', 'linux', 'arm64')).toBe(false);
    expect(fitsPlatform('win_amd64', 'win32', 'x64')).toBe(true);
    expect(fitsPlatform('any', 'win32', 'x64')).toBe(true);
  });
});

test('nvidiaRequirements holds versions to CUDA where the pins cannot be had', () => {
  const metadata =
    'Requires-Dist: jinja2\nRequires-Dist: cuda-toolkit[cudart,cublas]==13.0.3; platform_system == "Linux"\n';
  expect(nvidiaRequirements(metadata, '13.0')).toEqual([
    { name: 'nvidia-cuda-runtime', specifier: '==13.0.*' },
    { name: 'nvidia-cublas', specifier: '' },
  ]);
});

test('choose takes the wheel for this platform and the preferred Python, and no yanked one', () => {
  const link = (file: string, attributes = ''): string =>
    `<a href="../${file.replace('+', '%2B')}#sha256=${'0'.repeat(64)}"${attributes}>x</a>`;
  const html = [
    link(`torch-2.13.0+cpu-cp310-cp310-${tag}.whl`),
    link(`torch-2.13.0+cpu-cp311-cp311-${tag}.whl`),
    link(`torch-2.13.0+cpu-cp313-cp313t-${tag}.whl`),
    link('torch-2.13.0+cpu-cp311-cp311-other.whl'),
    link(`torch-2.13.1+cpu-cp311-cp311-${tag}.whl`, ' data-yanked="broken"'),
  ].join('\n');
  const offers = parseIndexPage(html, 'http://host/cpu/torch/');
  const offer = choose(offers, { name: 'torch', specifier: '==2.13.0' });
  expect(offer).toEqual({
    file: `torch-2.13.0+cpu-cp311-cp311-${tag}.whl`,
    url: `http://host/cpu/torch-2.13.0%2Bcpu-cp311-cp311-${tag}.whl`,
    sha256: '0'.repeat(64),
  });
  expect(choose(offers, { name: 'torch', specifier: '==2.13.1' })).toBeUndefined();
  expect(indexUrl('cu130', {})).toBe('https://download.pytorch.org/whl/cu130');
});

test.each([
  ['torch/lib/libtorch_cpu.so', true],
  ['torch/lib/libgomp.so.1', true],
  ['torch/lib/libtorch_python.so', false],
  ['torch/lib/libtorch_cuda.so', false],
  ['torch/lib/libtorch.so', false],
  ['torch/lib/libtorchbind_test.so', false],
  ['torch/include/ATen/ATen.h', false],
  ['torch/nn/__init__.py', false],
  ['torch/bin/protoc', false],
  ['nvidia/cu13/lib/libcudart.so.13', true],
  ['nvidia/cu13/lib/libcudart_static.a', false],
  ['torch.libs/libopenblas.so.0', true],
])('%s is unpacked for the CPU half without headers: %s', (path, wanted) => {
  expect(isWanted(path, { headers: false, cpuHalf: true })).toBe(wanted);
});

describe('proxies', () => {
  test('are chosen as everywhere', () => {
    const url = new URL('https://download.pytorch.org/whl/cpu/');
    expect(proxyFor(url, { HTTPS_PROXY: 'http://proxy:3128' })?.host).toBe('proxy:3128');
    expect(proxyFor(url, { all_proxy: 'proxy:8080' })?.host).toBe('proxy:8080');
    expect(proxyFor(url, { https_proxy: 'http://proxy', no_proxy: 'localhost,.pytorch.org' })).toBeUndefined();
    expect(proxyFor(url, { https_proxy: 'http://proxy', NO_PROXY: '*' })).toBeUndefined();
    expect(proxyFor(url, { http_proxy: 'http://proxy' })).toBeUndefined();
  });

  test('carry plain requests, and tunnels for others', async () => {
    const seen: string[] = [];
    const proxy: Server = createServer((incoming, outgoing) => {
      seen.push(`${incoming.method} ${incoming.headers['proxy-authorization'] ?? ''}`);
      request(incoming.url!, (answer) => answer.pipe(outgoing)).end();
    });
    proxy.on('connect', (incoming, socket) => {
      seen.push(`CONNECT ${incoming.url}`);
      const [host, port] = incoming.url!.split(':');
      const far = connect(Number(port), host, () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        far.pipe(socket).pipe(far);
      });
      far.on('error', () => socket.destroy());
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void proxy.close());
    const address = `http://user:word@127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    const index = await serveIndex({ 'cpu/torch': {} });
    onTestFinished(() => index.close());
    expect(await getText(`${index.url}/cpu/torch/`, { http_proxy: address })).toContain('<html>');
    // The other end speaks no TLS: that it is reached at all is the point.
    await expect(getText(`${index.url.replace('http:', 'https:')}/`, { https_proxy: address })).rejects.toThrow();
    expect(seen).toEqual([
      `GET Basic ${Buffer.from('user:word').toString('base64')}`,
      `CONNECT ${new URL(index.url).host}`,
    ]);
  });
});
