import { inspect, types } from 'node:util';
import { abortable, splitSignal } from '../abort.js';
import { binding, type Handle } from '../binding.js';
import { DisposedError, wrongArgument } from '../errors.js';
import { Generator } from '../generator.js';
import { named, wrap } from '../ops/call.js';
import { current } from '../ops/context.js';
import { Complex } from '../shape.js';
import { keep } from '../tensor/scope.js';
import type { Tensor } from '../tensor.js';

/** An attribute of an object of TorchScript. */
export interface ScriptAttribute {
  /** Its name. */
  name: string;
  /** What it is: `parameter`, `buffer`, `module`, `attribute` or `constant`. */
  kind: string;
  /** Its type, as Python writes it: `List[int]`. */
  type: string;
}

/** Everything of TorchScript that is no primitive, list or tensor comes in one of these. */
type Tagged =
  | { kind: 'tuple'; names: string; values: unknown[] }
  | { kind: 'dict'; named: boolean; keys: unknown[]; values: unknown[] }
  | { kind: 'object'; module: boolean; handle: Handle }
  | { kind: 'generator'; handle: Handle };

let makeModule: (handle: Handle) => ScriptObject;

/** @internal Tells this module the class of modules, which stands above it. */
export function setModuleClass(make: typeof makeModule): void {
  makeModule = make;
}

/** @internal Results of the binding as users see them. */
export function lift(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (types.isExternal(value)) return wrap(value);
  if (Array.isArray(value)) return value.map(lift);
  if (value instanceof Complex) return value;
  const tagged = value as Tagged;
  switch (tagged.kind) {
    case 'tuple':
      return named(tagged.names, tagged.values.map(lift));
    case 'dict': {
      const entries = tagged.keys.map((key, i) => [lift(key), lift(tagged.values[i])] as const);
      if (!tagged.named) return new Map(entries);
      const result = Object.create(null) as Record<string, unknown>;
      for (const [key, item] of entries) result[key as string] = item;
      return result;
    }
    case 'object':
      return tagged.module ? makeModule(tagged.handle) : new ScriptObject(tagged.handle);
    case 'generator':
      return Generator._of(tagged.handle);
  }
}

async function runAsync(method: Handle, args: readonly unknown[]): Promise<unknown> {
  const { values, signal } = splitSignal(args);
  return lift(await abortable((turn) => binding.jitRunAsync(method, values, turn), signal));
}

/**
 * An object of TorchScript: a module, or an instance of another class that a module gave. Its methods and attributes are
 * known when it runs, so they are called and read by name.
 *
 * Values cross by the types that TorchScript declares: a JavaScript number becomes an `int` or a `float`; lists and tuples
 * are arrays; a dict with string keys is a plain object, any other a `Map`; a named tuple is an object that can be
 * iterated as well; `None` is null; dtypes and devices are strings, and a dtype comes back as its number.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.jit.ScriptModule.html
 * @example
 * const double = torch.jit.trace((x) => x.mul(2), [torch.ones(2)])
 * double.run('forward', torch.tensor([1, 2.5])) // tensor([2., 5.])
 */
export class ScriptObject {
  /** @internal */
  _handle: Handle | null;

  private readonly found = new Map<string, Handle>();
  private readonly held = new Map<string, { id: number; value: Tensor | ScriptObject }>();

  /** @internal */
  constructor(handle: Handle) {
    this._handle = handle;
    for (const name of ['found', 'held']) Object.defineProperty(this, name, { enumerable: false });
  }

  /** @internal The same for all that stand for one object. */
  get _id(): number {
    return binding.jitIdentity(this._alive);
  }

  /** @internal */
  get _alive(): Handle {
    if (this._handle === null) throw new DisposedError('this object of TorchScript has been disposed');
    return this._handle;
  }

  /** @internal */
  protected method(name: string): Handle {
    const handle = this._alive;
    let method = this.found.get(name);
    if (method === undefined) this.found.set(name, (method = binding.jitMethod(handle, name)));
    return method;
  }

  /** The name of its class. */
  get className(): string {
    return binding.jitDescribe(this._alive).name;
  }

  /** The names of its methods. */
  get methods(): string[] {
    return binding.jitDescribe(this._alive).methods;
  }

  /** Its attributes: parameters, buffers, submodules, plain ones and constants. */
  get attributes(): ScriptAttribute[] {
    return binding.jitDescribe(this._alive).attributes;
  }

  /**
   * Runs a method by name.
   *
   * @param args - the arguments by place. Those that are given by name stand in a plain object behind them; where the
   * method wants a dict there, the object is that dict
   * @throws when there is no such method, when an argument does not fit its type, and what the method raises
   * @example
   * const scaled = torch.jit.trace((x, by) => x.mul(by), [torch.ones(2), torch.ones(1)], { argumentNames: ['x', 'by'] })
   * scaled.run('forward', torch.ones(2), { by: torch.tensor([3]) }) // tensor([3., 3.])
   */
  run<R = unknown>(name: string, ...args: unknown[]): R {
    if (typeof name !== 'string') throw wrongArgument('run', 'name', 'the name of a method', name);
    const method = this.method(name);
    current();
    return lift(binding.jitRun(method, args)) as R;
  }

  /**
   * {@link run} on a thread of the addon's own: the event loop goes on. Calls may overlap. A `signal` in the trailing
   * object drops a call that has not started when it is aborted.
   *
   * @example
   * const double = torch.jit.trace((x) => x.mul(2), [torch.ones(2)])
   * await double.runAsync('forward', torch.ones(2)) // tensor([2., 2.])
   */
  async runAsync<R = unknown>(name: string, ...args: unknown[]): Promise<R> {
    if (typeof name !== 'string') throw wrongArgument('runAsync', 'name', 'the name of a method', name);
    const method = this.method(name);
    current();
    return (await runAsync(method, args)) as R;
  }

  /**
   * The value of an attribute. Lists and dicts are copies; tensors and objects are the object's own.
   *
   * @throws when there is no such attribute
   * @example
   * const model = torch.jit.trace(new nn.Linear(2, 1), [torch.ones(1, 2)])
   * model.getAttr('weight').shape // [ 1, 2 ]
   */
  getAttr<R = unknown>(name: string): R {
    if (typeof name !== 'string') throw wrongArgument('getAttr', 'name', 'string', name);
    const value = binding.jitGet(this._alive, name);
    const isTensor = types.isExternal(value);
    if (!isTensor && (value as Tagged | null)?.kind !== 'object') return lift(value) as R;
    // What it holds is the same to the program each time: optimizers know parameters by that.
    const handle = isTensor ? (value as Handle) : (value as { handle: Handle }).handle;
    const id = binding.jitIdentity(handle);
    const known = this.held.get(name);
    if (known?.id === id && known.value._handle !== null) {
      binding.dispose(handle);
      return known.value as R;
    }
    const made = isTensor ? keep(wrap(handle)) : (lift(value) as ScriptObject);
    this.held.set(name, { id, value: made });
    return made as R;
  }

  /**
   * Sets an attribute, by its type.
   *
   * @throws when there is none of the name, it is a constant, or the value does not fit
   * @example
   * const model = torch.jit.trace(new nn.Linear(2, 1), [torch.ones(1, 2)])
   * model.setAttr('training', false)
   * model.training // false
   */
  setAttr(name: string, value: unknown): void {
    if (typeof name !== 'string') throw wrongArgument('setAttr', 'name', 'string', name);
    binding.jitSet(this._alive, name, value);
  }

  /** @internal Sets an attribute to a tensor that stands for it from now on. */
  _hold(name: string, tensor: Tensor): void {
    this.setAttr(name, tensor);
    this.held.set(name, { id: binding.jitIdentity(tensor._handle!), value: tensor });
  }

  /**
   * Whether it has an attribute of the name.
   *
   * @example
   * torch.jit.trace(new nn.Linear(2, 1), [torch.ones(1, 2)]).hasAttr('bias') // true
   */
  hasAttr(name: string): boolean {
    return this.attributes.some((attribute) => attribute.name === name);
  }

  /**
   * The graph of a method, as TorchScript prints it.
   *
   * @param method - its name
   * @see https://docs.pytorch.org/docs/2.13/jit.html#interpreting-graphs
   * @example
   * torch.jit.trace((x) => x.neg(), [torch.ones(1)]).graph().includes('aten::neg') // true
   */
  graph(method = 'forward'): string {
    return binding.jitText(this._alive, method, 'graph');
  }

  /**
   * A method as the Python code that TorchScript keeps.
   *
   * @param method - its name
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.jit.ScriptModule.html#torch.jit.ScriptModule.code
   * @example
   * torch.jit.trace((x) => x.neg(), [torch.ones(1)]).code().includes('torch.neg(input)') // true
   */
  code(method = 'forward'): string {
    return binding.jitText(this._alive, method, 'code');
  }

  /**
   * What a method takes and gives.
   *
   * @param method - its name
   * @example
   * torch.jit.trace((x) => x.neg(), [torch.ones(1)]).schema().endsWith('Tensor input) -> Tensor') // true
   */
  schema(method = 'forward'): string {
    return binding.jitText(this._alive, method, 'schema');
  }

  /** Whether it has been freed by {@link dispose}. */
  get isDisposed(): boolean {
    return this._handle === null;
  }

  /**
   * Lets the object go now; the collector does it otherwise. Tensors of it that the program holds stay.
   *
   * @example
   * const model = torch.jit.trace((x) => x.neg(), [torch.ones(1)])
   * model.dispose()
   * model.isDisposed // true
   */
  dispose(): void {
    if (this._handle === null) return;
    for (const method of this.found.values()) binding.dispose(method);
    this.found.clear();
    this.held.clear();
    binding.dispose(this._handle);
    this._handle = null;
  }

  /**
   * {@link dispose}, for `using`.
   *
   * @example
   * {
   *   using model = torch.jit.trace((x) => x.neg(), [torch.ones(1)])
   *   model.forward(torch.ones(1)) // tensor([-1.])
   * }
   */
  [Symbol.dispose](): void {
    this.dispose();
  }

  /**
   * The name of its class.
   *
   * @example
   * torch.jit.trace((x) => x.neg(), [torch.ones(1)]).toString() // 'Traced()'
   */
  toString(): string {
    return `${this.className}()`;
  }

  /** @internal */
  [inspect.custom](): string {
    return this._handle === null ? 'ScriptObject(<disposed>)' : this.toString();
  }
}
