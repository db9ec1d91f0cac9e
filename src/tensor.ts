import { inspect } from 'node:util';
import { binding, type Handle } from './binding.js';
import type { Device, Layout, MemoryFormat } from './device.js';
import { dtypes, isDtype, type Dtype } from './dtype.js';
import { FlambeauError, wrongArgument } from './errors.js';
import { handleOf, invoke, Operator, setTensorClass, wrap } from './ops/call.js';
import { current, inPass } from './ops/context.js';
import './ops/all.js';
import type * as functions from './ops/functions.js';
import type * as methods from './ops/methods/index.js';
import { installMethods } from './ops/op.js';
import {
  arrayOf,
  elements,
  fromData,
  nest,
  readable,
  type Element,
  type NestedArray,
  type TypedArray,
} from './tensor/data.js';
import { flatten, type Index } from './tensor/index.js';
import type { MethodsOf } from './tensor/methods.js';
import { print } from './tensor/show.js';

/** What `to` takes by name. */
export interface ToOptions {
  /** The element type to convert to. */
  dtype?: Dtype;
  /** The device to move to. */
  device?: Device;
  /** Whether a copy from page-locked memory may run beside other work. */
  nonBlocking?: boolean;
  /** Whether to copy even where nothing changes. */
  copy?: boolean;
  /** The order of dimensions in memory. */
  memoryFormat?: MemoryFormat;
}

/** What `backward` takes. */
export interface BackwardOptions {
  /** Whether the graph is kept for another pass. As `createGraph` unless given. */
  retainGraph?: boolean;
  /** Whether the gradients themselves can be differentiated. */
  createGraph?: boolean;
  /** The leaves to give gradients to; all of them unless given. */
  inputs?: Tensor | readonly Tensor[];
}

/** Something that can be taken back: a hook. */
export interface RemovableHandle {
  /** Takes the hook away. */
  remove(): void;
}

const operators = {
  to: new Operator('aten::to', false),
  dtype: new Operator('aten::to.dtype', false),
  adjoint: new Operator('aten::adjoint', false),
  transpose: new Operator('aten::mT', false),
  hermitian: new Operator('aten::matrix_H', false),
  reversed: new Operator('aten::numpy_T', false),
  conjugate: new Operator('aten::mH', false),
  clone: new Operator('aten::clone', false),
  real: new Operator('aten::real', false),
  imag: new Operator('aten::imag', false),
};

function isTensor(value: unknown): value is Tensor {
  return value instanceof Tensor;
}

export type { Generator } from './generator.js';

export interface Tensor extends MethodsOf<typeof functions>, MethodsOf<typeof methods> {}

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

  /** The sizes of the dimensions. */
  get shape(): number[] {
    return binding.shape(handleOf(this));
  }

  /** The element type. */
  get dtype(): Dtype {
    return binding.dtype(handleOf(this)) as Dtype;
  }

  /** Where the elements are: `'cpu'`, `'cuda:0'`. */
  get device(): Device {
    return binding.device(handleOf(this)) as Device;
  }

  /** How the elements are laid out. */
  get layout(): Layout {
    return binding.layout(handleOf(this)) as Layout;
  }

  /** The number of dimensions. */
  get ndim(): number {
    return binding.dim(handleOf(this));
  }

  /** Whether `backward()` computes a gradient for it. */
  get requiresGrad(): boolean {
    return binding.requiresGrad(handleOf(this));
  }

  set requiresGrad(value: boolean) {
    this.requiresGrad_(value);
  }

  /** The gradient that `backward()` left, or null. */
  get grad(): Tensor | null {
    const grad = binding.grad(handleOf(this));
    return grad === null ? null : wrap(grad);
  }

  set grad(value: Tensor | null) {
    binding.setGrad(handleOf(this), value === null ? null : handleOf(value));
  }

  /** The name of the node of the graph that made it, or null for a leaf. */
  get gradFn(): string | null {
    return binding.gradFn(handleOf(this));
  }

  /** Whether it was made by a person rather than by a recorded operation. */
  get isLeaf(): boolean {
    return binding.isLeaf(handleOf(this));
  }

  /** Whether a tensor that is no leaf keeps its gradient. */
  get retainsGrad(): boolean {
    return binding.retainsGrad(handleOf(this));
  }

  /** Which output of its node it is. */
  get outputNr(): number {
    return binding.outputNr(handleOf(this));
  }

  /** How often it was written in place. */
  get version(): number {
    return binding.version(handleOf(this));
  }

  /** The same elements without a graph; sharing memory. */
  get data(): Tensor {
    return wrap(binding.data(handleOf(this)));
  }

  set data(value: Tensor) {
    binding.setData(handleOf(this), handleOf(value));
  }

  /** The dimensions in reverse order. */
  get T(): Tensor {
    return invoke(operators.reversed, [this]) as Tensor;
  }

  /** The last two dimensions exchanged. */
  get mT(): Tensor {
    return invoke(operators.transpose, [this]) as Tensor;
  }

  /** A matrix, transposed and conjugated. */
  get H(): Tensor {
    return invoke(operators.hermitian, [this]) as Tensor;
  }

  /** The last two dimensions exchanged, and conjugated. */
  get mH(): Tensor {
    return invoke(operators.conjugate, [this]) as Tensor;
  }

  /** The real parts, sharing memory. */
  get real(): Tensor {
    return invoke(operators.real, [this]) as Tensor;
  }

  /** The imaginary parts of a complex tensor, sharing memory. */
  get imag(): Tensor {
    return invoke(operators.imag, [this]) as Tensor;
  }

  /** Whether it is on an NVIDIA GPU. */
  get isCuda(): boolean {
    return this.device.startsWith('cuda');
  }

  /** The sizes of all dimensions, or of one. */
  size(): number[];
  size(dim: number): number;
  size(dim?: number): number | number[] {
    return dim === undefined ? this.shape : pick('size', this.shape, dim);
  }

  /** How many elements further the next index of each dimension lies in memory, or of one dimension. */
  stride(): number[];
  stride(dim: number): number;
  stride(dim?: number): number | number[] {
    const strides = binding.strides(handleOf(this));
    return dim === undefined ? strides : pick('stride', strides, dim);
  }

  /** The number of dimensions. */
  dim(): number {
    return binding.dim(handleOf(this));
  }

  /** The number of elements. */
  numel(): number {
    return binding.numel(handleOf(this));
  }

  /** How many elements before the first one lie in its storage. */
  storageOffset(): number {
    return binding.storageOffset(handleOf(this));
  }

  /** The bytes of its storage, shared with its views. */
  storageBytes(): number {
    return binding.storageBytes(handleOf(this));
  }

  /** The address of its storage. */
  dataPtr(): bigint {
    return binding.dataPointer(handleOf(this));
  }

  /** The bytes of one element. */
  elementSize(): number {
    return dtypes[this.dtype].size;
  }

  /** The bytes of all elements. */
  get nbytes(): number {
    return this.numel() * dtypes[this.dtype].size;
  }

  /** Whether the elements lie in order, without gaps. */
  isContiguous(memoryFormat: MemoryFormat = 'contiguous_format'): boolean {
    return binding.isContiguous(handleOf(this), memoryFormat);
  }

  /** Whether it shares its elements with the tensor that it was made of. */
  isView(): boolean {
    return binding.isView(handleOf(this));
  }

  /** The index of its GPU, or -1 on the CPU. */
  getDevice(): number {
    const { device } = this;
    return device === 'cpu' || device === 'meta' ? -1 : Number(device.split(':')[1] ?? 0);
  }

  /** Whether the elements are floating point numbers. */
  isFloatingPoint(): boolean {
    return dtypes[this.dtype].kind === 'float';
  }

  /** Whether the elements are complex numbers. */
  isComplex(): boolean {
    return dtypes[this.dtype].kind === 'complex';
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

  /** On the CPU. */
  cpu(): Tensor {
    return this.to('cpu');
  }

  /** On a GPU: the given one, or the current. */
  cuda(index?: number): Tensor {
    return this.to(index === undefined ? 'cuda' : `cuda:${index}`);
  }

  /** As float32. */
  float(): Tensor {
    return this.to('float32');
  }

  /** As float64. */
  double(): Tensor {
    return this.to('float64');
  }

  /** As float16. */
  half(): Tensor {
    return this.to('float16');
  }

  /** As bfloat16. */
  bfloat16(): Tensor {
    return this.to('bfloat16');
  }

  /** As int64. */
  long(): Tensor {
    return this.to('int64');
  }

  /** As int32. */
  int(): Tensor {
    return this.to('int32');
  }

  /** As int16. */
  short(): Tensor {
    return this.to('int16');
  }

  /** As int8. */
  char(): Tensor {
    return this.to('int8');
  }

  /** As uint8. */
  byte(): Tensor {
    return this.to('uint8');
  }

  /** As bool: whether each element is not zero. */
  bool(): Tensor {
    return this.to('bool');
  }

  /**
   * The value of a tensor with one element, as a number, a boolean, a bigint where a number is not exact, or a
   * {@link Complex}.
   *
   * @throws when there is not exactly one element
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.item.html
   * @example
   * torch.tensor([2.5]).item() // 2.5
   */
  item(): number;
  item<T extends Element>(): T;
  item(): Element {
    return binding.item(handleOf(this)) as Element;
  }

  /** {@link item} without blocking the event loop while a device finishes. */
  async itemAsync<T extends Element = number>(): Promise<T> {
    if (this.numel() !== 1) return this.item<T>();
    return elements(readable(this.dtype), await binding.copyOutAsync(handleOf(this.forReading())))[0] as T;
  }

  /**
   * The elements in nested arrays, as many levels as there are dimensions; a single value for a tensor without dimensions.
   *
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.tolist.html
   * @example
   * torch.tensor([[1, 2], [3, 4]]).tolist() // [ [ 1, 2 ], [ 3, 4 ] ]
   */
  tolist<T = NestedArray<number>>(): T {
    return nest(this.elements(), this.shape) as T;
  }

  /** {@link tolist} without blocking the event loop while the elements are copied. */
  async tolistAsync<T = NestedArray<number>>(): Promise<T> {
    const { shape } = this;
    const buffer = await binding.copyOutAsync(handleOf(this.forReading()));
    return nest(elements(readable(this.dtype), buffer), shape) as T;
  }

  /** The elements in row-major order, as JavaScript values. */
  elements(): Element[] {
    return elements(readable(this.dtype), binding.copyOut(handleOf(this.forReading())));
  }

  /**
   * A copy of the elements in row-major order, whatever the layout, the strides and the device. int64 gives a
   * BigInt64Array, bool a Uint8Array, float16 and bfloat16 their bits in a Uint16Array, complex numbers pairs.
   *
   * @example
   * torch.tensor([1.5, 2]).toTypedArray() // Float32Array(2) [ 1.5, 2 ]
   */
  toTypedArray<T extends TypedArray = Float32Array>(): T {
    return arrayOf(this.dtype, binding.copyOut(handleOf(this))) as T;
  }

  /** {@link toTypedArray} without blocking the event loop. */
  async toTypedArrayAsync<T extends TypedArray = Float32Array>(): Promise<T> {
    const { dtype } = this;
    return arrayOf(dtype, await binding.copyOutAsync(handleOf(this))) as T;
  }

  private forReading(): Tensor {
    const { dtype } = this;
    const target = readable(dtype);
    return target === dtype ? this : (invoke(operators.dtype, [this.detach(), target]) as Tensor);
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
    const first = index[0];
    const plain = index.length === 1 && typeof first === 'number' && Number.isInteger(first);
    const flat = plain ? first : flatten('at', index, isTensor, (list) => tensor(list as number[]));
    if (!plain)
      (flat as unknown[]).forEach((item, i) => item instanceof Tensor && ((flat as unknown[])[i] = handleOf(item)));
    const result = new Tensor(binding.at(handleOf(this), scope !== null, flat));
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
    const flat = flatten('set', list, isTensor, (part) => tensor(part as number[]));
    flat.forEach((item, i) => item instanceof Tensor && (flat[i] = handleOf(item)));
    const source = Array.isArray(value) ? tensor(value as NestedArray) : (value as Tensor | Element);
    const isHandle = source instanceof Tensor;
    binding.set(handleOf(this), flat, isHandle ? handleOf(source) : source, isHandle);
    return this;
  }

  /** Slices along the first dimension. */
  *[Symbol.iterator](): Iterator<Tensor> {
    const { shape } = this;
    if (shape.length === 0) throw new FlambeauError('INVALID_VALUE', 'iteration over a tensor without dimensions');
    for (let i = 0; i < shape[0]!; i++) yield this.at(i);
  }

  /**
   * Says whether operations on it are recorded, in place.
   *
   * @throws when the dtype has no gradient, or the tensor is no leaf
   */
  requiresGrad_(value = true): this {
    binding.setRequiresGrad(handleOf(this), value);
    return this;
  }

  /** Keeps the gradient of a tensor that is no leaf when `backward()` comes through it. */
  retainGrad(): void {
    binding.retainGrad(handleOf(this));
  }

  /**
   * Computes the gradients of the leaves behind it and adds them to their `grad`.
   *
   * @param gradient - the gradient with respect to this tensor; one where it has one element
   * @throws what a hook or a custom function threw, as itself
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.backward.html
   * @example
   * const x = torch.tensor([1.5, 2], { requiresGrad: true })
   * x.square().sum().backward()
   * x.grad // tensor([3., 4.])
   */
  backward(gradient?: Tensor | null | BackwardOptions, options?: BackwardOptions): void {
    binding.backward(...backwardArguments(this, gradient, options));
  }

  /** {@link backward} on the addon's own threads, while the event loop goes on. */
  backwardAsync(gradient?: Tensor | null | BackwardOptions, options?: BackwardOptions): Promise<void> {
    return binding.backwardAsync(...backwardArguments(this, gradient, options));
  }

  /**
   * Calls `hook` with the gradient of this tensor whenever it is computed.
   *
   * @param hook - takes the gradient and may return another one in its place
   * @returns something whose `remove()` takes the hook away
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.register_hook.html
   * @example
   * const x = torch.tensor([1.5], { requiresGrad: true })
   * const hook = x.registerHook((g) => g.mul(10))
   * x.mul(2).backward()
   * x.grad // tensor([20.])
   */
  registerHook(hook: (grad: Tensor) => Tensor | null | undefined | void): RemovableHandle {
    if (!this.requiresGrad) {
      throw new FlambeauError(
        'INVALID_VALUE',
        "registerHook(): cannot register a hook on a tensor that doesn't require gradient",
      );
    }
    const call = inPass((grad: Handle) => {
      const result = hook(wrap(grad));
      return result === null || result === undefined ? undefined : handleOf(result);
    });
    const id = binding.registerHook(handleOf(this), call);
    return { remove: () => binding.removeHook(handleOf(this), id) };
  }

  /** Calls `hook` with this leaf after a gradient was added to its `grad`. */
  registerPostAccumulateGradHook(hook: (tensor: Tensor) => void): RemovableHandle {
    const call = inPass(() => hook(this));
    const id = binding.registerAccumulated(handleOf(this), call);
    return { remove: () => binding.removeAccumulated(handleOf(this), id) };
  }

  /** Whether both are one tensor, not merely equal. */
  isSame(other: Tensor): boolean {
    return binding.isSame(handleOf(this), handleOf(other));
  }

  /** Whether it has been freed by {@link dispose} or by the end of a scope. */
  get isDisposed(): boolean {
    return this._handle === null;
  }

  /** Frees the tensor now. Views of it, and graphs that need it, keep its memory. Any later use throws `DisposedError`. */
  dispose(): void {
    if (this._handle === null) return;
    binding.dispose(this._handle);
    this._handle = null;
  }

  /** {@link dispose}, for `using`. */
  [Symbol.dispose](): void {
    this.dispose();
  }

  /** As PyTorch prints it. */
  toString(): string {
    return this._handle === null ? 'tensor(<disposed>)' : print(this);
  }

  /** @internal */
  [inspect.custom](): string {
    return this.toString();
  }

  /** The elements, for `JSON.stringify`. */
  toJSON(): unknown {
    return this.tolist();
  }
}

function backwardArguments(
  tensor: Tensor,
  gradient: Tensor | null | BackwardOptions | undefined,
  options: BackwardOptions | undefined,
): Parameters<typeof binding.backward> {
  const seed = gradient instanceof Tensor ? gradient : null;
  const given = options ?? (gradient instanceof Tensor || !gradient ? {} : gradient);
  const { retainGraph, createGraph = false, inputs = [] } = given;
  const leaves = inputs instanceof Tensor ? [inputs] : inputs;
  return [[handleOf(tensor)], [seed === null ? null : handleOf(seed)], retainGraph, createGraph, leaves.map(handleOf)];
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
  if (device !== undefined) made = made.to(device);
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

function pick(func: string, list: number[], dim: number): number {
  const value = list.at(dim);
  if (!Number.isInteger(dim) || value === undefined) {
    throw new FlambeauError(
      'INDEX_OUT_OF_RANGE',
      `${func}(): argument 'dim' must be from ${-list.length} to ${list.length - 1} for ${list.length} dimensions, not ${dim}`,
    );
  }
  return value;
}

setTensorClass(Tensor, (handle) => new Tensor(handle));
installMethods(Tensor.prototype);
