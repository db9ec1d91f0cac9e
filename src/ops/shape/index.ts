export * from './adjoint-to-detach-copy.js';
export * from './diag-embed-to-meshgrid.js';
export * from './moveaxis-to-squeeze-copy.js';
export * from './stack-to-view-as-complex.js';
export * from './view-as-complex-copy-to-zero.js';
