export { datatypes, type Datatype } from './datatypes.js';
export type * from './types.js';
export { createServer, Server, type DrainOptions, type ServerOptions } from './server.js';
export { defaultLimits, type Limits } from './http/limits.js';
export type { Handler, ListenOptions, Listener } from './http/listener.js';
export type { Caller, Context, Outcome, Verb } from './context.js';
export type { Reply, Route, RouteRequest } from './http/router.js';
export { Statistics, modelStats, type Duration } from './statistics.js';
