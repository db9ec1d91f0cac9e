import { fn, op } from '../op.js';
import type { MemoryFormat } from '../../device.js';
import type { Scalar } from '../../shape.js';
import type { Tensor } from '../../tensor.js';

/**
 * Whether the elements are complex numbers.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.is_complex.html
 * @example
 * torch.isComplex(torch.ones(1)) // false
 */
export const isComplex = op<(input: Tensor) => boolean>('aten::is_complex');

/**
 * Whether the tensor is to be read conjugated.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.is_conj.html
 * @example
 * torch.isConj(torch.ones(1)) // false
 */
export const isConj = op<(input: Tensor) => boolean>('aten::is_conj');

/**
 * Whether the tensor is spread over processes; always false here.
 *
 * @example
 * torch.isDistributed(torch.ones(1)) // false
 */
export const isDistributed = op<(input: Tensor) => boolean>('aten::is_distributed');

/**
 * Whether the elements are floating point numbers.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.is_floating_point.html
 * @example
 * torch.isFloatingPoint(torch.ones(1)) // true
 */
export const isFloatingPoint = op<(input: Tensor) => boolean>('aten::is_floating_point');

/**
 * Whether the tensor was made in inference mode.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.is_inference.html
 * @example
 * torch.isInference(torch.ones(1)) // false
 */
export const isInference = op<(input: Tensor) => boolean>('aten::is_inference');

/**
 * Whether the tensor is to be read negated.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.is_neg.html
 * @example
 * torch.isNeg(torch.ones(1)) // false
 */
export const isNeg = op<(input: Tensor) => boolean>('aten::is_neg');

/**
 * Whether the only element is not zero.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.is_nonzero.html
 * @example
 * torch.isNonzero(torch.ones(1)) // true
 */
export const isNonzero = op<(input: Tensor) => boolean>('aten::is_nonzero');

/**
 * Whether both have one shape.
 *
 * @example
 * torch.isSameSize(torch.ones(1), torch.zeros(1)) // true
 */
export const isSameSize = op<(input: Tensor, other: Tensor) => boolean>('aten::is_same_size');

/**
 * Whether the dtype has negative numbers.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.is_signed.html
 * @example
 * torch.isSigned(torch.ones(1)) // true
 */
export const isSigned = op<(input: Tensor) => boolean>('aten::is_signed');

/** What {@link symConstrainRange} takes by name. */
export interface SymConstrainRangeOptions {
  /** The least value. */
  min?: number | null;
  /** The greatest value. */
  max?: number | null;
}

/**
 * Promises that a number lies in a range, for tracing.
 *
 * @throws when the number lies outside of the range
 * @example
 * torch.symConstrainRange(3, { min: 1, max: 5 }) // undefined
 */
export const symConstrainRange =
  fn<(size: Scalar, options?: SymConstrainRangeOptions) => void>('aten::sym_constrain_range');

/** What {@link symConstrainRangeForSize} takes by name. */
export interface SymConstrainRangeForSizeOptions {
  /** The least value. */
  min?: number | null;
  /** The greatest value. */
  max?: number | null;
}

/**
 * Promises that a size lies in a range, for tracing.
 *
 * @throws when the number lies outside of the range
 * @example
 * torch.symConstrainRangeForSize(3, { min: 1, max: 5 }) // undefined
 */
export const symConstrainRangeForSize = fn<(size: Scalar, options?: SymConstrainRangeForSizeOptions) => void>(
  'aten::sym_constrain_range_for_size',
);

/** What {@link symIsContiguous} takes by name. */
export interface SymIsContiguousOptions {
  /** The order of dimensions in memory. */
  memoryFormat?: MemoryFormat;
}

/**
 * Whether the elements lie in order.
 *
 * @example
 * torch.symIsContiguous(torch.ones(2)) // true
 */
export const symIsContiguous =
  fn<
    (input: Tensor, memoryFormat?: MemoryFormat | SymIsContiguousOptions, options?: SymIsContiguousOptions) => boolean
  >('aten::sym_is_contiguous');

/**
 * The number of elements.
 *
 * @example
 * torch.symNumel(torch.ones(2, 3)) // 6
 */
export const symNumel = fn<(input: Tensor) => number>('aten::sym_numel');

/**
 * The size of a dimension.
 *
 * @example
 * torch.symSize(torch.ones(2, 3), 1) // 3
 */
export const symSize = fn<(input: Tensor, dim: number) => number>('aten::sym_size');

/**
 * How many elements before the first one lie in the storage.
 *
 * @example
 * torch.symStorageOffset(torch.ones(2)) // 0
 */
export const symStorageOffset = fn<(input: Tensor) => number>('aten::sym_storage_offset');

/**
 * The stride of a dimension.
 *
 * @example
 * torch.symStride(torch.ones(2, 3), 0) // 3
 */
export const symStride = fn<(input: Tensor, dim: number) => number>('aten::sym_stride');
