import { binding } from './binding.js';
import { isDtype, type Dtype } from './dtype.js';
import { wrongArgument } from './errors.js';
import { handleOf, wrap } from './ops/call.js';
import { Tensor } from './tensor.js';

/** What {@link memoryStats} counts. */
export interface MemoryStats {
  /** The tensors that JavaScript holds in this thread. */
  tensors: number;
  /** The bytes of their storages, each counted once. */
  bytes: number;
}

/**
 * Counts the tensors that JavaScript holds in this thread, and their bytes: for leak tests.
 *
 * @example
 * torch.memoryStats().tensors >= 0 // true
 */
export function memoryStats(): MemoryStats {
  return binding.memoryStats();
}

/**
 * Sets the number of threads that one operation on the CPU may use.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.set_num_threads.html
 * @example
 * torch.setNumThreads(1)
 * torch.getNumThreads() // 1
 */
export function setNumThreads(n: number): void {
  binding.setNumThreads(n);
}

/**
 * The number of threads that one operation on the CPU may use.
 *
 * @example
 * torch.getNumThreads() >= 1 // true
 */
export function getNumThreads(): number {
  return binding.getNumThreads();
}

/**
 * Sets how many `Async` calls may run at once, each on a thread of the addon's own.
 *
 * @example
 * torch.setAsyncThreads(2)
 */
export function setAsyncThreads(n: number): void {
  binding.setExecutorThreads(n);
}

/**
 * Sets the dtype of floating point tensors that are given none.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.set_default_dtype.html
 * @example
 * torch.setDefaultDtype('float32')
 */
export function setDefaultDtype(dtype: Dtype): void {
  if (!isDtype(dtype)) throw wrongArgument('setDefaultDtype', 'dtype', "a dtype such as 'float32'", dtype);
  binding.setDefaultDtype(dtype);
}

/**
 * The dtype of floating point tensors that are given none.
 *
 * @example
 * torch.getDefaultDtype() // 'float32'
 */
export function getDefaultDtype(): Dtype {
  return binding.getDefaultDtype() as Dtype;
}

/**
 * Whether a value is a tensor.
 *
 * @example
 * torch.isTensor([1]) // false
 */
export function isTensor(value: unknown): value is Tensor {
  return value instanceof Tensor;
}

/** A tensor on its way to another worker of this process, for `postMessage`. */
export interface SharedTensor {
  /** The ticket that {@link receive} takes, once. */
  readonly flambeauTensor: number;
}

/**
 * Readies a tensor for another worker of this process: send the result by `postMessage`, and {@link receive} it there.
 * Both tensors share their memory. A tensor with a graph is detached first.
 *
 * @example
 * torch.receive(torch.share(torch.ones(2))) // tensor([1., 1.])
 */
export function share(tensor: Tensor): SharedTensor {
  if (!isTensor(tensor)) throw wrongArgument('share', 'tensor', 'Tensor', tensor);
  return { flambeauTensor: binding.share(handleOf(tensor)) };
}

/**
 * Takes a tensor that another worker shared. Each can be taken once.
 *
 * @throws when it was taken before, or comes from another process
 * @example
 * torch.receive(torch.share(torch.zeros(1))) // tensor([0.])
 */
export function receive(shared: SharedTensor): Tensor {
  if (typeof shared?.flambeauTensor !== 'number')
    throw wrongArgument('receive', 'shared', 'what share() returned', shared);
  return wrap(binding.receive(shared.flambeauTensor));
}

/**
 * LibTorch's version.
 *
 * @example
 * typeof torch.libtorchVersion() // 'string'
 */
export function libtorchVersion(): string {
  return binding.torchVersion();
}
