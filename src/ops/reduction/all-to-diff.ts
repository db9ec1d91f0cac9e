import { fn, op } from '../op.js';
import type { Dims, Named, Scalar, Size, SizesThen } from '../../shape.js';
import type { Dtype } from '../../dtype.js';
import type { Tensor } from '../../tensor.js';

/** What {@link all} takes by name. */
export interface AllOptions {
  /** Whether the dimension stays, with size one. */
  keepdim?: boolean;
  /** The dimension, or dimensions, to work along. */
  dim?: Size | null;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * Whether all elements are not zero, in all or along dimensions.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.all.html
 * @example
 * torch.all(torch.tensor([true, false])) // tensor(False)
 */
export const all =
  op<
    [
      (input: Tensor, dim: number, keepdim?: boolean | AllOptions, options?: AllOptions) => Tensor,
      (input: Tensor, dim?: Size | null | AllOptions, keepdim?: boolean | AllOptions, options?: AllOptions) => Tensor,
    ]
  >('aten::all');

/** What {@link amax} takes by name. */
export interface AmaxOptions {
  /** The dimension, or dimensions, to work along. */
  dim?: Dims;
  /** Whether the dimension stays, with size one. */
  keepdim?: boolean;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * The greatest elements along dimensions; gradients are shared among equals.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.amax.html
 * @example
 * torch.amax(torch.tensor([[1, 3]]), 1) // tensor([3])
 */
export const amax =
  op<(input: Tensor, dim?: Dims | AmaxOptions, keepdim?: boolean | AmaxOptions, options?: AmaxOptions) => Tensor>(
    'aten::amax',
  );

/** What {@link amin} takes by name. */
export interface AminOptions {
  /** The dimension, or dimensions, to work along. */
  dim?: Dims;
  /** Whether the dimension stays, with size one. */
  keepdim?: boolean;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * The least elements along dimensions; gradients are shared among equals.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.amin.html
 * @example
 * torch.amin(torch.tensor([[1, 3]]), 1) // tensor([1])
 */
export const amin =
  op<(input: Tensor, dim?: Dims | AminOptions, keepdim?: boolean | AminOptions, options?: AminOptions) => Tensor>(
    'aten::amin',
  );

/** What {@link aminmax} takes by name. */
export interface AminmaxOptions {
  /** The dimension, or dimensions, to work along. */
  dim?: number | null;
  /** Whether the dimension stays, with size one. */
  keepdim?: boolean;
  /** A tensor to write the result to. */
  out?: readonly Tensor[];
}

/**
 * The least and the greatest element.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.aminmax.html
 * @example
 * torch.aminmax(torch.tensor([1, 3, 2])).max // tensor(3)
 */
export const aminmax =
  op<(input: Tensor, options?: AminmaxOptions) => Named<{ min: Tensor; max: Tensor }>>('aten::aminmax');

/** What {@link any} takes by name. */
export interface AnyOptions {
  /** Whether the dimension stays, with size one. */
  keepdim?: boolean;
  /** The dimension, or dimensions, to work along. */
  dim?: Size | null;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * Whether any element is not zero, in all or along dimensions.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.any.html
 * @example
 * torch.any(torch.tensor([true, false])) // tensor(True)
 */
export const any =
  op<
    [
      (input: Tensor, dim: number, keepdim?: boolean | AnyOptions, options?: AnyOptions) => Tensor,
      (input: Tensor, dim?: Size | null | AnyOptions, keepdim?: boolean | AnyOptions, options?: AnyOptions) => Tensor,
    ]
  >('aten::any');

/** What {@link argmax} takes by name. */
export interface ArgmaxOptions {
  /** The dimension, or dimensions, to work along. */
  dim?: number | null;
  /** Whether the dimension stays, with size one. */
  keepdim?: boolean;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * The index of the greatest element.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.argmax.html
 * @example
 * torch.argmax(torch.tensor([1, 5, 2])) // tensor(1)
 */
export const argmax =
  op<
    (
      input: Tensor,
      dim?: number | null | ArgmaxOptions,
      keepdim?: boolean | ArgmaxOptions,
      options?: ArgmaxOptions,
    ) => Tensor
  >('aten::argmax');

/** What {@link argmin} takes by name. */
export interface ArgminOptions {
  /** The dimension, or dimensions, to work along. */
  dim?: number | null;
  /** Whether the dimension stays, with size one. */
  keepdim?: boolean;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * The index of the least element.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.argmin.html
 * @example
 * torch.argmin(torch.tensor([3, 1, 2])) // tensor(1)
 */
export const argmin =
  op<
    (
      input: Tensor,
      dim?: number | null | ArgminOptions,
      keepdim?: boolean | ArgminOptions,
      options?: ArgminOptions,
    ) => Tensor
  >('aten::argmin');

/** What {@link bincount} takes by name. */
export interface BincountOptions {
  weights?: Tensor | null;
  minlength?: number;
}

/**
 * How often each whole number stands in the input.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.bincount.html
 * @example
 * torch.bincount(torch.tensor([0, 2, 2])) // tensor([1, 0, 2])
 */
export const bincount =
  op<
    (
      input: Tensor,
      weights?: Tensor | null | BincountOptions,
      minlength?: number | BincountOptions,
      options?: BincountOptions,
    ) => Tensor
  >('aten::bincount');

/**
 * The correlations of the rows.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.corrcoef.html
 * @example
 * torch.corrcoef(torch.tensor([1.5, 2.5])) // tensor(1.)
 */
export const corrcoef = op<(input: Tensor) => Tensor>('aten::corrcoef');

/** What {@link countNonzero} takes by name. */
export interface CountNonzeroOptions {
  /** The dimension, or dimensions, to work along. */
  dim?: number | null;
}

/**
 * The number of elements that are not zero.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.count_nonzero.html
 * @example
 * torch.countNonzero(torch.tensor([0, 3, 4])) // tensor(2)
 */
export const countNonzero =
  op<
    [
      (input: Tensor, ...dim: SizesThen<CountNonzeroOptions>) => Tensor,
      (input: Tensor, dim?: number | null | CountNonzeroOptions, options?: CountNonzeroOptions) => Tensor,
    ]
  >('aten::count_nonzero');

/** What {@link cov} takes by name. */
export interface CovOptions {
  /** What is taken from the number of elements in the divisor. */
  correction?: number;
  fweights?: Tensor | null;
  aweights?: Tensor | null;
}

/**
 * The covariances of the rows.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.cov.html
 * @example
 * torch.cov(torch.tensor([1.5, 2.5])) // tensor(0.5000)
 */
export const cov = op<(input: Tensor, options?: CovOptions) => Tensor>('aten::cov');

/** What {@link cummax} takes by name. */
export interface CummaxOptions {
  /** A tensor to write the result to. */
  out?: readonly Tensor[];
}

/**
 * The greatest element so far, and its index, along a dimension.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.cummax.html
 * @example
 * torch.cummax(torch.tensor([1, 3, 2]), 0).values // tensor([1, 3, 3])
 */
export const cummax =
  op<(input: Tensor, dim: number, options?: CummaxOptions) => Named<{ values: Tensor; indices: Tensor }>>(
    'aten::cummax',
  );

/** What {@link cummin} takes by name. */
export interface CumminOptions {
  /** A tensor to write the result to. */
  out?: readonly Tensor[];
}

/**
 * The least element so far, and its index, along a dimension.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.cummin.html
 * @example
 * torch.cummin(torch.tensor([3, 1, 2]), 0).values // tensor([3, 1, 1])
 */
export const cummin =
  op<(input: Tensor, dim: number, options?: CumminOptions) => Named<{ values: Tensor; indices: Tensor }>>(
    'aten::cummin',
  );

/** What {@link cumprod} takes by name. */
export interface CumprodOptions {
  /** The dtype of the result, or to compute in. */
  dtype?: Dtype | null;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * The product so far along a dimension.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.cumprod.html
 * @example
 * torch.cumprod(torch.tensor([1, 2, 3]), 0) // tensor([1, 2, 6])
 */
export const cumprod = op<(input: Tensor, dim: number, options?: CumprodOptions) => Tensor>('aten::cumprod');

/** What {@link cumsum} takes by name. */
export interface CumsumOptions {
  /** The dtype of the result, or to compute in. */
  dtype?: Dtype | null;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * The sum so far along a dimension.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.cumsum.html
 * @example
 * torch.cumsum(torch.tensor([1, 2, 3]), 0) // tensor([1, 3, 6])
 */
export const cumsum = op<(input: Tensor, dim: number, options?: CumsumOptions) => Tensor>('aten::cumsum');

/** What {@link cumulativeTrapezoid} takes by name. */
export interface CumulativeTrapezoidOptions {
  /** The dimension, or dimensions, to work along. */
  dim?: number;
  dx?: Scalar;
}

/**
 * The integral so far by the trapezoid rule.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.cumulative_trapezoid.html
 * @example
 * torch.cumulativeTrapezoid(torch.tensor([1.5, 2.5])) // tensor([2.])
 */
export const cumulativeTrapezoid =
  fn<
    [
      (y: Tensor, x: Tensor, options?: CumulativeTrapezoidOptions) => Tensor,
      (y: Tensor, options?: CumulativeTrapezoidOptions) => Tensor,
    ]
  >('aten::cumulative_trapezoid');

/** What {@link diff} takes by name. */
export interface DiffOptions {
  /** The length of the signal; cut or filled with zeros. */
  n?: number;
  /** The dimension, or dimensions, to work along. */
  dim?: number;
  /** Values before the first. */
  prepend?: Tensor | null;
  /** Values after the last. */
  append?: Tensor | null;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * The differences of neighbours along a dimension.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.diff.html
 * @example
 * torch.diff(torch.tensor([1, 4, 9])) // tensor([3, 5])
 */
export const diff =
  op<
    (
      input: Tensor,
      n?: number | DiffOptions,
      dim?: number | DiffOptions,
      prepend?: Tensor | null | DiffOptions,
      append?: Tensor | null | DiffOptions,
      options?: DiffOptions,
    ) => Tensor
  >('aten::diff');
