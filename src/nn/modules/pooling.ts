import type { Extent } from '../../shape.js';
import type { Tensor } from '../../tensor.js';
import * as F from '../functional/index.js';
import { Module } from './module.js';
import { bool, extents, float, plain } from './options.js';

/** Options of {@link MaxPool1d}, {@link MaxPool2d} and {@link MaxPool3d}. */
export interface MaxPoolOptions<I extends boolean = boolean> {
  /** The step of the window; its size unless given. */
  stride?: Extent | null;
  /** Elements added on both sides, at most half of the window. */
  padding?: Extent;
  /** The distance between elements of the window. */
  dilation?: Extent;
  /** Whether the output is a pair, of the greatest elements and of where they were found. */
  returnIndices?: I;
  /** Whether the window may reach over the edge. */
  ceilMode?: boolean;
}

/** What a pooling layer gives: one tensor, or with `returnIndices` a pair. */
export type Pooled<I extends boolean> = I extends true ? [Tensor, Tensor] : Tensor;

/** What the layers of greatest elements share. */
abstract class MaxPool<I extends boolean> extends Module<[Tensor], Pooled<I>> {
  /** The step of the window. */
  readonly stride: Extent;
  /** Elements added on both sides. */
  readonly padding: Extent;
  /** The distance between elements of the window. */
  readonly dilation: Extent;
  /** Whether the output is a pair, of the greatest elements and of where they were found. */
  readonly returnIndices: boolean;
  /** Whether the window may reach over the edge. */
  readonly ceilMode: boolean;

  constructor(
    /** The size of the window. */
    readonly kernelSize: Extent,
    options: MaxPoolOptions<I> = {},
  ) {
    super();
    const { stride, padding = 0, dilation = 1, ceilMode = false } = options;
    this.stride = stride ?? kernelSize;
    this.padding = padding;
    this.dilation = dilation;
    this.returnIndices = options.returnIndices ?? false;
    this.ceilMode = ceilMode;
  }

  override extraRepr(): string {
    return `kernel_size=${plain(this.kernelSize)}, stride=${plain(this.stride)}, padding=${plain(this.padding)}, dilation=${plain(this.dilation)}, ceil_mode=${bool(this.ceilMode)}`;
  }
}

/**
 * The greatest element of each window of a sequence.
 *
 * Shape: input `(N, C, L)` or `(C, L)`, output with `L_out = floor((L + 2 padding - dilation (kernel_size - 1) - 1) / stride + 1)` for each length.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.MaxPool1d.html
 * @example
 * new nn.MaxPool1d(2).call(torch.tensor([[1, 3, 2, 4]]).float()) // tensor([[3., 4.]])
 */
export class MaxPool1d<I extends boolean = false> extends MaxPool<I> {
  override forward(input: Tensor): Pooled<I> {
    const pool = this.returnIndices ? F.maxPool1dWithIndices : F.maxPool1d;
    return pool(input, this.kernelSize, this.stride, this.padding, this.dilation, this.ceilMode) as Pooled<I>;
  }
}

/**
 * The greatest element of each window of an image.
 *
 * Shape: input `(N, C, H, W)` or `(C, H, W)`, output with `L_out = floor((L + 2 padding - dilation (kernel_size - 1) - 1) / stride + 1)` for each length.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.MaxPool2d.html
 * @example
 * new nn.MaxPool2d(2).call(torch.arange(16).view(1, 4, 4).float()) // tensor([[[ 5., 7.], [13., 15.]]])
 */
export class MaxPool2d<I extends boolean = false> extends MaxPool<I> {
  override forward(input: Tensor): Pooled<I> {
    const pool = this.returnIndices ? F.maxPool2dWithIndices : F.maxPool2d;
    return pool(input, this.kernelSize, this.stride, this.padding, this.dilation, this.ceilMode) as Pooled<I>;
  }
}

/**
 * The greatest element of each window of a volume.
 *
 * Shape: input `(N, C, D, H, W)` or `(C, D, H, W)`, output with `L_out = floor((L + 2 padding - dilation (kernel_size - 1) - 1) / stride + 1)` for each length.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.MaxPool3d.html
 * @example
 * new nn.MaxPool3d(2).call(torch.ones(1, 2, 2, 2)) // tensor([[[[1.]]]])
 */
export class MaxPool3d<I extends boolean = false> extends MaxPool<I> {
  override forward(input: Tensor): Pooled<I> {
    const pool = this.returnIndices ? F.maxPool3dWithIndices : F.maxPool3d;
    return pool(input, this.kernelSize, this.stride, this.padding, this.dilation, this.ceilMode) as Pooled<I>;
  }
}

/** Options of {@link AvgPool1d}. */
export interface AvgPool1dOptions {
  /** The step of the window; its size unless given. */
  stride?: Extent | null;
  /** Elements added on both sides, at most half of the window. */
  padding?: Extent;
  /** Whether the window may reach over the edge. */
  ceilMode?: boolean;
  /** Whether what was added counts in the mean; true unless given. */
  countIncludePad?: boolean;
}

/** Options of {@link AvgPool2d} and {@link AvgPool3d}. */
export interface AvgPoolOptions extends AvgPool1dOptions {
  /** What sums are divided by, rather than by the number of elements. */
  divisorOverride?: number | null;
}

/** What the layers of means share. */
abstract class AvgPool extends Module<[Tensor], Tensor> {
  /** The step of the window. */
  readonly stride: Extent;
  /** Elements added on both sides. */
  readonly padding: Extent;
  /** Whether the window may reach over the edge. */
  readonly ceilMode: boolean;
  /** Whether what was added counts in the mean. */
  readonly countIncludePad: boolean;
  /** What sums are divided by, rather than by the number of elements. */
  readonly divisorOverride: number | null;

  constructor(
    /** The size of the window. */
    readonly kernelSize: Extent,
    options: AvgPoolOptions = {},
  ) {
    super();
    const { stride, padding = 0, ceilMode = false, countIncludePad = true, divisorOverride = null } = options;
    this.stride = stride ?? kernelSize;
    this.padding = padding;
    this.ceilMode = ceilMode;
    this.countIncludePad = countIncludePad;
    this.divisorOverride = divisorOverride;
  }

  override extraRepr(): string {
    return `kernel_size=${plain(this.kernelSize)}, stride=${plain(this.stride)}, padding=${plain(this.padding)}`;
  }
}

/**
 * The mean of each window of a sequence.
 *
 * Shape: input `(N, C, L)` or `(C, L)`, output with `L_out = floor((L + 2 padding - kernel_size) / stride + 1)` for each length.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.AvgPool1d.html
 * @example
 * new nn.AvgPool1d(2).call(torch.tensor([[1, 3, 2, 4]]).float()) // tensor([[2., 3.]])
 */
export class AvgPool1d extends AvgPool {
  constructor(kernelSize: Extent, options: AvgPool1dOptions = {}) {
    const one = (name: string, value: Extent): number[] => extents('AvgPool1d', name, value, 1);
    const { stride, padding = 0, ceilMode, countIncludePad } = options;
    const steps = { stride: one('stride', stride ?? kernelSize), padding: one('padding', padding) };
    super(one('kernelSize', kernelSize), { ...steps, ceilMode, countIncludePad });
  }

  override forward(input: Tensor): Tensor {
    const { kernelSize, stride, padding, ceilMode, countIncludePad } = this;
    return F.avgPool1d(input, kernelSize, stride, padding, ceilMode, countIncludePad);
  }
}

/**
 * The mean of each window of an image.
 *
 * Shape: input `(N, C, H, W)` or `(C, H, W)`, output with `L_out = floor((L + 2 padding - kernel_size) / stride + 1)` for each length.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.AvgPool2d.html
 * @example
 * new nn.AvgPool2d(2).call(torch.arange(4).view(1, 2, 2).float()) // tensor([[[1.5000]]])
 */
export class AvgPool2d extends AvgPool {
  override forward(input: Tensor): Tensor {
    const { kernelSize, stride, padding, ceilMode, countIncludePad, divisorOverride } = this;
    return F.avgPool2d(input, kernelSize, stride, padding, ceilMode, countIncludePad, divisorOverride);
  }
}

/**
 * The mean of each window of a volume.
 *
 * Shape: input `(N, C, D, H, W)` or `(C, D, H, W)`, output with `L_out = floor((L + 2 padding - kernel_size) / stride + 1)` for each length.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.AvgPool3d.html
 * @example
 * new nn.AvgPool3d(2).call(torch.ones(1, 2, 2, 2)) // tensor([[[[1.]]]])
 */
export class AvgPool3d extends AvgPool {
  override forward(input: Tensor): Tensor {
    const { kernelSize, stride, padding, ceilMode, countIncludePad, divisorOverride } = this;
    return F.avgPool3d(input, kernelSize, stride, padding, ceilMode, countIncludePad, divisorOverride);
  }
}

/** Options of {@link LPPool1d}, {@link LPPool2d} and {@link LPPool3d}. */
export type LPPoolOptions = F.LpPoolOptions;

/** What the layers of norms share. */
abstract class LPPool extends Module<[Tensor], Tensor> {
  /** The step of the window; null for its size. */
  readonly stride: Extent | null;
  /** Whether the window may reach over the edge. */
  readonly ceilMode: boolean;

  constructor(
    /** The p of the p-norm. */
    readonly normType: number,
    /** The size of the window. */
    readonly kernelSize: Extent,
    { stride = null, ceilMode = false }: LPPoolOptions = {},
  ) {
    super();
    this.stride = stride;
    this.ceilMode = ceilMode;
  }

  override extraRepr(): string {
    return `norm_type=${Number.isInteger(this.normType) ? this.normType : float(this.normType)}, kernel_size=${plain(this.kernelSize)}, stride=${plain(this.stride)}, ceil_mode=${bool(this.ceilMode)}`;
  }
}

/**
 * The p-norm of each window of a sequence.
 *
 * `y = (sum x^p)^(1 / p)`
 *
 * Shape: input `(N, C, L)` or `(C, L)`, output with `L_out = floor((L - kernel_size) / stride + 1)` for each length.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.LPPool1d.html
 * @example
 * new nn.LPPool1d(2, 2).call(torch.tensor([[[3, 4]]]).float()) // tensor([[[5.]]])
 */
export class LPPool1d extends LPPool {
  override forward(input: Tensor): Tensor {
    const { stride, ceilMode } = this;
    return F.lpPool1d(input, this.normType, this.kernelSize, { stride, ceilMode });
  }
}

/**
 * The p-norm of each window of an image.
 *
 * `y = (sum x^p)^(1 / p)`
 *
 * Shape: input `(N, C, H, W)` or `(C, H, W)`, output with `L_out = floor((L - kernel_size) / stride + 1)` for each length.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.LPPool2d.html
 * @example
 * new nn.LPPool2d(2, 2).call(torch.ones(1, 1, 2, 2)) // tensor([[[[2.]]]])
 */
export class LPPool2d extends LPPool {
  override forward(input: Tensor): Tensor {
    const { stride, ceilMode } = this;
    return F.lpPool2d(input, this.normType, this.kernelSize, { stride, ceilMode });
  }
}

/**
 * The p-norm of each window of a volume.
 *
 * `y = (sum x^p)^(1 / p)`
 *
 * Shape: input `(N, C, D, H, W)` or `(C, D, H, W)`, output with `L_out = floor((L - kernel_size) / stride + 1)` for each length.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.LPPool3d.html
 * @example
 * new nn.LPPool3d(2, [2, 2, 1]).call(torch.ones(1, 1, 2, 2, 1)) // tensor([[[[[2.]]]]])
 */
export class LPPool3d extends LPPool {
  override forward(input: Tensor): Tensor {
    const { stride, ceilMode } = this;
    return F.lpPool3d(input, this.normType, this.kernelSize, { stride, ceilMode });
  }
}
