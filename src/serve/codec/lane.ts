import { availableParallelism } from 'node:os';

/**
 * So many at once of the work that keeps a processor busy; the rest waits, in order. With one for each processor the event
 * loop's thread would wait for its turn on one of them.
 */
export class Lane {
  private free: number;
  private readonly waiting: (() => void)[][] = [[], []];

  constructor(width = Math.max(1, availableParallelism() - 1)) {
    this.free = width;
  }

  /** Does work; where it is urgent, before what is not. */
  async run<T>(work: () => Promise<T>, urgent = false): Promise<T> {
    if (this.free > 0) this.free--;
    else await new Promise<void>((resolve) => this.waiting[urgent ? 0 : 1]!.push(resolve));
    try {
      return await work();
    } finally {
      const next = this.waiting[0]!.shift() ?? this.waiting[1]!.shift();
      if (next) next();
      else this.free++;
    }
  }
}
