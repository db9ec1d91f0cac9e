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
export type { ModelMetadata, ServerMetadata } from './client/transport.js';
export { loadServable, servableOf, type Runnable } from './models/load.js';
export type { Handler, HandlerContext, HandlerRequest, HandlerValue } from './models/handler.js';
