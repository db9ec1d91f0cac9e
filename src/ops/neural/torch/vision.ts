import { fn } from '../../op.js';
import type { Scalar, Size } from '../../../shape.js';
import type { Tensor } from '../../../tensor.js';

/**
 * The grid that {@link gridSampler} takes, of affine matrices.
 *
 * @example
 * torch.affineGridGenerator(torch.ones(1, 2, 3), [1, 1, 2, 2], false).shape // [ 1, 2, 2, 2 ]
 */
export const affineGridGenerator =
  fn<(theta: Tensor, size: Size, alignCorners: boolean) => Tensor>('aten::affine_grid_generator');

/**
 * Mixes the channels of groups.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.channel_shuffle.html
 * @example
 * torch.channelShuffle(torch.arange(4).view(1, 4, 1), 2).flatten() // tensor([0, 2, 1, 3])
 */
export const channelShuffle = fn<(input: Tensor, groups: number) => Tensor>('aten::channel_shuffle');

/** What {@link constantPadNd} takes by name. */
export interface ConstantPadNdOptions {
  /** The value. */
  value?: Scalar;
}

/**
 * The input with a value around it.
 *
 * @example
 * torch.constantPadNd(torch.ones(1), [1, 1], 5) // tensor([5., 1., 5.])
 */
export const constantPadNd =
  fn<(input: Tensor, pad: Size, value?: Scalar | ConstantPadNdOptions, options?: ConstantPadNdOptions) => Tensor>(
    'aten::constant_pad_nd',
  );

/**
 * Samples images or volumes at the places of a grid.
 *
 * @example
 * torch.gridSampler(torch.ones(1, 1, 2, 2), torch.zeros(1, 1, 1, 2), 0, 0, false) // tensor([[[[1.]]]])
 */
export const gridSampler =
  fn<(input: Tensor, grid: Tensor, interpolationMode: number, paddingMode: number, alignCorners: boolean) => Tensor>(
    'aten::grid_sampler',
  );

/**
 * Samples images at the places of a grid.
 *
 * @example
 * torch.gridSampler2d(torch.ones(1, 1, 2, 2), torch.zeros(1, 1, 1, 2), 0, 0, false) // tensor([[[[1.]]]])
 */
export const gridSampler2d =
  fn<(input: Tensor, grid: Tensor, interpolationMode: number, paddingMode: number, alignCorners: boolean) => Tensor>(
    'aten::grid_sampler_2d',
  );

/**
 * Samples volumes at the places of a grid.
 *
 * @example
 * torch.gridSampler3d(torch.ones(1, 1, 2, 2, 2), torch.zeros(1, 1, 1, 1, 3), 0, 0, false).shape // [ 1, 1, 1, 1, 1 ]
 */
export const gridSampler3d =
  fn<(input: Tensor, grid: Tensor, interpolationMode: number, paddingMode: number, alignCorners: boolean) => Tensor>(
    'aten::grid_sampler_3d',
  );

/**
 * As {@link channelShuffle}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.native_channel_shuffle.html
 * @example
 * torch.nativeChannelShuffle(torch.arange(4).view(1, 4, 1), 2).flatten() // tensor([0, 2, 1, 3])
 */
export const nativeChannelShuffle = fn<(input: Tensor, groups: number) => Tensor>('aten::native_channel_shuffle');

/**
 * Moves channels into space: `(N, C r^2, H, W)` to `(N, C, H r, W r)`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.pixel_shuffle.html
 * @example
 * torch.pixelShuffle(torch.ones(1, 4, 1, 1), 2).shape // [ 1, 1, 2, 2 ]
 */
export const pixelShuffle = fn<(input: Tensor, upscaleFactor: number) => Tensor>('aten::pixel_shuffle');

/**
 * Moves space into channels, the reverse of {@link pixelShuffle}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.pixel_unshuffle.html
 * @example
 * torch.pixelUnshuffle(torch.ones(1, 1, 2, 2), 2).shape // [ 1, 4, 1, 1 ]
 */
export const pixelUnshuffle = fn<(input: Tensor, downscaleFactor: number) => Tensor>('aten::pixel_unshuffle');
