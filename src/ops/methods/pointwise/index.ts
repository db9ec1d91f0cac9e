export * from './absolute-to-logical-and.js';
export * from './logical-not-to-true-divide.js';
