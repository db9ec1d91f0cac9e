/**
 * `torch.utils`: what serves models of every kind.
 *
 * @packageDocumentation
 */
export { checkpoint, checkpointSequential, type CheckpointOptions } from './autograd/checkpoint.js';
