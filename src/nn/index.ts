/**
 * `torch.nn`: layers and models.
 *
 * @packageDocumentation
 */
/** The layers as functions, as `torch.nn.functional`. */
export * as functional from './functional/index.js';
/** Values that parameters start from, as `torch.nn.init`. */
export * as init from './init.js';
/** Help around modules and their training, as `torch.nn.utils`. */
export * as utils from './utils/index.js';
export { Parameter } from './parameter.js';
export { Module } from './modules/module.js';
export type { LoadResult, LoadStateDictOptions, StateDict } from './modules/state.js';
export type {
  BackwardHook,
  BackwardPreHook,
  ForwardHook,
  ForwardPreHook,
  HookGradients,
  LoadPostHook,
  LoadPreHook,
  StatePostHook,
  StatePreHook,
} from './modules/hooks.js';
export { type FactoryOptions } from './modules/options.js';
export * from './modules/activation.js';
export { MultiheadAttention, type AttentionOptions, type MultiheadAttentionOptions } from './modules/attention.js';
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
export * from './modules/rnn.js';
export * from './modules/rnncell.js';
export * from './modules/smooth.js';
export * from './modules/softmax.js';
export * from './modules/transformer-layers.js';
export * from './modules/transformer.js';
export * from './modules/sparse.js';
export * from './modules/transposed.js';
export * from './modules/vision.js';
