export * from './linalg--powsum-to-linalg-lu.js';
export * from './linalg-lu-factor-to-linalg-svdvals.js';
export * from './linalg-tensorinv-to-linalg-vector-norm.js';
