import { FlambeauError, wrongArgument } from '../../errors.js';
import * as native from '../../ops/neural/functional/index.js';
import * as ops from '../../ops/neural/torch/index.js';
import type { Tensor } from '../../tensor.js';

/** How a loss over many elements becomes one number: not at all, their mean, or their sum. */
export type Reduction = 'none' | 'mean' | 'sum';

/** The number by which schemas know a reduction. */
export function reductionCode(func: string, reduction: Reduction): number {
  const code = ['none', 'mean', 'sum'].indexOf(reduction);
  if (code < 0) throw wrongArgument(func, 'reduction', "'none', 'mean' or 'sum'", reduction);
  return code;
}

/** What {@link crossEntropy} and {@link nllLoss} take by name. */
export interface CrossEntropyOptions {
  /** A weight for each class, of shape `(C)`. */
  weight?: Tensor | null;
  /** A class that adds nothing to the loss. */
  ignoreIndex?: number;
  /** Mean unless given. */
  reduction?: Reduction;
  /** How much of each target is spread over all classes, from 0 to 1. */
  labelSmoothing?: number;
}

/**
 * Cross entropy between logits and targets.
 *
 * `loss_n = -log(softmax(input_n)[target_n])`
 *
 * @param input - logits of shape `(C)`, `(N, C)` or `(N, C, d1, ...)`
 * @param target - classes: int64 of shape `()`, `(N)` or `(N, d1, ...)`; or probabilities of the input's shape
 * @throws when the target has a shape or dtype that fits neither
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.cross_entropy.html
 * @example
 * F.crossEntropy(torch.zeros(2, 4), torch.tensor([1, 3])) // tensor(1.3863)
 */
export function crossEntropy(input: Tensor, target: Tensor, options: CrossEntropyOptions = {}): Tensor {
  const { weight = null, ignoreIndex = -100, reduction = 'mean', labelSmoothing = 0 } = options;
  checkTarget('crossEntropy', input, target);
  return native.crossEntropyLoss(
    input,
    target,
    weight,
    reductionCode('crossEntropy', reduction),
    ignoreIndex,
    labelSmoothing,
  );
}

/** What {@link linearCrossEntropy} takes by name. */
export interface LinearCrossEntropyOptions extends Omit<CrossEntropyOptions, 'ignoreIndex'> {
  /** What the map adds, of shape `(C)` or `(C, d1, ...)`. */
  linearBias?: Tensor | null;
  /** A class that adds nothing to the loss; not for targets that are probabilities. */
  ignoreIndex?: number | null;
}

/**
 * {@link crossEntropy} of what a linear map gives.
 *
 * `loss = crossEntropy(input A^T + b, target)`
 *
 * @param input - of shape `(in_features)` or `(N, in_features)`
 * @param linearWeight - of shape `(C, in_features)` or `(C, d1, ..., in_features)`
 * @param target - as `crossEntropy` takes it for logits of shape `(N, C, d1, ...)`
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.linear_cross_entropy.html
 * @example
 * F.linearCrossEntropy(torch.ones(2, 3), torch.zeros(4, 3), torch.tensor([1, 3])) // tensor(1.3863)
 */
export function linearCrossEntropy(
  input: Tensor,
  linearWeight: Tensor,
  target: Tensor,
  options: LinearCrossEntropyOptions = {},
): Tensor {
  const { linearBias = null, ignoreIndex = null, ...rest } = options;
  const sizes = linearWeight.shape;
  const outputs = sizes.slice(0, -1);
  if (sizes.length < 2 || (input.ndim !== 2 && (input.ndim !== 1 || outputs.length > 1)))
    throw new FlambeauError(
      'INVALID_VALUE',
      `linearCrossEntropy(): input [${input.shape.join(', ')}] does not fit linearWeight [${sizes.join(', ')}]`,
    );
  const flat = native.linear(input, linearWeight.reshape(-1, sizes.at(-1)!), linearBias && linearBias.reshape(-1));
  const logits = flat.reshape([...input.shape.slice(0, -1), ...outputs]);
  if (ignoreIndex !== null && String(target.shape) === String(logits.shape))
    throw new FlambeauError(
      'INVALID_VALUE',
      "linearCrossEntropy(): argument 'ignoreIndex' is not for targets that are probabilities",
    );
  return crossEntropy(logits, target, { ...rest, ignoreIndex: ignoreIndex ?? -100 });
}

/** The mistakes that a port of a Python listing brings along, each with its remedy. */
function checkTarget(func: string, input: Tensor, target: Tensor): void {
  const { shape } = input;
  const sizes = target.shape;
  if (
    shape.length === 2 &&
    sizes.length === 2 &&
    sizes[0] === shape[0] &&
    sizes[1] === 1 &&
    shape[1] !== 1 &&
    !target.isFloatingPoint()
  ) {
    throw new FlambeauError(
      'INVALID_VALUE',
      `${func}(): argument 'target' has shape [${sizes.join(', ')}], but classes for input [${shape.join(', ')}] are of shape [${sizes[0]}]; ` +
        'take target.squeeze(1)',
    );
  }
}

/**
 * The negative log likelihood of log-probabilities.
 *
 * `loss_n = -weight[target_n] * input_n[target_n]`
 *
 * @param input - log-probabilities of shape `(N, C)` or `(N, C, d1, ...)`
 * @param target - classes: int64 of shape `(N)` or `(N, d1, ...)`
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.nll_loss.html
 * @example
 * F.nllLoss(torch.tensor([[-1.5, -2], [-3, -0.5]]), torch.tensor([0, 1])) // tensor(1.)
 */
export function nllLoss(
  input: Tensor,
  target: Tensor,
  options: Omit<CrossEntropyOptions, 'labelSmoothing'> = {},
): Tensor {
  const { weight = null, ignoreIndex = -100, reduction = 'mean' } = options;
  checkTarget('nllLoss', input, target);
  return native.nllLossNd(input, target, weight, reductionCode('nllLoss', reduction), ignoreIndex);
}

/** What every loss takes by name. */
export interface LossOptions {
  /** How the losses become one number; their mean unless given. */
  reduction?: Reduction;
}

/** {@link LossOptions}, and a weight for each element. */
export interface WeightedLossOptions extends LossOptions {
  /** A weight for each element, of the input's shape. */
  weight?: Tensor | null;
}

/** Reduces losses that were computed element by element. */
export function reduced(func: string, loss: Tensor, reduction: Reduction): Tensor {
  const code = reductionCode(func, reduction);
  return code === 0 ? loss : code === 1 ? loss.mean() : loss.sum();
}

/** Weights losses of elements; their mean is over the sum of the weights. */
function weighted(func: string, loss: Tensor, weight: Tensor, reduction: Reduction): Tensor {
  if (String(weight.shape) !== String(loss.shape))
    throw new FlambeauError(
      'INVALID_VALUE',
      `${func}(): argument 'weight' must have shape [${loss.shape.join(', ')}], not [${weight.shape.join(', ')}]`,
    );
  const scaled = loss.mul(weight);
  return reduction === 'mean' ? scaled.sum().div(weight.sum()) : reduced(func, scaled, reduction);
}

/**
 * The squared difference.
 *
 * `loss_n = (input_n - target_n)^2`
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.mse_loss.html
 * @example
 * F.mseLoss(torch.tensor([1.5, 2]), torch.tensor([0.5, 0])) // tensor(2.5000)
 */
export function mseLoss(input: Tensor, target: Tensor, options: WeightedLossOptions = {}): Tensor {
  const { weight = null, reduction = 'mean' } = options;
  const code = reductionCode('mseLoss', reduction);
  return weight
    ? weighted('mseLoss', native.mseLoss(input, target, 0), weight, reduction)
    : native.mseLoss(input, target, code);
}

/**
 * The absolute difference.
 *
 * `loss_n = |input_n - target_n|`
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.l1_loss.html
 * @example
 * F.l1Loss(torch.tensor([1.5, 2]), torch.tensor([0.5, 0])) // tensor(1.5000)
 */
export function l1Loss(input: Tensor, target: Tensor, options: WeightedLossOptions = {}): Tensor {
  const { weight = null, reduction = 'mean' } = options;
  const code = reductionCode('l1Loss', reduction);
  return weight
    ? weighted('l1Loss', native.l1Loss(input, target, 0), weight, reduction)
    : native.l1Loss(input, target, code);
}

/** What {@link smoothL1Loss} takes by name. */
export interface SmoothL1LossOptions extends LossOptions {
  /** Where the square becomes a line; 1 unless given. */
  beta?: number;
}

/**
 * The absolute difference, squared near zero (Girshick, 2015).
 *
 * `loss_n = (x_n - y_n)^2 / (2 beta)` where `|x_n - y_n| < beta`, else `|x_n - y_n| - beta / 2`
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.smooth_l1_loss.html
 * @example
 * F.smoothL1Loss(torch.tensor([0, 3.0]), torch.zeros(2)) // tensor(1.2500)
 */
export function smoothL1Loss(input: Tensor, target: Tensor, options: SmoothL1LossOptions = {}): Tensor {
  const { beta = 1, reduction = 'mean' } = options;
  const code = reductionCode('smoothL1Loss', reduction);
  if (!(beta >= 0)) throw wrongArgument('smoothL1Loss', 'beta', 'number from 0 on', beta);
  return beta === 0 ? native.l1Loss(input, target, code) : native.smoothL1Loss(input, target, code, beta);
}

/** What {@link huberLoss} takes by name. */
export interface HuberLossOptions extends WeightedLossOptions {
  /** Where the square becomes a line; 1 unless given. */
  delta?: number;
}

/**
 * The squared difference, a line far from zero (Huber, 1964).
 *
 * `loss_n = (x_n - y_n)^2 / 2` where `|x_n - y_n| < delta`, else `delta * (|x_n - y_n| - delta / 2)`
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.huber_loss.html
 * @example
 * F.huberLoss(torch.tensor([0, 3]).float(), torch.zeros(2)) // tensor(1.2500)
 */
export function huberLoss(input: Tensor, target: Tensor, options: HuberLossOptions = {}): Tensor {
  const { delta = 1, weight = null, reduction = 'mean' } = options;
  const code = reductionCode('huberLoss', reduction);
  if (!weight) return native.huberLoss(input, target, code, delta);
  return reduced('huberLoss', native.huberLoss(input, target, 0, delta).mul(weight), reduction);
}

/** What {@link klDiv} takes by name. */
export interface KlDivOptions {
  /** Mean over all elements unless given; `'batchmean'` divides by the batch's size, which is the divergence. */
  reduction?: Reduction | 'batchmean';
  /** Whether the target holds log-probabilities; false unless given. */
  logTarget?: boolean;
}

/**
 * The Kullback-Leibler divergence of log-probabilities from a target distribution.
 *
 * `loss_n = target_n * (log(target_n) - input_n)`
 *
 * @param input - log-probabilities
 * @param target - probabilities, or log-probabilities with `logTarget`
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.kl_div.html
 * @example
 * F.klDiv(torch.tensor([[0.5, 0.5]]).log(), torch.tensor([[1, 0]]).float(), { reduction: 'batchmean' }) // tensor(0.6931)
 */
export function klDiv(input: Tensor, target: Tensor, options: KlDivOptions = {}): Tensor {
  const { reduction = 'mean', logTarget = false } = options;
  const perBatch = reduction === 'batchmean';
  const loss = ops.klDiv(input, target, reductionCode('klDiv', perBatch ? 'sum' : reduction), { logTarget });
  return perBatch && input.ndim > 0 ? loss.div(input.shape[0]!) : loss;
}

/** What {@link poissonNllLoss} takes by name. */
export interface PoissonNllLossOptions extends LossOptions {
  /** Whether the input is the logarithm of the rate; true unless given. */
  logInput?: boolean;
  /** Whether Stirling's approximation of the constant term is added; false unless given. */
  full?: boolean;
  /** Added to the rate before its logarithm is taken; 1e-8 unless given. */
  eps?: number;
}

/**
 * The negative log likelihood of counts under Poisson distributions.
 *
 * `loss_n = exp(input_n) - target_n * input_n`, or `input_n - target_n * log(input_n + eps)` without `logInput`
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.poisson_nll_loss.html
 * @example
 * F.poissonNllLoss(torch.zeros(2), torch.tensor([1, 3])) // tensor(1.)
 */
export function poissonNllLoss(input: Tensor, target: Tensor, options: PoissonNllLossOptions = {}): Tensor {
  const { logInput = true, full = false, eps = 1e-8, reduction = 'mean' } = options;
  return ops.poissonNllLoss(input, target, logInput, full, eps, reductionCode('poissonNllLoss', reduction));
}

/** What {@link gaussianNllLoss} takes by name. */
export interface GaussianNllLossOptions extends LossOptions {
  /** Whether the constant term is added; false unless given. */
  full?: boolean;
  /** The least variance; 1e-6 unless given. */
  eps?: number;
}

/**
 * The negative log likelihood of values under normal distributions (Nix and Weigend, 1994).
 *
 * `loss_n = (log(max(var_n, eps)) + (input_n - target_n)^2 / max(var_n, eps)) / 2`
 *
 * A variance below zero is not looked for, which would wait for the device; it counts as `eps`.
 *
 * @param input - the means
 * @param variance - of the input's shape, or with a last dimension of 1 or none, or one number
 * @throws when the variance has another shape
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.gaussian_nll_loss.html
 * @example
 * F.gaussianNllLoss(torch.zeros(2), torch.tensor([1, 3.0]), torch.ones(2)) // tensor(2.5000)
 */
export function gaussianNllLoss(
  input: Tensor,
  target: Tensor,
  variance: Tensor | number,
  options: GaussianNllLossOptions = {},
): Tensor {
  const { full = false, eps = 1e-6, reduction = 'mean' } = options;
  if (typeof variance === 'number' && !(variance >= 0))
    throw wrongArgument('gaussianNllLoss', 'variance', 'number from 0 on', variance);
  const given = typeof variance === 'number' ? input.detach().mul(0).add(variance) : fitted(input, variance);
  // The clamp is no part of the gradient: where it holds, the variance still learns.
  const raised = given.detach().clampMin(eps).sub(given.detach());
  const clamped = given.add(raised);
  let loss = clamped.log().add(input.sub(target).square().div(clamped)).mul(0.5);
  if (full) loss = loss.add(0.5 * Math.log(2 * Math.PI));
  return reduced('gaussianNllLoss', loss, reduction);
}

function fitted(input: Tensor, variance: Tensor): Tensor {
  const [wanted, sizes] = [input.shape, variance.shape];
  if (String(sizes) === String(wanted)) return variance;
  if (String(sizes) === String(wanted.slice(0, -1))) return variance.unsqueeze(-1);
  const odd = sizes.length === wanted.length ? wanted.filter((size, i) => size !== sizes[i]).length : 2;
  if (odd === 1) return variance;
  throw new FlambeauError(
    'INVALID_VALUE',
    `gaussianNllLoss(): argument 'variance' has shape [${sizes.join(', ')}], which does not fit input [${wanted.join(', ')}]`,
  );
}

/**
 * Binary cross entropy of probabilities. {@link binaryCrossEntropyWithLogits} is more exact where there are logits.
 *
 * `loss_n = -weight_n * (target_n * log(input_n) + (1 - target_n) * log(1 - input_n))`
 *
 * @param input - probabilities, from 0 to 1
 * @param target - of the input's shape, from 0 to 1
 * @throws when the shapes differ
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.binary_cross_entropy.html
 * @example
 * F.binaryCrossEntropy(torch.tensor([0.5, 0.5]), torch.ones(2)) // tensor(0.6931)
 */
export function binaryCrossEntropy(input: Tensor, target: Tensor, options: WeightedLossOptions = {}): Tensor {
  const { weight = null, reduction = 'mean' } = options;
  const code = reductionCode('binaryCrossEntropy', reduction);
  if (String(input.shape) !== String(target.shape))
    throw new FlambeauError(
      'INVALID_VALUE',
      `binaryCrossEntropy(): argument 'target' must have the input's shape [${input.shape.join(', ')}], not [${target.shape.join(', ')}]`,
    );
  return native.binaryCrossEntropy(input, target, weight && weight.expandAs(target), code);
}

/** What {@link binaryCrossEntropyWithLogits} takes by name. */
export interface BinaryCrossEntropyOptions {
  /** A weight for each element, broadcast to the input. */
  weight?: Tensor | null;
  /** A weight for the positive examples of each class. */
  posWeight?: Tensor | null;
  /** Mean unless given. */
  reduction?: Reduction;
}

/**
 * Binary cross entropy of logits.
 *
 * `loss_n = -(target_n * log(sigmoid(input_n)) + (1 - target_n) * log(1 - sigmoid(input_n)))`
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.binary_cross_entropy_with_logits.html
 * @example
 * F.binaryCrossEntropyWithLogits(torch.zeros(2), torch.ones(2)) // tensor(0.6931)
 */
export function binaryCrossEntropyWithLogits(
  input: Tensor,
  target: Tensor,
  options: BinaryCrossEntropyOptions = {},
): Tensor {
  const { weight = null, posWeight = null, reduction = 'mean' } = options;
  const code = reductionCode('binaryCrossEntropyWithLogits', reduction);
  return ops.binaryCrossEntropyWithLogits(input, target, weight, posWeight, code);
}
