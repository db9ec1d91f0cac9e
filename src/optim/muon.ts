import { FlambeauError, wrongArgument } from '../errors.js';
import { zerosLike } from '../ops/creation/index.js';
import { addmm } from '../ops/functions.js';
import type { Tensor } from '../tensor.js';
import { Optimizer, type ParamGroup, type Params } from './optimizer.js';
import { checkRate, inRange, mustBeReal, notNegative, type OptimizerOptions } from './options.js';
import { decay_, descend_ } from './scalars.js';

/** Options of {@link Muon}. */
export interface MuonOptions extends OptimizerOptions {
  /** How much weights shrink, decoupled from the gradient. */
  weightDecay: number;
  /** How slowly the average of the gradient changes. */
  momentum: number;
  /** Whether the momentum looks ahead (Nesterov). */
  nesterov: boolean;
  /** The coefficients of the Newton-Schulz iteration. */
  nsCoefficients: readonly [number, number, number];
  /** What the norm that is divided by is at least. */
  eps: number;
  /** How many Newton-Schulz iterations are done, below 100. */
  nsSteps: number;
  /** How the learning rate follows the shape: `'original'`, which null means too, or `'match_rms_adamw'`. */
  adjustLrFn: 'original' | 'match_rms_adamw' | null;
}

/** The matrix with nearly the same singular vectors, and singular values near 1, in bfloat16. */
function orthogonalized(matrix: Tensor, { nsCoefficients, nsSteps, eps }: MuonOptions): Tensor {
  const [a, b, c] = nsCoefficients;
  const tall = matrix.size(0) > matrix.size(1);
  let x = tall ? matrix.to('bfloat16').t() : matrix.to('bfloat16');
  x = x.div(x.norm(2).clampMin(eps));
  for (let i = 0; i < nsSteps; i++) {
    const gram = x.matmul(x.t());
    x = addmm(x, addmm(gram, gram, gram, { beta: b, alpha: c }), x, { beta: a });
  }
  return tall ? x.t() : x;
}

/**
 * Muon (Jordan et al., 2024), for the matrices of hidden layers: steps are the momentum made orthogonal. Other parameters
 * are for another optimizer, such as {@link AdamW}.
 *
 * `m = mu m + (1 - mu) g`, `p = (1 - lr * weight_decay) p - lr * sqrt(max(1, rows / columns)) * orthogonal(m)`
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.optim.Muon.html
 * @example
 * const w = new nn.Parameter(torch.zeros(2, 2))
 * const muon = new optim.Muon([w], { lr: 0.5 })
 * w.diagonal().sum().backward()
 * muon.step()
 * w.detach().diagonal().lt(-0.25) // tensor([True, True])
 */
export class Muon extends Optimizer<MuonOptions> {
  constructor(params: Params<MuonOptions>, options?: Partial<MuonOptions>) {
    const defaults: MuonOptions = {
      lr: 1e-3,
      weightDecay: 0.1,
      momentum: 0.95,
      nesterov: true,
      nsCoefficients: [3.4445, -4.775, 2.0315],
      eps: 1e-7,
      nsSteps: 5,
      adjustLrFn: null,
    };
    super(params, defaults, options);
  }

  protected override check(group: ParamGroup<MuonOptions>): void {
    checkRate('Muon', group.lr);
    notNegative('Muon', group, 'momentum', 'weightDecay', 'eps');
    inRange('Muon', 'nsSteps', group.nsSteps, 0, 100);
    if (!Array.isArray(group.nsCoefficients) || group.nsCoefficients.length !== 3)
      throw wrongArgument('Muon', 'nsCoefficients', 'array of 3 numbers', group.nsCoefficients);
    if (![null, 'original', 'match_rms_adamw'].includes(group.adjustLrFn))
      throw wrongArgument('Muon', 'adjustLrFn', "'original', 'match_rms_adamw' or null", group.adjustLrFn);
    const odd = group.params.find(({ ndim }) => ndim !== 2);
    if (odd)
      throw new FlambeauError(
        'INVALID_VALUE',
        `Muon(): parameters must be matrices, not of shape [${odd.shape.join(', ')}]`,
      );
    mustBeReal('Muon', group.params);
  }

  protected override foreignOptions(): object {
    return {};
  }

  protected override update(group: ParamGroup<MuonOptions>, params: Tensor[], grads: Tensor[]): void {
    const { weightDecay, momentum, nesterov, adjustLrFn } = group;
    const lr = this.rate(group);
    const { momentum_buffer: averages } = this.remembered(params, { momentum_buffer: zerosLike });
    params.forEach((param, i) => {
      const average = averages[i]!.lerp_(grads[i]!, 1 - momentum);
      const update = orthogonalized(nesterov ? grads[i]!.lerp(average, momentum) : average, group);
      const [rows, columns] = param.shape as [number, number];
      const ratio =
        adjustLrFn === 'match_rms_adamw'
          ? 0.2 * Math.sqrt(Math.max(rows, columns))
          : Math.sqrt(Math.max(1, rows / columns));
      if (weightDecay !== 0) decay_([param], lr, weightDecay);
      descend_([param], [update.to(param.dtype)], typeof lr === 'number' ? lr * ratio : lr.mul(ratio));
    });
  }
}
