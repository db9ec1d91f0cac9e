export * from './in-place.js';
