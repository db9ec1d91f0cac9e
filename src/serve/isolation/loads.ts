import { FlambeauError } from '../../errors.js';

type Done = (error?: Error) => void;

interface Loading {
  /** How many processes have ended while they loaded it. */
  ends: number;
  /** Whether it was loaded before. */
  again: boolean;
  done: Done;
}

/** The models that a process was told to load or to free, and has not said to have, by their ids. */
export class Loads {
  private readonly loading = new Map<number, Loading>();
  private readonly unloading = new Map<number, Done>();

  /** Those that are on their way in. */
  get ids(): ReadonlySet<number> {
    return new Set(this.loading.keys());
  }

  /** Waits until a model is loaded, in this process or in one that follows. */
  loaded(model: number, again: boolean, begin: () => void): Promise<void> {
    return new Promise((resolve, reject) => {
      this.loading.set(model, { ends: 0, again, done: (error) => (error ? reject(error) : resolve()) });
      begin();
    });
  }

  /** Waits until a model is freed, or its process has ended. */
  async freed(model: number, begin: () => void): Promise<void> {
    try {
      await new Promise<void>((resolve, reject) => {
        this.unloading.set(model, (error) => (error ? reject(error) : resolve()));
        begin();
      });
    } finally {
      this.unloading.delete(model);
    }
  }

  onLoaded(model: number, error?: Error): void {
    const loading = this.loading.get(model);
    this.loading.delete(model);
    loading?.done(error);
  }

  onFreed(model: number, error?: Error): void {
    this.unloading.get(model)?.(error);
  }

  /** The process has ended: what it was to free is gone. */
  free(): void {
    for (const done of this.unloading.values()) done();
  }

  /** The process has ended: what it was to load goes to the next, once. */
  ended(how: string): void {
    for (const [id, loading] of this.loading) {
      if (++loading.ends < 2 && !loading.again) continue;
      this.loading.delete(id);
      const what = loading.again ? 'ended while it loaded this again' : 'ended twice while it loaded this';
      loading.done(new FlambeauError('INTERNAL', `the process of the models ${what}: ${how}`));
    }
  }

  refuse(error: Error): void {
    for (const { done } of this.loading.values()) done(error);
    this.loading.clear();
  }
}
