/** The operators that are methods only. */
export * from './blas/index.js';
export * from './comparison/index.js';
export * from './creation/index.js';
export * from './indexing/index.js';
export * from './pointwise/index.js';
export * from './quantized/index.js';
export * from './random/index.js';
export * from './reduction/index.js';
export * from './shape/index.js';
export * from './sparse/index.js';
