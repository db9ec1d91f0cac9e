import { zerosLike } from '../ops/creation/index.js';
import type { Tensor } from '../tensor.js';
import * as kernels from './kernels.js';
import { Optimizer, type ParamGroup, type Params } from './optimizer.js';
import { checkBetas, checkRate, notNegative, type CapturableOptions } from './options.js';
import { decay_, Scalars, slopes } from './scalars.js';

/** Options of {@link RAdam}. */
export interface RAdamOptions extends CapturableOptions {
  /** How slowly the averages of the gradient and of its square change. */
  betas: readonly [number, number];
  /** Added to the denominator. */
  eps: number;
  /** Whether the penalty shrinks the weights themselves, as AdamW does, rather than entering the averages. */
  decoupledWeightDecay: boolean;
}

/**
 * RAdam (Liu et al., 2020): Adam that does not divide by the average of squares before it knows enough of them.
 *
 * `r_inf = 2 / (1 - b2) - 1`, `r = r_inf - 2 t b2^t / (1 - b2^t)`; where `r > 5`, the step of {@link Adam} times
 * `sqrt((r - 4) (r - 2) r_inf / ((r_inf - 4) (r_inf - 2) r))`, before that `p = p - lr * m / (1 - b1^t)`
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.optim.RAdam.html
 * @example
 * const w = new nn.Parameter(torch.ones(2))
 * const radam = new optim.RAdam([w], { lr: 0.25 })
 * w.sum().backward()
 * radam.step()
 * w.detach() // tensor([0.7500, 0.7500])
 */
export class RAdam extends Optimizer<RAdamOptions> {
  constructor(params: Params<RAdamOptions>, options?: Partial<RAdamOptions>) {
    const defaults: RAdamOptions = {
      lr: 1e-3,
      betas: [0.9, 0.999],
      eps: 1e-8,
      weightDecay: 0,
      maximize: false,
      foreach: null,
      capturable: false,
      decoupledWeightDecay: false,
    };
    super(params, defaults, options);
  }

  protected override check(group: RAdamOptions): void {
    checkRate('RAdam', group.lr);
    checkBetas('RAdam', group.betas);
    notNegative('RAdam', group, 'eps', 'weightDecay');
  }

  protected override update(group: ParamGroup<RAdamOptions>, params: Tensor[], grads: Tensor[]): void {
    const { betas, eps, weightDecay, decoupledWeightDecay, maximize } = group;
    const [beta1, beta2] = betas;
    const unread = this.unread(group);
    const rate = this.rate(group);
    const { exp_avg: means, exp_avg_sq: squares } = this.remembered(params, {
      exp_avg: zerosLike,
      exp_avg_sq: zerosLike,
    });
    const counts = Scalars.of(this.counted(params, unread), unread);
    if (decoupledWeightDecay && weightDecay !== 0) decay_(params, rate, weightDecay);
    const g = slopes(params, grads, { maximize, weightDecay: decoupledWeightDecay ? 0 : weightDecay });
    kernels.lerp_(means, g, 1 - beta1);
    kernels.mul_(squares, beta2);
    kernels.addcmul_(squares, g, g, 1 - beta2);

    const power = counts.powerOf(beta2);
    const bias = power.complement();
    const most = 2 / (1 - beta2) - 1;
    const length = counts.times(power).over(bias).times(-2).plus(most);
    const enough = length.above(5);
    // Zero where it is not yet enough, which also keeps the root from what is negative.
    const rectified = length
      .plus(-4)
      .times(length.plus(-2))
      .over(length)
      .times(most / ((most - 4) * (most - 2)))
      .times(enough)
      .times(bias)
      .sqrt();
    const scale = counts.powerOf(beta1).complement().into(rate).times(-1);
    const factors = kernels.sqrt(squares);
    kernels.add_(factors, eps);
    kernels.reciprocal_(factors);
    kernels.mul_(factors, rectified.times(scale).each);
    kernels.add_(factors, enough.complement().times(scale).each);
    kernels.addcmul_(params, means, factors, 1);
  }
}
