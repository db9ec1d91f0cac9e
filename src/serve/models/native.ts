import { binding, type Handle } from '../../binding.js';
import { FlambeauError } from '../../errors.js';
import { Batcher } from '../../graph/batcher.js';
import type { Tensor } from '../../tensor.js';
import type { InferRequest, InferResult, LoadOptions, ModelInfo, Servable } from '../types.js';
import { Active } from './active.js';
import { checkWanted, namedOutputs, orderedInputs } from './check.js';
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
  private readonly maxRunMs: number | undefined;
  /** Those of requests under way, where it matters how long they run. */
  private readonly turns = new Set<Handle>();

  constructor(
    readonly info: ModelInfo,
    private readonly model: NativeModel,
    { instances = 1, maxQueueRows, maxRunMs, device }: LoadOptions = {},
  ) {
    this.maxRunMs = maxRunMs;
    const { batching } = info;
    const place = model.device ?? device;
    if (batching && info.inputs.some(({ datatype }) => datatype === 'BYTES'))
      throw new FlambeauError('INVALID_VALUE', 'a model that takes BYTES cannot be batched');
    this.batcher = new Batcher(model.runnable, {
      instances,
      ...(maxQueueRows !== undefined && { maxQueueRows }),
      ...(place !== undefined && place !== 'cpu' && { device: place }),
      ...(batching && { ...batching, maxQueueDelayMs: batching.maxQueueDelayMs ?? 0 }),
    });
  }

  async infer(request: InferRequest): Promise<InferResult> {
    if (this.closing) throw new FlambeauError('NOT_READY', `model '${this.info.name}' is unloaded`);
    return this.active.during(() => this.run(request));
  }

  private async run(request: InferRequest): Promise<InferResult> {
    checkWanted(this.info, request.outputs);
    const inputs = orderedInputs(this.info, request.inputs).map(({ data }) => data as Tensor);
    this.model.check?.(inputs);
    const { priority } = request;
    const { outputs, ...timing } = await whileWanted(request, (signal, timeoutMs) =>
      this.watched((turn) => this.batcher.run(inputs, { priority, timeoutMs, signal, turn })),
    );
    const results = namedOutputs(this.info, outputs, request.outputs);
    return { outputs: results, timing };
  }

  private async watched<T>(work: (turn: Handle | undefined) => Promise<T>): Promise<T> {
    if (this.maxRunMs === undefined) return work(undefined);
    const turn = binding.makeTurn();
    this.turns.add(turn);
    try {
      return await work(turn);
    } finally {
      this.turns.delete(turn);
      binding.dispose(turn);
    }
  }

  longestRunMs(): number {
    let longest = 0;
    for (const turn of this.turns) longest = Math.max(longest, binding.turnRunsMs(turn));
    return longest;
  }

  isReady(): boolean {
    return this.maxRunMs === undefined || this.longestRunMs() <= this.maxRunMs;
  }

  load(): { queued: number; queuedRows?: number; running: number } {
    if (this.closing) return { queued: 0, running: this.active.count };
    return this.batcher.load();
  }

  scale(instances: number): void {
    this.batcher.scale(instances);
  }

  close(): Promise<void> {
    this.closing ??= (async () => {
      await this.active.ended();
      this.batcher.dispose();
      this.model.dispose();
    })();
    return this.closing;
  }
}
