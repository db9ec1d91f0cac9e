export { FunctionContext, Function } from './function.js';
export { backward, backwardAsync, grad, type GradOptions } from './grad.js';
export { gradcheck, type GradcheckOptions } from './gradcheck.js';
export { enableGrad, inferenceMode, noGrad, setGradEnabled } from './modes.js';
export { detectAnomaly } from './anomaly.js';
