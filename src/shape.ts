import type { Tensor } from './tensor.js';
import type { Dtype } from './dtype.js';
import type { Device, Layout, MemoryFormat } from './device.js';

/**
 * A complex number, as `torch.complex(1, 2)` holds it.
 *
 * @example
 * torch.tensor([new torch.Complex(1, 2)]) // tensor([1.+2.j])
 * torch.tensor(new torch.Complex(1, 2)).item() // Complex { re: 1, im: 2 }
 */
export class Complex {
  constructor(
    /** The real part. */ readonly re: number,
    /** The imaginary part. */ readonly im: number,
  ) {}

  /**
   * The number as PyTorch prints it: `1+2j`.
   *
   * @example
   * new torch.Complex(1, -2).toString() // '1-2j'
   */
  toString(): string {
    return `${this.re}${this.im < 0 || Object.is(this.im, -0) ? '-' : '+'}${Math.abs(this.im)}j`;
  }
}

/** A number that goes where a tensor's element could: whole numbers count as integers. */
export type Scalar = number | bigint | boolean | Complex;

/** Sizes, as an array. */
export type Size = readonly number[];

/** Sizes as an array or spread: `x.view(-1, 10)` and `x.view([-1, 10])`. */
export type Sizes = number[] | [readonly number[]];

/** {@link Sizes}, and options behind them: `torch.ones(2, 3, { dtype: 'int64' })`. */
export type SizesThen<Options> =
  number[] | [readonly number[]] | [readonly number[], Options | undefined] | [...number[], Options | undefined];

/** One dimension or several. Negative ones count from the end. */
export type Dims = number | readonly number[];

/** A length for each of the spatial dimensions, or one for all. */
export type Extent = number | readonly number[];

/** What every function that makes a tensor takes. */
export interface TensorOptions {
  /** Element type. Without it: the default dtype, or the input's where there is an input. */
  dtype?: Dtype;
  /** Where the tensor is made. Without it: the default device, or the input's. */
  device?: Device;
  /** Memory layout; `'strided'` unless given. */
  layout?: Layout;
  /** Whether the tensor is made in page-locked memory. */
  pinMemory?: boolean;
  /** Whether operations on it are recorded for `backward()`. */
  requiresGrad?: boolean;
}

/** {@link TensorOptions} of the functions that copy another tensor's shape. */
export interface LikeOptions extends TensorOptions {
  /** The order of dimensions in memory; the input's unless given. */
  memoryFormat?: MemoryFormat;
}

/** Where a result is written to, instead of to a new tensor. */
export interface OutOptions {
  /** The tensor to write to; it is resized where it has to be. */
  out?: Tensor;
}

/** Several results by name, as PyTorch's named tuples: `const { values, indices } = x.sort()` and `const [values] = x.sort()`. */
export type Named<T> = Readonly<T> & Iterable<T[keyof T]> & { readonly [index: number]: T[keyof T] };
