/**
 * `torch.nn`: layers and models.
 *
 * @packageDocumentation
 */
/** The layers as functions, as `torch.nn.functional`. */
export * as functional from './functional/index.js';
/** Values that parameters start from, as `torch.nn.init`. */
export * as init from './init.js';
/** Help around training, as `torch.nn.utils`. */
export * as utils from './utils.js';
export { Parameter } from './parameter.js';
export { Module, type LoadResult, type StateDict } from './modules/module.js';
export { type FactoryOptions } from './modules/options.js';
export * from './modules/activation.js';
export * from './modules/adaptive.js';
export * from './modules/adaptive-softmax.js';
export * from './modules/batchnorm.js';
export * from './modules/container.js';
export * from './modules/conv.js';
export * from './modules/distance.js';
export * from './modules/dropout.js';
export * from './modules/flatten.js';
export * from './modules/lazy.js';
export * from './modules/linear-loss.js';
export * from './modules/linear.js';
export * from './modules/loss.js';
export * from './modules/margin.js';
export * from './modules/normalization.js';
export * from './modules/padding.js';
export * from './modules/pooling.js';
export * from './modules/smooth.js';
export * from './modules/softmax.js';
export * from './modules/sparse.js';
export * from './modules/transposed.js';
export * from './modules/vision.js';
