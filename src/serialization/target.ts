import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import type { Writable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { chunk } from './source.js';

/** What is to be written, part after part. A part is good until the next one is asked for. */
export type Writing = Generator<Uint8Array, void, void>;

/** Parts of some bytes, so that nothing is written in one piece that takes long. */
export function* inChunks(bytes: Uint8Array): Writing {
  for (let at = 0; at < bytes.length; at += chunk) yield bytes.subarray(at, at + chunk);
}

// Small parts are written together.
const batch = 1 << 20;

function* batched(parts: Writing): Writing {
  const pending = Buffer.allocUnsafe(batch);
  let length = 0;
  for (const part of parts) {
    if (length + part.length > batch && length > 0) {
      yield pending.subarray(0, length);
      length = 0;
    }
    if (part.length >= batch / 4) {
      if (length > 0) yield pending.subarray(0, length);
      length = 0;
      yield part;
    } else {
      pending.set(part, length);
      length += part.length;
    }
  }
  if (length > 0) yield pending.subarray(0, length);
}

// In the same folder: a file cannot be renamed across file systems.
const temporaryName = (path: string): string => `${path}.${process.pid}.${randomBytes(4).toString('hex')}.part`;

/** Writes a file, which appears whole or not at all. */
export async function writeFile(path: string, parts: Writing): Promise<void> {
  const temporary = temporaryName(path);
  try {
    const file = await open(temporary, 'wx');
    try {
      for (const part of batched(parts)) {
        for (let at = 0; at < part.length;) at += (await file.write(part, at)).bytesWritten;
      }
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** {@link writeFile}, blocking. */
export function writeFileSync(path: string, parts: Writing): void {
  const temporary = temporaryName(path);
  try {
    const file = openSync(temporary, 'wx');
    try {
      for (const part of batched(parts)) for (let at = 0; at < part.length;) at += writeSync(file, part, at);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** Writes to a stream, waiting for each part. The stream is not ended. */
export async function writeStream(stream: Writable, parts: Writing): Promise<void> {
  // Told by the parts' callbacks; without a listener the process would end.
  const ignore = (): void => {};
  stream.on('error', ignore);
  for (const part of batched(parts)) {
    // A copy: the stream may keep it.
    const copy = Buffer.from(part);
    await new Promise<void>((resolve, reject) => {
      stream.write(copy, (error) => (error ? reject(error) : resolve()));
    });
  }
  stream.off('error', ignore);
}

/** All of it as one buffer. */
export function collectSync(parts: Iterable<Uint8Array>): Buffer {
  const list: Buffer[] = [];
  for (const part of parts) list.push(Buffer.from(part));
  return Buffer.concat(list);
}

/** {@link collectSync}, letting others run in between. */
export async function collect(parts: Writing): Promise<Buffer> {
  const list: Buffer[] = [];
  let copied = 0;
  for (const part of parts) {
    list.push(Buffer.from(part));
    copied += part.length;
    if (copied < chunk) continue;
    copied = 0;
    await setImmediate();
  }
  return Buffer.concat(list);
}
