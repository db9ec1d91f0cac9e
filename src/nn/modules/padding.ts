import type { Tensor } from '../../tensor.js';
import * as F from '../functional/index.js';
import { Module } from './module.js';
import { float, tuple } from './options.js';
import { wrongArgument } from '../../errors.js';
import type { Extent } from '../../shape.js';

/** What the padding layers share: how much goes before and behind each dimension, the last dimension first. */
abstract class Padding extends Module<[Tensor], Tensor> {
  /** How many elements are added: before and behind the last dimension, then the one before it, and so on. */
  readonly padding: number[];

  constructor(padding: Extent, dims: number) {
    super();
    const list = typeof padding === 'number' ? Array.from({ length: 2 * dims }, () => padding) : [...padding];
    if (list.length !== 2 * dims || !list.every(Number.isInteger))
      throw wrongArgument(new.target.name, 'padding', `integer or array of ${2 * dims} integers`, padding);
    this.padding = list;
  }

  protected abstract readonly mode: 'constant' | 'reflect' | 'replicate' | 'circular';

  override forward(input: Tensor): Tensor {
    return F.pad(input, this.padding, this.mode);
  }

  override extraRepr(): string {
    return tuple(this.padding);
  }
}

/** What {@link ConstantPad1d} and its like share. */
abstract class ConstantPadding extends Padding {
  protected readonly mode = 'constant';

  constructor(
    padding: Extent,
    /** What is added. */
    readonly value: number,
    dims: number,
  ) {
    super(padding, dims);
  }

  override forward(input: Tensor): Tensor {
    return F.pad(input, this.padding, this.mode, this.value);
  }

  override extraRepr(): string {
    return `padding=${tuple(this.padding)}, value=${float(this.value)}`;
  }
}

/**
 * Adds to both sides of sequences what lies inside, mirrored at the outermost elements.
 *
 * Shape: input `(N, C, L)` or `(C, L)`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.ReflectionPad1d.html
 * @example
 * new nn.ReflectionPad1d(1).call(torch.tensor([[[1, 2]]]).float()) // tensor([[[2., 1., 2., 1.]]])
 */
export class ReflectionPad1d extends Padding {
  protected readonly mode = 'reflect';

  /** @param padding - for all sides, or for each, the last dimension first */
  constructor(padding: Extent) {
    super(padding, 1);
  }
}

/**
 * Adds to both sides of images what lies inside, mirrored at the outermost elements.
 *
 * Shape: input `(N, C, H, W)` or `(C, H, W)`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.ReflectionPad2d.html
 * @example
 * new nn.ReflectionPad2d(1).call(torch.ones(1, 1, 2, 2)).shape // [ 1, 1, 4, 4 ]
 */
export class ReflectionPad2d extends Padding {
  protected readonly mode = 'reflect';

  /** @param padding - for all sides, or for each, the last dimension first */
  constructor(padding: Extent) {
    super(padding, 2);
  }
}

/**
 * Adds to both sides of volumes what lies inside, mirrored at the outermost elements.
 *
 * Shape: input `(N, C, D, H, W)` or `(C, D, H, W)`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.ReflectionPad3d.html
 * @example
 * new nn.ReflectionPad3d(1).call(torch.ones(1, 1, 2, 2, 2)).shape // [ 1, 1, 4, 4, 4 ]
 */
export class ReflectionPad3d extends Padding {
  protected readonly mode = 'reflect';

  /** @param padding - for all sides, or for each, the last dimension first */
  constructor(padding: Extent) {
    super(padding, 3);
  }
}

/**
 * Adds to both sides of sequences the outermost elements, repeated.
 *
 * Shape: input `(N, C, L)` or `(C, L)`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.ReplicationPad1d.html
 * @example
 * new nn.ReplicationPad1d(1).call(torch.tensor([[[1, 2]]]).float()) // tensor([[[1., 1., 2., 2.]]])
 */
export class ReplicationPad1d extends Padding {
  protected readonly mode = 'replicate';

  /** @param padding - for all sides, or for each, the last dimension first */
  constructor(padding: Extent) {
    super(padding, 1);
  }
}

/**
 * Adds to both sides of images the outermost elements, repeated.
 *
 * Shape: input `(N, C, H, W)` or `(C, H, W)`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.ReplicationPad2d.html
 * @example
 * new nn.ReplicationPad2d(1).call(torch.ones(1, 1, 2, 2)).shape // [ 1, 1, 4, 4 ]
 */
export class ReplicationPad2d extends Padding {
  protected readonly mode = 'replicate';

  /** @param padding - for all sides, or for each, the last dimension first */
  constructor(padding: Extent) {
    super(padding, 2);
  }
}

/**
 * Adds to both sides of volumes the outermost elements, repeated.
 *
 * Shape: input `(N, C, D, H, W)` or `(C, D, H, W)`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.ReplicationPad3d.html
 * @example
 * new nn.ReplicationPad3d(1).call(torch.ones(1, 1, 2, 2, 2)).shape // [ 1, 1, 4, 4, 4 ]
 */
export class ReplicationPad3d extends Padding {
  protected readonly mode = 'replicate';

  /** @param padding - for all sides, or for each, the last dimension first */
  constructor(padding: Extent) {
    super(padding, 3);
  }
}

/**
 * Adds to each side of sequences what lies at the other.
 *
 * Shape: input `(N, C, L)` or `(C, L)`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.CircularPad1d.html
 * @example
 * new nn.CircularPad1d(1).call(torch.tensor([[[1, 2]]]).float()) // tensor([[[2., 1., 2., 1.]]])
 */
export class CircularPad1d extends Padding {
  protected readonly mode = 'circular';

  /** @param padding - for all sides, or for each, the last dimension first */
  constructor(padding: Extent) {
    super(padding, 1);
  }
}

/**
 * Adds to each side of images what lies at the other.
 *
 * Shape: input `(N, C, H, W)` or `(C, H, W)`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.CircularPad2d.html
 * @example
 * new nn.CircularPad2d(1).call(torch.ones(1, 1, 2, 2)).shape // [ 1, 1, 4, 4 ]
 */
export class CircularPad2d extends Padding {
  protected readonly mode = 'circular';

  /** @param padding - for all sides, or for each, the last dimension first */
  constructor(padding: Extent) {
    super(padding, 2);
  }
}

/**
 * Adds to each side of volumes what lies at the other.
 *
 * Shape: input `(N, C, D, H, W)` or `(C, D, H, W)`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.CircularPad3d.html
 * @example
 * new nn.CircularPad3d(1).call(torch.ones(1, 1, 2, 2, 2)).shape // [ 1, 1, 4, 4, 4 ]
 */
export class CircularPad3d extends Padding {
  protected readonly mode = 'circular';

  /** @param padding - for all sides, or for each, the last dimension first */
  constructor(padding: Extent) {
    super(padding, 3);
  }
}

/**
 * Adds one value to both sides of sequences.
 *
 * Shape: input `(N, C, L)` or `(C, L)`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.ConstantPad1d.html
 * @example
 * new nn.ConstantPad1d(1, 3.5).call(torch.tensor([[[1, 2]]]).float()) // tensor([[[3.5000, 1.0000, 2.0000, 3.5000]]])
 */
export class ConstantPad1d extends ConstantPadding {
  /**
   * @param padding - for all sides, or for each, the last dimension first
   * @param value - what is added
   */
  constructor(padding: Extent, value: number) {
    super(padding, value, 1);
  }
}

/**
 * Adds zeros to both sides of sequences.
 *
 * Shape: input `(N, C, L)` or `(C, L)`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.ZeroPad1d.html
 * @example
 * new nn.ZeroPad1d([1, 0]).call(torch.tensor([[[1, 2]]]).float()) // tensor([[[0., 1., 2.]]])
 */
export class ZeroPad1d extends ConstantPad1d {
  /** @param padding - for all sides, or for each, the last dimension first */
  constructor(padding: Extent) {
    super(padding, 0);
  }

  override extraRepr(): string {
    return tuple(this.padding);
  }
}

/**
 * Adds one value to both sides of images.
 *
 * Shape: input `(N, C, H, W)` or `(C, H, W)`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.ConstantPad2d.html
 * @example
 * new nn.ConstantPad2d(1, 3.5).call(torch.ones(1, 1, 2, 2)).shape // [ 1, 1, 4, 4 ]
 */
export class ConstantPad2d extends ConstantPadding {
  /**
   * @param padding - for all sides, or for each, the last dimension first
   * @param value - what is added
   */
  constructor(padding: Extent, value: number) {
    super(padding, value, 2);
  }
}

/**
 * Adds zeros to both sides of images.
 *
 * Shape: input `(N, C, H, W)` or `(C, H, W)`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.ZeroPad2d.html
 * @example
 * new nn.ZeroPad2d(1).call(torch.ones(1, 1, 2, 2)).shape // [ 1, 1, 4, 4 ]
 */
export class ZeroPad2d extends ConstantPad2d {
  /** @param padding - for all sides, or for each, the last dimension first */
  constructor(padding: Extent) {
    super(padding, 0);
  }

  override extraRepr(): string {
    return tuple(this.padding);
  }
}

/**
 * Adds one value to both sides of volumes.
 *
 * Shape: input `(N, C, D, H, W)` or `(C, D, H, W)`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.ConstantPad3d.html
 * @example
 * new nn.ConstantPad3d(1, 3.5).call(torch.ones(1, 1, 2, 2, 2)).shape // [ 1, 1, 4, 4, 4 ]
 */
export class ConstantPad3d extends ConstantPadding {
  /**
   * @param padding - for all sides, or for each, the last dimension first
   * @param value - what is added
   */
  constructor(padding: Extent, value: number) {
    super(padding, value, 3);
  }
}

/**
 * Adds zeros to both sides of volumes.
 *
 * Shape: input `(N, C, D, H, W)` or `(C, D, H, W)`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.ZeroPad3d.html
 * @example
 * new nn.ZeroPad3d(1).call(torch.ones(1, 1, 2, 2, 2)).shape // [ 1, 1, 4, 4, 4 ]
 */
export class ZeroPad3d extends ConstantPad3d {
  /** @param padding - for all sides, or for each, the last dimension first */
  constructor(padding: Extent) {
    super(padding, 0);
  }

  override extraRepr(): string {
    return tuple(this.padding);
  }
}
