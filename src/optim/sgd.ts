import { FlambeauError } from '../errors.js';
import { isCapturing } from '../graph/capture.js';
import { zerosLike } from '../ops/creation/index.js';
import type { Tensor } from '../tensor.js';
import * as kernels from './kernels.js';
import { Optimizer, type ParamGroup, type Params } from './optimizer.js';
import { checkRate, notNegative, oneWay, type DenseOptions, type FusedOptions } from './options.js';
import { descend_, slopes } from './scalars.js';

/** Options of {@link SGD}. */
export interface SGDOptions extends DenseOptions, FusedOptions {
  /** How much of the previous step is kept. */
  momentum: number;
  /** How much of the gradient does not enter the momentum. */
  dampening: number;
  /** Whether the momentum looks ahead (Nesterov). */
  nesterov: boolean;
}

const fusedSgd = kernels.kernel<[readonly Tensor[], readonly Tensor[], readonly Tensor[], object]>('_fused_sgd_');

/**
 * Stochastic gradient descent, with momentum. Takes sparse gradients where there is no momentum and no penalty.
 *
 * `b = momentum * b + (1 - dampening) * (g + weight_decay * p)`, `p = p - lr * b`
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.optim.SGD.html
 * @example
 * const w = new nn.Parameter(torch.ones(2))
 * const sgd = new optim.SGD([w], { lr: 0.5 })
 * w.sum().backward()
 * sgd.step()
 * w.detach() // tensor([0.5000, 0.5000])
 */
export class SGD extends Optimizer<SGDOptions> {
  constructor(params: Params<SGDOptions>, options?: Partial<SGDOptions>) {
    const defaults: SGDOptions = {
      lr: 1e-3,
      momentum: 0,
      dampening: 0,
      weightDecay: 0,
      nesterov: false,
      maximize: false,
      foreach: null,
      fused: null,
    };
    super(params, defaults, options);
  }

  protected override check(group: SGDOptions): void {
    const { name } = this.constructor;
    checkRate(name, group.lr);
    notNegative(name, group, 'momentum', 'weightDecay');
    oneWay(name, group);
    if (group.nesterov && (group.momentum <= 0 || group.dampening !== 0)) {
      throw new FlambeauError('INVALID_VALUE', `${name}(): nesterov needs a momentum, and no dampening`);
    }
  }

  protected override updateSparse(group: ParamGroup<SGDOptions>, params: Tensor[], grads: Tensor[]): void {
    if (group.momentum !== 0 || group.weightDecay !== 0)
      throw new FlambeauError('INVALID_VALUE', 'SGD.step(): sparse gradients allow no momentum and no weightDecay');
    const rate = Number(typeof group.lr === 'number' ? group.lr : group.lr.item());
    params.forEach((param, i) => param.add_(grads[i]!, { alpha: group.maximize ? rate : -rate }));
  }

  protected override update(group: ParamGroup<SGDOptions>, params: Tensor[], grads: Tensor[]): void {
    const { lr, momentum, dampening, weightDecay, nesterov, maximize } = group;
    const first = momentum === 0 ? [] : params.filter((param) => !this.remembers(param, 'momentum_buffer'));
    // A graph is for every step: one that begins with zeros is as another, but for the dampening.
    if (isCapturing() && first.length > 0 && dampening !== 0) {
      throw new FlambeauError('CAPTURE', 'SGD.step(): the first step has no dampening; take it before capture()');
    }
    const buffers = momentum === 0 ? [] : this.remembered(params, { momentum_buffer: zerosLike }).momentum_buffer;
    const fresh = isCapturing() ? new Set<Tensor>() : new Set(first);
    // The kernel knows one first step for all; parameters that join later take the other way.
    const together = fresh.size === 0 || fresh.size === params.length;
    if (together && (group.fused ?? (group.foreach === null && kernels.canFuse(params)))) {
      fusedSgd(params, grads, buffers, {
        weight_decay: weightDecay,
        momentum,
        lr,
        dampening,
        nesterov,
        maximize,
        is_first_step: fresh.size > 0,
      });
      return;
    }
    const steps = slopes(params, grads, group);
    if (momentum !== 0) {
      const later = params.map((param, i) => (fresh.has(param) ? -1 : i)).filter((i) => i >= 0);
      const pick = <T>(list: readonly T[]): readonly T[] =>
        later.length === list.length ? list : later.map((i) => list[i]!);
      if (later.length > 0) {
        kernels.mul_(pick(buffers), momentum);
        kernels.add_(pick(buffers), pick(steps), { alpha: 1 - dampening });
      }
      params.forEach((param, i) => fresh.has(param) && buffers[i]!.copy_(steps[i]!));
    }
    const moved = momentum === 0 ? steps : nesterov ? kernels.add(steps, buffers, { alpha: momentum }) : buffers;
    descend_(params, moved, this.rate(group));
  }
}
