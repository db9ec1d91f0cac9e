/** How often is looked whether a batch runs for too long, in milliseconds. */
export const periodOf = (maxRunMs: number): number => Math.min(Math.max(maxRunMs / 8, 5), 1000);

/** How long the batches of a model may run, and whether they keep to it. */
export class RunLimit {
  private timer: NodeJS.Timeout | undefined;

  /**
   * @param maxRunMs - for ever, unless given
   * @param longestMs - how long what runs longest runs already
   */
  constructor(
    private readonly maxRunMs: number | undefined,
    private readonly longestMs: () => number,
  ) {}

  get isKept(): boolean {
    return this.maxRunMs === undefined || this.longestMs() <= this.maxRunMs;
  }

  /** Calls a listener whenever that has changed. */
  onChange(listener: () => void): void {
    if (this.maxRunMs === undefined) return;
    let was = true;
    const look = (): void => {
      const is = this.isKept;
      if (is !== was) listener();
      was = is;
    };
    this.timer = setInterval(look, periodOf(this.maxRunMs)).unref();
  }

  stop(): void {
    clearInterval(this.timer);
  }
}
