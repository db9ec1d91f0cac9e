/** Something that knows its place in a {@link Bag}; -1 where it is in none. */
export interface Slotted {
  /** For the bag alone. */
  slot: number;
}

/**
 * A set for what comes and goes often. A `Set` makes itself a new table every few changes, and the old ones, once they are
 * old to V8, keep what they held alive until it collects everything.
 */
export class Bag<T extends Slotted> implements Iterable<T> {
  private readonly items: T[] = [];

  get size(): number {
    return this.items.length;
  }

  add(item: T): void {
    item.slot = this.items.push(item) - 1;
  }

  /** Whether it was there. */
  delete(item: T): boolean {
    const { slot } = item;
    if (slot < 0) return false;
    const last = this.items.pop()!;
    if (last !== item) {
      this.items[slot] = last;
      last.slot = slot;
    }
    item.slot = -1;
    return true;
  }

  /** Those that are there now, whatever becomes of the bag meanwhile. */
  [Symbol.iterator](): Iterator<T> {
    return [...this.items].values();
  }
}
