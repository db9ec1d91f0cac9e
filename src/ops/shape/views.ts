import { fn, op } from '../op.js';
import type { Size, Sizes } from '../../shape.js';
import type { Tensor } from '../../tensor.js';

/**
 * The elements in another shape: a view where that is possible, a copy otherwise. One size may be -1.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.reshape.html
 * @example
 * torch.reshape(torch.arange(4), [2, -1]) // tensor([[0, 1], [2, 3]])
 */
export const reshape = op<(input: Tensor, ...shape: Sizes) => Tensor>('aten::reshape');

/** What {@link flatten} takes by name. */
export interface FlattenOptions {
  /** The first of the dimensions. */
  startDim?: number;
  /** The last of the dimensions. */
  endDim?: number;
}

/**
 * Joins a run of dimensions into one.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.flatten.html
 * @example
 * torch.flatten(torch.tensor([[1, 2], [3, 4]])) // tensor([1, 2, 3, 4])
 */
export const flatten =
  op<
    (
      input: Tensor,
      startDim?: number | FlattenOptions,
      endDim?: number | FlattenOptions,
      options?: FlattenOptions,
    ) => Tensor
  >('aten::flatten');

/**
 * Splits a dimension into several.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.unflatten.html
 * @example
 * torch.unflatten(torch.arange(4), 0, [2, 2]) // tensor([[0, 1], [2, 3]])
 */
export const unflatten = op<(input: Tensor, dim: number, sizes: Size) => Tensor>('aten::unflatten');

/**
 * The input with one dimension.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.ravel.html
 * @example
 * torch.ravel(torch.ones(2, 3)).shape // [ 6 ]
 */
export const ravel = op<(input: Tensor) => Tensor>('aten::ravel');

/**
 * A view without dimensions of size one.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.squeeze.html
 * @example
 * torch.squeeze(torch.ones(1, 2, 1)).shape // [ 2 ]
 */
export const squeeze =
  op<[(input: Tensor) => Tensor, (input: Tensor, dim: number) => Tensor, (input: Tensor, ...dim: Sizes) => Tensor]>(
    'aten::squeeze',
  );

/**
 * A view expanded to a shape.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.broadcast_to.html
 * @example
 * torch.broadcastTo(torch.tensor([1, 2]), [2, 2]) // tensor([[1, 2], [1, 2]])
 */
export const broadcastTo = op<(input: Tensor, ...size: Sizes) => Tensor>('aten::broadcast_to');

/**
 * A view of `length` elements of a dimension, from `start` on.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.narrow.html
 * @example
 * torch.narrow(torch.arange(4), 0, 1, 2) // tensor([1, 2])
 */
export const narrow =
  op<(input: Tensor, dim: number, start: number | Tensor, length: number) => Tensor>('aten::narrow');

/** What {@link asStrided} takes by name. */
export interface AsStridedOptions {
  /** Where in the storage the first element is, in elements; the input's own offset unless given. */
  storageOffset?: number | null;
}

/**
 * A view with sizes, strides and an offset of one's own.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.as_strided.html
 * @example
 * torch.asStrided(torch.arange(4), [2, 2], [1, 2]) // tensor([[0, 2], [1, 3]])
 */
export const asStrided =
  op<
    (
      input: Tensor,
      size: Size,
      stride: Size,
      storageOffset?: number | null | AsStridedOptions,
      options?: AsStridedOptions,
    ) => Tensor
  >('aten::as_strided');

/** What {@link asStrided_} takes by name. */
export interface AsStridedInPlaceOptions {
  /** Where in the storage the first element is, in elements; the input's own offset unless given. */
  storageOffset?: number | null;
}

/**
 * In place of {@link asStrided}: the tensor itself gets the sizes and strides.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.as_strided_.html
 * @example
 * torch.arange(4).asStrided_([2], [2]) // tensor([0, 2])
 */
export const asStrided_ =
  op<
    (
      input: Tensor,
      size: Size,
      stride: Size,
      storageOffset?: number | null | AsStridedInPlaceOptions,
      options?: AsStridedInPlaceOptions,
    ) => Tensor
  >('aten::as_strided_');

/**
 * A real tensor with a last dimension of 2 as a complex one, sharing memory.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.view_as_complex.html
 * @example
 * torch.viewAsComplex(torch.ones(1, 2)) // tensor([1.+1.j])
 */
export const viewAsComplex = fn<(input: Tensor) => Tensor>('aten::view_as_complex');

/**
 * A complex tensor as a real one with a last dimension of 2, sharing memory.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.view_as_real.html
 * @example
 * torch.viewAsReal(torch.complex(torch.ones(1), torch.zeros(1))) // tensor([[1., 0.]])
 */
export const viewAsReal = fn<(input: Tensor) => Tensor>('aten::view_as_real');

/**
 * The real parts, sharing memory.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.real.html
 * @example
 * torch.real(torch.tensor([1.5])) // tensor([1.5000])
 */
export const real = fn<(input: Tensor) => Tensor>('aten::real');

/**
 * The imaginary parts of a complex tensor, sharing memory.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.imag.html
 * @example
 * torch.imag(torch.complex(torch.ones(1), torch.zeros(1))) // tensor([0.])
 */
export const imag = fn<(input: Tensor) => Tensor>('aten::imag');

/**
 * The same elements without a graph, sharing memory.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.detach.html
 * @example
 * torch.ones(1, { requiresGrad: true }).detach().requiresGrad // false
 */
export const detach = op<(input: Tensor) => Tensor>('aten::detach');

/**
 * Takes the tensor out of its graph, in place.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.detach_.html
 * @example
 * torch.ones(1).detach_() // tensor([1.])
 */
export const detach_ = op<(input: Tensor) => Tensor>('aten::detach_');

/**
 * A view of the whole tensor.
 *
 * @example
 * torch.alias(torch.tensor([1, 2])) // tensor([1, 2])
 */
export const alias = op<(input: Tensor) => Tensor>('aten::alias');

/** What {@link diagonal} takes by name. */
export interface DiagonalOptions {
  /** Which diagonal: above the main one when positive, below when negative. */
  offset?: number;
  /** The first dimension. */
  dim1?: number;
  /** The second dimension. */
  dim2?: number;
}

/**
 * A view of the diagonal of two dimensions.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.diagonal.html
 * @example
 * torch.diagonal(torch.tensor([[1, 2], [3, 4]])) // tensor([1, 4])
 */
export const diagonal =
  op<
    (
      input: Tensor,
      offset?: number | DiagonalOptions,
      dim1?: number | DiagonalOptions,
      dim2?: number | DiagonalOptions,
      options?: DiagonalOptions,
    ) => Tensor
  >('aten::diagonal');

/** What {@link diagEmbed} takes by name. */
export interface DiagEmbedOptions {
  /** Which diagonal: above the main one when positive, below when negative. */
  offset?: number;
  /** The first dimension. */
  dim1?: number;
  /** The second dimension. */
  dim2?: number;
}

/**
 * Matrices with the last dimension as their diagonal.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.diag_embed.html
 * @example
 * torch.diagEmbed(torch.tensor([1, 2])) // tensor([[1, 0], [0, 2]])
 */
export const diagEmbed =
  op<
    (
      input: Tensor,
      offset?: number | DiagEmbedOptions,
      dim1?: number | DiagEmbedOptions,
      dim2?: number | DiagEmbedOptions,
      options?: DiagEmbedOptions,
    ) => Tensor
  >('aten::diag_embed');

/** What {@link diagflat} takes by name. */
export interface DiagflatOptions {
  /** Which diagonal: above the main one when positive, below when negative. */
  offset?: number;
}

/**
 * A matrix with the flattened input as its diagonal.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.diagflat.html
 * @example
 * torch.diagflat(torch.tensor([1, 2])) // tensor([[1, 0], [0, 2]])
 */
export const diagflat =
  op<(input: Tensor, offset?: number | DiagflatOptions, options?: DiagflatOptions) => Tensor>('aten::diagflat');
