export { datatypes, type Datatype } from './datatypes.js';
export type * from './types.js';
