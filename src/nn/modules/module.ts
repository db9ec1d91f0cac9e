import { inspect } from 'node:util';
import { binding } from '../../binding.js';
import { wrongArgument } from '../../errors.js';
import { handleOf } from '../../ops/call.js';
import type { RemovableHandle } from '../../tensor.js';
import { deepCopy } from './clone.js';
import { ModuleConversions } from './conversions.js';
import {
  addHook,
  runWithHooks,
  type BackwardHook,
  type BackwardPreHook,
  type ForwardHook,
  type ForwardPreHook,
} from './hooks.js';

/**
 * The base of all layers and models.
 *
 * Parameters, buffers and submodules are plain typed fields: a field that holds a {@link Parameter} is a parameter, one
 * that holds a Module a submodule. Names in state dicts are the fields' names, dotted. Subclass it, and write `forward`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.Module.html
 * @example
 * class Net extends nn.Module {
 *   hidden = new nn.Linear(4, 8)
 *   output = new nn.Linear(8, 2)
 *   forward(x) { return this.output.call(this.hidden.call(x).relu()) }
 * }
 * new Net().call(torch.ones(3, 4)).shape // [ 3, 2 ]
 */
export abstract class Module<A extends unknown[] = never[], R = unknown> extends ModuleConversions {
  /** Whether it is in training mode; dropout and batch norm ask. */
  training = true;

  /**
   * Computes the output. Call {@link call}, which also runs hooks.
   *
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.Module.html#torch.nn.Module.forward
   * @example
   * class Double extends nn.Module {
   *   forward(x) { return x.mul(2) }
   * }
   * new Double().call(torch.ones(2)) // tensor([2., 2.])
   */
  abstract forward(...args: A): R;

  /**
   * Runs the module: `forward`, with the hooks around it where there are any.
   *
   * @example
   * new nn.ReLU().call(torch.tensor([-1.5, 2])) // tensor([0., 2.])
   */
  call(...args: A): R {
    const { _hooks: hooks } = this;
    return hooks === undefined ? this.forward(...args) : (runWithHooks(this as never, hooks, args) as R);
  }

  /**
   * Calls `hook` before `forward`; it may return other arguments.
   *
   * @param hook - takes the module and its arguments
   * @returns something whose `remove()` takes the hook away
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.Module.html#torch.nn.Module.register_forward_pre_hook
   * @example
   * const layer = new nn.Identity()
   * layer.registerForwardPreHook((module, [x]) => [x.add(1)])
   * layer.call(torch.zeros(2)) // tensor([1., 1.])
   */
  registerForwardPreHook(hook: ForwardPreHook): RemovableHandle {
    return addHook(this, 'forwardPre', hook);
  }

  /**
   * Calls `hook` after `forward`; it may return another output.
   *
   * @param hook - takes the module, its arguments and its output
   * @returns something whose `remove()` takes the hook away
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.Module.html#torch.nn.Module.register_forward_hook
   * @example
   * const layer = new nn.Identity()
   * const hook = layer.registerForwardHook((module, args, output) => output.mul(10))
   * layer.call(torch.ones(2)) // tensor([10., 10.])
   * hook.remove()
   * layer.call(torch.ones(2)) // tensor([1., 1.])
   */
  registerForwardHook(hook: ForwardHook): RemovableHandle {
    return addHook(this, 'forward', hook);
  }

  /**
   * Calls `hook` when the gradients of the module's outputs are known, before its own backward pass; it may return others.
   *
   * @param hook - takes the module and the gradients of its outputs
   * @returns something whose `remove()` takes the hook away
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.Module.html#torch.nn.Module.register_full_backward_pre_hook
   * @example
   * const layer = new nn.Identity()
   * layer.registerFullBackwardPreHook((module, [grad]) => [grad.mul(10)])
   * const x = torch.ones(2, { requiresGrad: true })
   * layer.call(x).sum().backward()
   * x.grad // tensor([10., 10.])
   */
  registerFullBackwardPreHook(hook: BackwardPreHook): RemovableHandle {
    return addHook(this, 'backwardPre', hook);
  }

  /**
   * Calls `hook` when the gradients of the module's inputs are known; it may return others in their place.
   *
   * @param hook - takes the module, the gradients of its inputs and those of its outputs, null where there is none
   * @returns something whose `remove()` takes the hook away
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.Module.html#torch.nn.Module.register_full_backward_hook
   * @example
   * const layer = new nn.ReLU()
   * let seen
   * layer.registerFullBackwardHook((module, [gradInput], [gradOutput]) => { seen = [gradInput, gradOutput] })
   * layer.call(torch.tensor([-1.5, 2], { requiresGrad: true })).sum().backward()
   * seen // [ tensor([0., 1.]), tensor([1., 1.]) ]
   */
  registerFullBackwardHook(hook: BackwardHook): RemovableHandle {
    return addHook(this, 'backward', hook);
  }

  /**
   * Sets training mode, here and below.
   *
   * @param mode - false for evaluation mode
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.Module.html#torch.nn.Module.train
   * @example
   * new nn.Dropout().eval().train().training // true
   */
  train(mode = true): this {
    if (typeof mode !== 'boolean') throw wrongArgument('train', 'mode', 'boolean', mode);
    for (const module of this.modules()) module.training = mode;
    return this;
  }

  /**
   * Sets evaluation mode, here and below.
   *
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.Module.html#torch.nn.Module.eval
   * @example
   * new nn.Dropout().eval().training // false
   */
  eval(): this {
    return this.train(false);
  }

  /**
   * Says whether parameters are learned.
   *
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.Module.html#torch.nn.Module.requires_grad_
   * @example
   * new nn.Linear(2, 1).requiresGrad_(false).weight.requiresGrad // false
   */
  requiresGrad_(value = true): this {
    for (const parameter of this.parameters()) parameter.requiresGrad_(value);
    return this;
  }

  /**
   * Takes the gradients away; with `setToNone: false`, makes them zero.
   *
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.Module.html#torch.nn.Module.zero_grad
   * @example
   * const layer = new nn.Linear(2, 1)
   * layer.call(torch.ones(2)).backward()
   * layer.zeroGrad()
   * layer.weight.grad // null
   */
  zeroGrad({ setToNone = true }: { setToNone?: boolean } = {}): void {
    for (const parameter of this.parameters()) {
      if (setToNone) binding.setGrad(handleOf(parameter), null);
      else parameter.grad?.zero_();
    }
  }

  /**
   * Calls `fn` with every module below, then with this one.
   *
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.Module.html#torch.nn.Module.apply
   * @example
   * const model = new nn.Sequential(new nn.Linear(2, 1))
   * model.apply((module) => { if (module instanceof nn.Linear) nn.init.zeros_(module.bias) })
   * model.at(0).bias.detach() // tensor([0.])
   */
  apply(fn: (module: Module) => void): this {
    for (const child of this.children()) child.apply(fn);
    fn(this as never);
    return this;
  }

  /**
   * A copy with memory of its own: parameters with their gradients, buffers, submodules and hooks, as Python's
   * `copy.deepcopy` makes it. What is shared inside of the module is shared inside of the copy. Functions, and objects of
   * other classes, are the same in both.
   *
   * @throws when a field holds a tensor that an operation recorded
   * @example
   * const layer = new nn.Linear(2, 1)
   * const copy = layer.clone()
   * nn.init.zeros_(copy.weight)
   * layer.weight.any().item() // true
   */
  clone(): this {
    return deepCopy(this);
  }

  /**
   * What stands between the parentheses when the module is printed.
   *
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.Module.html#torch.nn.Module.extra_repr
   * @example
   * new nn.Linear(2, 3).extraRepr() // 'in_features=2, out_features=3, bias=True'
   */
  extraRepr(): string {
    return '';
  }

  /**
   * The tree of modules, as PyTorch prints it.
   *
   * @example
   * new nn.Sequential(new nn.ReLU()).toString() // 'Sequential(\n  (0): ReLU()\n)'
   */
  override toString(): string {
    const lines = [...this.namedChildren()].map(([name, child]) =>
      `(${name}): ${child.toString()}`.replaceAll('\n', '\n  '),
    );
    const extra = this.extraRepr();
    if (lines.length === 0) return `${this.constructor.name}(${extra})`;
    return `${this.constructor.name}(\n  ${[...(extra ? [extra] : []), ...lines].join('\n  ')}\n)`;
  }

  /** @internal */
  [inspect.custom](): string {
    return this.toString();
  }
}
