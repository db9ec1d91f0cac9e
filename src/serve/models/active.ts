/** Counts work under way, and waits for its end. */
export class Active {
  /** How much there is now. */
  count = 0;
  private idle: (() => void) | undefined;

  /** Does work that counts as long as it is under way. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    this.count++;
    try {
      return await work();
    } finally {
      if (--this.count === 0) this.idle?.();
    }
  }

  /** Settles when there is none; no more may be begun then. */
  async ended(): Promise<void> {
    if (this.count > 0) await new Promise<void>((resolve) => (this.idle = resolve));
  }
}
