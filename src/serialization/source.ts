import { constants } from 'node:buffer';
import { closeSync, fstatSync, open, openSync, read, readSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { crc32 } from 'node:zlib';
import { binding, type Handle } from '../binding.js';
import { FlambeauError } from '../errors.js';

/** Bytes that a reader asks for: `into` is filled with what the source has at `at`. */
export interface Wanted {
  into: Uint8Array;
  at: number;
}

/** Memory of a tensor that a reader asks for: a part of it is filled, and its checksum goes on from `sum`. */
export interface Fill {
  memory: Handle;
  offset: number;
  length: number;
  at: number;
  sum: number | undefined;
}

/** Work that a reader wants to be done before it goes on, which can be done elsewhere. */
export interface Work {
  run(): Promise<void>;
  runSync(): void;
}

/** A reader: it yields what it wants, so that one text serves both the waiting and the blocking way. */
export type Reading<T> = Generator<Wanted | Fill | Work, T, void>;

/** Where bytes come from. */
export interface Source {
  readonly size: number;
  read(wanted: Wanted): Promise<void>;
  readSync(wanted: Wanted): void;
}

/** The most that is read, copied or summed at a time, so that nothing blocks for long. */
export const chunk = 8 << 20;
// A large read is done in so many parts at the same time, where they are large enough.
const parts = 4;
const part = 1 << 20;
// Small reads next to each other are served from one larger read.
const window = 64 << 10;
// What an archive's end record and the comment behind it may take.
export const tailSize = 22 + 0xffff;

const openAsync = promisify(open);
const readAsync = promisify(read) as unknown as (
  descriptor: number,
  into: Uint8Array,
  offset: number,
  length: number,
  at: number,
) => Promise<{ bytesRead: number }>;

/** An error of a file's contents. */
export function invalidFile(reason: string, cause?: unknown): FlambeauError {
  return new FlambeauError('INVALID_FILE', reason, { cause });
}

/** A file, by its descriptor. Its beginning and what was read last are kept, as long as they are small. */
class FileSource implements Source {
  private readonly kept: { at: number; bytes: Uint8Array }[] = [];

  constructor(
    private readonly descriptor: number,
    readonly size: number,
  ) {}

  /** Reads the beginning and the end, where archives say what they hold, before they are asked for. */
  async warm(): Promise<void> {
    const size = Math.min(window, this.size);
    const tail = Math.min(tailSize, this.size);
    const [head, end] = [Buffer.allocUnsafe(size), Buffer.allocUnsafe(tail)];
    await Promise.all([this.readPart(head, 0), this.readPart(end, this.size - tail)]);
    this.kept.push({ at: 0, bytes: head }, { at: this.size - tail, bytes: end });
  }

  private fromKept({ into, at }: Wanted): boolean {
    for (const { at: start, bytes } of this.kept) {
      const offset = at - start;
      if (offset < 0 || offset + into.length > bytes.length) continue;
      into.set(bytes.subarray(offset, offset + into.length));
      return true;
    }
    return false;
  }

  /** What is read at once: a small part with what follows it. */
  private plan(wanted: Wanted): Wanted {
    const { into, at } = wanted;
    if (into.length >= window) return wanted;
    return { into: Buffer.allocUnsafe(Math.min(window, this.size - at)), at };
  }

  private keep(wanted: Wanted, { into, at }: Wanted): void {
    if (into.length > 2 * window) return;
    // The third is read over and over; the first two stay.
    this.kept[Math.min(this.kept.length, 2)] = { at, bytes: into };
    if (into !== wanted.into) this.fromKept(wanted);
  }

  readSync(wanted: Wanted): void {
    if (this.fromKept(wanted)) return;
    const plan = this.plan(wanted);
    const { into, at } = plan;
    for (let done = 0; done < into.length;) {
      const count = readSync(this.descriptor, into, done, into.length - done, at + done);
      if (count === 0) throw invalidFile('the file became shorter while it was read');
      done += count;
    }
    this.keep(wanted, plan);
  }

  private async readPart(into: Uint8Array, at: number): Promise<void> {
    for (let done = 0; done < into.length;) {
      const { bytesRead } = await readAsync(this.descriptor, into, done, into.length - done, at + done);
      if (bytesRead === 0) throw invalidFile('the file became shorter while it was read');
      done += bytesRead;
    }
  }

  async read(wanted: Wanted): Promise<void> {
    if (this.fromKept(wanted)) return;
    const plan = this.plan(wanted);
    const { into, at } = plan;
    if (into.length <= 2 * part) await this.readPart(into, at);
    else {
      // Fresh memory costs as much as the file: several threads share it.
      const size = Math.ceil(into.length / parts);
      const reads = Array.from({ length: parts }, (_, i) =>
        this.readPart(into.subarray(i * size, (i + 1) * size), at + i * size),
      );
      const results = await Promise.allSettled(reads);
      for (const result of results) if (result.status === 'rejected') throw result.reason;
    }
    this.keep(wanted, plan);
  }
}

/** Bytes in memory. */
export class BytesSource implements Source {
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

// What is copied at a time: little enough to stay in the processor's caches between one copy and the next.
const scratchSize = 256 << 10;
// From here on a part is read in place, which costs more to prepare than a small copy.
const inPlace = 1 << 20;

async function fill(wanted: Fill, source: Source): Promise<void> {
  const { memory, offset, length, at } = wanted;
  if (length < inPlace) {
    const into = Buffer.allocUnsafe(length);
    await source.read({ into, at });
    binding.copyTo(memory, offset, into);
    if (wanted.sum !== undefined) wanted.sum = crc32(into, wanted.sum);
    return;
  }
  const buffer = binding.lend(memory, offset, length);
  try {
    const into = new Uint8Array(buffer);
    await source.read({ into, at });
    if (wanted.sum !== undefined) wanted.sum = crc32(into, wanted.sum);
  } finally {
    binding.giveBack(buffer);
  }
}

// Not in place: Node takes note of memory in place only when the program waits, and a loop that does not wait would be
// left with holes between its tensors.
function fillSync(wanted: Fill, source: Source): void {
  const { memory, offset, length, at } = wanted;
  const scratch = Buffer.allocUnsafe(Math.min(length, scratchSize));
  for (let done = 0; done < length; done += scratchSize) {
    const into = scratch.subarray(0, Math.min(scratchSize, length - done));
    source.readSync({ into, at: at + done });
    binding.copyTo(memory, offset + done, into);
    if (wanted.sum !== undefined) wanted.sum = crc32(into, wanted.sum);
  }
}

async function take(step: Wanted | Fill | Work, source: Source): Promise<void> {
  if ('into' in step) await source.read(step);
  else if ('memory' in step) await fill(step, source);
  else await step.run();
}

function takeSync(step: Wanted | Fill | Work, source: Source): void {
  if ('into' in step) source.readSync(step);
  else if ('memory' in step) fillSync(step, source);
  else step.runSync();
}

/** Runs a reader on bytes, waiting for each part. */
async function run<T>(reading: Reading<T>, source: Source): Promise<T> {
  for (;;) {
    const step = reading.next();
    if (step.done) return step.value;
    await take(step.value, source);
  }
}

/** {@link run}, blocking. */
function runSync<T>(reading: Reading<T>, source: Source): T {
  for (;;) {
    const step = reading.next();
    if (step.done) return step.value;
    takeSync(step.value, source);
  }
}

/** `count` bytes at `at`, which must be there. */
export function* bytesAt(source: Source, at: number, count: number, what: string): Reading<Buffer> {
  if (at < 0 || count < 0 || at + count > source.size) throw invalidFile(`${what} is cut off`);
  if (count > constants.MAX_LENGTH) throw invalidFile(`${what} is too large`);
  const into = Buffer.allocUnsafe(count);
  for (let done = 0; done < count; done += chunk) yield { into: into.subarray(done, done + chunk), at: at + done };
  return into;
}

/** Reads one source in the middle of reading another. */
export function* within<T>(inner: Source, read: (source: Source) => Reading<T>): Reading<T> {
  const steps = read(inner);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    const { value } = step;
    yield { run: () => take(value, inner), runSync: () => takeSync(value, inner) };
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
  // Each wait is a way to another thread and back. What takes no time is done here: size and closing.
  const descriptor = await openAsync(from, 'r');
  try {
    const source = new FileSource(descriptor, sizeOf(from, fstatSync(descriptor)));
    await source.warm();
    return await run(read(source), source);
  } finally {
    closeSync(descriptor);
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
