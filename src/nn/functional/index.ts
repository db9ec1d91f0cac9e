/**
 * `torch.nn.functional`: the operators of neural networks as functions.
 *
 * @packageDocumentation
 */
export * from '../../ops/neural/functional/index.js';
export { multiHeadAttentionForward, type MultiHeadAttentionForwardOptions } from './attention.js';
export {
  avgPool1d,
  adaptiveAvgPool1d,
  bilinear,
  conv1d,
  conv2d,
  conv3d,
  convTranspose1d,
  convTranspose2d,
  convTranspose3d,
  logSoftmax,
  maxPool1d,
  maxPool2d,
  maxPool3d,
  pixelShuffle,
  pixelUnshuffle,
  prelu,
  relu,
  relu_,
  selu,
  celu,
  celu_,
  hardshrink,
  rrelu,
  rrelu_,
  selu_,
  softmax,
  threshold,
  threshold_,
} from '../../ops/neural/torch/index.js';
export { sigmoid, tanh } from '../../ops/pointwise/index.js';
export { gumbelSoftmax, softmin, softsign, tanhshrink, type GumbelSoftmaxOptions } from './activation.js';
export { batchNorm, type BatchNormOptions } from './normalization.js';
export { dropout } from './dropout.js';
export {
  binaryCrossEntropyWithLogits,
  crossEntropy,
  l1Loss,
  mseLoss,
  nllLoss,
  type BinaryCrossEntropyOptions,
  type CrossEntropyOptions,
  type Reduction,
} from './loss.js';
