/**
 * `torch.utils`: what serves models of every kind.
 *
 * @packageDocumentation
 */
export { checkpoint, type CheckpointOptions } from './autograd/checkpoint.js';
