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
