import { binding, type Handle } from '../binding.js';
import { FlambeauError } from '../errors.js';
import { handleOf, wrap } from '../ops/call.js';
import { Tensor } from '../tensor.js';
import { inPass } from '../ops/context.js';
import { noGrad } from './modes.js';

/**
 * What `forward` leaves for `backward`. Any property may be set on it.
 *
 * @see https://docs.pytorch.org/docs/2.13/autograd.html#context-method-mixins
 * @example
 * class Scale extends torch.autograd.Function {
 *   static forward(ctx, x, factor) { ctx.factor = factor; return x.mul(factor) }
 *   static backward(ctx, grad) { return [grad.mul(ctx.factor), null] }
 * }
 * const x = torch.ones(2, { requiresGrad: true })
 * Scale.apply(x, 3).sum().backward()
 * x.grad // tensor([3., 3.])
 */
export class FunctionContext {
  /** @internal */
  _saved: (Tensor | null)[] = [];
  /** @internal */
  _nonDifferentiable: Tensor[] = [];
  /** @internal */
  _dirty: Tensor[] = [];
  /** @internal */
  _materialize = true;
  /** The tensors that `forward` saved, for `backward`. */
  savedTensors: Tensor[] = [];
  /** For each argument of `forward`: whether its gradient is wanted. */
  needsInputGrad: boolean[] = [];
  [name: string]: unknown;

  /**
   * Keeps tensors for `backward`. Inputs and outputs belong here rather than into properties: they would never be freed.
   *
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.autograd.function.FunctionCtx.save_for_backward.html
   * @example
   * class Square extends torch.autograd.Function {
   *   static forward(ctx, x) { ctx.saveForBackward(x); return x.mul(x) }
   *   static backward(ctx, grad) { return grad.mul(ctx.savedTensors[0]).mul(2) }
   * }
   * const x = torch.tensor([3], { dtype: 'float32', requiresGrad: true })
   * Square.apply(x).backward()
   * x.grad // tensor([6.])
   */
  saveForBackward(...tensors: (Tensor | null)[]): void {
    this._saved = tensors;
  }

  /**
   * Says that outputs have no gradient.
   *
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.autograd.function.FunctionCtx.mark_non_differentiable.html
   * @example
   * class Positive extends torch.autograd.Function {
   *   static forward(ctx, x) { const y = x.gt(0).to(x.dtype); ctx.markNonDifferentiable(y); return y }
   *   static backward() { return null }
   * }
   * Positive.apply(torch.ones(1, { requiresGrad: true })).requiresGrad // false
   */
  markNonDifferentiable(...tensors: Tensor[]): void {
    this._nonDifferentiable = tensors;
  }

  /**
   * Says that inputs were changed in place.
   *
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.autograd.function.FunctionCtx.mark_dirty.html
   * @example
   * class Double extends torch.autograd.Function {
   *   static forward(ctx, x) { x.mul_(2); ctx.markDirty(x); return x }
   *   static backward(ctx, grad) { return grad.mul(2) }
   * }
   * const x = torch.ones(2, { requiresGrad: true })
   * Double.apply(x.clone()).sum().backward()
   * x.grad // tensor([2., 2.])
   */
  markDirty(...tensors: Tensor[]): void {
    this._dirty = tensors;
  }

  /**
   * Whether `backward` gets zeros, rather than null, for outputs that nobody used.
   *
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.autograd.function.FunctionCtx.set_materialize_grads.html
   * @example
   * let second
   * class Twice extends torch.autograd.Function {
   *   static forward(ctx, x) { ctx.setMaterializeGrads(false); return [x.clone(), x.clone()] }
   *   static backward(ctx, a, b) { second = b; return a }
   * }
   * Twice.apply(torch.ones(1, { requiresGrad: true }))[0].backward()
   * second // null
   */
  setMaterializeGrads(value: boolean): void {
    this._materialize = value;
  }
}

type Gradient = Tensor | null | undefined;
type Output = Tensor | readonly Tensor[];

interface FunctionClass<A extends unknown[], R extends Output> {
  name: string;
  forward(ctx: FunctionContext, ...args: A): R;
  backward(ctx: FunctionContext, ...grads: Tensor[]): Gradient | readonly Gradient[];
}

/**
 * A differentiable function written in TypeScript: subclass it with static `forward` and `backward`, and call `apply`.
 *
 * `backward` takes the gradients of the outputs and returns one for each argument of `forward`, null for those that are
 * no tensors. What either throws arrives at the caller as itself.
 *
 * @see https://docs.pytorch.org/docs/2.13/autograd.html#torch.autograd.Function
 * @example
 * class Exp extends torch.autograd.Function {
 *   static forward(ctx, x) { const y = x.exp(); ctx.saveForBackward(y); return y }
 *   static backward(ctx, grad) { return grad.mul(ctx.savedTensors[0]) }
 * }
 * const x = torch.zeros(2, { requiresGrad: true })
 * Exp.apply(x).sum().backward()
 * x.grad // tensor([1., 1.])
 */
export abstract class Function {
  /**
   * Runs `forward` and records `backward` for the tensors among the arguments.
   *
   * @param args - what `forward` takes behind its context
   * @throws what `forward` threw, as itself
   * @example
   * class Negate extends torch.autograd.Function {
   *   static forward(ctx, x) { return x.neg() }
   *   static backward(ctx, grad) { return grad.neg() }
   * }
   * Negate.apply(torch.ones(1, { requiresGrad: true })) // tensor([-1.], grad_fn=<NegateBackward>)
   */
  static apply<A extends unknown[], R extends Output>(this: FunctionClass<A, R>, ...args: A): R {
    const ctx = new FunctionContext();
    ctx.needsInputGrad = args.map((arg) => arg instanceof Tensor && arg.requiresGrad);
    const places = args.flatMap((arg, i) => (arg instanceof Tensor ? [i] : []));
    const output = noGrad(() => this.forward(ctx, ...args));
    const outputs = (Array.isArray(output) ? output : [output]) as readonly unknown[];
    outputs.forEach((value, i) => {
      if (!(value instanceof Tensor))
        throw new FlambeauError(
          'INVALID_ARGUMENT',
          `${this.name}: forward() must return tensors, but output ${i} is none`,
        );
    });
    const backward = (grads: (Handle | null)[], saved: (Handle | null)[]): (Handle | null)[] => {
      ctx.savedTensors = saved.map((handle) => (handle === null ? null : wrap(handle))) as Tensor[];
      const given = this.backward(ctx, ...(grads.map((grad) => (grad === null ? null : wrap(grad))) as Tensor[]));
      ctx.savedTensors = [];
      const list = (Array.isArray(given) ? given : [given]) as readonly Gradient[];
      if (list.length !== args.length && list.length !== places.length) {
        throw new FlambeauError(
          'INVALID_ARGUMENT',
          `${this.name}: backward() must return a gradient (or null) for each of the ${args.length} arguments of forward(), not ${list.length}`,
        );
      }
      const ofPlace = list.length === args.length ? places.map((i) => list[i]) : list;
      return ofPlace.map((grad) => (grad === null || grad === undefined ? null : handleOf(grad)));
    };
    const wrapped = binding.applyFunction({
      name: this.name,
      inputs: places.map((i) => handleOf(args[i] as Tensor)),
      outputs: (outputs as Tensor[]).map(handleOf),
      saved: ctx._saved.map((value) => (value === null ? null : handleOf(value))),
      nonDifferentiable: ctx._nonDifferentiable.map(handleOf),
      dirty: ctx._dirty.map(handleOf),
      materialize: ctx._materialize,
      backward: inPass(backward),
    });
    ctx._saved = ctx._nonDifferentiable = ctx._dirty = [];
    const results = wrapped.map((handle) => wrap(handle!));
    return (Array.isArray(output) ? results : results[0]) as R;
  }
}
