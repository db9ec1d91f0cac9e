export * from './memory.js';
export * from './views.js';
