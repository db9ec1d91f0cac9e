import { inspect } from 'node:util';
import { binding, type Handle } from './binding.js';
import type { Device } from './device.js';
import { isDtype, type Dtype } from './dtype.js';
import { FlambeauError, wrongArgument } from './errors.js';
import { handleOf, invoke, Operator, setTensorClass, usedDefaultDevice, wrap } from './ops/call.js';
import { current } from './ops/context.js';
import './ops/all.js';
import { unique, uniqueConsecutive } from './ops/indexing/unique.js';
import type * as functions from './ops/functions.js';
import type * as methods from './ops/methods/index.js';
import { installMethods } from './ops/op.js';
import { Attributes } from './tensor/attributes.js';
import { Conversions, type ToOptions } from './tensor/conversions.js';
import { fromData, type Element, type NestedArray, type TypedArray } from './tensor/data.js';
import { Elements } from './tensor/elements.js';
import { Gradients } from './tensor/gradients.js';
import { flatten, type Index } from './tensor/index.js';
import type { MethodsOf } from './tensor/methods.js';
import { print } from './tensor/show.js';

const operators = {
  to: new Operator('aten::to', false),
  clone: new Operator('aten::clone', false),
};

function tensorHandle(value: unknown): Handle | undefined {
  return value instanceof Tensor ? handleOf(value) : undefined;
}

function fromList(list: readonly number[] | readonly boolean[]): Tensor {
  return tensor(list as number[]);
}

export type { ToOptions } from './tensor/conversions.js';
export type { BackwardOptions, RemovableHandle } from './tensor/gradients.js';
export type { Generator } from './generator.js';

export interface Tensor
  extends Attributes, Conversions, Elements, Gradients, MethodsOf<typeof functions>, MethodsOf<typeof methods> {}

/**
 * A multi-dimensional array of elements of one dtype on one device, with the graph that made it.
 *
 * Made by {@link tensor} and the other factories, never by `new`. The collector frees it; `dispose()`, `using` and
 * {@link scope} free it at once.
 *
 * @see https://docs.pytorch.org/docs/2.13/tensors.html
 * @example
 * const x = torch.tensor([[1.5, 2], [3, 4]])
 * x.shape // [ 2, 2 ]
 * x.mul(2).sum().item() // 21
 */
export class Tensor {
  /** @internal */
  _handle: Handle | null;
  /** @internal */
  _kept = false;

  /** @internal */
  constructor(handle: Handle) {
    this._handle = handle;
  }

  /**
   * The tensor with another dtype or on another device; itself where nothing changes.
   *
   * @param target - a dtype, a device, a tensor to be like, or options
   * @param options - the rest by name
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.to.html
   * @example
   * torch.tensor([1, 2]).to('float64') // tensor([1., 2.], dtype=torch.float64)
   */
  to(target: Dtype | Device | Tensor | ToOptions, options?: Dtype | ToOptions): Tensor {
    let wanted: ToOptions = {};
    if (typeof options === 'string') wanted = { dtype: options };
    else if (options !== undefined) wanted = { ...options };
    if (target instanceof Tensor) wanted = { ...wanted, dtype: target.dtype, device: target.device };
    else if (typeof target === 'string')
      wanted = isDtype(target) ? { ...wanted, dtype: target } : { ...wanted, device: target };
    else if (typeof target === 'object' && target !== null) wanted = { ...wanted, ...target };
    else throw wrongArgument('to', 'target', 'dtype, device, Tensor or options', target);
    const { device, dtype, memoryFormat } = wanted;
    if (
      !wanted.copy &&
      memoryFormat === undefined &&
      (dtype === undefined || dtype === this.dtype) &&
      (device === undefined || device === this.device)
    ) {
      return this;
    }
    return invoke(operators.to, [this, { device: this.device, ...wanted, dtype: dtype ?? this.dtype }]) as Tensor;
  }

  /**
   * A part of the tensor: numbers, {@link slice}, `null` for a new dimension, `'...'`, masks and tensors of indices, as
   * in Python's `x[...]`. Numbers and slices share memory with the tensor; masks and indices copy.
   *
   * @see https://docs.pytorch.org/docs/2.13/tensor_view.html
   * @example
   * const x = torch.arange(6).view(2, 3)
   * x.at(0) // tensor([0, 1, 2])
   * x.at('...', -1) // tensor([2, 5])
   * x.at(x.gt(3)) // tensor([4, 5])
   */
  at(...index: Index[]): Tensor {
    const { scope } = current();
    const [first] = index;
    const flags = scope === null ? 0 : 1;
    const self = handleOf(this);
    let handle: Handle;
    if (index.length === 1 && typeof first === 'number' && Number.isInteger(first)) {
      handle = binding.at(self, flags, first);
    } else if (index.length === 1 && first instanceof Tensor) {
      handle = binding.at(self, flags | 2, handleOf(first));
    } else {
      const flat = flatten('at', index, tensorHandle, fromList);
      handle =
        flat.length > 0 && flat.length <= 16 ? binding.at(self, flags | 4, ...flat) : binding.at(self, flags, flat);
    }
    const result = new Tensor(handle);
    scope?.push(result);
    return result;
  }

  /**
   * Writes to a part of the tensor, in place: Python's `x[index] = value`.
   *
   * @param index - what {@link at} takes, as an array, or one of them
   * @param value - a number, or a tensor that broadcasts to the part
   * @returns the tensor
   * @example
   * torch.zeros(2, 2).set([0, torch.slice()], 7) // tensor([[7., 7.], [0., 0.]])
   */
  set(index: Index | readonly Index[], value: Tensor | Element | NestedArray): this {
    const list = (Array.isArray(index) ? index : [index]) as readonly Index[];
    const flat = flatten('set', list, tensorHandle, fromList);
    const source = Array.isArray(value) ? tensor(value as NestedArray) : (value as Tensor | Element);
    const isHandle = source instanceof Tensor;
    binding.set(handleOf(this), flat, isHandle ? handleOf(source) : source, isHandle);
    return this;
  }

  /**
   * A tensor of data, as {@link tensor}, of the dtype and on the device of this one unless others are given.
   *
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.new_tensor.html
   * @example
   * torch.ones(1, { dtype: 'float64' }).newTensor([1, 2]) // tensor([1., 2.], dtype=torch.float64)
   */
  newTensor(
    data: NestedArray | TypedArray | Tensor,
    { dtype = this.dtype, device = this.device, ...rest }: Parameters<typeof tensor>[1] = {},
  ): Tensor {
    return tensor(data, { dtype, device, ...rest });
  }

  /**
   * With coordinates: of layout `'sparse_coo'`.
   *
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.to_sparse_coo.html
   * @example
   * torch.tensor([[0, 5], [6, 0]]).toSparseCoo().values() // tensor([5, 6])
   */
  toSparseCoo(): Tensor {
    return this.toSparse();
  }

  /**
   * Puts a function of JavaScript's on each element, in place. For tests and small tensors: operators are far faster.
   *
   * @param fn - takes an element and gives another
   * @throws when the tensor is not on the CPU
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.apply_.html
   * @example
   * torch.tensor([1, 2]).apply_((x) => x * 10) // tensor([10, 20])
   */
  apply_(fn: (element: number) => number): this {
    return this._each('apply_', fn, []);
  }

  /**
   * Puts a function of JavaScript's on each pair of elements of this tensor and another, in place.
   *
   * @param other - broadcasts to this tensor
   * @param fn - takes an element of each and gives another
   * @throws when a tensor is not on the CPU
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.map_.html
   * @example
   * torch.tensor([1, 2]).map_(torch.tensor([3, 4]), (a, b) => a * b) // tensor([3, 8])
   */
  map_(other: Tensor, fn: (element: number, other: number) => number): this {
    if (!(other instanceof Tensor)) throw wrongArgument('map_', 'other', 'Tensor', other);
    return this._each('map_', fn, [other.expand(this.shape)]);
  }

  /** @internal */
  _each(name: string, fn: (...elements: never[]) => unknown, others: Tensor[]): this {
    if (typeof fn !== 'function') throw wrongArgument(name, 'fn', 'function', fn);
    const all = [this as Tensor, ...others];
    const away = all.find((each) => each.device !== 'cpu');
    if (away) throw new FlambeauError('INVALID_VALUE', `${name}(): is for tensors on the CPU, not on ${away.device}`);
    const lists = all.map((each) => each.detach().reshape(-1).tolist() as never[]);
    const made = lists[0]!.map((_, i) => fn(...lists.map((list) => list[i]!)));
    if (made.length > 0) this.copy_(tensor(made as number[], { dtype: this.dtype }).view(this.shape));
    return this;
  }

  /**
   * Slices along the first dimension.
   *
   * @throws when there is no dimension
   * @example
   * const [first, second] = torch.tensor([1, 2])
   * second // tensor(2)
   * for (const row of torch.ones(2, 3)) {
   *   row.shape // [ 3 ]
   * }
   */
  *[Symbol.iterator](): Iterator<Tensor> {
    const { shape } = this;
    if (shape.length === 0) throw new FlambeauError('INVALID_VALUE', 'iteration over a tensor without dimensions');
    for (let i = 0; i < shape[0]!; i++) yield this.at(i);
  }

  /** Whether it has been freed by {@link dispose} or by the end of a scope. */
  get isDisposed(): boolean {
    return this._handle === null;
  }

  /**
   * Frees the tensor now. Views of it, and graphs that need it, keep its memory. Any later use throws
   * {@link DisposedError}.
   *
   * @example
   * const x = torch.ones(2)
   * x.dispose()
   * x.isDisposed // true
   */
  dispose(): void {
    if (this._handle === null) return;
    binding.dispose(this._handle);
    this._handle = null;
  }

  /**
   * {@link dispose}, for `using`.
   *
   * @example
   * {
   *   using x = torch.ones(2)
   *   x.sum().item() // 2
   * }
   */
  [Symbol.dispose](): void {
    this.dispose();
  }

  /**
   * As PyTorch prints it; `console.log` shows the same. {@link setPrintOptions} changes how.
   *
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.set_printoptions.html
   * @example
   * torch.tensor([1.5]).toString() // 'tensor([1.5000])'
   */
  toString(): string {
    return this._handle === null ? 'tensor(<disposed>)' : print(this);
  }

  /** @internal */
  [inspect.custom](): string {
    return this.toString();
  }
}

/**
 * A tensor made of numbers, booleans, bigints or complex numbers, in arrays as deep as it has dimensions, or of a typed
 * array. The elements are copied.
 *
 * The dtype is inferred: whole numbers and bigints make `int64`, other numbers the default dtype, booleans `bool`. A
 * typed array keeps its own.
 *
 * @throws when the arrays are ragged, or hold something else
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.tensor.html
 * @example
 * torch.tensor([[1, 2], [3, 4]]) // tensor([[1, 2], [3, 4]])
 * torch.tensor([1, 2], { dtype: 'float32' }) // tensor([1., 2.])
 * torch.tensor(new Float64Array([0.5])) // tensor([0.5000], dtype=torch.float64)
 */
export function tensor(
  data: NestedArray | TypedArray | readonly TypedArray[] | Tensor,
  options: { dtype?: Dtype; device?: Device; requiresGrad?: boolean; pinMemory?: boolean } = {},
): Tensor {
  for (const name of Object.keys(options)) {
    if (!['dtype', 'device', 'requiresGrad', 'pinMemory'].includes(name)) {
      throw new FlambeauError(
        'INVALID_ARGUMENT',
        `tensor(): unknown option '${name}'; expected dtype, device, requiresGrad or pinMemory`,
      );
    }
  }
  const { dtype, device, requiresGrad = false, pinMemory = false } = options;
  if (dtype !== undefined && !isDtype(dtype))
    throw wrongArgument('tensor', 'dtype', "a dtype such as 'float32'", dtype);
  let made: Tensor;
  if (data instanceof Tensor) {
    made = invoke(operators.clone, [data.detach()]) as Tensor;
    if (dtype) made = made.to(dtype);
  } else {
    const { handle, dtype: inferred } = fromData(data, binding.getDefaultDtype() as Dtype, dtype);
    made = wrap(handle).to(dtype ?? inferred);
  }
  const place = device ?? (data instanceof Tensor ? null : usedDefaultDevice());
  if (place !== null) made = made.to(place as Device);
  if (pinMemory) made = made.pinMemory();
  return requiresGrad ? made.requiresGrad_() : made;
}

/**
 * A tensor in the memory of a typed array: writing to one changes the other. The array lives as long as the tensor.
 *
 * @param shape - the sizes; the array's length unless given
 * @param dtype - read the array's bytes as this
 * @throws when the array has not as many elements as the shape
 * @example
 * const array = new Float32Array([1, 2])
 * const x = torch.fromTypedArray(array)
 * array[0] = 5
 * x // tensor([5., 2.])
 */
export function fromTypedArray(array: TypedArray, shape: readonly number[] = [array.length], dtype?: Dtype): Tensor {
  if (!ArrayBuffer.isView(array) || array instanceof DataView)
    throw wrongArgument('fromTypedArray', 'array', 'a typed array', array);
  if (!Array.isArray(shape)) throw wrongArgument('fromTypedArray', 'shape', 'array of integers', shape);
  return wrap(binding.shareIn(array, shape, dtype));
}

// Copied rather than inherited: a class that extends others takes LibTorch's results 40 ns more each.
for (const part of [Attributes, Conversions, Elements, Gradients]) {
  const { constructor: _, ...members } = Object.getOwnPropertyDescriptors<object>(part.prototype);
  Object.defineProperties(Tensor.prototype, members);
}
setTensorClass(Tensor, (handle) => new Tensor(handle));
for (const fn of [unique, uniqueConsecutive] as ((...args: unknown[]) => unknown)[]) {
  const value = function (this: Tensor, ...args: unknown[]): unknown {
    return fn(this, ...args);
  };
  Object.defineProperty(Tensor.prototype, fn.name, { value, configurable: true, writable: true });
}
installMethods(Tensor.prototype);
