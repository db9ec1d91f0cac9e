import { wrongArgument } from '../errors.js';
import { isCapturing, uncaptured } from '../graph/capture.js';
import { zeros, zerosLike } from '../ops/creation/index.js';
import type { Tensor } from '../tensor.js';
import { keep } from '../tensor/scope.js';
import * as kernels from './kernels.js';
import { inRange, Optimizer, type ParamGroup, type Params } from './optimizer.js';

/** Options of {@link Adam}. */
export interface AdamOptions {
  /** The learning rate. */
  lr: number;
  /** How slowly the averages of the gradient and of its square change. */
  betas: readonly [number, number];
  /** Added to the denominator. */
  eps: number;
  /** The factor of the penalty on squared weights. */
  weightDecay: number;
  /** Whether the greatest average of squares is used (Reddi et al., 2018). */
  amsgrad: boolean;
  /** Whether the objective grows rather than shrinks. */
  maximize: boolean;
  /** Whether one kernel does the whole step; where LibTorch has it, unless given. */
  fused: boolean | null;
}

type Lists = readonly Tensor[];
const fusedAdam = kernels.kernel<[Lists, Lists, Lists, Lists, Lists, Lists, object]>('_fused_adam_');

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
  constructor(params: Params<AdamOptions>, options: Partial<AdamOptions> = {}) {
    const {
      lr = 1e-3,
      betas = [0.9, 0.999],
      eps = 1e-8,
      weightDecay = 0,
      amsgrad = false,
      maximize = false,
      fused = null,
      ...rest
    } = options;
    super(params, { lr, betas, eps, weightDecay, amsgrad, maximize, fused }, rest);
  }

  protected override check(options: AdamOptions): void {
    inRange('Adam', 'lr', options.lr, 0);
    if (!Array.isArray(options.betas) || options.betas.length !== 2)
      throw wrongArgument('Adam', 'betas', 'array of 2 numbers', options.betas);
    inRange('Adam', 'betas[0]', options.betas[0], 0, 1);
    inRange('Adam', 'betas[1]', options.betas[1], 0, 1);
    inRange('Adam', 'eps', options.eps, 0);
    inRange('Adam', 'weightDecay', options.weightDecay, 0);
  }

  protected override update(group: ParamGroup<AdamOptions>, params: Tensor[], grads: Tensor[]): void {
    const { lr, betas, eps, weightDecay, amsgrad, maximize } = group;
    const [beta1, beta2] = betas;
    const fuse = group.fused ?? kernels.canFuse(params);
    const beside = fuse || isCapturing(); // whether the counts lie where the parameters do
    const states = params.map((param) =>
      this.stateOf(param, () => ({
        step: zeros([], { dtype: 'float32', device: beside ? param.device : 'cpu' }),
        exp_avg: zerosLike(param.detach()),
        exp_avg_sq: zerosLike(param.detach()),
        ...(amsgrad ? { max_exp_avg_sq: zerosLike(param.detach()) } : {}),
      })),
    );
    if (beside) {
      // A loaded state may have them on the CPU, where the other way keeps them.
      states.forEach((state, i) => {
        if (state.step.device !== params[i]!.device)
          state.step = keep(uncaptured(() => state.step.to(params[i]!.device)));
      });
    }
    const steps = states.map((state) => state.step);
    const means = states.map((state) => state.exp_avg);
    const squares = states.map((state) => state.exp_avg_sq);
    const greatest = amsgrad ? states.map((state) => state.max_exp_avg_sq as Tensor) : [];
    kernels.add_(steps, 1);
    if (fuse) {
      fusedAdam(params, grads, means, squares, greatest, steps, {
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
    let slopes = maximize ? kernels.neg(grads) : grads;
    if (weightDecay !== 0) slopes = kernels.add(slopes, params, { alpha: weightDecay });
    kernels.lerp_(means, slopes, 1 - beta1);
    kernels.mul_(squares, beta2);
    kernels.addcmul_(squares, slopes, slopes, 1 - beta2);
    if (amsgrad) kernels.maximum_(greatest, squares);
    const denominators = kernels.sqrt(amsgrad ? greatest : squares);
    if (isCapturing()) {
      // A graph cannot read the counts: the corrections are tensors, and the first belongs to the whole step.
      const [first, second] = [beta1, beta2].map((beta) => kernels.correction(beta, steps)) as [Tensor[], Tensor[]];
      kernels.div_(denominators, kernels.sqrt(second));
      kernels.add_(denominators, eps);
      kernels.mul_(denominators, first);
      kernels.addcdiv_(
        params,
        means,
        denominators,
        params.map(() => -lr),
      );
      return;
    }
    const counts = steps.map((step) => step.item());
    kernels.div_(
      denominators,
      counts.map((t) => Math.sqrt(1 - beta2 ** t)),
    );
    kernels.add_(denominators, eps);
    kernels.addcdiv_(
      params,
      means,
      denominators,
      counts.map((t) => -lr / (1 - beta1 ** t)),
    );
  }
}
