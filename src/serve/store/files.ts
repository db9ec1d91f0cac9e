import { createHash, randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { lstat, open, rename, rm } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { FlambeauError } from '../../errors.js';

/** What a file holds: its digest and its length. */
export interface Digest {
  sha256: string;
  bytes: number;
}

// A link that somebody puts in the place of a file is not followed; Windows has no such flag.
const noFollow = constants.O_NOFOLLOW ?? 0;

/** Writes a stream to a new file, down to the disk, and tells what it wrote. */
export async function writeStream(path: string, source: AsyncIterable<Buffer>, maxBytes = Infinity): Promise<Digest> {
  const hash = createHash('sha256');
  let bytes = 0;
  const file = await open(path, 'wx', 0o644);
  try {
    for await (const chunk of source) {
      bytes += chunk.length;
      if (bytes > maxBytes) throw new FlambeauError('TOO_LARGE', `the file has more than ${maxBytes} bytes`);
      hash.update(chunk);
      for (let at = 0; at < chunk.length;) at += (await file.write(chunk, at)).bytesWritten;
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return { sha256: hash.digest('hex'), bytes };
}

/** Copies a file. */
export async function copyInto(path: string, from: string): Promise<Digest> {
  const file = await open(from, 'r');
  try {
    return await writeStream(path, file.createReadStream({ autoClose: false, highWaterMark: 1 << 20 }));
  } finally {
    await file.close();
  }
}

/** What a file holds. It must be a plain file, and no link. */
export async function digestOf(path: string): Promise<Digest> {
  const file = await open(path, constants.O_RDONLY | noFollow);
  const hash = createHash('sha256');
  let bytes = 0;
  try {
    for await (const chunk of file.createReadStream({ autoClose: false, highWaterMark: 1 << 20 })) {
      hash.update(chunk as Buffer);
      bytes += (chunk as Buffer).length;
    }
  } finally {
    await file.close();
  }
  return { sha256: hash.digest('hex'), bytes };
}

/**
 * Checks that a file of the store is the one that its manifest promised.
 *
 * @param place - what messages call it
 * @throws `INVALID_FILE`, `CHECKSUM_MISMATCH`
 */
export async function verify(path: string, place: string, promised: Digest): Promise<void> {
  const stat = await lstat(path).catch(() => undefined);
  if (!stat?.isFile()) {
    const what = !stat ? 'is missing' : stat.isSymbolicLink() ? 'is a link' : 'is no plain file';
    throw new FlambeauError('INVALID_FILE', `${place} ${what}`);
  }
  if (stat.size !== promised.bytes) {
    throw new FlambeauError(
      'CHECKSUM_MISMATCH',
      `${place} has ${stat.size} bytes where its manifest has ${promised.bytes}`,
    );
  }
  const { sha256 } = await digestOf(path);
  if (sha256 !== promised.sha256) {
    throw new FlambeauError('CHECKSUM_MISMATCH', `${place} has sha256 ${sha256}, its manifest ${promised.sha256}`);
  }
}

/** Writes a file anew that only its owner may read: after a crash at any moment there is the old one or the new one, whole. */
export async function replaceFile(file: string, text: string): Promise<void> {
  const temporary = `${file}.${process.pid}.${randomBytes(4).toString('hex')}.part`;
  try {
    const target = await open(temporary, 'wx', 0o600);
    try {
      await target.writeFile(text);
      await target.sync();
    } finally {
      await target.close();
    }
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  await syncFolder(dirname(resolve(file)));
}

/** Brings the names of a folder to the disk. */
export async function syncFolder(path: string): Promise<void> {
  // Windows cannot open a folder, and needs none of this.
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** Writes a new file whole, down to the disk. */
export async function writeNew(path: string, data: string | Uint8Array): Promise<Digest> {
  const bytes = typeof data === 'string' ? Buffer.from(data) : data;
  const file = await open(path, 'wx', 0o644);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
  return { sha256: createHash('sha256').update(bytes).digest('hex'), bytes: bytes.length };
}
