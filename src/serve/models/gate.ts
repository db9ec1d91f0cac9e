import type { AbortLike } from '../../abort.js';
import { FlambeauError } from '../../errors.js';

interface Waiter {
  priority: number;
  start: () => void;
}

/** Runs so many at the same time; others wait, those of a higher priority shorter. */
export class Gate {
  private running = 0;
  private readonly waiting: Waiter[] = [];

  constructor(
    private instances: number,
    private readonly most: number,
  ) {}

  get load(): { queued: number; running: number } {
    return { queued: this.waiting.length, running: this.running };
  }

  scale(instances: number): void {
    this.instances = instances;
    this.next();
  }

  private next(): void {
    while (this.running < this.instances && this.waiting.length > 0) {
      this.running++;
      this.waiting.shift()!.start();
    }
  }

  /** Waits for a place. A signal that fires takes the waiter out. */
  private async enter(priority: number, signal: AbortLike | undefined): Promise<void> {
    if (this.running < this.instances) {
      this.running++;
      return;
    }
    if (this.waiting.length >= this.most)
      throw new FlambeauError('QUEUE_FULL', `${this.waiting.length} requests wait for the model, and ${this.most} may`);
    await new Promise<void>((resolve, reject) => {
      const leave = (): void => {
        this.waiting.splice(this.waiting.indexOf(waiter), 1);
        reject(signal!.reason as Error);
      };
      const waiter = {
        priority,
        start: (): void => {
          signal?.removeEventListener('abort', leave);
          resolve();
        },
      };
      const behind = this.waiting.findIndex((other) => other.priority < priority);
      this.waiting.splice(behind < 0 ? this.waiting.length : behind, 0, waiter);
      signal?.addEventListener('abort', leave, { once: true });
    });
  }

  async run<T>(priority: number, signal: AbortLike | undefined, work: () => Promise<T>): Promise<T> {
    await this.enter(priority, signal);
    try {
      return await work();
    } finally {
      this.running--;
      this.next();
    }
  }
}
