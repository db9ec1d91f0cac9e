import { isAutocastEnabled } from '../../amp/autocast.js';
import { isGradEnabled } from '../../autograd/modes.js';
import { FlambeauError, wrongArgument } from '../../errors.js';
import { invoke, Operator } from '../../ops/call.js';
import { empty } from '../../ops/creation/index.js';
import { Tensor } from '../../tensor.js';
import { canonicalMask, multiHeadAttentionForward } from '../functional/attention.js';
import * as init from '../init.js';
import { Parameter } from '../parameter.js';
import { Linear } from './linear.js';
import { Module } from './module.js';
import { sizeArgument, type FactoryOptions } from './options.js';

const native = new Operator('aten::_native_multi_head_attention', true);

/** Options of {@link MultiheadAttention}. */
export interface MultiheadAttentionOptions extends FactoryOptions {
  /** The part of the attention weights that is dropped in training; 0 unless given. */
  dropout?: number;
  /** Whether the projections have biases. */
  bias?: boolean;
  /** Whether a learned key and value are added to those of the input. */
  addBiasKv?: boolean;
  /** Whether a key and a value of zeros are added. */
  addZeroAttn?: boolean;
  /** The number of features of keys; `embedDim` unless given. */
  kdim?: number | null;
  /** The number of features of values; `embedDim` unless given. */
  vdim?: number | null;
  /** Whether inputs and output are `(N, L, E)` rather than `(L, N, E)`. */
  batchFirst?: boolean;
}

/** What {@link MultiheadAttention} takes beside query, key and value. */
export interface AttentionOptions {
  /** Keys to pass over, `(N, S)`: true, or minus infinity, where one is. */
  keyPaddingMask?: Tensor | null;
  /** Whether the attention weights are given too, which is slower; true unless given. */
  needWeights?: boolean;
  /** What may not be attended to, `(L, S)` or `(N * num_heads, L, S)`: true, or what is added to the scores. */
  attnMask?: Tensor | null;
  /** Whether the weights are averaged over the heads; true unless given. */
  averageAttnWeights?: boolean;
  /** A hint that `attnMask`, which is needed all the same, is the causal one. */
  isCausal?: boolean;
}

/** A Linear under the name that PyTorch prints. */
class NonDynamicallyQuantizableLinear extends Linear {}

/** Whether LibTorch's kernels for whole layers take these tensors: on a device that has them, unrecorded, uncast. */
export function fitsKernel(tensors: readonly (Tensor | null)[]): boolean {
  const known = tensors.every((tensor) => !tensor || tensor.device === 'cpu' || tensor.device.startsWith('cuda'));
  if (!known || (isGradEnabled() && tensors.some((tensor) => tensor?.requiresGrad))) return false;
  return !isAutocastEnabled(tensors[0]!.device.split(':')[0]!);
}

/** Both masks as one, and the number by which LibTorch knows its kind. */
export function mergeMasks(
  attnMask: Tensor | null,
  keyPaddingMask: Tensor | null,
  query: Tensor,
  numHeads: number,
): [Tensor | null, number | null] {
  if (attnMask === null) return [keyPaddingMask, keyPaddingMask === null ? null : 1];
  const [batch, length] = query.shape as [number, number];
  const expanded =
    attnMask.ndim === 3
      ? attnMask.view(batch, -1, length, length)
      : attnMask.view(1, 1, length, length).expand(batch, numHeads, -1, -1);
  if (keyPaddingMask === null) return [expanded, 2];
  return [expanded.add(keyPaddingMask.view(batch, 1, 1, length).expand(-1, numHeads, -1, -1)), 2];
}

/**
 * Attention with several heads (Vaswani et al., 2017).
 *
 * `head_i = softmax(Q_i K_i^T / sqrt(E / num_heads) + mask) V_i`, with `Q_i`, `K_i` and `V_i` projections of query, key and
 * value; the heads, side by side, are projected once more.
 *
 * Shape: query `(L, N, E)`, key `(S, N, kdim)`, value `(S, N, vdim)`, `(N, L, E)` and so on with `batchFirst`, or without
 * N. It gives the output, of the query's shape, and the weights: `(N, L, S)`, or null where `needWeights` is false, which
 * is faster. Evaluation without gradients takes LibTorch's one kernel for all of it where that fits, as PyTorch does.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.MultiheadAttention.html
 * @example
 * const attention = new nn.MultiheadAttention(8, 2, { batchFirst: true })
 * const x = torch.randn(3, 5, 8)
 * const [output, weights] = attention.call(x, x, x)
 * output.shape // [ 3, 5, 8 ]
 * weights.shape // [ 3, 5, 5 ]
 */
export class MultiheadAttention extends Module<[Tensor, Tensor, Tensor, AttentionOptions?], [Tensor, Tensor | null]> {
  /** Weights of query, key and value, `(3E, E)`; null where keys or values have other sizes. */
  in_proj_weight: Parameter | null = null;
  /** Weights of the query, `(E, E)`, where `in_proj_weight` is null. */
  q_proj_weight: Parameter | null = null;
  /** Weights of the key, `(E, kdim)`, where `in_proj_weight` is null. */
  k_proj_weight: Parameter | null = null;
  /** Weights of the value, `(E, vdim)`, where `in_proj_weight` is null. */
  v_proj_weight: Parameter | null = null;
  /** Biases of query, key and value, `(3E)`; null without bias. */
  in_proj_bias: Parameter | null = null;
  /** A key that is added to all, `(1, 1, E)`; null unless asked for. */
  bias_k: Parameter | null = null;
  /** Its value, `(1, 1, E)`; null unless asked for. */
  bias_v: Parameter | null = null;
  /** What the heads go through together. */
  out_proj: Linear;
  /** The number of features of keys. */
  readonly kdim: number;
  /** The number of features of values. */
  readonly vdim: number;
  /** The part of the attention weights that is dropped in training. */
  readonly dropout: number;
  /** Whether a key and a value of zeros are added. */
  readonly addZeroAttn: boolean;
  /** Whether inputs and output are `(N, L, E)`. */
  readonly batchFirst: boolean;

  constructor(
    /** The number of features of query and output, E. */
    readonly embedDim: number,
    /** The number of heads, which divides `embedDim`. */
    readonly numHeads: number,
    options: MultiheadAttentionOptions = {},
  ) {
    super();
    const { dropout = 0, bias = true, addBiasKv = false, addZeroAttn = false, batchFirst = false } = options;
    const { kdim, vdim, dtype, device } = options;
    sizeArgument('MultiheadAttention', 'embedDim', embedDim);
    sizeArgument('MultiheadAttention', 'numHeads', numHeads);
    if (embedDim % numHeads !== 0)
      throw new FlambeauError(
        'INVALID_VALUE',
        `MultiheadAttention(): argument 'numHeads' must divide embedDim=${embedDim}, but is ${numHeads}`,
      );
    if (!(dropout >= 0 && dropout <= 1))
      throw wrongArgument('MultiheadAttention', 'dropout', 'number from 0 to 1', dropout);
    this.kdim = kdim ?? embedDim;
    this.vdim = vdim ?? embedDim;
    this.dropout = dropout;
    this.addZeroAttn = addZeroAttn;
    this.batchFirst = batchFirst;
    const make = (...shape: number[]): Parameter => new Parameter(empty(shape, { dtype, device }));
    if (this.kdim === embedDim && this.vdim === embedDim) this.in_proj_weight = make(3 * embedDim, embedDim);
    else {
      this.q_proj_weight = make(embedDim, embedDim);
      this.k_proj_weight = make(embedDim, this.kdim);
      this.v_proj_weight = make(embedDim, this.vdim);
    }
    if (bias) this.in_proj_bias = make(3 * embedDim);
    this.out_proj = new NonDynamicallyQuantizableLinear(embedDim, embedDim, { bias, dtype, device });
    if (addBiasKv) {
      this.bias_k = make(1, 1, embedDim);
      this.bias_v = make(1, 1, embedDim);
    }
    this.resetParameters();
  }

  /**
   * Draws the weights of the inputs anew and makes biases zero, as the constructor does. `out_proj` keeps its weight.
   *
   * @example
   * const attention = new nn.MultiheadAttention(4, 2)
   * nn.init.ones_(attention.in_proj_bias)
   * attention.resetParameters()
   * attention.in_proj_bias.any().item() // false
   */
  resetParameters(): void {
    for (const weight of [this.in_proj_weight, this.q_proj_weight, this.k_proj_weight, this.v_proj_weight])
      if (weight) init.xavierUniform_(weight);
    if (this.in_proj_bias) init.zeros_(this.in_proj_bias);
    if (this.in_proj_bias && this.out_proj.bias) init.zeros_(this.out_proj.bias);
    if (this.bias_k) init.xavierNormal_(this.bias_k);
    if (this.bias_v) init.xavierNormal_(this.bias_v);
  }

  override forward(query: Tensor, key: Tensor, value: Tensor, options: AttentionOptions = {}): [Tensor, Tensor | null] {
    for (const [argument, tensor] of Object.entries({ query, key, value }))
      if (!(tensor instanceof Tensor)) throw wrongArgument('MultiheadAttention', argument, 'Tensor', tensor);
    const { needWeights = true, averageAttnWeights = true, isCausal = false } = options;
    const numbers = [options.attnMask, options.keyPaddingMask].some((mask) => mask?.isFloatingPoint());
    const attnMask = canonicalMask('MultiheadAttention', 'attnMask', options.attnMask ?? null, query.dtype);
    const keyPaddingMask = canonicalMask(
      'MultiheadAttention',
      'keyPaddingMask',
      options.keyPaddingMask ?? null,
      query.dtype,
    );
    if (!numbers && query === key && key === value && this.isFast(query)) {
      const [mask, kind] = mergeMasks(attnMask, keyPaddingMask, query, this.numHeads);
      const weights = [this.in_proj_weight, this.in_proj_bias, this.out_proj.weight, this.out_proj.bias];
      const sizes = [this.embedDim, this.numHeads];
      const rest = [mask, needWeights, averageAttnWeights, kind];
      return [...(invoke(native, [query, key, value, ...sizes, ...weights, ...rest]) as [Tensor, Tensor | null])];
    }

    const turned = this.batchFirst && query.ndim === 3;
    const turn = (tensor: Tensor): Tensor => (turned ? tensor.transpose(0, 1) : tensor);
    const q = turn(query);
    // The same tensor stays the same: one product serves them all.
    const k = key === query ? q : turn(key);
    const v = value === key ? k : turn(value);
    const [output, weights] = multiHeadAttentionForward(
      q,
      k,
      v,
      this.embedDim,
      this.numHeads,
      this.in_proj_weight,
      this.in_proj_bias,
      this.bias_k,
      this.bias_v,
      this.addZeroAttn,
      this.dropout,
      this.out_proj.weight,
      this.out_proj.bias,
      {
        training: this.training,
        keyPaddingMask,
        needWeights,
        attnMask,
        averageAttnWeights,
        isCausal,
        useSeparateProjWeight: this.in_proj_weight === null,
        qProjWeight: this.q_proj_weight,
        kProjWeight: this.k_proj_weight,
        vProjWeight: this.v_proj_weight,
      },
    );
    return [turn(output), weights];
  }

  /** Whether LibTorch's one kernel gives the same. */
  private isFast(query: Tensor): boolean {
    const { in_proj_weight: weight, in_proj_bias: bias } = this;
    if (weight === null || bias === null || query.ndim !== 3 || this.training || !this.batchFirst) return false;
    if (this.numHeads % 2 !== 0 || this.bias_k || this.bias_v || this.addZeroAttn) return false;
    if (query.dtype !== weight.dtype || query.dtype !== bias.dtype) return false;
    const tensors = [query, weight, bias, this.out_proj.weight, this.out_proj.bias];
    return fitsKernel(tensors);
  }
}
