import { FlambeauError } from '../../errors.js';

/** So many ends within this time, and requests are refused until a process is up again. */
const loop = { ends: 5, withinMs: 60_000 };

/** The ends of processes within the last minute: how long the next one waits, and when there are too many. */
export class Ends {
  private times: number[] = [];
  private last = '';

  note(how: string): void {
    this.last = how;
    const now = performance.now();
    this.times = [...this.times.filter((time) => now - time < loop.withinMs), now];
  }

  get count(): number {
    return this.times.length;
  }

  /** How long the next start waits: not at all after the first end. */
  get pauseMs(): number {
    return this.count <= 1 ? 0 : Math.min(100 * 2 ** (this.count - 2), 10_000);
  }

  /** Why requests are refused, where there were too many. */
  get looping(): FlambeauError | undefined {
    if (this.count < loop.ends) return undefined;
    const message = `the process of the models does not stay up: ${this.count} ended within a minute; the last time, ${this.last}`;
    return new FlambeauError('NOT_READY', message);
  }
}
