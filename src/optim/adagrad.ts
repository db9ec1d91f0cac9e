import { isCapturing } from '../graph/capture.js';
import { fullLike } from '../ops/creation/index.js';
import { sparseCooTensor } from '../ops/functions.js';
import { FlambeauError } from '../errors.js';
import type { Tensor } from '../tensor.js';
import * as kernels from './kernels.js';
import { Optimizer, type ParamGroup, type Params } from './optimizer.js';
import { checkRate, notNegative, oneWay, type DenseOptions, type FusedOptions } from './options.js';
import { Scalars, slopes } from './scalars.js';

/** Options of {@link Adagrad}. */
export interface AdagradOptions extends DenseOptions, FusedOptions {
  /** How fast the learning rate falls. */
  lrDecay: number;
  /** What the sums of squares start from. */
  initialAccumulatorValue: number;
  /** Added to the denominator. */
  eps: number;
}

type Lists = readonly Tensor[];
const fusedAdagrad = kernels.kernel<[Lists, Lists, Lists, Lists, object]>('_fused_adagrad_');

/**
 * Adagrad (Duchi, Hazan and Singer, 2011): steps scaled by the sum of all squares of the gradient so far. Takes sparse
 * gradients where there is no penalty.
 *
 * `s = s + g^2`, `p = p - lr / (1 + (t - 1) lr_decay) * g / (sqrt(s) + eps)`
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.optim.Adagrad.html
 * @example
 * const w = new nn.Parameter(torch.ones(2))
 * const adagrad = new optim.Adagrad([w], { lr: 0.25 })
 * w.sum().backward()
 * adagrad.step()
 * w.detach() // tensor([0.7500, 0.7500])
 */
export class Adagrad extends Optimizer<AdagradOptions> {
  constructor(params: Params<AdagradOptions>, options?: Partial<AdagradOptions>) {
    const defaults: AdagradOptions = {
      lr: 1e-2,
      lrDecay: 0,
      eps: 1e-10,
      weightDecay: 0,
      initialAccumulatorValue: 0,
      foreach: null,
      maximize: false,
      fused: null,
    };
    super(params, defaults, options);
  }

  protected override check(group: AdagradOptions): void {
    checkRate('Adagrad', group.lr);
    notNegative('Adagrad', group, 'lrDecay', 'weightDecay', 'initialAccumulatorValue', 'eps');
    oneWay('Adagrad', group);
  }

  private sums(group: AdagradOptions, params: Tensor[]): Tensor[] {
    return this.remembered(params, { sum: (param) => fullLike(param, group.initialAccumulatorValue) }).sum;
  }

  /** The learning rate of each parameter. */
  private rates(group: AdagradOptions, steps: Tensor[]): Scalars {
    const unread = isCapturing();
    return Scalars.of(steps, unread).plus(-1).times(group.lrDecay).plus(1).into(this.rate(group));
  }

  protected override update(group: ParamGroup<AdagradOptions>, params: Tensor[], grads: Tensor[]): void {
    const { lr, lrDecay, weightDecay, eps, maximize } = group;
    const fuse = group.fused ?? (group.foreach === null && kernels.canFuse(params));
    const sums = this.sums(group, params);
    const steps = this.counted(params, fuse || isCapturing());
    if (fuse) {
      fusedAdagrad(params, grads, sums, steps, {
        lr,
        lr_decay: lrDecay,
        weight_decay: weightDecay,
        eps,
        maximize,
      });
      return;
    }
    const g = slopes(params, grads, group);
    kernels.addcmul_(sums, g, g, 1);
    const denominators = kernels.sqrt(sums);
    kernels.add_(denominators, eps);
    kernels.addcdiv_(params, kernels.mul(g, this.rates(group, steps).each), denominators, -1);
  }

  protected override updateSparse(group: ParamGroup<AdagradOptions>, params: Tensor[], grads: Tensor[]): void {
    if (group.weightDecay !== 0)
      throw new FlambeauError('INVALID_VALUE', 'Adagrad.step(): sparse gradients allow no weightDecay');
    const sums = this.sums(group, params);
    const rates = this.rates(group, this.counted(params, false)).values;
    params.forEach((param, i) => {
      const g = (group.maximize ? grads[i]!.neg() : grads[i]!).coalesce();
      const [indices, values] = [g.indices(), g.values()];
      const sparse = (elements: Tensor): Tensor => sparseCooTensor(indices, elements, param.shape);
      sums[i]!.add_(sparse(values.square()));
      const roots = sums[i]!.sparseMask(g).coalesce().values().sqrt().add_(group.eps);
      param.sub_(sparse(values.div(roots).mul_(rates[i]!)));
    });
  }
}
