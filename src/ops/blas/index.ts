export * from './distances.js';
export * from './products.js';
export * from './solvers.js';
