import { op } from './op.js';
import type { Named, OutOptions, Scalar } from '../shape.js';
import type { Tensor } from '../tensor.js';

/** What {@link allclose} takes by name. */
export interface AllcloseOptions {
  /** The difference that is allowed as a part of `other`: 1e-5 unless given. */
  rtol?: number;
  /** The difference that is allowed whatever the values: 1e-8 unless given. */
  atol?: number;
  /** Whether NaN is close to NaN. `false` unless given. */
  equalNan?: boolean;
}

/**
 * Whether all elements are close: `|input - other| <= atol + rtol * |other|`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.allclose.html
 * @example
 * torch.allclose(torch.ones(2), torch.ones(2)) // true
 */
export const allclose =
  op<
    (
      input: Tensor,
      other: Tensor,
      rtol?: number | AllcloseOptions,
      atol?: number | AllcloseOptions,
      equalNan?: boolean | AllcloseOptions,
      options?: AllcloseOptions,
    ) => boolean
  >('aten::allclose');

/** What {@link argsort} takes by name. */
export interface ArgsortOptions {
  /** The dimension, or dimensions, to work along. */
  dim?: number;
  /** Whether the greatest come first. */
  descending?: boolean;
  /** Whether equal elements keep their order. */
  stable?: boolean;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * The indices that put a dimension in order.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.argsort.html
 * @example
 * torch.argsort(torch.tensor([3, 1, 2])) // tensor([1, 2, 0])
 */
export const argsort =
  op<
    (
      input: Tensor,
      dim?: number | ArgsortOptions,
      descending?: boolean | ArgsortOptions,
      options?: ArgsortOptions,
    ) => Tensor
  >('aten::argsort');

/**
 * Where elements are equal.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.eq.html
 * @example
 * torch.eq(torch.tensor([1, 2]), 2) // tensor([False, True])
 */
export const eq = op<(input: Tensor, other: Scalar | Tensor, options?: OutOptions) => Tensor>('aten::eq');

/**
 * Whether both have one shape and equal elements.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.equal.html
 * @example
 * torch.equal(torch.tensor([1, 2]), torch.tensor([1, 2])) // true
 */
export const equal = op<(input: Tensor, other: Tensor) => boolean>('aten::equal');

/**
 * Where elements are not less than `other`'s.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.ge.html
 * @example
 * torch.ge(torch.tensor([1, 2]), 2) // tensor([False, True])
 */
export const ge = op<(input: Tensor, other: Scalar | Tensor, options?: OutOptions) => Tensor>('aten::ge');

/**
 * Alias of {@link gt}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.greater.html
 * @example
 * torch.greater(torch.tensor([1, 2]), 1) // tensor([False, True])
 */
export const greater = op<(input: Tensor, other: Scalar | Tensor, options?: OutOptions) => Tensor>('aten::greater');

/**
 * Alias of {@link ge}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.greater_equal.html
 * @example
 * torch.greaterEqual(torch.tensor([1, 2]), 2) // tensor([False, True])
 */
export const greaterEqual =
  op<(input: Tensor, other: Scalar | Tensor, options?: OutOptions) => Tensor>('aten::greater_equal');

/**
 * Where elements are greater than `other`'s.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.gt.html
 * @example
 * torch.gt(torch.tensor([1, 2]), 1) // tensor([False, True])
 */
export const gt = op<(input: Tensor, other: Scalar | Tensor, options?: OutOptions) => Tensor>('aten::gt');

/** What {@link isclose} takes by name. */
export interface IscloseOptions {
  /** The difference that is allowed as a part of `other`: 1e-5 unless given. */
  rtol?: number;
  /** The difference that is allowed whatever the values: 1e-8 unless given. */
  atol?: number;
  /** Whether NaN is close to NaN. `false` unless given. */
  equalNan?: boolean;
}

/**
 * Where elements are close: `|input - other| <= atol + rtol * |other|`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.isclose.html
 * @example
 * torch.isclose(torch.tensor([1.5]), torch.tensor([1.5])) // tensor([True])
 */
export const isclose =
  op<
    (
      input: Tensor,
      other: Tensor,
      rtol?: number | IscloseOptions,
      atol?: number | IscloseOptions,
      equalNan?: boolean | IscloseOptions,
      options?: IscloseOptions,
    ) => Tensor
  >('aten::isclose');

/**
 * Where elements are neither infinite nor NaN.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.isfinite.html
 * @example
 * torch.isfinite(torch.tensor([0.5, 1])) // tensor([True, True])
 */
export const isfinite = op<(input: Tensor) => Tensor>('aten::isfinite');

/**
 * Where elements are infinite.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.isinf.html
 * @example
 * torch.isinf(torch.tensor([0.5, 1])) // tensor([False, False])
 */
export const isinf = op<(input: Tensor) => Tensor>('aten::isinf');

/**
 * Where elements are NaN.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.isnan.html
 * @example
 * torch.isnan(torch.tensor([0.5, 1])) // tensor([False, False])
 */
export const isnan = op<(input: Tensor) => Tensor>('aten::isnan');

/**
 * Where elements are negative infinity.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.isneginf.html
 * @example
 * torch.isneginf(torch.tensor([0.5, 1])) // tensor([False, False])
 */
export const isneginf = op<(input: Tensor, options?: OutOptions) => Tensor>('aten::isneginf');

/**
 * Where elements are positive infinity.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.isposinf.html
 * @example
 * torch.isposinf(torch.tensor([0.5, 1])) // tensor([False, False])
 */
export const isposinf = op<(input: Tensor, options?: OutOptions) => Tensor>('aten::isposinf');

/**
 * Where elements have no imaginary part.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.isreal.html
 * @example
 * torch.isreal(torch.tensor([0.5, 1])) // tensor([True, True])
 */
export const isreal = op<(input: Tensor) => Tensor>('aten::isreal');

/** What {@link kthvalue} takes by name. */
export interface KthvalueOptions {
  /** The dimension, or dimensions, to work along. */
  dim?: number;
  /** Whether the dimension stays, with size one. */
  keepdim?: boolean;

  /** Tensors to write the 2 results to, in order. */
  out?: readonly [Tensor, Tensor];
}

/**
 * The `k`-th least element of a dimension, and where it was.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.kthvalue.html
 * @example
 * torch.kthvalue(torch.tensor([3, 1, 2]), 2).values // tensor(2)
 */
export const kthvalue =
  op<
    (
      input: Tensor,
      k: number,
      dim?: number | KthvalueOptions,
      keepdim?: boolean | KthvalueOptions,
      options?: KthvalueOptions,
    ) => Named<{ values: Tensor; indices: Tensor }>
  >('aten::kthvalue');

/**
 * Where elements are not greater than `other`'s.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.le.html
 * @example
 * torch.le(torch.tensor([1, 2]), 1) // tensor([ True, False])
 */
export const le = op<(input: Tensor, other: Scalar | Tensor, options?: OutOptions) => Tensor>('aten::le');

/**
 * Alias of {@link lt}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.less.html
 * @example
 * torch.less(torch.tensor([1, 2]), 2) // tensor([ True, False])
 */
export const less = op<(input: Tensor, other: Scalar | Tensor, options?: OutOptions) => Tensor>('aten::less');

/**
 * Alias of {@link le}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.less_equal.html
 * @example
 * torch.lessEqual(torch.tensor([1, 2]), 1) // tensor([ True, False])
 */
export const lessEqual =
  op<(input: Tensor, other: Scalar | Tensor, options?: OutOptions) => Tensor>('aten::less_equal');

/**
 * Where elements are less than `other`'s.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.lt.html
 * @example
 * torch.lt(torch.tensor([1, 2]), 2) // tensor([ True, False])
 */
export const lt = op<(input: Tensor, other: Scalar | Tensor, options?: OutOptions) => Tensor>('aten::lt');

/**
 * The elements in order along the first dimension.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.msort.html
 * @example
 * torch.msort(torch.tensor([3, 1, 2])) // tensor([1, 2, 3])
 */
export const msort = op<(input: Tensor, options?: OutOptions) => Tensor>('aten::msort');

/**
 * Where elements differ.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.ne.html
 * @example
 * torch.ne(torch.tensor([1, 2]), 2) // tensor([ True, False])
 */
export const ne = op<(input: Tensor, other: Scalar | Tensor, options?: OutOptions) => Tensor>('aten::ne');

/**
 * Alias of {@link ne}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.not_equal.html
 * @example
 * torch.notEqual(torch.tensor([1, 2]), 2) // tensor([ True, False])
 */
export const notEqual = op<(input: Tensor, other: Scalar | Tensor, options?: OutOptions) => Tensor>('aten::not_equal');

/** What {@link sort} takes by name. */
export interface SortOptions {
  /** The dimension, or dimensions, to work along. */
  dim?: number;
  /** Whether the greatest come first. */
  descending?: boolean;
  /** Whether equal elements keep their order. */
  stable?: boolean | null;

  /** Tensors to write the 2 results to, in order. */
  out?: readonly [Tensor, Tensor];
}

/**
 * The elements in order along a dimension, and where they were.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.sort.html
 * @example
 * torch.sort(torch.tensor([3, 1, 2])).values // tensor([1, 2, 3])
 */
export const sort =
  op<
    (
      input: Tensor,
      dim?: number | SortOptions,
      descending?: boolean | SortOptions,
      options?: SortOptions,
    ) => Named<{ values: Tensor; indices: Tensor }>
  >('aten::sort');

/** What {@link topk} takes by name. */
export interface TopkOptions {
  /** The dimension, or dimensions, to work along. */
  dim?: number;
  /** Whether the greatest are taken, rather than the least. */
  largest?: boolean;
  /** Whether the result is in order. */
  sorted?: boolean;

  /** Tensors to write the 2 results to, in order. */
  out?: readonly [Tensor, Tensor];
}

/**
 * The `k` greatest elements of a dimension, and where they were.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.topk.html
 * @example
 * torch.topk(torch.tensor([3, 1, 2]), 2).values // tensor([3, 2])
 */
export const topk =
  op<
    (
      input: Tensor,
      k: number,
      dim?: number | TopkOptions,
      largest?: boolean | TopkOptions,
      sorted?: boolean | TopkOptions,
      options?: TopkOptions,
    ) => Named<{ values: Tensor; indices: Tensor }>
  >('aten::topk');
