import { FlambeauError } from '../../errors.js';
import { vectorNorm } from '../../ops/linalg/index.js';
import * as native from '../../ops/neural/functional/index.js';
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

/** What {@link instanceNorm} takes by name. */
export interface InstanceNormOptions {
  /** The running mean, of shape `(C)`; with `useInputStats` it is written to. */
  runningMean?: Tensor | null;
  /** The running variance, of shape `(C)`; with `useInputStats` it is written to. */
  runningVar?: Tensor | null;
  /** The scale, of shape `(C)`. */
  weight?: Tensor | null;
  /** The shift, of shape `(C)`. */
  bias?: Tensor | null;
  /** Whether each sample's own statistics are used; true unless given. */
  useInputStats?: boolean;
  /** How fast the running statistics follow; 0.1 unless given. */
  momentum?: number;
  /** Added to the variance; 1e-5 unless given. */
  eps?: number;
}

/**
 * Normalises each channel of each sample (Ulyanov et al., 2016).
 *
 * `y = (x - mean) / sqrt(var + eps) * weight + bias`
 *
 * @param input - of shape `(N, C, *)`
 * @throws when a channel has a single value, which has no variance
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.instance_norm.html
 * @example
 * F.instanceNorm(torch.tensor([[[1.5, 2.5]]])) // tensor([[[-1.0000, 1.0000]]])
 */
export function instanceNorm(input: Tensor, options: InstanceNormOptions = {}): Tensor {
  const { runningMean = null, runningVar = null, weight = null, bias = null } = options;
  const { useInputStats = true, momentum = 0.1, eps = 1e-5 } = options;
  const { shape } = input;
  if (useInputStats && shape.slice(2).reduce((a, b) => a * b, 1) === 1)
    throw new FlambeauError(
      'INVALID_VALUE',
      `instanceNorm(): argument 'input' must have more than one value per channel and sample, not shape [${shape.join(', ')}]`,
    );
  return ops.instanceNorm(input, weight, bias, runningMean, runningVar, useInputStats, momentum, eps, true);
}

/** What {@link localResponseNorm} takes by name. */
export interface LocalResponseNormOptions {
  /** The factor of the sum; 1e-4 unless given. */
  alpha?: number;
  /** The exponent; 0.75 unless given. */
  beta?: number;
  /** What is added; 1 unless given. */
  k?: number;
}

/**
 * Divides each element by what its neighbours in nearby channels amount to (Krizhevsky et al., 2012).
 *
 * `y_c = x_c / (k + alpha / size * sum x_c'^2)^beta`, over `size` channels around `c`
 *
 * @param input - of shape `(N, C, *)`, with three dimensions or more
 * @param size - the number of channels
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.local_response_norm.html
 * @example
 * F.localResponseNorm(torch.ones(1, 1, 1), 1, { alpha: 1, beta: 1 }) // tensor([[[0.5000]]])
 */
export function localResponseNorm(input: Tensor, size: number, options: LocalResponseNormOptions = {}): Tensor {
  const { alpha = 1e-4, beta = 0.75, k = 1 } = options;
  const { shape } = input;
  if (shape.length < 3)
    throw new FlambeauError(
      'INVALID_VALUE',
      `localResponseNorm(): argument 'input' must have 3 dimensions or more, not ${shape.length}`,
    );
  if (input.numel() === 0) return input;
  const [samples, count] = shape as [number, number];
  const before = Math.floor(size / 2);
  const after = Math.floor((size - 1) / 2);
  const squares = native.pad(input.square().reshape(samples, 1, count, -1), [0, 0, before, after]);
  const mean = native.avgPool2d(squares, [size, 1], 1).reshape(shape);
  return input.div(mean.mul(alpha).add(k).pow(beta));
}

/** What {@link normalize} takes by name. */
export interface NormalizeOptions {
  /** The p of the p-norm; 2 unless given. */
  p?: number;
  /** The dimension, or dimensions; 1 unless given. */
  dim?: number | readonly number[];
  /** The least norm; 1e-12 unless given. */
  eps?: number;
}

/**
 * Divides vectors by their norms.
 *
 * `v = v / max(||v||_p, eps)`
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.normalize.html
 * @example
 * F.normalize(torch.tensor([[3, 4]]).float()) // tensor([[0.6000, 0.8000]])
 */
export function normalize(input: Tensor, { p = 2, dim = 1, eps = 1e-12 }: NormalizeOptions = {}): Tensor {
  return input.div(vectorNorm(input, p, dim, true).clampMin(eps));
}
