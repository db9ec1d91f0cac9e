export * from './arithmetic.js';
export * from './logic.js';
export * from './special.js';
