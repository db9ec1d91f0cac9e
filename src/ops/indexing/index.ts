export * from './scatter.js';
export * from './search.js';
export * from './select.js';
export * from './triangle.js';
export * from './unique.js';
