import { full, ones, zerosLike } from '../ops/creation/index.js';
import type { Tensor } from '../tensor.js';
import * as kernels from './kernels.js';
import { Optimizer, type ParamGroup, type Params } from './optimizer.js';
import { checkRate, notNegative, type CapturableOptions } from './options.js';
import { slopes } from './scalars.js';

/** Options of {@link ASGD}. */
export interface ASGDOptions extends CapturableOptions {
  /** How fast weights decay, and the learning rate falls. */
  lambd: number;
  /** The power by which the learning rate falls. */
  alpha: number;
  /** The step from which on weights are averaged. */
  t0: number;
}

/**
 * Averaged stochastic gradient descent (Polyak and Juditsky, 1992). The average is in the state, as `ax`.
 *
 * `p = p - eta * (g + lambd * p)`, `ax = ax + mu * (p - ax)`,
 * `eta = lr / (1 + lambd * lr * t)^alpha`, `mu = 1 / max(1, t - t0)`
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.optim.ASGD.html
 * @example
 * const w = new nn.Parameter(torch.ones(2))
 * const asgd = new optim.ASGD([w], { lr: 0.25 })
 * w.sum().backward()
 * asgd.step()
 * w.detach() // tensor([0.7500, 0.7500])
 */
export class ASGD extends Optimizer<ASGDOptions> {
  constructor(params: Params<ASGDOptions>, options?: Partial<ASGDOptions>) {
    const defaults: ASGDOptions = {
      lr: 1e-2,
      lambd: 1e-4,
      alpha: 0.75,
      t0: 1e6,
      weightDecay: 0,
      foreach: null,
      maximize: false,
      capturable: false,
    };
    super(params, defaults, options);
  }

  protected override check(group: ASGDOptions): void {
    checkRate('ASGD', group.lr);
    notNegative('ASGD', group, 'weightDecay');
  }

  protected override update(group: ParamGroup<ASGDOptions>, params: Tensor[], grads: Tensor[]): void {
    const { lr, lambd, alpha, t0 } = group;
    const {
      ax: averages,
      eta: rates,
      mu: weights,
    } = this.remembered(params, {
      eta: ({ device }) => full([], typeof lr === 'number' ? lr : Number(lr.item()), { dtype: 'float32', device }),
      mu: ({ device }) => ones([], { dtype: 'float32', device }),
      ax: zerosLike,
    });
    // Nothing is ever read: these numbers are few, and tensors on the device in Python too.
    const steps = this.counted(params, true);
    const g = slopes(params, grads, group);
    kernels.addcmul_(params, kernels.add(g, params, { alpha: lambd }), rates, -1);
    kernels.addcmul_(averages, kernels.sub(params, averages), weights, 1);

    const rate = this.rate(group);
    const falling = kernels.mul(kernels.mul(steps, lambd), rate);
    kernels.add_(falling, 1);
    kernels.copy_(rates, kernels.mul(kernels.pow(falling, -alpha), rate));
    const passed = kernels.sub(steps, t0);
    kernels.clampMin_(passed, 1);
    kernels.copy_(weights, kernels.reciprocal(passed));
  }
}
