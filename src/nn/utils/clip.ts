import { noGrad } from '../../autograd/modes.js';
import { FlambeauError, wrongArgument } from '../../errors.js';
import { vectorNorm } from '../../ops/linalg/index.js';
import { zeros } from '../../ops/creation/index.js';
import { stack } from '../../ops/shape/index.js';
import * as kernels from '../../optim/kernels.js';
import { Tensor } from '../../tensor.js';
import { alike } from '../../tensor/alike.js';

const norms = kernels.kernel<[readonly Tensor[], number]>('_foreach_norm');
const clampMin = kernels.kernel<[readonly Tensor[], number]>('_foreach_clamp_min_');
const clampMax = kernels.kernel<[readonly Tensor[], number]>('_foreach_clamp_max_');

/** Options of {@link clipGradNorm_}. */
export interface ClipGradNormOptions {
  /** The p of the p-norm; `Infinity` for the greatest magnitude; 2 unless given. */
  normType?: number;
  /** Whether a norm that is NaN or infinite is an error; false unless given. Reads the norm, so it waits for the device. */
  errorIfNonfinite?: boolean;
}

function gradientsOf(name: string, parameters: Iterable<Tensor> | Tensor): Tensor[] {
  if (!(parameters instanceof Tensor) && typeof parameters?.[Symbol.iterator] !== 'function') {
    throw wrongArgument(name, 'parameters', 'Tensor or Tensors, as model.parameters() gives them', parameters);
  }
  const list = parameters instanceof Tensor ? [parameters] : [...parameters];
  return list.flatMap((parameter) => {
    if (!(parameter instanceof Tensor)) throw wrongArgument(name, 'parameters', 'Tensors', parameter);
    const { grad } = parameter;
    return grad === null ? [] : [grad];
  });
}

/**
 * The norm of all tensors together, as if they were one vector.
 *
 * @param tensors - of any shapes, dtypes and devices
 * @param normType - the p of the p-norm
 * @returns a tensor of no dimensions, on the first tensor's device; zero where there are none
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.utils.get_total_norm.html
 * @example
 * nn.utils.getTotalNorm([torch.tensor([3]), torch.tensor([4])].map((t) => t.float())) // tensor(5.)
 */
export function getTotalNorm(tensors: Iterable<Tensor>, normType = 2): Tensor {
  const list = [...tensors];
  const device = list[0]?.device;
  if (device === undefined) return zeros([]);
  const each = alike(list).flatMap((group) => norms(group, normType));
  return vectorNorm(stack(each.map((norm) => norm.to(device))), normType);
}

function scale(grads: readonly Tensor[], maxNorm: number, total: Tensor): void {
  const factor = total.add(1e-6).reciprocal().mul(maxNorm).clamp({ max: 1 });
  // By the factor whatever it is: to look whether it is 1 would wait for the device.
  for (const group of alike(grads)) kernels.mul_(group, factor.to(group[0]!.device));
}

/**
 * Scales gradients in place so that the norm of all of them together is at most `maxNorm`.
 *
 * `g = g * min(1, maxNorm / (norm + 1e-6))`
 *
 * @param parameters - those without a gradient are passed over
 * @param maxNorm - the greatest norm
 * @returns the norm before, a tensor of no dimensions; nothing is read, so a GPU is not waited for
 * @throws when the norm is not finite and `errorIfNonfinite` is set
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.utils.clip_grad_norm_.html
 * @example
 * const w = new nn.Parameter(torch.ones(2))
 * w.mul(torch.tensor([3, 4])).sum().backward()
 * nn.utils.clipGradNorm_([w], 1) // tensor(5.)
 * w.grad // tensor([0.6000, 0.8000])
 */
export function clipGradNorm_(
  parameters: Iterable<Tensor> | Tensor,
  maxNorm: number,
  { normType = 2, errorIfNonfinite = false }: ClipGradNormOptions = {},
): Tensor {
  const grads = gradientsOf('clipGradNorm_', parameters);
  if (typeof maxNorm !== 'number' || Number.isNaN(maxNorm))
    throw wrongArgument('clipGradNorm_', 'maxNorm', 'number', maxNorm);
  return noGrad(() => {
    const total = getTotalNorm(grads, normType);
    if (errorIfNonfinite && !Number.isFinite(total.item())) {
      throw new FlambeauError('INVALID_VALUE', `clipGradNorm_(): the norm of the gradients is ${total.item()}`);
    }
    scale(grads, maxNorm, total);
    return total;
  });
}

/**
 * Scales gradients in place by a norm that is known already, as that of {@link getTotalNorm}, so that it is at most
 * `maxNorm`.
 *
 * @param parameters - those without a gradient are passed over
 * @param maxNorm - the greatest norm
 * @param totalNorm - the norm that the gradients have, a tensor of no dimensions
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.utils.clip_grads_with_norm_.html
 * @example
 * const w = new nn.Parameter(torch.ones(2))
 * w.mul(torch.tensor([3, 4])).sum().backward()
 * nn.utils.clipGradsWithNorm_([w], 1, nn.utils.getTotalNorm([w.grad]))
 * w.grad // tensor([0.6000, 0.8000])
 */
export function clipGradsWithNorm_(parameters: Iterable<Tensor> | Tensor, maxNorm: number, totalNorm: Tensor): void {
  const grads = gradientsOf('clipGradsWithNorm_', parameters);
  if (typeof maxNorm !== 'number' || Number.isNaN(maxNorm))
    throw wrongArgument('clipGradsWithNorm_', 'maxNorm', 'number', maxNorm);
  if (!(totalNorm instanceof Tensor)) throw wrongArgument('clipGradsWithNorm_', 'totalNorm', 'Tensor', totalNorm);
  noGrad(() => {
    scale(grads, maxNorm, totalNorm);
  });
}

/**
 * Limits each element of the gradients in place: `-clipValue <= g <= clipValue`.
 *
 * @param parameters - those without a gradient are passed over
 * @param clipValue - the greatest magnitude
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.utils.clip_grad_value_.html
 * @example
 * const w = new nn.Parameter(torch.ones(2))
 * w.mul(torch.tensor([-3, 0.5])).sum().backward()
 * nn.utils.clipGradValue_([w], 1)
 * w.grad // tensor([-1.0000,  0.5000])
 */
export function clipGradValue_(parameters: Iterable<Tensor> | Tensor, clipValue: number): void {
  const grads = gradientsOf('clipGradValue_', parameters);
  if (typeof clipValue !== 'number' || Number.isNaN(clipValue))
    throw wrongArgument('clipGradValue_', 'clipValue', 'number', clipValue);
  noGrad(() => {
    for (const group of alike(grads)) {
      clampMin(group, -clipValue);
      clampMax(group, clipValue);
    }
  });
}
