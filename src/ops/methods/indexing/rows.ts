import { method } from '../../op.js';
import type { OutOptions, Scalar } from '../../../shape.js';
import type { Tensor } from '../../../tensor.js';

/** What {@link indexAdd_} takes by name. */
export interface IndexAddInPlaceOptions {
  /** A multiplier. */
  alpha?: Scalar;
}

/**
 * In place of {@link indexAdd}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.index_add_.html
 * @example
 * torch.zeros(3).indexAdd_(0, torch.tensor([1, 1]), torch.ones(2)) // tensor([0., 2., 0.])
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
 * torch.zeros(3).indexCopy_(0, torch.tensor([1]), torch.ones(1)) // tensor([0., 1., 0.])
 */
export const indexCopy_ =
  method<(input: Tensor, dim: number, index: Tensor, source: Tensor) => Tensor>('aten::index_copy_');

/**
 * In place of {@link indexFill}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.index_fill_.html
 * @example
 * torch.zeros(3).indexFill_(0, torch.tensor([1]), 4) // tensor([0., 4., 0.])
 */
export const indexFill_ =
  method<(input: Tensor, dim: number, index: Tensor, value: Scalar | Tensor) => Tensor>('aten::index_fill_');

/** What {@link indexReduce_} takes by name. */
export interface IndexReduceInPlaceOptions {
  includeSelf?: boolean;
}

/**
 * In place of {@link indexReduce}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.index_reduce_.html
 * @example
 * torch.ones(2).indexReduce_(0, torch.tensor([0, 0]), torch.tensor([2.5, 2]), 'prod') // tensor([5., 1.])
 */
export const indexReduce_ =
  method<
    (
      input: Tensor,
      dim: number,
      index: Tensor,
      source: Tensor,
      reduce: string,
      options?: IndexReduceInPlaceOptions,
    ) => Tensor
  >('aten::index_reduce_');

/**
 * In place of {@link maskedFill}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.masked_fill_.html
 * @example
 * torch.zeros(2).maskedFill_(torch.tensor([true, false]), 5) // tensor([5., 0.])
 */
export const maskedFill_ =
  method<(input: Tensor, mask: Tensor, value: Scalar | Tensor) => Tensor>('aten::masked_fill_');

/**
 * In place of {@link maskedScatter}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.masked_scatter_.html
 * @example
 * torch.zeros(2).maskedScatter_(torch.tensor([false, true]), torch.tensor([7.5])) // tensor([0.0000, 7.5000])
 */
export const maskedScatter_ = method<(input: Tensor, mask: Tensor, source: Tensor) => Tensor>('aten::masked_scatter_');

/** What {@link put_} takes by name. */
export interface PutInPlaceOptions {
  /** Whether values are added rather than put. */
  accumulate?: boolean;
}

/**
 * In place of {@link put}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.put_.html
 * @example
 * torch.zeros(3).put_(torch.tensor([1]), torch.tensor([7.5])) // tensor([0.0000, 7.5000, 0.0000])
 */
export const put_ =
  method<
    (
      input: Tensor,
      index: Tensor,
      source: Tensor,
      accumulate?: boolean | PutInPlaceOptions,
      options?: PutInPlaceOptions,
    ) => Tensor
  >('aten::put_');

/** What {@link scatter_} takes by name. */
export interface ScatterInPlaceOptions {
  reduce?: string;
}

/**
 * In place of {@link scatter}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.scatter_.html
 * @example
 * torch.zeros(3).scatter_(0, torch.tensor([2]), torch.tensor([5.5])) // tensor([0.0000, 0.0000, 5.5000])
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
 * torch.zeros(2).scatterAdd_(0, torch.tensor([1, 1]), torch.tensor([1.5, 2])) // tensor([0.0000, 3.5000])
 */
export const scatterAdd_ =
  method<(input: Tensor, dim: number, index: Tensor, src: Tensor) => Tensor>('aten::scatter_add_');

/** What {@link scatterReduce_} takes by name. */
export interface ScatterReduceInPlaceOptions {
  includeSelf?: boolean;
}

/**
 * In place of {@link scatterReduce}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.scatter_reduce_.html
 * @example
 * torch.zeros(2).scatterReduce_(0, torch.tensor([1, 1]), torch.tensor([1.5, 2]), 'amax') // tensor([0., 2.])
 */
export const scatterReduce_ =
  method<
    (
      input: Tensor,
      dim: number,
      index: Tensor,
      src: Tensor,
      reduce: string,
      options?: ScatterReduceInPlaceOptions,
    ) => Tensor
  >('aten::scatter_reduce_');

/** What {@link tril_} takes by name. */
export interface TrilInPlaceOptions {
  /** Which diagonal: above the main one when positive, below when negative. */
  diagonal?: number;
}

/**
 * In place of {@link tril}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.tril_.html
 * @example
 * torch.ones(2, 2).tril_() // tensor([[1., 0.], [1., 1.]])
 */
export const tril_ =
  method<(input: Tensor, diagonal?: number | TrilInPlaceOptions, options?: TrilInPlaceOptions) => Tensor>(
    'aten::tril_',
  );

/** What {@link triu_} takes by name. */
export interface TriuInPlaceOptions {
  /** Which diagonal: above the main one when positive, below when negative. */
  diagonal?: number;
}

/**
 * In place of {@link triu}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.triu_.html
 * @example
 * torch.ones(2, 2).triu_() // tensor([[1., 1.], [0., 1.]])
 */
export const triu_ =
  method<(input: Tensor, diagonal?: number | TriuInPlaceOptions, options?: TriuInPlaceOptions) => Tensor>(
    'aten::triu_',
  );

/**
 * Elements of one tensor where the condition holds, of another elsewhere; only with the condition, the places
 * where it holds.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.where.html
 * @example
 * torch.where(torch.tensor([true, false]), 1.5, 0.5) // tensor([1.5000, 0.5000])
 */
export const where =
  method<
    [
      (input: Tensor | Scalar, condition: Tensor, other: Tensor, options?: OutOptions) => Tensor,
      (input: Tensor | Scalar, condition: Tensor, other: Scalar, options?: OutOptions) => Tensor,
    ]
  >('aten::where');
