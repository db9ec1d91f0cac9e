import { FlambeauError, wrongArgument } from '../../errors.js';
import type { Extent } from '../../shape.js';
import type { Tensor } from '../../tensor.js';
import * as F from '../functional/index.js';
import { ConvBase, type ConvOptions } from './convbase.js';

/** Options of the transposed convolutions. */
export interface ConvTransposeOptions extends Omit<ConvOptions, 'padding' | 'paddingMode'> {
  /** How many elements are left away on both sides of the output, beside what the window reaches over. */
  padding?: Extent;
  /** Elements added on one side of the output, as several sizes come from one. */
  outputPadding?: Extent;
}

/** What the transposed convolutions share. */
abstract class ConvTranspose extends ConvBase<[Tensor, (readonly number[] | null)?]> {
  constructor(
    dims: number,
    inChannels: number,
    outChannels: number,
    kernelSize: Extent,
    options: ConvTransposeOptions,
  ) {
    if (typeof options.padding === 'string')
      throw wrongArgument(new.target.name, 'padding', `integer or array of ${dims} integers`, options.padding);
    super(dims, inChannels, outChannels, kernelSize, options, true);
  }

  /** What is added to the output to get the size that is asked for. */
  protected added(input: Tensor, outputSize: readonly number[] | null): number[] {
    if (outputSize === null) return this.outputPadding;
    const dims = this.kernelSize.length;
    const name = this.constructor.name;
    const size = outputSize.length === input.ndim ? outputSize.slice(-dims) : outputSize;
    if (size.length !== dims)
      throw wrongArgument(name, 'outputSize', `array of ${dims} or ${input.ndim} sizes`, outputSize);
    return size.map((length, i) => {
      const reach = this.dilation[i]! * (this.kernelSize[i]! - 1) + 1;
      const least = (input.shape.at(i - dims)! - 1) * this.stride[i]! - 2 * (this.padding as number[])[i]! + reach;
      const most = least + this.stride[i]! - 1;
      if (length >= least && length <= most) return length - least;
      throw new FlambeauError(
        'INVALID_VALUE',
        `${name}(): argument 'outputSize' must be from ${least} to ${most} in dimension ${i}, not ${length}`,
      );
    });
  }
}

/**
 * The gradient of {@link Conv1d} as a layer of its own: spreads each element of sequences over a window.
 *
 * Shape: input `(N, C, L)` or `(C, L)`, output with
 * `L_out = (L - 1) stride - 2 padding + dilation (kernel_size - 1) + output_padding + 1` for each length.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.ConvTranspose1d.html
 * @example
 * new nn.ConvTranspose1d(16, 33, 3, { stride: 2 }).call(torch.ones(20, 16, 50)).shape // [ 20, 33, 101 ]
 */
export class ConvTranspose1d extends ConvTranspose {
  constructor(inChannels: number, outChannels: number, kernelSize: Extent, options: ConvTransposeOptions = {}) {
    super(1, inChannels, outChannels, kernelSize, options);
  }

  override forward(input: Tensor, outputSize: readonly number[] | null = null): Tensor {
    const { weight, bias, stride, groups, dilation } = this;
    const added = this.added(input, outputSize);
    return F.convTranspose1d(input, weight, bias, stride, this.padding as number[], added, groups, dilation);
  }
}

/**
 * The gradient of {@link Conv2d} as a layer of its own: spreads each element of images over a window.
 *
 * Shape: input `(N, C, H, W)` or `(C, H, W)`, output with
 * `L_out = (L - 1) stride - 2 padding + dilation (kernel_size - 1) + output_padding + 1` for each length.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.ConvTranspose2d.html
 * @example
 * new nn.ConvTranspose2d(4, 2, 3, { stride: 2 }).call(torch.ones(1, 4, 5, 5), [12, 12]).shape // [ 1, 2, 12, 12 ]
 */
export class ConvTranspose2d extends ConvTranspose {
  constructor(inChannels: number, outChannels: number, kernelSize: Extent, options: ConvTransposeOptions = {}) {
    super(2, inChannels, outChannels, kernelSize, options);
  }

  override forward(input: Tensor, outputSize: readonly number[] | null = null): Tensor {
    const { weight, bias, stride, groups, dilation } = this;
    const added = this.added(input, outputSize);
    return F.convTranspose2d(input, weight, bias, stride, this.padding as number[], added, groups, dilation);
  }
}

/**
 * The gradient of {@link Conv3d} as a layer of its own: spreads each element of volumes over a window.
 *
 * Shape: input `(N, C, D, H, W)` or `(C, D, H, W)`, output with
 * `L_out = (L - 1) stride - 2 padding + dilation (kernel_size - 1) + output_padding + 1` for each length.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.ConvTranspose3d.html
 * @example
 * new nn.ConvTranspose3d(1, 2, 2).call(torch.ones(1, 1, 3, 3, 3)).shape // [ 1, 2, 4, 4, 4 ]
 */
export class ConvTranspose3d extends ConvTranspose {
  constructor(inChannels: number, outChannels: number, kernelSize: Extent, options: ConvTransposeOptions = {}) {
    super(3, inChannels, outChannels, kernelSize, options);
  }

  override forward(input: Tensor, outputSize: readonly number[] | null = null): Tensor {
    const { weight, bias, stride, groups, dilation } = this;
    const added = this.added(input, outputSize);
    return F.convTranspose3d(input, weight, bias, stride, this.padding as number[], added, groups, dilation);
  }
}
