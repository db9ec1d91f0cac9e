import { fn, op } from '../op.js';
import type { Dtype } from '../../dtype.js';
import type { Dims, Named, OutOptions, Scalar, SizesThen } from '../../shape.js';
import type { Tensor } from '../../tensor.js';

/** What {@link sum} takes by name. */
export interface SumOptions {
  /** The dtype of the result, or to compute in. */
  dtype?: Dtype | null;
  /** Whether the dimension stays, with size one. */
  keepdim?: boolean;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * The sum, of all elements or along dimensions.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.sum.html
 * @example
 * torch.sum(torch.tensor([[1, 2], [3, 4]]), 1) // tensor([3, 7])
 */
export const sum =
  op<
    [
      (input: Tensor, options?: SumOptions) => Tensor,
      (input: Tensor, dim: Dims | null, keepdim?: boolean | SumOptions, options?: SumOptions) => Tensor,
    ]
  >('aten::sum');

/** What {@link nansum} takes by name. */
export interface NansumOptions {
  /** The dimension, or dimensions, to work along. */
  dim?: Dims | null;
  /** Whether the dimension stays, with size one. */
  keepdim?: boolean;
  /** The dtype of the result, or to compute in. */
  dtype?: Dtype | null;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * The sum of the elements that are not NaN.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nansum.html
 * @example
 * torch.nansum(torch.tensor([1.5, NaN])) // tensor(1.5000)
 */
export const nansum =
  op<
    (
      input: Tensor,
      dim?: Dims | null | NansumOptions,
      keepdim?: boolean | NansumOptions,
      options?: NansumOptions,
    ) => Tensor
  >('aten::nansum');

/** What {@link mean} takes by name. */
export interface MeanOptions {
  /** The dtype of the result, or to compute in. */
  dtype?: Dtype | null;
  /** Whether the dimension stays, with size one. */
  keepdim?: boolean;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * The mean, of all elements or along dimensions.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.mean.html
 * @example
 * torch.mean(torch.tensor([1.5, 2.5])) // tensor(2.)
 */
export const mean =
  op<
    [
      (input: Tensor, options?: MeanOptions) => Tensor,
      (input: Tensor, dim: Dims | null, keepdim?: boolean | MeanOptions, options?: MeanOptions) => Tensor,
    ]
  >('aten::mean');

/** What {@link nanmean} takes by name. */
export interface NanmeanOptions {
  /** The dimension, or dimensions, to work along. */
  dim?: Dims | null;
  /** Whether the dimension stays, with size one. */
  keepdim?: boolean;
  /** The dtype of the result, or to compute in. */
  dtype?: Dtype | null;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * The mean of the elements that are not NaN.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nanmean.html
 * @example
 * torch.nanmean(torch.tensor([1.5, NaN])) // tensor(1.5000)
 */
export const nanmean =
  op<
    (
      input: Tensor,
      dim?: Dims | null | NanmeanOptions,
      keepdim?: boolean | NanmeanOptions,
      options?: NanmeanOptions,
    ) => Tensor
  >('aten::nanmean');

/** What {@link prod} takes by name. */
export interface ProdOptions {
  /** The dtype of the result, or to compute in. */
  dtype?: Dtype | null;
  /** Whether the dimension stays, with size one. */
  keepdim?: boolean;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * The product, of all elements or along a dimension.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.prod.html
 * @example
 * torch.prod(torch.tensor([2, 3])) // tensor(6)
 */
export const prod =
  op<
    [
      (input: Tensor, options?: ProdOptions) => Tensor,
      (input: Tensor, dim: number, keepdim?: boolean | ProdOptions, options?: ProdOptions) => Tensor,
    ]
  >('aten::prod');

/** What {@link logsumexp} takes by name. */
export interface LogsumexpOptions {
  /** Whether the dimension stays, with size one. */
  keepdim?: boolean;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * The logarithm of the sum of exponentials along dimensions.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.logsumexp.html
 * @example
 * torch.logsumexp(torch.zeros(2), 0) // tensor(0.6931)
 */
export const logsumexp =
  op<(input: Tensor, dim: Dims, keepdim?: boolean | LogsumexpOptions, options?: LogsumexpOptions) => Tensor>(
    'aten::logsumexp',
  );

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

/**
 * The sum of the diagonal of a matrix.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.trace.html
 * @example
 * torch.trace(torch.eye(3)) // tensor(3.)
 */
export const trace = op<(input: Tensor) => Tensor>('aten::trace');

/** What {@link hashTensor} takes by name. */
export interface HashTensorOptions {
  /** The dimension, or dimensions, to work along. */
  dim?: Dims;
  /** Whether the dimension stays, with size one. */
  keepdim?: boolean;
  /** The way to compute. */
  mode?: number;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * A hash of the elements' bits.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.hash_tensor.html
 * @example
 * torch.hashTensor(torch.zeros(2)).dtype // 'uint64'
 */
export const hashTensor =
  op<(input: Tensor, dim?: Dims | HashTensorOptions, options?: HashTensorOptions) => Tensor>('aten::hash_tensor');

/** What {@link trapezoid} takes by name. */
export interface TrapezoidOptions {
  /** The dimension, or dimensions, to work along. */
  dim?: number;
  /** The distance between two points. 1 unless given. */
  dx?: Scalar;
}

/**
 * The integral by the trapezoid rule.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.trapezoid.html
 * @example
 * torch.trapezoid(torch.tensor([1.5, 2.5])) // tensor(2.)
 */
export const trapezoid =
  fn<[(y: Tensor, x: Tensor, options?: TrapezoidOptions) => Tensor, (y: Tensor, options?: TrapezoidOptions) => Tensor]>(
    'aten::trapezoid',
  );

/** What {@link trapz} takes by name. */
export interface TrapzOptions {
  /** The dimension, or dimensions, to work along. */
  dim?: number;
  /** The distance between two points. 1 unless given. */
  dx?: number;
}

/**
 * Alias of {@link trapezoid}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.trapz.html
 * @example
 * torch.trapz(torch.tensor([1.5, 2.5])) // tensor(2.)
 */
export const trapz =
  fn<[(y: Tensor, x: Tensor, options?: TrapzOptions) => Tensor, (y: Tensor, options?: TrapzOptions) => Tensor]>(
    'aten::trapz',
  );

/** What {@link cumulativeTrapezoid} takes by name. */
export interface CumulativeTrapezoidOptions {
  /** The dimension, or dimensions, to work along. */
  dim?: number;
  /** The distance between two points. 1 unless given. */
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

/**
 * The logarithm of the sum of exponentials so far.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.logcumsumexp.html
 * @example
 * torch.logcumsumexp(torch.zeros(2), 0) // tensor([0.0000, 0.6931])
 */
export const logcumsumexp = op<(input: Tensor, dim: number, options?: OutOptions) => Tensor>('aten::logcumsumexp');

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
