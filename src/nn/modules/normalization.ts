import { FlambeauError } from '../../errors.js';
import { empty } from '../../ops/creation/index.js';
import { stack } from '../../ops/shape/index.js';
import type { Tensor } from '../../tensor.js';
import * as F from '../functional/index.js';
import * as init from '../init.js';
import { Parameter } from '../parameter.js';
import { Module } from './module.js';
import { bool, float, sizeArgument, tuple, type FactoryOptions } from './options.js';
import { RunningNorm, type RunningNormOptions } from './running.js';

/** Options of {@link InstanceNorm1d} and its like: neither a scale is learned nor are statistics kept unless given. */
export type InstanceNormOptions = RunningNormOptions;

/** What the instance normalizations share. */
abstract class InstanceNorm extends RunningNorm {
  constructor(numFeatures: number, options: InstanceNormOptions = {}) {
    super(numFeatures, { affine: false, trackRunningStats: false, ...options });
  }

  override forward(input: Tensor): Tensor {
    this.check(input);
    const alone = input.ndim === this.dimensions[0];
    const channels = input.shape[alone ? 0 : 1];
    if (this.affine && channels !== this.numFeatures)
      throw new FlambeauError(
        'INVALID_VALUE',
        `${this.constructor.name}(): argument 'input' must have ${this.numFeatures} channels, not ${channels}`,
      );
    const output = F.instanceNorm(alone ? input.unsqueeze(0) : input, {
      runningMean: this.running_mean,
      runningVar: this.running_var,
      weight: this.weight,
      bias: this.bias,
      useInputStats: this.training || !this.trackRunningStats,
      momentum: this.momentum ?? 0,
      eps: this.eps,
    });
    return alone ? output.squeeze(0) : output;
  }
}

/**
 * Normalises each channel of each sample of sequences (Ulyanov et al., 2016).
 *
 * `y = (x - mean) / sqrt(var + eps) * weight + bias`
 *
 * Shape: input `(N, C, L)` or `(C, L)`; the output is of the input's shape.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.InstanceNorm1d.html
 * @example
 * new nn.InstanceNorm1d(1).call(torch.tensor([[1.5, 2.5]])) // tensor([[-1.0000, 1.0000]])
 */
export class InstanceNorm1d extends InstanceNorm {
  protected readonly dimensions = [2, 3];
}

/**
 * Normalises each channel of each sample of images (Ulyanov et al., 2016).
 *
 * `y = (x - mean) / sqrt(var + eps) * weight + bias`
 *
 * Shape: input `(N, C, H, W)` or `(C, H, W)`; the output is of the input's shape.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.InstanceNorm2d.html
 * @example
 * new nn.InstanceNorm2d(3).call(torch.ones(1, 3, 4, 4)).shape // [ 1, 3, 4, 4 ]
 */
export class InstanceNorm2d extends InstanceNorm {
  protected readonly dimensions = [3, 4];
}

/**
 * Normalises each channel of each sample of volumes (Ulyanov et al., 2016).
 *
 * `y = (x - mean) / sqrt(var + eps) * weight + bias`
 *
 * Shape: input `(N, C, D, H, W)` or `(C, D, H, W)`; the output is of the input's shape.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.InstanceNorm3d.html
 * @example
 * new nn.InstanceNorm3d(3).call(torch.ones(1, 3, 2, 2, 2)).shape // [ 1, 3, 2, 2, 2 ]
 */
export class InstanceNorm3d extends InstanceNorm {
  protected readonly dimensions = [4, 5];
}

/** Options of {@link LayerNorm}. */
export interface LayerNormOptions extends FactoryOptions {
  /** Added to the variance; 1e-5 unless given. */
  eps?: number;
  /** Whether a scale and a shift are learned; true unless given. */
  elementwiseAffine?: boolean;
  /** Whether the shift is, beside the scale; true unless given. */
  bias?: boolean;
}

function shapeOf(shape: number | readonly number[]): number[] {
  return typeof shape === 'number' ? [shape] : [...shape];
}

/**
 * Normalises over the last dimensions of each sample (Ba et al., 2016).
 *
 * `y = (x - mean) / sqrt(var + eps) * weight + bias`
 *
 * Shape: input `(*, ...normalized_shape)`; the output is of the input's shape.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.LayerNorm.html
 * @example
 * new nn.LayerNorm(2).call(torch.tensor([[1.5, 2.5]])).detach() // tensor([[-1.0000, 1.0000]])
 */
export class LayerNorm extends Module<[Tensor], Tensor> {
  /** The scale, of shape `normalized_shape`; null where none is learned. */
  weight: Parameter | null = null;
  /** The shift, of shape `normalized_shape`; null where none is learned. */
  bias: Parameter | null = null;
  /** The sizes of the last dimensions. */
  readonly normalizedShape: number[];
  /** Added to the variance. */
  readonly eps: number;
  /** Whether a scale and a shift are learned. */
  readonly elementwiseAffine: boolean;

  constructor(normalizedShape: number | readonly number[], options: LayerNormOptions = {}) {
    super();
    const { eps = 1e-5, elementwiseAffine = true, bias = true, dtype, device } = options;
    this.normalizedShape = shapeOf(normalizedShape);
    this.eps = eps;
    this.elementwiseAffine = elementwiseAffine;
    if (elementwiseAffine) {
      this.weight = new Parameter(empty(this.normalizedShape, { dtype, device }));
      if (bias) this.bias = new Parameter(empty(this.normalizedShape, { dtype, device }));
    }
    this.resetParameters();
  }

  /**
   * Starts the scale and the shift anew: ones and zeros.
   *
   * @example
   * const norm = new nn.LayerNorm(2)
   * nn.init.zeros_(norm.weight)
   * norm.resetParameters()
   * norm.weight.detach() // tensor([1., 1.])
   */
  resetParameters(): void {
    if (this.weight) init.ones_(this.weight);
    if (this.bias) init.zeros_(this.bias);
  }

  override forward(input: Tensor): Tensor {
    return F.layerNorm(input, this.normalizedShape, this.weight, this.bias, this.eps);
  }

  override extraRepr(): string {
    return `${tuple(this.normalizedShape)}, eps=${float(this.eps)}, elementwise_affine=${bool(this.elementwiseAffine)}, bias=${bool(this.bias !== null)}`;
  }
}

/** Options of {@link RMSNorm}. */
export interface RMSNormOptions extends FactoryOptions {
  /** Added to the mean square; the dtype's own epsilon unless given. */
  eps?: number | null;
  /** Whether a scale is learned; true unless given. */
  elementwiseAffine?: boolean;
}

/**
 * Divides by the root of the mean square over the last dimensions (Zhang and Sennrich, 2019).
 *
 * `y = x / sqrt(mean(x^2) + eps) * weight`
 *
 * Shape: input `(*, ...normalized_shape)`; the output is of the input's shape.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.RMSNorm.html
 * @example
 * new nn.RMSNorm(2).call(torch.tensor([[1, 7]]).float()).detach() // tensor([[0.2000, 1.4000]])
 */
export class RMSNorm extends Module<[Tensor], Tensor> {
  /** The scale, of shape `normalized_shape`; null where none is learned. */
  weight: Parameter | null = null;
  /** The sizes of the last dimensions. */
  readonly normalizedShape: number[];
  /** Added to the mean square; null for the dtype's own epsilon. */
  readonly eps: number | null;
  /** Whether a scale is learned. */
  readonly elementwiseAffine: boolean;

  constructor(normalizedShape: number | readonly number[], options: RMSNormOptions = {}) {
    super();
    const { eps = null, elementwiseAffine = true, dtype, device } = options;
    this.normalizedShape = shapeOf(normalizedShape);
    this.eps = eps;
    this.elementwiseAffine = elementwiseAffine;
    if (elementwiseAffine) this.weight = new Parameter(empty(this.normalizedShape, { dtype, device }));
    this.resetParameters();
  }

  /**
   * Starts the scale anew: ones.
   *
   * @example
   * const norm = new nn.RMSNorm(2)
   * nn.init.zeros_(norm.weight)
   * norm.resetParameters()
   * norm.weight.detach() // tensor([1., 1.])
   */
  resetParameters(): void {
    if (this.weight) init.ones_(this.weight);
  }

  override forward(input: Tensor): Tensor {
    return F.rmsNorm(input, this.normalizedShape, this.weight, this.eps);
  }

  override extraRepr(): string {
    const eps = this.eps === null ? 'None' : float(this.eps);
    return `${tuple(this.normalizedShape)}, eps=${eps}, elementwise_affine=${bool(this.elementwiseAffine)}`;
  }
}

/** Options of {@link GroupNorm}. */
export interface GroupNormOptions extends FactoryOptions {
  /** Added to the variance; 1e-5 unless given. */
  eps?: number;
  /** Whether a scale and a shift are learned; true unless given. */
  affine?: boolean;
  /** Whether the shift is, beside the scale; true unless given. */
  bias?: boolean;
}

/**
 * Normalises over groups of channels of each sample (Wu and He, 2018).
 *
 * `y = (x - mean) / sqrt(var + eps) * weight + bias`
 *
 * Shape: input `(N, C, *)`; the output is of the input's shape.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.GroupNorm.html
 * @example
 * new nn.GroupNorm(1, 2).call(torch.tensor([[1.5, 2.5]])).detach() // tensor([[-1.0000, 1.0000]])
 */
export class GroupNorm extends Module<[Tensor], Tensor> {
  /** The scale, of shape `(C)`; null where none is learned. */
  weight: Parameter | null = null;
  /** The shift, of shape `(C)`; null where none is learned. */
  bias: Parameter | null = null;
  /** Added to the variance. */
  readonly eps: number;
  /** Whether a scale and a shift are learned. */
  readonly affine: boolean;

  constructor(
    /** The number of groups. */
    readonly numGroups: number,
    /** The number of channels. */
    readonly numChannels: number,
    options: GroupNormOptions = {},
  ) {
    super();
    const { eps = 1e-5, affine = true, bias = true, dtype, device } = options;
    sizeArgument('GroupNorm', 'numGroups', numGroups);
    sizeArgument('GroupNorm', 'numChannels', numChannels);
    if (numChannels % numGroups !== 0)
      throw new FlambeauError(
        'INVALID_VALUE',
        `GroupNorm(): numChannels ${numChannels} cannot be split into ${numGroups} groups`,
      );
    this.eps = eps;
    this.affine = affine;
    if (affine) {
      this.weight = new Parameter(empty(numChannels, { dtype, device }));
      if (bias) this.bias = new Parameter(empty(numChannels, { dtype, device }));
    }
    this.resetParameters();
  }

  /**
   * Starts the scale and the shift anew: ones and zeros.
   *
   * @example
   * const norm = new nn.GroupNorm(1, 2)
   * nn.init.zeros_(norm.weight)
   * norm.resetParameters()
   * norm.weight.detach() // tensor([1., 1.])
   */
  resetParameters(): void {
    if (this.weight) init.ones_(this.weight);
    if (this.bias) init.zeros_(this.bias);
  }

  override forward(input: Tensor): Tensor {
    return F.groupNorm(input, this.numGroups, this.weight, this.bias, this.eps);
  }

  override extraRepr(): string {
    return `${this.numGroups}, ${this.numChannels}, eps=${float(this.eps)}, affine=${bool(this.affine)}, bias=${bool(this.bias !== null)}`;
  }
}

/** Options of {@link LocalResponseNorm}. */
export type LocalResponseNormOptions = F.LocalResponseNormOptions;

/**
 * Divides each element by what its neighbours in nearby channels amount to (Krizhevsky et al., 2012).
 *
 * `y_c = x_c / (k + alpha / size * sum x_c'^2)^beta`
 *
 * Shape: input `(N, C, *)` with three dimensions or more; the output is of the input's shape.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.LocalResponseNorm.html
 * @example
 * new nn.LocalResponseNorm(1, { alpha: 1, beta: 1 }).call(torch.ones(1, 1, 1, 1)) // tensor([[[[0.5000]]]])
 */
export class LocalResponseNorm extends Module<[Tensor], Tensor> {
  /** The factor of the sum. */
  readonly alpha: number;
  /** The exponent. */
  readonly beta: number;
  /** What is added. */
  readonly k: number;

  constructor(
    /** The number of channels. */
    readonly size: number,
    { alpha = 1e-4, beta = 0.75, k = 1 }: LocalResponseNormOptions = {},
  ) {
    super();
    sizeArgument('LocalResponseNorm', 'size', size);
    this.alpha = alpha;
    this.beta = beta;
    this.k = k;
  }

  override forward(input: Tensor): Tensor {
    const { alpha, beta, k } = this;
    return F.localResponseNorm(input, this.size, { alpha, beta, k });
  }

  override extraRepr(): string {
    return `${this.size}, alpha=${float(this.alpha)}, beta=${float(this.beta)}, k=${float(this.k)}`;
  }
}

/**
 * {@link LocalResponseNorm} of images as Lua Torch had it, for models from there. Its windows of channels, which at the
 * later ones never lose the first, are PyTorch's; its gradients are those of what it computes.
 *
 * Shape: input `(N, C, H, W)`; the output is of the input's shape.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.CrossMapLRN2d.html
 * @example
 * new nn.CrossMapLRN2d(1, { alpha: 1, beta: 1 }).call(torch.ones(1, 1, 1, 1)) // tensor([[[[0.5000]]]])
 */
export class CrossMapLRN2d extends LocalResponseNorm {
  override forward(input: Tensor): Tensor {
    if (input.ndim !== 4)
      throw new FlambeauError(
        'INVALID_VALUE',
        `CrossMapLRN2d(): argument 'input' must have 4 dimensions, not ${input.ndim}`,
      );
    const squares = input.square().unbind(1);
    const reach = Math.trunc((this.size - 1) / 2 + 1);
    const sums = [squares.slice(0, reach).reduce((a, b) => a.add(b))];
    for (let c = 1; c < squares.length; c++) {
      let sum = sums[c - 1]!;
      if (c + reach - 1 < squares.length) sum = sum.add(squares[c + reach - 1]!);
      if (c > reach) sum = sum.sub(squares[c - reach]!);
      sums.push(sum);
    }
    const scale = stack(sums, 1)
      .mul(this.alpha / this.size)
      .add(this.k);
    return input.mul(scale.pow(-this.beta));
  }

  override extraRepr(): string {
    return `${this.size}, alpha=${float(this.alpha)}, beta=${float(this.beta)}, k=${this.k}`;
  }
}
