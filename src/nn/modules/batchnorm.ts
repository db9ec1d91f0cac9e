import { FlambeauError } from '../../errors.js';
import type { Tensor } from '../../tensor.js';
import * as F from '../functional/index.js';
import { Module } from './module.js';
import { RunningNorm, type RunningNormOptions } from './running.js';

/** Options of {@link BatchNorm2d} and its like. */
export type BatchNormOptions = RunningNormOptions;

/**
 * The base of batch normalization: {@link BatchNorm1d}, {@link BatchNorm2d} and {@link BatchNorm3d} say which shapes they take.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.BatchNorm2d.html
 * @example
 * new nn.BatchNorm2d(3) instanceof nn.BatchNorm // true
 */
export abstract class BatchNorm extends RunningNorm {
  override forward(input: Tensor): Tensor {
    this.check(input);
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

/**
 * {@link BatchNorm1d} of any shape `(N, C, *)`. In one process it is batch normalization; statistics are not yet joined
 * over several.
 *
 * Shape: input `(N, C, *)`; the output is of the input's shape.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.SyncBatchNorm.html
 * @example
 * new nn.SyncBatchNorm(1).call(torch.tensor([[1.5], [2.5]])).detach() // tensor([[-1.0000], [ 1.0000]])
 */
export class SyncBatchNorm extends BatchNorm {
  protected readonly dimensions = [];

  protected override check(input: Tensor): void {
    if (input.ndim >= 2) return;
    throw new FlambeauError(
      'INVALID_VALUE',
      `SyncBatchNorm(): argument 'input' must have 2 dimensions or more, not ${input.ndim}`,
    );
  }

  /**
   * Puts a SyncBatchNorm in the place of each batch norm in a module, with the same parameters and statistics.
   *
   * @returns the module, or what took its place
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.SyncBatchNorm.html#torch.nn.SyncBatchNorm.convert_sync_batchnorm
   * @example
   * nn.SyncBatchNorm.convertSyncBatchnorm(new nn.Sequential(new nn.BatchNorm1d(2))).at(0) instanceof nn.SyncBatchNorm // true
   */
  static convertSyncBatchnorm<M extends object>(module: M): M {
    if (module instanceof BatchNorm && !(module instanceof SyncBatchNorm)) {
      const { numFeatures, eps, momentum, affine, trackRunningStats, weight, bias } = module;
      const made = new SyncBatchNorm(numFeatures, { eps, momentum, affine: false, trackRunningStats });
      const { running_mean, running_var, num_batches_tracked, training } = module;
      Object.assign(made, { affine, weight, bias, running_mean, running_var, num_batches_tracked, training });
      return made as object as M;
    }
    if (!(module instanceof Module)) return module;
    for (const [name, child] of [...module.namedChildren()])
      (module as Record<string, unknown>)[name] = SyncBatchNorm.convertSyncBatchnorm(child);
    return module;
  }
}
