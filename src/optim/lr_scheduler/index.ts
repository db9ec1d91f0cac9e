/**
 * `torch.optim.lr_scheduler`: learning rates that change while a model is trained.
 *
 * @packageDocumentation
 */
export { LRScheduler, type LRSchedulerOptions, type LRSchedulerStateDict } from './scheduler.js';
export { ChainedScheduler, SequentialLR } from './composed.js';
export {
  CosineAnnealingLR,
  CosineAnnealingWarmRestarts,
  type CosineAnnealingLROptions,
  type CosineAnnealingWarmRestartsOptions,
} from './cosine.js';
export { CyclicLR, type CyclicLROptions } from './cyclic.js';
export { OneCycleLR, type OneCycleLROptions } from './one_cycle.js';
export {
  ConstantLR,
  ExponentialLR,
  LinearLR,
  MultiStepLR,
  PolynomialLR,
  StepLR,
  type ConstantLROptions,
  type LinearLROptions,
  type PolynomialLROptions,
  type StepLROptions,
} from './decay.js';
export { LambdaLR, MultiplicativeLR, type LRLambda } from './lambda.js';
export { ReduceLROnPlateau, type ReduceLROnPlateauOptions } from './plateau.js';
