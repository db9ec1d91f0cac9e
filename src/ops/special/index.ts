export * from './bessel.js';
export * from './error.js';
export * from './exponential.js';
export * from './gamma.js';
export * from './polynomials.js';
