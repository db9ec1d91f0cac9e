export * from './adaptive-avg-pool2d-to-hardswish.js';
export * from './hardswish-to-mse-loss.js';
export * from './multi-margin-loss-to-rrelu-with-noise.js';
export * from './scaled-dot-product-attention-to-upsample-linear1d.js';
export * from './upsample-nearest1d-to-upsample-trilinear3d.js';
