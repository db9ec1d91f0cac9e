import { FlambeauError } from '../errors.js';
import { zerosLike } from '../ops/creation/index.js';
import { sparseCooTensor } from '../ops/functions.js';
import type { Tensor } from '../tensor.js';
import { Optimizer, type ParamGroup, type Params } from './optimizer.js';
import { checkBetas, checkRate, inRange, type OptimizerOptions } from './options.js';

/** Options of {@link SparseAdam}. */
export interface SparseAdamOptions extends OptimizerOptions {
  /** How slowly the averages of the gradient and of its square change. */
  betas: readonly [number, number];
  /** Added to the denominator. */
  eps: number;
  /** Whether the objective grows rather than shrinks. */
  maximize: boolean;
}

/**
 * Adam for sparse gradients: only what a gradient has elements for is changed, averages included.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.optim.SparseAdam.html
 * @example
 * const w = new nn.Parameter(torch.ones(3))
 * const adam = new optim.SparseAdam([w], { lr: 0.25 })
 * w.grad = torch.sparseCooTensor(torch.tensor([[1]]), torch.ones(1), [3])
 * adam.step()
 * w.detach() // tensor([1.0000, 0.7500, 1.0000])
 */
export class SparseAdam extends Optimizer<SparseAdamOptions> {
  constructor(params: Params<SparseAdamOptions>, options?: Partial<SparseAdamOptions>) {
    super(params, { lr: 1e-3, betas: [0.9, 0.999], eps: 1e-8, maximize: false }, options);
  }

  protected override check(group: ParamGroup<SparseAdamOptions>): void {
    checkRate('SparseAdam', group.lr);
    checkBetas('SparseAdam', group.betas);
    inRange('SparseAdam', 'eps', group.eps, Number.MIN_VALUE);
    for (const { dtype, layout } of group.params) {
      if (layout !== 'strided' || dtype.startsWith('complex'))
        throw new FlambeauError('INVALID_VALUE', 'SparseAdam(): parameters must be dense and real');
    }
  }

  protected override foreignOptions(): object {
    return {};
  }

  protected override update(): void {
    throw new FlambeauError('INVALID_VALUE', 'SparseAdam.step(): gradients must be sparse; Adam takes dense ones');
  }

  protected override updateSparse(group: ParamGroup<SparseAdamOptions>, params: Tensor[], grads: Tensor[]): void {
    const [beta1, beta2] = group.betas;
    const rate = typeof group.lr === 'number' ? group.lr : Number(group.lr.item());
    const averages = this.remembered(params, { exp_avg: zerosLike, exp_avg_sq: zerosLike });
    params.forEach((param, i) => {
      const state = this.stateOf(param);
      const step = Number(state.step ?? 0) + 1;
      state.step = step;
      const g = (group.maximize ? grads[i]!.neg() : grads[i]!).coalesce();
      const [indices, values] = [g.indices(), g.values()];
      if (values.numel() === 0) return;
      const sparse = (elements: Tensor): Tensor => sparseCooTensor(indices, elements, param.shape);
      /** Moves an average where the gradient has elements, and gives what it is there. */
      const follow = (average: Tensor, target: Tensor, weight: number): Tensor => {
        const old = average.sparseMask(g).coalesce().values();
        const change = target.sub(old).mul_(weight);
        average.add_(sparse(change));
        return change.add_(old);
      };
      const mean = follow(averages.exp_avg[i]!, values, 1 - beta1);
      const square = follow(averages.exp_avg_sq[i]!, values.square(), 1 - beta2);
      const size = (rate * Math.sqrt(1 - beta2 ** step)) / (1 - beta1 ** step);
      param.add_(sparse(mean.div_(square.sqrt_().add_(group.eps)).mul_(-size)));
    });
  }
}
