import type { AuditEntry } from './audit.js';

/** For how long refusals of the same caller are put together, in milliseconds. */
const periodMs = 1000;

/**
 * Refusals because of rates: the first of a caller is a line at once, and those that follow are one line a second with
 * their number. None is left out, and a flood of requests is none of lines.
 */
export class Refusals {
  private readonly held = new Map<string, { entry: AuditEntry; count: number }>();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly write: (entry: AuditEntry) => void) {}

  add(entry: AuditEntry, key: string): void {
    const before = this.held.get(key);
    if (before) {
      before.entry = entry;
      before.count++;
      return;
    }
    this.write({ ...entry, count: 1 });
    this.held.set(key, { entry, count: 0 });
    this.timer ??= setTimeout(() => this.flush(), periodMs).unref();
  }

  private flush(): void {
    this.timer = undefined;
    for (const { entry, count } of this.held.values()) if (count > 0) this.write({ ...entry, count });
    this.held.clear();
  }

  /** Writes what is held. */
  close(): void {
    clearTimeout(this.timer);
    this.flush();
  }
}
