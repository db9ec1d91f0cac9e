import { zerosLike } from '../ops/creation/index.js';
import type { Tensor } from '../tensor.js';
import * as kernels from './kernels.js';
import { Optimizer, type ParamGroup, type Params } from './optimizer.js';
import { checkBetas, checkRate, notNegative, oneWay, type CapturableOptions, type FusedOptions } from './options.js';
import { addcdiv_, decay_, Scalars, slopes } from './scalars.js';

/** Options of {@link Adam}. */
export interface AdamOptions extends CapturableOptions, FusedOptions {
  /** How slowly the averages of the gradient and of its square change. */
  betas: readonly [number, number];
  /** Added to the denominator. */
  eps: number;
  /** Whether the greatest average of squares is used (Reddi et al., 2018). */
  amsgrad: boolean;
  /** Whether the penalty shrinks the weights themselves, as {@link AdamW} does, rather than entering the averages. */
  decoupledWeightDecay: boolean;
}

type Lists = readonly Tensor[];
const fusedAdam = kernels.kernel<[Lists, Lists, Lists, Lists, Lists, Lists, object]>('_fused_adam_');
const fusedAdamW = kernels.kernel<[Lists, Lists, Lists, Lists, Lists, Lists, object]>('_fused_adamw_');

/**
 * Adam (Kingma and Ba, 2015): steps scaled by running averages of the gradient and of its square.
 *
 * `m = b1 m + (1 - b1) g`, `v = b2 v + (1 - b2) g^2`, `p = p - lr * (m / (1 - b1^t)) / (sqrt(v / (1 - b2^t)) + eps)`
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.optim.Adam.html
 * @example
 * const w = new nn.Parameter(torch.ones(2))
 * const adam = new optim.Adam([w], { lr: 0.25 })
 * w.sum().backward()
 * adam.step()
 * w.detach() // tensor([0.7500, 0.7500])
 */
export class Adam extends Optimizer<AdamOptions> {
  constructor(params: Params<AdamOptions>, options?: Partial<AdamOptions>) {
    const defaults: AdamOptions = {
      lr: 1e-3,
      betas: [0.9, 0.999],
      eps: 1e-8,
      weightDecay: 0,
      amsgrad: false,
      maximize: false,
      foreach: null,
      capturable: false,
      decoupledWeightDecay: false,
      fused: null,
    };
    super(params, defaults, options);
  }

  protected override check(group: AdamOptions): void {
    const { name } = this.constructor;
    checkRate(name, group.lr);
    checkBetas(name, group.betas);
    notNegative(name, group, 'eps', 'weightDecay');
    oneWay(name, group);
  }

  protected override update(group: ParamGroup<AdamOptions>, params: Tensor[], grads: Tensor[]): void {
    const { lr, betas, eps, weightDecay, amsgrad, maximize, decoupledWeightDecay } = group;
    const [beta1, beta2] = betas;
    const fuse = group.fused ?? (group.foreach === null && kernels.canFuse(params));
    const unread = this.unread(group);
    const { exp_avg: means, exp_avg_sq: squares } = this.remembered(params, {
      exp_avg: zerosLike,
      exp_avg_sq: zerosLike,
    });
    const greatest = amsgrad ? this.remembered(params, { max_exp_avg_sq: zerosLike }).max_exp_avg_sq : [];
    const steps = this.counted(params, fuse || unread);
    if (fuse) {
      (decoupledWeightDecay ? fusedAdamW : fusedAdam)(params, grads, means, squares, greatest, steps, {
        lr,
        beta1,
        beta2,
        weight_decay: weightDecay,
        eps,
        amsgrad,
        maximize,
      });
      return;
    }
    const rate = this.rate(group);
    if (decoupledWeightDecay && weightDecay !== 0) decay_(params, rate, weightDecay);
    const g = slopes(params, grads, { maximize, weightDecay: decoupledWeightDecay ? 0 : weightDecay });
    kernels.lerp_(means, g, 1 - beta1);
    kernels.mul_(squares, beta2);
    kernels.addcmul_(squares, g, g, 1 - beta2);
    if (amsgrad) kernels.maximum_(greatest, squares);
    const denominators = kernels.sqrt(amsgrad ? greatest : squares);
    const counts = Scalars.of(steps, unread);
    // The correction of the squares goes into eps and the rate: one pass less over the elements.
    const second = counts.powerOf(beta2).complement().sqrt();
    kernels.add_(denominators, second.times(eps).each);
    const factors = counts.powerOf(beta1).complement().into(rate).times(second).times(-1);
    addcdiv_(params, means, denominators, factors);
  }
}
