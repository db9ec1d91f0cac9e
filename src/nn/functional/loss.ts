import { FlambeauError, wrongArgument } from '../../errors.js';
import * as native from '../../ops/neural/functional/index.js';
import * as ops from '../../ops/neural/torch/index.js';
import type { Tensor } from '../../tensor.js';

/** How a loss over many elements becomes one number: not at all, their mean, or their sum. */
export type Reduction = 'none' | 'mean' | 'sum';

/** The number by which schemas know a reduction. */
function reductionCode(func: string, reduction: Reduction): number {
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

/**
 * The squared difference.
 *
 * `loss_n = (input_n - target_n)^2`
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.mse_loss.html
 * @example
 * F.mseLoss(torch.tensor([1.5, 2]), torch.tensor([0.5, 0])) // tensor(2.5000)
 */
export function mseLoss(input: Tensor, target: Tensor, { reduction = 'mean' }: { reduction?: Reduction } = {}): Tensor {
  return native.mseLoss(input, target, reductionCode('mseLoss', reduction));
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
export function l1Loss(input: Tensor, target: Tensor, { reduction = 'mean' }: { reduction?: Reduction } = {}): Tensor {
  return native.l1Loss(input, target, reductionCode('l1Loss', reduction));
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
