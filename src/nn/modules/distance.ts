import type { Tensor } from '../../tensor.js';
import * as F from '../functional/index.js';
import { Module } from './module.js';
import { byName } from './options.js';

/** Options of {@link CosineSimilarity}. */
export interface CosineSimilarityOptions {
  /** The dimension of the vectors; 1 unless given. */
  dim?: number;
  /** The least product of norms; 1e-8 unless given. */
  eps?: number;
}

/**
 * The cosine of the angles between vectors.
 *
 * `cos(x, y) = x . y / max(||x|| ||y||, eps)`
 *
 * Shape: inputs `(*, D, *)` with `D` at `dim`; output `(*, *)`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.CosineSimilarity.html
 * @example
 * new nn.CosineSimilarity().call(torch.tensor([[1, 0]]).float(), torch.tensor([[0, 2]]).float()) // tensor([0.])
 */
export class CosineSimilarity extends Module<[Tensor, Tensor], Tensor> {
  /** The dimension of the vectors. */
  readonly dim: number;
  /** The least product of norms. */
  readonly eps: number;

  constructor(dim?: number | CosineSimilarityOptions, options?: CosineSimilarityOptions) {
    super();
    const given = byName<CosineSimilarityOptions>(['dim'], dim, options);
    this.dim = given.dim ?? 1;
    this.eps = given.eps ?? 1e-8;
  }

  override forward(x1: Tensor, x2: Tensor): Tensor {
    return F.cosineSimilarity(x1, x2, this.dim, this.eps);
  }
}

/** Options of {@link PairwiseDistance}. */
export interface PairwiseDistanceOptions {
  /** The p of the p-norm; 2 unless given. */
  p?: number;
  /** Added to differences; 1e-6 unless given. */
  eps?: number;
  /** Whether the last dimension stays, with the size 1; false unless given. */
  keepdim?: boolean;
}

/**
 * The distances between vectors.
 *
 * `d(x, y) = ||x - y + eps||_p`
 *
 * Shape: inputs `(N, D)` or `(D)`; output `(N)` or `()`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.PairwiseDistance.html
 * @example
 * new nn.PairwiseDistance(1).call(torch.zeros(1, 2), torch.ones(1, 2)) // tensor([2.0000])
 */
export class PairwiseDistance extends Module<[Tensor, Tensor], Tensor> {
  /** The p of the p-norm. */
  readonly norm: number;
  /** Added to differences. */
  readonly eps: number;
  /** Whether the last dimension stays. */
  readonly keepdim: boolean;

  constructor(p?: number | PairwiseDistanceOptions, options?: PairwiseDistanceOptions) {
    super();
    const given = byName<PairwiseDistanceOptions>(['p'], p, options);
    this.norm = given.p ?? 2;
    this.eps = given.eps ?? 1e-6;
    this.keepdim = given.keepdim ?? false;
  }

  override forward(x1: Tensor, x2: Tensor): Tensor {
    return F.pairwiseDistance(x1, x2, this.norm, this.eps, this.keepdim);
  }
}
