import { FlambeauError } from '../../errors.js';
import * as ops from '../../ops/neural/torch/index.js';
import type { Tensor } from '../../tensor.js';

/** What {@link batchNorm} takes by name. */
export interface BatchNormOptions {
  /** The scale, of shape `(C)`. */
  weight?: Tensor | null;
  /** The shift, of shape `(C)`. */
  bias?: Tensor | null;
  /** Whether the batch's own statistics are used, and the running ones follow them; false unless given. */
  training?: boolean;
  /** How fast the running statistics follow; 0.1 unless given. */
  momentum?: number;
  /** Added to the variance; 1e-5 unless given. */
  eps?: number;
}

/**
 * Normalises each channel over the batch (Ioffe and Szegedy, 2015).
 *
 * `y = (x - mean) / sqrt(var + eps) * weight + bias`
 *
 * @param input - of shape `(N, C, *)`
 * @param runningMean - of shape `(C)`; in training it is written to
 * @param runningVar - of shape `(C)`; in training it is written to
 * @throws when a channel has a single value in training, which has no variance
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.batch_norm.html
 * @example
 * F.batchNorm(torch.tensor([[1.5], [2.5]]), null, null, { training: true }) // tensor([[-1.0000], [ 1.0000]])
 */
export function batchNorm(
  input: Tensor,
  runningMean: Tensor | null,
  runningVar: Tensor | null,
  options: BatchNormOptions = {},
): Tensor {
  const { weight = null, bias = null, training = false, momentum = 0.1, eps = 1e-5 } = options;
  const { shape } = input;
  if (training && shape.length > 1 && input.numel() / shape[1]! <= 1) {
    throw new FlambeauError(
      'INVALID_VALUE',
      `batchNorm(): argument 'input' must have more than one value per channel in training, not shape [${shape.join(', ')}]`,
    );
  }
  return ops.batchNorm(input, weight, bias, runningMean, runningVar, training, momentum, eps, true);
}
