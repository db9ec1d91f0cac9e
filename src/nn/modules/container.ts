import { FlambeauError, wrongArgument } from '../../errors.js';
import { Tensor } from '../../tensor.js';
import { Parameter } from '../parameter.js';
import { Module } from './module.js';

type Layer = Module<[Tensor], Tensor>;

/**
 * Modules one after the other: each takes what the one before it gave.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.Sequential.html
 * @example
 * const model = new nn.Sequential(new nn.Linear(4, 8), new nn.ReLU(), new nn.Linear(8, 2))
 * model.call(torch.ones(1, 4)).shape // [ 1, 2 ]
 * Object.keys(model.stateDict()) // [ '0.weight', '0.bias', '2.weight', '2.bias' ]
 */
export class Sequential extends Module<[Tensor], Tensor> implements Iterable<Layer> {
  /** @param layers - modules, or one object of modules by name */
  constructor(...layers: Layer[] | [Readonly<Record<string, Layer>>]) {
    super();
    const [first] = layers;
    const named: [string, unknown][] =
      layers.length === 1 && !(first instanceof Module)
        ? Object.entries(first as object)
        : layers.map((layer, i) => [String(i), layer]);
    for (const [name, layer] of named) {
      if (!(layer instanceof Module)) throw wrongArgument('Sequential', name, 'Module', layer);
      (this as unknown as Record<string, unknown>)[name] = layer;
    }
  }

  /** The number of layers. */
  get length(): number {
    return [...this.children()].length;
  }

  /**
   * A layer by its place; negative ones count from the end.
   *
   * @example
   * new nn.Sequential(new nn.ReLU(), new nn.Flatten()).at(-1) // Flatten(start_dim=1, end_dim=-1)
   */
  at(index: number): Layer | undefined {
    return [...this].at(index);
  }

  /**
   * Adds a layer at the end.
   *
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.Sequential.html#torch.nn.Sequential.append
   * @example
   * new nn.Sequential(new nn.ReLU()).append(new nn.Flatten()).length // 2
   */
  append(layer: Layer): this {
    if (!(layer instanceof Module)) throw wrongArgument('append', 'layer', 'Module', layer);
    (this as unknown as Record<string, unknown>)[String(this.length)] = layer;
    return this;
  }

  /**
   * The layers in order.
   *
   * @example
   * Array.from(new nn.Sequential(new nn.ReLU(), new nn.Identity()), String) // [ 'ReLU()', 'Identity()' ]
   */
  [Symbol.iterator](): Iterator<Layer> {
    return this.children() as Generator<Layer>;
  }

  override forward(input: Tensor): Tensor {
    let value = input;
    for (const layer of this) value = layer.call(value);
    return value;
  }
}

/** The place of a list that an index names; negative ones count from the end. */
function placeOf(func: string, index: number, length: number): number {
  if (!Number.isInteger(index) || index < -length || index >= length)
    throw new FlambeauError('INDEX_OUT_OF_RANGE', `${func}(): index ${index} is out of range of ${length} elements`);
  return index < 0 ? index + length : index;
}

/**
 * Modules in a list. It has no `forward`: the module that holds it says what becomes of them.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.ModuleList.html
 * @example
 * const layers = new nn.ModuleList([new nn.Linear(2, 3), new nn.Linear(3, 1)])
 * let x = torch.ones(1, 2)
 * for (const layer of layers) x = layer.call(x)
 * x.shape // [ 1, 1 ]
 */
export class ModuleList<M extends Module = Layer & Module> extends Module<never[], never> implements Iterable<M> {
  /** @param modules - the modules in order */
  constructor(modules: Iterable<M> = []) {
    super();
    this.extend(modules);
  }

  /** The number of modules. */
  get length(): number {
    return [...this.children()].length;
  }

  /**
   * A module by its place; negative ones count from the end.
   *
   * @example
   * new nn.ModuleList([new nn.ReLU(), new nn.Identity()]).at(-1) // Identity()
   */
  at(index: number): M | undefined {
    return [...this].at(index);
  }

  /**
   * Puts a module in the place of another.
   *
   * @throws when there is no such place
   * @example
   * new nn.ModuleList([new nn.ReLU()]).set(0, new nn.Identity()).at(0) // Identity()
   */
  set(index: number, module: M): this {
    const list = [...this];
    list[placeOf('set', index, list.length)] = module;
    return this.fill(list);
  }

  /**
   * Adds a module at the end.
   *
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.ModuleList.html#torch.nn.ModuleList.append
   * @example
   * new nn.ModuleList([new nn.ReLU()]).append(new nn.Identity()).length // 2
   */
  append(module: M): this {
    return this.extend([module]);
  }

  /**
   * Adds modules at the end.
   *
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.ModuleList.html#torch.nn.ModuleList.extend
   * @example
   * new nn.ModuleList().extend([new nn.ReLU(), new nn.Identity()]).length // 2
   */
  extend(modules: Iterable<M>): this {
    return this.fill([...this, ...modules]);
  }

  /**
   * Adds a module before another.
   *
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.ModuleList.html#torch.nn.ModuleList.insert
   * @example
   * new nn.ModuleList([new nn.ReLU()]).insert(0, new nn.Identity()).at(0) // Identity()
   */
  insert(index: number, module: M): this {
    const list = [...this];
    list.splice(index, 0, module);
    return this.fill(list);
  }

  /**
   * Takes a module out, the last one unless a place is given.
   *
   * @throws when there is no such place
   * @example
   * const list = new nn.ModuleList([new nn.ReLU(), new nn.Identity()])
   * list.pop() // Identity()
   * list.length // 1
   */
  pop(index = -1): M {
    const list = [...this];
    const [taken] = list.splice(placeOf('pop', index, list.length), 1);
    this.fill(list);
    return taken!;
  }

  /**
   * The modules in order.
   *
   * @example
   * Array.from(new nn.ModuleList([new nn.ReLU(), new nn.Identity()]), String) // [ 'ReLU()', 'Identity()' ]
   */
  [Symbol.iterator](): Iterator<M> {
    return this.children() as Generator<M>;
  }

  override forward(): never {
    throw noForward(this.constructor.name);
  }

  /**
   * The list as PyTorch prints it, with modules that print alike in one line.
   *
   * @example
   * new nn.ModuleList([new nn.ReLU(), new nn.ReLU()]).toString() // 'ModuleList(\n  (0-1): 2 x ReLU()\n)'
   */
  override toString(): string {
    const texts = Array.from(this, String);
    if (texts.length === 0) return `${this.constructor.name}()`;
    const lines: string[] = [];
    for (let first = 0, next; first < texts.length; first = next) {
      next = first + 1;
      while (texts[next] === texts[first]) next++;
      const count = next - first;
      const line = count === 1 ? `(${first}): ${texts[first]}` : `(${first}-${next - 1}): ${count} x ${texts[first]}`;
      lines.push(line.replaceAll('\n', '\n  '));
    }
    return `${this.constructor.name}(\n  ${lines.join('\n  ')}\n)`;
  }

  private fill(modules: readonly M[]): this {
    modules.forEach((module, i) => {
      if (!(module instanceof Module)) throw wrongArgument(this.constructor.name, String(i), 'Module', module);
    });
    const fields = this as unknown as Record<string, unknown>;
    for (let i = this.length - 1; i >= 0; i--) delete fields[String(i)];
    modules.forEach((module, i) => (fields[String(i)] = module));
    return this;
  }
}

function noForward(name: string): FlambeauError {
  return new FlambeauError('NOT_IMPLEMENTED', `${name}(): a container has no forward; call the modules in it`);
}

/** Refuses names that would hide something of the container. */
function checkName(container: object, name: string, taken: boolean): void {
  if (name === '' || name.includes('.') || (!taken && name in container))
    throw new FlambeauError('INVALID_VALUE', `${container.constructor.name}(): '${name}' cannot be a name here`);
}

/** What containers by name share. */
abstract class Named<T> extends Module<never[], never> implements Iterable<[string, T]> {
  protected abstract own(): Iterable<[string, T]>;
  protected abstract convert(name: string, value: unknown): T;

  /** The number of elements. */
  get size(): number {
    return [...this.own()].length;
  }

  /**
   * An element by its name.
   *
   * @example
   * new nn.ModuleDict({ act: new nn.ReLU() }).get('act') // ReLU()
   */
  get(name: string): T | undefined {
    return new Map(this.own()).get(name);
  }

  /**
   * Whether there is an element of a name.
   *
   * @example
   * new nn.ModuleDict({ act: new nn.ReLU() }).has('act') // true
   */
  has(name: string): boolean {
    return new Map(this.own()).has(name);
  }

  /**
   * Adds an element, or puts it in the place of another.
   *
   * @throws when the name is that of a method or field of every module, or holds a dot
   * @example
   * new nn.ModuleDict().set('act', new nn.ReLU()).size // 1
   */
  set(name: string, value: T | Tensor): this {
    checkName(this, name, this.has(name));
    (this as unknown as Record<string, unknown>)[name] = this.convert(name, value);
    return this;
  }

  /**
   * Adds elements, or puts them in the place of others.
   *
   * @example
   * new nn.ModuleDict().update({ act: new nn.ReLU() }).size // 1
   */
  update(elements: Readonly<Record<string, T | Tensor>> | Iterable<readonly [string, T | Tensor]>): this {
    const pairs =
      Symbol.iterator in elements ? (elements as Iterable<readonly [string, T | Tensor]>) : Object.entries(elements);
    for (const [name, value] of pairs) this.set(name, value);
    return this;
  }

  /**
   * Takes an element out.
   *
   * @returns whether there was one
   * @example
   * new nn.ModuleDict({ act: new nn.ReLU() }).delete('act') // true
   */
  delete(name: string): boolean {
    return this.has(name) && delete (this as unknown as Record<string, unknown>)[name];
  }

  /**
   * Takes all elements out.
   *
   * @example
   * const dict = new nn.ModuleDict({ act: new nn.ReLU() })
   * dict.clear()
   * dict.size // 0
   */
  clear(): void {
    for (const name of [...this.keys()]) this.delete(name);
  }

  /**
   * The names in order.
   *
   * @example
   * [...new nn.ModuleDict({ act: new nn.ReLU() }).keys()] // [ 'act' ]
   */
  *keys(): Generator<string> {
    for (const [name] of this.own()) yield name;
  }

  /**
   * The elements in order.
   *
   * @example
   * [...new nn.ModuleDict({ act: new nn.ReLU() }).values()] // [ ReLU() ]
   */
  *values(): Generator<T> {
    for (const [, value] of this.own()) yield value;
  }

  /**
   * Names and elements in order.
   *
   * @example
   * [...new nn.ModuleDict({ act: new nn.ReLU() }).entries()] // [ [ 'act', ReLU() ] ]
   */
  *entries(): Generator<[string, T]> {
    yield* this.own();
  }

  /**
   * Names and elements in order.
   *
   * @example
   * [...new nn.ModuleDict({ act: new nn.ReLU() })] // [ [ 'act', ReLU() ] ]
   */
  [Symbol.iterator](): Iterator<[string, T]> {
    return this.entries();
  }

  override forward(): never {
    throw noForward(this.constructor.name);
  }
}

/**
 * Modules by name. It has no `forward`: the module that holds it says what becomes of them. Names that are whole numbers
 * come first and in order, as in every JavaScript object.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.ModuleDict.html
 * @example
 * const heads = new nn.ModuleDict({ value: new nn.Linear(4, 1), policy: new nn.Linear(4, 2) })
 * heads.get('policy').call(torch.ones(4)).shape // [ 2 ]
 */
export class ModuleDict<M extends Module = Layer & Module> extends Named<M> {
  /** @param modules - modules by name */
  constructor(modules: Readonly<Record<string, M>> | Iterable<readonly [string, M]> = {}) {
    super();
    this.update(modules);
  }

  protected override own(): Iterable<[string, M]> {
    return this.namedChildren() as Generator<[string, M]>;
  }

  protected override convert(name: string, value: unknown): M {
    if (!(value instanceof Module)) throw wrongArgument('ModuleDict', name, 'Module', value);
    return value as M & Module;
  }
}

function sizeText(parameter: Parameter, type: string): string {
  const { device, shape } = parameter;
  return `Parameter containing: [${type} of size ${shape.join('x')}${device.startsWith('cuda') ? ` (${device})` : ''}]`;
}

function asParameter(func: string, name: string, value: unknown): Parameter {
  if (!(value instanceof Tensor)) throw wrongArgument(func, name, 'Tensor', value);
  return value instanceof Parameter ? value : new Parameter(value);
}

/** Containers of parameters print them with an indent of their own, and a single one without a line of its own. */
function listed(container: Module, lines: string[]): string {
  const { name } = container.constructor;
  if (lines.length < 2) return `${name}(${lines.map((line) => `  ${line}`).join('')})`;
  return `${name}(\n${lines.map((line) => `    ${line}`).join('\n')}\n)`;
}

/**
 * Parameters in a list; tensors become parameters.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.ParameterList.html
 * @example
 * const list = new nn.ParameterList([torch.ones(2), torch.zeros(3)])
 * Object.keys(list.stateDict()) // [ '0', '1' ]
 */
export class ParameterList extends Module<never[], never> implements Iterable<Parameter> {
  /** @param values - parameters, or tensors that become some */
  constructor(values: Iterable<Tensor> = []) {
    super();
    this.extend(values);
  }

  /** The number of parameters. */
  get length(): number {
    return [...this.ownParameters()].length;
  }

  /**
   * A parameter by its place; negative ones count from the end.
   *
   * @example
   * new nn.ParameterList([torch.ones(2), torch.zeros(3)]).at(-1).shape // [ 3 ]
   */
  at(index: number): Parameter | undefined {
    return [...this].at(index);
  }

  /**
   * Puts a parameter in the place of another.
   *
   * @throws when there is no such place
   * @example
   * new nn.ParameterList([torch.ones(2)]).set(0, torch.zeros(3)).at(0).shape // [ 3 ]
   */
  set(index: number, value: Tensor): this {
    const place = placeOf('set', index, this.length);
    (this as unknown as Record<string, unknown>)[String(place)] = asParameter('ParameterList', String(place), value);
    return this;
  }

  /**
   * Adds a parameter at the end.
   *
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.ParameterList.html#torch.nn.ParameterList.append
   * @example
   * new nn.ParameterList().append(torch.ones(2)).length // 1
   */
  append(value: Tensor): this {
    const name = String(this.length);
    (this as unknown as Record<string, unknown>)[name] = asParameter('ParameterList', name, value);
    return this;
  }

  /**
   * Adds parameters at the end.
   *
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.ParameterList.html#torch.nn.ParameterList.extend
   * @example
   * new nn.ParameterList().extend([torch.ones(2), torch.ones(1)]).length // 2
   */
  extend(values: Iterable<Tensor>): this {
    for (const value of values) this.append(value);
    return this;
  }

  /**
   * The parameters in order.
   *
   * @example
   * Array.from(new nn.ParameterList([torch.ones(2)]), (parameter) => parameter.shape) // [ [ 2 ] ]
   */
  *[Symbol.iterator](): Iterator<Parameter> {
    for (const [, parameter] of this.ownParameters()) yield parameter;
  }

  override forward(): never {
    throw noForward(this.constructor.name);
  }

  /**
   * The list as PyTorch prints it.
   *
   * @example
   * new nn.ParameterList().toString() // 'ParameterList()'
   */
  override toString(): string {
    return listed(
      this,
      Array.from(this, (value, i) => `(${i}): ${sizeText(value, `torch.${value.dtype}`)}`),
    );
  }
}

// As Python names the types of tensors.
const typeNames: Record<string, string> = {
  float64: 'DoubleTensor',
  float32: 'FloatTensor',
  float16: 'HalfTensor',
  bfloat16: 'BFloat16Tensor',
};

/**
 * Parameters by name; tensors become parameters.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.ParameterDict.html
 * @example
 * const dict = new nn.ParameterDict({ left: torch.ones(2), right: torch.zeros(3) })
 * Object.keys(dict.stateDict()) // [ 'left', 'right' ]
 */
export class ParameterDict extends Named<Parameter> {
  /** @param values - parameters by name, or tensors that become some */
  constructor(values: Readonly<Record<string, Tensor>> | Iterable<readonly [string, Tensor]> = {}) {
    super();
    this.update(values);
  }

  protected override own(): Iterable<[string, Parameter]> {
    return this.ownParameters();
  }

  protected override convert(name: string, value: unknown): Parameter {
    return asParameter('ParameterDict', name, value);
  }

  /**
   * The parameters as PyTorch prints them.
   *
   * @example
   * new nn.ParameterDict().toString() // 'ParameterDict()'
   */
  override toString(): string {
    const type = ({ dtype, device }: Parameter): string =>
      `torch.${device.startsWith('cuda') ? 'cuda.' : ''}${typeNames[dtype] ?? 'Tensor'}`;
    return listed(
      this,
      Array.from(this, ([name, value]) => `(${name}): ${sizeText(value, type(value))}`),
    );
  }
}
