export * from './copies.js';
export * from './filling.js';
export * from './joining.js';
export * from './permuting.js';
export * from './queries.js';
export * from './splitting.js';
export * from './views.js';
