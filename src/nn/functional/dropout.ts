import { FlambeauError, wrongArgument } from '../../errors.js';
import * as ops from '../../ops/neural/torch/index.js';
import type { Tensor } from '../../tensor.js';

function probability(func: string, p: number): number {
  if (!(p >= 0 && p <= 1)) throw wrongArgument(func, 'p', 'number from 0 to 1', p);
  return p;
}

/**
 * Sets elements to zero with probability `p`, and scales the others by `1 / (1 - p)`.
 *
 * @param p - the probability, from 0 to 1
 * @param training - without it, the input itself
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.dropout.html
 * @example
 * F.dropout(torch.ones(3), 0.5, false) // tensor([1., 1., 1.])
 */
export function dropout(input: Tensor, p = 0.5, training = true): Tensor {
  return ops.dropout(input, probability('dropout', p), training);
}

/**
 * Sets whole channels of sequences to zero with probability `p`, and scales the others by `1 / (1 - p)`.
 *
 * @param input - of shape `(N, C, L)` or `(C, L)`
 * @param p - the probability, from 0 to 1
 * @param training - without it, the input itself
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.dropout1d.html
 * @example
 * F.dropout1d(torch.ones(1, 2, 3), 1).sum() // tensor(0.)
 */
export function dropout1d(input: Tensor, p = 0.5, training = true): Tensor {
  return channels('dropout1d', input, p, training, [2, 3]);
}

/**
 * Sets whole channels of images to zero with probability `p`, and scales the others by `1 / (1 - p)`. An input of three
 * dimensions is taken for sequences, `(N, C, L)`, as PyTorch does.
 *
 * @param input - of shape `(N, C, H, W)`
 * @param p - the probability, from 0 to 1
 * @param training - without it, the input itself
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.dropout2d.html
 * @example
 * F.dropout2d(torch.ones(1, 2, 3, 3), 1).sum() // tensor(0.)
 */
export function dropout2d(input: Tensor, p = 0.5, training = true): Tensor {
  return ops.featureDropout(input, probability('dropout2d', p), training);
}

/**
 * Sets whole channels of volumes to zero with probability `p`, and scales the others by `1 / (1 - p)`.
 *
 * @param input - of shape `(N, C, D, H, W)` or `(C, D, H, W)`
 * @param p - the probability, from 0 to 1
 * @param training - without it, the input itself
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.dropout3d.html
 * @example
 * F.dropout3d(torch.ones(1, 2, 3, 3, 3), 1).sum() // tensor(0.)
 */
export function dropout3d(input: Tensor, p = 0.5, training = true): Tensor {
  return channels('dropout3d', input, p, training, [4, 5]);
}

function channels(func: string, input: Tensor, p: number, training: boolean, ndims: [number, number]): Tensor {
  probability(func, p);
  if (!ndims.includes(input.ndim))
    throw new FlambeauError(
      'INVALID_VALUE',
      `${func}(): argument 'input' must have ${ndims.join(' or ')} dimensions, not ${input.ndim}`,
    );
  if (input.ndim === ndims[1]) return ops.featureDropout(input, p, training);
  return ops.featureDropout(input.unsqueeze(0), p, training).squeeze(0);
}

/**
 * Dropout that keeps mean and variance of what {@link selu} gives (Klambauer et al., 2017).
 *
 * @param p - the probability, from 0 to 1
 * @param training - without it, the input itself
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.alpha_dropout.html
 * @example
 * F.alphaDropout(torch.ones(3)) // tensor([1., 1., 1.])
 */
export function alphaDropout(input: Tensor, p = 0.5, training = false): Tensor {
  return ops.alphaDropout(input, probability('alphaDropout', p), training);
}

/**
 * {@link alphaDropout} of whole channels.
 *
 * @param input - of shape `(N, C, *)`
 * @param p - the probability, from 0 to 1
 * @param training - without it, the input itself
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.feature_alpha_dropout.html
 * @example
 * F.featureAlphaDropout(torch.ones(1, 3)) // tensor([[1., 1., 1.]])
 */
export function featureAlphaDropout(input: Tensor, p = 0.5, training = false): Tensor {
  return ops.featureAlphaDropout(input, probability('featureAlphaDropout', p), training);
}
