import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const HEARTBEAT_MS = 5_000;
const STALE_MS = 60_000;
const POLL_MS = 200;

/** True if a process of this machine with that id is running. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

interface Owner {
  pid: number;
  host: string;
  id: string;
}

function readOwner(path: string): Owner | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Owner;
  } catch {
    return undefined;
  }
}

/** A lock is dead if its process is, or, where that cannot be known, if nobody has touched it for a minute. */
function isDead(path: string): boolean {
  const touched = statSync(path, { throwIfNoEntry: false })?.mtimeMs;
  if (touched === undefined) return false;
  const owner = readOwner(path);
  if (owner?.host === hostname() && !isRunning(owner.pid)) return true;
  return Date.now() - touched > STALE_MS;
}

/** Takes a dead lock away. The rename decides which of several processes does it. */
function bury(path: string, id: string): void {
  const grave = `${path}.${id}`;
  const before = readOwner(path)?.id;
  try {
    renameSync(path, grave);
  } catch {
    return;
  }
  if (readOwner(grave)?.id !== before) {
    try {
      linkSync(grave, path);
    } catch {
      // Somebody holds a newer one.
    }
  }
  rmSync(grave, { force: true });
}

function take(path: string, owner: Owner): boolean {
  const draft = `${path}.${owner.id}.new`;
  writeFileSync(draft, JSON.stringify(owner));
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return false;
    // A file system without hard links: creating exclusively is nearly as good.
    try {
      writeFileSync(path, JSON.stringify(owner), { flag: 'wx' });
      return true;
    } catch (second) {
      if ((second as NodeJS.ErrnoException).code === 'EEXIST') return false;
      throw second;
    }
  } finally {
    rmSync(draft, { force: true });
  }
}

/**
 * Runs `work` while holding the lock file `path`, waiting for other processes; the lock of a process that died is
 * taken over. `onWait` is told once whom it waits for.
 */
export async function withLock<T>(path: string, work: () => Promise<T>, onWait?: (pid: number) => void): Promise<T> {
  mkdirSync(dirname(path), { recursive: true });
  const owner = { pid: process.pid, host: hostname(), id: `${process.pid}-${Math.random().toString(36).slice(2)}` };
  for (let told = false; !take(path, owner);) {
    if (isDead(path)) {
      bury(path, owner.id);
      continue;
    }
    if (!told) {
      told = true;
      onWait?.(readOwner(path)?.pid ?? 0);
    }
    await sleep(POLL_MS);
  }
  const release = (): void => {
    if (readOwner(path)?.id === owner.id) rmSync(path, { force: true });
  };
  const heartbeat = setInterval(() => {
    const now = new Date();
    try {
      utimesSync(path, now, now);
    } catch {
      // Taken over: the rename at the end decides.
    }
  }, HEARTBEAT_MS);
  heartbeat.unref();
  process.once('exit', release);
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    process.removeListener('exit', release);
    release();
  }
}
