import { wrongArgument } from '../../errors.js';
import { invoke, Operator } from '../../ops/call.js';
import { Tensor } from '../../tensor.js';
import { canonicalMask } from '../functional/attention.js';
import * as F from '../functional/index.js';
import { MultiheadAttention, fitsKernel, mergeMasks } from './attention.js';
import { ReLU } from './activation.js';
import { Dropout } from './dropout.js';
import { Linear } from './linear.js';
import { Module } from './module.js';
import { LayerNorm } from './normalization.js';
import { sizeArgument, type FactoryOptions } from './options.js';
import { GELU } from './smooth.js';

const fusedLayer = new Operator('aten::_transformer_encoder_layer_fwd', true);

/** The function between the two linear maps: by name, as a function, or as a module. */
export type TransformerActivation = 'relu' | 'gelu' | ((input: Tensor) => Tensor) | Module<[Tensor], Tensor>;

/** Options of {@link TransformerEncoderLayer} and {@link TransformerDecoderLayer}. */
export interface TransformerLayerOptions extends FactoryOptions {
  /** The number of features between the two linear maps; 2048 unless given. */
  dimFeedforward?: number;
  /** The part that is dropped in training; 0.1 unless given. */
  dropout?: number;
  /** The function between the two linear maps; `'relu'` unless given. */
  activation?: TransformerActivation;
  /** Added to variances; 1e-5 unless given. */
  layerNormEps?: number;
  /** Whether inputs and outputs are `(N, L, E)` rather than `(L, N, E)`. */
  batchFirst?: boolean;
  /** Whether each part is normalized before it, rather than after it. */
  normFirst?: boolean;
  /** Whether the linear maps and norms have biases. */
  bias?: boolean;
}

/** Masks of a {@link TransformerEncoderLayer}. */
export interface EncoderLayerMasks {
  /** What may not be attended to, `(S, S)` or `(N * nhead, S, S)`: true, or what is added to the scores. */
  srcMask?: Tensor | null;
  /** Elements to pass over, `(N, S)`: true, or minus infinity, where one is. */
  srcKeyPaddingMask?: Tensor | null;
  /** A hint that `srcMask`, which is needed all the same, is the causal one. */
  isCausal?: boolean;
}

/** Masks of a {@link TransformerDecoder} and of its layers. */
export interface DecoderMasks {
  /** What of the target may not be attended to, `(T, T)` or `(N * nhead, T, T)`. */
  tgtMask?: Tensor | null;
  /** What of the memory may not be attended to, `(T, S)` or `(N * nhead, T, S)`. */
  memoryMask?: Tensor | null;
  /** Elements of the target to pass over, `(N, T)`. */
  tgtKeyPaddingMask?: Tensor | null;
  /** Elements of the memory to pass over, `(N, S)`. */
  memoryKeyPaddingMask?: Tensor | null;
  /** A hint that `tgtMask` is the causal one; a decoder looks at it unless given. */
  tgtIsCausal?: boolean | null;
  /** A hint that `memoryMask` is the causal one. */
  memoryIsCausal?: boolean;
}

function activationOf(name: string, activation: TransformerActivation): Exclude<TransformerActivation, string> {
  if (activation === 'relu') return F.relu;
  if (activation === 'gelu') return F.gelu as (input: Tensor) => Tensor;
  if (typeof activation !== 'function' && !(activation instanceof Module))
    throw wrongArgument(name, 'activation', "'relu', 'gelu', a function or a Module", activation);
  return activation;
}

function activate(activation: Exclude<TransformerActivation, string>, input: Tensor): Tensor {
  return activation instanceof Module ? activation.call(input) : activation(input);
}

/**
 * One layer of a Transformer's encoder (Vaswani et al., 2017): self attention and a feed-forward part.
 *
 * `x = norm1(x + attention(x))`, `x = norm2(x + linear2(activation(linear1(x))))`; with `normFirst` the norms are taken of
 * the parts' inputs.
 *
 * Shape: input and output `(S, N, E)`, `(N, S, E)` with `batchFirst`, or `(S, E)`. Evaluation without gradients takes
 * LibTorch's one kernel for the layer where that fits, as PyTorch does.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.TransformerEncoderLayer.html
 * @example
 * const layer = new nn.TransformerEncoderLayer(8, 2, { dimFeedforward: 16, batchFirst: true })
 * layer.call(torch.randn(3, 5, 8)).shape // [ 3, 5, 8 ]
 */
export class TransformerEncoderLayer extends Module<[Tensor, EncoderLayerMasks?], Tensor> {
  /** Attention of the elements to each other. */
  self_attn: MultiheadAttention;
  /** The first map of the feed-forward part. */
  linear1: Linear;
  /** Drops between the two maps. */
  dropout: Dropout;
  /** The second map of the feed-forward part. */
  linear2: Linear;
  /** Whether the norms are taken of the parts' inputs. */
  readonly normFirst: boolean;
  /** The norm of the attention. */
  norm1: LayerNorm;
  /** The norm of the feed-forward part. */
  norm2: LayerNorm;
  /** Drops behind the attention. */
  dropout1: Dropout;
  /** Drops behind the feed-forward part. */
  dropout2: Dropout;
  /** The function between the two maps. */
  activation: Exclude<TransformerActivation, string>;

  constructor(dModel: number, nhead: number, options: TransformerLayerOptions = {}) {
    super();
    const { dimFeedforward = 2048, dropout = 0.1, activation = 'relu', layerNormEps: eps = 1e-5 } = options;
    const { batchFirst = false, normFirst = false, bias = true, dtype, device } = options;
    const factory = { bias, dtype, device };
    sizeArgument('TransformerEncoderLayer', 'dModel', dModel);
    this.self_attn = new MultiheadAttention(dModel, nhead, { dropout, batchFirst, ...factory });
    this.linear1 = new Linear(dModel, dimFeedforward, factory);
    this.dropout = new Dropout(dropout);
    this.linear2 = new Linear(dimFeedforward, dModel, factory);
    this.normFirst = normFirst;
    this.norm1 = new LayerNorm(dModel, { eps, ...factory });
    this.norm2 = new LayerNorm(dModel, { eps, ...factory });
    this.dropout1 = new Dropout(dropout);
    this.dropout2 = new Dropout(dropout);
    this.activation = activationOf('TransformerEncoderLayer', activation);
  }

  override forward(src: Tensor, masks: EncoderLayerMasks = {}): Tensor {
    const name = 'TransformerEncoderLayer';
    if (!(src instanceof Tensor)) throw wrongArgument(name, 'src', 'Tensor', src);
    const padding = canonicalMask(name, 'srcKeyPaddingMask', masks.srcKeyPaddingMask ?? null, src.dtype);
    const mask = canonicalMask(name, 'srcMask', masks.srcMask ?? null, src.dtype);
    if (this.isFast(src)) return this.fused(src, mask, padding);
    const { isCausal = false } = masks;
    if (this.normFirst) {
      const x = src.add(this.attend(this.norm1.call(src), mask, padding, isCausal));
      return x.add(this.feedForward(this.norm2.call(x)));
    }
    const x = this.norm1.call(src.add(this.attend(src, mask, padding, isCausal)));
    return this.norm2.call(x.add(this.feedForward(x)));
  }

  private attend(x: Tensor, attnMask: Tensor | null, keyPaddingMask: Tensor | null, isCausal: boolean): Tensor {
    const options = { attnMask, keyPaddingMask, isCausal, needWeights: false };
    return this.dropout1.call(this.self_attn.call(x, x, x, options)[0]);
  }

  private feedForward(x: Tensor): Tensor {
    const inner = this.dropout.call(activate(this.activation, this.linear1.call(x)));
    return this.dropout2.call(this.linear2.call(inner));
  }

  /** @internal The kind of the activation, where LibTorch's kernel has it. */
  _kernelActivation(): 'relu' | 'gelu' | null {
    const { activation } = this;
    if (activation === F.relu || activation instanceof ReLU) return 'relu';
    if (activation === F.gelu) return 'gelu';
    return activation instanceof GELU && activation.approximate === 'none' ? 'gelu' : null;
  }

  /** @internal What the kernel takes, or null where it does not fit the layer as it is built. */
  _kernelTensors(): Tensor[] | null {
    const { self_attn: attention, linear1, linear2, norm1, norm2 } = this;
    if (!attention.batchFirst || attention.numHeads % 2 !== 0 || norm1.eps !== norm2.eps) return null;
    if (this._kernelActivation() === null) return null;
    const parts = [attention.out_proj, norm1, norm2, linear1, linear2].flatMap(({ weight, bias }) => [weight, bias]);
    const tensors = [attention.in_proj_weight, attention.in_proj_bias, ...parts];
    return tensors.some((tensor) => tensor === null) ? null : (tensors as Tensor[]);
  }

  private isFast(src: Tensor): boolean {
    if (this.training || src.ndim !== 3) return false;
    for (const module of this.modules()) if (module._hooks?.has('forwardPre', 'forward')) return false;
    const tensors = this._kernelTensors();
    return tensors !== null && fitsKernel([src, ...tensors]);
  }

  private fused(src: Tensor, attnMask: Tensor | null, padding: Tensor | null): Tensor {
    const { embedDim, numHeads } = this.self_attn;
    const [mask, kind] = mergeMasks(attnMask, padding, src, numHeads);
    const tensors = this._kernelTensors()!;
    return invoke(fusedLayer, [
      src,
      embedDim,
      numHeads,
      ...tensors.slice(0, 4),
      this._kernelActivation() === 'gelu',
      this.normFirst,
      this.norm1.eps,
      ...tensors.slice(4),
      mask,
      kind,
    ]) as Tensor;
  }
}

/**
 * One layer of a Transformer's decoder (Vaswani et al., 2017): self attention, attention to the encoder's output, and a
 * feed-forward part, each with a norm behind it, or before it with `normFirst`.
 *
 * Shape: target and output `(T, N, E)`, memory `(S, N, E)`; with `batchFirst` N comes first.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.TransformerDecoderLayer.html
 * @example
 * const layer = new nn.TransformerDecoderLayer(8, 2, { dimFeedforward: 16 })
 * layer.call(torch.randn(4, 3, 8), torch.randn(5, 3, 8)).shape // [ 4, 3, 8 ]
 */
export class TransformerDecoderLayer extends Module<[Tensor, Tensor, DecoderMasks?], Tensor> {
  /** Attention of the target's elements to each other. */
  self_attn: MultiheadAttention;
  /** Attention of the target to the memory. */
  multihead_attn: MultiheadAttention;
  /** The first map of the feed-forward part. */
  linear1: Linear;
  /** Drops between the two maps. */
  dropout: Dropout;
  /** The second map of the feed-forward part. */
  linear2: Linear;
  /** Whether the norms are taken of the parts' inputs. */
  readonly normFirst: boolean;
  /** The norm of the self attention. */
  norm1: LayerNorm;
  /** The norm of the attention to the memory. */
  norm2: LayerNorm;
  /** The norm of the feed-forward part. */
  norm3: LayerNorm;
  /** Drops behind the self attention. */
  dropout1: Dropout;
  /** Drops behind the attention to the memory. */
  dropout2: Dropout;
  /** Drops behind the feed-forward part. */
  dropout3: Dropout;
  /** The function between the two maps. */
  activation: Exclude<TransformerActivation, string>;

  constructor(dModel: number, nhead: number, options: TransformerLayerOptions = {}) {
    super();
    const { dimFeedforward = 2048, dropout = 0.1, activation = 'relu', layerNormEps: eps = 1e-5 } = options;
    const { batchFirst = false, normFirst = false, bias = true, dtype, device } = options;
    const factory = { bias, dtype, device };
    sizeArgument('TransformerDecoderLayer', 'dModel', dModel);
    this.self_attn = new MultiheadAttention(dModel, nhead, { dropout, batchFirst, ...factory });
    this.multihead_attn = new MultiheadAttention(dModel, nhead, { dropout, batchFirst, ...factory });
    this.linear1 = new Linear(dModel, dimFeedforward, factory);
    this.dropout = new Dropout(dropout);
    this.linear2 = new Linear(dimFeedforward, dModel, factory);
    this.normFirst = normFirst;
    this.norm1 = new LayerNorm(dModel, { eps, ...factory });
    this.norm2 = new LayerNorm(dModel, { eps, ...factory });
    this.norm3 = new LayerNorm(dModel, { eps, ...factory });
    this.dropout1 = new Dropout(dropout);
    this.dropout2 = new Dropout(dropout);
    this.dropout3 = new Dropout(dropout);
    this.activation = activationOf('TransformerDecoderLayer', activation);
  }

  override forward(tgt: Tensor, memory: Tensor, masks: DecoderMasks = {}): Tensor {
    for (const [argument, tensor] of Object.entries({ tgt, memory }))
      if (!(tensor instanceof Tensor)) throw wrongArgument('TransformerDecoderLayer', argument, 'Tensor', tensor);
    const itself = (x: Tensor): Tensor =>
      this.dropout1.call(
        this.attend(this.self_attn, x, x, {
          attnMask: masks.tgtMask,
          keyPaddingMask: masks.tgtKeyPaddingMask,
          isCausal: masks.tgtIsCausal ?? false,
        }),
      );
    const other = (x: Tensor): Tensor =>
      this.dropout2.call(
        this.attend(this.multihead_attn, x, memory, {
          attnMask: masks.memoryMask,
          keyPaddingMask: masks.memoryKeyPaddingMask,
          isCausal: masks.memoryIsCausal ?? false,
        }),
      );
    const forward = (x: Tensor): Tensor =>
      this.dropout3.call(this.linear2.call(this.dropout.call(activate(this.activation, this.linear1.call(x)))));
    const parts = [[itself, this.norm1], [other, this.norm2], [forward, this.norm3]] as const; // prettier-ignore
    let x = tgt;
    for (const [part, norm] of parts) x = this.normFirst ? x.add(part(norm.call(x))) : norm.call(x.add(part(x)));
    return x;
  }

  private attend(
    attention: MultiheadAttention,
    x: Tensor,
    memory: Tensor,
    masks: { attnMask?: Tensor | null; keyPaddingMask?: Tensor | null; isCausal: boolean },
  ): Tensor {
    return attention.call(x, memory, memory, { ...masks, needWeights: false })[0];
  }
}
