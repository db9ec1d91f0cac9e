export * from './distributions.js';
export * from './factories.js';
