export * from './extremes.js';
export * from './norms.js';
export * from './statistics.js';
export * from './sums.js';
