import { FlambeauError } from '../../errors.js';
import { noGrad } from '../../autograd/modes.js';
import { empty, ones, zeros } from '../../ops/creation/index.js';
import type { Tensor } from '../../tensor.js';
import * as F from '../functional/index.js';
import * as init from '../init.js';
import { Parameter } from '../parameter.js';
import { Module } from './module.js';
import { sizeArgument, type FactoryOptions } from './options.js';

/** Options of {@link BatchNorm2d} and its like. */
export interface BatchNormOptions extends FactoryOptions {
  /** Added to the variance. */
  eps?: number;
  /** How fast the running statistics follow; null for their plain average over all batches. */
  momentum?: number | null;
  /** Whether a scale and a shift are learned. */
  affine?: boolean;
  /** Whether running statistics are kept; without them, each batch's own are used in evaluation too. */
  trackRunningStats?: boolean;
}

/**
 * The base of batch normalization: {@link BatchNorm1d}, {@link BatchNorm2d} and {@link BatchNorm3d} say which shapes they take.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.BatchNorm2d.html
 * @example
 * new nn.BatchNorm2d(3) instanceof nn.BatchNorm // true
 */
export abstract class BatchNorm extends Module<[Tensor], Tensor> {
  /** The scale, of shape `(C)`; null where none is learned. */
  weight: Parameter | null = null;
  /** The shift, of shape `(C)`; null where none is learned. */
  bias: Parameter | null = null;
  /** The running mean, a buffer of shape `(C)`; null where none is kept. */
  running_mean: Tensor | null = null;
  /** The running variance, a buffer of shape `(C)`; null where none is kept. */
  running_var: Tensor | null = null;
  /** How many batches were seen, a buffer of shape `()`; null where no statistics are kept. */
  num_batches_tracked: Tensor | null = null;
  /** Added to the variance. */
  readonly eps: number;
  /** How fast the running statistics follow; null for their plain average. */
  readonly momentum: number | null;
  /** Whether a scale and a shift are learned. */
  readonly affine: boolean;
  /** Whether running statistics are kept. */
  readonly trackRunningStats: boolean;

  /** The numbers of dimensions that the input may have. */
  protected abstract readonly dimensions: readonly number[];

  constructor(
    /** The number of channels. */
    readonly numFeatures: number,
    options: BatchNormOptions = {},
  ) {
    super();
    const { eps = 1e-5, momentum = 0.1, affine = true, trackRunningStats = true, dtype, device } = options;
    sizeArgument(new.target.name, 'numFeatures', numFeatures, 0);
    this.eps = eps;
    this.momentum = momentum;
    this.affine = affine;
    this.trackRunningStats = trackRunningStats;
    if (affine) {
      this.weight = new Parameter(empty(numFeatures, { dtype, device }));
      this.bias = new Parameter(empty(numFeatures, { dtype, device }));
    }
    this.registerBuffer('running_mean', trackRunningStats ? zeros(numFeatures, { dtype, device }) : null);
    this.registerBuffer('running_var', trackRunningStats ? ones(numFeatures, { dtype, device }) : null);
    this.registerBuffer('num_batches_tracked', trackRunningStats ? zeros([], { dtype: 'int64', device }) : null);
    this.resetParameters();
  }

  /**
   * Starts the running statistics anew.
   *
   * @example
   * const norm = new nn.BatchNorm1d(2)
   * norm.call(torch.randn(4, 2))
   * norm.resetRunningStats()
   * norm.num_batches_tracked.item() // 0
   */
  resetRunningStats(): void {
    noGrad(() => {
      this.running_mean?.zero_();
      this.running_var?.fill_(1);
      this.num_batches_tracked?.zero_();
    });
  }

  /**
   * Starts the statistics, the scale and the shift anew: ones and zeros.
   *
   * @example
   * const norm = new nn.BatchNorm1d(2)
   * nn.init.zeros_(norm.weight)
   * norm.resetParameters()
   * norm.weight.detach() // tensor([1., 1.])
   */
  resetParameters(): void {
    this.resetRunningStats();
    if (this.weight) init.ones_(this.weight);
    if (this.bias) init.zeros_(this.bias);
  }

  override forward(input: Tensor): Tensor {
    const name = this.constructor.name;
    if (!this.dimensions.includes(input.ndim)) {
      const wanted = this.dimensions.join(' or ');
      throw new FlambeauError(
        'INVALID_VALUE',
        `${name}(): argument 'input' must have ${wanted} dimensions, not ${input.ndim}`,
      );
    }
    let factor = this.momentum ?? 0;
    if (this.training && this.num_batches_tracked) {
      this.num_batches_tracked.add_(1);
      if (this.momentum === null) factor = 1 / Number(this.num_batches_tracked.item());
    }
    return F.batchNorm(input, this.running_mean, this.running_var, {
      weight: this.weight,
      bias: this.bias,
      training: this.training || this.running_mean === null,
      momentum: factor,
      eps: this.eps,
    });
  }

  override extraRepr(): string {
    const text = (value: boolean): string => (value ? 'True' : 'False');
    const eps = this.eps === 1e-5 ? '1e-05' : String(this.eps);
    return `${this.numFeatures}, eps=${eps}, momentum=${this.momentum ?? 'None'}, affine=${text(this.affine)}, track_running_stats=${text(this.trackRunningStats)}`;
  }
}

/**
 * Batch normalization (Ioffe and Szegedy, 2015) of vectors or sequences: each channel to mean 0 and variance 1, then scaled
 * and shifted.
 *
 * `y = (x - mean) / sqrt(var + eps) * weight + bias`
 *
 * Shape: input `(N, C)` or `(N, C, L)`; the output is of the input's shape. In training the batch's own mean and (biased)
 * variance are used and the running ones follow them; in evaluation the running ones are used.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.BatchNorm1d.html
 * @example
 * new nn.BatchNorm1d(1).call(torch.tensor([[1.5], [2.5]])).detach() // tensor([[-1.0000], [ 1.0000]])
 */
export class BatchNorm1d extends BatchNorm {
  protected readonly dimensions = [2, 3];
}

/**
 * {@link BatchNorm1d} of images: input `(N, C, H, W)`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.BatchNorm2d.html
 * @example
 * new nn.BatchNorm2d(3).eval().call(torch.ones(1, 3, 4, 4)).shape // [ 1, 3, 4, 4 ]
 */
export class BatchNorm2d extends BatchNorm {
  protected readonly dimensions = [4];
}

/**
 * {@link BatchNorm1d} of volumes: input `(N, C, D, H, W)`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.BatchNorm3d.html
 * @example
 * new nn.BatchNorm3d(2).call(torch.randn(2, 2, 3, 3, 3)).shape // [ 2, 2, 3, 3, 3 ]
 */
export class BatchNorm3d extends BatchNorm {
  protected readonly dimensions = [5];
}
