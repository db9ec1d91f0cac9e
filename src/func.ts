/**
 * `torch.func`: functions of functions. They make of a function one that computes its derivatives, or one that maps it over
 * a dimension, and may be put inside of each other.
 *
 * @packageDocumentation
 */
export * from './func/index.js';
export { replaceAllBatchNormModules_, stackModuleState } from './nn/utils/ensembles.js';
export { functionalCall } from './nn/utils/stateless.js';
