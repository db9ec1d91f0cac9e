/**
 * `torch.autograd.graph`: what autograd keeps between the passes.
 *
 * @packageDocumentation
 */
export { incrementVersion, saveOnCpu, savedTensorsHooks } from './saved-tensors.js';
