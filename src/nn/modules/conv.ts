import type { Extent } from '../../shape.js';
import type { Tensor } from '../../tensor.js';
import * as F from '../functional/index.js';
import { ConvBase, names, type ConvOptions } from './convbase.js';

export type { ConvOptions, PaddingMode } from './convbase.js';

/** What convolutions share that are not transposed. */
abstract class Conv extends ConvBase {
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
