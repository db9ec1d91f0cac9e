import { grad } from '../autograd/grad.js';
import { FlambeauError } from '../errors.js';
import type { Tensor } from '../tensor.js';
import { Distribution } from './distribution.js';

/**
 * Distributions whose density is `h(x) exp(<t(x), theta> - F(theta))`. Their entropy, and the divergence of two of one
 * family, follow from the gradient of `F` (Nielsen and Nock, 2010).
 *
 * A family of one's own defines `naturalParams`, `logNormalizer` and `meanCarrierMeasure`.
 *
 * @see https://docs.pytorch.org/docs/2.13/distributions.html#exponentialfamily
 * @example
 * new torch.distributions.Poisson(3) instanceof torch.distributions.ExponentialFamily // true
 */
export abstract class ExponentialFamily extends Distribution {
  /** The natural parameters `theta`. */
  get naturalParams(): Tensor[] {
    throw new FlambeauError('NOT_IMPLEMENTED', `${this.constructor.name} has no naturalParams`);
  }

  /** The mean of `log h(x)`, where it is known. */
  get meanCarrierMeasure(): number {
    throw new FlambeauError('NOT_IMPLEMENTED', `${this.constructor.name} has no meanCarrierMeasure`);
  }

  /**
   * `F(theta)`.
   *
   * @param _params - natural parameters
   * @example
   * new torch.distributions.Poisson(3).logNormalizer(torch.tensor(0)) // tensor(1.)
   */
  logNormalizer(..._params: Tensor[]): Tensor {
    throw new FlambeauError('NOT_IMPLEMENTED', `${this.constructor.name} has no logNormalizer()`);
  }

  override entropy(): Tensor {
    const carrier = this.meanCarrierMeasure;
    const params = this.naturalParams.map((param) => param.detach().requiresGrad_());
    const normalizer = this.logNormalizer(...params);
    const gradients = grad(normalizer.sum(), params, { createGraph: true }) as Tensor[];
    return params.reduce(
      (entropy, param, i) =>
        entropy.sub(
          param
            .mul(gradients[i]!)
            .reshape([...this.batchShape, -1])
            .sum(-1),
        ),
      normalizer.sub(carrier),
    );
  }
}
