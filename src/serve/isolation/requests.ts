import { giveBack } from '../codec/binary.js';
import { encodeTensors } from './messages.js';
import { Pending } from './pending.js';
import type { Worker } from './worker.js';

/** The process that requests go to. */
export interface Target {
  /** Whether it has all models. */
  readonly isUp: boolean;
  readonly worker: Worker | undefined;
}

/**
 * The requests that are not answered yet. What a process had when it ended is run once more: one request after the other
 * before all else, so that one which ends processes takes no other with it.
 */
export class Requests {
  private readonly inFlight = new Map<number, Pending>();
  /** Those whose process ended: they run alone. */
  private suspects: Pending[] = [];
  private alone: Pending | undefined;
  private waiting: Pending[] = [];

  constructor(private readonly target: Target) {}

  /** One that the process has, or gets just now. */
  get(id: number): Pending | undefined {
    return this.inFlight.get(id);
  }

  /** Takes one more, which is sent when its turn comes. */
  add(pending: Pending): void {
    this.waiting.push(pending);
    this.pump();
    if (!this.inFlight.has(pending.id)) pending.wait();
  }

  forget({ id }: Pending): void {
    this.inFlight.delete(id);
  }

  /** One of them has its answer: another one may have its turn. */
  settled(pending: Pending): void {
    this.forget(pending);
    if (this.alone === pending) this.alone = undefined;
    this.pump();
  }

  /** Sends what waits, where there is a process for it. */
  pump(): void {
    if (!this.target.isUp) return;
    while (!this.alone && this.suspects.length > 0) {
      const next = this.suspects.shift()!;
      if (next.settled) continue;
      this.alone = next;
      void this.dispatch(next);
    }
    if (this.alone) return;
    for (const each of this.waiting.splice(0)) if (!each.settled) void this.dispatch(each);
  }

  /** Sends one now. */
  async dispatch(pending: Pending): Promise<void> {
    const { id, model, request } = pending;
    const { inputs, outputs, parameters, explain, priority, deadline } = request;
    const worker = this.target.worker!;
    this.inFlight.set(id, pending);
    pending.stopWaiting();
    try {
      if (model.broken) throw model.broken;
      const { heads, parts } = await encodeTensors(inputs);
      // It was taken back meanwhile, or waits for another process.
      if (pending.settled || worker !== this.target.worker || !this.inFlight.has(id)) return parts.forEach(giveBack);
      pending.sent = true;
      const leftMs = deadline === undefined ? undefined : deadline - performance.now();
      worker.send(
        {
          ...{ type: 'infer', id, model: model.id, inputs: heads },
          ...{ ...(outputs && { outputs: [...outputs] }), parameters, explain, priority, leftMs },
        },
        parts,
        () => parts.forEach(giveBack),
      );
    } catch (error) {
      pending.reject(error);
    }
  }

  /** The process has ended: none runs alone in it. */
  stop(): void {
    this.alone = undefined;
  }

  /** What becomes of that which a process had when it ended; how many requests are run again. */
  ended(how: string): number {
    const had = [...this.inFlight.values()];
    this.inFlight.clear();
    const unsent: Pending[] = [];
    for (const pending of had) {
      if (pending.once || (pending.sent && ++pending.deaths >= 2)) {
        pending.reject(Pending.fatal(how));
        continue;
      }
      (pending.sent || pending.deaths > 0 ? this.suspects : unsent).push(pending);
      pending.wait();
    }
    this.waiting.unshift(...unsent);
    return this.suspects.filter(({ settled }) => !settled).length;
  }

  refuse(error: Error): void {
    const all = [...this.inFlight.values(), ...this.suspects, ...this.waiting];
    this.suspects = [];
    this.waiting = [];
    for (const pending of all) pending.reject(error);
  }
}
