import { wrongArgument } from '../errors.js';
import { zerosLike } from '../ops/creation/index.js';
import type { Tensor } from '../tensor.js';
import * as kernels from './kernels.js';
import { Optimizer, type ParamGroup, type Params } from './optimizer.js';
import { checkRate, notNegative, type CapturableOptions } from './options.js';
import { descend_, slopes } from './scalars.js';

/** Options of {@link Adadelta}. */
export interface AdadeltaOptions extends CapturableOptions {
  /** How slowly the averages of squares change. */
  rho: number;
  /** Added to the averages under the roots. */
  eps: number;
}

/**
 * Adadelta (Zeiler, 2012): steps of the size of previous ones, by running averages of the squares of both.
 *
 * `v = rho v + (1 - rho) g^2`, `d = sqrt(u + eps) / sqrt(v + eps) * g`, `u = rho u + (1 - rho) d^2`, `p = p - lr * d`
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.optim.Adadelta.html
 * @example
 * const w = new nn.Parameter(torch.ones(2))
 * const adadelta = new optim.Adadelta([w])
 * w.sum().backward()
 * adadelta.step()
 * w.detach() // tensor([0.9968, 0.9968])
 */
export class Adadelta extends Optimizer<AdadeltaOptions> {
  constructor(params: Params<AdadeltaOptions>, options?: Partial<AdadeltaOptions>) {
    const defaults: AdadeltaOptions = {
      lr: 1,
      rho: 0.9,
      eps: 1e-6,
      weightDecay: 0,
      maximize: false,
      capturable: false,
      foreach: null,
    };
    super(params, defaults, options);
  }

  protected override check(group: AdadeltaOptions): void {
    checkRate('Adadelta', group.lr);
    if (!(typeof group.rho === 'number' && group.rho >= 0 && group.rho <= 1))
      throw wrongArgument('Adadelta', 'rho', 'number from 0 to 1', group.rho);
    notNegative('Adadelta', group, 'eps', 'weightDecay');
  }

  protected override update(group: ParamGroup<AdadeltaOptions>, params: Tensor[], grads: Tensor[]): void {
    const { rho, eps } = group;
    this.counted(params, this.unread(group));
    const { square_avg: squares, acc_delta: sizes } = this.remembered(params, {
      square_avg: zerosLike,
      acc_delta: zerosLike,
    });
    const g = slopes(params, grads, group);
    kernels.mul_(squares, rho);
    kernels.addcmul_(squares, g, g, 1 - rho);
    const denominators = kernels.add(squares, eps);
    kernels.sqrt_(denominators);
    const steps = kernels.add(sizes, eps);
    kernels.sqrt_(steps);
    kernels.div_(steps, denominators);
    kernels.mul_(steps, g);
    kernels.mul_(sizes, rho);
    kernels.addcmul_(sizes, steps, steps, 1 - rho);
    descend_(params, steps, this.rate(group));
  }
}
