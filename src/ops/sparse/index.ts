export * from './creation.js';
export * from './products.js';
