export { datatypes, type Datatype } from './datatypes.js';
export type * from './types.js';
export { loadServable, servableOf, type Runnable } from './models/load.js';
export type { Handler, HandlerContext, HandlerRequest, HandlerValue } from './models/handler.js';
