import { FlambeauError, wrongArgument } from '../../errors.js';
import { empty } from '../../ops/creation/index.js';
import type { Extent } from '../../shape.js';
import type { Tensor } from '../../tensor.js';
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

/** The names that `pad` has for them. */
export const names = { zeros: 'constant', reflect: 'reflect', replicate: 'replicate', circular: 'circular' } as const;

/** What convolutions of every dimension share, transposed ones too. */
export abstract class ConvBase<A extends [Tensor, ...unknown[]] = [Tensor]> extends Module<A, Tensor> {
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
  /** Elements added on one side of the output of a transposed convolution. */
  readonly outputPadding: number[];

  constructor(
    dims: number,
    /** The channels of the input. */
    readonly inChannels: number,
    /** The channels of the output. */
    readonly outChannels: number,
    kernelSize: Extent,
    options: ConvOptions & { outputPadding?: Extent },
    transposed = false,
  ) {
    super();
    const {
      stride = 1,
      padding = 0,
      dilation = 1,
      groups = 1,
      bias = true,
      paddingMode = 'zeros',
      outputPadding = 0,
      dtype,
      device,
    } = options;
    const name = new.target.name;
    // A lazy one learns of its channels later.
    const lazy = inChannels === 0 && name.startsWith('Lazy');
    if (!lazy) sizeArgument(name, 'inChannels', inChannels);
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
    this.outputPadding = extents(name, 'outputPadding', outputPadding, dims);
    this.groups = groups;
    this.paddingMode = paddingMode;
    const channels = transposed ? [inChannels, outChannels / groups] : [outChannels, inChannels / groups];
    this.weight = new Parameter(empty(lazy ? [0] : [...channels, ...this.kernelSize], { dtype, device }));
    this.bias = bias ? new Parameter(empty([lazy ? 0 : outChannels], { dtype, device })) : null;
    if (!lazy) this.resetParameters();
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

  override extraRepr(): string {
    const parts = [
      `${this.inChannels}, ${this.outChannels}, kernel_size=${tuple(this.kernelSize)}, stride=${tuple(this.stride)}`,
    ];
    if (typeof this.padding === 'string') parts.push(`padding=${this.padding}`);
    else if (this.padding.some((size) => size !== 0)) parts.push(`padding=${tuple(this.padding)}`);
    if (this.dilation.some((step) => step !== 1)) parts.push(`dilation=${tuple(this.dilation)}`);
    if (this.outputPadding.some((size) => size !== 0)) parts.push(`output_padding=${tuple(this.outputPadding)}`);
    if (this.groups !== 1) parts.push(`groups=${this.groups}`);
    if (!this.bias) parts.push('bias=False');
    if (this.paddingMode !== 'zeros') parts.push(`padding_mode=${this.paddingMode}`);
    return parts.join(', ');
  }
}
