import type { Device } from '../../device.js';
import type { Dtype } from '../../dtype.js';
import { FlambeauError, wrongArgument } from '../../errors.js';
import { isCapturing } from '../../graph/capture.js';
import { invoke, Operator } from '../../ops/call.js';
import { full } from '../../ops/creation/index.js';
import { Tensor } from '../../tensor.js';
import { canonicalMask } from '../functional/attention.js';
import * as init from '../init.js';
import { fitsKernel } from './attention.js';
import { ModuleList } from './container.js';
import { Module } from './module.js';
import { LayerNorm } from './normalization.js';
import { sizeArgument } from './options.js';
import {
  TransformerDecoderLayer,
  TransformerEncoderLayer,
  type DecoderMasks,
  type EncoderLayerMasks,
  type TransformerLayerOptions,
} from './transformer-layers.js';

const leftAligned = new Operator('aten::_nested_tensor_from_mask_left_aligned', true);
const nestedFromMask = new Operator('aten::_nested_tensor_from_mask', true);
const toPadded = new Operator('aten::to_padded_tensor', true);

/** Masks of a {@link TransformerEncoder}. */
export interface EncoderMasks {
  /** What may not be attended to, `(S, S)` or `(N * nhead, S, S)`: true, or what is added to the scores. */
  mask?: Tensor | null;
  /** Elements to pass over, `(N, S)`: true, or minus infinity, where one is. */
  srcKeyPaddingMask?: Tensor | null;
  /** A hint that `mask` is the causal one; looked at unless given. */
  isCausal?: boolean | null;
}

function causalMask(size: number, options: { dtype?: Dtype; device?: Device }): Tensor {
  return full([size, size], -Infinity, { dtype: 'float32', ...options }).triu(1);
}

/** Whether a mask is the causal one. Its values cannot be looked at in a graph, which is computed with the mask then. */
function isCausalMask(
  mask: Tensor | null,
  given: boolean | null | undefined,
  input: Tensor,
  batchFirst: boolean,
): boolean {
  if (given !== null && given !== undefined) return given;
  if (mask === null || mask.ndim !== 2 || isCapturing()) return false;
  const size = input.shape[input.ndim === 2 ? 0 : batchFirst ? 1 : 0]!;
  if (mask.shape[0] !== size || mask.shape[1] !== size) return false;
  return mask.equal(causalMask(size, { dtype: mask.dtype as Dtype, device: mask.device as Device }));
}

/** Options of {@link TransformerEncoder}. */
export interface TransformerEncoderOptions {
  /** What the output goes through. */
  norm?: Module<[Tensor], Tensor> | null;
  /** Whether evaluation leaves padding out, where the layers allow it; true unless given. */
  enableNestedTensor?: boolean;
  /** Whether it is looked at that padding stands behind what it pads; true unless given. */
  maskCheck?: boolean;
}

type EncoderLayer = Module<[Tensor, EncoderLayerMasks?], Tensor>;
type DecoderLayer = Module<[Tensor, Tensor, DecoderMasks?], Tensor>;

function copies<M extends Module<never[], unknown>>(name: string, layer: M, numLayers: number): ModuleList<M> {
  if (!((layer as unknown) instanceof Module)) throw wrongArgument(name, 'layer', 'Module', layer);
  sizeArgument(name, 'numLayers', numLayers, 0);
  return new ModuleList(Array.from({ length: numLayers }, () => layer.clone()));
}

/** Whether the layers of a stack take the batch first. */
function batchFirstOf(layer: Module<never[], unknown> | undefined): boolean {
  const { self_attn: attention } = (layer ?? {}) as { self_attn?: { batchFirst?: boolean } };
  return attention?.batchFirst ?? false;
}

/**
 * Encoder layers one after the other: copies of one that all start alike.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.TransformerEncoder.html
 * @example
 * const layer = new nn.TransformerEncoderLayer(8, 2, { dimFeedforward: 16, batchFirst: true })
 * new nn.TransformerEncoder(layer, 2).call(torch.randn(3, 5, 8)).shape // [ 3, 5, 8 ]
 */
export class TransformerEncoder extends Module<[Tensor, EncoderMasks?], Tensor> {
  /** The layers. */
  layers: ModuleList<EncoderLayer & Module>;
  /** What the output goes through. */
  norm: Module<[Tensor], Tensor> | null;
  /** Whether evaluation leaves padding out, where the layers allow it. */
  readonly enableNestedTensor: boolean;
  /** Whether it is looked at that padding stands behind what it pads. */
  readonly maskCheck: boolean;

  constructor(
    encoderLayer: EncoderLayer,
    /** The number of layers. */
    readonly numLayers: number,
    { norm = null, enableNestedTensor = true, maskCheck = true }: TransformerEncoderOptions = {},
  ) {
    super();
    this.layers = copies('TransformerEncoder', encoderLayer, numLayers);
    this.norm = norm;
    this.enableNestedTensor = enableNestedTensor;
    this.maskCheck = maskCheck;
  }

  override forward(src: Tensor, masks: EncoderMasks = {}): Tensor {
    const name = 'TransformerEncoder';
    if (!(src instanceof Tensor)) throw wrongArgument(name, 'src', 'Tensor', src);
    let srcKeyPaddingMask = canonicalMask(name, 'srcKeyPaddingMask', masks.srcKeyPaddingMask ?? null, src.dtype);
    const srcMask = canonicalMask(name, 'mask', masks.mask ?? null, src.dtype);
    const [first] = this.layers;
    const isCausal = isCausalMask(srcMask, masks.isCausal, src, batchFirstOf(first));
    let x = src;
    const nested = srcMask === null && srcKeyPaddingMask !== null && this.leavesOutPadding(src, srcKeyPaddingMask);
    if (nested) {
      x = invoke(nestedFromMask, [src, srcKeyPaddingMask!.logicalNot(), false]) as Tensor;
      srcKeyPaddingMask = null;
    }
    for (const layer of this.layers) x = layer.call(x, { srcMask, srcKeyPaddingMask, isCausal });
    if (nested) x = invoke(toPadded, [x, 0, src.shape]) as Tensor;
    return this.norm ? this.norm.call(x) : x;
  }

  private leavesOutPadding(src: Tensor, padding: Tensor): boolean {
    const [first] = this.layers;
    if (!this.enableNestedTensor || !(first instanceof TransformerEncoderLayer)) return false;
    if (first.normFirst || first.training || src.ndim !== 3 || isCapturing()) return false;
    const tensors = first._kernelTensors();
    if (tensors === null || !fitsKernel([src, ...tensors])) return false;
    return !this.maskCheck || (invoke(leftAligned, [src, padding.logicalNot()]) as boolean);
  }
}

/**
 * Decoder layers one after the other: copies of one that all start alike.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.TransformerDecoder.html
 * @example
 * const decoder = new nn.TransformerDecoder(new nn.TransformerDecoderLayer(8, 2, { dimFeedforward: 16 }), 2)
 * decoder.call(torch.randn(4, 3, 8), torch.randn(5, 3, 8)).shape // [ 4, 3, 8 ]
 */
export class TransformerDecoder extends Module<[Tensor, Tensor, DecoderMasks?], Tensor> {
  /** The layers. */
  layers: ModuleList<DecoderLayer & Module>;
  /** What the output goes through. */
  norm: Module<[Tensor], Tensor> | null;

  constructor(
    decoderLayer: DecoderLayer,
    /** The number of layers. */
    readonly numLayers: number,
    { norm = null }: { norm?: Module<[Tensor], Tensor> | null } = {},
  ) {
    super();
    this.layers = copies('TransformerDecoder', decoderLayer, numLayers);
    this.norm = norm;
  }

  override forward(tgt: Tensor, memory: Tensor, masks: DecoderMasks = {}): Tensor {
    if (!(tgt instanceof Tensor)) throw wrongArgument('TransformerDecoder', 'tgt', 'Tensor', tgt);
    const [first] = this.layers;
    const tgtIsCausal = isCausalMask(masks.tgtMask ?? null, masks.tgtIsCausal, tgt, batchFirstOf(first));
    let x = tgt;
    for (const layer of this.layers) x = layer.call(x, memory, { ...masks, tgtIsCausal });
    return this.norm ? this.norm.call(x) : x;
  }
}

/** Options of {@link Transformer}. */
export interface TransformerOptions extends TransformerLayerOptions {
  /** The number of features, E; 512 unless given. */
  dModel?: number;
  /** The number of heads; 8 unless given. */
  nhead?: number;
  /** The number of layers of the encoder; 6 unless given. */
  numEncoderLayers?: number;
  /** The number of layers of the decoder; 6 unless given. */
  numDecoderLayers?: number;
  /** An encoder of your own. */
  customEncoder?: Module<[Tensor, EncoderMasks?], Tensor> | null;
  /** A decoder of your own. */
  customDecoder?: Module<[Tensor, Tensor, DecoderMasks?], Tensor> | null;
}

/** Masks of a {@link Transformer}. */
export interface TransformerMasks extends DecoderMasks {
  /** What of the source may not be attended to, `(S, S)` or `(N * nhead, S, S)`. */
  srcMask?: Tensor | null;
  /** Elements of the source to pass over, `(N, S)`. */
  srcKeyPaddingMask?: Tensor | null;
  /** A hint that `srcMask` is the causal one; looked at unless given. */
  srcIsCausal?: boolean | null;
}

/**
 * A Transformer (Vaswani et al., 2017): an encoder and a decoder, each with a norm at its end.
 *
 * Shape: source `(S, N, E)`, target and output `(T, N, E)`; with `batchFirst` N comes first.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.Transformer.html
 * @example
 * const model = new nn.Transformer({ dModel: 8, nhead: 2, numEncoderLayers: 1, numDecoderLayers: 1, dimFeedforward: 16 })
 * const tgtMask = nn.Transformer.generateSquareSubsequentMask(4)
 * model.call(torch.randn(5, 3, 8), torch.randn(4, 3, 8), { tgtMask }).shape // [ 4, 3, 8 ]
 */
export class Transformer extends Module<[Tensor, Tensor, TransformerMasks?], Tensor> {
  /** Reads the source. */
  encoder: Module<[Tensor, EncoderMasks?], Tensor>;
  /** Makes the output of the target and of what the encoder gave. */
  decoder: Module<[Tensor, Tensor, DecoderMasks?], Tensor>;
  /** The number of features, E. */
  readonly dModel: number;
  /** The number of heads. */
  readonly nhead: number;
  /** Whether inputs and output are `(N, L, E)`. */
  readonly batchFirst: boolean;

  constructor(options: TransformerOptions = {}) {
    super();
    const { dModel = 512, nhead = 8, numEncoderLayers = 6, numDecoderLayers = 6, ...rest } = options;
    const { customEncoder = null, customDecoder = null, ...layer } = rest;
    const { layerNormEps: eps = 1e-5, bias = true, batchFirst = false, dtype, device } = layer;
    const norm = (): LayerNorm => new LayerNorm(dModel, { eps, bias, dtype, device });
    this.encoder =
      customEncoder ??
      new TransformerEncoder(new TransformerEncoderLayer(dModel, nhead, layer), numEncoderLayers, { norm: norm() });
    this.decoder =
      customDecoder ??
      new TransformerDecoder(new TransformerDecoderLayer(dModel, nhead, layer), numDecoderLayers, { norm: norm() });
    for (const parameter of this.parameters()) if (parameter.ndim > 1) init.xavierUniform_(parameter);
    this.dModel = dModel;
    this.nhead = nhead;
    this.batchFirst = batchFirst;
  }

  /**
   * The mask by which each element attends to itself and to those before it: zeros, and minus infinity above the diagonal.
   *
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.Transformer.html#torch.nn.Transformer.generate_square_subsequent_mask
   * @example
   * nn.Transformer.generateSquareSubsequentMask(2) // tensor([[0., -inf], [0., 0.]])
   */
  static generateSquareSubsequentMask(sz: number, options: { dtype?: Dtype; device?: Device } = {}): Tensor {
    sizeArgument('generateSquareSubsequentMask', 'sz', sz, 0);
    return causalMask(sz, options);
  }

  override forward(src: Tensor, tgt: Tensor, masks: TransformerMasks = {}): Tensor {
    for (const [argument, tensor] of Object.entries({ src, tgt })) {
      if (!(tensor instanceof Tensor)) throw wrongArgument('Transformer', argument, 'Tensor', tensor);
      if (tensor.shape.at(-1) !== this.dModel) {
        throw new FlambeauError(
          'INVALID_VALUE',
          `Transformer(): argument '${argument}' must have dModel=${this.dModel} features, not shape [${tensor.shape.join(', ')}]`,
        );
      }
    }
    const batchDim = this.batchFirst ? 0 : 1;
    if (src.ndim === 3 && src.shape[batchDim] !== tgt.shape[batchDim]) {
      throw new FlambeauError(
        'INVALID_VALUE',
        `Transformer(): 'src' and 'tgt' must have one batch size, not ${src.shape[batchDim]} and ${tgt.shape[batchDim]}`,
      );
    }
    const { srcMask: mask = null, srcKeyPaddingMask = null, srcIsCausal: isCausal = null, ...decoder } = masks;
    const memory = this.encoder.call(src, { mask, srcKeyPaddingMask, isCausal });
    return this.decoder.call(tgt, memory, decoder);
  }
}
