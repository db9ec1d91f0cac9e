/**
 * PyTorch for Node.js.
 *
 * @packageDocumentation
 */
export * from './ops/functions.js';
export * as linalg from './ops/linalg/index.js';
export * as fft from './ops/fft/index.js';
export * as special from './ops/special/index.js';
export * as sparse from './ops/sparse/functional.js';
export * as nested from './ops/nested.js';
export { ops, type Ops, type RawNamespace, type RawOperator } from './ops/raw.js';

export {
  Tensor,
  fromTypedArray,
  tensor,
  type BackwardOptions,
  type RemovableHandle,
  type ToOptions,
} from './tensor.js';
export { Generator, defaultGenerator, getRngState, initialSeed, manualSeed, setRngState } from './generator.js';
export { Slice, slice, type Index } from './tensor/index.js';
export { keep, scope } from './tensor/scope.js';
export type { Element, NestedArray, TypedArray } from './tensor/data.js';
export { setPrintOptions, type PrintOptions } from './tensor/print.js';
export * from './dtype.js';
export {
  Complex,
  type Dims,
  type Extent,
  type LikeOptions,
  type Named,
  type Scalar,
  type Size,
  type Sizes,
  type TensorOptions,
} from './shape.js';
export type { Device, Layout, MemoryFormat } from './device.js';
export { DisposedError, FlambeauError, OutOfMemoryError, errors, type ErrorCode } from './errors.js';

export * as autograd from './autograd/index.js';
export {
  enableGrad,
  inferenceMode,
  isGradEnabled,
  isInferenceModeEnabled,
  noGrad,
  setGradEnabled,
} from './autograd/modes.js';
export * as nn from './nn/index.js';
export * as optim from './optim/index.js';
export * as data from './data/index.js';
export * as cuda from './cuda.js';
export * from './runtime.js';
export { load, loadSync, save, saveSync, type Saveable } from './serialization/checkpoint.js';
