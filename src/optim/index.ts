/**
 * `torch.optim`: optimizers.
 *
 * @packageDocumentation
 */
/** Learning rates that change while a model is trained, as `torch.optim.lrScheduler`. */
export * as lrScheduler from './lr_scheduler/index.js';
/** Averages of a model's weights over training, as `torch.optim.swaUtils`. */
export * as swaUtils from './swa_utils.js';
export { Optimizer, type GroupParams, type ParamGroup, type Params } from './optimizer.js';
export { type OptimizerStateDict, type ParamState, type StateValue } from './state.js';
export { type CapturableOptions, type DenseOptions, type FusedOptions, type OptimizerOptions } from './options.js';
export {
  registerOptimizerStepPostHook,
  registerOptimizerStepPreHook,
  type StateDictHook,
  type StateHook,
  type StepPostHook,
  type StepPreHook,
} from './hooks.js';
export { Adadelta, type AdadeltaOptions } from './adadelta.js';
export { Adafactor, type AdafactorOptions } from './adafactor.js';
export { Adagrad, type AdagradOptions } from './adagrad.js';
export { Adam, type AdamOptions } from './adam.js';
export { Adamax, type AdamaxOptions } from './adamax.js';
export { AdamW, type AdamWOptions } from './adamw.js';
export { ASGD, type ASGDOptions } from './asgd.js';
export { LBFGS, type LBFGSOptions } from './lbfgs.js';
export { Muon, type MuonOptions } from './muon.js';
export { NAdam, type NAdamOptions } from './nadam.js';
export { RAdam, type RAdamOptions } from './radam.js';
export { RMSprop, type RMSpropOptions } from './rmsprop.js';
export { Rprop, type RpropOptions } from './rprop.js';
export { SGD, type SGDOptions } from './sgd.js';
export { SparseAdam, type SparseAdamOptions } from './sparse_adam.js';
