export * from './adaptive-avg-pool1d-to-conv-transpose1d.js';
export * from './conv-transpose2d-to-hinge-embedding-loss.js';
export * from './instance-norm-to-relu.js';
export * from './rms-norm-to-triplet-margin-loss.js';
