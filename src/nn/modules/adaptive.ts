import { FlambeauError, wrongArgument } from '../../errors.js';
import type { Extent } from '../../shape.js';
import type { Tensor } from '../../tensor.js';
import * as F from '../functional/index.js';
import { Module } from './module.js';
import { extents, plain, tuple } from './options.js';
import type { Pooled } from './pooling.js';

/** What the layers share whose output has a given size. */
abstract class Adaptive<R> extends Module<[Tensor], R> {
  constructor(
    /** The size of the output; null keeps that of the input. */
    readonly outputSize: F.OutputSize,
  ) {
    super();
  }

  override extraRepr(): string {
    return `output_size=${plain(this.outputSize)}`;
  }
}

/**
 * Means of windows of a sequence, as many as are asked for whatever the size of the input.
 *
 * Shape: input `(N, C, L)` or `(C, L)`, output `(N, C, L_out)`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.AdaptiveAvgPool1d.html
 * @example
 * new nn.AdaptiveAvgPool1d(1).call(torch.arange(4).view(1, 4).float()) // tensor([[1.5000]])
 */
export class AdaptiveAvgPool1d extends Adaptive<Tensor> {
  override forward(input: Tensor): Tensor {
    return F.adaptiveAvgPool1d(input, sequence(input, this.outputSize));
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
export class AdaptiveAvgPool2d extends Adaptive<Tensor> {
  override forward(input: Tensor): Tensor {
    return F.adaptiveAvgPool2d(input, this.outputSize);
  }
}

/**
 * Means of windows of a volume, as many as are asked for whatever the size of the input.
 *
 * Shape: input `(N, C, D, H, W)` or `(C, D, H, W)`, output `(N, C, D_out, H_out, W_out)`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.AdaptiveAvgPool3d.html
 * @example
 * new nn.AdaptiveAvgPool3d(1).call(torch.arange(8).view(1, 2, 2, 2).float()) // tensor([[[[3.5000]]]])
 */
export class AdaptiveAvgPool3d extends Adaptive<Tensor> {
  override forward(input: Tensor): Tensor {
    return F.adaptiveAvgPool3d(input, this.outputSize);
  }
}

/** Options of {@link AdaptiveMaxPool1d}, {@link AdaptiveMaxPool2d} and {@link AdaptiveMaxPool3d}. */
export interface AdaptiveMaxPoolOptions<I extends boolean = boolean> {
  /** Whether the output is a pair, of the greatest elements and of where they were found. */
  returnIndices?: I;
}

/** What the layers of greatest elements share whose output has a given size. */
abstract class AdaptiveMax<I extends boolean> extends Adaptive<Pooled<I>> {
  /** Whether the output is a pair, of the greatest elements and of where they were found. */
  readonly returnIndices: boolean;

  constructor(outputSize: F.OutputSize, options: AdaptiveMaxPoolOptions<I> = {}) {
    super(outputSize);
    this.returnIndices = options.returnIndices ?? false;
  }
}

/**
 * Greatest elements of windows of a sequence, as many as are asked for whatever the size of the input.
 *
 * Shape: input `(N, C, L)` or `(C, L)`, output `(N, C, L_out)`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.AdaptiveMaxPool1d.html
 * @example
 * new nn.AdaptiveMaxPool1d(1).call(torch.arange(4).view(1, 4).float()) // tensor([[3.]])
 */
export class AdaptiveMaxPool1d<I extends boolean = false> extends AdaptiveMax<I> {
  override forward(input: Tensor): Pooled<I> {
    const pool = this.returnIndices ? F.adaptiveMaxPool1dWithIndices : F.adaptiveMaxPool1d;
    return pool(input, this.outputSize) as Pooled<I>;
  }
}

/**
 * Greatest elements of windows of an image, as many as are asked for whatever the size of the input.
 *
 * Shape: input `(N, C, H, W)` or `(C, H, W)`, output `(N, C, H_out, W_out)`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.AdaptiveMaxPool2d.html
 * @example
 * new nn.AdaptiveMaxPool2d(1).call(torch.arange(16).view(1, 4, 4).float()) // tensor([[[15.]]])
 */
export class AdaptiveMaxPool2d<I extends boolean = false> extends AdaptiveMax<I> {
  override forward(input: Tensor): Pooled<I> {
    const pool = this.returnIndices ? F.adaptiveMaxPool2dWithIndices : F.adaptiveMaxPool2d;
    return pool(input, this.outputSize) as Pooled<I>;
  }
}

/**
 * Greatest elements of windows of a volume, as many as are asked for whatever the size of the input.
 *
 * Shape: input `(N, C, D, H, W)` or `(C, D, H, W)`, output `(N, C, D_out, H_out, W_out)`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.AdaptiveMaxPool3d.html
 * @example
 * new nn.AdaptiveMaxPool3d(1).call(torch.arange(8).view(1, 2, 2, 2).float()) // tensor([[[[7.]]]])
 */
export class AdaptiveMaxPool3d<I extends boolean = false> extends AdaptiveMax<I> {
  override forward(input: Tensor): Pooled<I> {
    const pool = this.returnIndices ? F.adaptiveMaxPool3dWithIndices : F.adaptiveMaxPool3d;
    return pool(input, this.outputSize) as Pooled<I>;
  }
}

function sequence(input: Tensor, size: F.OutputSize): number {
  const [length] = typeof size === 'object' && size !== null ? size : [size];
  return length ?? input.shape.at(-1)!;
}

/** Options of {@link MaxUnpool1d}, {@link MaxUnpool2d} and {@link MaxUnpool3d}. */
export type MaxUnpoolOptions = Omit<F.MaxUnpoolOptions, 'outputSize'>;

/** What the layers share that undo a pooling. */
abstract class MaxUnpool extends Module<[Tensor, Tensor, (readonly number[] | null)?], Tensor> {
  /** The size of the window. */
  readonly kernelSize: number[];
  /** The step of the window. */
  readonly stride: number[];
  /** Elements that were added on both sides. */
  readonly padding: number[];

  constructor(dims: number, kernelSize: Extent, { stride, padding = 0 }: MaxUnpoolOptions) {
    super();
    const name = new.target.name;
    this.kernelSize = extents(name, 'kernelSize', kernelSize, dims);
    this.stride = extents(name, 'stride', stride ?? kernelSize, dims);
    this.padding = extents(name, 'padding', padding, dims);
  }

  override extraRepr(): string {
    return `kernel_size=${tuple(this.kernelSize)}, stride=${tuple(this.stride)}, padding=${tuple(this.padding)}`;
  }
}

/**
 * Puts what {@link MaxPool1d} found back to where it was, and zeros elsewhere.
 *
 * Shape: input and indices `(N, C, L)` or `(C, L)`; the output is of the size that was pooled, or of the one that is given.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.MaxUnpool1d.html
 * @example
 * const [y, indices] = new nn.MaxPool1d(2, { returnIndices: true }).call(torch.tensor([[[1, 5, 7, 2]]]).float())
 * new nn.MaxUnpool1d(2).call(y, indices) // tensor([[[0., 5., 7., 0.]]])
 */
export class MaxUnpool1d extends MaxUnpool {
  constructor(kernelSize: Extent, options: MaxUnpoolOptions = {}) {
    super(1, kernelSize, options);
  }

  override forward(input: Tensor, indices: Tensor, outputSize: readonly number[] | null = null): Tensor {
    const { kernelSize, stride, padding } = this;
    return F.maxUnpool1d(input, indices, kernelSize, { stride, padding, outputSize });
  }
}

/**
 * Puts what {@link MaxPool2d} found back to where it was, and zeros elsewhere.
 *
 * Shape: input and indices `(N, C, H, W)` or `(C, H, W)`; the output is of the size that was pooled, or of the one that is given.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.MaxUnpool2d.html
 * @example
 * const [y, indices] = new nn.MaxPool2d(2, { returnIndices: true }).call(torch.tensor([[[1, 5], [7, 2]]]).float())
 * new nn.MaxUnpool2d(2).call(y, indices) // tensor([[[0., 0.], [7., 0.]]])
 */
export class MaxUnpool2d extends MaxUnpool {
  constructor(kernelSize: Extent, options: MaxUnpoolOptions = {}) {
    super(2, kernelSize, options);
  }

  override forward(input: Tensor, indices: Tensor, outputSize: readonly number[] | null = null): Tensor {
    const { kernelSize, stride, padding } = this;
    return F.maxUnpool2d(input, indices, kernelSize, { stride, padding, outputSize });
  }
}

/**
 * Puts what {@link MaxPool3d} found back to where it was, and zeros elsewhere.
 *
 * Shape: input and indices `(N, C, D, H, W)` or `(C, D, H, W)`; the output is of the size that was pooled, or of the one that is given.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.MaxUnpool3d.html
 * @example
 * const [y, indices] = new nn.MaxPool3d(2, { returnIndices: true }).call(torch.arange(8).view(1, 1, 2, 2, 2).float())
 * new nn.MaxUnpool3d(2).call(y, indices) // tensor([[[[[0., 0.], [0., 0.]], [[0., 0.], [0., 7.]]]]])
 */
export class MaxUnpool3d extends MaxUnpool {
  constructor(kernelSize: Extent, options: MaxUnpoolOptions = {}) {
    super(3, kernelSize, options);
  }

  override forward(input: Tensor, indices: Tensor, outputSize: readonly number[] | null = null): Tensor {
    const { kernelSize, stride, padding } = this;
    return F.maxUnpool3d(input, indices, kernelSize, { stride, padding, outputSize });
  }
}

/** Options of {@link FractionalMaxPool2d} and {@link FractionalMaxPool3d}: the size of the output, or its ratio. */
export interface FractionalMaxPoolOptions<I extends boolean = boolean> {
  /** The size of the output. */
  outputSize?: Extent | null;
  /** The size of the output as a share of the input's, between 0 and 1. */
  outputRatio?: Extent | null;
  /** Whether the output is a pair, of the greatest elements and of where they were found. */
  returnIndices?: I;
}

/** What the layers share whose windows are placed at random. */
abstract class FractionalMaxPool<I extends boolean> extends Module<[Tensor], Pooled<I>> {
  /** The size of the window. */
  readonly kernelSize: number[];
  /** The size of the output. */
  readonly outputSize: number[] | null;
  /** The size of the output as a share of the input's. */
  readonly outputRatio: number[] | null;
  /** Whether the output is a pair, of the greatest elements and of where they were found. */
  readonly returnIndices: boolean;

  constructor(dims: number, kernelSize: Extent, options: FractionalMaxPoolOptions<I>) {
    super();
    const { outputSize = null, outputRatio = null } = options;
    const name = new.target.name;
    if ((outputSize === null) === (outputRatio === null))
      throw new FlambeauError('INVALID_ARGUMENT', `${name}(): give one of 'outputSize' and 'outputRatio'`);
    this.kernelSize = extents(name, 'kernelSize', kernelSize, dims);
    this.outputSize = outputSize === null ? null : extents(name, 'outputSize', outputSize, dims);
    const ratio = typeof outputRatio === 'number' ? Array.from({ length: dims }, () => outputRatio) : outputRatio;
    if (ratio && !(ratio.length === dims && ratio.every((r) => r > 0 && r < 1)))
      throw wrongArgument(name, 'outputRatio', `number between 0 and 1, or ${dims} of them`, outputRatio);
    this.outputRatio = ratio && [...ratio];
    this.returnIndices = options.returnIndices ?? false;
  }
}

/**
 * The greatest elements of windows of an image that are placed at random (Graham, 2015).
 *
 * Shape: input `(N, C, H, W)` or `(C, H, W)`, output `(N, C, H_out, W_out)`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.FractionalMaxPool2d.html
 * @example
 * new nn.FractionalMaxPool2d(2, { outputRatio: 0.5 }).call(torch.ones(1, 1, 4, 4)).shape // [ 1, 1, 2, 2 ]
 */
export class FractionalMaxPool2d<I extends boolean = false> extends FractionalMaxPool<I> {
  constructor(kernelSize: Extent, options: FractionalMaxPoolOptions<I>) {
    super(2, kernelSize, options);
  }

  override forward(input: Tensor): Pooled<I> {
    const pool = this.returnIndices ? F.fractionalMaxPool2dWithIndices : F.fractionalMaxPool2d;
    const { outputSize, outputRatio } = this;
    return pool(input, this.kernelSize, { outputSize, outputRatio }) as Pooled<I>;
  }
}

/**
 * The greatest elements of windows of a volume that are placed at random (Graham, 2015).
 *
 * Shape: input `(N, C, D, H, W)` or `(C, D, H, W)`, output `(N, C, D_out, H_out, W_out)`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.FractionalMaxPool3d.html
 * @example
 * new nn.FractionalMaxPool3d(2, { outputRatio: 0.5 }).call(torch.ones(1, 1, 4, 4, 4)).shape // [ 1, 1, 2, 2, 2 ]
 */
export class FractionalMaxPool3d<I extends boolean = false> extends FractionalMaxPool<I> {
  constructor(kernelSize: Extent, options: FractionalMaxPoolOptions<I>) {
    super(3, kernelSize, options);
  }

  override forward(input: Tensor): Pooled<I> {
    const pool = this.returnIndices ? F.fractionalMaxPool3dWithIndices : F.fractionalMaxPool3d;
    const { outputSize, outputRatio } = this;
    return pool(input, this.kernelSize, { outputSize, outputRatio }) as Pooled<I>;
  }
}
