/**
 * `torch.func`: functions of functions. They make of a function one that computes its derivatives, or one that maps it over
 * a dimension, and may be put inside of each other.
 *
 * @packageDocumentation
 */
export { vmap, type BatchDims, type VmapOptions } from './batching.js';
export { grad, gradAndValue, vjp, type Argnums, type GradTransformOptions, type Vjp } from './gradients.js';
export { jvp, linearize, type JvpOptions } from './forward.js';
export { hessian, jacfwd, jacrev, type JacobianOptions } from './jacobians.js';
