import { binding, type Handle } from '../binding.js';
import { handleOf, invoke, Operator } from '../ops/call.js';
import type { Tensor } from '../tensor.js';
import { Attributes } from './attributes.js';
import { arrayOf, elements, nest, readable, type Element, type NestedArray, type TypedArray } from './data.js';

const operators = {
  detach: new Operator('aten::detach', false),
  dtype: new Operator('aten::to.dtype', false),
};

/** The handle of a tensor in a dtype that JavaScript can read. */
function forReading(tensor: Elements): Handle {
  const { dtype } = tensor;
  const target = readable(dtype);
  if (target === dtype) return handleOf(tensor);
  return handleOf(invoke(operators.dtype, [invoke(operators.detach, [tensor]), target]) as Tensor);
}

/** The members of {@link Tensor} that give its elements to JavaScript. */
export abstract class Elements extends Attributes {
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

  /**
   * {@link item} without blocking the event loop while a device finishes.
   *
   * @throws when there is not exactly one element
   * @example
   * await torch.tensor([2.5]).itemAsync() // 2.5
   */
  async itemAsync<T extends Element = number>(): Promise<T> {
    if (this.numel() !== 1) return this.item<T>();
    return elements(readable(this.dtype), await binding.copyOutAsync(forReading(this)))[0] as T;
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

  /**
   * {@link tolist} without blocking the event loop while the elements are copied.
   *
   * @example
   * await torch.tensor([[1, 2], [3, 4]]).tolistAsync() // [ [ 1, 2 ], [ 3, 4 ] ]
   */
  async tolistAsync<T = NestedArray<number>>(): Promise<T> {
    const { dtype, shape } = this;
    const buffer = await binding.copyOutAsync(forReading(this));
    return nest(elements(readable(dtype), buffer), shape) as T;
  }

  /**
   * The elements in row-major order, as JavaScript values.
   *
   * @example
   * torch.tensor([[1, 2], [3, 4]]).elements() // [ 1, 2, 3, 4 ]
   */
  elements(): Element[] {
    return elements(readable(this.dtype), binding.copyOut(forReading(this)));
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

  /**
   * {@link toTypedArray} without blocking the event loop.
   *
   * @example
   * await torch.tensor([1.5, 2]).toTypedArrayAsync() // Float32Array(2) [ 1.5, 2 ]
   */
  async toTypedArrayAsync<T extends TypedArray = Float32Array>(): Promise<T> {
    const { dtype } = this;
    return arrayOf(dtype, await binding.copyOutAsync(handleOf(this))) as T;
  }

  /**
   * The elements, for `JSON.stringify`.
   *
   * @example
   * JSON.stringify({ x: torch.tensor([1, 2]) }) // '{"x":[1,2]}'
   */
  toJSON(): unknown {
    return this.tolist();
  }
}
