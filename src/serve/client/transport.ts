import type { LoadOptions, ModelStatus, NamedTensor, Parameters, TensorSpec } from '../types.js';

/** What a server says of itself. */
export interface ServerMetadata {
  /** Its name. */
  name: string;
  /** Its version. */
  version: string;
  /** The extensions of the protocol that it has. */
  extensions: string[];
}

/** What a server says of a model. */
export interface ModelMetadata {
  /** Its name. */
  name: string;
  /** Its versions that are ready. */
  versions: string[];
  /** What it is, as `pytorch_export`. */
  platform: string;
  /** What it takes. */
  inputs: TensorSpec[];
  /** What it gives. */
  outputs: TensorSpec[];
}

/** A request as it is sent. */
export interface SentRequest {
  model: string;
  version?: string;
  inputs: readonly NamedTensor[];
  outputs?: readonly string[];
  parameters: Parameters;
}

/** One attempt. */
export interface Attempt {
  signal: AbortSignal;
  leftMs: number;
}

/** One protocol. Failures are `AttemptError`. */
export interface Transport {
  infer(request: SentRequest, attempt: Attempt): Promise<NamedTensor[]>;
  live(attempt: Attempt): Promise<boolean>;
  ready(model: string | undefined, version: string | undefined, attempt: Attempt): Promise<boolean>;
  serverMetadata(attempt: Attempt): Promise<ServerMetadata>;
  modelMetadata(model: string, version: string | undefined, attempt: Attempt): Promise<ModelMetadata>;
  index(attempt: Attempt): Promise<Omit<ModelStatus, 'isDefault'>[]>;
  load(model: string, options: Pick<LoadOptions, 'version' | 'instances'>, attempt: Attempt): Promise<void>;
  unload(model: string, version: string | undefined, attempt: Attempt): Promise<void>;
  scale(model: string, instances: number, version: string | undefined, attempt: Attempt): Promise<void>;
  close(): void;
}

/** How a server is reached. */
export interface Endpoint {
  url: URL;
  token?: string;
  ca?: string | Buffer;
}
