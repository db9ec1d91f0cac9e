import { wrongArgument } from '../../errors.js';
import { softmax, type SoftmaxOptions } from '../../ops/neural/torch/index.js';
import { tanh } from '../../ops/pointwise/index.js';
import type { Tensor } from '../../tensor.js';

/**
 * Softmax of the negated input.
 *
 * `softmin(x_i) = exp(-x_i) / sum_j exp(-x_j)`
 *
 * @param dim - the dimension whose elements add up to 1
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.softmin.html
 * @example
 * F.softmin(torch.ones(2), 0) // tensor([0.5000, 0.5000])
 */
export function softmin(input: Tensor, dim: number, options: SoftmaxOptions = {}): Tensor {
  return softmax(input.neg(), dim, options);
}

/**
 * Each element, mapped between -1 and 1, with long tails.
 *
 * `softsign(x) = x / (1 + |x|)`
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.softsign.html
 * @example
 * F.softsign(torch.tensor([-3, 1])) // tensor([-0.7500,  0.5000])
 */
export function softsign(input: Tensor): Tensor {
  return input.div(input.abs().add(1));
}

/**
 * What the hyperbolic tangent takes away.
 *
 * `tanhshrink(x) = x - tanh(x)`
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.tanhshrink.html
 * @example
 * F.tanhshrink(torch.tensor([-20, 0.0])) // tensor([-19.,   0.])
 */
export function tanhshrink(input: Tensor): Tensor {
  return input.sub(tanh(input));
}

/** Options of {@link gumbelSoftmax}. */
export interface GumbelSoftmaxOptions {
  /** How far from one-hot the samples are; 1 unless given. */
  tau?: number;
  /** Whether the samples are one-hot, with the gradient of the soft ones; false unless given. */
  hard?: boolean;
  /** The dimension of the classes; the last unless given. */
  dim?: number;
}

/**
 * Samples of classes that gradients pass through (Jang et al., 2016; Maddison et al., 2016).
 *
 * `y = softmax((logits + g) / tau)`, `g` of the Gumbel distribution
 *
 * @param logits - log-probabilities, not normalised, of shape `(*, C)`
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.gumbel_softmax.html
 * @example
 * F.gumbelSoftmax(torch.zeros(5, 3), { hard: true }).sum(1) // tensor([1., 1., 1., 1., 1.])
 */
export function gumbelSoftmax(logits: Tensor, options: GumbelSoftmaxOptions = {}): Tensor {
  const { tau = 1, hard = false, dim = -1 } = options;
  if (!(tau > 0)) throw wrongArgument('gumbelSoftmax', 'tau', 'number above 0', tau);
  const noise = logits.detach().clone().exponential_().log().neg();
  const soft = softmax(logits.add(noise).div(tau), dim);
  if (!hard) return soft;
  const index = soft.argmax(dim, true);
  const picked = logits.detach().mul(0).scatter(dim, index, 1);
  return picked.sub(soft.detach()).add(soft);
}
