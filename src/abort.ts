import { binding, type Handle } from './binding.js';

/** What calls ask of a signal: an `AbortSignal` has it, and {@link LightAbort}. */
export interface AbortLike {
  readonly aborted: boolean;
  readonly reason: unknown;
  throwIfAborted(): void;
  addEventListener(type: 'abort', listener: () => void, options?: { once?: boolean }): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/** A signal and its controller in one, where an `AbortController` would cost more than what it is for. */
export class LightAbort implements AbortLike {
  aborted = false;
  reason: unknown = undefined;
  private listeners: (() => void)[] = [];

  /** Aborts, once. */
  abort(reason: Error): void {
    if (this.aborted) return;
    this.aborted = true;
    this.reason = reason;
    for (const listener of this.listeners.splice(0)) listener();
  }

  throwIfAborted(): void {
    if (this.aborted) throw this.reason as Error;
  }

  addEventListener(_type: 'abort', listener: () => void): void {
    if (!this.aborted) this.listeners.push(listener);
  }

  removeEventListener(_type: 'abort', listener: () => void): void {
    const at = this.listeners.indexOf(listener);
    if (at >= 0) this.listeners.splice(at, 1);
  }
}

/** The same as an `AbortSignal`, for those who were promised one. */
export function toSignal(signal: AbortLike | undefined): AbortSignal | undefined {
  if (!signal || signal instanceof AbortSignal) return signal;
  const controller = new AbortController();
  if (signal.aborted) controller.abort(signal.reason);
  else signal.addEventListener('abort', () => controller.abort(signal.reason), { once: true });
  return controller.signal;
}

/** What `Async` calls take in an object behind their arguments. */
export interface AbortOptions {
  /** Drops the call as long as its work has not begun: the promise is rejected with the signal's reason. */
  signal?: AbortSignal;
}

/** Takes the signal out of the options at the end of a call: no model takes one. */
export function splitSignal(args: readonly unknown[]): { values: readonly unknown[]; signal?: AbortSignal } {
  const last = args[args.length - 1];
  if (typeof last !== 'object' || last === null || !((last as { signal?: unknown }).signal instanceof AbortSignal)) {
    return { values: args };
  }
  const { signal, ...rest } = last as { signal: AbortSignal };
  const values = args.slice(0, -1);
  return { values: Object.keys(rest).length > 0 ? [...values, rest] : values, signal };
}

/** Starts work that a signal drops as long as it has not begun; what has begun is brought to its end. */
export function abortable<T>(start: (turn?: Handle) => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return start();
  signal.throwIfAborted();
  const turn = binding.makeTurn();
  return new Promise<T>((resolve, reject) => {
    const abort = (): void => {
      if (binding.dropTurn(turn)) reject(signal.reason as Error);
    };
    const end = (): void => signal.removeEventListener('abort', abort);
    start(turn).then(
      (value) => {
        end();
        resolve(value);
      },
      (error: Error) => {
        end();
        reject(error);
      },
    );
    signal.addEventListener('abort', abort, { once: true });
  });
}
