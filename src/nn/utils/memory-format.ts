import type { MemoryFormat } from '../../device.js';
import { Tensor } from '../../tensor.js';
import { Conv2d, Conv3d } from '../modules/conv.js';
import type { Module } from '../modules/module.js';
import { ConvTranspose2d, ConvTranspose3d } from '../modules/transposed.js';

type Layer = new (...args: never[]) => { weight: Tensor };

function convert(module: Module<never, unknown>, memoryFormat: MemoryFormat, layers: readonly Layer[]): void {
  for (const each of module.modules()) {
    if (!layers.some((Class) => (each as object) instanceof Class)) continue;
    const { weight } = each as unknown as { weight: Tensor };
    weight.data = weight.data.contiguous({ memoryFormat });
  }
}

/**
 * Puts the weights of two-dimensional convolutions in a module into an order in memory; the rest stays.
 *
 * @returns the module
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.utils.convert_conv2d_weight_memory_format.html
 * @example
 * const model = new nn.Sequential(new nn.Conv2d(2, 3, 2))
 * nn.utils.convertConv2dWeightMemoryFormat(model, 'channels_last')
 * model.at(0).weight.stride() // [ 8, 1, 4, 2 ]
 */
export function convertConv2dWeightMemoryFormat<M extends Module<never, unknown>>(
  module: M,
  memoryFormat: MemoryFormat,
): M {
  convert(module, memoryFormat, [Conv2d, ConvTranspose2d]);
  return module;
}

/**
 * Puts the weights of three-dimensional convolutions in a module into an order in memory; the rest stays.
 *
 * @returns the module
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.utils.convert_conv3d_weight_memory_format.html
 * @example
 * const layer = new nn.Conv3d(2, 3, 2)
 * nn.utils.convertConv3dWeightMemoryFormat(layer, 'channels_last_3d')
 * layer.weight.stride() // [ 16, 1, 8, 4, 2 ]
 */
export function convertConv3dWeightMemoryFormat<M extends Module<never, unknown>>(
  module: M,
  memoryFormat: MemoryFormat,
): M {
  convert(module, memoryFormat, [Conv3d, ConvTranspose3d]);
  return module;
}
