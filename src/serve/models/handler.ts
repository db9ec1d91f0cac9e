import { toSignal } from '../../abort.js';
import { FlambeauError } from '../../errors.js';
import type { Tensor } from '../../tensor.js';
import { isTensor } from '../../ops/call.js';
import type { InferRequest, InferResult, LoadOptions, ModelInfo, NamedTensor, Parameters, Servable } from '../types.js';
import { Gate } from './gate.js';
import { Active } from './active.js';
import { checkWanted, explainsNothing, namedOutputs, orderedInputs } from './check.js';
import { RunLimit } from './run-limit.js';
import { cancelled, expired, whileWanted } from './waiting.js';

/** A tensor, or the elements of one of `BYTES`. */
export type HandlerValue = Tensor | readonly Uint8Array[];

/** What a handler is loaded with. */
export interface HandlerContext {
  /** The folder of the version: the files beside the handler. */
  folder: string;
  /** What the store says of it. */
  info: ModelInfo;
  /** Where it is to run. */
  device: string;
}

/** One request, as a handler sees it. */
export interface HandlerRequest {
  /** The inputs by name; tensors, or bytes. */
  inputs: Readonly<Record<string, HandlerValue>>;
  /** The parameters of the request. */
  parameters: Readonly<Parameters>;
  /** Fires when nobody waits for the answer any more. */
  signal?: AbortSignal | undefined;
}

/**
 * A model of one's own code: the default export of a module. What `load` gives goes through the other functions; without
 * `decode` and `encode`, `run` takes the request's inputs and gives outputs by name.
 */
export interface Handler<State = unknown, Input = HandlerRequest['inputs'], Output = Record<string, HandlerValue>> {
  /** Once, before the first request: reads models and what else it needs. */
  load?(context: HandlerContext): State | Promise<State>;
  /** Makes of a request what `run` takes: an image of bytes, say. */
  decode?(request: HandlerRequest, state: State): Input | Promise<Input>;
  /** The model. The event loop waits for what it does synchronously: `forwardAsync` does not block it. */
  run(input: Input, state: State, request: HandlerRequest): Output | Promise<Output>;
  /** Makes outputs of what `run` gives. */
  encode?(
    output: Output,
    state: State,
  ): Readonly<Record<string, HandlerValue>> | Promise<Readonly<Record<string, HandlerValue>>>;
  /** Why it answers so, as outputs of any names: what `/explanations` asks for. It takes what `run` takes. */
  explain?(
    input: Input,
    state: State,
    request: HandlerRequest,
  ): Readonly<Record<string, HandlerValue>> | Promise<Readonly<Record<string, HandlerValue>>>;
  /** What it says of itself, as JSON: TorchServe's description of a model has it with `customized=true`. */
  describe?(state: State): unknown;
  /** Once, after the last request. */
  unload?(state: State): void | Promise<void>;
}

/** A model that a handler is. */
export class HandlerServable implements Servable {
  private readonly gate: Gate;
  private readonly active = new Active();
  private closing: Promise<void> | undefined;
  private readonly limit: RunLimit;
  /** When those began that run now. */
  private readonly starts = new Set<{ at: number }>();

  constructor(
    readonly info: ModelInfo,
    private readonly handler: Handler,
    private readonly state: unknown,
    { instances = 1, maxQueueRows = 1024, maxRunMs }: LoadOptions = {},
  ) {
    this.limit = new RunLimit(maxRunMs, () => this.longestRunMs());
    this.gate = new Gate(instances, maxQueueRows);
  }

  async infer(request: InferRequest): Promise<InferResult> {
    if (this.closing) throw new FlambeauError('NOT_READY', `model '${this.info.name}' is unloaded`);
    return this.active.during(() => this.answer(request));
  }

  private async answer(request: InferRequest): Promise<InferResult> {
    const { info } = this;
    if (request.explain && !this.handler.explain) throw explainsNothing(info);
    checkWanted(info, request.outputs);
    const inputs = orderedInputs(info, request.inputs);
    const enqueued = performance.now();
    return whileWanted(request, (signal) =>
      this.gate.run(request.priority ?? 0, signal, async () => {
        if (request.signal?.aborted) throw cancelled(request.signal.reason);
        const started = performance.now();
        if (request.deadline !== undefined && started >= request.deadline) throw expired();
        const asked: HandlerRequest = {
          inputs: Object.fromEntries(inputs.map(({ name, data }) => [name, data])),
          parameters: request.parameters ?? {},
          signal: toSignal(signal),
        };
        const start = { at: started };
        this.starts.add(start);
        const work = request.explain ? this.explain(asked) : this.run(asked, request.outputs);
        const outputs = await work.finally(() => this.starts.delete(start));
        const timing = { queueMs: started - enqueued, computeMs: performance.now() - started, batchRows: 1 };
        return { outputs, timing };
      }),
    );
  }

  private async decode(request: HandlerRequest): Promise<HandlerRequest['inputs']> {
    const { handler, state } = this;
    return (handler.decode ? await handler.decode(request, state) : request.inputs) as HandlerRequest['inputs'];
  }

  /** An output, checked. A tensor gets a handle of its own: the answer's are freed when it is written. */
  private valueOf(named: Readonly<Record<string, unknown>>, name: string): HandlerValue {
    const value = named[name];
    if (isTensor(value)) return value.detach();
    if (Array.isArray(value) && value.every((element) => element instanceof Uint8Array)) return value;
    throw new FlambeauError('UNSUPPORTED', `the handler of '${this.info.name}' gave no output '${name}'`);
  }

  private async explain(request: HandlerRequest): Promise<NamedTensor[]> {
    const named = await this.handler.explain!(await this.decode(request), this.state, request);
    const names = Object.keys(named ?? {});
    const outputs = names.map((name) => ({ name, datatype: 'FP32' as const, shape: [] }));
    const values = names.map((name) => this.valueOf(named, name));
    return namedOutputs({ ...this.info, outputs }, values, undefined);
  }

  private async run(request: HandlerRequest, wanted: InferRequest['outputs']): Promise<NamedTensor[]> {
    const { handler, state, info } = this;
    const output = await handler.run(await this.decode(request), state, request);
    const named = handler.encode ? await handler.encode(output, state) : output;
    const values = info.outputs.map(({ name }) => this.valueOf(named, name));
    return namedOutputs(info, values, wanted);
  }

  async describe(): Promise<unknown> {
    return this.handler.describe?.(this.state);
  }

  longestRunMs(): number {
    let first = performance.now();
    const now = first;
    for (const { at } of this.starts) first = Math.min(first, at);
    return now - first;
  }

  isReady(): boolean {
    return this.limit.isKept;
  }

  onChange(listener: () => void): void {
    this.limit.onChange(listener);
  }

  load(): { queued: number; running: number } {
    return this.gate.load;
  }

  scale(instances: number): void {
    this.gate.scale(instances);
  }

  close(): Promise<void> {
    this.limit.stop();
    this.closing ??= (async () => {
      await this.active.ended();
      await this.handler.unload?.(this.state);
    })();
    return this.closing;
  }
}
