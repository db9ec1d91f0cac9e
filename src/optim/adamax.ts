import { zerosLike } from '../ops/creation/index.js';
import type { Tensor } from '../tensor.js';
import * as kernels from './kernels.js';
import { Optimizer, type ParamGroup, type Params } from './optimizer.js';
import { checkBetas, checkRate, notNegative, type CapturableOptions } from './options.js';
import { addcdiv_, Scalars, slopes } from './scalars.js';

/** Options of {@link Adamax}. */
export interface AdamaxOptions extends CapturableOptions {
  /** How slowly the average of the gradient and the greatest of its magnitudes change. */
  betas: readonly [number, number];
  /** Added to the magnitude of the gradient. */
  eps: number;
}

/**
 * Adamax (Kingma and Ba, 2015): Adam with the greatest magnitude of the gradient, which fades, in place of its mean square.
 *
 * `m = b1 m + (1 - b1) g`, `u = max(b2 u, |g| + eps)`, `p = p - lr / (1 - b1^t) * m / u`
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.optim.Adamax.html
 * @example
 * const w = new nn.Parameter(torch.ones(2))
 * const adamax = new optim.Adamax([w], { lr: 0.25 })
 * w.sum().backward()
 * adamax.step()
 * w.detach() // tensor([0.7500, 0.7500])
 */
export class Adamax extends Optimizer<AdamaxOptions> {
  constructor(params: Params<AdamaxOptions>, options?: Partial<AdamaxOptions>) {
    const defaults: AdamaxOptions = {
      lr: 2e-3,
      betas: [0.9, 0.999],
      eps: 1e-8,
      weightDecay: 0,
      foreach: null,
      maximize: false,
      capturable: false,
    };
    super(params, defaults, options);
  }

  protected override check(group: AdamaxOptions): void {
    checkRate('Adamax', group.lr);
    checkBetas('Adamax', group.betas);
    notNegative('Adamax', group, 'eps', 'weightDecay');
  }

  protected override update(group: ParamGroup<AdamaxOptions>, params: Tensor[], grads: Tensor[]): void {
    const { betas, eps } = group;
    const [beta1, beta2] = betas;
    const unread = this.unread(group);
    const { exp_avg: means, exp_inf: peaks } = this.remembered(params, { exp_avg: zerosLike, exp_inf: zerosLike });
    const counts = Scalars.of(this.counted(params, unread), unread);
    const g = slopes(params, grads, group);
    kernels.lerp_(means, g, 1 - beta1);
    kernels.mul_(peaks, beta2);
    const magnitudes = kernels.abs(g);
    kernels.add_(magnitudes, eps);
    kernels.maximum_(peaks, magnitudes);
    const factors = counts.powerOf(beta1).complement().into(this.rate(group)).times(-1);
    if (unread) kernels.copy_(magnitudes, peaks);
    addcdiv_(params, means, unread ? magnitudes : peaks, factors);
  }
}
