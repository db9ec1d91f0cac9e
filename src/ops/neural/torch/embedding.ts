import { fn } from '../../op.js';
import type { Tensor } from '../../../tensor.js';

/** What {@link bilinear} takes by name. */
export interface BilinearOptions {
  /** What is added. */
  bias?: Tensor | null;
}

/**
 * `x1^T A x2 + b` for each pair of rows.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.bilinear.html
 * @example
 * torch.bilinear(torch.ones(1, 2), torch.ones(1, 2), torch.ones(1, 2, 2)) // tensor([[4.]])
 */
export const bilinear =
  fn<
    (
      input1: Tensor,
      input2: Tensor,
      weight: Tensor,
      bias?: Tensor | null | BilinearOptions,
      options?: BilinearOptions,
    ) => Tensor
  >('aten::bilinear');

/** What {@link embedding} takes by name. */
export interface EmbeddingOptions {
  /** A row that gets no gradient. None unless given. */
  paddingIdx?: number;
  /** Whether a row's gradient is divided by how often it occurs in the batch. `false` unless given. */
  scaleGradByFreq?: boolean;
  /** Whether the gradient of the weight is a sparse tensor. `false` unless given. */
  sparse?: boolean;
}

/**
 * The rows of `weight` at the indices.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.embedding.html
 * @example
 * torch.embedding(torch.eye(2), torch.tensor([1])) // tensor([[0., 1.]])
 */
export const embedding =
  fn<
    (
      weight: Tensor,
      indices: Tensor,
      paddingIdx?: number | EmbeddingOptions,
      scaleGradByFreq?: boolean | EmbeddingOptions,
      sparse?: boolean | EmbeddingOptions,
      options?: EmbeddingOptions,
    ) => Tensor
  >('aten::embedding');

/** What {@link embeddingBag} takes by name. */
export interface EmbeddingBagOptions {
  /** Whether a row's gradient is divided by how often it occurs in the batch. `false` unless given. */
  scaleGradByFreq?: boolean;
  /** The way to compute. */
  mode?: number;
  /** Whether the gradient of the weight is a sparse tensor. `false` unless given. */
  sparse?: boolean;
  /** A factor for each index, of the shape of the indices; only with the mode 0 (sum). 1 unless given. */
  perSampleWeights?: Tensor | null;
  /** Whether the last offset is the length of the indices, as in CSR. `false` unless given. */
  includeLastOffset?: boolean;
}

/**
 * Sums, means or maxima of bags of rows of `weight`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.embedding_bag.html
 * @example
 * torch.embeddingBag(torch.eye(2), torch.tensor([0, 1]), torch.tensor([0]))[0] // tensor([[1., 1.]])
 */
export const embeddingBag =
  fn<
    [
      (
        weight: Tensor,
        indices: Tensor,
        offsets: Tensor,
        scaleGradByFreq?: boolean | EmbeddingBagOptions,
        mode?: number | EmbeddingBagOptions,
        sparse?: boolean | EmbeddingBagOptions,
        perSampleWeights?: Tensor | null | EmbeddingBagOptions,
        includeLastOffset?: boolean | EmbeddingBagOptions,
        options?: EmbeddingBagOptions,
      ) => [Tensor, Tensor, Tensor, Tensor],
      (
        weight: Tensor,
        indices: Tensor,
        offsets: Tensor,
        scaleGradByFreq: boolean,
        mode: number,
        sparse: boolean,
        perSampleWeights: Tensor | null,
        includeLastOffset: boolean,
        paddingIdx: number | null,
        options?: EmbeddingBagOptions,
      ) => [Tensor, Tensor, Tensor, Tensor],
    ]
  >('aten::embedding_bag');

/**
 * Scales the rows at the indices down to a norm of at most `maxNorm`, in place.
 *
 * @param input - `(V, E)`
 * @param normType - the order of the norm
 * @example
 * torch.embeddingRenorm_(torch.tensor([[3, 4], [6, 8]], { dtype: 'float32' }), torch.tensor([1]), 5, 2) // tensor([[3., 4.], [3., 4.]])
 */
export const embeddingRenorm_ =
  fn<(input: Tensor, indices: Tensor, maxNorm: number, normType: number) => Tensor>('aten::embedding_renorm_');
