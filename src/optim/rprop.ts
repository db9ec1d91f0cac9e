import { FlambeauError, wrongArgument } from '../errors.js';
import { fullLike, zerosLike } from '../ops/creation/index.js';
import type { Tensor } from '../tensor.js';
import * as kernels from './kernels.js';
import { Optimizer, type ParamGroup, type Params } from './optimizer.js';
import { checkRate, type CapturableOptions } from './options.js';
import { slopes } from './scalars.js';

/** Options of {@link Rprop}. */
export interface RpropOptions extends Omit<CapturableOptions, 'weightDecay'> {
  /** What the size of a step is multiplied by where the gradient's sign changed, and where it did not. */
  etas: readonly [number, number];
  /** The smallest and the greatest size of a step. */
  stepSizes: readonly [number, number];
}

/**
 * Rprop (Riedmiller and Braun, 1993): only the signs of the gradient count; steps grow while the sign stays.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.optim.Rprop.html
 * @example
 * const w = new nn.Parameter(torch.ones(2))
 * const rprop = new optim.Rprop([w], { lr: 0.25 })
 * w.sum().backward()
 * rprop.step()
 * w.detach() // tensor([0.7500, 0.7500])
 */
export class Rprop extends Optimizer<RpropOptions> {
  constructor(params: Params<RpropOptions>, options?: Partial<RpropOptions>) {
    const defaults: RpropOptions = {
      lr: 1e-2,
      etas: [0.5, 1.2],
      stepSizes: [1e-6, 50],
      foreach: null,
      maximize: false,
      capturable: false,
    };
    super(params, defaults, options);
  }

  protected override check(group: RpropOptions): void {
    checkRate('Rprop', group.lr);
    for (const name of ['etas', 'stepSizes'] as const) {
      if (!Array.isArray(group[name]) || group[name].length !== 2)
        throw wrongArgument('Rprop', name, 'array of 2 numbers', group[name]);
    }
    const [less, more] = group.etas;
    if (!(less > 0 && less < 1 && more > 1))
      throw new FlambeauError(
        'INVALID_VALUE',
        `Rprop(): argument 'etas' must be a number between 0 and 1 and one above 1, not [${less}, ${more}]`,
      );
  }

  protected override update(group: ParamGroup<RpropOptions>, params: Tensor[], grads: Tensor[]): void {
    const { lr, etas, stepSizes } = group;
    const [less, more] = etas;
    this.counted(params, this.unread(group));
    const { prev: previous, step_size: sizes } = this.remembered(params, {
      prev: zerosLike,
      step_size: (param) => fullLike(param, typeof lr === 'number' ? lr : Number(lr.item())),
    });
    const g = slopes(params, grads, { maximize: group.maximize, weightDecay: 0 });
    const signs = kernels.sign(kernels.mul(g, previous));
    // 1 where the sign stayed, -1 where it changed.
    const stayed = kernels.clampMin(signs, 0);
    const changed = kernels.clampMax(signs, 0);
    kernels.copy_(previous, g);
    kernels.mul_(previous, kernels.add(changed, 1));
    kernels.mul_(stayed, more - 1);
    kernels.mul_(changed, 1 - less);
    kernels.add_(stayed, changed);
    kernels.add_(stayed, 1);
    kernels.mul_(sizes, stayed);
    kernels.clampMin_(sizes, stepSizes[0]);
    kernels.clampMax_(sizes, stepSizes[1]);
    kernels.addcmul_(params, kernels.sign(previous), sizes, -1);
  }
}
