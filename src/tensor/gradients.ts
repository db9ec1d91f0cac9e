import { binding, type Handle } from '../binding.js';
import { FlambeauError } from '../errors.js';
import { handleOf, wrap } from '../ops/call.js';
import { inPass } from '../ops/context.js';
import type { Tensor } from '../tensor.js';
import { Attributes } from './attributes.js';

/** What `backward` takes. */
export interface BackwardOptions {
  /** Whether the graph is kept for another pass. As `createGraph` unless given. */
  retainGraph?: boolean;
  /** Whether the gradients themselves can be differentiated. */
  createGraph?: boolean;
  /** The leaves to give gradients to; all of them unless given. */
  inputs?: Tensor | readonly Tensor[];
}

/** Something that can be taken back: a hook. */
export interface RemovableHandle {
  /** Takes the hook away. */
  remove(): void;
}

function isTensor(value: object | null | undefined): value is Tensor {
  return value instanceof Object && '_handle' in value;
}

function backwardArguments(
  tensor: Gradients,
  gradient: Tensor | null | BackwardOptions | undefined,
  options: BackwardOptions | undefined,
): Parameters<typeof binding.backward> {
  const seed = isTensor(gradient) ? gradient : null;
  const given = options ?? (isTensor(gradient) || !gradient ? {} : gradient);
  const { retainGraph, createGraph = false, inputs = [] } = given;
  const leaves = isTensor(inputs) ? [inputs] : inputs;
  return [[handleOf(tensor)], [seed === null ? null : handleOf(seed)], retainGraph, createGraph, leaves.map(handleOf)];
}

/** The members of {@link Tensor} that have to do with differentiation. */
export abstract class Gradients extends Attributes {
  /** Whether `backward()` computes a gradient for it. */
  get requiresGrad(): boolean {
    return binding.requiresGrad(handleOf(this));
  }

  set requiresGrad(value: boolean) {
    this.requiresGrad_(value);
  }

  /** The gradient that `backward()` left, or null. */
  get grad(): Tensor | null {
    const grad = binding.grad(handleOf(this));
    return grad === null ? null : wrap(grad);
  }

  set grad(value: Tensor | null) {
    binding.setGrad(handleOf(this), value === null ? null : handleOf(value));
  }

  /** The name of the node of the graph that made it, or null for a leaf. */
  get gradFn(): string | null {
    return binding.gradFn(handleOf(this));
  }

  /** Whether it was made by a person rather than by a recorded operation. */
  get isLeaf(): boolean {
    return binding.isLeaf(handleOf(this));
  }

  /** Whether a tensor that is no leaf keeps its gradient. */
  get retainsGrad(): boolean {
    return binding.retainsGrad(handleOf(this));
  }

  /** Which output of its node it is. */
  get outputNr(): number {
    return binding.outputNr(handleOf(this));
  }

  /** The same elements without a graph; sharing memory. */
  get data(): Tensor {
    return wrap(binding.data(handleOf(this)));
  }

  set data(value: Tensor) {
    binding.setData(handleOf(this), handleOf(value));
  }

  /**
   * Says whether operations on it are recorded, in place.
   *
   * @throws when the dtype has no gradient, or the tensor is no leaf
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.requires_grad_.html
   * @example
   * torch.ones(2).requiresGrad_() // tensor([1., 1.], requires_grad=True)
   */
  requiresGrad_(value = true): this {
    binding.setRequiresGrad(handleOf(this), value);
    return this;
  }

  /**
   * Keeps the gradient of a tensor that is no leaf when `backward()` comes through it.
   *
   * @throws when the tensor requires no gradient
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.retain_grad.html
   * @example
   * const y = torch.ones(2, { requiresGrad: true }).mul(2)
   * y.retainGrad()
   * y.square().sum().backward()
   * y.grad // tensor([4., 4.])
   */
  retainGrad(): void {
    binding.retainGrad(handleOf(this));
  }

  /**
   * Computes the gradients of the leaves behind it and adds them to their `grad`.
   *
   * @param gradient - the gradient with respect to this tensor; one where it has one element
   * @throws what a hook or a custom function threw, as itself
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.backward.html
   * @example
   * const x = torch.tensor([1.5, 2], { requiresGrad: true })
   * x.square().sum().backward()
   * x.grad // tensor([3., 4.])
   */
  backward(gradient?: Tensor | null | BackwardOptions, options?: BackwardOptions): void {
    binding.backward(...backwardArguments(this, gradient, options));
  }

  /**
   * {@link backward} on the addon's own threads, while the event loop goes on.
   *
   * @param gradient - the gradient with respect to this tensor; one where it has one element
   * @example
   * const x = torch.tensor([1.5, 2], { requiresGrad: true })
   * await x.square().sum().backwardAsync()
   * x.grad // tensor([3., 4.])
   */
  backwardAsync(gradient?: Tensor | null | BackwardOptions, options?: BackwardOptions): Promise<void> {
    return binding.backwardAsync(...backwardArguments(this, gradient, options));
  }

  /**
   * Calls `hook` with the gradient of this tensor whenever it is computed.
   *
   * @param hook - takes the gradient and may return another one in its place
   * @returns something whose `remove()` takes the hook away
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.register_hook.html
   * @example
   * const x = torch.tensor([1.5], { requiresGrad: true })
   * const hook = x.registerHook((g) => g.mul(10))
   * x.mul(2).backward()
   * x.grad // tensor([20.])
   */
  registerHook(hook: (grad: Tensor) => Tensor | null | undefined | void): RemovableHandle {
    if (!this.requiresGrad) {
      throw new FlambeauError(
        'INVALID_VALUE',
        "registerHook(): cannot register a hook on a tensor that doesn't require gradient",
      );
    }
    const call = inPass((grad: Handle) => {
      const result = hook(wrap(grad));
      return result === null || result === undefined ? undefined : handleOf(result);
    });
    const id = binding.registerHook(handleOf(this), call);
    return { remove: () => binding.removeHook(handleOf(this), id) };
  }

  /**
   * Calls `hook` with this leaf after a gradient was added to its `grad`.
   *
   * @returns something whose `remove()` takes the hook away
   * @throws when the tensor is no leaf that requires a gradient
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.register_post_accumulate_grad_hook.html
   * @example
   * const x = torch.tensor([1.5], { requiresGrad: true })
   * x.registerPostAccumulateGradHook((leaf) => leaf.grad.zero_())
   * x.mul(2).backward()
   * x.grad // tensor([0.])
   */
  registerPostAccumulateGradHook(hook: (tensor: Tensor) => void): RemovableHandle {
    const call = inPass(() => hook(this as unknown as Tensor));
    const id = binding.registerAccumulated(handleOf(this), call);
    return { remove: () => binding.removeAccumulated(handleOf(this), id) };
  }
}
