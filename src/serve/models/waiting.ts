import { LightAbort, type AbortLike } from '../../abort.js';
import { FlambeauError } from '../../errors.js';
import type { InferRequest } from '../types.js';

/** The milliseconds that are left to a request; throws where there are none. */
export function timeLeft({ deadline }: InferRequest): number {
  if (deadline === undefined) return Infinity;
  const left = deadline - performance.now();
  if (left <= 0) throw expired();
  return left;
}

/** What a request is answered with whose deadline passed. */
export function expired(): FlambeauError {
  return new FlambeauError('EXPIRED', 'the deadline of the request passed before it was run');
}

/** What a request is answered with that its caller took back. */
export function cancelled(cause?: unknown): FlambeauError {
  return new FlambeauError('CANCELLED', 'the request was taken back', { cause });
}

// setTimeout takes no more: what waits longer has no timer, and is looked at when its turn comes.
const longest = 2 ** 31 - 1;

/**
 * Runs `work` with a signal that fires when the caller takes the request back, or when its deadline passes; its reason is
 * what the request is answered with.
 */
export async function whileWanted<T>(
  request: InferRequest,
  work: (signal: AbortLike | undefined, leftMs: number) => Promise<T>,
): Promise<T> {
  const leftMs = timeLeft(request);
  const { signal } = request;
  if (signal?.aborted) throw cancelled(signal.reason);
  if (leftMs > longest) {
    try {
      return await work(signal, leftMs);
    } catch (error) {
      throw signal?.aborted && error === signal.reason ? cancelled(error) : error;
    }
  }
  const own = new LightAbort();
  const cancel = (): void => own.abort(cancelled(signal!.reason));
  signal?.addEventListener('abort', cancel, { once: true });
  const timer = leftMs <= longest ? setTimeout(() => own.abort(expired()), leftMs) : undefined;
  try {
    return await work(own, leftMs);
  } finally {
    signal?.removeEventListener('abort', cancel);
    clearTimeout(timer);
  }
}
