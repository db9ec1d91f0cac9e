export * from './argwhere-to-put.js';
export * from './scatter-to-where.js';
