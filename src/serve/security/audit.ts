import { closeSync, fdatasync, fdatasyncSync, fstatSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { FlambeauError } from '../../errors.js';
import { headFileOf, headLine, lineOf, readAudit, type Head } from './audit-file.js';

/** What a line says. */
export type AuditEntry = { event: string } & Record<string, string | number | boolean | undefined>;

/** Text of callers, without an end to it. */
const cut = (value: AuditEntry[string]): AuditEntry[string] =>
  typeof value === 'string' && value.length > 256 ? `${value.slice(0, 256)}...` : value;

/** A log to which lines are added, each with the hash of the one before. */
export class AuditLog {
  private pending: Buffer[] = [];
  private scheduled = false;
  private syncing: Promise<void> | undefined;
  private dirty = false;
  private closed = false;
  private broken: Error | undefined;

  private constructor(
    private readonly file: string,
    private readonly log: number,
    private readonly headFile: number,
    private head: Head,
    private size: number,
    private readonly failed: (error: Error) => void,
  ) {}

  /**
   * Opens a log, or begins one. What a crash left behind the last whole line is taken away, and a line says so.
   *
   * @param failed - told when it cannot be written any more
   * @throws FlambeauError `INVALID_FILE` where it was changed
   */
  static open(file: string, failed: (error: Error) => void = () => undefined): AuditLog {
    const log = openSync(file, 'a+', 0o600);
    let headFile: number | undefined;
    try {
      const found = readAudit(file);
      if (found.problem && !found.recoverable) {
        const { line, reason } = found.problem;
        throw new FlambeauError(
          'INVALID_FILE',
          `the audit log '${file}' was changed at line ${line}: ${reason}. Keep it and its head file elsewhere to begin anew`,
        );
      }
      ftruncateSync(log, found.bytes);
      closeSync(openSync(headFileOf(file), 'a', 0o600));
      headFile = openSync(headFileOf(file), 'r+');
      writeSync(headFile, headLine(found.last), 0, 'latin1');
      const made = new AuditLog(file, log, headFile, found.last, found.bytes, failed);
      const torn = found.size - found.bytes || undefined;
      made.append({ event: 'opened', pid: process.pid, torn, unanchored: found.beyond || undefined }, true);
      if (made.broken) throw made.broken;
      return made;
    } catch (error) {
      closeSync(log);
      if (headFile !== undefined) closeSync(headFile);
      throw error;
    }
  }

  /** Whether lines can be written; false for ever once one could not. */
  get works(): boolean {
    return this.broken === undefined;
  }

  /** Where the chain stands. */
  get anchor(): Readonly<Head> {
    return this.head;
  }

  /**
   * Adds a line. It is written in this turn of the event loop, and on the disk soon after.
   *
   * @param durable - whether it is on the disk when this returns
   */
  append(entry: AuditEntry, durable = false): void {
    if (this.broken) return;
    const fields = Object.fromEntries(Object.entries(entry).map(([key, value]) => [key, cut(value)]));
    const { line, head } = lineOf(this.head, { time: new Date().toISOString(), ...fields });
    this.head = head;
    this.pending.push(line);
    if (durable) {
      this.write(true);
    } else if (!this.scheduled) {
      this.scheduled = true;
      setImmediate(() => this.write(false));
    }
  }

  private write(durable: boolean): void {
    this.scheduled = false;
    if (this.broken || this.pending.length === 0) return;
    const bytes = Buffer.concat(this.pending);
    this.pending = [];
    try {
      const { size, nlink } = fstatSync(this.log);
      if (size !== this.size || nlink === 0)
        throw new FlambeauError('INVALID_FILE', `somebody else changed the audit log '${this.file}'`);
      for (let at = 0; at < bytes.length;) at += writeSync(this.log, bytes, at);
      this.size += bytes.length;
      if (durable) fdatasyncSync(this.log);
      writeSync(this.headFile, headLine(this.head), 0, 'latin1');
      if (durable) fdatasyncSync(this.headFile);
      else this.syncSoon();
    } catch (error) {
      this.fail(error as Error);
    }
  }

  /** One sync after another, each for all that was written meanwhile. */
  private syncSoon(): void {
    this.dirty = true;
    this.syncing ??= this.syncAll().finally(() => (this.syncing = undefined));
  }

  private async syncAll(): Promise<void> {
    const sync = (handle: number): Promise<void> =>
      new Promise((resolve, reject) => fdatasync(handle, (error) => (error ? reject(error) : resolve())));
    try {
      while (this.dirty && !this.broken) {
        this.dirty = false;
        await sync(this.log);
        await sync(this.headFile);
      }
    } catch (error) {
      this.fail(error as Error);
    }
  }

  private fail(error: Error): void {
    if (this.broken) return;
    this.broken = error;
    this.failed(error);
  }

  /** Writes what is left, and closes. */
  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    this.append({ event: 'closed' }, true);
    await this.syncing;
    this.broken ??= new FlambeauError('CLOSED', 'the audit log is closed');
    closeSync(this.log);
    closeSync(this.headFile);
  }
}
