/**
 * PyTorch for Node.js.
 *
 * @packageDocumentation
 */
export * from './ops/functions.js';
/** Linear algebra: decompositions, solvers and norms, as `torch.linalg`. */
export * as linalg from './ops/linalg/index.js';
/** Discrete Fourier transforms, as `torch.fft`. */
export * as fft from './ops/fft/index.js';
/** Special functions, as `torch.special`. */
export * as special from './ops/special/index.js';
/** Functions of sparse tensors, as `torch.sparse`. */
export * as sparse from './ops/sparse/functional.js';
/** Functions of nested tensors, whose parts differ in size, as `torch.nested`. */
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
export type { AbortOptions } from './abort.js';
export type { Device, Layout, MemoryFormat } from './device.js';
export { DisposedError, FlambeauError, OutOfMemoryError, errors, type ErrorCode } from './errors.js';

/** Gradients, and functions with gradients of their own, as `torch.autograd`. */
export * as autograd from './autograd/index.js';
export {
  enableGrad,
  inferenceMode,
  isGradEnabled,
  isInferenceModeEnabled,
  noGrad,
  setGradEnabled,
} from './autograd/modes.js';
export * from './graph/index.js';
/** Programs of Python's `torch.export`, read, run, trained and written, as `torch.export`. */
export * as export from './export/index.js';
/** Functions of functions: derivatives and maps, as `torch.func`. */
export * as func from './func.js';
export { vmap } from './func/batching.js';
/** What serves models of every kind, as `torch.utils`. */
export * as utils from './utils.js';
/** Training in mixed precision, as `torch.amp`. */
export * as amp from './amp/index.js';
export { autocast, getAutocastDtype, isAutocastEnabled, type AutocastOptions } from './amp/autocast.js';
/** Models of TorchScript: loaded, run, trained, traced and saved, as `torch.jit`. */
export * as jit from './jit/index.js';
/** Layers and models, as `torch.nn`. */
export * as nn from './nn/index.js';
/** Optimizers, as `torch.optim`. */
export * as optim from './optim/index.js';
/** Probability distributions, as `torch.distributions`. */
export * as distributions from './distributions/index.js';
/** Data sets and batches, as `torch.utils.data`. */
export * as data from './data/index.js';
/** NVIDIA GPUs and their memory, as `torch.cuda`. */
export * as cuda from './cuda.js';
export * from './constants.js';
export * from './conversions.js';
export * from './dtype-info.js';
export * from './runtime.js';
export * from './settings.js';
export { load, loadSync, type LoadOptions, type LoadSource } from './serialization/load.js';
export type { MapLocation } from './serialization/place.js';
export { save, saveSync, type Saveable } from './serialization/save.js';
/** Files of tensors by name, as `safetensors.torch`. */
export * as safetensors from './serialization/safetensors/index.js';
/** Files of NumPy's arrays: `.npy` and `.npz`. The names say which, as the two give different things. */
export * as numpy from './serialization/numpy/index.js';
