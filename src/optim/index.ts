/**
 * `torch.optim`: optimizers.
 *
 * @packageDocumentation
 */
export { Optimizer, type OptimizerStateDict, type ParamGroup, type ParamState, type Params } from './optimizer.js';
export { Adam, type AdamOptions } from './adam.js';
export { SGD, type SGDOptions } from './sgd.js';
