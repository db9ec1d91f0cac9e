import { ones, zerosLike } from '../ops/creation/index.js';
import type { Tensor } from '../tensor.js';
import * as kernels from './kernels.js';
import { Optimizer, type ParamGroup, type Params } from './optimizer.js';
import { checkBetas, checkRate, notNegative, type CapturableOptions } from './options.js';
import { decay_, Scalars, slopes } from './scalars.js';

/** Options of {@link NAdam}. */
export interface NAdamOptions extends CapturableOptions {
  /** How slowly the averages of the gradient and of its square change. */
  betas: readonly [number, number];
  /** Added to the denominator. */
  eps: number;
  /** How fast the momentum grows to its full size. */
  momentumDecay: number;
  /** Whether the penalty shrinks the weights themselves, as AdamW does, rather than entering the averages. */
  decoupledWeightDecay: boolean;
}

/**
 * NAdam (Dozat, 2016): Adam whose momentum looks ahead, as Nesterov's.
 *
 * `u_t = b1 (1 - 0.96^(t * momentum_decay) / 2)`, `U_t = u_1 * ... * u_t`,
 * `p = p - lr * ((1 - u_t) / (1 - U_t) * g + u_(t+1) / (1 - U_(t+1)) * m) / (sqrt(v / (1 - b2^t)) + eps)`
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.optim.NAdam.html
 * @example
 * const w = new nn.Parameter(torch.ones(2))
 * const nadam = new optim.NAdam([w], { lr: 0.25 })
 * w.sum().backward()
 * nadam.step()
 * w.detach().lt(1) // tensor([True, True])
 */
export class NAdam extends Optimizer<NAdamOptions> {
  constructor(params: Params<NAdamOptions>, options?: Partial<NAdamOptions>) {
    const defaults: NAdamOptions = {
      lr: 2e-3,
      betas: [0.9, 0.999],
      eps: 1e-8,
      weightDecay: 0,
      momentumDecay: 4e-3,
      decoupledWeightDecay: false,
      maximize: false,
      foreach: null,
      capturable: false,
    };
    super(params, defaults, options);
  }

  protected override check(group: NAdamOptions): void {
    checkRate('NAdam', group.lr);
    checkBetas('NAdam', group.betas);
    notNegative('NAdam', group, 'eps', 'weightDecay', 'momentumDecay');
  }

  protected override update(group: ParamGroup<NAdamOptions>, params: Tensor[], grads: Tensor[]): void {
    const { betas, eps, weightDecay, momentumDecay, decoupledWeightDecay, maximize } = group;
    const [beta1, beta2] = betas;
    const unread = this.unread(group);
    const rate = this.rate(group);
    const {
      exp_avg: means,
      exp_avg_sq: squares,
      mu_product: products,
    } = this.remembered(params, {
      mu_product: (param) => ones([], { dtype: 'float32', device: unread ? param.device : 'cpu' }),
      exp_avg: zerosLike,
      exp_avg_sq: zerosLike,
    });
    const counts = Scalars.of(this.counted(params, unread), unread);
    if (decoupledWeightDecay && weightDecay !== 0) decay_(params, rate, weightDecay);
    const g = slopes(params, grads, { maximize, weightDecay: decoupledWeightDecay ? 0 : weightDecay });
    kernels.lerp_(means, g, 1 - beta1);
    kernels.mul_(squares, beta2);
    kernels.addcmul_(squares, g, g, 1 - beta2);

    const momentum = (steps: Scalars): Scalars =>
      steps.times(momentumDecay).powerOf(0.96).times(-0.5).plus(1).times(beta1);
    const now = momentum(counts);
    const next = momentum(counts.plus(1));
    kernels.mul_(products, now.each);
    const product = Scalars.of(products, unread);
    const steps = kernels.mul(g, now.complement().over(product.complement()).times(rate).each);
    const ahead = next.over(product.times(next).complement()).times(rate);
    kernels.add_(steps, kernels.mul(means, ahead.each));

    const denominators = kernels.sqrt(squares);
    kernels.div_(denominators, counts.powerOf(beta2).complement().sqrt().each);
    kernels.add_(denominators, eps);
    kernels.addcdiv_(params, steps, denominators, -1);
  }
}
