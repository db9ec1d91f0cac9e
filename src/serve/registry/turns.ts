/** Lets changes of the same thing wait for each other. */
export class Turns {
  private readonly last = new Map<string, Promise<unknown>>();

  /** Makes a change when those of this name before it have ended, well or not. */
  take<T>(name: string, change: () => Promise<T>): Promise<T> {
    const turn = (this.last.get(name) ?? Promise.resolve()).then(change, change);
    this.last.set(name, turn);
    const tidy = (): void => {
      if (this.last.get(name) === turn) this.last.delete(name);
    };
    turn.then(tidy, tidy);
    return turn;
  }

  /** Settles when all that were begun have ended. */
  async ended(): Promise<void> {
    await Promise.allSettled(this.last.values());
  }
}
