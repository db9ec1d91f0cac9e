import { zerosLike } from '../ops/creation/index.js';
import type { Tensor } from '../tensor.js';
import * as kernels from './kernels.js';
import { Optimizer, type ParamGroup, type Params } from './optimizer.js';
import { checkRate, notNegative, type CapturableOptions } from './options.js';
import { descend_, slopes } from './scalars.js';

/** Options of {@link RMSprop}. */
export interface RMSpropOptions extends CapturableOptions {
  /** How slowly the average of squares changes. */
  alpha: number;
  /** Added to the denominator. */
  eps: number;
  /** How much of the previous step is kept. */
  momentum: number;
  /** Whether the gradient's variance is used in place of its mean square. */
  centered: boolean;
}

/**
 * RMSprop (Hinton's lecture; Graves, 2013 where centered): steps scaled by a running average of the gradient's square.
 *
 * `v = alpha v + (1 - alpha) g^2`, `p = p - lr * g / (sqrt(v) + eps)`
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.optim.RMSprop.html
 * @example
 * const w = new nn.Parameter(torch.ones(2))
 * const rmsprop = new optim.RMSprop([w], { lr: 0.25, alpha: 0.75 })
 * w.sum().backward()
 * rmsprop.step()
 * w.detach() // tensor([0.5000, 0.5000])
 */
export class RMSprop extends Optimizer<RMSpropOptions> {
  constructor(params: Params<RMSpropOptions>, options?: Partial<RMSpropOptions>) {
    const defaults: RMSpropOptions = {
      lr: 1e-2,
      momentum: 0,
      alpha: 0.99,
      eps: 1e-8,
      centered: false,
      weightDecay: 0,
      capturable: false,
      foreach: null,
      maximize: false,
    };
    super(params, defaults, options);
  }

  protected override check(group: RMSpropOptions): void {
    checkRate('RMSprop', group.lr);
    notNegative('RMSprop', group, 'eps', 'momentum', 'weightDecay', 'alpha');
  }

  protected override update(group: ParamGroup<RMSpropOptions>, params: Tensor[], grads: Tensor[]): void {
    const { momentum, alpha, eps, centered } = group;
    this.counted(params, this.unread(group));
    const { square_avg: squares } = this.remembered(params, { square_avg: zerosLike });
    const g = slopes(params, grads, group);
    kernels.mul_(squares, alpha);
    kernels.addcmul_(squares, g, g, 1 - alpha);
    let denominators: readonly Tensor[];
    if (centered) {
      const { grad_avg: means } = this.remembered(params, { grad_avg: zerosLike });
      kernels.lerp_(means, g, 1 - alpha);
      denominators = kernels.addcmul(squares, means, means, -1);
      kernels.sqrt_(denominators);
    } else denominators = kernels.sqrt(squares);
    kernels.add_(denominators, eps);
    const rate = this.rate(group);
    if (momentum > 0) {
      const { momentum_buffer: buffers } = this.remembered(params, { momentum_buffer: zerosLike });
      kernels.mul_(buffers, momentum);
      kernels.addcdiv_(buffers, g, denominators, 1);
      descend_(params, buffers, rate);
    } else if (typeof rate === 'number') kernels.addcdiv_(params, g, denominators, -rate);
    else descend_(params, kernels.div(g, denominators), rate);
  }
}
