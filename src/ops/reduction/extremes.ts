import { op } from '../op.js';
import type { Dims, Named, Size } from '../../shape.js';
import type { Tensor } from '../../tensor.js';

/** What {@link max} takes by name. */
export interface MaxOptions {
  /** Whether the dimension stays, with size one. */
  keepdim?: boolean;

  /** A tensor to write the result to; with a dimension, one for each of the two results. */
  out?: Tensor | readonly [Tensor, Tensor];
}

/**
 * The greatest element; with a dimension also its index; with another tensor, element by element.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.max.html
 * @example
 * torch.max(torch.tensor([1, 3, 2]), 0).indices // tensor(1)
 */
export const max =
  op<
    [
      (
        input: Tensor,
        dim: number,
        keepdim?: boolean | MaxOptions,
        options?: MaxOptions,
      ) => Named<{ values: Tensor; indices: Tensor }>,
      (input: Tensor, options?: MaxOptions) => Tensor,
      (input: Tensor, other: Tensor, options?: MaxOptions) => Tensor,
    ]
  >('aten::max');

/** What {@link min} takes by name. */
export interface MinOptions {
  /** Whether the dimension stays, with size one. */
  keepdim?: boolean;

  /** A tensor to write the result to; with a dimension, one for each of the two results. */
  out?: Tensor | readonly [Tensor, Tensor];
}

/**
 * The least element; with a dimension also its index; with another tensor, element by element.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.min.html
 * @example
 * torch.min(torch.tensor([1, 3, 2]), 0).indices // tensor(0)
 */
export const min =
  op<
    [
      (
        input: Tensor,
        dim: number,
        keepdim?: boolean | MinOptions,
        options?: MinOptions,
      ) => Named<{ values: Tensor; indices: Tensor }>,
      (input: Tensor, options?: MinOptions) => Tensor,
      (input: Tensor, other: Tensor, options?: MinOptions) => Tensor,
    ]
  >('aten::min');

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

/** What {@link median} takes by name. */
export interface MedianOptions {
  /** Whether the dimension stays, with size one. */
  keepdim?: boolean;

  /** A tensor to write the result to; with a dimension, one for each of the two results. */
  out?: Tensor | readonly [Tensor, Tensor];
}

/**
 * The median; of an even number of elements the lower one.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.median.html
 * @example
 * torch.median(torch.tensor([3, 1, 2])) // tensor(2)
 */
export const median =
  op<
    [
      (input: Tensor, options?: MedianOptions) => Tensor,
      (
        input: Tensor,
        dim: number,
        keepdim?: boolean | MedianOptions,
        options?: MedianOptions,
      ) => Named<{ values: Tensor; indices: Tensor }>,
    ]
  >('aten::median');

/** What {@link nanmedian} takes by name. */
export interface NanmedianOptions {
  /** Whether the dimension stays, with size one. */
  keepdim?: boolean;

  /** A tensor to write the result to; with a dimension, one for each of the two results. */
  out?: Tensor | readonly [Tensor, Tensor];
}

/**
 * The median of the elements that are not NaN.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nanmedian.html
 * @example
 * torch.nanmedian(torch.tensor([1.5, NaN])) // tensor(1.5000)
 */
export const nanmedian =
  op<
    [
      (input: Tensor, options?: NanmedianOptions) => Tensor,
      (
        input: Tensor,
        dim: number,
        keepdim?: boolean | NanmedianOptions,
        options?: NanmedianOptions,
      ) => Named<{ values: Tensor; indices: Tensor }>,
    ]
  >('aten::nanmedian');

/** What {@link mode} takes by name. */
export interface ModeOptions {
  /** The dimension, or dimensions, to work along. */
  dim?: number;
  /** Whether the dimension stays, with size one. */
  keepdim?: boolean;

  /** Tensors to write the 2 results to, in order. */
  out?: readonly [Tensor, Tensor];
}

/**
 * The most frequent element along a dimension, and where it is.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.mode.html
 * @example
 * torch.mode(torch.tensor([1, 2, 2])).values // tensor(2)
 */
export const mode =
  op<
    (
      input: Tensor,
      dim?: number | ModeOptions,
      keepdim?: boolean | ModeOptions,
      options?: ModeOptions,
    ) => Named<{ values: Tensor; indices: Tensor }>
  >('aten::mode');

/** What {@link quantile} takes by name. */
export interface QuantileOptions {
  /** The dimension, or dimensions, to work along. */
  dim?: number | null;
  /** Whether the dimension stays, with size one. */
  keepdim?: boolean;
  /** What stands between two values: `linear`, `lower`, `higher`, `midpoint` or `nearest`. `linear` unless given. */
  interpolation?: string;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * The values below which given shares of the elements lie.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.quantile.html
 * @example
 * torch.quantile(torch.tensor([1.5, 2.5]), 0.5) // tensor(2.)
 */
export const quantile =
  op<
    (
      input: Tensor,
      q: Tensor | number,
      dim?: number | null | QuantileOptions,
      keepdim?: boolean | QuantileOptions,
      options?: QuantileOptions,
    ) => Tensor
  >('aten::quantile');

/** What {@link nanquantile} takes by name. */
export interface NanquantileOptions {
  /** The dimension, or dimensions, to work along. */
  dim?: number | null;
  /** Whether the dimension stays, with size one. */
  keepdim?: boolean;
  /** What stands between two values: `linear`, `lower`, `higher`, `midpoint` or `nearest`. `linear` unless given. */
  interpolation?: string;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * As {@link quantile}, without NaN.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nanquantile.html
 * @example
 * torch.nanquantile(torch.tensor([1.5, NaN]), 0.5) // tensor(1.5000)
 */
export const nanquantile =
  op<
    (
      input: Tensor,
      q: Tensor | number,
      dim?: number | null | NanquantileOptions,
      keepdim?: boolean | NanquantileOptions,
      options?: NanquantileOptions,
    ) => Tensor
  >('aten::nanquantile');

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
