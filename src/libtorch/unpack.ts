import { closeSync, createReadStream, fsyncSync, mkdirSync, openSync, readSync, writeFileSync } from 'node:fs';
import { basename, dirname, isAbsolute, relative, resolve } from 'node:path';
import { crc32, createInflateRaw, inflateRawSync } from 'node:zlib';
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
const CHUNK = 1 << 20;
const STORED = 0;
const DEFLATED = 8;

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

interface OpenWheel {
  path: string;
  zip: yauzl.ZipFile;
  file: number;
}

async function withWheel<T>(path: string, work: (wheel: OpenWheel) => Promise<T>): Promise<T> {
  let file: number | undefined;
  let zip: yauzl.ZipFile | undefined;
  try {
    file = openSync(path, 'r');
    zip = await yauzl.openPromise(path, { lazyEntries: true, autoClose: false });
    return await work({ path, zip, file });
  } catch (error) {
    if (error instanceof FlambeauError) throw error;
    throw damaged(path, (error as Error).message, error);
  } finally {
    zip?.close();
    if (file !== undefined) closeSync(file);
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

/** The bytes of an entry, decompressed: at once where they are few, in pieces otherwise. */
async function* read(wheel: OpenWheel, entry: yauzl.Entry): AsyncGenerator<Buffer> {
  if (entry.isEncrypted() || ![STORED, DEFLATED].includes(entry.compressionMethod)) {
    throw new Error(`'${entry.fileName}' is packed in a way that wheels are not`);
  }
  const start = (await wheel.zip.readLocalFileHeaderPromise(entry, { minimal: true })).fileDataStart;
  const length = entry.compressedSize;
  if (length === 0) return;
  // Thousands of headers: a stream for each would take longer than all the rest.
  if (Math.max(length, entry.uncompressedSize) <= CHUNK) {
    const packed = Buffer.allocUnsafe(length);
    if (readSync(wheel.file, packed, 0, length, start) !== length) throw new Error(`'${entry.fileName}' is cut short`);
    yield entry.compressionMethod === STORED ? packed : inflateRawSync(packed, { maxOutputLength: CHUNK });
    return;
  }
  const source = createReadStream(wheel.path, { start, end: start + length - 1, highWaterMark: CHUNK });
  if (entry.compressionMethod === STORED) {
    yield* source;
    return;
  }
  const inflate = createInflateRaw({ chunkSize: CHUNK });
  source.once('error', (error) => inflate.destroy(error));
  try {
    yield* source.pipe(inflate);
  } finally {
    source.destroy();
    inflate.destroy();
  }
}

async function writeEntry(
  wheel: OpenWheel,
  entry: yauzl.Entry,
  path: string,
  onChunk: (bytes: number) => void,
): Promise<void> {
  const file = openSync(path, 'wx', 0o644);
  try {
    let crc = 0;
    let size = 0;
    for await (const chunk of read(wheel, entry)) {
      size += chunk.length;
      if (size > entry.uncompressedSize) break;
      crc = crc32(chunk, crc);
      writeFileSync(file, chunk);
      onChunk(chunk.length);
    }
    if (size !== entry.uncompressedSize || crc !== entry.crc32) throw new Error(`'${entry.fileName}' is damaged`);
    // The libraries must be on the disk before the folder gets its name; a lost header would be noticed.
    if (size > CHUNK) fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Writes the wanted files of a wheel into a folder, laid out as in `site-packages`, and checks every one. */
export async function unpack(path: string, folder: string, selection: Selection, report: Reporter): Promise<Unpacked> {
  const label = `Unpacking ${basename(path).split('-').slice(0, 2).join(' ')}`;
  const result: Unpacked = { libraries: {}, bytes: 0 };
  const made = new Set<string>();
  await withWheel(path, async (wheel) => {
    const entries: yauzl.Entry[] = [];
    for await (const entry of wheel.zip.eachEntry()) if (isWanted(entry.fileName, selection)) entries.push(entry);
    const total = entries.reduce((sum, entry) => sum + entry.uncompressedSize, 0);
    for (const entry of entries) {
      const target = destination(path, folder, entry);
      const parent = dirname(target);
      if (!made.has(parent)) {
        mkdirSync(parent, { recursive: true });
        made.add(parent);
      }
      await writeEntry(wheel, entry, target, (bytes) => report.progress(label, (result.bytes += bytes), total));
      if (isLibrary(entry.fileName, selection)) result.libraries[entry.fileName] = entry.uncompressedSize;
    }
  }).finally(() => report.done());
  return result;
}

/** The text of one small file of a wheel, the first whose path matches, or undefined. */
export function readFromWheel(path: string, pattern: RegExp): Promise<string | undefined> {
  return withWheel(path, async (wheel) => {
    for await (const entry of wheel.zip.eachEntry()) {
      if (!pattern.test(entry.fileName)) continue;
      const chunks: Buffer[] = [];
      for await (const chunk of read(wheel, entry)) chunks.push(chunk);
      return Buffer.concat(chunks).toString('utf8');
    }
    return undefined;
  });
}
