import { noGrad } from '../../autograd/modes.js';
import { wrongArgument } from '../../errors.js';
import { isTensor } from '../../ops/call.js';
import { empty } from '../../ops/creation/index.js';
import type { Tensor } from '../../tensor.js';
import * as F from '../functional/index.js';
import * as init from '../init.js';
import { Parameter } from '../parameter.js';
import { Module } from './module.js';
import { float, sizeArgument, type FactoryOptions } from './options.js';

/** Options of {@link Embedding}. */
export interface EmbeddingOptions extends FactoryOptions, Omit<F.EmbeddingOptions, never> {
  /** @internal */
  _weight?: Tensor;
}

/**
 * Rows of a table that is learned, by their indices.
 *
 * Shape: input `(*)` of integers, output `(*, D)`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.Embedding.html
 * @example
 * new nn.Embedding(10, 3).call(torch.tensor([[1, 2], [4, 5]])).shape // [ 2, 2, 3 ]
 */
export class Embedding extends Module<[Tensor], Tensor> {
  /** The table, of shape `(num_embeddings, embedding_dim)`. */
  weight: Parameter;
  /** A row that gets no gradient. */
  readonly paddingIdx: number | null;
  /** Rows with a greater norm are scaled down to it, in place. */
  readonly maxNorm: number | null;
  /** The p of that norm. */
  readonly normType: number;
  /** Whether gradients are divided by how often a row occurs. */
  readonly scaleGradByFreq: boolean;
  /** Whether the gradient of the table is sparse. */
  readonly sparse: boolean;

  constructor(
    /** The number of rows. */
    readonly numEmbeddings: number,
    /** The size of each row. */
    readonly embeddingDim: number,
    options: EmbeddingOptions = {},
  ) {
    super();
    const { paddingIdx = null, maxNorm = null, normType = 2, scaleGradByFreq = false, sparse = false } = options;
    const { dtype, device, _weight } = options;
    sizeArgument('Embedding', 'numEmbeddings', numEmbeddings, 0);
    sizeArgument('Embedding', 'embeddingDim', embeddingDim, 0);
    this.paddingIdx = rowOf('Embedding', numEmbeddings, paddingIdx);
    this.maxNorm = maxNorm;
    this.normType = normType;
    this.scaleGradByFreq = scaleGradByFreq;
    this.sparse = sparse;
    this.weight = new Parameter(_weight ?? empty(numEmbeddings, embeddingDim, { dtype, device }));
    if (!_weight) this.resetParameters();
  }

  /**
   * A layer with a table that is there already.
   *
   * @param embeddings - the table, of shape `(V, D)`; the memory is shared
   * @param options - what the layer takes, and `freeze`: whether the table stays as it is, true unless given
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.Embedding.html#torch.nn.Embedding.from_pretrained
   * @example
   * nn.Embedding.fromPretrained(torch.eye(2)).call(torch.tensor([1])) // tensor([[0., 1.]])
   */
  static fromPretrained(embeddings: Tensor, options: EmbeddingOptions & { freeze?: boolean } = {}): Embedding {
    const { freeze = true, ...rest } = options;
    if (!isTensor(embeddings) || embeddings.ndim !== 2)
      throw wrongArgument('fromPretrained', 'embeddings', 'Tensor of 2 dimensions', embeddings);
    const [rows, size] = embeddings.shape as [number, number];
    const layer = new Embedding(rows, size, { ...rest, _weight: embeddings });
    layer.weight.requiresGrad_(!freeze);
    return layer;
  }

  /**
   * Draws the table anew from a normal distribution, with zeros in the padding row.
   *
   * @example
   * const layer = new nn.Embedding(2, 3, { paddingIdx: 0 })
   * layer.resetParameters()
   * layer.weight.select(0, 0).detach() // tensor([0., 0., 0.])
   */
  resetParameters(): void {
    init.normal_(this.weight);
    const row = this.paddingIdx;
    if (row !== null) noGrad(() => this.weight.select(0, row).zero_());
  }

  override forward(input: Tensor): Tensor {
    const { weight, paddingIdx, maxNorm, normType, scaleGradByFreq, sparse } = this;
    return F.embedding(input, weight, { paddingIdx, maxNorm, normType, scaleGradByFreq, sparse });
  }

  override extraRepr(): string {
    const padding = this.paddingIdx === null ? '' : `, padding_idx=${this.paddingIdx}`;
    return `${shared(this, padding)}${this.sparse ? ', sparse=True' : ''}`;
  }
}

/** Options of {@link EmbeddingBag}. */
export interface EmbeddingBagOptions
  extends FactoryOptions, Omit<F.EmbeddingBagOptions, 'offsets' | 'perSampleWeights'> {
  /** @internal */
  _weight?: Tensor;
}

/**
 * The sum, mean or greatest elements of rows of a table that is learned, for each bag of indices.
 *
 * Shape: indices `(B, N)`, or `(N)` with offsets `(B)`; factors of the indices' shape; output `(B, D)`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.EmbeddingBag.html
 * @example
 * new nn.EmbeddingBag(10, 3).call(torch.tensor([[1, 2], [4, 5]])).shape // [ 2, 3 ]
 */
export class EmbeddingBag extends Module<[Tensor, (Tensor | null)?, (Tensor | null)?], Tensor> {
  /** The table, of shape `(num_embeddings, embedding_dim)`. */
  weight: Parameter;
  /** A row that gets no gradient and adds nothing. */
  readonly paddingIdx: number | null;
  /** Rows with a greater norm are scaled down to it, in place. */
  readonly maxNorm: number | null;
  /** The p of that norm. */
  readonly normType: number;
  /** Whether gradients are divided by how often a row occurs. */
  readonly scaleGradByFreq: boolean;
  /** How a bag becomes one row. */
  readonly mode: F.BagMode;
  /** Whether the gradient of the table is sparse. */
  readonly sparse: boolean;
  /** Whether the last offset is the length of the input. */
  readonly includeLastOffset: boolean;

  constructor(
    /** The number of rows. */
    readonly numEmbeddings: number,
    /** The size of each row. */
    readonly embeddingDim: number,
    options: EmbeddingBagOptions = {},
  ) {
    super();
    const { paddingIdx = null, maxNorm = null, normType = 2, scaleGradByFreq = false, sparse = false } = options;
    const { dtype, device, _weight } = options;
    sizeArgument('EmbeddingBag', 'numEmbeddings', numEmbeddings, 0);
    sizeArgument('EmbeddingBag', 'embeddingDim', embeddingDim, 0);
    this.paddingIdx = rowOf('EmbeddingBag', numEmbeddings, paddingIdx);
    this.maxNorm = maxNorm;
    this.normType = normType;
    this.scaleGradByFreq = scaleGradByFreq;
    this.mode = options.mode ?? 'mean';
    if (!['sum', 'mean', 'max'].includes(this.mode))
      throw wrongArgument('EmbeddingBag', 'mode', "'sum', 'mean' or 'max'", this.mode);
    this.includeLastOffset = options.includeLastOffset ?? false;
    this.sparse = sparse;
    this.weight = new Parameter(_weight ?? empty(numEmbeddings, embeddingDim, { dtype, device }));
    if (!_weight) this.resetParameters();
  }

  /**
   * A layer with a table that is there already.
   *
   * @param embeddings - the table, of shape `(V, D)`; the memory is shared
   * @param options - what the layer takes, and `freeze`: whether the table stays as it is, true unless given
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.EmbeddingBag.html#torch.nn.EmbeddingBag.from_pretrained
   * @example
   * nn.EmbeddingBag.fromPretrained(torch.eye(2)).call(torch.tensor([[1]])) // tensor([[0., 1.]])
   */
  static fromPretrained(embeddings: Tensor, options: EmbeddingBagOptions & { freeze?: boolean } = {}): EmbeddingBag {
    const { freeze = true, ...rest } = options;
    if (!isTensor(embeddings) || embeddings.ndim !== 2)
      throw wrongArgument('fromPretrained', 'embeddings', 'Tensor of 2 dimensions', embeddings);
    const [rows, size] = embeddings.shape as [number, number];
    const layer = new EmbeddingBag(rows, size, { ...rest, _weight: embeddings });
    layer.weight.requiresGrad_(!freeze);
    return layer;
  }

  /**
   * Draws the table anew from a normal distribution, with zeros in the padding row.
   *
   * @example
   * const layer = new nn.EmbeddingBag(2, 3, { paddingIdx: 0 })
   * layer.resetParameters()
   * layer.weight.select(0, 0).detach() // tensor([0., 0., 0.])
   */
  resetParameters(): void {
    init.normal_(this.weight);
    const row = this.paddingIdx;
    if (row !== null) noGrad(() => this.weight.select(0, row).zero_());
  }

  override forward(input: Tensor, offsets: Tensor | null = null, perSampleWeights: Tensor | null = null): Tensor {
    const { weight, paddingIdx, maxNorm, normType, scaleGradByFreq, mode, sparse, includeLastOffset } = this;
    const options = { paddingIdx, maxNorm, normType, scaleGradByFreq, mode, sparse, includeLastOffset };
    return F.embeddingBag(input, weight, { ...options, offsets, perSampleWeights });
  }

  override extraRepr(): string {
    return `${shared(this)}, mode='${this.mode}'${this.paddingIdx === null ? '' : `, padding_idx=${this.paddingIdx}`}`;
  }
}

function rowOf(name: string, rows: number, index: number | null): number | null {
  if (index === null) return null;
  if (!Number.isInteger(index) || index < -rows || index >= rows)
    throw wrongArgument(name, 'paddingIdx', `integer from -${rows} to ${rows - 1}`, index);
  return index < 0 ? index + rows : index;
}

function shared(layer: Embedding | EmbeddingBag, padding = ''): string {
  const { numEmbeddings, embeddingDim, maxNorm, normType, scaleGradByFreq } = layer;
  const parts = [`${numEmbeddings}, ${embeddingDim}${padding}`];
  if (maxNorm !== null) parts.push(`max_norm=${float(maxNorm)}`);
  if (normType !== 2) parts.push(`norm_type=${float(normType)}`);
  if (scaleGradByFreq) parts.push('scale_grad_by_freq=True');
  return parts.join(', ');
}
