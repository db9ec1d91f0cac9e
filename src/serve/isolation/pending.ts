import { FlambeauError } from '../../errors.js';
import { cancelled, expired, timeLeft } from '../models/waiting.js';
import type { InferRequest, InferResult } from '../types.js';
import type { Model } from './model.js';

const longest = 2 ** 31 - 1;

/** A request on its way: it waits for the process, or is in it. It is settled once. */
export class Pending {
  /** How many processes have ended while they had it. */
  deaths = 0;
  /** Whether it is not run again. */
  once = false;
  /** Whether the process has it. */
  sent = false;
  settled = false;
  readonly result: Promise<InferResult>;
  private resolve!: (result: InferResult) => void;
  private fail!: (error: unknown) => void;
  private timer: NodeJS.Timeout | undefined;
  private readonly onAbort: () => void;

  /**
   * @param onSettled - called when it has its answer
   * @param onCancel - called when it is taken back while the process has it
   */
  constructor(
    readonly id: number,
    readonly model: Model,
    readonly request: InferRequest,
    private readonly onSettled: (pending: Pending) => void,
    onCancel: (pending: Pending) => void,
  ) {
    timeLeft(request);
    const { signal } = request;
    if (signal?.aborted) throw cancelled(signal.reason);
    this.result = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.fail = reject;
    });
    this.onAbort = () => (this.sent ? onCancel(this) : this.reject(cancelled(signal!.reason)));
    signal?.addEventListener('abort', this.onAbort, { once: true });
  }

  /** It waits for a process: only here is looked at its deadline. */
  wait(): void {
    this.sent = false;
    const { deadline, signal } = this.request;
    if (signal?.aborted) return this.reject(cancelled(signal.reason));
    if (deadline === undefined) return;
    clearTimeout(this.timer);
    const left = deadline - performance.now();
    if (left <= 0) return this.reject(expired());
    this.timer = setTimeout(() => this.wait(), Math.min(left, longest));
  }

  /** It goes to a process, which looks at its deadline from now on. */
  stopWaiting(): void {
    clearTimeout(this.timer);
  }

  answer(result: InferResult): void {
    if (this.settle()) this.resolve(result);
  }

  reject(error: unknown): void {
    if (this.settle()) this.fail(error);
  }

  private settle(): boolean {
    if (this.settled) return false;
    this.settled = true;
    clearTimeout(this.timer);
    this.request.signal?.removeEventListener('abort', this.onAbort);
    this.onSettled(this);
    return true;
  }

  /** The error of a request that ended two processes, or was there when they ended. */
  static fatal(how: string): FlambeauError {
    return new FlambeauError(
      'INTERNAL',
      `the process of the models ended twice while it ran this request; the last time, ${how}`,
    );
  }
}
