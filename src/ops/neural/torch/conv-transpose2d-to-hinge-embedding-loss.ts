import { fn, op } from '../../op.js';
import type { Extent, Scalar, Size } from '../../../shape.js';
import type { Tensor } from '../../../tensor.js';

/** What {@link convTranspose2d} takes by name. */
export interface ConvTranspose2dOptions {
  /** What is added. */
  bias?: Tensor | null;
  /** The step of the window. */
  stride?: Extent;
  /** Elements added on both sides. */
  padding?: Extent;
  outputPadding?: Extent;
  /** Into how many groups the channels are split. */
  groups?: number;
  /** The distance between elements of the window. */
  dilation?: Extent;
}

/**
 * The transposed convolution of images.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.conv_transpose2d.html
 * @example
 * torch.convTranspose2d(torch.ones(1, 1, 2, 2), torch.ones(1, 1, 2, 2)).shape // [ 1, 1, 3, 3 ]
 */
export const convTranspose2d =
  fn<
    (
      input: Tensor,
      weight: Tensor,
      bias?: Tensor | null | ConvTranspose2dOptions,
      stride?: Extent | ConvTranspose2dOptions,
      padding?: Extent | ConvTranspose2dOptions,
      outputPadding?: Extent | ConvTranspose2dOptions,
      groups?: number | ConvTranspose2dOptions,
      dilation?: Extent | ConvTranspose2dOptions,
      options?: ConvTranspose2dOptions,
    ) => Tensor
  >('aten::conv_transpose2d');

/** What {@link convTranspose3d} takes by name. */
export interface ConvTranspose3dOptions {
  /** What is added. */
  bias?: Tensor | null;
  /** The step of the window. */
  stride?: Extent;
  /** Elements added on both sides. */
  padding?: Extent;
  outputPadding?: Extent;
  /** Into how many groups the channels are split. */
  groups?: number;
  /** The distance between elements of the window. */
  dilation?: Extent;
}

/**
 * The transposed convolution of volumes.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.conv_transpose3d.html
 * @example
 * torch.convTranspose3d(torch.ones(1, 1, 1, 1, 1), torch.ones(1, 1, 2, 2, 2)).shape // [ 1, 1, 2, 2, 2 ]
 */
export const convTranspose3d =
  fn<
    (
      input: Tensor,
      weight: Tensor,
      bias?: Tensor | null | ConvTranspose3dOptions,
      stride?: Extent | ConvTranspose3dOptions,
      padding?: Extent | ConvTranspose3dOptions,
      outputPadding?: Extent | ConvTranspose3dOptions,
      groups?: number | ConvTranspose3dOptions,
      dilation?: Extent | ConvTranspose3dOptions,
      options?: ConvTranspose3dOptions,
    ) => Tensor
  >('aten::conv_transpose3d');

/**
 * Convolution of any number of dimensions, transposed or not.
 *
 * @example
 * torch.convolution(torch.ones(1, 1, 3), torch.ones(1, 1, 2), null, [1], [0], [1], false, [0], 1) // tensor([[[2., 2.]]])
 */
export const convolution =
  fn<
    (
      input: Tensor,
      weight: Tensor,
      bias: Tensor | null,
      stride: Size,
      padding: Size,
      dilation: Size,
      transposed: boolean,
      outputPadding: Size,
      groups: number,
    ) => Tensor
  >('aten::convolution');

/**
 * The hook by which a backend brings its own {@link convolution}.
 */
export const convolutionOverrideable = fn<
  (
    input: Tensor,
    weight: Tensor,
    bias: Tensor | null,
    stride: Size,
    padding: Size,
    dilation: Size,
    transposed: boolean,
    outputPadding: Size,
    groups: number,
  ) => Tensor
>('aten::convolution_overrideable');

/** What {@link cosineEmbeddingLoss} takes by name. */
export interface CosineEmbeddingLossOptions {
  margin?: number;
  /** 0 none, 1 mean, 2 sum. */
  reduction?: number;
}

/**
 * `1 - cos(x1, x2)` for pairs of target 1, `max(0, cos(x1, x2) - margin)` for target -1.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.cosine_embedding_loss.html
 * @example
 * torch.cosineEmbeddingLoss(torch.ones(1, 2), torch.ones(1, 2), torch.ones(1)).round() // tensor(0.)
 */
export const cosineEmbeddingLoss =
  fn<
    (
      input1: Tensor,
      input2: Tensor,
      target: Tensor,
      margin?: number | CosineEmbeddingLossOptions,
      reduction?: number | CosineEmbeddingLossOptions,
      options?: CosineEmbeddingLossOptions,
    ) => Tensor
  >('aten::cosine_embedding_loss');

/** What {@link ctcLoss} takes by name. */
export interface CtcLossOptions {
  blank?: number;
  /** 0 none, 1 mean, 2 sum. */
  reduction?: number;
  zeroInfinity?: boolean;
}

/**
 * Connectionist temporal classification loss (Graves et al., 2006).
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.ctc_loss.html
 * @example
 * torch.ctcLoss(torch.zeros(2, 1, 2), torch.tensor([[1]]), [2], [1]).shape // []
 */
export const ctcLoss =
  fn<
    [
      (
        logProbs: Tensor,
        targets: Tensor,
        inputLengths: Size,
        targetLengths: Size,
        blank?: number | CtcLossOptions,
        reduction?: number | CtcLossOptions,
        zeroInfinity?: boolean | CtcLossOptions,
        options?: CtcLossOptions,
      ) => Tensor,
      (
        logProbs: Tensor,
        targets: Tensor,
        inputLengths: Tensor,
        targetLengths: Tensor,
        blank?: number | CtcLossOptions,
        reduction?: number | CtcLossOptions,
        zeroInfinity?: boolean | CtcLossOptions,
        options?: CtcLossOptions,
      ) => Tensor,
    ]
  >('aten::ctc_loss');

/**
 * Sets elements to zero with probability `p` in training, and scales the others by `1 / (1 - p)`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.dropout.html
 * @example
 * torch.dropout(torch.ones(2), 0.5, false) // tensor([1., 1.])
 */
export const dropout = fn<(input: Tensor, p: number, train: boolean) => Tensor>('aten::dropout');

/**
 * In place of {@link dropout}.
 */
export const dropout_ = fn<(input: Tensor, p: number, train: boolean) => Tensor>('aten::dropout_');

/** What {@link embedding} takes by name. */
export interface EmbeddingOptions {
  paddingIdx?: number;
  scaleGradByFreq?: boolean;
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
  scaleGradByFreq?: boolean;
  /** The way to compute. */
  mode?: number;
  sparse?: boolean;
  perSampleWeights?: Tensor | null;
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
 */
export const embeddingRenorm_ =
  fn<(input: Tensor, indices: Tensor, maxNorm: number, normType: number) => Tensor>('aten::embedding_renorm_');

/**
 * As {@link alphaDropout}, for whole channels.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.feature_alpha_dropout.html
 * @example
 * torch.featureAlphaDropout(torch.ones(1, 2), 0.5, false) // tensor([[1., 1.]])
 */
export const featureAlphaDropout =
  fn<(input: Tensor, p: number, train: boolean) => Tensor>('aten::feature_alpha_dropout');

/**
 * In place of {@link featureAlphaDropout}.
 */
export const featureAlphaDropout_ =
  fn<(input: Tensor, p: number, train: boolean) => Tensor>('aten::feature_alpha_dropout_');

/**
 * As {@link dropout}, for whole channels.
 *
 * @example
 * torch.featureDropout(torch.ones(1, 2), 0.5, false) // tensor([[1., 1.]])
 */
export const featureDropout = fn<(input: Tensor, p: number, train: boolean) => Tensor>('aten::feature_dropout');

/**
 * In place of {@link featureDropout}.
 */
export const featureDropout_ = fn<(input: Tensor, p: number, train: boolean) => Tensor>('aten::feature_dropout_');

/**
 * Samples images or volumes at the places of a grid.
 *
 * @example
 * torch.gridSampler(torch.ones(1, 1, 2, 2), torch.zeros(1, 1, 1, 2), 0, 0, false) // tensor([[[[1.]]]])
 */
export const gridSampler =
  fn<(input: Tensor, grid: Tensor, interpolationMode: number, paddingMode: number, alignCorners: boolean) => Tensor>(
    'aten::grid_sampler',
  );

/**
 * Samples images at the places of a grid.
 *
 * @example
 * torch.gridSampler2d(torch.ones(1, 1, 2, 2), torch.zeros(1, 1, 1, 2), 0, 0, false) // tensor([[[[1.]]]])
 */
export const gridSampler2d =
  fn<(input: Tensor, grid: Tensor, interpolationMode: number, paddingMode: number, alignCorners: boolean) => Tensor>(
    'aten::grid_sampler_2d',
  );

/**
 * Samples volumes at the places of a grid.
 *
 * @example
 * torch.gridSampler3d(torch.ones(1, 1, 2, 2, 2), torch.zeros(1, 1, 1, 1, 3), 0, 0, false).shape // [ 1, 1, 1, 1, 1 ]
 */
export const gridSampler3d =
  fn<(input: Tensor, grid: Tensor, interpolationMode: number, paddingMode: number, alignCorners: boolean) => Tensor>(
    'aten::grid_sampler_3d',
  );

/** What {@link groupNorm} takes by name. */
export interface GroupNormOptions {
  /** A weight for each element or class. */
  weight?: Tensor | null;
  /** What is added. */
  bias?: Tensor | null;
  /** A small number that keeps divisors away from zero. */
  eps?: number;
  cudnnEnabled?: boolean;
}

/**
 * Normalises groups of channels.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.group_norm.html
 * @example
 * torch.groupNorm(torch.ones(1, 2), 1) // tensor([[0., 0.]])
 */
export const groupNorm =
  fn<
    (
      input: Tensor,
      numGroups: number,
      weight?: Tensor | null | GroupNormOptions,
      bias?: Tensor | null | GroupNormOptions,
      eps?: number | GroupNormOptions,
      cudnnEnabled?: boolean | GroupNormOptions,
      options?: GroupNormOptions,
    ) => Tensor
  >('aten::group_norm');

/**
 * Gated recurrent units over a sequence (Cho et al., 2014).
 */
export const gru =
  fn<
    [
      (
        input: Tensor,
        hx: Tensor,
        params: readonly Tensor[],
        hasBiases: boolean,
        numLayers: number,
        dropout: number,
        train: boolean,
        bidirectional: boolean,
        batchFirst: boolean,
      ) => [Tensor, Tensor],
      (
        data: Tensor,
        batchSizes: Tensor,
        hx: Tensor,
        params: readonly Tensor[],
        hasBiases: boolean,
        numLayers: number,
        dropout: number,
        train: boolean,
        bidirectional: boolean,
      ) => [Tensor, Tensor],
    ]
  >('aten::gru');

/** What {@link gruCell} takes by name. */
export interface GruCellOptions {
  bIh?: Tensor | null;
  bHh?: Tensor | null;
}

/**
 * One step of {@link gru}.
 *
 * @example
 * torch.gruCell(torch.ones(1, 1), torch.zeros(1, 1), torch.zeros(3, 1), torch.zeros(3, 1)) // tensor([[0.]])
 */
export const gruCell =
  fn<
    (
      input: Tensor,
      hx: Tensor,
      wIh: Tensor,
      wHh: Tensor,
      bIh?: Tensor | null | GruCellOptions,
      bHh?: Tensor | null | GruCellOptions,
      options?: GruCellOptions,
    ) => Tensor
  >('aten::gru_cell');

/** What {@link hardshrink} takes by name. */
export interface HardshrinkOptions {
  lambd?: Scalar;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * `x` where `|x| > lambd`, zero elsewhere.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.hardshrink.html
 * @example
 * torch.hardshrink(torch.tensor([0.25, 2])) // tensor([0., 2.])
 */
export const hardshrink =
  op<(input: Tensor, lambd?: Scalar | HardshrinkOptions, options?: HardshrinkOptions) => Tensor>('aten::hardshrink');

/** What {@link hingeEmbeddingLoss} takes by name. */
export interface HingeEmbeddingLossOptions {
  margin?: number;
  /** 0 none, 1 mean, 2 sum. */
  reduction?: number;
}

/**
 * `x` for target 1, `max(0, margin - x)` for target -1.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.hinge_embedding_loss.html
 * @example
 * torch.hingeEmbeddingLoss(torch.ones(1), torch.ones(1)) // tensor(1.)
 */
export const hingeEmbeddingLoss =
  fn<
    (
      input: Tensor,
      target: Tensor,
      margin?: number | HingeEmbeddingLossOptions,
      reduction?: number | HingeEmbeddingLossOptions,
      options?: HingeEmbeddingLossOptions,
    ) => Tensor
  >('aten::hinge_embedding_loss');
