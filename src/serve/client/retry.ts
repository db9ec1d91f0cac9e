import { setTimeout as pause } from 'node:timers/promises';
import { FlambeauError } from '../../errors.js';

/** Why an attempt failed, and whether another one may do. */
export class AttemptError extends Error {
  constructor(
    readonly error: FlambeauError,
    readonly again: boolean,
    /** When the server would be asked again. */
    readonly afterMs = 0,
  ) {
    super(error.message);
  }
}

/** What limits a call, all its attempts together. */
export interface Limits {
  retries: number;
  /** In `performance.now()`'s milliseconds. */
  until: number;
  signal?: AbortSignal;
}

const firstDelayMs = 50;
const longestDelayMs = 2000;

const expired = (cause?: unknown): FlambeauError =>
  new FlambeauError('EXPIRED', 'the time for the request has passed', { cause });

const cancelled = (signal: AbortSignal): FlambeauError =>
  new FlambeauError('CANCELLED', 'the request was taken back', { cause: signal.reason });

/** Tries, and tries again after failures that may pass: later each time, and never beyond the limits. */
export async function retrying<T>(
  attempt: (signal: AbortSignal, leftMs: number) => Promise<T>,
  { retries, until, signal }: Limits,
): Promise<T> {
  for (let count = 0; ; count++) {
    if (signal?.aborted) throw cancelled(signal);
    const leftMs = until - performance.now();
    if (leftMs <= 0) throw expired();
    const clock = new AbortController();
    const timer = Number.isFinite(leftMs) ? setTimeout(() => clock.abort(), Math.min(leftMs, 0x7fffffff)) : undefined;
    const either = signal ? AbortSignal.any([signal, clock.signal]) : clock.signal;
    let delayMs: number;
    try {
      return await attempt(either, leftMs);
    } catch (error) {
      if (signal?.aborted) throw cancelled(signal);
      if (clock.signal.aborted) throw expired(error);
      if (!(error instanceof AttemptError)) throw error;
      // A random part keeps clients that failed together from coming back together.
      const growing = Math.min(firstDelayMs * 2 ** count, longestDelayMs) * (0.5 + Math.random() / 2);
      delayMs = Math.max(growing, error.afterMs);
      if (!error.again || count >= retries || performance.now() + delayMs >= until) throw error.error;
    } finally {
      clearTimeout(timer);
    }
    await pause(delayMs, undefined, signal ? { signal } : {}).catch(() => {});
  }
}
