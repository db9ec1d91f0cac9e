export { datatypes, type Datatype } from './datatypes.js';
export type * from './types.js';
export {
  Client,
  type CallOptions,
  type ClientOptions,
  type LoadCallOptions,
  type ModelCallOptions,
  type PredictOptions,
} from './client/client.js';
export { grpc } from './grpc/listener.js';
export type { GrpcOptions, TlsFiles } from './grpc/server.js';
export type { ModelMetadata, ServerMetadata } from './client/transport.js';
export { createServer, Server, type DrainOptions, type ServerOptions } from './server.js';
export { defaultLimits, type Limits } from './http/limits.js';
export type { HttpHandler, ListenOptions, Listener } from './http/listener.js';
export type { Caller, Context, Outcome, Verb } from './context.js';
export type { Reply, Route, RouteRequest } from './http/router.js';
export { openSecurity, type Rates, type Security, type SecurityOptions } from './security/security.js';
export { verifyAudit, type AuditVerdict, type Problem as AuditProblem } from './security/audit-file.js';
export type { Rate } from './security/rate.js';
export type { TlsPaths, TlsSource } from './security/tls.js';
export { Statistics, modelStats, type Duration } from './statistics.js';
export { loadServable, servableOf, type Runnable } from './models/load.js';
export type { Handler, HandlerContext, HandlerRequest, HandlerValue } from './models/handler.js';
export { Registry, type Loader, type RegistryOptions } from './registry/registry.js';
export type { State, Wanted } from './registry/snapshot.js';
export { createLog, logLevels, type Log, type LogLevel, type LogOptions } from './log.js';
export { createMetrics, type Metrics, type MetricsOptions } from './metrics.js';
export type { ArchiveOptions } from './store/archive.js';
export type { Example } from './store/describe.js';
export type { Manifest } from './store/manifest.js';
export type { FetchPolicy } from './store/fetch.js';
export { ModelStore, type FetchOptions, type StoredModel } from './store/store.js';
export { isolate, Isolation, type IsolationOptions } from './isolation/index.js';
