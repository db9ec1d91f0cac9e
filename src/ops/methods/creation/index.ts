export * from './like.js';
