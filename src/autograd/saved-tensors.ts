import { FlambeauError, wrongArgument } from '../errors.js';
import { handleOf, isTensor, wrap } from '../ops/call.js';
import { inPass, within } from '../ops/context.js';
import { noGrad } from './modes.js';
import type { Tensor } from '../tensor.js';

/**
 * Runs `fn` so that what autograd keeps for the backward pass goes through functions of yours: `pack` makes something of a
 * tensor when it is kept, `unpack` makes the tensor again when the backward pass needs it.
 *
 * @param pack - takes a tensor, and gives anything; it must not change the tensor
 * @param unpack - takes what `pack` gave, and gives a tensor with the same content
 * @returns what `fn` returns, or its promise; the hooks hold through what it awaits
 * @throws what the hooks throw, as itself
 * @see https://docs.pytorch.org/docs/2.13/autograd.html#torch.autograd.graph.saved_tensors_hooks
 * @example
 * const x = torch.tensor([3], { dtype: 'float32', requiresGrad: true })
 * let kept = 0
 * const y = torch.autograd.graph.savedTensorsHooks((t) => { kept++; return t }, (t) => t, () => x.mul(x))
 * kept // 2
 */
export function savedTensorsHooks<P, T>(pack: (tensor: Tensor) => P, unpack: (packed: P) => Tensor, fn: () => T): T {
  if (typeof pack !== 'function') throw wrongArgument('savedTensorsHooks', 'pack', 'function', pack);
  if (typeof unpack !== 'function') throw wrongArgument('savedTensorsHooks', 'unpack', 'function', unpack);
  // What the hooks themselves do is kept without them.
  const saved = {
    pack: inPass((handle: never): P => within({ saved: null }, () => pack(wrap(handle)))),
    unpack: inPass((packed: never) => {
      const tensor = within({ saved: null }, () => unpack(packed));
      if (!isTensor(tensor))
        throw new FlambeauError('INVALID_ARGUMENT', 'savedTensorsHooks(): unpack must give a Tensor');
      return handleOf(tensor);
    }),
  };
  return within({ saved: saved as never }, fn);
}

/**
 * Counts writes in place that autograd has not seen, as those of a custom kernel, so that a backward pass that needs the
 * values from before throws instead of being wrong.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.autograd.graph.increment_version.html
 * @example
 * const x = torch.ones(2)
 * const before = x.version
 * torch.autograd.graph.incrementVersion(x)
 * x.version - before // 1
 */
export function incrementVersion(tensor: Tensor | Iterable<Tensor>): void {
  const list = isTensor(tensor) ? [tensor] : [...tensor];
  for (const each of list) {
    if (!isTensor(each)) throw wrongArgument('incrementVersion', 'tensor', 'Tensor or Tensors', each);
    // A copy of itself is a write that moves nothing.
    noGrad(() => each.copy_(each));
  }
}

/**
 * Runs `fn` so that what autograd keeps for the backward pass lies in the CPU's memory meanwhile.
 *
 * @see https://docs.pytorch.org/docs/2.13/autograd.html#torch.autograd.graph.save_on_cpu
 * @example
 * const x = torch.ones(2, { requiresGrad: true })
 * torch.autograd.graph.saveOnCpu(() => x.square().sum()).backward()
 * x.grad // tensor([2., 2.])
 */
export function saveOnCpu<T>(fn: () => T): T {
  return savedTensorsHooks(
    (tensor) => ({ device: tensor.device, kept: tensor.cpu() }),
    ({ device, kept }) => kept.to(device),
    fn,
  );
}
