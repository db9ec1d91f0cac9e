import { FlambeauError, wrongArgument } from '../../errors.js';
import { noGrad } from '../../autograd/modes.js';
import { invoke, Operator } from '../../ops/call.js';
import { empty, zeros } from '../../ops/creation/index.js';
import { gru, lstm, rnnRelu, rnnTanh } from '../../ops/neural/torch/index.js';
import { Tensor } from '../../tensor.js';
import { warn } from '../../warnings.js';
import * as init from '../init.js';
import { Parameter } from '../parameter.js';
import { PackedSequence } from '../utils/rnn.js';
import { Module } from './module.js';
import { float, sizeArgument, type FactoryOptions } from './options.js';

const useFlatWeights = new Operator('aten::_use_cudnn_rnn_flatten_weight', true);
const flattenWeights = new Operator('aten::_cudnn_rnn_flatten_weight', true);

/** What a recurrent layer runs over: `(L, N, I)`, `(N, L, I)` with `batchFirst`, `(L, I)`, or packed sequences. */
export type Sequences = Tensor | PackedSequence;

/** A recurrent layer gives packed sequences for packed ones, and a tensor for a tensor. */
export type SequencesLike<T> = T extends PackedSequence ? PackedSequence : Tensor;

/** Options of recurrent layers. */
export interface RNNBaseOptions extends FactoryOptions {
  /** How many layers stand one on the other; 1 unless given. */
  numLayers?: number;
  /** Whether biases are learned and added. */
  bias?: boolean;
  /** Whether input and output are `(N, L, *)` rather than `(L, N, *)`. States are not. */
  batchFirst?: boolean;
  /** The probability that an element between two layers becomes zero in training; 0 unless given. */
  dropout?: number;
  /** Whether a second run goes from the end to the start, and both outputs are put together. */
  bidirectional?: boolean;
}

/** The kind of a recurrent layer, as cuDNN numbers them. */
const modes = { RNN_RELU: 0, RNN_TANH: 1, LSTM: 2, GRU: 3 } as const;
const gates = { RNN_RELU: 1, RNN_TANH: 1, LSTM: 4, GRU: 3 } as const;

function reorder(state: Tensor, permutation: Tensor | null): Tensor {
  return permutation === null ? state : state.indexSelect(1, permutation);
}

/**
 * The base of recurrent layers: {@link RNN}, {@link LSTM} and {@link GRU}.
 *
 * Its parameters are named as in PyTorch: `weight_ih_l0`, `weight_hh_l0`, `bias_ih_l0`, `bias_hh_l0`, with `_reverse` at
 * the end for the second direction. All start evenly spread over `±1 / sqrt(hidden_size)`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.RNNBase.html
 * @example
 * new nn.GRU(2, 3) instanceof nn.RNNBase // true
 */
export abstract class RNNBase<H = Tensor> extends Module<[Sequences, (H | null)?], [Sequences, H]> {
  /** How many layers stand one on the other. */
  readonly numLayers: number;
  /** Whether there are biases. */
  readonly bias: boolean;
  /** Whether input and output are `(N, L, *)`. */
  readonly batchFirst: boolean;
  /** The probability that an element between two layers becomes zero in training. */
  readonly dropout: number;
  /** Whether a second run goes from the end to the start. */
  readonly bidirectional: boolean;
  /** The size that the hidden state is projected to; 0 for no projection. */
  readonly projSize: number;
  [weight: `weight_${string}`]: Parameter;
  [bias: `bias_${string}`]: Parameter;

  private readonly weightNames: readonly (readonly `weight_${string}`[])[];

  constructor(
    /** The kind: `'RNN_TANH'`, `'RNN_RELU'`, `'LSTM'` or `'GRU'`. */
    readonly mode: keyof typeof modes,
    /** The number of features of an element of the input. */
    readonly inputSize: number,
    /** The number of features of the hidden state. */
    readonly hiddenSize: number,
    options: RNNBaseOptions & { projSize?: number } = {},
  ) {
    super();
    const { numLayers = 1, bias = true, batchFirst = false, dropout = 0, bidirectional = false } = options;
    const { projSize = 0, dtype, device } = options;
    const { name } = new.target;
    sizeArgument(name, 'inputSize', inputSize);
    sizeArgument(name, 'hiddenSize', hiddenSize);
    sizeArgument(name, 'numLayers', numLayers);
    sizeArgument(name, 'projSize', projSize, 0);
    if (projSize >= hiddenSize) throw wrongArgument(name, 'projSize', `less than hiddenSize, ${hiddenSize}`, projSize);
    if (!(typeof dropout === 'number' && dropout >= 0 && dropout <= 1))
      throw wrongArgument(name, 'dropout', 'number from 0 to 1', dropout);
    for (const [key, value] of Object.entries({ bias, batchFirst, bidirectional }))
      if (typeof value !== 'boolean') throw wrongArgument(name, key, 'boolean', value);
    if (dropout > 0 && numLayers === 1)
      warn(`${name}: dropout comes between layers, so with numLayers=1 dropout=${dropout} does nothing`);
    this.numLayers = numLayers;
    this.bias = bias;
    this.batchFirst = batchFirst;
    this.dropout = dropout;
    this.bidirectional = bidirectional;
    this.projSize = projSize;

    const outSize = projSize || hiddenSize;
    const rows = gates[mode] * hiddenSize;
    const names: `weight_${string}`[][] = [];
    for (let layer = 0; layer < numLayers; layer++) {
      for (const suffix of bidirectional ? ['', '_reverse'] : ['']) {
        const shapes: Record<string, number[]> = {
          weight_ih: [rows, layer === 0 ? inputSize : outSize * (bidirectional ? 2 : 1)],
          weight_hh: [rows, outSize],
          ...(bias ? { bias_ih: [rows], bias_hh: [rows] } : {}),
          ...(projSize > 0 ? { weight_hr: [projSize, hiddenSize] } : {}),
        };
        const own = Object.entries(shapes).map(([kind, shape]) => {
          const key = `${kind}_l${layer}${suffix}` as `weight_${string}`;
          this[key] = new Parameter(empty(shape, { dtype, device }));
          return key;
        });
        names.push(own);
      }
    }
    this.weightNames = names;
    this.flattenParameters();
    this.resetParameters();
  }

  /** The parameters of each layer and direction. */
  get allWeights(): Parameter[][] {
    return this.weightNames.map((names) => names.map((name) => this[name]!));
  }

  /**
   * Draws the parameters anew.
   *
   * @example
   * const layer = new nn.RNN(2, 3)
   * nn.init.zeros_(layer.weight_ih_l0)
   * layer.resetParameters()
   * layer.weight_ih_l0.any().item() // true
   */
  resetParameters(): void {
    const bound = 1 / Math.sqrt(this.hiddenSize);
    for (const parameter of this.parameters()) init.uniform_(parameter, -bound, bound);
  }

  /**
   * Lays the parameters out in one piece, as cuDNN likes them; nothing elsewhere. Moving the module does it too.
   *
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.RNN.html#torch.nn.RNN.flatten_parameters
   * @example
   * new nn.LSTM(2, 3).flattenParameters()
   */
  flattenParameters(): void {
    const weights = this.allWeights.flat();
    const { dtype } = weights[0]!;
    if (!weights.every((weight) => weight.device.startsWith('cuda') && weight.dtype === dtype)) return;
    if (!['float32', 'float64', 'float16', 'bfloat16'].includes(dtype)) return;
    // Parameters that share memory stay as they are.
    if (new Set(weights.map((weight) => weight.dataPtr())).size !== weights.length) return;
    if (invoke(useFlatWeights, []) !== true) return;
    const { inputSize, hiddenSize, projSize, numLayers, batchFirst, bidirectional } = this;
    const each = this.weightNames[0]!.length;
    const shape = [inputSize, modes[this.mode], hiddenSize, projSize, numLayers, batchFirst, bidirectional];
    noGrad(() => invoke(flattenWeights, [weights, each, ...shape]));
  }

  /** @internal */
  override _applied(): void {
    this.flattenParameters();
  }

  /** Runs the operator: `batchSizes` is given for packed sequences. */
  protected abstract run(input: Tensor, batchSizes: Tensor | null, state: H | null, batch: number): [Tensor, H];
  /** Applies `change` to each tensor of a state. */
  protected abstract mapState(state: H, change: (tensor: Tensor) => Tensor): H;

  override call<T extends Sequences>(input: T, hx?: H | null): [SequencesLike<T>, H] {
    return super.call(input, hx) as [SequencesLike<T>, H];
  }

  override forward<T extends Sequences>(input: T, hx: H | null = null): [SequencesLike<T>, H] {
    return (input instanceof PackedSequence ? this.overPacked(input, hx) : this.overTensor(input, hx)) as [
      SequencesLike<T>,
      H,
    ];
  }

  private overPacked(input: PackedSequence, hx: H | null): [PackedSequence, H] {
    const { data, batchSizes, sortedIndices, unsortedIndices } = input;
    this.checkInput(data, 2);
    // Its shape says the same as the first batch size; to read that one would be refused in a graph.
    const batch = sortedIndices ? sortedIndices.shape[0]! : Number(batchSizes.at(0).item());
    const start = hx === null ? null : this.mapState(hx, (tensor) => reorder(tensor, sortedIndices));
    const [output, state] = this.run(data, batchSizes, start, batch);
    return [
      new PackedSequence(output, batchSizes, sortedIndices, unsortedIndices),
      this.mapState(state, (tensor) => reorder(tensor, unsortedIndices)),
    ];
  }

  private overTensor(input: unknown, hx: H | null): [Tensor, H] {
    const { name } = this.constructor;
    if (!(input instanceof Tensor)) throw wrongArgument(name, 'input', 'Tensor or PackedSequence', input);
    const { ndim } = input;
    if (ndim !== 2 && ndim !== 3)
      throw new FlambeauError('INVALID_VALUE', `${name}(): argument 'input' must have 2 or 3 dimensions, not ${ndim}`);
    if (hx !== null) {
      this.mapState(hx, (tensor) => {
        if (tensor.ndim !== ndim) {
          throw new FlambeauError(
            'INVALID_VALUE',
            `${name}(): argument 'hx' must have ${ndim} dimensions as the input, not ${tensor.ndim}`,
          );
        }
        return tensor;
      });
    }
    const batchDim = this.batchFirst ? 0 : 1;
    const batched = ndim === 3 ? input : input.unsqueeze(batchDim);
    this.checkInput(batched, 3);
    const start = hx === null || ndim === 3 ? hx : this.mapState(hx, (tensor) => tensor.unsqueeze(1));
    const [output, state] = this.run(batched, null, start, batched.shape[batchDim]!);
    return ndim === 3 ? [output, state] : [output.squeeze(batchDim), this.mapState(state, (t) => t.squeeze(1))];
  }

  private checkInput(input: Tensor, ndim: number): void {
    const { name } = this.constructor;
    const { shape } = input;
    if (shape.length !== ndim || shape.at(-1) !== this.inputSize) {
      throw new FlambeauError(
        'INVALID_VALUE',
        `${name}(): argument 'input' must have ${ndim} dimensions and inputSize=${this.inputSize} features, not shape [${shape.join(', ')}]`,
      );
    }
  }

  /** A state of zeros, or the given one where its shape is right. */
  protected startOf(name: string, given: Tensor | null, like: Tensor, batch: number, features: number): Tensor {
    const shape = [this.numLayers * (this.bidirectional ? 2 : 1), batch, features];
    if (given === null) return zeros(shape, { dtype: like.dtype, device: like.device });
    if (String(given.shape) !== String(shape)) {
      throw new FlambeauError(
        'INVALID_VALUE',
        `${this.constructor.name}(): argument '${name}' must have shape [${shape.join(', ')}], not [${given.shape.join(', ')}]`,
      );
    }
    return given;
  }

  override extraRepr(): string {
    return [
      `${this.inputSize}, ${this.hiddenSize}`,
      ...(this.projSize === 0 ? [] : [`proj_size=${this.projSize}`]),
      ...(this.numLayers === 1 ? [] : [`num_layers=${this.numLayers}`]),
      ...(this.bias ? [] : ['bias=False']),
      ...(this.batchFirst ? ['batch_first=True'] : []),
      ...(this.dropout === 0 ? [] : [`dropout=${float(this.dropout)}`]),
      ...(this.bidirectional ? ['bidirectional=True'] : []),
    ].join(', ');
  }
}

/** Options of {@link RNN}. */
export interface RNNOptions extends RNNBaseOptions {
  /** The function of the sum, `'tanh'` unless given. */
  nonlinearity?: 'tanh' | 'relu';
}

/** A recurrent layer whose state is one tensor. */
abstract class OneState extends RNNBase {
  protected abstract readonly operator: typeof gru;

  protected run(input: Tensor, batchSizes: Tensor | null, hx: Tensor | null, batch: number): [Tensor, Tensor] {
    const state = this.startOf('hx', hx, input, batch, this.hiddenSize);
    const weights = this.allWeights.flat();
    const { bias, numLayers, dropout, training, bidirectional } = this;
    const [output, last] =
      batchSizes === null
        ? this.operator(input, state, weights, bias, numLayers, dropout, training, bidirectional, this.batchFirst)
        : this.operator(input, batchSizes, state, weights, bias, numLayers, dropout, training, bidirectional);
    return [output, last];
  }

  protected mapState(state: Tensor, change: (tensor: Tensor) => Tensor): Tensor {
    if (!(state instanceof Tensor)) throw wrongArgument(this.constructor.name, 'hx', 'Tensor', state);
    return change(state);
  }
}

/**
 * Elman's recurrent network over sequences.
 *
 * `h_t = tanh(x_t W_ih^T + b_ih + h_(t-1) W_hh^T + b_hh)`
 *
 * Shape: input `(L, N, I)`, `(N, L, I)` with `batchFirst`, `(L, I)` or packed; initial state `(D * num_layers, N, H)`,
 * zeros unless given, with `D` 2 where it is bidirectional. It gives the outputs `(L, N, D * H)` and the last state.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.RNN.html
 * @example
 * const [output, h] = new nn.RNN(10, 20, { numLayers: 2 }).call(torch.randn(5, 3, 10))
 * output.shape // [ 5, 3, 20 ]
 * h.shape // [ 2, 3, 20 ]
 */
export class RNN extends OneState {
  /** The function of the sum. */
  readonly nonlinearity: 'tanh' | 'relu';

  constructor(inputSize: number, hiddenSize: number, options: RNNOptions = {}) {
    const { nonlinearity = 'tanh', ...rest } = options;
    if (nonlinearity !== 'tanh' && nonlinearity !== 'relu')
      throw wrongArgument('RNN', 'nonlinearity', "'tanh' or 'relu'", nonlinearity);
    noProjection('RNN', rest);
    super(nonlinearity === 'tanh' ? 'RNN_TANH' : 'RNN_RELU', inputSize, hiddenSize, rest);
    this.nonlinearity = nonlinearity;
  }

  protected get operator(): typeof gru {
    return this.nonlinearity === 'tanh' ? rnnTanh : rnnRelu;
  }
}

function noProjection(name: string, options: object): void {
  if ('projSize' in options)
    throw new FlambeauError('INVALID_ARGUMENT', `${name}(): argument 'projSize' is for LSTM alone`);
}

/**
 * Gated recurrent units over sequences (Cho et al., 2014).
 *
 * `r_t = sigmoid(x_t W_ir^T + b_ir + h_(t-1) W_hr^T + b_hr)`, `z_t` likewise,
 * `n_t = tanh(x_t W_in^T + b_in + r_t * (h_(t-1) W_hn^T + b_hn))`, `h_t = (1 - z_t) * n_t + z_t * h_(t-1)`
 *
 * Shapes are those of {@link RNN}. `weight_ih_l0` holds the weights of r, z and n: `(3 * hidden_size, input_size)`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.GRU.html
 * @example
 * const [output] = new nn.GRU(10, 20, { batchFirst: true, bidirectional: true }).call(torch.randn(3, 5, 10))
 * output.shape // [ 3, 5, 40 ]
 */
export class GRU extends OneState {
  constructor(inputSize: number, hiddenSize: number, options: RNNBaseOptions = {}) {
    noProjection('GRU', options);
    super('GRU', inputSize, hiddenSize, options);
  }

  protected get operator(): typeof gru {
    return gru;
  }
}

/** Options of {@link LSTM}. */
export interface LSTMOptions extends RNNBaseOptions {
  /** The size that the hidden state is projected to; 0, for no projection, unless given. */
  projSize?: number;
}

/**
 * Long short-term memory over sequences (Hochreiter and Schmidhuber, 1997).
 *
 * `i_t, f_t, o_t = sigmoid(x_t W_i^T + b_i + h_(t-1) W_h^T + b_h)`, each with its own weights, `g_t` likewise with tanh,
 * `c_t = f_t * c_(t-1) + i_t * g_t`, `h_t = o_t * tanh(c_t)`
 *
 * Shapes are those of {@link RNN}; the state is two tensors, `[h, c]`. `weight_ih_l0` holds the weights of i, f, g and o:
 * `(4 * hidden_size, input_size)`. With `projSize` the hidden state is `h_t W_hr^T`, of that size.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.LSTM.html
 * @example
 * const [output, [h, c]] = new nn.LSTM(10, 20, { numLayers: 2 }).call(torch.randn(5, 3, 10))
 * output.shape // [ 5, 3, 20 ]
 * c.shape // [ 2, 3, 20 ]
 */
export class LSTM extends RNNBase<readonly [Tensor, Tensor]> {
  constructor(inputSize: number, hiddenSize: number, options: LSTMOptions = {}) {
    super('LSTM', inputSize, hiddenSize, options);
  }

  protected run(
    input: Tensor,
    batchSizes: Tensor | null,
    hx: readonly [Tensor, Tensor] | null,
    batch: number,
  ): [Tensor, readonly [Tensor, Tensor]] {
    const state = [
      this.startOf('hx[0]', hx && hx[0], input, batch, this.projSize || this.hiddenSize),
      this.startOf('hx[1]', hx && hx[1], input, batch, this.hiddenSize),
    ];
    const weights = this.allWeights.flat();
    const { bias, numLayers, dropout, training, bidirectional } = this;
    const [output, h, c] =
      batchSizes === null
        ? lstm(input, state, weights, bias, numLayers, dropout, training, bidirectional, this.batchFirst)
        : lstm(input, batchSizes, state, weights, bias, numLayers, dropout, training, bidirectional);
    return [output, [h, c]];
  }

  protected mapState(state: readonly [Tensor, Tensor], change: (tensor: Tensor) => Tensor): readonly [Tensor, Tensor] {
    if (!Array.isArray(state) || state.length !== 2 || !state.every((part) => part instanceof Tensor))
      throw wrongArgument('LSTM', 'hx', 'two Tensors, the hidden state and the cell', state);
    return [change(state[0]), change(state[1])];
  }
}
