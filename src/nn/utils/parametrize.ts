/**
 * `torch.nn.utils.parametrize`: parameters that are computed from others.
 *
 * @packageDocumentation
 */
import { noGrad } from '../../autograd/modes.js';
import { FlambeauError, wrongArgument } from '../../errors.js';
import { Tensor } from '../../tensor.js';
import { keep } from '../../tensor/scope.js';
import { ModuleDict } from '../modules/container.js';
import { Module } from '../modules/module.js';
import type { ModuleTree } from '../modules/tree.js';
import { Parameter } from '../parameter.js';

/**
 * What computes a parameter: `forward` makes it of what is learned; `rightInverse`, where there is one, finds what is to be
 * learned for a value, as one tensor or several.
 */
export interface Parametrization extends Module<Tensor[], Tensor> {
  /** What `forward` makes the value of, or nearly. */
  rightInverse?(value: Tensor): Tensor | readonly Tensor[];
}

/** What a module has once a parameter of it is parametrized. */
export interface Parametrized {
  /** The parametrizations by the names of the parameters. */
  parametrizations: Module & Record<string, ParametrizationList>;
}

type Fields = Record<string, unknown>;

function invalid(text: string): FlambeauError {
  return new FlambeauError('INVALID_VALUE', `registerParametrization(): ${text}`);
}

function mustBeLike(what: string, actual: unknown, wanted: Tensor): void {
  if (!(actual instanceof Tensor)) throw invalid(`${what} must be a tensor`);
  if (actual.dtype !== wanted.dtype)
    throw invalid(`${what} must be ${wanted.dtype}, not ${actual.dtype}, unless { unsafe: true } is given`);
  if (String(actual.shape) !== String(wanted.shape))
    throw invalid(
      `${what} must have shape [${wanted.shape.join(', ')}], not [${actual.shape.join(', ')}], unless { unsafe: true } is given`,
    );
}

/** Puts other values, of any shape, under a tensor that others hold. */
function become(target: Tensor, value: Tensor): void {
  noGrad(() => {
    if (target instanceof Parameter) target._become(value.detach());
    else target.data = value.detach();
  });
}

/** Sets a field as the parameter or buffer that it is. */
function setTensor(module: ModuleTree, name: string, value: Tensor, persistent = true): void {
  if (value instanceof Parameter) (module as unknown as Fields)[name] = value;
  else module.registerBuffer(name, value, persistent);
}

/**
 * The parametrizations of one parameter, in order, and what they start from: `original`, or `original0`, `original1` and so
 * on where the first takes several tensors.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.utils.parametrize.ParametrizationList.html
 * @example
 * class Positive extends nn.Module { forward(x) { return x.exp() } }
 * const layer = nn.utils.parametrize.registerParametrization(new nn.Linear(1, 1), 'weight', new Positive())
 * layer.parametrizations.weight.original instanceof nn.Parameter // true
 */
export class ParametrizationList extends Module<[], Tensor> {
  /** How many tensors the first parametrization takes; null for one by itself. */
  readonly several: number | null;

  constructor(
    modules: readonly Parametrization[],
    original: Tensor,
    /** Whether shape and dtype may change. */
    public unsafe = false,
  ) {
    super();
    modules.forEach((module, i) => this.registerModule(String(i), module as unknown as Module));
    const { shape, dtype } = original;
    const start = this.inverse(original, false);
    if (start instanceof Tensor) {
      this.several = null;
      if (start.dtype !== dtype) throw invalid(`rightInverse() must give ${dtype}, not ${start.dtype}`);
      if (start !== original) become(original, start);
      setTensor(this, 'original', original);
    } else {
      this.several = start.length;
      start.forEach((tensor, i) => {
        const copy = noGrad(() => (tensor === original ? tensor.clone() : tensor.detach()));
        const learned = original instanceof Parameter ? new Parameter(copy, original.requiresGrad) : copy;
        setTensor(this, `original${i}`, learned);
      });
    }
    if (unsafe) return;
    const value = this.forward();
    if (value instanceof Tensor && (value.dtype !== dtype || String(value.shape) !== String(shape))) {
      throw invalid(
        `the parametrization makes ${value.dtype} [${value.shape.join(', ')}] of ${dtype} [${shape.join(', ')}], which needs { unsafe: true }`,
      );
    }
    if (!(value instanceof Tensor)) throw invalid('a parametrization must return a tensor');
  }

  private get modulesInOrder(): Parametrization[] {
    return [...this.children()] as unknown as Parametrization[];
  }

  private get originals(): Tensor[] {
    const fields = this as unknown as Record<string, Tensor>;
    if (this.several === null) return [fields['original']!];
    return Array.from({ length: this.several }, (_, i) => fields[`original${i}`]!);
  }

  private inverse(value: Tensor, needed: boolean): Tensor | readonly Tensor[] {
    return noGrad(() => {
      let start: Tensor | readonly Tensor[] = value;
      for (const module of this.modulesInOrder.reverse()) {
        try {
          if (module.rightInverse) start = module.rightInverse(start as Tensor);
          else if (needed)
            throw new FlambeauError(
              'NOT_IMPLEMENTED',
              `parametrization ${module.constructor.name} has no rightInverse()`,
            );
        } catch (error) {
          // Where there is none, what is learned starts from the parameter as it was.
          if (needed || !(error instanceof FlambeauError) || error.code !== 'NOT_IMPLEMENTED') throw error;
        }
      }
      return start;
    });
  }

  /**
   * Changes what is learned so that the parameter becomes `value`.
   *
   * @throws when a parametrization has no `rightInverse`
   * @example
   * class Double extends nn.Module {
   *   forward(x) { return x.mul(2) }
   *   rightInverse(x) { return x.div(2) }
   * }
   * const layer = nn.utils.parametrize.registerParametrization(new nn.Linear(1, 1), 'weight', new Double())
   * layer.weight = torch.tensor([[3]]).float()
   * layer.parametrizations.weight.original.detach() // tensor([[1.5000]])
   */
  rightInverse(value: Tensor): void {
    const start = this.inverse(value, true);
    const list = start instanceof Tensor ? [start] : start;
    const { originals } = this;
    if (list.length !== originals.length)
      throw new FlambeauError(
        'INVALID_VALUE',
        `rightInverse() must give ${originals.length} tensors, not ${list.length}`,
      );
    originals.forEach((original, i) => {
      const tensor = list[i]!;
      if (tensor.dtype !== original.dtype)
        throw new FlambeauError('INVALID_VALUE', `rightInverse() must give ${original.dtype}, not ${tensor.dtype}`);
      become(original, tensor === value ? noGrad(() => tensor.clone()) : tensor);
    });
  }

  override forward(): Tensor {
    const [first, ...others] = this.modulesInOrder;
    return others.reduce((value, module) => module.call(value), first!.call(...this.originals));
  }
}

let cacheDepth = 0;
let cache = new Map<ParametrizationList, Tensor>();

/**
 * Computes each parametrized parameter once while `fn` runs, rather than each time that it is used.
 *
 * @returns what `fn` returns
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.utils.parametrize.cached.html
 * @example
 * const layer = nn.utils.parametrizations.spectralNorm(new nn.Linear(2, 2))
 * nn.utils.parametrize.cached(() => layer.weight === layer.weight) // true
 */
export function cached<T>(fn: () => T): T {
  cacheDepth++;
  const leave = (): void => {
    if (--cacheDepth === 0) cache = new Map();
  };
  let result: T;
  try {
    result = fn();
  } catch (error) {
    leave();
    throw error;
  }
  if (typeof (result as PromiseLike<unknown> | null)?.then === 'function')
    return Promise.resolve(result).finally(leave) as T;
  leave();
  return result;
}

function listOf(module: ModuleTree, name: string): ParametrizationList | undefined {
  const { parametrizations } = module as unknown as Partial<Parametrized>;
  return parametrizations instanceof ModuleDict
    ? ((parametrizations as unknown as Fields)[name] as ParametrizationList | undefined)
    : undefined;
}

/**
 * Whether a module has parametrized parameters, or this one is.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.utils.parametrize.is_parametrized.html
 * @example
 * nn.utils.parametrize.isParametrized(new nn.Linear(1, 1)) // false
 */
export function isParametrized(
  module: Module<never[], unknown> | Module<never, unknown>,
  tensorName?: string,
): boolean {
  const { parametrizations } = module as unknown as Partial<Parametrized>;
  if (!(parametrizations instanceof ModuleDict)) return false;
  const names = [...parametrizations.namedChildren()].map(([name]) => name);
  return tensorName === undefined ? names.length > 0 : names.includes(tensorName);
}

/** Gives a module a class of its own, between it and the class that it has. */
function ownClass(module: ModuleTree): void {
  const Base = module.constructor as abstract new () => object;
  const name = `Parametrized${Base.name}`;
  const Own = { [name]: class extends Base {} }[name]!;
  Object.setPrototypeOf(module, Own.prototype as object);
}

function defineProperty(module: ModuleTree, name: string): void {
  Object.defineProperty(Object.getPrototypeOf(module), name, {
    configurable: true,
    get(this: Module): Tensor {
      const list = listOf(this, name)!;
      if (cacheDepth === 0) return list.call();
      let value = cache.get(list);
      if (!value) cache.set(list, (value = list.call()));
      return value;
    },
    set(this: Module, value: Tensor): void {
      if (!(value instanceof Tensor)) throw wrongArgument('parametrization', name, 'Tensor', value);
      listOf(this, name)!.rightInverse(value);
    },
  });
}

/**
 * Makes a parameter or buffer a function of what is learned in its place. Several parametrizations of one apply in order.
 *
 * From then on the field is computed each time that it is read; setting it needs a `rightInverse`. What is learned is in the
 * state dict as `parametrizations.<name>.original`.
 *
 * @param parametrization - a module that makes the parameter of what is learned, in the same shape
 * @param options - `unsafe` allows another shape or dtype
 * @returns the module
 * @throws when there is no such parameter, or its shape or dtype would change
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.utils.parametrize.register_parametrization.html
 * @example
 * class Symmetric extends nn.Module {
 *   forward(x) { return x.triu().add(x.triu(1).t()) }
 * }
 * const layer = nn.utils.parametrize.registerParametrization(new nn.Linear(2, 2), 'weight', new Symmetric())
 * layer.weight.equal(layer.weight.t()) // true
 */
export function registerParametrization<M extends object>(
  module: M,
  tensorName: string,
  parametrization: Module<[Tensor], Tensor> | Parametrization,
  { unsafe = false }: { unsafe?: boolean } = {},
): M & Parametrized {
  if (!((module as unknown) instanceof Module))
    throw wrongArgument('registerParametrization', 'module', 'Module', module);
  const self = module as unknown as Module;
  const fields = module as unknown as Fields & Parametrized;
  const added = parametrization as Parametrization;
  if (!((parametrization as unknown) instanceof Module))
    throw wrongArgument('registerParametrization', 'parametrization', 'Module', parametrization);
  added.train(self.training);
  const list = listOf(self, tensorName);
  if (list) {
    if (!unsafe) {
      const before = fields[tensorName] as Tensor;
      const after = added.call(before);
      mustBeLike('what the parametrization returns', after, before);
      if (added.rightInverse) mustBeLike('what rightInverse() returns', added.rightInverse(after), before);
    }
    list.registerModule(String([...list.children()].length), added as unknown as Module);
    list.unsafe ||= unsafe;
    return fields as unknown as M & Parametrized;
  }
  const original = fields[tensorName];
  const isOwn = original instanceof Parameter || (original instanceof Tensor && self._bufferNames().has(tensorName));
  if (!isOwn) throw invalid(`${self.constructor.name} has no parameter or buffer '${tensorName}'`);
  const made = new ParametrizationList([added], original as Tensor, unsafe);
  made.train(self.training);
  Reflect.deleteProperty(module, tensorName);
  self._bufferNames().delete(tensorName);
  if (!isParametrized(self)) {
    ownClass(self);
    fields.parametrizations = new ModuleDict() as never;
  }
  defineProperty(self, tensorName);
  fields.parametrizations.registerModule(tensorName, made as unknown as Module);
  return fields as unknown as M & Parametrized;
}

/** Options of {@link removeParametrizations}. */
export interface RemoveParametrizationsOptions {
  /** Whether the parameter keeps the computed value, rather than what was learned; true unless given. */
  leaveParametrized?: boolean;
}

/**
 * Makes a parametrized parameter an ordinary one again.
 *
 * @returns the module
 * @throws when it is not parametrized, or several tensors were learned and the value is not to stay
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.utils.parametrize.remove_parametrizations.html
 * @example
 * const layer = nn.utils.parametrizations.weightNorm(new nn.Linear(2, 2))
 * nn.utils.parametrize.removeParametrizations(layer, 'weight')
 * Object.keys(layer.stateDict()) // [ 'bias', 'weight' ]
 */
export function removeParametrizations<M extends object>(
  module: M,
  tensorName: string,
  { leaveParametrized = true }: RemoveParametrizationsOptions = {},
): M {
  const self = module as unknown as Module;
  const list = listOf(self, tensorName);
  if (!list) {
    throw new FlambeauError(
      'INVALID_VALUE',
      `removeParametrizations(): '${tensorName}' of ${self.constructor.name} is not parametrized`,
    );
  }
  const fields = module as unknown as Fields & Parametrized;
  let original: Tensor;
  if (list.several === null) {
    original = (list as unknown as { original: Tensor }).original;
    if (leaveParametrized)
      become(
        original,
        noGrad(() => list.call().clone()),
      );
  } else {
    if (!leaveParametrized) {
      throw new FlambeauError(
        'INVALID_VALUE',
        'removeParametrizations(): the value must stay where several tensors were learned: no one of them is the parameter',
      );
    }
    const value = list.call();
    original = value.requiresGrad ? new Parameter(value.detach()) : keep(value.detach());
  }
  Reflect.deleteProperty(fields.parametrizations, tensorName);
  // A clone may share the class, so that its property stays there; this hides it.
  Object.defineProperty(module, tensorName, { value: null, writable: true, enumerable: true, configurable: true });
  setTensor(self, tensorName, original);
  if (!isParametrized(self)) {
    Reflect.deleteProperty(module, 'parametrizations');
    Object.setPrototypeOf(module, Object.getPrototypeOf(Object.getPrototypeOf(module)) as object);
  }
  return module;
}

/**
 * The class that a module had before it was parametrized; its class where it is not.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.utils.parametrize.type_before_parametrizations.html
 * @example
 * const layer = nn.utils.parametrizations.weightNorm(new nn.Linear(2, 2))
 * nn.utils.parametrize.typeBeforeParametrizations(layer) === nn.Linear // true
 */
export function typeBeforeParametrizations(module: object): unknown {
  const type: unknown = module.constructor;
  return isParametrized(module as Module) ? Object.getPrototypeOf(type) : type;
}

/**
 * Gives a module the parametrizations of another one, with what they learn: both share it then.
 *
 * @param tensorName - this parameter alone; all that are parametrized unless given
 * @returns the second module
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.utils.parametrize.transfer_parametrizations_and_params.html
 * @example
 * const source = nn.utils.parametrizations.weightNorm(new nn.Linear(2, 2))
 * const target = nn.utils.parametrize.transferParametrizationsAndParams(source, new nn.Linear(2, 2))
 * target.weight.equal(source.weight) // true
 */
export function transferParametrizationsAndParams<M extends object>(
  fromModule: object,
  toModule: M,
  tensorName?: string,
): M {
  const source = fromModule as unknown as Module & Fields & Parametrized;
  if (!isParametrized(source)) return toModule;
  const target = toModule as unknown as Fields & Parametrized;
  const all = [...source.parametrizations.namedChildren()].map(([name]) => name);
  for (const name of tensorName === undefined ? all : [tensorName]) {
    const list = listOf(source, name);
    if (!list) throw invalid(`'${name}' of ${source.constructor.name} is not parametrized`);
    if (!(target[name] instanceof Tensor)) target[name] = new Parameter((source[name] as Tensor).detach().clone());
    for (const module of list.children())
      registerParametrization(toModule, name, module as unknown as Parametrization, { unsafe: list.unsafe });
    const originals = [...list.ownParameters(), ...list.ownBuffers()];
    for (const [field, value] of originals) setTensor(target.parametrizations[name]!, field, value);
  }
  return toModule;
}
