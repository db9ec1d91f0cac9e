import { binding, type Handle } from './binding.js';

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
export function abortable<T>(
  start: (turn?: Handle) => Promise<T>,
  signal: AbortSignal | undefined,
  own?: Handle,
): Promise<T> {
  if (!signal) return start(own);
  signal.throwIfAborted();
  const turn = own ?? binding.makeTurn();
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
