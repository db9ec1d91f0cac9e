import { inspect } from 'node:util';
import { binding } from '../../binding.js';
import type { Device } from '../../device.js';
import { dtypes, isDtype, type Dtype } from '../../dtype.js';
import { FlambeauError, wrongArgument } from '../../errors.js';
import { noGrad } from '../../autograd/modes.js';
import { handleOf } from '../../ops/call.js';
import { Tensor, type RemovableHandle, type ToOptions } from '../../tensor.js';
import { keep } from '../../tensor/scope.js';
import { Parameter } from '../parameter.js';

/** A state dict: tensors by their dotted names, in order. */
export type StateDict = Record<string, Tensor>;

/** What loading a state dict found. */
export interface LoadResult {
  /** Names that the module has and the state dict has not. */
  missingKeys: string[];
  /** Names that the state dict has and the module has not. */
  unexpectedKeys: string[];
}

type ForwardPreHook = (module: Module, args: unknown[]) => unknown[] | void;
type ForwardHook = (module: Module, args: unknown[], output: unknown) => unknown;

interface Hooks {
  pre: Map<number, ForwardPreHook>;
  post: Map<number, ForwardHook>;
  next: number;
}

const buffersOf = new WeakMap<Module, Map<string, boolean>>();

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
export abstract class Module<A extends unknown[] = never[], R = unknown> {
  /** Whether it is in training mode; dropout and batch norm ask. */
  training = true;

  private hooks: Hooks | undefined;

  constructor() {
    Object.defineProperty(this, 'hooks', { value: undefined, writable: true, enumerable: false });
  }

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
   * @param args - what `forward` takes
   * @example
   * new nn.ReLU().call(torch.tensor([-1.5, 2])) // tensor([0., 2.])
   */
  call(...args: A): R {
    if (this.hooks === undefined) return this.forward(...args);
    let values: unknown[] = args;
    for (const hook of [...this.hooks.pre.values()]) values = hook(this as never, values) ?? values;
    let output: unknown = this.forward(...(values as A));
    for (const hook of [...this.hooks.post.values()]) {
      const replaced = hook(this as never, values, output);
      if (replaced !== undefined) output = replaced;
    }
    return output as R;
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
    return this.addHook('pre', hook);
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
    return this.addHook('post', hook);
  }

  private addHook<K extends 'pre' | 'post'>(
    kind: K,
    hook: Hooks[K] extends Map<number, infer H> ? H : never,
  ): RemovableHandle {
    const hooks = (this.hooks ??= { pre: new Map(), post: new Map(), next: 0 });
    const id = hooks.next++;
    (hooks[kind] as Map<number, unknown>).set(id, hook);
    return {
      remove: () => {
        hooks[kind].delete(id);
        // Back to the short way.
        if (hooks.pre.size + hooks.post.size === 0 && this.hooks === hooks) this.hooks = undefined;
      },
    };
  }

  /**
   * Makes a field a buffer: part of the state, moved with the module, and not learned.
   *
   * @param name - the field
   * @param tensor - its value, or null for none
   * @param persistent - whether it is in the state dict
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.Module.html#torch.nn.Module.register_buffer
   * @example
   * class Shift extends nn.Module {
   *   offset
   *   constructor() { super(); this.registerBuffer('offset', torch.ones(2)) }
   *   forward(x) { return x.add(this.offset) }
   * }
   * Object.keys(new Shift().stateDict()) // [ 'offset' ]
   */
  registerBuffer(name: string, tensor: Tensor | null, persistent = true): void {
    if (name.includes('.'))
      throw new FlambeauError('INVALID_VALUE', `registerBuffer(): argument 'name' must not hold a dot: '${name}'`);
    let buffers = buffersOf.get(this as never);
    if (!buffers) buffersOf.set(this as never, (buffers = new Map()));
    buffers.set(name, persistent);
    (this as Record<string, unknown>)[name] = tensor === null ? null : keep(tensor);
  }

  /**
   * The submodules by the names of their fields.
   *
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.Module.html#torch.nn.Module.named_children
   * @example
   * const model = new nn.Sequential(new nn.Linear(2, 3), new nn.ReLU())
   * Array.from(model.namedChildren(), ([name]) => name) // [ '0', '1' ]
   */
  *namedChildren(): Generator<[string, Module]> {
    for (const [name, value] of Object.entries(this)) if (value instanceof Module) yield [name, value as Module];
  }

  /**
   * The submodules.
   *
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.Module.html#torch.nn.Module.children
   * @example
   * const model = new nn.Sequential(new nn.Linear(2, 3), new nn.ReLU())
   * Array.from(model.children(), String) // [ 'Linear(in_features=2, out_features=3, bias=True)', 'ReLU()' ]
   */
  *children(): Generator<Module> {
    for (const [, child] of this.namedChildren()) yield child;
  }

  /**
   * The module itself and all below it, each once, by dotted name.
   *
   * @param prefix - what the names begin with
   * @param seen - modules to leave out
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.Module.html#torch.nn.Module.named_modules
   * @example
   * const model = new nn.Sequential(new nn.Sequential(new nn.ReLU()))
   * Array.from(model.namedModules(), ([name]) => name) // [ '', '0', '0.0' ]
   */
  *namedModules(prefix = '', seen = new Set<object>()): Generator<[string, Module]> {
    if (seen.has(this)) return;
    seen.add(this);
    yield [prefix, this as never];
    for (const [name, child] of this.namedChildren()) yield* child.namedModules(join(prefix, name), seen);
  }

  /**
   * The module itself and all below it.
   *
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.Module.html#torch.nn.Module.modules
   * @example
   * const model = new nn.Sequential(new nn.Linear(2, 3), new nn.ReLU())
   * [...model.modules()].length // 3
   */
  *modules(): Generator<Module> {
    for (const [, module] of this.namedModules()) yield module;
  }

  /**
   * The parameters of the module and of all below it, each once, by dotted name.
   *
   * @param prefix - what the names begin with
   * @param recurse - whether those of submodules belong to it
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.Module.html#torch.nn.Module.named_parameters
   * @example
   * const model = new nn.Sequential(new nn.Linear(2, 3), new nn.ReLU())
   * Array.from(model.namedParameters(), ([name]) => name) // [ '0.weight', '0.bias' ]
   */
  *namedParameters(prefix = '', recurse = true): Generator<[string, Parameter]> {
    const seen = new Set<object>();
    for (const [path, module] of recurse ? this.namedModules(prefix) : [[prefix, this as Module] as const]) {
      for (const [name, value] of module.ownParameters()) {
        if (seen.has(value)) continue;
        seen.add(value);
        yield [join(path, name), value];
      }
    }
  }

  /**
   * The parameters of the module and of all below it.
   *
   * @param recurse - whether those of submodules belong to it
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.Module.html#torch.nn.Module.parameters
   * @example
   * const model = new nn.Sequential(new nn.Linear(2, 3), new nn.ReLU())
   * Array.from(model.parameters(), (parameter) => parameter.shape) // [ [ 3, 2 ], [ 3 ] ]
   */
  *parameters(recurse = true): Generator<Parameter> {
    for (const [, parameter] of this.namedParameters('', recurse)) yield parameter;
  }

  /**
   * The buffers of the module and of all below it, by dotted name.
   *
   * @param prefix - what the names begin with
   * @param recurse - whether those of submodules belong to it
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.Module.html#torch.nn.Module.named_buffers
   * @example
   * const layer = new nn.CrossEntropyLoss({ weight: torch.ones(3) })
   * Array.from(layer.namedBuffers(), ([name]) => name) // [ 'weight' ]
   */
  *namedBuffers(prefix = '', recurse = true): Generator<[string, Tensor]> {
    for (const [path, module] of recurse ? this.namedModules(prefix) : [[prefix, this as Module] as const]) {
      for (const [name, value] of module.ownBuffers()) yield [join(path, name), value];
    }
  }

  /**
   * The buffers of the module and of all below it.
   *
   * @param recurse - whether those of submodules belong to it
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.Module.html#torch.nn.Module.buffers
   * @example
   * const layer = new nn.CrossEntropyLoss({ weight: torch.ones(3) })
   * [...layer.buffers()] // [ tensor([1., 1., 1.]) ]
   */
  *buffers(recurse = true): Generator<Tensor> {
    for (const [, buffer] of this.namedBuffers('', recurse)) yield buffer;
  }

  /** @internal */
  *ownParameters(): Generator<[string, Parameter]> {
    for (const [name, value] of Object.entries(this)) if (value instanceof Parameter) yield [name, value];
  }

  /** @internal */
  *ownBuffers(persistentOnly = false): Generator<[string, Tensor]> {
    for (const [name, persistent] of buffersOf.get(this as never) ?? []) {
      const value = (this as Record<string, unknown>)[name];
      if (value instanceof Tensor && (persistent || !persistentOnly)) yield [name, value];
    }
  }

  /**
   * A submodule by its dotted name; the module itself for `''`.
   *
   * @throws when there is none
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.Module.html#torch.nn.Module.get_submodule
   * @example
   * const model = new nn.Sequential(new nn.Linear(2, 3), new nn.ReLU())
   * model.getSubmodule('0') // Linear(in_features=2, out_features=3, bias=True)
   */
  getSubmodule(target: string): Module {
    let module: Module = this as never;
    for (const name of target === '' ? [] : target.split('.')) {
      const next = (module as unknown as Record<string, unknown>)[name];
      if (!(next instanceof Module))
        throw new FlambeauError(
          'INVALID_VALUE',
          `getSubmodule(): ${module.constructor.name} has no submodule '${name}'`,
        );
      module = next as Module;
    }
    return module;
  }

  /**
   * The parameters and persistent buffers by dotted name, detached, sharing memory with the module.
   *
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.Module.html#torch.nn.Module.state_dict
   * @example
   * Object.keys(new nn.Linear(2, 1).stateDict()) // [ 'weight', 'bias' ]
   */
  stateDict(prefix = ''): StateDict {
    const state = Object.create(null) as StateDict;
    const visit = (module: Module, path: string): void => {
      for (const [name, value] of module.ownParameters()) state[path + name] = value.detach();
      for (const [name, value] of module.ownBuffers(true)) state[path + name] = value.detach();
      for (const [name, child] of module.namedChildren()) visit(child, `${path}${name}.`);
    };
    visit(this as never, prefix);
    return state;
  }

  /**
   * Copies values into the parameters and buffers.
   *
   * @param strict - whether names that are missing or too many are an error
   * @throws with every missing name, every unexpected one and every wrong shape, before anything is changed
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.Module.html#torch.nn.Module.load_state_dict
   * @example
   * const [first, second] = [new nn.Linear(2, 1), new nn.Linear(2, 1)]
   * second.loadStateDict(first.stateDict()) // { missingKeys: [], unexpectedKeys: [] }
   * second.weight.equal(first.weight) // true
   */
  loadStateDict(
    state: Readonly<Record<string, Tensor>> | ReadonlyMap<string, Tensor>,
    { strict = true }: { strict?: boolean } = {},
  ): LoadResult {
    const given = state instanceof Map ? (state as ReadonlyMap<string, Tensor>) : new Map(Object.entries(state));
    const own = new Map(Object.entries(this.stateDict()));
    const missingKeys = [...own.keys()].filter((key) => !given.has(key));
    const unexpectedKeys = [...given.keys()].filter((key) => !own.has(key));
    const problems: string[] = [];
    if (strict && missingKeys.length > 0) problems.push(`missing: ${missingKeys.join(', ')}`);
    if (strict && unexpectedKeys.length > 0) problems.push(`unexpected: ${unexpectedKeys.join(', ')}`);
    for (const [key, target] of own) {
      const value = given.get(key);
      if (value === undefined) continue;
      if (!(value instanceof Tensor)) throw wrongArgument('loadStateDict', key, 'Tensor', value);
      if (String(value.shape) !== String(target.shape))
        problems.push(`${key} has shape [${value.shape.join(', ')}] where the module has [${target.shape.join(', ')}]`);
    }
    if (problems.length > 0) {
      throw new FlambeauError(
        'INVALID_VALUE',
        `loadStateDict(): the state does not fit ${this.constructor.name}:\n  ${problems.join('\n  ')}`,
      );
    }
    noGrad(() => {
      for (const [key, target] of own) if (given.has(key)) target.copy_(given.get(key)!);
    });
    return { missingKeys, unexpectedKeys };
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
   * Moves and converts parameters and buffers, in place. A floating point dtype leaves integers as they are.
   *
   * @param target - a dtype, a device, or both by name
   * @throws when the dtype is neither floating point nor complex
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.Module.html#torch.nn.Module.to
   * @example
   * new nn.Linear(2, 1).to('float64').weight.dtype // 'float64'
   */
  to(target: Dtype | Device | ToOptions, options: ToOptions = {}): this {
    const wanted: ToOptions =
      typeof target === 'string'
        ? { ...options, ...(isDtype(target) ? { dtype: target } : { device: target }) }
        : target;
    if (wanted.dtype !== undefined && !['float', 'complex'].includes(dtypes[wanted.dtype].kind)) {
      throw new FlambeauError(
        'INVALID_VALUE',
        `to(): a module takes a floating point or complex dtype, not ${wanted.dtype}`,
      );
    }
    return this._apply((tensor) => {
      const convert = wanted.dtype !== undefined && ['float', 'complex'].includes(dtypes[tensor.dtype].kind);
      return tensor.to({ ...wanted, dtype: convert ? wanted.dtype : tensor.dtype });
    });
  }

  /**
   * {@link to} a GPU.
   *
   * @param index - which GPU; the current one unless given
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.Module.html#torch.nn.Module.cuda
   * @example
   * if (torch.cuda.isAvailable()) new nn.Linear(2, 1).cuda(0)
   */
  cuda(index?: number): this {
    return this.to(index === undefined ? 'cuda' : `cuda:${index}`);
  }

  /**
   * {@link to} the CPU.
   *
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.Module.html#torch.nn.Module.cpu
   * @example
   * new nn.Linear(2, 1).cpu().weight.device // 'cpu'
   */
  cpu(): this {
    return this.to('cpu');
  }

  /**
   * {@link to} float32.
   *
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.Module.html#torch.nn.Module.float
   * @example
   * new nn.Linear(2, 1).float().weight.dtype // 'float32'
   */
  float(): this {
    return this.to('float32');
  }

  /**
   * {@link to} float64.
   *
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.Module.html#torch.nn.Module.double
   * @example
   * new nn.Linear(2, 1).double().weight.dtype // 'float64'
   */
  double(): this {
    return this.to('float64');
  }

  /**
   * {@link to} float16.
   *
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.Module.html#torch.nn.Module.half
   * @example
   * new nn.Linear(2, 1).half().weight.dtype // 'float16'
   */
  half(): this {
    return this.to('float16');
  }

  /**
   * {@link to} bfloat16.
   *
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.Module.html#torch.nn.Module.bfloat16
   * @example
   * new nn.Linear(2, 1).bfloat16().weight.dtype // 'bfloat16'
   */
  bfloat16(): this {
    return this.to('bfloat16');
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

  /** @internal */
  _apply(change: (tensor: Tensor) => Tensor): this {
    noGrad(() => {
      for (const module of this.modules()) {
        for (const [, parameter] of module.ownParameters()) {
          const { grad } = parameter;
          parameter.grad = null;
          parameter._become(change(parameter.data));
          if (grad) parameter.grad = change(grad);
        }
        for (const [name, buffer] of [...module.ownBuffers()]) {
          (module as unknown as Record<string, unknown>)[name] = keep(change(buffer));
        }
        module._applied();
      }
    });
    return this;
  }

  /** @internal What a module does after its parameters were moved or converted. */
  _applied(): void {}

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
  toString(): string {
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

function join(prefix: string, name: string): string {
  return prefix === '' ? name : `${prefix}.${name}`;
}
