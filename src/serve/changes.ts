/** Those who are to know that something changed. Changes that come together are told once. */
export class Changes {
  private readonly listeners = new Set<() => void>();
  private due = false;

  /** Adds a listener; what it gives takes it away again. */
  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  tell(): void {
    if (this.due || this.listeners.size === 0) return;
    this.due = true;
    setImmediate(() => {
      this.due = false;
      for (const listener of [...this.listeners]) listener();
    });
  }
}
