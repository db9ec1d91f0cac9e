import { binding } from '../binding.js';
import { FlambeauError } from '../errors.js';
import { handleOf, wrap } from '../ops/call.js';
import type { BackwardOptions, Tensor } from '../tensor.js';

type Tensors = Tensor | readonly Tensor[];

/** What {@link grad} takes beside its tensors. */
export interface GradOptions {
  /** The gradients with respect to the outputs; ones where an output has one element. */
  gradOutputs?: Tensor | readonly (Tensor | null)[] | null;
  /** Whether the graph is kept for another pass. As `createGraph` unless given. */
  retainGraph?: boolean;
  /** Whether the gradients themselves can be differentiated. */
  createGraph?: boolean;
  /** Whether an input that the outputs do not depend on gives null instead of an error. */
  allowUnused?: boolean;
  /** Whether such an input gives zeros. */
  materializeGrads?: boolean;
}

function list<T>(value: T | readonly T[] | null | undefined): readonly T[] {
  if (value === null || value === undefined) return [];
  return Array.isArray(value) ? (value as readonly T[]) : [value as T];
}

function seeds(outputs: readonly Tensor[], given: readonly (Tensor | null)[]): ReturnType<typeof handleOf>[] | null[] {
  if (given.length > 0 && given.length !== outputs.length) {
    throw new FlambeauError(
      'INVALID_ARGUMENT',
      `grad(): ${outputs.length} outputs need as many gradients, not ${given.length}`,
    );
  }
  return outputs.map((_, i) => (given[i] ? handleOf(given[i]) : null)) as null[];
}

/**
 * The gradients of `outputs` with respect to `inputs`, without touching any tensor's `grad`.
 *
 * @returns a gradient for each input, in order
 * @throws when an input was not used, unless `allowUnused` is set
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.autograd.grad.html
 * @example
 * const x = torch.tensor(3, { dtype: 'float32', requiresGrad: true })
 * const [first] = torch.autograd.grad(x.pow(3), x, { createGraph: true })
 * first.item() // 27
 * torch.autograd.grad(first, x)[0].item() // 18
 */
export function grad(outputs: Tensors, inputs: Tensors, options: GradOptions = {}): Tensor[] {
  const { gradOutputs, createGraph = false, retainGraph, materializeGrads = false } = options;
  const allowUnused = options.allowUnused ?? materializeGrads;
  const from = list(outputs);
  const to = list(inputs);
  const results = binding.gradients(
    from.map(handleOf),
    seeds(from, list(gradOutputs)),
    retainGraph,
    createGraph,
    to.map(handleOf),
    allowUnused,
  );
  return results.map((handle, i) => {
    if (handle !== null) return wrap(handle);
    return (materializeGrads ? to[i]!.newZeros(to[i]!.shape) : null) as Tensor;
  });
}

/**
 * Computes the gradients of the leaves behind several tensors and adds them to their `grad`.
 *
 * @param gradients - the gradients with respect to the tensors; ones where a tensor has one element
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.autograd.backward.html
 * @example
 * const x = torch.ones(2, { requiresGrad: true })
 * torch.autograd.backward([x.sum(), x.mul(2).sum()])
 * x.grad // tensor([3., 3.])
 */
export function backward(
  tensors: Tensors,
  gradients?: Tensor | readonly (Tensor | null)[] | null,
  options: BackwardOptions = {},
): void {
  const from = list(tensors);
  const { retainGraph, createGraph = false, inputs = [] } = options;
  binding.backward(
    from.map(handleOf),
    seeds(from, list(gradients)),
    retainGraph,
    createGraph,
    list(inputs).map(handleOf),
  );
}

/**
 * {@link backward} on the addon's own threads, while the event loop goes on.
 *
 * @param gradients - the gradients with respect to the tensors; ones where a tensor has one element
 * @example
 * const x = torch.ones(2, { requiresGrad: true })
 * await torch.autograd.backwardAsync([x.sum(), x.mul(2).sum()])
 * x.grad // tensor([3., 3.])
 */
export function backwardAsync(
  tensors: Tensors,
  gradients?: Tensor | readonly (Tensor | null)[] | null,
  options: BackwardOptions = {},
): Promise<void> {
  const from = list(tensors);
  const { retainGraph, createGraph = false, inputs = [] } = options;
  return binding.backwardAsync(
    from.map(handleOf),
    seeds(from, list(gradients)),
    retainGraph,
    createGraph,
    list(inputs).map(handleOf),
  );
}
