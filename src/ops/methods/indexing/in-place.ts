import { method } from '../../op.js';
import type { OutOptions, Scalar } from '../../../shape.js';
import type { Tensor } from '../../../tensor.js';
import type { AccumulateOptions } from '../../indexing/scatter.js';

/** What {@link indexAdd_} takes by name. */
export interface IndexAddInPlaceOptions {
  /** The multiplier of `source`. 1 unless given. */
  alpha?: Scalar;
}

/** What {@link indexReduce_} and {@link scatterReduce_} take by name. */
export interface IncludeSelfInPlaceOptions {
  /** Whether the tensor's own elements count. `true` unless given. */
  includeSelf?: boolean;
}

/** What {@link scatter_} takes by name. */
export interface ScatterInPlaceOptions {
  /** Whether values are added to the elements, or multiply them, rather than take their place. */
  reduce?: 'add' | 'multiply';
}

/** What {@link tril_} and {@link triu_} take by name. */
export interface TriangleInPlaceOptions {
  /** Which diagonal: 0 the main one, above it when positive, below it when negative. */
  diagonal?: number;
}

type Triangle = (input: Tensor, diagonal?: number | TriangleInPlaceOptions, options?: TriangleInPlaceOptions) => Tensor;

/**
 * In place of {@link indexAdd}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.index_add_.html
 * @example
 * torch.zeros(3).indexAdd_(0, torch.tensor([1, 1]), torch.ones(2), { alpha: 3 }) // tensor([0., 6., 0.])
 */
export const indexAdd_ =
  method<(input: Tensor, dim: number, index: Tensor, source: Tensor, options?: IndexAddInPlaceOptions) => Tensor>(
    'aten::index_add_',
  );

/**
 * In place of {@link indexCopy}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.index_copy_.html
 * @example
 * torch.zeros(3).indexCopy_(0, torch.tensor([2, 0]), torch.ones(2)) // tensor([1., 0., 1.])
 */
export const indexCopy_ =
  method<(input: Tensor, dim: number, index: Tensor, source: Tensor) => Tensor>('aten::index_copy_');

/**
 * In place of {@link indexFill}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.index_fill_.html
 * @example
 * torch.zeros(3).indexFill_(0, torch.tensor([0, 2]), 4) // tensor([4., 0., 4.])
 */
export const indexFill_ =
  method<(input: Tensor, dim: number, index: Tensor, value: Scalar | Tensor) => Tensor>('aten::index_fill_');

/**
 * In place of {@link indexReduce}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.index_reduce_.html
 * @example
 * torch.ones(2).indexReduce_(0, torch.tensor([0, 0]), torch.tensor([2.5, 4]), 'amax') // tensor([4., 1.])
 */
export const indexReduce_ =
  method<
    (
      input: Tensor,
      dim: number,
      index: Tensor,
      source: Tensor,
      reduce: 'prod' | 'mean' | 'amax' | 'amin',
      options?: IncludeSelfInPlaceOptions,
    ) => Tensor
  >('aten::index_reduce_');

/**
 * In place of {@link maskedFill}. The mask broadcasts to the shape of the tensor, which does not grow.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.masked_fill_.html
 * @example
 * torch.zeros(2, 2).maskedFill_(torch.tensor([true, false]), 5) // tensor([[5., 0.], [5., 0.]])
 */
export const maskedFill_ =
  method<(input: Tensor, mask: Tensor, value: Scalar | Tensor) => Tensor>('aten::masked_fill_');

/**
 * In place of {@link maskedScatter}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.masked_scatter_.html
 * @example
 * torch.zeros(3).maskedScatter_(torch.tensor([false, true, true]), torch.ones(2)) // tensor([0., 1., 1.])
 */
export const maskedScatter_ = method<(input: Tensor, mask: Tensor, source: Tensor) => Tensor>('aten::masked_scatter_');

/**
 * In place of {@link put}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.put_.html
 * @example
 * torch.zeros(3).put_(torch.tensor([1, 1]), torch.ones(2), { accumulate: true }) // tensor([0., 2., 0.])
 */
export const put_ =
  method<
    (
      input: Tensor,
      index: Tensor,
      source: Tensor,
      accumulate?: boolean | AccumulateOptions,
      options?: AccumulateOptions,
    ) => Tensor
  >('aten::put_');

/**
 * In place of {@link scatter}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.scatter_.html
 * @example
 * torch.zeros(2, 2).scatter_(1, torch.tensor([[1], [0]]), 1) // tensor([[0., 1.], [1., 0.]])
 */
export const scatter_ =
  method<
    [
      (input: Tensor, dim: number, index: Tensor, src: Tensor, options?: ScatterInPlaceOptions) => Tensor,
      (input: Tensor, dim: number, index: Tensor, value: Scalar, options?: ScatterInPlaceOptions) => Tensor,
    ]
  >('aten::scatter_');

/**
 * In place of {@link scatterAdd}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.scatter_add_.html
 * @example
 * torch.zeros(2).scatterAdd_(0, torch.tensor([1, 1]), torch.ones(2)) // tensor([0., 2.])
 */
export const scatterAdd_ =
  method<(input: Tensor, dim: number, index: Tensor, src: Tensor) => Tensor>('aten::scatter_add_');

/**
 * In place of {@link scatterReduce}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.scatter_reduce_.html
 * @example
 * torch.ones(2).scatterReduce_(0, torch.tensor([1, 1]), torch.tensor([2.5, 4]), 'prod') // tensor([ 1., 10.])
 */
export const scatterReduce_ =
  method<
    (
      input: Tensor,
      dim: number,
      index: Tensor,
      src: Tensor,
      reduce: 'sum' | 'prod' | 'mean' | 'amax' | 'amin',
      options?: IncludeSelfInPlaceOptions,
    ) => Tensor
  >('aten::scatter_reduce_');

/**
 * In place of {@link tril}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.tril_.html
 * @example
 * torch.ones(2, 2).tril_() // tensor([[1., 0.], [1., 1.]])
 */
export const tril_ = method<Triangle>('aten::tril_');

/**
 * In place of {@link triu}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.triu_.html
 * @example
 * torch.ones(2, 2).triu_() // tensor([[1., 1.], [0., 1.]])
 */
export const triu_ = method<Triangle>('aten::triu_');

/**
 * The elements of this tensor where the condition holds, of the other operand elsewhere, with broadcasting.
 *
 * `out_i = condition_i ? this_i : other_i`
 *
 * @param condition - bool
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.where.html
 * @example
 * const x = torch.tensor([-1, 2])
 * x.where(x.gt(0), 0) // tensor([0, 2])
 */
export const where =
  method<
    [
      (input: Tensor, condition: Tensor, other: Tensor, options?: OutOptions) => Tensor,
      (input: Tensor, condition: Tensor, other: Scalar, options?: OutOptions) => Tensor,
    ]
  >('aten::where');
