import { FlambeauError, wrongArgument } from '../../errors.js';
import { empty } from '../../ops/creation/index.js';
import type { Extent } from '../../shape.js';
import type { Tensor } from '../../tensor.js';
import * as F from '../functional/index.js';
import * as init from '../init.js';
import { Parameter } from '../parameter.js';
import { Module } from './module.js';
import { extents, sizeArgument, tuple, type FactoryOptions } from './options.js';

/** How a convolution fills what lies outside of the input. */
export type PaddingMode = 'zeros' | 'reflect' | 'replicate' | 'circular';

/** Options of the convolutions. */
export interface ConvOptions extends FactoryOptions {
  /** The step of the window. */
  stride?: Extent;
  /** Elements added on both sides; `'same'` keeps the size, `'valid'` adds none. */
  padding?: Extent | 'same' | 'valid';
  /** The distance between elements of the window. */
  dilation?: Extent;
  /** Into how many groups the channels are split. */
  groups?: number;
  /** Whether a bias is learned and added. */
  bias?: boolean;
  /** What lies outside of the input. */
  paddingMode?: PaddingMode;
}

const names = { zeros: 'constant', reflect: 'reflect', replicate: 'replicate', circular: 'circular' } as const;

/** What convolutions of every dimension share. */
abstract class Conv extends Module<[Tensor], Tensor> {
  /** What it learns, of shape `(out_channels, in_channels / groups, ...kernel_size)`. */
  weight: Parameter;
  /** What it adds, of shape `(out_channels)`; null without bias. */
  bias: Parameter | null;
  /** The size of the window. */
  readonly kernelSize: number[];
  /** The step of the window. */
  readonly stride: number[];
  /** Elements added on both sides, or `'same'` or `'valid'`. */
  readonly padding: number[] | 'same' | 'valid';
  /** The distance between elements of the window. */
  readonly dilation: number[];
  /** Into how many groups the channels are split. */
  readonly groups: number;
  /** What lies outside of the input. */
  readonly paddingMode: PaddingMode;

  constructor(
    dims: number,
    /** The channels of the input. */
    readonly inChannels: number,
    /** The channels of the output. */
    readonly outChannels: number,
    kernelSize: Extent,
    options: ConvOptions,
  ) {
    super();
    const {
      stride = 1,
      padding = 0,
      dilation = 1,
      groups = 1,
      bias = true,
      paddingMode = 'zeros',
      dtype,
      device,
    } = options;
    const name = new.target.name;
    sizeArgument(name, 'inChannels', inChannels);
    sizeArgument(name, 'outChannels', outChannels);
    sizeArgument(name, 'groups', groups);
    if (inChannels % groups !== 0)
      throw new FlambeauError(
        'INVALID_VALUE',
        `${name}(): inChannels ${inChannels} cannot be split into ${groups} groups`,
      );
    if (outChannels % groups !== 0)
      throw new FlambeauError(
        'INVALID_VALUE',
        `${name}(): outChannels ${outChannels} cannot be split into ${groups} groups`,
      );
    if (!(paddingMode in names))
      throw wrongArgument(name, 'paddingMode', `one of ${Object.keys(names).join(', ')}`, paddingMode);
    if (typeof padding === 'string' && padding !== 'same' && padding !== 'valid')
      throw wrongArgument(name, 'padding', "a size, 'same' or 'valid'", padding);
    this.kernelSize = extents(name, 'kernelSize', kernelSize, dims);
    this.stride = extents(name, 'stride', stride, dims);
    this.padding = typeof padding === 'string' ? padding : extents(name, 'padding', padding, dims);
    this.dilation = extents(name, 'dilation', dilation, dims);
    if (padding === 'same' && this.stride.some((step) => step !== 1)) {
      throw new FlambeauError('INVALID_VALUE', `${name}(): padding 'same' needs a stride of 1`);
    }
    this.groups = groups;
    this.paddingMode = paddingMode;
    this.weight = new Parameter(empty([outChannels, inChannels / groups, ...this.kernelSize], { dtype, device }));
    this.bias = bias ? new Parameter(empty([outChannels], { dtype, device })) : null;
    this.resetParameters();
  }

  /**
   * Draws the parameters anew.
   *
   * @example
   * const layer = new nn.Conv1d(1, 1, 3)
   * nn.init.zeros_(layer.weight)
   * layer.resetParameters()
   * layer.weight.any().item() // true
   */
  resetParameters(): void {
    init.kaimingUniform_(this.weight, { a: Math.sqrt(5) });
    if (this.bias) {
      const bound = 1 / Math.sqrt(init.calculateFanInAndFanOut(this.weight).fanIn);
      init.uniform_(this.bias, -bound, bound);
    }
  }

  /** The elements to add on each side, last dimension first, for padding that is no zeros. */
  private sides(): number[] {
    if (this.padding === 'valid') return this.kernelSize.flatMap(() => [0, 0]);
    return this.kernelSize
      .flatMap((size, i) => {
        const total = this.padding === 'same' ? this.dilation[i]! * (size - 1) : 2 * (this.padding as number[])[i]!;
        const left = Math.floor(total / 2);
        return [total - left, left];
      })
      .reverse();
  }

  protected abstract convolve(input: Tensor, padding: Extent | 'same' | 'valid'): Tensor;

  override forward(input: Tensor): Tensor {
    if (this.paddingMode === 'zeros') return this.convolve(input, this.padding);
    return this.convolve(F.pad(input, this.sides(), names[this.paddingMode]), 0);
  }

  override extraRepr(): string {
    const parts = [
      `${this.inChannels}, ${this.outChannels}, kernel_size=${tuple(this.kernelSize)}, stride=${tuple(this.stride)}`,
    ];
    if (typeof this.padding === 'string') parts.push(`padding=${this.padding}`);
    else if (this.padding.some((size) => size !== 0)) parts.push(`padding=${tuple(this.padding)}`);
    if (this.dilation.some((step) => step !== 1)) parts.push(`dilation=${tuple(this.dilation)}`);
    if (this.groups !== 1) parts.push(`groups=${this.groups}`);
    if (!this.bias) parts.push('bias=False');
    if (this.paddingMode !== 'zeros') parts.push(`padding_mode=${this.paddingMode}`);
    return parts.join(', ');
  }
}

/**
 * Slides a window over sequences.
 *
 * Shape: input `(N, C_in, L)` or `(C_in, L)`, output `(N, C_out, L_out)` with
 * `L_out = floor((L + 2 padding - dilation (kernel_size - 1) - 1) / stride + 1)`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.Conv1d.html
 * @example
 * new nn.Conv1d(16, 33, 3, { stride: 2 }).call(torch.ones(20, 16, 50)).shape // [ 20, 33, 24 ]
 */
export class Conv1d extends Conv {
  constructor(inChannels: number, outChannels: number, kernelSize: Extent, options: ConvOptions = {}) {
    super(1, inChannels, outChannels, kernelSize, options);
  }

  protected override convolve(input: Tensor, padding: Extent | 'same' | 'valid'): Tensor {
    return F.conv1d(input, this.weight, this.bias, this.stride, padding, this.dilation, this.groups);
  }
}

/**
 * Slides a window over images.
 *
 * `out(n, k) = bias(k) + sum_c weight(k, c) * input(n, c)`, `*` being the 2-D cross-correlation.
 *
 * Shape: input `(N, C_in, H, W)` or `(C_in, H, W)`, output `(N, C_out, H_out, W_out)` with
 * `H_out = floor((H + 2 padding - dilation (kernel_size - 1) - 1) / stride + 1)`, and `W_out` likewise.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.Conv2d.html
 * @example
 * new nn.Conv2d(3, 64, 3, { padding: 1 }).call(torch.ones(2, 3, 28, 28)).shape // [ 2, 64, 28, 28 ]
 */
export class Conv2d extends Conv {
  constructor(inChannels: number, outChannels: number, kernelSize: Extent, options: ConvOptions = {}) {
    super(2, inChannels, outChannels, kernelSize, options);
  }

  protected override convolve(input: Tensor, padding: Extent | 'same' | 'valid'): Tensor {
    return F.conv2d(input, this.weight, this.bias, this.stride, padding, this.dilation, this.groups);
  }
}

/**
 * Slides a window over volumes.
 *
 * Shape: input `(N, C_in, D, H, W)` or `(C_in, D, H, W)`, output `(N, C_out, D_out, H_out, W_out)`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.Conv3d.html
 * @example
 * new nn.Conv3d(1, 2, 3).call(torch.ones(1, 1, 5, 5, 5)).shape // [ 1, 2, 3, 3, 3 ]
 */
export class Conv3d extends Conv {
  constructor(inChannels: number, outChannels: number, kernelSize: Extent, options: ConvOptions = {}) {
    super(3, inChannels, outChannels, kernelSize, options);
  }

  protected override convolve(input: Tensor, padding: Extent | 'same' | 'valid'): Tensor {
    return F.conv3d(input, this.weight, this.bias, this.stride, padding, this.dilation, this.groups);
  }
}
