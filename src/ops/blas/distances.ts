import { fn } from '../op.js';
import type { Tensor } from '../../tensor.js';

/** What {@link cdist} takes by name. */
export interface CdistOptions {
  /** The exponent, or probability. */
  p?: number;
  /** When to compute Euclidean distances by a matrix product, which is faster and less exact: 0 where there are more than 25 rows, 1 always, 2 never. 0 unless given. */
  computeMode?: number | null;
}

/**
 * The `p`-norm distances between all rows of two matrices.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.cdist.html
 * @example
 * torch.cdist(torch.zeros(1, 2), torch.ones(1, 2), 1) // tensor([[2.]])
 */
export const cdist =
  fn<
    (
      x1: Tensor,
      x2: Tensor,
      p?: number | CdistOptions,
      computeMode?: number | null | CdistOptions,
      options?: CdistOptions,
    ) => Tensor
  >('aten::cdist');

/** What {@link pdist} takes by name. */
export interface PdistOptions {
  /** The exponent, or probability. */
  p?: number;
}

/**
 * The distances between all pairs of rows.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.pdist.html
 * @example
 * torch.pdist(torch.eye(2), 1) // tensor([2.])
 */
export const pdist = fn<(input: Tensor, p?: number | PdistOptions, options?: PdistOptions) => Tensor>('aten::pdist');

/** What {@link pairwiseDistance} takes by name. */
export interface PairwiseDistanceOptions {
  /** The exponent, or probability. */
  p?: number;
  /** A small number that keeps divisors away from zero. */
  eps?: number;
  /** Whether the dimension stays, with size one. */
  keepdim?: boolean;
}

/**
 * The `p`-norm of the difference of each pair of rows.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.pairwise_distance.html
 * @example
 * torch.pairwiseDistance(torch.ones(1, 2), torch.ones(1, 2), 2, 0) // tensor([0.])
 */
export const pairwiseDistance =
  fn<
    (
      x1: Tensor,
      x2: Tensor,
      p?: number | PairwiseDistanceOptions,
      eps?: number | PairwiseDistanceOptions,
      keepdim?: boolean | PairwiseDistanceOptions,
      options?: PairwiseDistanceOptions,
    ) => Tensor
  >('aten::pairwise_distance');

/** What {@link cosineSimilarity} takes by name. */
export interface CosineSimilarityOptions {
  /** The dimension, or dimensions, to work along. */
  dim?: number;
  /** A small number that keeps divisors away from zero. */
  eps?: number;
}

/**
 * The cosine of the angle between vectors.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.cosine_similarity.html
 * @example
 * torch.cosineSimilarity(torch.tensor([[0.5, 0]]), torch.tensor([[2.5, 0]])) // tensor([1.])
 */
export const cosineSimilarity =
  fn<
    (
      x1: Tensor,
      x2: Tensor,
      dim?: number | CosineSimilarityOptions,
      eps?: number | CosineSimilarityOptions,
      options?: CosineSimilarityOptions,
    ) => Tensor
  >('aten::cosine_similarity');
