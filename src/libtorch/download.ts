import { createHash } from 'node:crypto';
import { createReadStream, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { FlambeauError } from '../errors.js';
import { get } from './http.js';
import type { Reporter } from './progress.js';

type Env = Readonly<Record<string, string | undefined>>;

const ATTEMPTS = 5;
const FIRST_PAUSE_MS = 500;

/** The SHA-256 of a file, in hex. */
export async function sha256(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

/** An answer that asking again does not change. */
class Refused extends Error {}

/** Brings `part` closer to the whole file, from where it ends. */
async function fetchRest(url: string, part: string, report: Reporter, env: Env): Promise<void> {
  let offset = sizeOf(part);
  const response = await get(url, offset > 0 ? { range: `bytes=${offset}-` } : {}, env);
  try {
    const { statusCode = 0, headers } = response;
    const range = /^bytes (?:(\d+)-\d+|\*)\/(\d+)$/.exec(headers['content-range'] ?? '');
    if (statusCode === 416) {
      if (range && Number(range[2]) === offset) return;
      rmSync(part, { force: true });
      throw new Error(`${url} has no more bytes than are here already`);
    }
    if (statusCode >= 400 && statusCode < 500 && statusCode !== 408 && statusCode !== 429) {
      throw new Refused(`${url} answers ${statusCode}`);
    }
    if (statusCode !== 200 && statusCode !== 206) throw new Error(`${url} answers ${statusCode}`);
    // A server that ignores the range sends everything, so the file begins anew.
    if (statusCode !== 206 || Number(range?.[1]) !== offset) {
      if (statusCode === 206) throw new Error(`${url} sends another range than was asked for`);
      offset = 0;
    }
    const total = range ? Number(range[2]) : Number(headers['content-length'] ?? 0);
    const file = await open(part, offset > 0 ? 'a' : 'w');
    try {
      const label = decodeURIComponent(basename(new URL(url).pathname));
      for await (const chunk of response) {
        await file.writeFile(chunk as Buffer);
        offset += (chunk as Buffer).length;
        report.progress(label, offset, total);
      }
      await file.sync();
    } finally {
      await file.close();
      report.done();
    }
    if (total > 0 && offset !== total) throw new Error(`${url} ended after ${offset} of ${total} bytes`);
  } finally {
    response.destroy();
  }
}

/**
 * Downloads a file, resuming what an earlier attempt left in `<path>.part`, and checks it. The file has its name only
 * when it is whole and right.
 */
export async function download(
  url: string,
  path: string,
  options: { sha256: string; report: Reporter; env?: Env },
): Promise<void> {
  const part = `${path}.part`;
  mkdirSync(dirname(path), { recursive: true });
  let resumed = sizeOf(part) > 0;
  for (let attempt = 1; ; attempt++) {
    try {
      await fetchRest(url, part, options.report, options.env ?? process.env);
    } catch (error) {
      if (error instanceof Refused || attempt >= ATTEMPTS) throw error;
      await sleep(FIRST_PAUSE_MS * 2 ** (attempt - 1));
      resumed = sizeOf(part) > 0;
      continue;
    }
    const found = await sha256(part);
    if (found === options.sha256.toLowerCase()) break;
    rmSync(part, { force: true });
    // What was resumed may have been another file's beginning; what came in one piece is wrong.
    if (!resumed) {
      throw new FlambeauError(
        'CHECKSUM_MISMATCH',
        `${url} has SHA-256 ${found}, but its index promised ${options.sha256}; the file was removed`,
      );
    }
    resumed = false;
  }
  renameSync(part, path);
}
