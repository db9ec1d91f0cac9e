/**
 * `torch.autograd.graph`: what autograd keeps between the passes.
 *
 * @packageDocumentation
 */
export { saveOnCpu, savedTensorsHooks } from './saved-tensors.js';
