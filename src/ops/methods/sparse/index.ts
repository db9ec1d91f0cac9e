export * from './layouts.js';
export * from './parts.js';
