import type { AbortLike } from '../abort.js';
import { binding, type Handle } from '../binding.js';
import { DisposedError, FlambeauError } from '../errors.js';
import { handleOf, wrap } from '../ops/call.js';
import type { Tensor } from '../tensor.js';

/** How a {@link Batcher} puts requests together. */
export interface BatcherOptions {
  /** How many batches run at the same time, over one copy of the weights. 1 unless given. */
  instances?: number;
  /** The most rows of a batch. With 1, the default, each request runs alone, whatever its shapes. */
  maxBatchRows?: number;
  /** How long the first request of a batch waits for others, in milliseconds. With 0, the default, it takes what is there. */
  maxQueueDelayMs?: number;
  /** The row counts that a batch may have: it is padded up to the next one. Any, unless given. */
  sizes?: readonly number[];
  /** The most rows that wait; more are refused. 1024 unless given. */
  maxQueueRows?: number;
  /** Where inputs are moved to before the model runs, and from where results are moved to the CPU. */
  device?: string;
}

/** One request of a {@link Batcher}. */
export interface BatchRequest {
  /** A higher one goes first; 0 unless given. */
  priority?: number | undefined;
  /** Milliseconds from now after which the answer is of no use. */
  timeoutMs?: number | undefined;
  /** Takes the request back as long as it has not begun. */
  signal?: AbortLike | undefined;
}

/** What came of a request. */
export interface BatchResult {
  /** The model's results, its own rows of them. */
  outputs: Tensor[];
  /** Milliseconds that it waited. */
  queueMs: number;
  /** Milliseconds that its batch ran. */
  computeMs: number;
  /** The rows of that batch, without padding. */
  batchRows: number;
}

/** A model that takes less for a batch is quick. */
const quickMs = 0.5;

/**
 * Many requests to one model, put together to batches by the addon, on threads of its own: requests with the same dtypes
 * and sizes but for the first one, the rows. Where a batch fails, each of its requests runs alone, so that none pays for
 * another.
 */
export class Batcher {
  private handle: Handle | null;
  private requests = 0;
  private quick = false;
  private gathering = false;

  /** @param runnable - the handle of a graph, a method of TorchScript or a compiled package */
  constructor(runnable: Handle, options: BatcherOptions = {}) {
    const { instances = 1, maxBatchRows, maxQueueDelayMs = 0, sizes = [], maxQueueRows = 1024, device } = options;
    const most = maxBatchRows ?? (sizes.length > 0 ? Math.max(...sizes) : 1);
    this.handle = binding.batcherCreate(runnable, instances, most, maxQueueDelayMs, maxQueueRows, sizes, device);
  }

  private get alive(): Handle {
    if (this.handle === null) throw new DisposedError('this batcher has been disposed');
    return this.handle;
  }

  /**
   * Runs the model for these inputs, with others or alone.
   *
   * @throws `INVALID_VALUE` where the inputs have no rows in common, or too many; `QUEUE_FULL`; `EXPIRED`; the reason of the
   * signal; what the model throws
   */
  async run(
    inputs: readonly Tensor[],
    { priority = 0, timeoutMs = Infinity, signal }: BatchRequest = {},
  ): Promise<BatchResult> {
    signal?.throwIfAborted();
    const number = this.requests++;
    const wake = !this.gather();
    const answer = binding.batcherSubmit(this.alive, priority, number, timeoutMs, wake, ...inputs.map(handleOf));
    const cancel = (): void => {
      if (this.handle !== null) binding.batcherCancel(this.handle, priority, number);
    };
    signal?.addEventListener('abort', cancel, { once: true });
    try {
      const [queueMs, computeMs, batchRows, ...outputs] = await answer;
      this.quick = computeMs < quickMs;
      return { outputs: outputs.map(wrap), queueMs, computeMs, batchRows };
    } catch (error) {
      const taken = signal?.aborted && error instanceof FlambeauError && error.code === 'CANCELLED';
      throw taken ? signal.reason : error;
    } finally {
      signal?.removeEventListener('abort', cancel);
    }
  }

  /**
   * Whether a thread need not be called for a request, as one was in this turn of the event loop: to call a thread costs
   * more than what a quick model does. At the end of the turn one is called for what waits still.
   */
  private gather(): boolean {
    if (!this.quick) return false;
    if (this.gathering) return true;
    this.gathering = true;
    setImmediate(() => {
      this.gathering = false;
      if (this.handle !== null) binding.batcherStart(this.handle);
    });
    return false;
  }

  /** Changes how many batches run at the same time. */
  scale(instances: number): void {
    binding.batcherScale(this.alive, instances);
  }

  /** What waits and what runs now. */
  load(): { queuedRows: number; queued: number; running: number } {
    const [queuedRows, queued, running] = binding.batcherLoad(this.alive);
    return { queuedRows, queued, running };
  }

  /** Lets go of the model; requests that are there already are answered. */
  dispose(): void {
    if (this.handle === null) return;
    // For what waits for the end of the turn.
    binding.batcherStart(this.handle);
    binding.dispose(this.handle);
    this.handle = null;
  }
}
