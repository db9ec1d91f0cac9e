import { FlambeauError, wrongArgument } from '../../errors.js';
import { arange } from '../../ops/creation/index.js';
import * as ops from '../../ops/neural/torch/index.js';
import type { Tensor } from '../../tensor.js';

/** What {@link embedding} and {@link embeddingBag} both take by name. */
export interface EmbeddingOptions {
  /** A row that gets no gradient; negative ones count from the end. In a bag, it also adds nothing. */
  paddingIdx?: number | null;
  /** Rows with a greater norm are scaled down to it, in place. */
  maxNorm?: number | null;
  /** The p of that norm; 2 unless given. */
  normType?: number;
  /** Whether gradients are divided by how often a row occurs; false unless given. */
  scaleGradByFreq?: boolean;
  /** Whether the gradient of the weight is sparse; false unless given. */
  sparse?: boolean;
}

function rowOf(func: string, weight: Tensor, index: number | null): number {
  const rows = weight.shape[0]!;
  if (index === null) return -1;
  if (!Number.isInteger(index) || index < -rows || index >= rows)
    throw wrongArgument(func, 'paddingIdx', `integer from -${rows} to ${rows - 1}`, index);
  return index < 0 ? index + rows : index;
}

function renorm(weight: Tensor, input: Tensor, maxNorm: number, normType: number): void {
  // Detached, so that a graph takes it too: it records in-place operations whatever the mode.
  ops.embeddingRenorm_(weight.detach(), input.contiguous(), maxNorm, normType);
}

/**
 * Looks rows up in a table.
 *
 * @param input - the indices of rows, of any shape
 * @param weight - the table, of shape `(V, D)`
 * @returns of the input's shape, with `D` behind it
 * @throws when an index is none of the table
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.embedding.html
 * @example
 * F.embedding(torch.tensor([2, 0]), torch.arange(6).view(3, 2)) // tensor([[4, 5], [0, 1]])
 */
export function embedding(input: Tensor, weight: Tensor, options: EmbeddingOptions = {}): Tensor {
  const { paddingIdx = null, maxNorm = null, normType = 2, scaleGradByFreq = false, sparse = false } = options;
  const row = rowOf('embedding', weight, paddingIdx);
  if (maxNorm !== null) renorm(weight, input, maxNorm, normType);
  return ops.embedding(weight, input, row, scaleGradByFreq, sparse);
}

/** How {@link embeddingBag} makes one row of several. */
export type BagMode = 'sum' | 'mean' | 'max';

/** What {@link embeddingBag} takes by name. */
export interface EmbeddingBagOptions extends EmbeddingOptions {
  /** Where each bag begins in an input of one dimension. */
  offsets?: Tensor | null;
  /** How a bag becomes one row; mean unless given. */
  mode?: BagMode;
  /** A factor for each index, of the input's shape, where bags are summed. */
  perSampleWeights?: Tensor | null;
  /** Whether the last offset is the length of the input; false unless given. */
  includeLastOffset?: boolean;
}

/**
 * Looks rows up in a table and sums, averages or compares those of each bag.
 *
 * @param input - indices of shape `(B, N)`: `B` bags of `N`; or of one dimension, with `offsets`
 * @param weight - the table, of shape `(V, D)`
 * @returns of shape `(B, D)`
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.embedding_bag.html
 * @example
 * F.embeddingBag(torch.tensor([[2, 0]]), torch.arange(6).view(3, 2).float()) // tensor([[2., 3.]])
 */
export function embeddingBag(input: Tensor, weight: Tensor, options: EmbeddingBagOptions = {}): Tensor {
  const { maxNorm = null, normType = 2, scaleGradByFreq = false, sparse = false, mode = 'mean' } = options;
  const { perSampleWeights = null, paddingIdx = null } = options;
  const code = ['sum', 'mean', 'max'].indexOf(mode);
  if (code < 0) throw wrongArgument('embeddingBag', 'mode', "'sum', 'mean' or 'max'", mode);
  const [indices, offsets] = bags(input, options.offsets ?? null);
  const includeLast = input.ndim === 1 && (options.includeLastOffset ?? false);
  if (perSampleWeights !== null) checkWeights(perSampleWeights, input, mode);
  if (maxNorm !== null) renorm(weight, indices, maxNorm, normType);
  const row = paddingIdx === null ? null : rowOf('embeddingBag', weight, paddingIdx);
  const factors = perSampleWeights && perSampleWeights.reshape(-1);
  return ops.embeddingBag(weight, indices, offsets, scaleGradByFreq, code, sparse, factors, includeLast, row)[0];
}

function bags(input: Tensor, offsets: Tensor | null): [Tensor, Tensor] {
  const { ndim, dtype, device } = input;
  if (ndim === 1 && offsets?.ndim === 1) return [input, offsets];
  if (ndim === 2 && offsets === null)
    return [input.reshape(-1), arange(0, input.numel(), input.shape[1]!, { dtype, device })];
  throw new FlambeauError(
    'INVALID_VALUE',
    ndim === 1
      ? "embeddingBag(): argument 'offsets' must be a Tensor of 1 dimension where 'input' has one"
      : ndim === 2
        ? "embeddingBag(): argument 'offsets' must be null where 'input' has 2 dimensions"
        : `embeddingBag(): argument 'input' must have 1 or 2 dimensions, not ${ndim}`,
  );
}

function checkWeights(weights: Tensor, input: Tensor, mode: BagMode): void {
  if (mode !== 'sum')
    throw new FlambeauError('INVALID_VALUE', "embeddingBag(): argument 'perSampleWeights' needs the mode 'sum'");
  if (String(weights.shape) !== String(input.shape))
    throw new FlambeauError(
      'INVALID_VALUE',
      `embeddingBag(): argument 'perSampleWeights' must have the input's shape [${input.shape.join(', ')}], not [${weights.shape.join(', ')}]`,
    );
}
