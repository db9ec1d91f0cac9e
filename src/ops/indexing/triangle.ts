import { op } from '../op.js';
import type { OutOptions } from '../../shape.js';
import type { Tensor } from '../../tensor.js';

/** What {@link diag}, {@link tril} and {@link triu} take by name. */
export interface DiagOptions extends OutOptions {
  /** Which diagonal: 0 the main one, above it when positive, below it when negative. */
  diagonal?: number;
}

type OfDiagonal = (input: Tensor, diagonal?: number | DiagOptions, options?: DiagOptions) => Tensor;

/**
 * A square matrix with a vector as its diagonal and zeros elsewhere, or the diagonal of a matrix, as a copy.
 *
 * {@link diagEmbed} and {@link diagonal} do the one and the other for batches.
 *
 * @throws when the input has more than two dimensions
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.diag.html
 * @example
 * torch.diag(torch.tensor([1, 2])) // tensor([[1, 0], [0, 2]])
 * torch.diag(torch.tensor([[1, 2], [3, 4]])) // tensor([1, 4])
 */
export const diag = op<OfDiagonal>('aten::diag');

/**
 * The lower triangle of matrices `(..., M, N)`: what lies on or below a diagonal, with zeros above it.
 *
 * @throws when the input has fewer than two dimensions
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.tril.html
 * @example
 * torch.tril(torch.ones(3, 3)) // tensor([[1., 0., 0.], [1., 1., 0.], [1., 1., 1.]])
 */
export const tril = op<OfDiagonal>('aten::tril');

/**
 * The upper triangle of matrices `(..., M, N)`: what lies on or above a diagonal, with zeros below it.
 *
 * @throws when the input has fewer than two dimensions
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.triu.html
 * @example
 * torch.triu(torch.ones(3, 3), 1) // tensor([[0., 1., 1.], [0., 0., 1.], [0., 0., 0.]])
 */
export const triu = op<OfDiagonal>('aten::triu');
