export { datatypes, type Datatype } from './datatypes.js';
export type * from './types.js';
export { Registry, type Loader, type RegistryOptions } from './registry/registry.js';
export type { ArchiveOptions } from './store/archive.js';
export type { Example } from './store/describe.js';
export type { Manifest } from './store/manifest.js';
export type { FetchPolicy } from './store/fetch.js';
export { ModelStore, type FetchOptions, type StoredModel } from './store/store.js';
