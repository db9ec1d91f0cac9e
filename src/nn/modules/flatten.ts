import type { Extent } from '../../shape.js';
import type { Tensor } from '../../tensor.js';
import * as F from '../functional/index.js';
import { Module } from './module.js';
import { plain, tuple } from './options.js';

/**
 * Joins a run of dimensions into one.
 *
 * Shape: input `(*, S_start, ..., S_end, *)`, output `(*, S_start * ... * S_end, *)`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.Flatten.html
 * @example
 * new nn.Flatten().call(torch.ones(2, 3, 4)).shape // [ 2, 12 ]
 */
export class Flatten extends Module<[Tensor], Tensor> {
  constructor(
    /** The first dimension to join. */
    readonly startDim = 1,
    /** The last dimension to join. */
    readonly endDim = -1,
  ) {
    super();
  }

  override forward(input: Tensor): Tensor {
    return input.flatten(this.startDim, this.endDim);
  }

  override extraRepr(): string {
    return `start_dim=${this.startDim}, end_dim=${this.endDim}`;
  }
}

/**
 * Splits a dimension into several.
 *
 * Shape: input `(*, S, *)`, output `(*, U1, U2, ..., *)`, one of which may be -1.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.Unflatten.html
 * @example
 * new nn.Unflatten(1, [2, 3]).call(torch.ones(4, 6)).shape // [ 4, 2, 3 ]
 */
export class Unflatten extends Module<[Tensor], Tensor> {
  constructor(
    /** The dimension to split. */
    readonly dim: number,
    /** The sizes that it is split into. */
    readonly unflattenedSize: readonly number[],
  ) {
    super();
  }

  override forward(input: Tensor): Tensor {
    return input.unflatten(this.dim, this.unflattenedSize);
  }

  override extraRepr(): string {
    return `dim=${this.dim}, unflattened_size=${tuple(this.unflattenedSize)}`;
  }
}

/**
 * The windows of images, each as a column, as {@link F.unfold}.
 *
 * Shape: input `(N, C, H, W)` or `(C, H, W)`, output `(N, C * kernel elements, windows)`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.Unfold.html
 * @example
 * new nn.Unfold(2).call(torch.ones(1, 3, 4, 4)).shape // [ 1, 12, 9 ]
 */
export class Unfold extends Module<[Tensor], Tensor> {
  /** The distance between elements of the window. */
  readonly dilation: Extent;
  /** Elements added on both sides. */
  readonly padding: Extent;
  /** The step of the window. */
  readonly stride: Extent;

  constructor(
    /** The size of the window. */
    readonly kernelSize: Extent,
    { dilation = 1, padding = 0, stride = 1 }: F.FoldOptions = {},
  ) {
    super();
    this.dilation = dilation;
    this.padding = padding;
    this.stride = stride;
  }

  override forward(input: Tensor): Tensor {
    const { dilation, padding, stride } = this;
    return F.unfold(input, this.kernelSize, { dilation, padding, stride });
  }

  override extraRepr(): string {
    return windows(this);
  }
}

/**
 * Puts the windows of {@link Unfold} back into images, adding where they overlap, as {@link F.fold}.
 *
 * Shape: input `(N, C * kernel elements, windows)` or without `N`, output `(N, C, H, W)`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.Fold.html
 * @example
 * new nn.Fold(4, 2).call(torch.ones(1, 4, 9)).shape // [ 1, 1, 4, 4 ]
 */
export class Fold extends Module<[Tensor], Tensor> {
  /** The distance between elements of the window. */
  readonly dilation: Extent;
  /** Elements added on both sides. */
  readonly padding: Extent;
  /** The step of the window. */
  readonly stride: Extent;

  constructor(
    /** The height and width of the output. */
    readonly outputSize: Extent,
    /** The size of the window. */
    readonly kernelSize: Extent,
    { dilation = 1, padding = 0, stride = 1 }: F.FoldOptions = {},
  ) {
    super();
    this.dilation = dilation;
    this.padding = padding;
    this.stride = stride;
  }

  override forward(input: Tensor): Tensor {
    const { dilation, padding, stride } = this;
    return F.fold(input, this.outputSize, this.kernelSize, { dilation, padding, stride });
  }

  override extraRepr(): string {
    return `output_size=${plain(this.outputSize)}, ${windows(this)}`;
  }
}

function windows({ kernelSize, dilation, padding, stride }: Unfold | Fold): string {
  return `kernel_size=${plain(kernelSize)}, dilation=${plain(dilation)}, padding=${plain(padding)}, stride=${plain(stride)}`;
}
