import { fn, op } from '../op.js';
import type { OutOptions, Scalar } from '../../shape.js';
import type { Tensor } from '../../tensor.js';

/** What {@link gather} takes by name. */
export interface GatherOptions extends OutOptions {
  /** Whether the gradient of the input is a sparse tensor. `false` unless given. */
  sparseGrad?: boolean;
}

/** What {@link nonzeroStatic} takes by name. */
export interface NonzeroStaticOptions extends OutOptions {
  /** The number of rows of the result. */
  size: number;
  /** What fills the rows that are left over. -1 unless given. */
  fillValue?: number;
}

/** The range of a dimension that {@link slice}, {@link sliceScatter} and {@link sliceInverse} work on. */
export interface SliceOptions {
  /** The dimension. 0 unless given. */
  dim?: number;
  /** The first index; the start of the dimension unless given. Negative ones count from the end. */
  start?: number | null;
  /** The index before which to stop; the end of the dimension unless given. */
  end?: number | null;
  /** The distance between two indices, greater than zero. 1 unless given. */
  step?: number;
}

/** What {@link takeAlongDim} takes by name. */
export interface TakeAlongDimOptions extends OutOptions {
  /** The dimension to take along; the flattened tensors unless given. */
  dim?: number | null;
}

/**
 * The places of the elements that are not zero: a row of indices for each, in order.
 *
 * Output: `(n, input.ndim)`, int64. As `n` depends on the values, a GPU is waited for.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.argwhere.html
 * @example
 * torch.argwhere(torch.tensor([[0, 5], [6, 0]])) // tensor([[0, 1], [1, 0]])
 */
export const argwhere = op<(input: Tensor) => Tensor>('aten::argwhere');

/**
 * Elements at the places that `index` gives along one dimension.
 *
 * `out[i][j] = input[index[i][j]][j]` for dimension 0, `out[i][j] = input[i][index[i][j]]` for dimension 1
 *
 * The result has the shape of `index`, which is nowhere longer than the input but along `dim`. Nothing broadcasts:
 * {@link takeAlongDim} does.
 *
 * @param index - int64 or int32, none negative
 * @throws when an index is out of bounds, or `index` has another number of dimensions than the input
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.gather.html
 * @example
 * torch.gather(torch.tensor([[1, 2], [3, 4]]), 1, torch.tensor([[1], [0]])) // tensor([[2], [3]])
 */
export const gather =
  op<(input: Tensor, dim: number, index: Tensor, options?: GatherOptions) => Tensor>('aten::gather');

/**
 * Elements at the places that tensors of indices give, a tensor for each leading dimension. They broadcast with one
 * another, and null keeps a dimension whole. {@link Tensor.at} takes ranges and numbers too.
 *
 * `out[k] = input[indices[0][k]][indices[1][k]]...`
 *
 * @param indices - whole numbers, negative ones counted from the end, or masks of bool
 * @throws when an index is out of bounds
 * @example
 * torch.index(torch.tensor([5, 6, 7]), [torch.tensor([2, 0])]) // tensor([7, 5])
 * torch.index(torch.tensor([[1, 2], [3, 4]]), [null, torch.tensor([1])]) // tensor([[2], [4]])
 */
export const index =
  op<(input: Tensor, indices: readonly (Tensor | null)[], options?: OutOptions) => Tensor>('aten::index');

/**
 * The slices at the given indices of a dimension, in the order given, as a copy. An index may come more than once.
 *
 * @param index - a vector, int32 or int64
 * @throws when an index is out of bounds, or `index` has more than one dimension
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.index_select.html
 * @example
 * torch.indexSelect(torch.tensor([[1, 2], [3, 4]]), 1, torch.tensor([1, 0])) // tensor([[2, 1], [4, 3]])
 */
export const indexSelect =
  op<(input: Tensor, dim: number, index: Tensor, options?: OutOptions) => Tensor>('aten::index_select');

/**
 * The elements where the mask is true, as a vector, in order. Input and mask broadcast.
 *
 * As the length depends on the values, a GPU is waited for.
 *
 * @param mask - bool
 * @throws when the mask is not bool
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.masked_select.html
 * @example
 * torch.maskedSelect(torch.tensor([1, 2, 3]), torch.tensor([true, false, true])) // tensor([1, 3])
 */
export const maskedSelect = op<(input: Tensor, mask: Tensor, options?: OutOptions) => Tensor>('aten::masked_select');

/**
 * The places of the elements that are not zero: a row of indices for each, in order.
 *
 * Output: `(n, input.ndim)`, int64. As `n` depends on the values, a GPU is waited for; {@link nonzeroStatic} does
 * without.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nonzero.html
 * @example
 * torch.nonzero(torch.tensor([0, 5, 6])) // tensor([[1], [2]])
 */
export const nonzero = op<(input: Tensor, options?: OutOptions) => Tensor>('aten::nonzero');

/**
 * The places of the elements that are not zero, as a vector of indices for each dimension: what {@link index} takes.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nonzero.html
 * @example
 * torch.nonzeroNumpy(torch.tensor([[0, 5], [6, 0]]))[1] // tensor([1, 0])
 */
export const nonzeroNumpy = op<(input: Tensor) => Tensor[]>('aten::nonzero_numpy');

/**
 * As {@link nonzero}, with a number of rows that does not depend on the values: places beyond it are left out, rows
 * that are left over filled with `fillValue`.
 *
 * Output: `(size, input.ndim)`, int64.
 *
 * @throws when `size` is negative
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nonzero_static.html
 * @example
 * torch.nonzeroStatic(torch.tensor([0, 5]), { size: 2 }) // tensor([[ 1], [-1]])
 */
export const nonzeroStatic = op<(input: Tensor, options: NonzeroStaticOptions) => Tensor>('aten::nonzero_static');

/**
 * The slice at one index of a dimension, without that dimension, as a view: writes to it reach the input.
 *
 * @param index - negative ones count from the end
 * @throws when the index is out of bounds
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.select.html
 * @example
 * torch.select(torch.tensor([[1, 2], [3, 4]]), 1, 0) // tensor([1, 3])
 */
export const select = op<(input: Tensor, dim: number, index: number) => Tensor>('aten::select');

/**
 * A range of one dimension, as a view: writes to it reach the input. Bounds beyond the dimension are cut to it.
 *
 * A method; `torch.slice` makes the ranges that {@link Tensor.at} takes.
 *
 * @throws when `step` is not greater than zero
 * @example
 * torch.arange(6).slice(0, 1, 4) // tensor([1, 2, 3])
 * torch.arange(6).slice({ step: 2 }) // tensor([0, 2, 4])
 */
export const slice =
  op<
    (
      input: Tensor,
      dim?: number | SliceOptions,
      start?: number | null | SliceOptions,
      end?: number | null | SliceOptions,
      step?: number | SliceOptions,
      options?: SliceOptions,
    ) => Tensor
  >('aten::slice');

/**
 * Undoes {@link slice}: a view of the input's memory with the sizes, strides and offset of `src`, the tensor that the
 * input is a slice of. The values of `src` are not read.
 *
 * @param src - the tensor as it was before the slice
 * @throws when the input's memory is too small for the sizes of `src`
 * @example
 * const x = torch.arange(4)
 * torch.sliceInverse(x.slice(0, 1, 3), x, 0, 1, 3) // tensor([0, 1, 2, 3])
 */
export const sliceInverse =
  op<
    (
      input: Tensor,
      src: Tensor,
      dim?: number | SliceOptions,
      start?: number | null | SliceOptions,
      end?: number | null | SliceOptions,
      step?: number | SliceOptions,
      options?: SliceOptions,
    ) => Tensor
  >('aten::slice_inverse');

/**
 * Elements at indices of the flattened input. The result has the shape of `index`.
 *
 * @param index - int64, negative ones counted from the end
 * @throws when an index is out of bounds
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.take.html
 * @example
 * torch.take(torch.tensor([[1, 2], [3, 4]]), torch.tensor([0, 3])) // tensor([1, 4])
 */
export const take = op<(input: Tensor, index: Tensor, options?: OutOptions) => Tensor>('aten::take');

/**
 * Elements at indices along a dimension, as {@link argsort} or {@link argmax} with `keepdim` gives them. Input and
 * indices broadcast in the other dimensions.
 *
 * @param indices - int64
 * @param dim - the dimension; the flattened tensors unless given
 * @throws when an index is out of bounds
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.take_along_dim.html
 * @example
 * const x = torch.tensor([3, 1, 2])
 * torch.takeAlongDim(x, x.argsort(), 0) // tensor([1, 2, 3])
 */
export const takeAlongDim =
  op<
    (input: Tensor, indices: Tensor, dim?: number | null | TakeAlongDimOptions, options?: TakeAlongDimOptions) => Tensor
  >('aten::take_along_dim');

/**
 * Elements of one operand where the condition holds, of the other elsewhere, with broadcasting. With the condition
 * alone, the places where it holds, as {@link nonzeroNumpy} gives them.
 *
 * `out_i = condition_i ? input_i : other_i`
 *
 * @param condition - bool
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.where.html
 * @example
 * const x = torch.tensor([-1, 2])
 * torch.where(x.gt(0), x, 0) // tensor([0, 2])
 */
export const where =
  fn<
    [
      (condition: Tensor, input: Tensor | Scalar, other: Tensor, options?: OutOptions) => Tensor,
      (condition: Tensor, input: Tensor | Scalar, other: Scalar, options?: OutOptions) => Tensor,
      (condition: Tensor) => Tensor[],
    ]
  >('aten::where');
