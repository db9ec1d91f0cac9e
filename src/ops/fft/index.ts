export * from './complex.js';
export * from './frequencies.js';
export * from './hermitian.js';
export * from './real.js';
