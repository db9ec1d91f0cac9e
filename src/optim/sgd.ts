import type { Tensor } from '../tensor.js';
import { FlambeauError } from '../errors.js';
import { isCapturing } from '../graph/capture.js';
import { emptyLike, zerosLike } from '../ops/creation/index.js';
import { inRange, Optimizer, type ParamGroup, type Params } from './optimizer.js';
import * as kernels from './kernels.js';

/** Options of {@link SGD}. */
export interface SGDOptions {
  /** The learning rate. */
  lr: number;
  /** How much of the previous step is kept. */
  momentum: number;
  /** How much of the gradient does not enter the momentum. */
  dampening: number;
  /** The factor of the penalty on squared weights. */
  weightDecay: number;
  /** Whether the momentum looks ahead (Nesterov). */
  nesterov: boolean;
  /** Whether the objective grows rather than shrinks. */
  maximize: boolean;
  /** Whether one kernel does the whole step; where LibTorch has it, unless given. */
  fused: boolean | null;
}

const fusedSgd = kernels.kernel<[readonly Tensor[], readonly Tensor[], readonly Tensor[], object]>('_fused_sgd_');

/**
 * Stochastic gradient descent, with momentum.
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
  constructor(params: Params<SGDOptions>, options: Partial<SGDOptions> = {}) {
    const {
      lr = 1e-3,
      momentum = 0,
      dampening = 0,
      weightDecay = 0,
      nesterov = false,
      maximize = false,
      fused = null,
      ...rest
    } = options;
    super(params, { lr, momentum, dampening, weightDecay, nesterov, maximize, fused }, rest);
  }

  protected override check(options: SGDOptions): void {
    inRange('SGD', 'lr', options.lr, 0);
    inRange('SGD', 'momentum', options.momentum, 0);
    inRange('SGD', 'weightDecay', options.weightDecay, 0);
    if (options.nesterov && (options.momentum <= 0 || options.dampening !== 0)) {
      throw new FlambeauError('INVALID_VALUE', 'SGD(): nesterov needs a momentum, and no dampening');
    }
  }

  protected override update(group: ParamGroup<SGDOptions>, params: Tensor[], grads: Tensor[]): void {
    const { lr, momentum, dampening, weightDecay, nesterov, maximize } = group;
    let fresh = params.filter((param) => momentum !== 0 && !this.state.has(param));
    // A graph is for every step: one that begins with zeros is as another, but for the dampening.
    const zero = isCapturing() && fresh.length > 0;
    if (zero && dampening !== 0) {
      throw new FlambeauError('CAPTURE', 'SGD.step(): the first step has no dampening; take it before capture()');
    }
    const make = zero ? zerosLike : emptyLike;
    const buffers =
      momentum === 0
        ? []
        : params.map((param) => this.stateOf(param, () => ({ momentum_buffer: make(param.detach()) })).momentum_buffer);
    if (zero) fresh = [];
    // The kernel knows one first step for all; parameters that join later take the other way.
    if ((group.fused ?? kernels.canFuse(params)) && (fresh.length === 0 || fresh.length === params.length)) {
      fusedSgd(params, grads, buffers, {
        weight_decay: weightDecay,
        momentum,
        lr,
        dampening,
        nesterov,
        maximize,
        is_first_step: fresh.length > 0,
      });
      return;
    }
    let steps = maximize ? kernels.neg(grads) : grads;
    if (weightDecay !== 0) steps = kernels.add(steps, params, { alpha: weightDecay });
    if (momentum !== 0) {
      params.forEach((param, i) => {
        if (fresh.includes(param)) buffers[i]!.copy_(steps[i]!);
        else buffers[i]!.mul_(momentum).add_(steps[i]!, { alpha: 1 - dampening });
      });
      steps = nesterov ? kernels.add(steps, buffers, { alpha: momentum }) : buffers;
    }
    kernels.add_(params, steps, { alpha: -lr });
  }
}
