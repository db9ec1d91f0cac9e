import { binding, type Handle, type OperatorInfo } from '../binding.js';
import { collectGarbage } from '../collector.js';
import { DisposedError, OutOfMemoryError, wrongArgument } from '../errors.js';
import { Complex } from '../shape.js';
import type { Tensor } from '../tensor.js';
import { current, type Owned } from './context.js';

// The classes that handles get. They stand above this module, so they tell it themselves.
let TensorClass: abstract new (...args: never[]) => Tensor;
let GeneratorClass: abstract new (...args: never[]) => Owned;
let makeTensor: (handle: Handle) => Tensor;
let makeGenerator: (handle: Handle) => Owned;

/** Tells the door the class of tensors. */
export function setTensorClass(type: typeof TensorClass, make: typeof makeTensor): void {
  TensorClass = type;
  makeTensor = make;
}

/** Tells the door the class of generators. */
export function setGeneratorClass(type: typeof GeneratorClass, make: typeof makeGenerator): void {
  GeneratorClass = type;
  makeGenerator = make;
}

/** Whether a value is a tensor, for modules below its class. */
export function isTensor(value: unknown): value is Tensor {
  return value instanceof TensorClass;
}

// As in call.cc: what callNamed and what call take besides the values.
const marks = 14;
const scopedFlag = 1 << 28;
const shortMarks = 4;
const shortScoped = 1 << 8;
const shortIndex = 9;

/** The handle of a tensor or generator that is still alive. */
export function handleOf(value: Owned): Handle {
  if (value._handle === null) throw new DisposedError();
  return value._handle;
}

/** Gives a handle its class, and to the scope that it is made in. */
export function wrap(handle: Handle): Tensor {
  const tensor = makeTensor(handle);
  current().scope?.push(tensor);
  return tensor;
}

/** An operator under its name, looked up when it is first called. */
export class Operator {
  private found: OperatorInfo | undefined;

  constructor(
    readonly name: string,
    readonly raw: boolean,
  ) {}

  /** What LibTorch says of it. */
  get info(): OperatorInfo {
    return (this.found ??= binding.describeOperator(this.name, this.raw));
  }
}

const optionSets = new Map<string, number>();

function optionSet(names: string[]): number {
  const key = names.join();
  let set = optionSets.get(key);
  if (set === undefined) optionSets.set(key, (set = binding.optionSet(names)));
  return set;
}

function isOptions(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** Values on their way down: tensors as handles, with a mark for each. */
class Values {
  values: unknown[] = [];
  tensors = 0;
  lists = 0;

  push(value: unknown): void {
    const bit = 2 ** this.values.length;
    if (typeof value !== 'object' || value === null) {
      this.values.push(value);
    } else if (value instanceof TensorClass) {
      this.tensors += bit;
      this.values.push(handleOf(value));
    } else if (Array.isArray(value)) {
      this.pushList(value, bit);
    } else if (value instanceof GeneratorClass) {
      this.values.push(handleOf(value));
    } else if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
      this.values.push(Array.from(value as unknown as Iterable<unknown>));
    } else if (value instanceof Complex || isOptions(value) || typeof (value as Owned)._handle === 'undefined') {
      // Size-like lists that can be iterated are lists; anything else is refused below with its name.
      const iterable = !isOptions(value) && typeof (value as Iterable<unknown>)[Symbol.iterator] === 'function';
      if (iterable) this.pushList([...(value as Iterable<unknown>)], bit);
      else this.values.push(value);
    } else {
      this.values.push(value);
    }
  }

  private pushList(list: readonly unknown[], bit: number): void {
    let marked = false;
    const copy = list.map((element) => {
      if (!(element instanceof TensorClass)) return element;
      marked = true;
      return handleOf(element);
    });
    if (marked) {
      // A number among tensors would be taken for a handle.
      const odd = list.findIndex((e) => e !== null && e !== undefined && !(e instanceof TensorClass));
      if (odd >= 0) throw wrongArgument('call', `list[${odd}]`, 'Tensor like the other elements', list[odd]);
      this.lists += bit;
    }
    this.values.push(copy);
  }
}

const tuples = new Map<string, new (values: unknown[]) => object>();

/** Results of several tensors: by name, and in order. */
export function named(names: string, values: unknown[]): unknown {
  if (names === '') return values;
  let Tuple = tuples.get(names);
  if (!Tuple) {
    const keys = names.split(',');
    Tuple = class {
      constructor(values: unknown[]) {
        keys.forEach((key, i) => ((this as Record<string, unknown>)[key] = values[i]));
      }
      *[Symbol.iterator](): Iterator<unknown> {
        for (const key of keys) yield (this as Record<string, unknown>)[key];
      }
    };
    // By place too, as a tuple; named fields are what is printed.
    keys.forEach((key, i) => {
      Object.defineProperty(Tuple!.prototype, i, {
        get(this: Record<string, unknown>) {
          return this[key];
        },
      });
    });
    tuples.set(names, Tuple);
  }
  return new Tuple(values);
}

function unpack(info: OperatorInfo, results: unknown[]): unknown {
  const overload = info.overloads[results[0] as number]!;
  const values = results.slice(1).map((value, i) => {
    const kind = overload.returns[i];
    if (value === null) return null;
    if (kind === 'T') return wrap(value as Handle);
    if (kind === 'L') return (value as (Handle | null)[]).map((handle) => (handle === null ? null : wrap(handle)));
    return kind === 'G' ? makeGenerator(value as Handle) : value;
  });
  if (values.length === 0) return undefined;
  return values.length === 1 ? values[0] : named(overload.names, values);
}

/** Runs `attempt`; when a device has no memory left, frees what can be freed and tries once more. */
function retrying<T>(attempt: () => T): T {
  try {
    return attempt();
  } catch (error) {
    if (!(error instanceof OutOfMemoryError)) throw error;
    collectGarbage();
    binding.emptyCache();
    return attempt();
  }
}

// Where tensors are made that no device is said for; null where LibTorch decides, which takes the CPU.
let defaultDevice: string | null = null;

/** Sets and gives the device of {@link setDefaultDevice}, for the door. */
export function useDefaultDevice(device: string | null): void {
  defaultDevice = device;
}

/** The device that tensors are made on, or null. */
export function usedDefaultDevice(): string | null {
  return defaultDevice;
}

/** Whether an operator makes a tensor of nothing, and so has to be told where. */
function isFactory(info: OperatorInfo): boolean {
  return info.self < 0 && info.overloads.some((o) => o.arguments.includes('pinMemory'));
}

/** The general way: options, lists, any number of arguments and results. */
function invokeSlow(op: Operator, args: readonly unknown[], async: boolean): unknown {
  const { info } = op;
  const values = new Values();
  let positional = args;
  let names: string[] = [];
  let requiresGrad: unknown;
  let last = args[args.length - 1];
  let options: Record<string, unknown> | undefined;
  if (defaultDevice !== null && isFactory(info)) {
    if (!isOptions(last)) args = [...args, { device: defaultDevice }];
    else if (last.device === undefined && last.out === undefined)
      args = [...args.slice(0, -1), { ...last, device: defaultDevice }];
    last = args[args.length - 1];
    positional = args;
  }
  if (isOptions(last)) {
    options = last;
    positional = args.slice(0, -1);
    names = Object.keys(last).filter((name) => last[name] !== undefined);
    if (names.includes('requiresGrad') && !info.overloads.some((o) => o.arguments.includes('requiresGrad'))) {
      if (info.overloads.some((o) => o.arguments.includes('pinMemory'))) {
        requiresGrad = last.requiresGrad;
        names = names.filter((name) => name !== 'requiresGrad');
        if (typeof requiresGrad !== 'boolean') throw wrongArgument(op.name, 'requiresGrad', 'boolean', requiresGrad);
      }
    }
  }
  for (const value of positional) values.push(value);
  if (options) for (const name of names) values.push(options[name]);
  const set = optionSet(names);
  const { scope } = current();
  if (async) {
    const promise = binding.callMany(info.index, values.tensors, values.lists, set, values.values, true) as Promise<
      unknown[]
    >;
    return promise.then((results) => unpack(info, results));
  }
  let result: unknown;
  if (values.values.length <= marks && info.singleTensor) {
    const flags = values.tensors | (values.lists << marks) | (scope ? scopedFlag : 0);
    const handle = retrying(() => binding.callNamed(info.index, flags, set, ...values.values)) as Handle | undefined;
    // In place: the tensor itself, as in PyTorch.
    if (handle === undefined) result = info.aliased >= 0 ? args[info.aliased] : null;
    else {
      const tensor = makeTensor(handle);
      scope?.push(tensor);
      result = tensor;
    }
  } else {
    const results = retrying(() =>
      binding.callMany(info.index, values.tensors, values.lists, set, values.values, false),
    ) as unknown[];
    result = unpack(info, results);
  }
  // Written to: the tensor itself, as in PyTorch.
  if (options?.out instanceof TensorClass && result instanceof TensorClass) {
    result.dispose();
    return options.out;
  }
  if (requiresGrad === true) binding.setRequiresGrad(handleOf(result as Owned), true);
  return result;
}

/** What the short way does not take. */
const refused = Symbol('refused');
// The marks of the values of the call that is being made.
let bits = 0;

/** A value as the binding takes it: a tensor is marked by `bit`, an array of tensors by the bit four places on. */
function lower(value: unknown, bit: number): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof TensorClass) {
    bits |= bit;
    return handleOf(value);
  }
  return Array.isArray(value) ? lowerList(value, bit) : refused;
}

function lowerList(list: readonly unknown[], bit: number): unknown {
  const { length } = list;
  const copy = new Array<unknown>(length);
  let tensors = 0;
  for (let i = 0; i < length; i++) {
    const element = list[i];
    if (element instanceof TensorClass) {
      tensors++;
      copy[i] = handleOf(element);
    } else if (typeof element === 'object') return refused;
    else copy[i] = element;
  }
  if (tensors === 0) return copy;
  bits |= bit << shortMarks;
  return tensors === length ? copy : refused;
}

/** torch.cat([a, b], dim) and its like, without an array for the binding; `refused` where that does not fit. */
function invokeList(op: Operator, list: readonly unknown[], second: unknown): unknown {
  const { info } = op;
  const [a, b, c] = list;
  const { length } = list;
  if (length === 0 || length > 3 || typeof second === 'object' || !info.singleTensor || info.aliased >= 0)
    return refused;
  if (!(a instanceof TensorClass)) return refused;
  if ((length > 1 && !(b instanceof TensorClass)) || (length > 2 && !(c instanceof TensorClass))) return refused;
  const { scope } = current();
  const head = (scope === null ? 0 : shortScoped) | (info.index << shortIndex);
  let handle: unknown;
  try {
    handle =
      length === 2
        ? binding.callList(head, second, handleOf(a), handleOf(b as Owned))
        : length === 1
          ? binding.callList(head, second, handleOf(a))
          : binding.callList(head, second, handleOf(a), handleOf(b as Owned), handleOf(c as Owned));
  } catch (error) {
    if (error instanceof OutOfMemoryError) return refused;
    throw error;
  }
  if (handle === undefined) return null;
  const tensor = makeTensor(handle as Handle);
  if (scope !== null) scope.push(tensor);
  return tensor;
}

/**
 * Calls an operator with up to four values that are tensors, primitives and arrays of these, for one tensor: nearly
 * every call. It allocates nothing but the result.
 */
export function invokeShort(op: Operator, count: number, a?: unknown, b?: unknown, c?: unknown, d?: unknown): unknown {
  const { info } = op;
  if (count <= 2 && Array.isArray(a) && defaultDevice === null) {
    const result = invokeList(op, a, b);
    if (result !== refused) return result;
  }
  const { scope } = current();
  bits = 0;
  const w = lower(a, 1);
  const x = count > 1 ? lower(b, 2) : undefined;
  const y = count > 2 ? lower(c, 4) : undefined;
  const z = count > 3 ? lower(d, 8) : undefined;
  const elsewhere = defaultDevice !== null && isFactory(info);
  if (elsewhere || !info.singleTensor || w === refused || x === refused || y === refused || z === refused) {
    return invokeSlow(op, [a, b, c, d].slice(0, count), false);
  }
  const head = bits | (scope === null ? 0 : shortScoped) | (info.index << shortIndex);
  let handle: Handle | undefined;
  try {
    handle = (
      count === 2
        ? binding.call(head, w, x)
        : count === 1
          ? binding.call(head, w)
          : count === 3
            ? binding.call(head, w, x, y)
            : count === 0
              ? binding.call(head)
              : binding.call(head, w, x, y, z)
    ) as Handle | undefined;
  } catch (error) {
    if (error instanceof OutOfMemoryError) return invokeSlow(op, [a, b, c, d].slice(0, count), false);
    throw error;
  }
  // In place: the tensor itself, as in PyTorch.
  if (handle === undefined) return info.aliased < 0 ? null : info.aliased === 0 ? a : [a, b, c, d][info.aliased];
  const tensor = makeTensor(handle);
  if (scope !== null) scope.push(tensor);
  return tensor;
}

/** Calls an operator. */
export function invoke(op: Operator, args: readonly unknown[]): unknown {
  return args.length > 4
    ? invokeSlow(op, args, false)
    : invokeShort(op, args.length, args[0], args[1], args[2], args[3]);
}

/** Calls an operator on the addon's own threads. */
export function invokeAsync(op: Operator, args: readonly unknown[]): Promise<unknown> {
  try {
    return invokeSlow(op, args, true) as Promise<unknown>;
  } catch (error) {
    return Promise.reject(error as Error);
  }
}
