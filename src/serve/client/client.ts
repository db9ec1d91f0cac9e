import { FlambeauError, describe, wrongArgument } from '../../errors.js';
import { isTensor } from '../../runtime.js';
import type { Tensor } from '../../tensor.js';
import { datatypeOf } from '../datatypes.js';
import type { LoadOptions, ModelStatus, NamedTensor, Parameters } from '../types.js';
import { grpcTransport } from './grpc.js';
import { restTransport } from './rest.js';
import { retrying, type Limits } from './retry.js';
import type { Attempt, ModelMetadata, ServerMetadata, Transport } from './transport.js';

/** How a {@link Client} reaches its server. */
export interface ClientOptions {
  /** The token that it shows. */
  token?: string;
  /** The certificate of the authority that is trusted, in PEM; those that Node trusts, unless given. */
  ca?: string | Buffer;
  /** How long a call may take, with all its attempts; 60,000 unless given. */
  timeoutMs?: number;
  /** How often a call is tried again after a failure that may pass; 4 unless given. */
  retries?: number;
  /** Where models are managed, over REST: at the same address, unless given. */
  management?: string;
}

/** What every call of a {@link Client} takes. */
export interface CallOptions {
  /** Takes the call back. */
  signal?: AbortSignal;
  /** How long it may take, in place of that of the client. */
  timeoutMs?: number;
}

/** What a call about a model takes. */
export interface ModelCallOptions extends CallOptions {
  /** The version; the default one, unless given. */
  version?: string;
}

/** What a request to a model takes. */
export interface PredictOptions extends ModelCallOptions {
  /** The names of the outputs that are wanted; all, unless given. */
  outputs?: readonly string[];
  /** 0 unless given; a higher number goes first. */
  priority?: number;
  /** Parameters, for handlers. */
  parameters?: Parameters;
}

/** What loading takes. */
export interface LoadCallOptions extends CallOptions, Pick<LoadOptions, 'version' | 'instances'> {}

const protocols = ['http:', 'https:', 'grpc:', 'grpcs:'];

function endpoint(text: string, argument: string): URL {
  const url = typeof text === 'string' && URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !protocols.includes(url.protocol) || !url.hostname) {
    throw wrongArgument('Client', argument, "an address like 'http://127.0.0.1:8080' or 'grpc://127.0.0.1:9000'", text);
  }
  return url;
}

function named(name: string, data: unknown): NamedTensor {
  if (!isTensor(data)) throw wrongArgument('predict', `inputs['${name}']`, 'Tensor', data);
  const datatype = datatypeOf(data.dtype);
  if (!datatype) {
    throw new FlambeauError('INVALID_VALUE', `predict(): no datatype of the protocol holds ${data.dtype}`);
  }
  return { name, datatype, shape: [...data.shape], data };
}

function tensorOf({ name, data }: NamedTensor): Tensor {
  if (isTensor(data)) return data;
  throw new FlambeauError('UNSUPPORTED', `predict(): the output '${name}' is of BYTES; infer() gives it`);
}

/**
 * Calls models of a server, over REST (`http:`, `https:`) or gRPC (`grpc:`, `grpcs:`): of `flambeau serve`, or any that
 * speaks the Open Inference Protocol v2 and takes binary tensors; answers may be JSON. Connections are kept until `close()`.
 *
 * A call that finds no server, a busy one or one that is not ready is tried again, later each time and when the server
 * asks for it, as long as its time lasts.
 *
 * @example
 * const client = new serve.Client('http://127.0.0.1:1', { retries: 0 })
 * await client.live() // false
 * client.close()
 */
export class Client {
  private readonly transport: Transport;
  private readonly manager: Transport;
  private readonly options: ClientOptions;
  private readonly firstInputs = new Map<string, Promise<string>>();

  constructor(url: string, options: ClientOptions = {}) {
    const known = ['token', 'ca', 'timeoutMs', 'retries', 'management'];
    const unknown = Object.keys(options).find((name) => !known.includes(name));
    if (unknown !== undefined)
      throw new FlambeauError('INVALID_ARGUMENT', `Client(): no option '${unknown}'; there are ${known.join(', ')}`);
    const { token, ca, timeoutMs = 60_000, retries = 4, management } = options;
    if (!(timeoutMs > 0)) throw wrongArgument('Client', 'timeoutMs', 'a number above 0', timeoutMs);
    if (!(Number.isInteger(retries) && retries >= 0)) {
      throw wrongArgument('Client', 'retries', 'an integer from 0', retries);
    }
    const connect = (at: URL): Transport =>
      (at.protocol.startsWith('grpc') ? grpcTransport : restTransport)({ url: at, token, ca });
    this.options = { timeoutMs, retries };
    this.transport = connect(endpoint(url, 'url'));
    this.manager = management === undefined ? this.transport : connect(endpoint(management, 'management'));
  }

  private call<T>({ signal, timeoutMs }: CallOptions, run: (attempt: Attempt) => Promise<T>, retry = true): Promise<T> {
    const time = timeoutMs ?? this.options.timeoutMs!;
    if (!(time > 0)) throw wrongArgument('Client', 'timeoutMs', 'a number above 0', timeoutMs);
    const limits: Limits = { retries: retry ? this.options.retries! : 0, until: performance.now() + time, signal };
    return retrying((either, leftMs) => run({ signal: either, leftMs }), limits);
  }

  /** The name of the one input of a model. */
  private firstInput(model: string, options: ModelCallOptions): Promise<string> {
    const key = JSON.stringify([model, options.version]);
    const known = this.firstInputs.get(key);
    if (known) return known;
    const asked = this.metadata(model, options).then(({ inputs }) => {
      if (inputs.length === 1) return inputs[0]!.name;
      const names = inputs.map(({ name }) => name).join(', ');
      throw new FlambeauError(
        'INVALID_ARGUMENT',
        `predict(): '${model}' takes ${inputs.length} inputs by name: ${names}`,
      );
    });
    this.firstInputs.set(key, asked);
    asked.catch(() => this.firstInputs.delete(key));
    return asked;
  }

  /**
   * Runs a model. Of one tensor it makes one; of tensors by name, tensors by name.
   *
   * ```ts
   * // Needs a server.
   * const y = await client.predict('cnn', images)
   * const { logits } = await client.predict('bert', { ids, mask }, { outputs: ['logits'], timeoutMs: 500 })
   * ```
   *
   * @param model - its name
   * @param inputs - the tensors, on any device; one alone where the model takes one
   * @throws `INVALID_VALUE`, `UNKNOWN_MODEL`, `QUEUE_FULL`, `EXPIRED`, `CANCELLED`, or what else the server says
   */
  predict(model: string, inputs: Tensor, options?: PredictOptions): Promise<Tensor>;
  predict(model: string, inputs: Record<string, Tensor>, options?: PredictOptions): Promise<Record<string, Tensor>>;
  async predict(
    model: string,
    inputs: Tensor | Record<string, Tensor>,
    options: PredictOptions = {},
  ): Promise<Tensor | Record<string, Tensor>> {
    if (!isTensor(inputs)) {
      if (typeof inputs !== 'object' || inputs === null)
        throw wrongArgument('predict', 'inputs', 'Tensor or tensors by name', inputs);
      const sent = Object.entries(inputs).map(([name, data]) => named(name, data));
      const outputs = await this.infer(model, sent, options);
      return Object.fromEntries(outputs.map((output) => [output.name, tensorOf(output)]));
    }
    const until = performance.now() + (options.timeoutMs ?? this.options.timeoutMs!);
    const name = await this.firstInput(model, options);
    const left = { ...options, timeoutMs: Math.max(until - performance.now(), 1) };
    let outputs: NamedTensor[];
    try {
      outputs = await this.infer(model, [named(name, inputs)], left);
    } catch (error) {
      // The model may have been replaced by one with another name for it.
      this.firstInputs.clear();
      throw error;
    }
    if (outputs.length === 1) return tensorOf(outputs[0]!);
    const names = outputs.map((output) => output.name).join(', ');
    throw new FlambeauError(
      'INVALID_ARGUMENT',
      `predict(): '${model}' gives ${outputs.length} outputs; name the one in 'outputs' (${names}), or the inputs`,
    );
  }

  /**
   * Runs a model on tensors as the protocol has them, `BYTES` included, whose elements are no tensor.
   *
   * ```ts
   * // Needs a server.
   * const image = { name: 'image', datatype: 'BYTES', shape: [1], data: [readFileSync('cat.jpg')] }
   * const [label] = await client.infer('classifier', [image])
   * ```
   */
  async infer(model: string, inputs: readonly NamedTensor[], options: PredictOptions = {}): Promise<NamedTensor[]> {
    if (typeof model !== 'string' || model === '') throw wrongArgument('predict', 'model', 'a name', model);
    const { version, outputs, priority, parameters: own } = options;
    return this.call(options, (attempt) => {
      const parameters = {
        ...own,
        ...(priority === undefined ? {} : { priority }),
        // In microseconds, as Triton has it.
        ...(Number.isFinite(attempt.leftMs) ? { timeout: Math.ceil(attempt.leftMs * 1000) } : {}),
      };
      return this.transport.infer({ model, version, inputs, outputs, parameters }, attempt);
    });
  }

  /**
   * Whether the server runs; `false` where there is none.
   *
   * @example
   * const client = new serve.Client('http://127.0.0.1:1')
   * await client.live() // false
   * client.close()
   */
  async live(options: CallOptions = {}): Promise<boolean> {
    return this.probe(options, (attempt) => this.transport.live(attempt));
  }

  /**
   * Whether the server takes requests, or a model does; `false` where there is no server.
   *
   * @example
   * const client = new serve.Client('grpc://127.0.0.1:1')
   * await client.ready('cnn') // false
   * client.close()
   */
  async ready(model?: string, options: ModelCallOptions = {}): Promise<boolean> {
    return this.probe(options, (attempt) => this.transport.ready(model, options.version, attempt));
  }

  private async probe(options: CallOptions, run: (attempt: Attempt) => Promise<boolean>): Promise<boolean> {
    try {
      return await this.call(options, run, false);
    } catch (error) {
      const code = error instanceof FlambeauError ? error.code : undefined;
      if (code === 'NOT_READY' || code === 'EXPIRED' || code === 'UNKNOWN_MODEL') return false;
      throw error;
    }
  }

  /**
   * What the server says of itself, or of a model: its inputs and outputs.
   *
   * ```ts
   * // Needs a server.
   * const { inputs } = await client.metadata('cnn')
   * ```
   */
  metadata(): Promise<ServerMetadata>;
  metadata(model: string, options?: ModelCallOptions): Promise<ModelMetadata>;
  async metadata(model?: string, options: ModelCallOptions = {}): Promise<ServerMetadata | ModelMetadata> {
    return this.call<ServerMetadata | ModelMetadata>(options, (attempt) =>
      model === undefined
        ? this.transport.serverMetadata(attempt)
        : this.transport.modelMetadata(model, options.version, attempt),
    );
  }

  /**
   * The models of the store, and how each stands.
   *
   * ```ts
   * // Needs a server.
   * const ready = (await client.models()).filter(({ state }) => state === 'READY')
   * ```
   */
  async models(options: CallOptions = {}): Promise<Omit<ModelStatus, 'isDefault'>[]> {
    return this.call(options, (attempt) => this.manager.index(attempt));
  }

  /**
   * Loads a model of the store, and waits until it is ready.
   *
   * ```ts
   * // Needs a server whose management is on.
   * await client.load('cnn', { version: '2', instances: 2 })
   * ```
   */
  async load(model: string, options: LoadCallOptions = {}): Promise<void> {
    const { version, instances } = options;
    await this.call(options, (attempt) => this.manager.load(model, { version, instances }, attempt));
  }

  /**
   * Unloads a version of a model, or all.
   *
   * ```ts
   * // Needs a server whose management is on.
   * await client.unload('cnn', { version: '1' })
   * ```
   */
  async unload(model: string, options: ModelCallOptions = {}): Promise<void> {
    await this.call(options, (attempt) => this.manager.unload(model, options.version, attempt));
  }

  /**
   * Changes how many requests (or batches) of a model run at the same time. Over REST only.
   *
   * ```ts
   * // Needs a server whose management is on.
   * await client.scale('cnn', 4)
   * ```
   */
  async scale(model: string, instances: number, options: ModelCallOptions = {}): Promise<void> {
    if (!Number.isInteger(instances) || instances < 1) {
      throw new FlambeauError(
        'INVALID_ARGUMENT',
        `scale(): argument 'instances' must be an integer from 1, not ${describe(instances)}`,
      );
    }
    await this.call(options, (attempt) => this.manager.scale(model, instances, options.version, attempt));
  }

  /**
   * Ends the connections.
   *
   * @example
   * new serve.Client('grpc://127.0.0.1:9000').close()
   */
  close(): void {
    this.transport.close();
    if (this.manager !== this.transport) this.manager.close();
  }

  /**
   * {@link close}, at the end of a block with `using`.
   *
   * @example
   * new serve.Client('http://127.0.0.1:8080')[Symbol.dispose]()
   */
  [Symbol.dispose](): void {
    this.close();
  }
}
