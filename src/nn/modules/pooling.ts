import type { Extent } from '../../shape.js';
import type { Tensor } from '../../tensor.js';
import * as F from '../functional/index.js';
import { Module } from './module.js';

/** Options of {@link MaxPool2d}. */
export interface MaxPoolOptions {
  /** The step of the window; its size unless given. */
  stride?: Extent | null;
  /** Elements added on both sides, at most half of the window. */
  padding?: Extent;
  /** The distance between elements of the window. */
  dilation?: Extent;
  /** Whether the window may reach over the edge. */
  ceilMode?: boolean;
}

function plain(value: Extent): string {
  return typeof value === 'number' ? String(value) : `(${value.join(', ')})`;
}

/**
 * The greatest element of each window of an image.
 *
 * Shape: input `(N, C, H, W)` or `(C, H, W)`, output `(N, C, H_out, W_out)` with
 * `H_out = floor((H + 2 padding - dilation (kernel_size - 1) - 1) / stride + 1)`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.MaxPool2d.html
 * @example
 * new nn.MaxPool2d(2).call(torch.arange(16).view(1, 4, 4).float()) // tensor([[[ 5., 7.], [13., 15.]]])
 */
export class MaxPool2d extends Module<[Tensor], Tensor> {
  /** The step of the window. */
  readonly stride: Extent;
  /** Elements added on both sides. */
  readonly padding: Extent;
  /** The distance between elements of the window. */
  readonly dilation: Extent;
  /** Whether the window may reach over the edge. */
  readonly ceilMode: boolean;

  constructor(
    /** The size of the window. */
    readonly kernelSize: Extent,
    options: MaxPoolOptions = {},
  ) {
    super();
    const { stride, padding = 0, dilation = 1, ceilMode = false } = options;
    this.stride = stride ?? kernelSize;
    this.padding = padding;
    this.dilation = dilation;
    this.ceilMode = ceilMode;
  }

  override forward(input: Tensor): Tensor {
    return F.maxPool2d(input, this.kernelSize, this.stride, this.padding, this.dilation, this.ceilMode);
  }

  override extraRepr(): string {
    const ceil = this.ceilMode ? 'True' : 'False';
    return `kernel_size=${plain(this.kernelSize)}, stride=${plain(this.stride)}, padding=${plain(this.padding)}, dilation=${plain(this.dilation)}, ceil_mode=${ceil}`;
  }
}

/**
 * Means of windows of an image, as many as are asked for whatever the size of the input.
 *
 * Shape: input `(N, C, H, W)` or `(C, H, W)`, output `(N, C, H_out, W_out)`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.AdaptiveAvgPool2d.html
 * @example
 * new nn.AdaptiveAvgPool2d(1).call(torch.arange(16).view(1, 4, 4).float()) // tensor([[[7.5000]]])
 */
export class AdaptiveAvgPool2d extends Module<[Tensor], Tensor> {
  constructor(
    /** The size of the output; null keeps that of the input. */
    readonly outputSize: number | null | readonly [number | null, number | null],
  ) {
    super();
  }

  override forward(input: Tensor): Tensor {
    const size = this.outputSize;
    const [height, width] = typeof size === 'object' && size !== null ? size : [size, size];
    return F.adaptiveAvgPool2d(input, [height ?? input.shape.at(-2)!, width ?? input.shape.at(-1)!]);
  }

  override extraRepr(): string {
    const text = (value: number | null): string => (value === null ? 'None' : String(value));
    const size = this.outputSize;
    return `output_size=${typeof size === 'object' && size !== null ? `(${size.map(text).join(', ')})` : text(size)}`;
  }
}
