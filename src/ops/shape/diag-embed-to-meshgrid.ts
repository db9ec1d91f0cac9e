import { fn, op } from '../op.js';
import type { OutOptions, Scalar, Sizes, SizesThen } from '../../shape.js';
import type { Tensor } from '../../tensor.js';

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

/** What {@link diagonalCopy} takes by name. */
export interface DiagonalCopyOptions {
  /** Which diagonal: above the main one when positive, below when negative. */
  offset?: number;
  /** The first dimension. */
  dim1?: number;
  /** The second dimension. */
  dim2?: number;
}

/**
 * As {@link diagonal}, as a copy.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.diagonal_copy.html
 * @example
 * torch.diagonalCopy(torch.eye(2)) // tensor([1., 1.])
 */
export const diagonalCopy =
  fn<
    (
      input: Tensor,
      offset?: number | DiagonalCopyOptions,
      dim1?: number | DiagonalCopyOptions,
      dim2?: number | DiagonalCopyOptions,
      options?: DiagonalCopyOptions,
    ) => Tensor
  >('aten::diagonal_copy');

/**
 * Views of parts behind each other.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.dsplit.html
 * @example
 * torch.dsplit(torch.ones(1, 2, 4), 2)[0].shape // [ 1, 2, 2 ]
 */
export const dsplit = op<[(sections: unknown) => Tensor[], (indices: unknown) => Tensor[]]>('aten::dsplit');

/**
 * Tensors behind each other: along the third dimension.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.dstack.html
 * @example
 * torch.dstack([torch.tensor([1]), torch.tensor([2])]) // tensor([[[1, 2]]])
 */
export const dstack = fn<(tensors: readonly Tensor[], options?: OutOptions) => Tensor>('aten::dstack');

/** What {@link expandCopy} takes by name. */
export interface ExpandCopyOptions {
  implicit?: boolean;
}

/**
 * As {@link expand}, as a copy rather than a view.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.expand_copy.html
 */
export const expandCopy = fn<(input: Tensor, ...size: SizesThen<ExpandCopyOptions>) => Tensor>('aten::expand_copy');

/**
 * Fills with a value, in place.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.fill_.html
 * @example
 * torch.zeros(2).fill_(3) // tensor([3., 3.])
 */
export const fill_ = op<(input: Tensor, value: Scalar | Tensor) => Tensor>('aten::fill_');

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
 * A copy with dimensions in reverse.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.flip.html
 * @example
 * torch.flip(torch.tensor([1, 2, 3]), [0]) // tensor([3, 2, 1])
 */
export const flip = op<(input: Tensor, ...dims: Sizes) => Tensor>('aten::flip');

/**
 * A copy with the second dimension in reverse.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.fliplr.html
 * @example
 * torch.fliplr(torch.tensor([[1, 2]])) // tensor([[2, 1]])
 */
export const fliplr = op<(input: Tensor) => Tensor>('aten::fliplr');

/**
 * A copy with the first dimension in reverse.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.flipud.html
 * @example
 * torch.flipud(torch.tensor([1, 2])) // tensor([2, 1])
 */
export const flipud = op<(input: Tensor) => Tensor>('aten::flipud');

/**
 * Views of parts side by side.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.hsplit.html
 * @example
 * torch.hsplit(torch.arange(4), 2)[0] // tensor([0, 1])
 */
export const hsplit = op<[(sections: unknown) => Tensor[], (indices: unknown) => Tensor[]]>('aten::hsplit');

/**
 * Tensors side by side: along the second dimension, or the only one.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.hstack.html
 * @example
 * torch.hstack([torch.tensor([1]), torch.tensor([2])]) // tensor([1, 2])
 */
export const hstack = fn<(tensors: readonly Tensor[], options?: OutOptions) => Tensor>('aten::hstack');

/**
 * The imaginary parts of a complex tensor, sharing memory.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.imag.html
 * @example
 * torch.imag(torch.complex(torch.ones(1), torch.zeros(1))) // tensor([0.])
 */
export const imag = fn<(input: Tensor) => Tensor>('aten::imag');

/**
 * The places of the values of a sparse tensor, as a copy.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.indices_copy.html
 */
export const indicesCopy = fn<(input: Tensor) => Tensor>('aten::indices_copy');

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

/** What {@link meshgrid} takes by name. */
export interface MeshgridOptions {
  indexing?: string;
}

/**
 * The coordinates of a grid, a tensor for each of the given axes.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.meshgrid.html
 * @example
 * torch.meshgrid([torch.tensor([1, 2]), torch.tensor([3])], { indexing: 'ij' })[0] // tensor([[1], [2]])
 */
export const meshgrid = fn<(tensors: readonly Tensor[], options?: MeshgridOptions) => Tensor[]>('aten::meshgrid');
