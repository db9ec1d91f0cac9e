import type { AbortLike } from '../abort.js';
import type { Tensor } from '../tensor.js';
import type { Datatype } from './datatypes.js';

/** What a model takes or gives at one place. */
export interface TensorSpec {
  /** Its name in requests. */
  name: string;
  /** Its datatype. */
  datatype: Datatype;
  /** The sizes; -1 where any is right. The first is the batch, where the model takes batches. */
  shape: number[];
}

/** How requests are put together to batches. */
export interface Batching {
  /** The most rows of a batch; 1 runs each request alone. */
  maxBatchRows: number;
  /** How long the first request of a batch waits for others, in milliseconds; 0 takes what waits already. */
  maxQueueDelayMs?: number;
  /** The row counts that a batch may have: it is padded up to the next one. Any, unless given. */
  sizes?: number[];
}

/** What is known of one version of a model. */
export interface ModelInfo {
  /** Its name in the store and in requests. */
  name: string;
  /** Its version: digits, without a leading zero. */
  version: string;
  /** What it is: `pytorch_torchscript`, `pytorch_export`, `pytorch_aoti`, `flambeau_graph` or `flambeau_handler`. */
  platform: string;
  /** What it takes, in the order of its arguments. */
  inputs: TensorSpec[];
  /** What it gives. */
  outputs: TensorSpec[];
  /** How its requests are batched; without it each runs alone. */
  batching?: Batching;
}

/** A tensor of a request or an answer. The elements of `BYTES` are bytes, row by row; all else is in a tensor. */
export interface NamedTensor {
  /** The input or output that it is. */
  name: string;
  /** Its datatype. */
  datatype: Datatype;
  /** Its sizes. */
  shape: number[];
  /** Its elements. */
  data: Tensor | readonly Uint8Array[];
}

/** Flat parameters of a request, as the protocol has them. */
export type Parameters = Record<string, string | number | boolean>;

/** One request to a model. */
export interface InferRequest {
  /** The inputs, in any order. */
  inputs: NamedTensor[];
  /** The names of the outputs that are wanted; all, unless given. */
  outputs?: readonly string[];
  /** Parameters, for handlers. */
  parameters?: Parameters;
  /** Asks why the model answers so, rather than for the answer: of handlers that `explain`. */
  explain?: boolean;
  /** 0 unless given; a higher number goes first. */
  priority?: number;
  /** When the answer is of no use any more, in `performance.now()`'s milliseconds. */
  deadline?: number;
  /** Takes the request back, as long as it has not begun: an `AbortSignal`, or what has the members of one that count. */
  signal?: AbortLike;
}

/** Where the time of a request went. */
export interface Timing {
  /** Milliseconds that it waited for others, or for a thread. */
  queueMs: number;
  /** Milliseconds that its batch ran. */
  computeMs: number;
  /** The rows of that batch, without padding. */
  batchRows: number;
}

/** The answer to one request. */
export interface InferResult {
  /** The outputs that were wanted, in the order of the request, or else of the model. */
  outputs: NamedTensor[];
  /** Where its time went. */
  timing: Timing;
}

/** One loaded version of a model, ready to answer. */
export interface Servable {
  /** What the protocols show of it. */
  readonly info: ModelInfo;
  /**
   * Answers one request.
   *
   * @throws FlambeauError `INVALID_VALUE` and `INVALID_ARGUMENT` (the request is wrong), `QUEUE_FULL`, `EXPIRED`,
   * `CANCELLED`, `NOT_READY`, or what the model threw
   */
  infer(request: InferRequest): Promise<InferResult>;
  /** How many requests wait for a thread, with how many rows where that is counted, and how many run. */
  load(): { queued: number; queuedRows?: number; running: number };
  /** Whether it can answer now; always, unless given: a model in a process of its own cannot while that starts again. */
  isReady?(): boolean;
  /** Has a listener called whenever `isReady` may give something else than before. */
  onChange?(listener: () => void): void;
  /** What a handler says of itself, as JSON. */
  describe?(): Promise<unknown>;
  /** How long what runs longest runs already, in milliseconds; counted where there is a `maxRunMs`. */
  longestRunMs?(): number;
  /** Changes how many requests (or batches) run at the same time. */
  scale(instances: number): void;
  /** Takes no more, answers what it has, and frees the weights. */
  close(): Promise<void>;
}

/** Where a version of a model stands. */
export type ModelState = 'READY' | 'LOADING' | 'UNLOADING' | 'UNAVAILABLE';

/** A version of a model, as an index of the store shows it. */
export interface ModelStatus {
  /** The model. */
  name: string;
  /** Its version. */
  version: string;
  /** Whether it can be asked. */
  state: ModelState;
  /** Why it is not ready. */
  reason: string;
  /** Whether requests without a version go to it. */
  isDefault: boolean;
}

/** The models of a server: what the protocols ask, and what its management changes. */
export interface Models {
  /**
   * A version that is ready: the default one, unless one is named. Requests that it has taken are answered though it is
   * unloaded meanwhile.
   *
   * @throws FlambeauError `UNKNOWN_MODEL`, or `NOT_READY` where it is not loaded
   */
  get(name: string, version?: string): Servable;
  /** Whether it is ready; whether all that were to be loaded at the start are, without a name. */
  isReady(name?: string, version?: string): boolean;
  /** What the store has and what is loaded, sorted by name and version. */
  list(): ModelStatus[];
  /** Has a listener called after what `isReady` and `list` give has changed; what it gives ends that. */
  onChange?(listener: () => void): () => void;
  /** Loads a version of the store, the newest unless named; when it is ready, it takes the place of what it replaces. */
  load(name: string, options?: LoadOptions): Promise<ModelInfo>;
  /** Lets it finish what it has, and frees it: the version, or all. */
  unload(name: string, version?: string): Promise<void>;
  /** Requests without a version go to this one. */
  setDefault(name: string, version: string): Promise<void>;
  /** Changes how many requests (or batches) of it run at the same time. */
  scale(name: string, instances: number, version?: string): Promise<void>;
}

/** How a version is loaded, beside what its archive says. */
export interface LoadOptions {
  /** The version; the newest of the store, unless given. */
  version?: string;
  /** How many requests (or batches) run at the same time, over one copy of the weights. */
  instances?: number;
  /** How its requests are batched; as its archive says, unless given. */
  batching?: Batching;
  /** The most rows that wait; more are refused. */
  maxQueueRows?: number;
  /**
   * How long a batch may run, in milliseconds; for ever, unless given. A process of its own is ended where one runs longer,
   * and starts anew; without one, the model is not ready meanwhile.
   */
  maxRunMs?: number;
  /** Where it runs: `cpu`, `cuda:0`. */
  device?: string;
}
