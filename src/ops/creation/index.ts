export * from './copies.js';
export * from './filled.js';
export * from './sequences.js';
export * from './windows.js';
