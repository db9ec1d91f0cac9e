import { fn } from '../../op.js';
import type { Extent, Size } from '../../../shape.js';
import type { Tensor } from '../../../tensor.js';

/** What {@link linear} takes by name. */
export interface LinearOptions {
  /** What is added. */
  bias?: Tensor | null;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * `x A^T + b`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.linear.html
 * @example
 * F.linear(torch.ones(2), torch.eye(2)) // tensor([1., 1.])
 */
export const linear =
  fn<(input: Tensor, weight: Tensor, bias?: Tensor | null | LinearOptions, options?: LinearOptions) => Tensor>(
    'aten::linear',
  );

/** What {@link mkldnnLinear} takes by name. */
export interface MkldnnLinearOptions {
  /** What is added. */
  bias?: Tensor | null;
}

/**
 * oneDNN's kernel of {@link linear}, on tensors in its layout.
 *
 * @param weight - `(O, I)`
 * @example
 * F.mkldnnLinear(torch.ones(1, 3).toMkldnn(), torch.ones(2, 3).toMkldnn()).toDense() // tensor([[3., 3.]])
 */
export const mkldnnLinear =
  fn<
    (input: Tensor, weight: Tensor, bias?: Tensor | null | MkldnnLinearOptions, options?: MkldnnLinearOptions) => Tensor
  >('aten::mkldnn_linear');

/** What {@link mkldnnReorderConv2dWeight} takes by name. */
export interface MkldnnReorderConv2dWeightOptions {
  /** Elements added on both sides. */
  padding?: Extent;
  /** The step of the window. */
  stride?: Extent;
  /** The distance between elements of the window. */
  dilation?: Extent;
  /** Into how many groups the channels are split. */
  groups?: number;
  /** The shape of the inputs that the convolution will get; unknown unless given. */
  inputSize?: Size | null;
}

/**
 * Brings the weight of a convolution of images into the order that oneDNN computes fastest with.
 *
 * @param input - the weight, in the layout of oneDNN
 * @example
 * F.mkldnnReorderConv2dWeight(torch.ones(8, 3, 3, 3).toMkldnn()).shape // [ 8, 3, 3, 3 ]
 */
export const mkldnnReorderConv2dWeight = fn<
  (
    input: Tensor,
    padding?: Extent | MkldnnReorderConv2dWeightOptions,
    stride?: Extent | MkldnnReorderConv2dWeightOptions,
    dilation?: Extent | MkldnnReorderConv2dWeightOptions,
    groups?: number | MkldnnReorderConv2dWeightOptions,
    inputSize?: Size | null | MkldnnReorderConv2dWeightOptions,
    options?: MkldnnReorderConv2dWeightOptions,
  ) => Tensor
>('aten::mkldnn_reorder_conv2d_weight');

/** What {@link mkldnnReorderConv3dWeight} takes by name. */
export interface MkldnnReorderConv3dWeightOptions {
  /** Elements added on both sides. */
  padding?: Extent;
  /** The step of the window. */
  stride?: Extent;
  /** The distance between elements of the window. */
  dilation?: Extent;
  /** Into how many groups the channels are split. */
  groups?: number;
  /** The shape of the inputs that the convolution will get; unknown unless given. */
  inputSize?: Size | null;
}

/**
 * Brings the weight of a convolution of volumes into the order that oneDNN computes fastest with.
 *
 * @param input - the weight, in the layout of oneDNN
 * @example
 * F.mkldnnReorderConv3dWeight(torch.ones(8, 3, 3, 3, 3).toMkldnn()).shape // [ 8, 3, 3, 3, 3 ]
 */
export const mkldnnReorderConv3dWeight = fn<
  (
    input: Tensor,
    padding?: Extent | MkldnnReorderConv3dWeightOptions,
    stride?: Extent | MkldnnReorderConv3dWeightOptions,
    dilation?: Extent | MkldnnReorderConv3dWeightOptions,
    groups?: number | MkldnnReorderConv3dWeightOptions,
    inputSize?: Size | null | MkldnnReorderConv3dWeightOptions,
    options?: MkldnnReorderConv3dWeightOptions,
  ) => Tensor
>('aten::mkldnn_reorder_conv3d_weight');

/** What {@link oneHot} takes by name. */
export interface OneHotOptions {
  /** How many classes; one more than the greatest index unless given. */
  numClasses?: number;
}

/**
 * Vectors of zeros with a one at each index.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.one_hot.html
 * @example
 * F.oneHot(torch.tensor([1]), 3) // tensor([[0, 1, 0]])
 */
export const oneHot =
  fn<(input: Tensor, numClasses?: number | OneHotOptions, options?: OneHotOptions) => Tensor>('aten::one_hot');

/** What {@link scaledDotProductAttention} takes by name. */
export interface ScaledDotProductAttentionOptions {
  /** What may be attended to, of a shape that broadcasts to `(N, ..., L, S)`: booleans that say so, or numbers that are added to the scores. Everything unless given. */
  attnMask?: Tensor | null;
  /** The part of the weights that is dropped. 0 unless given. */
  dropoutP?: number;
  /** Whether each place attends to itself and what is before it only. `false` unless given; not together with a mask. */
  isCausal?: boolean;
  /** A factor of the scores; `1 / sqrt(E)` unless given. */
  scale?: number | null;
  /** Whether keys and values may have fewer heads than queries, and are shared among these. `false` unless given. */
  enableGqa?: boolean;
}

/**
 * `softmax(query @ key^T * scale + mask) @ value`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.scaled_dot_product_attention.html
 * @example
 * F.scaledDotProductAttention(torch.ones(1, 1, 2), torch.ones(1, 1, 2), torch.ones(1, 1, 2)) // tensor([[[1., 1.]]])
 */
export const scaledDotProductAttention = fn<
  (
    query: Tensor,
    key: Tensor,
    value: Tensor,
    attnMask?: Tensor | null | ScaledDotProductAttentionOptions,
    dropoutP?: number | ScaledDotProductAttentionOptions,
    isCausal?: boolean | ScaledDotProductAttentionOptions,
    options?: ScaledDotProductAttentionOptions,
  ) => Tensor
>('aten::scaled_dot_product_attention');

/**
 * Tensors as one vector.
 *
 * @example
 * F.flattenDenseTensors([torch.ones(1), torch.ones(2)]) // tensor([1., 1., 1.])
 */
export const flattenDenseTensors = fn<(tensors: readonly Tensor[]) => Tensor>('aten::flatten_dense_tensors');

/**
 * The tensors that a vector was made of.
 *
 * @example
 * F.unflattenDenseTensors(torch.ones(3), [torch.ones(1), torch.ones(2)])[1] // tensor([1., 1.])
 */
export const unflattenDenseTensors = fn<(flat: Tensor, tensors: readonly Tensor[]) => Tensor[]>(
  'aten::unflatten_dense_tensors',
);
