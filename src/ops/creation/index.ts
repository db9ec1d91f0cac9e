export * from './arange-to-linspace.js';
export * from './logspace-to-zeros-like.js';
