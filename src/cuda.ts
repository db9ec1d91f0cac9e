import { binding } from './binding.js';
import { FlambeauError, wrongArgument } from './errors.js';

/** A GPU: its index, or its name as a device. */
export type DeviceIndex = number | `cuda:${number}` | 'cuda';

function indexOf(func: string, device?: DeviceIndex): number | undefined {
  if (!isAvailable()) {
    throw new FlambeauError(
      'DEVICE_UNAVAILABLE',
      `cuda.${func}(): CUDA is not available; \`npx flambeau doctor\` says what is missing`,
    );
  }
  if (device === undefined || device === 'cuda') return undefined;
  if (typeof device === 'number') return device;
  const match = /^cuda:(\d+)$/.exec(device);
  if (!match) throw wrongArgument(`cuda.${func}`, 'device', "a number, 'cuda' or 'cuda:<index>'", device);
  return Number(match[1]);
}

/**
 * Whether LibTorch was built with CUDA and finds a GPU and its driver.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.cuda.is_available.html
 * @example
 * typeof torch.cuda.isAvailable() // 'boolean'
 */
export function isAvailable(): boolean {
  return binding.acceleratorType() === 'cuda';
}

/**
 * The number of GPUs.
 *
 * @example
 * torch.cuda.deviceCount() >= 0 // true
 */
export function deviceCount(): number {
  return isAvailable() ? binding.deviceCount() : 0;
}

/**
 * The index of the GPU that `'cuda'` stands for.
 *
 * @throws when there is no GPU, or no such one
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.cuda.current_device.html
 * @example
 * if (torch.cuda.isAvailable()) torch.cuda.currentDevice()
 */
export function currentDevice(): number {
  indexOf('currentDevice');
  return binding.currentDevice();
}

/**
 * Makes `'cuda'` stand for another GPU.
 *
 * @throws when there is no GPU, or no such one
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.cuda.set_device.html
 * @example
 * if (torch.cuda.deviceCount() > 1) torch.cuda.setDevice(1)
 */
export function setDevice(device: DeviceIndex): void {
  const index = indexOf('setDevice', device);
  if (index !== undefined) binding.setDevice(index);
}

/**
 * The product name of a GPU, as the driver knows it.
 *
 * @throws when there is no GPU, or no such one
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.cuda.get_device_name.html
 * @example
 * if (torch.cuda.isAvailable()) torch.cuda.getDeviceName(0)
 */
export function getDeviceName(device?: DeviceIndex): string {
  return binding.deviceName(indexOf('getDeviceName', device));
}

/**
 * Waits until a GPU has finished what it was given.
 *
 * @throws when there is no GPU, or no such one
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.cuda.synchronize.html
 * @example
 * if (torch.cuda.isAvailable()) torch.cuda.synchronize()
 */
export function synchronize(device?: DeviceIndex): void {
  binding.synchronize(indexOf('synchronize', device));
}

/**
 * {@link synchronize} without blocking the event loop.
 *
 * @throws when there is no GPU, or no such one
 * @example
 * if (torch.cuda.isAvailable()) await torch.cuda.synchronizeAsync()
 */
export async function synchronizeAsync(device?: DeviceIndex): Promise<void> {
  await binding.synchronizeAsync(indexOf('synchronizeAsync', device));
}

/**
 * The bytes that tensors hold on a GPU.
 *
 * @throws when there is no GPU, or no such one
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.cuda.memory.memory_allocated.html
 * @example
 * if (torch.cuda.isAvailable()) torch.cuda.memoryAllocated('cuda:0')
 */
export function memoryAllocated(device?: DeviceIndex): number {
  return binding.deviceMemory(indexOf('memoryAllocated', device)).allocated;
}

/**
 * The most bytes that tensors have held on a GPU.
 *
 * @throws when there is no GPU, or no such one
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.cuda.memory.max_memory_allocated.html
 * @example
 * if (torch.cuda.isAvailable()) torch.cuda.maxMemoryAllocated()
 */
export function maxMemoryAllocated(device?: DeviceIndex): number {
  return binding.deviceMemory(indexOf('maxMemoryAllocated', device)).peakAllocated;
}

/**
 * The bytes that the caching allocator has of a GPU.
 *
 * @throws when there is no GPU, or no such one
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.cuda.memory.memory_reserved.html
 * @example
 * if (torch.cuda.isAvailable()) torch.cuda.memoryReserved()
 */
export function memoryReserved(device?: DeviceIndex): number {
  return binding.deviceMemory(indexOf('memoryReserved', device)).reserved;
}

/**
 * Forgets the peak that {@link maxMemoryAllocated} tells.
 *
 * @throws when there is no GPU, or no such one
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.cuda.memory.reset_peak_memory_stats.html
 * @example
 * if (torch.cuda.isAvailable()) torch.cuda.resetPeakMemoryStats()
 */
export function resetPeakMemoryStats(device?: DeviceIndex): void {
  binding.resetPeakMemory(indexOf('resetPeakMemoryStats', device));
}

/**
 * Gives memory that no tensor uses back to the driver.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.cuda.memory.empty_cache.html
 * @example
 * torch.cuda.emptyCache()
 */
export function emptyCache(): void {
  if (isAvailable()) binding.emptyCache();
}
