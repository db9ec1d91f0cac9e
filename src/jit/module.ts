import { binding, type Handle } from '../binding.js';
import type { Device } from '../device.js';
import { dtypes, isDtype, type Dtype } from '../dtype.js';
import { FlambeauError, wrongArgument } from '../errors.js';
import { noGrad } from '../autograd/modes.js';
import { handleOf, invoke, Operator } from '../ops/call.js';
import { Tensor, type ToOptions } from '../tensor.js';
import { ScriptObject, setModuleClass } from './object.js';

const compatible = new Operator('aten::_has_compatible_shallow_copy_type', false);

/** Options of {@link ScriptModule.freeze}. */
export interface FreezeOptions {
  /** Attributes and methods beside `forward` that are kept. */
  preservedAttrs?: readonly string[];
  /** Whether operations are folded into each other where the numbers may differ in their last bits. */
  optimizeNumerics?: boolean;
}

/** Options of {@link ScriptModule.optimizeForInference}. */
export interface OptimizeOptions {
  /** Methods beside `forward` that are kept and optimized. */
  otherMethods?: readonly string[];
}

const join = (prefix: string, name: string): string => (prefix === '' ? name : `${prefix}.${name}`);

/** A tensor that a module holds, where it is held. */
interface Held {
  path: string;
  owner: ScriptModule;
  name: string;
  tensor: Tensor;
  id: number;
}

/** Changes a tensor in all the places that hold it. */
function become(places: readonly Held[], change: (tensor: Tensor) => Tensor): void {
  const { tensor } = places[0]!;
  const { grad, requiresGrad } = tensor;
  const data = change(tensor.data);
  tensor.grad = null;
  if (invoke(compatible, [tensor, data]) === true) {
    tensor.data = data;
  } else {
    // Another tensor takes its place; to the program it is the same.
    for (const place of places) {
      place.tensor._handle = binding.data(handleOf(data));
      if (place.tensor !== tensor) place.tensor._handle = handleOf(tensor);
      else binding.setRequiresGrad(place.tensor._handle, requiresGrad);
      place.owner._hold(place.name, place.tensor);
    }
  }
  if (grad) tensor.grad = change(grad);
}

/**
 * A model of TorchScript: out of a file by {@link load}, or traced by {@link trace}.
 *
 * It has the parameters, buffers and submodules of the module that it was made of, under the same names; gradients flow
 * through it, and optimizers train it. The first calls are slower: TorchScript looks at the shapes that come, and compiles
 * for them.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.jit.ScriptModule.html
 * @example
 * const model = torch.jit.trace(new nn.Linear(2, 1), [torch.ones(1, 2)])
 * model.call(torch.ones(3, 2)).shape // [ 3, 1 ]
 * Array.from(model.namedParameters(), ([name]) => name) // [ 'weight', 'bias' ]
 */
export class ScriptModule extends ScriptObject {
  /** The files of the archive that {@link load} was asked for, by name. */
  readonly extraFiles: Readonly<Record<string, Buffer>> = {};

  /**
   * Runs `forward`, with the hooks around it that TorchScript kept.
   *
   * @param args - the arguments by place; see {@link ScriptObject.run}
   * @throws when an argument does not fit its type, and what the module raises
   * @example
   * torch.jit.trace(new nn.ReLU(), [torch.ones(1)]).call(torch.tensor([-1.5, 2])) // tensor([0., 2.])
   */
  call<R = Tensor>(...args: unknown[]): R {
    return this.run<R>('', ...args);
  }

  /**
   * {@link call} on a thread of the addon's own; see {@link ScriptObject.runAsync}.
   *
   * @example
   * await torch.jit.trace(new nn.ReLU(), [torch.ones(1)]).callAsync(torch.tensor([-1.5, 2])) // tensor([0., 2.])
   */
  callAsync<R = Tensor>(...args: unknown[]): Promise<R> {
    return this.runAsync<R>('', ...args);
  }

  /**
   * Runs `forward` itself, without hooks.
   *
   * @param args - the arguments by place; see {@link ScriptObject.run}
   * @throws when an argument does not fit its type, and what the module raises
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.jit.ScriptModule.html
   * @example
   * const model = torch.jit.trace((x, y) => [x.add(y), x.sub(y)], [torch.ones(1), torch.ones(1)])
   * const [sum, difference] = model.forward(torch.tensor([3]), torch.tensor([1]))
   * difference // tensor([2])
   */
  forward<R = Tensor>(...args: unknown[]): R {
    return this.run<R>('forward', ...args);
  }

  /**
   * {@link forward} on a thread of the addon's own: the event loop goes on, and calls may overlap. A `signal` in the
   * trailing object drops a call that has not started when it is aborted.
   *
   * @example
   * const model = torch.jit.trace((x) => x.mul(2), [torch.ones(1)])
   * await Promise.all([1, 2].map((value) => model.forwardAsync(torch.tensor([value])))) // [ tensor([2]), tensor([4]) ]
   */
  forwardAsync<R = Tensor>(...args: unknown[]): Promise<R> {
    return this.runAsync<R>('forward', ...args);
  }

  /** Whether it is in training mode; a frozen module is not. */
  get training(): boolean {
    return this.hasAttr('training') && this.getAttr<boolean>('training');
  }

  /**
   * Sets training mode, here and below.
   *
   * @param mode - false for evaluation mode
   * @example
   * torch.jit.trace(new nn.Dropout().eval(), [torch.ones(1)]).train().training // true
   */
  train(mode = true): this {
    if (typeof mode !== 'boolean') throw wrongArgument('train', 'mode', 'boolean', mode);
    binding.jitTrain(this._alive, mode);
    return this;
  }

  /**
   * Sets evaluation mode, here and below.
   *
   * @example
   * torch.jit.trace(new nn.Linear(2, 1), [torch.ones(1, 2)]).eval().training // false
   */
  eval(): this {
    return this.train(false);
  }

  private named(kind: string): string[] {
    return this.attributes.filter((attribute) => attribute.kind === kind).map(({ name }) => name);
  }

  /**
   * The submodules, by name.
   *
   * @example
   * const model = torch.jit.trace(new nn.Sequential(new nn.Linear(2, 1)), [torch.ones(1, 2)])
   * Array.from(model.namedChildren(), ([name]) => name) // [ '0' ]
   */
  *namedChildren(): Generator<[string, ScriptModule]> {
    for (const name of this.named('module')) yield [name, this.getAttr<ScriptModule>(name)];
  }

  /**
   * The submodules.
   *
   * @example
   * const model = torch.jit.trace(new nn.Sequential(new nn.Linear(2, 1)), [torch.ones(1, 2)])
   * Array.from(model.children(), (child) => child.className) // [ 'Linear' ]
   */
  *children(): Generator<ScriptModule> {
    for (const [, child] of this.namedChildren()) yield child;
  }

  /**
   * The module itself and all below it, each once, by dotted name.
   *
   * @param prefix - what the names begin with
   * @example
   * const model = torch.jit.trace(new nn.Sequential(new nn.Linear(2, 1)), [torch.ones(1, 2)])
   * Array.from(model.namedModules(), ([name]) => name) // [ '', '0' ]
   */
  *namedModules(prefix = ''): Generator<[string, ScriptModule]> {
    yield* this.walk(prefix, new Set());
  }

  private *walk(prefix: string, seen: Set<number>): Generator<[string, ScriptModule]> {
    if (seen.has(this._id)) return;
    seen.add(this._id);
    yield [prefix, this];
    for (const [name, child] of this.namedChildren()) yield* child.walk(join(prefix, name), seen);
  }

  /**
   * The module itself and all below it.
   *
   * @example
   * [...torch.jit.trace(new nn.Sequential(new nn.Linear(2, 1)), [torch.ones(1, 2)]).modules()].length // 2
   */
  *modules(): Generator<ScriptModule> {
    for (const [, module] of this.namedModules()) yield module;
  }

  /**
   * A submodule by its dotted name; the module itself for `''`.
   *
   * @throws when there is none
   * @example
   * torch.jit.trace(new nn.Sequential(new nn.Linear(2, 1)), [torch.ones(1, 2)]).getSubmodule('0').className // 'Linear'
   */
  getSubmodule(target: string): ScriptModule {
    let module: ScriptModule = this as never;
    for (const name of target === '' ? [] : target.split('.')) {
      if (!module.named('module').includes(name)) {
        throw new FlambeauError('INVALID_VALUE', `getSubmodule(): ${module.className} has no submodule '${name}'`);
      }
      module = module.getAttr<ScriptModule>(name);
    }
    return module;
  }

  private *tensors(kind: string, prefix = '', recurse = true): Generator<Held> {
    for (const [path, owner] of recurse ? this.namedModules(prefix) : [[prefix, this as ScriptModule] as const]) {
      for (const name of owner.named(kind)) {
        const tensor = owner.getAttr<Tensor>(name);
        yield { path: join(path, name), owner, name, tensor, id: binding.jitIdentity(handleOf(tensor)) };
      }
    }
  }

  private *once(kind: string, prefix: string, recurse: boolean): Generator<[string, Tensor]> {
    const seen = new Set<number>();
    for (const { path, tensor, id } of this.tensors(kind, prefix, recurse)) {
      if (!seen.has(id)) yield [path, tensor];
      seen.add(id);
    }
  }

  /**
   * The parameters of the module and of all below it, each once, by dotted name.
   *
   * @param prefix - what the names begin with
   * @param recurse - whether those of submodules belong to it
   * @example
   * const model = torch.jit.trace(new nn.Sequential(new nn.Linear(2, 1)), [torch.ones(1, 2)])
   * Array.from(model.namedParameters(), ([name]) => name) // [ '0.weight', '0.bias' ]
   */
  namedParameters(prefix = '', recurse = true): Generator<[string, Tensor]> {
    return this.once('parameter', prefix, recurse);
  }

  /**
   * The parameters of the module and of all below it, as optimizers take them.
   *
   * @param recurse - whether those of submodules belong to it
   * @example
   * const model = torch.jit.trace(new nn.Linear(2, 1), [torch.ones(1, 2)])
   * const optimizer = new optim.SGD(model.parameters(), { lr: 0.1 })
   * model.call(torch.ones(4, 2)).sum().backward()
   * optimizer.step()
   * model.getAttr('bias').grad // tensor([4.])
   */
  *parameters(recurse = true): Generator<Tensor> {
    for (const [, parameter] of this.namedParameters('', recurse)) yield parameter;
  }

  /**
   * The buffers of the module and of all below it, each once, by dotted name: all tensors that are no parameters.
   *
   * @param prefix - what the names begin with
   * @param recurse - whether those of submodules belong to it
   * @example
   * const model = torch.jit.trace(new nn.CrossEntropyLoss({ weight: torch.ones(3) }), [torch.ones(2, 3), torch.ones(2, 3)])
   * Array.from(model.namedBuffers(), ([name]) => name) // [ 'weight' ]
   */
  namedBuffers(prefix = '', recurse = true): Generator<[string, Tensor]> {
    return this.once('buffer', prefix, recurse);
  }

  /**
   * The buffers of the module and of all below it.
   *
   * @param recurse - whether those of submodules belong to it
   * @example
   * [...torch.jit.trace(new nn.Linear(2, 1), [torch.ones(1, 2)]).buffers()].length // 0
   */
  *buffers(recurse = true): Generator<Tensor> {
    for (const [, buffer] of this.namedBuffers('', recurse)) yield buffer;
  }

  /**
   * The parameters and buffers by dotted name, detached, sharing memory with the module.
   *
   * @example
   * Object.keys(torch.jit.trace(new nn.Linear(2, 1), [torch.ones(1, 2)]).stateDict()) // [ 'weight', 'bias' ]
   */
  stateDict(prefix = ''): Record<string, Tensor> {
    const state = Object.create(null) as Record<string, Tensor>;
    const visit = (module: ScriptModule, path: string): void => {
      for (const kind of ['parameter', 'buffer']) {
        for (const name of module.named(kind)) state[path + name] = module.getAttr<Tensor>(name).detach();
      }
      for (const [name, child] of module.namedChildren()) visit(child, `${path}${name}.`);
    };
    visit(this, prefix);
    return state;
  }

  /**
   * Copies values into the parameters and buffers.
   *
   * @param strict - whether names that are missing or too many are an error
   * @returns the names that only the module has, and those that only the state dict has
   * @throws with every missing name, every unexpected one and every wrong shape, before anything is changed
   * @example
   * const layer = new nn.Linear(2, 1)
   * const model = torch.jit.trace(new nn.Linear(2, 1), [torch.ones(1, 2)])
   * model.loadStateDict(layer.stateDict()) // { missingKeys: [], unexpectedKeys: [] }
   * model.getAttr('weight').equal(layer.weight) // true
   */
  loadStateDict(
    state: Readonly<Record<string, Tensor>> | ReadonlyMap<string, Tensor>,
    { strict = true }: { strict?: boolean } = {},
  ): { missingKeys: string[]; unexpectedKeys: string[] } {
    if (typeof state !== 'object' || state === null)
      throw wrongArgument('loadStateDict', 'state', 'a state dict', state);
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
      if (String(value.shape) !== String(target.shape)) {
        problems.push(`${key} has shape [${value.shape.join(', ')}] where the module has [${target.shape.join(', ')}]`);
      }
    }
    if (problems.length > 0) {
      const text = `loadStateDict(): the state does not fit ${this.className}:\n  ${problems.join('\n  ')}`;
      throw new FlambeauError('INVALID_VALUE', text);
    }
    noGrad(() => {
      for (const [key, target] of own) if (given.has(key)) target.copy_(given.get(key)!);
    });
    return { missingKeys, unexpectedKeys };
  }

  /**
   * Says whether parameters are learned.
   *
   * @example
   * const model = torch.jit.trace(new nn.Linear(2, 1), [torch.ones(1, 2)]).requiresGrad_(false)
   * model.getAttr('weight').requiresGrad // false
   */
  requiresGrad_(value = true): this {
    for (const parameter of this.parameters()) parameter.requiresGrad_(value);
    return this;
  }

  /**
   * Takes the gradients away; with `setToNone: false`, makes them zero.
   *
   * @example
   * const model = torch.jit.trace(new nn.Linear(2, 1), [torch.ones(1, 2)])
   * model.call(torch.ones(1, 2)).backward()
   * model.zeroGrad()
   * model.getAttr('weight').grad // null
   */
  zeroGrad({ setToNone = true }: { setToNone?: boolean } = {}): void {
    for (const parameter of this.parameters()) {
      if (setToNone) binding.setGrad(handleOf(parameter), null);
      else parameter.grad?.zero_();
    }
  }

  /**
   * Moves and converts parameters and buffers, in place. A floating point dtype leaves integers as they are. Constants of
   * a traced module stay where they were.
   *
   * @param target - a dtype, a device, or both by name
   * @throws when the dtype is neither floating point nor complex
   * @example
   * torch.jit.trace(new nn.Linear(2, 1), [torch.ones(1, 2)]).to('float64').getAttr('weight').dtype // 'float64'
   */
  to(target: Dtype | Device | ToOptions, options: ToOptions = {}): this {
    let wanted: ToOptions;
    if (typeof target === 'string')
      wanted = { ...options, ...(isDtype(target) ? { dtype: target } : { device: target }) };
    else if (typeof target === 'object' && target !== null) wanted = target;
    else throw wrongArgument('to', 'target', 'dtype, device or options', target);
    const numeric = (dtype: Dtype): boolean => ['float', 'complex'].includes(dtypes[dtype].kind);
    if (wanted.dtype !== undefined && !numeric(wanted.dtype)) {
      const text = `to(): a module takes a floating point or complex dtype, not ${wanted.dtype}`;
      throw new FlambeauError('INVALID_VALUE', text);
    }
    const change = (tensor: Tensor): Tensor =>
      tensor.to({
        ...wanted,
        dtype: wanted.dtype !== undefined && numeric(tensor.dtype) ? wanted.dtype : tensor.dtype,
      });
    const places = new Map<number, Held[]>();
    for (const kind of ['parameter', 'buffer']) {
      for (const place of this.tensors(kind)) places.set(place.id, [...(places.get(place.id) ?? []), place]);
    }
    noGrad(() => {
      for (const same of places.values()) become(same, change);
    });
    return this;
  }

  /**
   * {@link to} a GPU.
   *
   * @param index - which GPU; the current one unless given
   * @example
   * if (torch.cuda.isAvailable()) torch.jit.trace(new nn.Linear(2, 1), [torch.ones(1, 2)]).cuda(0)
   */
  cuda(index?: number): this {
    return this.to(index === undefined ? 'cuda' : `cuda:${index}`);
  }

  /**
   * {@link to} the CPU.
   *
   * @example
   * torch.jit.trace(new nn.Linear(2, 1), [torch.ones(1, 2)]).cpu().getAttr('weight').device // 'cpu'
   */
  cpu(): this {
    return this.to('cpu');
  }

  /**
   * A copy for inference: parameters and attributes become constants of its graph, which is simplified with them. The
   * module must be in evaluation mode.
   *
   * @throws when it is in training mode, or has no attribute that is to be kept
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.jit.freeze.html
   * @example
   * const model = torch.jit.trace(new nn.Linear(2, 1).eval(), [torch.ones(1, 2)])
   * [...model.freeze().parameters()].length // 0
   */
  freeze({ preservedAttrs = [], optimizeNumerics = true }: FreezeOptions = {}): ScriptModule {
    if (this.training)
      throw new FlambeauError('INVALID_VALUE', 'freeze(): the module is in training mode; call eval() first');
    return ScriptModule._of(binding.jitFreeze(this._alive, [...preservedAttrs], optimizeNumerics));
  }

  /**
   * A copy that is frozen where it is not yet, and whose graph is rewritten for speed on the CPU: convolutions with what
   * follows them, layouts. Where it has such layouts, it cannot be saved.
   *
   * @throws when it is in training mode
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.jit.optimize_for_inference.html
   * @example
   * const model = torch.jit.trace(new nn.Linear(2, 1).eval(), [torch.ones(1, 2)])
   * model.optimizeForInference().call(torch.ones(3, 2)).shape // [ 3, 1 ]
   */
  optimizeForInference({ otherMethods = [] }: OptimizeOptions = {}): ScriptModule {
    const frozen = this.hasAttr('training') ? this.freeze({ preservedAttrs: otherMethods }) : this;
    return ScriptModule._of(binding.jitOptimize(frozen._alive, [...otherMethods]));
  }

  /**
   * The tree of modules, with the name of each class.
   *
   * @example
   * torch.jit.trace(new nn.Sequential(new nn.ReLU()), [torch.ones(1)]).toString() // 'Sequential(\n  (0): ReLU()\n)'
   */
  override toString(): string {
    const lines = [...this.namedChildren()].map(([name, child]) =>
      `(${name}): ${child.toString()}`.replaceAll('\n', '\n  '),
    );
    return lines.length === 0 ? `${this.className}()` : `${this.className}(\n  ${lines.join('\n  ')}\n)`;
  }

  /** @internal */
  static _of(handle: Handle, extraFiles: Record<string, Buffer> = {}): ScriptModule {
    const module = new ScriptModule(handle);
    Object.defineProperty(module, 'extraFiles', { value: extraFiles, enumerable: false });
    return module;
  }
}

setModuleClass((handle) => new ScriptModule(handle));
