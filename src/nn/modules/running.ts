import { FlambeauError } from '../../errors.js';
import { noGrad } from '../../autograd/modes.js';
import { empty, ones, zeros } from '../../ops/creation/index.js';
import type { Tensor } from '../../tensor.js';
import * as init from '../init.js';
import { Parameter } from '../parameter.js';
import { Module } from './module.js';
import { bool, float, sizeArgument, type FactoryOptions } from './options.js';

/** Options of the layers that may keep running statistics. */
export interface RunningNormOptions extends FactoryOptions {
  /** Added to the variance. */
  eps?: number;
  /** How fast the running statistics follow; null for their plain average over all batches. */
  momentum?: number | null;
  /** Whether a scale and a shift are learned. */
  affine?: boolean;
  /** Whether the shift is, beside the scale; true unless given. */
  bias?: boolean;
  /** Whether running statistics are kept; without them, each batch's own are used in evaluation too. */
  trackRunningStats?: boolean;
}

/** What the normalizations share that may keep running statistics. */
export abstract class RunningNorm extends Module<[Tensor], Tensor> {
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
    options: RunningNormOptions = {},
  ) {
    super();
    const { eps = 1e-5, momentum = 0.1, affine = true, bias = true, trackRunningStats = true, dtype, device } = options;
    sizeArgument(new.target.name, 'numFeatures', numFeatures, 0);
    this.eps = eps;
    this.momentum = momentum;
    this.affine = affine;
    this.trackRunningStats = trackRunningStats;
    if (affine) {
      this.weight = new Parameter(empty(numFeatures, { dtype, device }));
      if (bias) this.bias = new Parameter(empty(numFeatures, { dtype, device }));
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

  /** Throws unless the input has as many dimensions as the layer takes. */
  protected check(input: Tensor): void {
    if (this.dimensions.includes(input.ndim)) return;
    const wanted = this.dimensions.join(' or ');
    throw new FlambeauError(
      'INVALID_VALUE',
      `${this.constructor.name}(): argument 'input' must have ${wanted} dimensions, not ${input.ndim}`,
    );
  }

  override extraRepr(): string {
    const momentum = this.momentum === null ? 'None' : float(this.momentum);
    return `${this.numFeatures}, eps=${float(this.eps)}, momentum=${momentum}, affine=${bool(this.affine)}, bias=${bool(this.bias !== null)}, track_running_stats=${bool(this.trackRunningStats)}`;
  }
}
