import { binding, type Handle } from '../../binding.js';
import { FlambeauError } from '../../errors.js';
import { Batcher } from '../../graph/batcher.js';
import type { Tensor } from '../../tensor.js';
import type { InferRequest, InferResult, LoadOptions, ModelInfo, Servable } from '../types.js';
import { Active } from './active.js';
import { checkWanted, explainsNothing, namedOutputs, orderedInputs } from './check.js';
import { RunLimit } from './run-limit.js';
import { whileWanted } from './waiting.js';

/** A model that the addon runs: a graph, a program, TorchScript or compiled code. */
export interface NativeModel {
  /** What a batcher runs. */
  runnable: Handle;
  /** Where it runs, where it can run nowhere else. */
  device?: string;
  /** Throws where tensors are not what the model may be given; not there where it sees to that itself. */
  check?(inputs: readonly Tensor[]): void;
  /** Frees the weights. */
  dispose(): void;
}

/** A model whose requests the addon batches and runs, on threads of its own. */
export class NativeServable implements Servable {
  private readonly batcher: Batcher;
  private readonly active = new Active();
  private closing: Promise<void> | undefined;
  private readonly limit: RunLimit;
  /** The model as it is watched, where it matters how long it runs. */
  private readonly watched: Handle | undefined;

  constructor(
    readonly info: ModelInfo,
    private readonly model: NativeModel,
    { instances = 1, maxQueueRows, maxRunMs, device }: LoadOptions = {},
  ) {
    const { batching } = info;
    const place = model.device ?? device ?? 'cpu';
    if (batching && info.inputs.some(({ datatype }) => datatype === 'BYTES'))
      throw new FlambeauError('INVALID_VALUE', 'a model that takes BYTES cannot be batched');
    this.limit = new RunLimit(maxRunMs, () => this.longestRunMs());
    this.watched = maxRunMs === undefined ? undefined : binding.watch(model.runnable, place !== 'cpu');
    this.batcher = new Batcher(this.watched ?? model.runnable, {
      instances,
      ...(maxQueueRows !== undefined && { maxQueueRows }),
      ...(place !== 'cpu' && { device: place }),
      ...(batching && { ...batching, maxQueueDelayMs: batching.maxQueueDelayMs ?? 0 }),
    });
  }

  async infer(request: InferRequest): Promise<InferResult> {
    if (this.closing) throw new FlambeauError('NOT_READY', `model '${this.info.name}' is unloaded`);
    return this.active.during(() => this.run(request));
  }

  private async run(request: InferRequest): Promise<InferResult> {
    if (request.explain) throw explainsNothing(this.info);
    checkWanted(this.info, request.outputs);
    const inputs = orderedInputs(this.info, request.inputs).map(({ data }) => data as Tensor);
    this.model.check?.(inputs);
    const { priority } = request;
    const { outputs, ...timing } = await whileWanted(request, (signal, timeoutMs) =>
      this.batcher.run(inputs, { priority, timeoutMs, signal }),
    );
    const results = namedOutputs(this.info, outputs, request.outputs);
    return { outputs: results, timing };
  }

  longestRunMs(): number {
    return this.watched && !this.closing ? binding.watchLongestMs(this.watched) : 0;
  }

  isReady(): boolean {
    return this.limit.isKept;
  }

  onChange(listener: () => void): void {
    this.limit.onChange(listener);
  }

  load(): { queued: number; queuedRows?: number; running: number } {
    if (this.closing) return { queued: 0, running: this.active.count };
    return this.batcher.load();
  }

  scale(instances: number): void {
    this.batcher.scale(instances);
  }

  close(): Promise<void> {
    this.limit.stop();
    this.closing ??= (async () => {
      await this.active.ended();
      this.batcher.dispose();
      if (this.watched) binding.dispose(this.watched);
      this.model.dispose();
    })();
    return this.closing;
  }
}
