import { FlambeauError, wrongArgument } from '../../errors.js';
import { empty, zeros } from '../../ops/creation/index.js';
import { gruCell, lstmCell, rnnReluCell, rnnTanhCell } from '../../ops/neural/torch/index.js';
import { Tensor } from '../../tensor.js';
import * as init from '../init.js';
import { Parameter } from '../parameter.js';
import { Module } from './module.js';
import { sizeArgument, type FactoryOptions } from './options.js';

/** Options of recurrent cells. */
export interface RNNCellBaseOptions extends FactoryOptions {
  /** Whether biases are learned and added. */
  bias?: boolean;
}

/**
 * The base of single recurrent steps: {@link RNNCell}, {@link LSTMCell} and {@link GRUCell}.
 *
 * All parameters start evenly spread over `±1 / sqrt(hidden_size)`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.RNNCell.html
 * @example
 * new nn.LSTMCell(2, 3) instanceof nn.RNNCellBase // true
 */
export abstract class RNNCellBase<H = Tensor> extends Module<[Tensor, (H | null)?], H> {
  /** Weights of the input, `(gates * hidden_size, input_size)`. */
  weight_ih: Parameter;
  /** Weights of the state, `(gates * hidden_size, hidden_size)`. */
  weight_hh: Parameter;
  /** What is added to the input's part, `(gates * hidden_size)`; null without bias. */
  bias_ih: Parameter | null = null;
  /** What is added to the state's part, `(gates * hidden_size)`; null without bias. */
  bias_hh: Parameter | null = null;
  /** Whether there are biases. */
  readonly bias: boolean;

  constructor(
    /** The number of features of the input. */
    readonly inputSize: number,
    /** The number of features of the state. */
    readonly hiddenSize: number,
    gates: number,
    { bias = true, dtype, device }: RNNCellBaseOptions = {},
  ) {
    super();
    sizeArgument(new.target.name, 'inputSize', inputSize, 0);
    sizeArgument(new.target.name, 'hiddenSize', hiddenSize, 0);
    if (typeof bias !== 'boolean') throw wrongArgument(new.target.name, 'bias', 'boolean', bias);
    this.bias = bias;
    const rows = gates * hiddenSize;
    this.weight_ih = new Parameter(empty(rows, inputSize, { dtype, device }));
    this.weight_hh = new Parameter(empty(rows, hiddenSize, { dtype, device }));
    if (bias) {
      this.bias_ih = new Parameter(empty(rows, { dtype, device }));
      this.bias_hh = new Parameter(empty(rows, { dtype, device }));
    }
    this.resetParameters();
  }

  /**
   * Draws the parameters anew.
   *
   * @example
   * const cell = new nn.RNNCell(2, 3)
   * nn.init.zeros_(cell.weight_ih)
   * cell.resetParameters()
   * cell.weight_ih.any().item() // true
   */
  resetParameters(): void {
    const bound = this.hiddenSize > 0 ? 1 / Math.sqrt(this.hiddenSize) : 0;
    for (const parameter of this.parameters()) init.uniform_(parameter, -bound, bound);
  }

  /** A tensor of one or two dimensions. */
  protected check(name: string, value: unknown): Tensor {
    if (!(value instanceof Tensor)) throw wrongArgument(this.constructor.name, name, 'Tensor', value);
    if (value.ndim !== 1 && value.ndim !== 2) {
      throw new FlambeauError(
        'INVALID_VALUE',
        `${this.constructor.name}(): argument '${name}' must have 1 or 2 dimensions, not ${value.ndim}`,
      );
    }
    return value;
  }

  /** One step over a batch, from states that may be left out. */
  protected step(
    input: Tensor,
    states: readonly (Tensor | null)[],
    run: (input: Tensor, ...states: Tensor[]) => Tensor[],
  ): Tensor[] {
    this.check('input', input);
    const single = input.ndim === 1;
    const batch = single ? input.unsqueeze(0) : input;
    const full = states.map((state, i) => {
      if (state === null)
        return zeros([batch.shape[0]!, this.hiddenSize], { dtype: input.dtype, device: input.device });
      this.check(states.length === 1 ? 'hx' : `hx[${i}]`, state);
      return single ? state.unsqueeze(0) : state;
    });
    const results = run(batch, ...full);
    return single ? results.map((result) => result.squeeze(0)) : results;
  }

  override extraRepr(): string {
    return `${this.inputSize}, ${this.hiddenSize}${this.bias ? '' : ', bias=False'}`;
  }
}

/** Options of {@link RNNCell}. */
export interface RNNCellOptions extends RNNCellBaseOptions {
  /** The function of the sum, `'tanh'` unless given. */
  nonlinearity?: 'tanh' | 'relu';
}

/**
 * One step of Elman's recurrent network.
 *
 * `h' = tanh(x W_ih^T + b_ih + h W_hh^T + b_hh)`
 *
 * Shape: input `(N, I)` or `(I)`, state and output `(N, H)` or `(H)`; the state is zeros unless given.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.RNNCell.html
 * @example
 * new nn.RNNCell(10, 20).call(torch.randn(3, 10)).shape // [ 3, 20 ]
 */
export class RNNCell extends RNNCellBase {
  /** The function of the sum. */
  readonly nonlinearity: 'tanh' | 'relu';

  constructor(inputSize: number, hiddenSize: number, options: RNNCellOptions = {}) {
    const { nonlinearity = 'tanh', ...rest } = options;
    if (nonlinearity !== 'tanh' && nonlinearity !== 'relu')
      throw wrongArgument('RNNCell', 'nonlinearity', "'tanh' or 'relu'", nonlinearity);
    super(inputSize, hiddenSize, 1, rest);
    this.nonlinearity = nonlinearity;
  }

  override forward(input: Tensor, hx: Tensor | null = null): Tensor {
    const operator = this.nonlinearity === 'tanh' ? rnnTanhCell : rnnReluCell;
    return this.step(input, [hx], (x, h) => [
      operator(x, h!, this.weight_ih, this.weight_hh, this.bias_ih, this.bias_hh),
    ])[0]!;
  }

  override extraRepr(): string {
    return super.extraRepr() + (this.nonlinearity === 'tanh' ? '' : `, nonlinearity=${this.nonlinearity}`);
  }
}

/**
 * One step of {@link LSTM}.
 *
 * Shape: input `(N, I)` or `(I)`; the states `[h, c]`, which it takes and gives, `(N, H)` or `(H)` each; zeros unless
 * given. `weight_ih` is `(4 * hidden_size, input_size)`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.LSTMCell.html
 * @example
 * const [h, c] = new nn.LSTMCell(10, 20).call(torch.randn(3, 10))
 * h.shape // [ 3, 20 ]
 */
export class LSTMCell extends RNNCellBase<readonly [Tensor, Tensor]> {
  constructor(inputSize: number, hiddenSize: number, options: RNNCellBaseOptions = {}) {
    super(inputSize, hiddenSize, 4, options);
  }

  override forward(input: Tensor, hx: readonly [Tensor, Tensor] | null = null): readonly [Tensor, Tensor] {
    if (hx !== null && (!Array.isArray(hx) || hx.length !== 2))
      throw wrongArgument('LSTMCell', 'hx', 'two Tensors, the hidden state and the cell', hx);
    return this.step(input, hx ?? [null, null], (x, h, c) =>
      lstmCell(x, [h!, c!], this.weight_ih, this.weight_hh, this.bias_ih, this.bias_hh).slice(),
    ) as unknown as readonly [Tensor, Tensor];
  }
}

/**
 * One step of {@link GRU}.
 *
 * Shape: input `(N, I)` or `(I)`, state and output `(N, H)` or `(H)`; the state is zeros unless given. `weight_ih` is
 * `(3 * hidden_size, input_size)`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.GRUCell.html
 * @example
 * new nn.GRUCell(10, 20).call(torch.randn(10)).shape // [ 20 ]
 */
export class GRUCell extends RNNCellBase {
  constructor(inputSize: number, hiddenSize: number, options: RNNCellBaseOptions = {}) {
    super(inputSize, hiddenSize, 3, options);
  }

  override forward(input: Tensor, hx: Tensor | null = null): Tensor {
    return this.step(input, [hx], (x, h) => [
      gruCell(x, h!, this.weight_ih, this.weight_hh, this.bias_ih, this.bias_hh),
    ])[0]!;
  }
}
