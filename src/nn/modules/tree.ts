import { FlambeauError, wrongArgument } from '../../errors.js';
import { Tensor } from '../../tensor.js';
import { keep } from '../../tensor/scope.js';
import { Parameter } from '../parameter.js';
import type { Hooks } from './hooks.js';
import type { Module } from './module.js';

const buffersOf = new WeakMap<object, Map<string, boolean>>();

/** The dotted name of what is inside of something. */
export function join(prefix: string, name: string): string {
  return prefix === '' ? name : `${prefix}.${name}`;
}

/**
 * What a {@link Module} is made of: submodules, parameters and buffers.
 */
export abstract class ModuleTree {
  /** @internal */
  declare _hooks: Hooks | undefined;

  constructor() {
    Object.defineProperty(this, '_hooks', { value: undefined, writable: true, enumerable: false });
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
    this._bufferNames().set(name, persistent);
    (this as unknown as Record<string, unknown>)[name] = tensor === null ? null : keep(tensor);
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
    for (const [name, value] of Object.entries(this)) if (value instanceof ModuleTree) yield [name, value as Module];
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
    for (const [path, module] of recurse ? this.namedModules(prefix) : [[prefix, this as ModuleTree] as const]) {
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
    for (const [path, module] of recurse ? this.namedModules(prefix) : [[prefix, this as ModuleTree] as const]) {
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
    for (const [name, persistent] of buffersOf.get(this) ?? []) {
      const value = (this as unknown as Record<string, unknown>)[name];
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
      if (!(next instanceof ModuleTree))
        throw new FlambeauError(
          'INVALID_VALUE',
          `getSubmodule(): ${module.constructor.name} has no submodule '${name}'`,
        );
      module = next as unknown as Module;
    }
    return module;
  }

  /**
   * Makes a field a parameter: the same as setting it.
   *
   * @param name - the field
   * @param parameter - its value, or null for none
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.Module.html#torch.nn.Module.register_parameter
   * @example
   * const layer = new nn.Identity()
   * layer.registerParameter('scale', new nn.Parameter(torch.ones(1)))
   * Object.keys(layer.stateDict()) // [ 'scale' ]
   */
  registerParameter(name: string, parameter: Parameter | null): void {
    if (parameter !== null && !(parameter instanceof Parameter))
      throw wrongArgument('registerParameter', 'parameter', 'Parameter or null', parameter);
    this.setField('registerParameter', name, parameter);
  }

  /**
   * Makes a field a submodule: the same as setting it.
   *
   * @param name - the field
   * @param module - its value, or null for none
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.Module.html#torch.nn.Module.register_module
   * @example
   * const model = new nn.Sequential()
   * model.registerModule('act', new nn.ReLU())
   * model.length // 1
   */
  registerModule(name: string, module: Module | null): void {
    if (module !== null && !((module as unknown) instanceof ModuleTree))
      throw wrongArgument('registerModule', 'module', 'Module or null', module);
    this.setField('registerModule', name, module);
  }

  private setField(func: string, name: string, value: unknown): void {
    if (typeof name !== 'string' || name === '' || name.includes('.'))
      throw wrongArgument(func, 'name', 'a name without dots', name);
    (this as unknown as Record<string, unknown>)[name] = value;
  }

  private fieldOf(func: string, target: string): unknown {
    const place = target.lastIndexOf('.');
    const owner = this.getSubmodule(target.slice(0, Math.max(place, 0)));
    const value = (owner as unknown as Record<string, unknown>)[target.slice(place + 1)];
    if (!(value instanceof Tensor))
      throw new FlambeauError('INVALID_VALUE', `${func}(): ${this.constructor.name} has no '${target}'`);
    return value;
  }

  /**
   * A parameter by its dotted name.
   *
   * @throws when there is none
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.Module.html#torch.nn.Module.get_parameter
   * @example
   * new nn.Sequential(new nn.Linear(2, 3)).getParameter('0.weight').shape // [ 3, 2 ]
   */
  getParameter(target: string): Parameter {
    const value = this.fieldOf('getParameter', target);
    if (!(value instanceof Parameter))
      throw new FlambeauError('INVALID_VALUE', `getParameter(): '${target}' is no parameter`);
    return value;
  }

  /**
   * A buffer by its dotted name.
   *
   * @throws when there is none
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.Module.html#torch.nn.Module.get_buffer
   * @example
   * new nn.BatchNorm1d(2).getBuffer('running_var') // tensor([1., 1.])
   */
  getBuffer(target: string): Tensor {
    const value = this.fieldOf('getBuffer', target) as Tensor;
    const place = target.lastIndexOf('.');
    const owner: ModuleTree = this.getSubmodule(target.slice(0, Math.max(place, 0)));
    if (!buffersOf.get(owner)?.has(target.slice(place + 1)))
      throw new FlambeauError('INVALID_VALUE', `getBuffer(): '${target}' is no buffer`);
    return value;
  }

  /** @internal Buffers by the names of their fields, and whether each is in the state dict. */
  _bufferNames(): Map<string, boolean> {
    let buffers = buffersOf.get(this);
    if (!buffers) buffersOf.set(this, (buffers = new Map()));
    return buffers;
  }

  /** @internal Lazy modules take their sizes from the state that is about to be loaded. */
  _beforeLoad(_state: ReadonlyMap<string, Tensor>, _prefix: string): void {}

  /** @internal What a module does after its parameters got other memory. */
  _applied(): void {}
}
