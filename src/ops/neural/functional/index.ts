export * from './activation.js';
export * from './convolution.js';
export * from './linear.js';
export * from './loss.js';
export * from './padding.js';
export * from './pooling.js';
export * from './upsampling.js';
