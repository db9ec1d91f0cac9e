/**
 * `torch.autograd.forwardAD`: derivatives in one forward pass, as `torch.autograd.forward_ad`.
 *
 * @packageDocumentation
 */
export { dualLevel, makeDual, unpackDual } from './dual.js';
