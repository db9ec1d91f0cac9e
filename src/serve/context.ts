import type { Statistics } from './statistics.js';
import type { TlsSource } from './security/tls.js';
import type { Models, Timing } from './types.js';

/** Who makes a request. */
export interface Caller {
  /** What it speaks. */
  protocol: 'http' | 'grpc';
  /** The header or the metadata of that name, as it came. */
  authorization?: string;
  /** The address that it comes from. */
  remote: string;
  /** Its own `x-request-id`, or one that the server made. */
  requestId: string;
}

/** What a token may be allowed: to run models, to see what there is, to change it, to read metrics. */
export type Verb = 'infer' | 'read' | 'manage' | 'metrics';

/** How a request ended. */
export interface Outcome {
  /** Who asked. */
  caller: Caller;
  /** What was called: `POST /v2/models/{name}/infer`, `inference.GRPCInferenceService/ModelInfer`. */
  route: string;
  /** What it needed a token for; nothing for probes. */
  verb?: Verb;
  /** The model that it named. */
  model?: string;
  /** The version that answered. */
  version?: string;
  /** `OK`, or the code of the error. */
  code: string;
  /** The status that was answered, of HTTP. */
  status?: number;
  /** Milliseconds from the first byte of the request to the last one of the answer. */
  durationMs: number;
  /** Where the time of the model went. */
  timing?: Timing;
  /** The bytes of its body. */
  bytesIn?: number;
  /** The bytes of the answer's. */
  bytesOut?: number;
  /** The rows that the request had. */
  rows?: number;
  /** What was thrown. The answer may not say it; the log does. */
  error?: unknown;
}

/** What the protocols need of the server that they stand in. */
export interface Context {
  /** What is served. */
  models: Models;
  /** What became of the requests of each model. */
  statistics: Statistics;
  /** Throws `UNAUTHENTICATED`, `FORBIDDEN` or `RATE_LIMITED`. Probes do not ask. */
  authorize(caller: Caller, verb: Verb, model?: string): void;
  /**
   * For what is about several models, or tells late which one it is about: throws as `authorize` does where a caller may do
   * it to no model, and tells to which. What changes a model asks `authorize` for it besides. Without it, such requests need
   * leave for all models.
   */
  admit?(caller: Caller, verb: Verb): (model: string) => boolean;
  /** Takes note of how a request ended: metrics and the access log. */
  record(outcome: Outcome): void;
  /** Throws where a listener may not be at an address; asked before it listens. */
  checkListener?(name: string, host: string, secure: boolean): void;
  /** The certificate of listeners that have none of their own. */
  readonly tls?: TlsSource;
  /** Has a listener called after the state, or what models are ready, has changed; what it gives ends that. */
  onChange?(listener: () => void): () => void;
  /** Whether the server takes requests, or is on its way down. */
  state(): 'starting' | 'ready' | 'draining';
}
