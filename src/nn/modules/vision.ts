import type { Extent } from '../../shape.js';
import type { Tensor } from '../../tensor.js';
import * as F from '../functional/index.js';
import { Module } from './module.js';
import { float, plain, sizeArgument } from './options.js';

/**
 * Moves elements from channels to places between pixels (Shi et al., 2016).
 *
 * Shape: input `(*, C r^2, H, W)`, output `(*, C, H r, W r)`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.PixelShuffle.html
 * @example
 * new nn.PixelShuffle(2).call(torch.arange(4).view(1, 4, 1, 1)) // tensor([[[[0, 1], [2, 3]]]])
 */
export class PixelShuffle extends Module<[Tensor], Tensor> {
  constructor(
    /** By how much height and width grow. */
    readonly upscaleFactor: number,
  ) {
    super();
    sizeArgument('PixelShuffle', 'upscaleFactor', upscaleFactor);
  }

  override forward(input: Tensor): Tensor {
    return F.pixelShuffle(input, this.upscaleFactor);
  }

  override extraRepr(): string {
    return `upscale_factor=${this.upscaleFactor}`;
  }
}

/**
 * Undoes {@link PixelShuffle}.
 *
 * Shape: input `(*, C, H r, W r)`, output `(*, C r^2, H, W)`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.PixelUnshuffle.html
 * @example
 * new nn.PixelUnshuffle(2).call(torch.ones(1, 1, 2, 2)).shape // [ 1, 4, 1, 1 ]
 */
export class PixelUnshuffle extends Module<[Tensor], Tensor> {
  constructor(
    /** By how much height and width shrink. */
    readonly downscaleFactor: number,
  ) {
    super();
    sizeArgument('PixelUnshuffle', 'downscaleFactor', downscaleFactor);
  }

  override forward(input: Tensor): Tensor {
    return F.pixelUnshuffle(input, this.downscaleFactor);
  }

  override extraRepr(): string {
    return `downscale_factor=${this.downscaleFactor}`;
  }
}

/**
 * Takes one channel of each group in turn (Zhang et al., 2017).
 *
 * Shape: input `(N, C, *)`; the output is of the input's shape.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.ChannelShuffle.html
 * @example
 * new nn.ChannelShuffle(2).call(torch.arange(4).view(1, 4, 1)).flatten() // tensor([0, 2, 1, 3])
 */
export class ChannelShuffle extends Module<[Tensor], Tensor> {
  constructor(
    /** The number of groups. */
    readonly groups: number,
  ) {
    super();
    sizeArgument('ChannelShuffle', 'groups', groups);
  }

  override forward(input: Tensor): Tensor {
    return F.channelShuffle(input, this.groups);
  }

  override extraRepr(): string {
    return `groups=${this.groups}`;
  }
}

/** Options of {@link Upsample}: the size of the output, or its ratio to the input's. */
export type UpsampleOptions = Omit<F.InterpolateOptions, 'antialias'>;

/**
 * Makes sequences, images or volumes larger, as {@link F.interpolate}.
 *
 * Shape: input `(N, C, L)`, `(N, C, H, W)` or `(N, C, D, H, W)`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.Upsample.html
 * @example
 * new nn.Upsample({ scaleFactor: 2 }).call(torch.tensor([[[1, 2]]]).float()) // tensor([[[1., 1., 2., 2.]]])
 */
export class Upsample extends Module<[Tensor], Tensor> {
  /** The size of the spatial dimensions of the output. */
  readonly size: Extent | null;
  /** The size as a multiple of the input's. */
  readonly scaleFactor: Extent | null;
  /** How elements in between are computed. */
  readonly mode: F.InterpolateMode;
  /** Whether the outermost elements keep their places. */
  readonly alignCorners: boolean | null;
  /** Whether the ratio is computed anew from the output's size. */
  readonly recomputeScaleFactor: boolean | null;

  constructor(options: UpsampleOptions) {
    super();
    const { size = null, scaleFactor = null, mode = 'nearest' } = options;
    this.size = size;
    this.scaleFactor = scaleFactor;
    this.mode = mode;
    this.alignCorners = options.alignCorners ?? null;
    this.recomputeScaleFactor = options.recomputeScaleFactor ?? null;
  }

  override forward(input: Tensor): Tensor {
    const { size, scaleFactor, mode, alignCorners, recomputeScaleFactor } = this;
    return F.interpolate(input, { size, scaleFactor, mode, alignCorners, recomputeScaleFactor });
  }

  override extraRepr(): string {
    const factor = this.scaleFactor;
    const text = typeof factor === 'number' ? float(factor) : `(${(factor ?? []).map(float).join(', ')})`;
    return `${factor === null ? `size=${plain(this.size)}` : `scale_factor=${text}`}, mode='${this.mode}'`;
  }
}

/**
 * Makes images larger by repeating elements.
 *
 * Shape: input `(N, C, H, W)`, output `(N, C, H_out, W_out)`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.UpsamplingNearest2d.html
 * @example
 * new nn.UpsamplingNearest2d({ scaleFactor: 2 }).call(torch.ones(1, 1, 2, 2)).shape // [ 1, 1, 4, 4 ]
 */
export class UpsamplingNearest2d extends Upsample {
  constructor({ size, scaleFactor }: Pick<UpsampleOptions, 'size' | 'scaleFactor'>) {
    super({ size, scaleFactor, mode: 'nearest' });
  }
}

/**
 * Makes images larger by drawing straight lines between elements, with the outermost in their places.
 *
 * Shape: input `(N, C, H, W)`, output `(N, C, H_out, W_out)`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.UpsamplingBilinear2d.html
 * @example
 * new nn.UpsamplingBilinear2d({ scaleFactor: 2 }).call(torch.ones(1, 1, 2, 2)).shape // [ 1, 1, 4, 4 ]
 */
export class UpsamplingBilinear2d extends Upsample {
  constructor({ size, scaleFactor }: Pick<UpsampleOptions, 'size' | 'scaleFactor'>) {
    super({ size, scaleFactor, mode: 'bilinear', alignCorners: true });
  }
}
