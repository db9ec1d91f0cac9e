import { writeSnapshot, type State, type Wanted } from './snapshot.js';

/** What is to be loaded: what a snapshot keeps, and what decides where requests without a version go. */
export class Wishes {
  private turn: Promise<unknown> = Promise.resolve();

  /** @param snapshot - the file that keeps them; none, unless given */
  constructor(
    private state: State,
    private readonly snapshot: string | undefined,
  ) {}

  /** The models, and what is wanted of each. */
  entries(): [string, Wanted][] {
    return Object.entries(this.state);
  }

  /** The version that requests without one go to. */
  default(name: string): string | undefined {
    return Object.hasOwn(this.state, name) ? this.state[name]!.defaultVersion : undefined;
  }

  has(name: string, version: string): boolean {
    return Object.hasOwn(this.state, name) && Object.hasOwn(this.state[name]!.versions, version);
  }

  /** Writes down what is wanted of a model now, and then makes it so: a change is never told that a crash can undo. */
  commit(name: string, next: (now: Wanted | undefined) => Wanted | undefined, apply: () => void): Promise<void> {
    const run = async (): Promise<void> => {
      const state = { ...this.state };
      const mine = next(Object.hasOwn(state, name) ? state[name] : undefined);
      if (mine) state[name] = mine;
      else delete state[name];
      if (this.snapshot !== undefined) await writeSnapshot(this.snapshot, state);
      this.state = state;
      apply();
    };
    const turn = this.turn.then(run, run);
    this.turn = turn.catch(() => undefined);
    return turn;
  }
}
