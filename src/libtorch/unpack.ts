import { mkdirSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { crc32 } from 'node:zlib';
import yauzl from 'yauzl';
import { FlambeauError } from '../errors.js';
import type { Reporter } from './progress.js';

/** Which of a wheel's files are wanted. */
export interface Selection {
  headers: boolean;
  /** Of a CUDA build, only the half that computes on the CPU. */
  cpuHalf: boolean;
}

/** What was written: every library with its size. */
export interface Unpacked {
  libraries: Record<string, number>;
  bytes: number;
}

const library = /\.(so(\.\d+)*|dylib|dll)$/;
// Python's own part, and what PyTorch's tests load.
const needless = /torch_python|test|backend_with_compiler|aoti_custom_ops/;
const cudaHalf = /torch_cuda|c10_cuda|caffe2_nvrtc|torch_nvshmem|^(lib)?torch\.(so|dll|lib)$/;
const small = 1 << 20;

function isLibrary(path: string, selection: Selection): boolean {
  const name = basename(path);
  const suits = library.test(name) || (selection.headers && name.endsWith('.lib'));
  if (!suits) return false;
  if (/^nvidia\/.*(lib|bin)\//.test(path)) return true;
  if (/^(torch\/\.dylibs|torch\.libs)\//.test(path)) return true;
  if (!/^torch\/lib\/[^/]+$/.test(path) || needless.test(name)) return false;
  return !(selection.cpuHalf && cudaHalf.test(name));
}

/** True if a file of a wheel is wanted. */
export function isWanted(path: string, selection: Selection): boolean {
  if (path.endsWith('/')) return false;
  if (isLibrary(path, selection)) return true;
  if (path === 'torch/version.py' || path.startsWith('torchgen/packaged/ATen/native/')) {
    return /(version\.py|native_functions\.yaml|tags\.yaml)$/.test(path);
  }
  if (selection.headers && path.startsWith('torch/include/')) return true;
  return /^[^/]+\.dist-info\/(METADATA$|.*(LICEN[CS]E|NOTICE|COPYING))/i.test(path);
}

function damaged(wheel: string, what: string, cause?: unknown): FlambeauError {
  return new FlambeauError('INSTALL_FAILED', `${basename(wheel)}: ${what}`, { cause });
}

async function openWheel(wheel: string): Promise<yauzl.ZipFile> {
  try {
    return await yauzl.openPromise(wheel, { lazyEntries: true, autoClose: false });
  } catch (error) {
    throw damaged(wheel, `is no whole wheel (${(error as Error).message})`, error);
  }
}

/** Where an entry goes; an error if that is outside of the folder, or a link. */
function destination(wheel: string, folder: string, entry: yauzl.Entry): string {
  const path = resolve(folder, entry.fileName);
  const inside = relative(folder, path);
  if (inside === '' || inside.startsWith('..') || isAbsolute(inside)) {
    throw damaged(wheel, `'${entry.fileName}' would be written outside of the folder`);
  }
  const type = (entry.externalFileAttributes >>> 16) & 0o170000;
  if (type !== 0 && type !== 0o100000) throw damaged(wheel, `'${entry.fileName}' is no plain file`);
  return path;
}

async function writeEntry(
  zip: yauzl.ZipFile,
  entry: yauzl.Entry,
  path: string,
  onChunk: (bytes: number) => void,
): Promise<void> {
  const stream = await zip.openReadStreamPromise(entry);
  const file = await open(path, 'wx', 0o644);
  try {
    let crc = 0;
    for await (const chunk of stream) {
      crc = crc32(chunk as Buffer, crc);
      await file.writeFile(chunk as Buffer);
      onChunk((chunk as Buffer).length);
    }
    if (crc !== entry.crc32) throw new Error(`'${entry.fileName}' has CRC ${crc}, not ${entry.crc32}`);
    // The libraries must be on the disk before the folder gets its name; a lost header would be noticed.
    if (entry.uncompressedSize > small) await file.sync();
  } finally {
    stream.destroy();
    await file.close();
  }
}

/** Writes the wanted files of a wheel into a folder, laid out as in `site-packages`, and checks every one. */
export async function unpack(wheel: string, folder: string, selection: Selection, report: Reporter): Promise<Unpacked> {
  const zip = await openWheel(wheel);
  const result: Unpacked = { libraries: {}, bytes: 0 };
  const made = new Set<string>();
  try {
    const entries: yauzl.Entry[] = [];
    for await (const entry of zip.eachEntry()) if (isWanted(entry.fileName, selection)) entries.push(entry);
    const total = entries.reduce((sum, entry) => sum + entry.uncompressedSize, 0);
    for (const entry of entries) {
      const path = destination(wheel, folder, entry);
      const parent = dirname(path);
      if (!made.has(parent)) {
        mkdirSync(parent, { recursive: true });
        made.add(parent);
      }
      await writeEntry(zip, entry, path, (bytes) => {
        result.bytes += bytes;
        report.progress(`Unpacking ${basename(wheel).split('-').slice(0, 2).join(' ')}`, result.bytes, total);
      });
      if (isLibrary(entry.fileName, selection)) result.libraries[entry.fileName] = entry.uncompressedSize;
    }
  } catch (error) {
    if (error instanceof FlambeauError) throw error;
    throw damaged(wheel, (error as Error).message, error);
  } finally {
    zip.close();
    report.done();
  }
  return result;
}

/** The text of one small file of a wheel, the first whose path matches, or undefined. */
export async function readFromWheel(wheel: string, pattern: RegExp): Promise<string | undefined> {
  const zip = await openWheel(wheel);
  try {
    for await (const entry of zip.eachEntry()) {
      if (!pattern.test(entry.fileName)) continue;
      const chunks: Buffer[] = [];
      for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk as Buffer);
      return Buffer.concat(chunks).toString('utf8');
    }
    return undefined;
  } catch (error) {
    throw damaged(wheel, (error as Error).message, error);
  } finally {
    zip.close();
  }
}
