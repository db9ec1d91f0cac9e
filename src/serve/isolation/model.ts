import { FlambeauError } from '../../errors.js';
import { isTensor } from '../../ops/call.js';
import type { InferRequest, InferResult, LoadOptions, ModelInfo, NamedTensor, Servable } from '../types.js';
import type { Supervisor } from './supervisor.js';

/** What a model is loaded of, in each new process again. */
export interface Source {
  info: ModelInfo;
  file: string;
  examples?: NamedTensor[][];
}

/** A model that a process of its own runs, as this process has it. */
export class Model implements Servable {
  readonly info: ModelInfo;
  readonly file: string;
  readonly options: LoadOptions;
  /** Kept for the warm-up in each process. */
  readonly examples: NamedTensor[][];
  /** Whether the process of now has it. */
  loaded = false;
  /** Why it does not load again. */
  broken: Error | undefined;
  /** How many requests are on their way. */
  pending = 0;
  private pendingRows = 0;
  private instances: number;
  private idle: (() => void) | undefined;
  private listener: (() => void) | undefined;
  private closing: Promise<void> | undefined;

  constructor(
    readonly id: number,
    source: Source,
    options: LoadOptions,
    private readonly supervisor: Supervisor,
  ) {
    const batching = options.batching ?? source.info.batching;
    this.info = { ...source.info, ...(batching && { batching }) };
    this.file = source.file;
    this.options = { ...options };
    this.instances = options.instances ?? 1;
    // Handles of their own: who loads the model frees the others.
    this.examples = (source.examples ?? []).map((example) =>
      example.map((input) => ({ ...input, data: isTensor(input.data) ? input.data.detach() : input.data })),
    );
  }

  private get batchRows(): number {
    return this.info.batching?.maxBatchRows ?? 1;
  }

  private rowsOf({ inputs }: InferRequest): number {
    return this.batchRows > 1 ? (inputs[0]?.shape[0] ?? 1) : 1;
  }

  async infer(request: InferRequest): Promise<InferResult> {
    if (this.closing) throw new FlambeauError('NOT_READY', `model '${this.info.name}' is unloaded`);
    const rows = this.rowsOf(request);
    // The process counts what waits in it. This is for when it does not come to that.
    const most = (this.options.maxQueueRows ?? 1024) + this.instances * this.batchRows;
    if (this.pending > 0 && this.pendingRows + rows > most)
      throw new FlambeauError('QUEUE_FULL', `${this.pendingRows} rows wait for the model or run, and ${most} may`);
    this.pending++;
    this.pendingRows += rows;
    try {
      return await this.supervisor.infer(this, request);
    } finally {
      this.pendingRows -= rows;
      if (--this.pending === 0) this.idle?.();
    }
  }

  /** As many run as can; what the batches are, only the process knows. */
  load(): { queued: number; running: number } {
    const running = this.loaded ? Math.min(this.pending, this.instances * this.batchRows) : 0;
    return { queued: this.pending - running, running };
  }

  isReady(): boolean {
    return this.loaded && this.supervisor.isUp;
  }

  async describe(): Promise<unknown> {
    return this.supervisor.describe(this);
  }

  onChange(listener: () => void): void {
    this.listener = listener;
  }

  /** It is ready now, or not any more. */
  changed(): void {
    this.listener?.();
  }

  scale(instances: number): void {
    this.instances = instances;
    this.options.instances = instances;
    this.supervisor.scale(this, instances);
  }

  close(): Promise<void> {
    this.closing ??= (async () => {
      if (this.pending > 0) await new Promise<void>((resolve) => (this.idle = resolve));
      await this.supervisor.unload(this);
      for (const example of this.examples) for (const { data } of example) if ('dispose' in data) data.dispose();
    })();
    return this.closing;
  }
}
