/** The functions of `torch`. */
export * from './backend/index.js';
export * from './blas/index.js';
export * from './comparison.js';
export * from './creation/index.js';
export * from './indexing/index.js';
export * from './neural/torch/index.js';
export * from './pointwise/index.js';
export * from './quantized.js';
export * from './random/index.js';
export * from './reduction/index.js';
export * from './shape/index.js';
export * from './signal.js';
export * from './sparse/index.js';
