export { FunctionContext, Function } from './function.js';
export { backward, backwardAsync, grad, type GradOptions } from './grad.js';
export { gradcheck, gradgradcheck, type GradcheckOptions, type GradgradcheckOptions } from './gradcheck.js';
export { enableGrad, inferenceMode, noGrad, setGradEnabled } from './modes.js';
export { detectAnomaly } from './anomaly.js';
/** What autograd keeps between the passes, as `torch.autograd.graph`. */
export * as graph from './graph.js';
/** Derivatives in one forward pass, as `torch.autograd.forward_ad`. */
export * as forwardAD from './forward-ad.js';
/** Jacobians, Hessians and products with them, as `torch.autograd.functional`. */
export * as functional from './functional.js';
