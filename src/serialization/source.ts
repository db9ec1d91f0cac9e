import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { FlambeauError } from '../errors.js';

/** Bytes that a reader asks for: `into` is filled with what the source has at `at`. */
export interface Wanted {
  into: Uint8Array;
  at: number;
}

/** Work that a reader wants to be done before it goes on, which can be done elsewhere. */
export interface Work {
  run(): Promise<void>;
  runSync(): void;
}

/** A reader: it yields what it wants, so that one text serves both the waiting and the blocking way. */
export type Reading<T> = Generator<Wanted | Work, T, void>;

/** Where bytes come from. */
export interface Source {
  readonly size: number;
  read(wanted: Wanted): Promise<void>;
  readSync(wanted: Wanted): void;
}

/** The most that is read, copied or summed at a time, so that nothing blocks for long. */
export const chunk = 4 << 20;
// Small reads next to each other are served from one larger read.
const window = 64 << 10;

/** An error of a file's contents. */
export function invalidFile(reason: string, cause?: unknown): FlambeauError {
  return new FlambeauError('INVALID_FILE', reason, { cause });
}

/** A file, by its descriptor. */
class FileSource implements Source {
  private start = 0;
  private cached: Buffer = Buffer.alloc(0);

  constructor(
    private readonly descriptor: number,
    readonly size: number,
    private readonly handle?: FileHandle,
  ) {}

  private fromCache({ into, at }: Wanted): boolean {
    const offset = at - this.start;
    if (offset < 0 || offset + into.length > this.cached.length) return false;
    into.set(this.cached.subarray(offset, offset + into.length));
    return true;
  }

  private plan(wanted: Wanted): Wanted {
    const { into, at } = wanted;
    if (into.length >= window) return wanted;
    return { into: Buffer.allocUnsafe(Math.min(window, this.size - at)), at };
  }

  private done(wanted: Wanted, read: Wanted): void {
    if (read === wanted) return;
    this.start = read.at;
    this.cached = read.into as Buffer;
    this.fromCache(wanted);
  }

  readSync(wanted: Wanted): void {
    if (this.fromCache(wanted)) return;
    const plan = this.plan(wanted);
    for (let done = 0; done < plan.into.length;) {
      const count = readSync(this.descriptor, plan.into, done, plan.into.length - done, plan.at + done);
      if (count === 0) throw invalidFile('the file became shorter while it was read');
      done += count;
    }
    this.done(wanted, plan);
  }

  async read(wanted: Wanted): Promise<void> {
    if (this.fromCache(wanted)) return;
    const plan = this.plan(wanted);
    for (let done = 0; done < plan.into.length;) {
      const { bytesRead } = await this.handle!.read(plan.into, done, plan.into.length - done, plan.at + done);
      if (bytesRead === 0) throw invalidFile('the file became shorter while it was read');
      done += bytesRead;
    }
    this.done(wanted, plan);
  }
}

/** Bytes in memory. */
class BytesSource implements Source {
  private copied = 0;

  constructor(private readonly bytes: Uint8Array) {}

  get size(): number {
    return this.bytes.length;
  }

  readSync({ into, at }: Wanted): void {
    into.set(this.bytes.subarray(at, at + into.length));
  }

  async read(wanted: Wanted): Promise<void> {
    this.readSync(wanted);
    this.copied += wanted.into.length;
    if (this.copied < chunk) return;
    this.copied = 0;
    await setImmediate();
  }
}

/** Runs a reader on bytes, waiting for each part. */
async function run<T>(reading: Reading<T>, source: Source): Promise<T> {
  for (;;) {
    const step = reading.next();
    if (step.done) return step.value;
    if ('into' in step.value) await source.read(step.value);
    else await step.value.run();
  }
}

/** {@link run}, blocking. */
function runSync<T>(reading: Reading<T>, source: Source): T {
  for (;;) {
    const step = reading.next();
    if (step.done) return step.value;
    if ('into' in step.value) source.readSync(step.value);
    else step.value.runSync();
  }
}

/** `count` bytes at `at`, which must be there. */
export function* bytesAt(source: Source, at: number, count: number, what: string): Reading<Buffer> {
  if (at < 0 || count < 0 || at + count > source.size) throw invalidFile(`${what} is cut off`);
  const into = Buffer.allocUnsafe(count);
  for (let done = 0; done < count; done += chunk) yield { into: into.subarray(done, done + chunk), at: at + done };
  return into;
}

/** Reads bytes in memory in the middle of reading something else. */
export function* withBytes<T>(bytes: Uint8Array, read: (source: Source) => Reading<T>): Reading<T> {
  const inner = new BytesSource(bytes);
  const steps = read(inner);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    const { value } = step;
    if ('into' in value) yield { run: () => inner.read(value), runSync: () => inner.readSync(value) };
    else yield value;
  }
}

/** A path as the file system takes it. */
export function pathOf(path: string | URL): string {
  return typeof path === 'string' ? path : fileURLToPath(path);
}

function sizeOf(path: string, stat: { isFile(): boolean; size: number }): number {
  if (!stat.isFile()) throw invalidFile(`'${path}' is no regular file`);
  return stat.size;
}

/** Runs a reader on a file or on bytes. */
export async function readFrom<T>(from: string | Uint8Array, read: (source: Source) => Reading<T>): Promise<T> {
  if (typeof from !== 'string') {
    const source = new BytesSource(from);
    return await run(read(source), source);
  }
  const handle = await open(from, 'r');
  try {
    const source = new FileSource(handle.fd, sizeOf(from, await handle.stat()), handle);
    return await run(read(source), source);
  } finally {
    await handle.close();
  }
}

/** {@link readFrom}, blocking. */
export function readFromSync<T>(from: string | Uint8Array, read: (source: Source) => Reading<T>): T {
  if (typeof from !== 'string') {
    const source = new BytesSource(from);
    return runSync(read(source), source);
  }
  const descriptor = openSync(from, 'r');
  try {
    const source = new FileSource(descriptor, sizeOf(from, fstatSync(descriptor)));
    return runSync(read(source), source);
  } finally {
    closeSync(descriptor);
  }
}
