export * from './decompositions.js';
export * from './norms.js';
export * from './products.js';
export * from './solvers.js';
