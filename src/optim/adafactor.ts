import { wrongArgument } from '../errors.js';
import { isCapturing } from '../graph/capture.js';
import { zerosLike } from '../ops/creation/index.js';
import type { Tensor } from '../tensor.js';
import { Optimizer, type ParamGroup, type Params } from './optimizer.js';
import { checkRate, inRange, mustBeReal, notNegative, type DenseOptions } from './options.js';
import { decay_ } from './scalars.js';

/** Options of {@link Adafactor}. */
export interface AdafactorOptions extends DenseOptions {
  /** The power of the count of steps by which new squares enter the averages; not above 0. */
  beta2Decay: number;
  /** What squares are at least (the dtype's precision where null), and what the size of weights is at least. */
  eps: readonly [number | null, number];
  /** The size of steps, against that of weights, above which they are shortened. */
  d: number;
}

/** The distance from 1 to the next number. */
const precision = { float64: 2 ** -52, float32: 2 ** -23, float16: 2 ** -10, bfloat16: 2 ** -7 } as Record<
  string,
  number
>;

/** The root of the mean square. */
const size = (x: Tensor): Tensor => x.norm(2).div(Math.sqrt(x.numel()));

/** The mean square along one dimension. */
const meanSquare = (x: Tensor, dim: number): Tensor => x.norm(2, [dim], true).square().div(x.size(dim));

/**
 * Adafactor (Shazeer and Stern, 2018): of matrices it remembers rows and columns alone, and the size of its steps follows
 * that of the weights.
 *
 * `R = (1 - t^b) R + t^b mean(G^2, -1)`, `C = (1 - t^b) C + t^b mean(G^2, -2)`, `U = G / sqrt(R C / mean(R))`,
 * `p = p - max(eps2, size(p)) min(lr, 1 / sqrt(t)) U / max(1, size(U) / d)`, where `b` is `beta2Decay` and `size` the root
 * of the mean square
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.optim.Adafactor.html
 * @example
 * const w = new nn.Parameter(torch.ones(2, 2))
 * const adafactor = new optim.Adafactor([w], { lr: 0.25 })
 * w.sum().backward()
 * adafactor.step()
 * w.detach() // tensor([[0.7500, 0.7500], [0.7500, 0.7500]])
 */
export class Adafactor extends Optimizer<AdafactorOptions> {
  constructor(params: Params<AdafactorOptions>, options?: Partial<AdafactorOptions>) {
    const defaults: AdafactorOptions = {
      lr: 1e-2,
      beta2Decay: -0.8,
      eps: [null, 1e-3],
      d: 1,
      weightDecay: 0,
      foreach: null,
      maximize: false,
    };
    super(params, defaults, options);
  }

  protected override check(group: ParamGroup<AdafactorOptions>): void {
    checkRate('Adafactor', group.lr);
    if (!(typeof group.beta2Decay === 'number' && group.beta2Decay <= 0))
      throw wrongArgument('Adafactor', 'beta2Decay', 'number not above 0', group.beta2Decay);
    if (!Array.isArray(group.eps) || group.eps.length !== 2)
      throw wrongArgument('Adafactor', 'eps', 'array of null or a number, and a number', group.eps);
    if (group.eps[0] !== null) inRange('Adafactor', 'eps[0]', group.eps[0], 0);
    inRange('Adafactor', 'eps[1]', group.eps[1], 0);
    inRange('Adafactor', 'd', group.d, 1);
    notNegative('Adafactor', group, 'weightDecay');
    mustBeReal('Adafactor', group.params);
  }

  protected override foreignOptions(): object {
    return {};
  }

  protected override update(group: ParamGroup<AdafactorOptions>, params: Tensor[], grads: Tensor[]): void {
    const unread = isCapturing();
    const steps = this.counted(params, unread);
    params.forEach((param, i) => {
      const grad = group.maximize ? grads[i]!.neg() : grads[i]!;
      this.updateOne(group, param, grad, unread ? steps[i]! : Number(steps[i]!.item()));
    });
  }

  private updateOne(group: ParamGroup<AdafactorOptions>, param: Tensor, grad: Tensor, step: number | Tensor): void {
    const { beta2Decay, d, weightDecay } = group;
    const [eps1, eps2] = [group.eps[0] ?? precision[param.dtype]!, group.eps[1]];
    const lr = this.rate(group);
    const count = typeof step === 'number';
    const weight = count ? step ** beta2Decay : step.pow(beta2Decay).to(param.dtype);
    const rate = count ? Math.min(lr as number, step ** -0.5) : step.rsqrt().clampMax(lr);
    const length = size(param).clampMin(eps2).mul(rate);
    if (weightDecay !== 0) decay_([param], lr, weightDecay);
    let squares: Tensor;
    if (grad.ndim > 1) {
      const one = (dim: number) => (): Tensor =>
        grad.newZeros(grad.shape.map((n, i) => (i === grad.ndim + dim ? 1 : n)));
      const { row_var, col_var } = this.remembered([param], { row_var: one(-1), col_var: one(-2) });
      const [rows, columns] = [row_var[0]!, col_var[0]!];
      rows.lerp_(meanSquare(grad, -1), weight);
      columns.lerp_(meanSquare(grad, -2), weight);
      squares = rows.matmul(columns).div_(rows.mean(-2, true).clampMin_(eps1));
    } else {
      squares = this.remembered([param], { variance: zerosLike }).variance[0]!.lerp_(grad.square(), weight).clone();
    }
    const update = squares
      .clampMin_(eps1 ** 2)
      .rsqrt_()
      .mul_(grad);
    param.sub_(update.mul(length.div(size(update).div(d).clampMin(1))));
  }
}
