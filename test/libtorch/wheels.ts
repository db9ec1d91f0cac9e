import { createHash, randomBytes } from 'node:crypto';
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { crc32, deflateRawSync } from 'node:zlib';
import { libraryName } from '../../src/libtorch/cache.js';

export interface File {
  name: string;
  data: Buffer | string;
  crc?: number;
  mode?: number;
  stored?: boolean;
}

/** Writes a zip; a wrong `crc` or a hostile `name` is written as it is given. */
export function zip(files: readonly File[]): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, data, crc, mode = 0o100644, stored = false } of files) {
    const raw = Buffer.from(data);
    const packed = stored ? raw : deflateRawSync(raw);
    const path = Buffer.from(name);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(0x800, 2);
    common.writeUInt16LE(stored ? 0 : 8, 4);
    common.writeUInt32LE(crc ?? crc32(raw), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(raw.length, 18);
    common.writeUInt16LE(path.length, 22);
    const entry = Buffer.alloc(46);
    entry.write('PK\x01\x02', 0, 'latin1');
    entry.writeUInt16LE((3 << 8) | 20, 4);
    common.copy(entry, 6);
    entry.writeUInt32LE((mode << 16) >>> 0, 38);
    entry.writeUInt32LE(offset, 42);
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common, path, packed]);
    bodies.push(local);
    directory.push(entry, path);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 0, 'latin1');
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...bodies, central, end]);
}

export const lib = (stem: string): string => `torch/lib/${libraryName(stem)}`;

/** The files of a torch wheel that is small and has everything that the installer looks at. */
export function torchFiles(build: string, cuda?: string, bytes = 3_000_000): File[] {
  const version = build.split('+')[0]!;
  const requires = cuda
    ? [
        'Requires-Dist: filelock',
        `Requires-Dist: cuda-toolkit[cublas,cudart,cupti]==${cuda}.3; platform_system == "Linux"`,
        'Requires-Dist: nvidia-nccl-cu13==2.30.7; platform_system == "Linux"',
      ]
    : ['Requires-Dist: filelock'];
  return [
    {
      name: 'torch/version.py',
      data: `__version__ = '${build}'\ncuda: Optional[str] = ${cuda ? `'${cuda}'` : 'None'}\n`,
    },
    { name: lib('c10'), data: randomBytes(10_000) },
    { name: lib('torch_cpu'), data: randomBytes(bytes) },
    { name: lib('torch_python'), data: 'python' },
    { name: lib('torchbind_test'), data: 'test' },
    ...(cuda ? ['torch', 'torch_cuda', 'c10_cuda'].map((stem) => ({ name: lib(stem), data: 'cuda' })) : []),
    { name: 'torch/include/ATen/ATen.h', data: '#pragma once\n' },
    { name: 'torch/nn/modules/linear.py', data: 'pass\n' },
    { name: 'torchgen/packaged/ATen/native/native_functions.yaml', data: '- func: add\n' },
    { name: `torch-${version}.dist-info/licenses/LICENSE`, data: 'BSD\n' },
    { name: `torch-${version}.dist-info/METADATA`, data: `Name: torch\nVersion: ${version}\n${requires.join('\n')}\n` },
  ];
}

const machine = process.arch === 'arm64' ? (process.platform === 'darwin' ? 'arm64' : 'aarch64') : 'x86_64';
const tags: Record<string, string> = {
  linux: `manylinux_2_28_${machine}`,
  darwin: `macosx_11_0_${machine}`,
  win32: 'win_amd64',
};

/** The platform's tag in a wheel's name. */
export const tag = tags[process.platform]!;

export const wheelName = (build: string): string => `torch-${build}-cp311-cp311-${tag}.whl`;

/** An NVIDIA wheel: one library, and a static one that nobody needs. */
export const nvidiaWheel = (name: string): Buffer =>
  zip([
    { name: `nvidia/cu13/lib/lib${name}.so.13`, data: randomBytes(1000) },
    { name: `nvidia/cu13/lib/lib${name}_static.a`, data: 'static' },
    { name: `nvidia/cu13/include/${name}.h`, data: 'header' },
  ]);

export const sha256 = (data: Buffer): string => createHash('sha256').update(data).digest('hex');

/** A folder that goes away with `after`. */
export function temporaryFolder(after: (clean: () => void) => void): string {
  const folder = mkdtempSync(join(tmpdir(), 'flambeau-test-'));
  after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

type Interfere = (request: IncomingMessage, response: ServerResponse, data: Buffer) => boolean;

export interface Index {
  url: string;
  /** Method-less log: path and range of each request. */
  requests: string[];
  close(): Promise<void>;
}

/** A simple index over HTTP with ranges. `interfere` may answer a wheel's request itself and then gives true. */
export async function serveIndex(
  pages: Record<string, Record<string, Buffer>>,
  options: { interfere?: Interfere; hash?: (data: Buffer) => string } = {},
): Promise<Index> {
  const requests: string[] = [];
  const hash = options.hash ?? sha256;
  const server: Server = createServer((request, response) => {
    const path = decodeURIComponent(request.url ?? '');
    requests.push(`${path} ${request.headers.range ?? ''}`.trim());
    const file = Object.values(pages)
      .flatMap((page) => Object.entries(page))
      .find(([name]) => path === `/files/${name}`);
    if (file) {
      const data = file[1];
      if (options.interfere?.(request, response, data)) return;
      const start = Number(/bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0);
      const rest = data.subarray(start);
      const range = start > 0 ? { 'content-range': `bytes ${start}-${data.length - 1}/${data.length}` } : {};
      response.writeHead(start > 0 ? 206 : 200, { 'content-length': rest.length, ...range });
      response.end(rest);
      return;
    }
    const page = pages[path.replace(/^\/|\/$/g, '')];
    if (!page) {
      response.writeHead(404).end();
      return;
    }
    const links = Object.entries(page).map(
      ([name, data]) => `<a href="/files/${encodeURIComponent(name)}#sha256=${hash(data)}">${name}</a><br>`,
    );
    response.writeHead(200, { 'content-type': 'text/html' }).end(`<html><body>${links.join('\n')}</body></html>`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    });
  return { url: `http://127.0.0.1:${port}`, requests, close };
}

/** The environment of an installation that sees no pip and no cache but the test's. */
export function environment(cache: string, more: Record<string, string> = {}): Record<string, string> {
  const { PATH = '', HOME = '', SystemRoot = '' } = process.env;
  return { PATH, HOME, SystemRoot, FLAMBEAU_CACHE: cache, FLAMBEAU_PIP: 'none', no_proxy: '*', ...more };
}

/** A pip that copies wheels out of a folder, as pip does with `--find-links`. */
export function fakePip(folder: string, wheels: Record<string, Buffer>): string {
  for (const [name, data] of Object.entries(wheels)) writeFileSync(join(folder, name), data);
  const script = join(folder, 'pip.mjs');
  const code = `#!${process.execPath}
import { copyFileSync, readdirSync, appendFileSync } from 'node:fs';
import { join } from 'node:path';
const [command, ...args] = process.argv.slice(2);
appendFileSync(${JSON.stringify(join(folder, 'calls'))}, process.argv.slice(2).join(' ') + '\\n');
if (command !== 'download') process.exit(0);
const out = args[args.indexOf('-d') + 1];
for (const wanted of args.filter((arg) => /^[a-z][\\w-]*(==|$)/.test(arg))) {
  const [name, version = ''] = wanted.split('==');
  const file = readdirSync(${JSON.stringify(folder)}).find((one) => {
    const [found, exact] = one.split('-');
    return one.endsWith('.whl') && found.replaceAll('_', '-') === name
      && (exact === version || exact.split('+')[0] === version || exact.startsWith(version.replace('*', '')));
  });
  if (!file) { console.error('ERROR: No matching distribution found for ' + wanted); process.exit(1); }
  copyFileSync(join(${JSON.stringify(folder)}, file), join(out, file));
}
`;
  writeFileSync(script, code, { mode: 0o755 });
  return script;
}

const entry = pathToFileURL(join(import.meta.dirname, '..', '..', 'lib', 'libtorch', 'install.js')).href;

/** Installs in a process of its own, that can be killed. */
export function installProcess(
  env: Record<string, string>,
): ChildProcess & { ended: Promise<{ code: number | null; text: string }> } {
  const script = `const { install } = await import(${JSON.stringify(entry)});
    console.log(JSON.stringify(await install({})));`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { env });
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const ended = new Promise<{ code: number | null; text: string }>((resolve) =>
    child.once('close', (code) => resolve({ code, text })),
  );
  return Object.assign(child, { ended });
}
