import { binding } from '../binding.js';
import { FlambeauError, wrongArgument } from '../errors.js';
import { invoke, isTensor, Operator } from '../ops/call.js';
import type { Tensor } from '../tensor.js';

const makeDualOperator = new Operator('aten::_make_dual', true);
const unpackDualOperator = new Operator('aten::_unpack_dual', true);

// How many regions this thread is in, and the level that LibTorch gave to the outermost.
let open = 0;
let level = 0;

/** Runs `fn` in the level of forward mode. The transforms of `torch.func` may nest: their layers keep them apart. */
export function inDualLevel<T>(fn: () => T): T {
  const before = level;
  level = binding.dualEnter();
  open++;
  try {
    return fn();
  } finally {
    open--;
    level = before;
    binding.dualExit();
  }
}

/**
 * Runs `fn` in forward mode: tangents of dual numbers made inside are carried along, and are gone afterwards.
 *
 * @param fn - it must not be asynchronous
 * @throws when it is called inside of another
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.autograd.forward_ad.dual_level.html
 * @example
 * const { dualLevel, makeDual, unpackDual } = torch.autograd.forwardAD
 * const x = torch.tensor([1.5, 2])
 * dualLevel(() => unpackDual(makeDual(x, torch.ones(2)).square()).tangent) // tensor([3., 4.])
 */
export function dualLevel<T>(fn: () => T): T {
  if (typeof fn !== 'function') throw wrongArgument('dualLevel', 'fn', 'function', fn);
  if (open > 0)
    throw new FlambeauError(
      'NOT_IMPLEMENTED',
      'dualLevel(): forward mode inside of forward mode; torch.func.jvp can be nested',
    );
  return inDualLevel(fn);
}

/**
 * A dual number: a tensor with a tangent that operators carry along.
 *
 * @param tensor - of a floating point or complex dtype
 * @param tangent - of the same shape, dtype and device
 * @throws when it is called outside of {@link dualLevel}
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.autograd.forward_ad.make_dual.html
 * @example
 * const { dualLevel, makeDual, unpackDual } = torch.autograd.forwardAD
 * dualLevel(() => unpackDual(makeDual(torch.zeros(1), torch.ones(1)).exp()).tangent) // tensor([1.])
 */
export function makeDual(tensor: Tensor, tangent: Tensor): Tensor {
  if (!isTensor(tensor)) throw wrongArgument('makeDual', 'tensor', 'Tensor', tensor);
  if (!isTensor(tangent)) throw wrongArgument('makeDual', 'tangent', 'Tensor', tangent);
  if (open === 0)
    throw new FlambeauError('INVALID_VALUE', 'makeDual(): there are dual numbers only inside of dualLevel()');
  return invoke(makeDualOperator, [tensor, tangent, level]) as Tensor;
}

/**
 * The two parts of a dual number; the tangent is null where a tensor has none, as outside of {@link dualLevel}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.autograd.forward_ad.unpack_dual.html
 * @example
 * torch.autograd.forwardAD.unpackDual(torch.ones(1)).tangent // null
 */
export function unpackDual(tensor: Tensor): { primal: Tensor; tangent: Tensor | null } {
  if (!isTensor(tensor)) throw wrongArgument('unpackDual', 'tensor', 'Tensor', tensor);
  if (open === 0) return { primal: tensor, tangent: null };
  const [primal, tangent] = invoke(unpackDualOperator, [tensor, level]) as [Tensor, Tensor | null];
  return { primal, tangent };
}
