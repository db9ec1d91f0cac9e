import { fn } from '../../op.js';
import type { Tensor } from '../../../tensor.js';

/**
 * Gated recurrent units over a sequence (Cho et al., 2014).
 *
 * @param hx - the initial state, `(D * numLayers, N, H)`, with `D` 2 where it is bidirectional
 * @param params - for each layer and direction `wIh` `(3H, I)`, `wHh` `(3H, H)` and, with biases, `bIh` and `bHh`
 *   `(3H,)`
 * @param hasBiases - whether `params` holds biases
 * @param batchSizes - of the second signature, which takes packed sequences: how many sequences reach each step
 * @param batchFirst - whether the input is `(N, L, I)` rather than `(L, N, I)`
 * @returns the output `(L, N, D * H)`, and the last state
 * @example
 * const h = torch.zeros(1, 1, 2)
 * const weights = [torch.ones(6, 3), torch.ones(6, 2)]
 * torch.gru(torch.ones(4, 1, 3), h, weights, false, 1, 0, false, false, false)[0].shape // [ 4, 1, 2 ]
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
  /** The bias of the input's product; none unless given. */
  bIh?: Tensor | null;
  /** The bias of the hidden state's product; none unless given. */
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

/**
 * Long short-term memory over a sequence (Hochreiter and Schmidhuber, 1997).
 *
 * @param hx - the initial states: the hidden state and the cell's, `(D * numLayers, N, H)` each, with `D` 2 where it
 *   is bidirectional
 * @param params - for each layer and direction `wIh` `(4H, I)`, `wHh` `(4H, H)` and, with biases, `bIh` and `bHh`
 *   `(4H,)`
 * @param hasBiases - whether `params` holds biases
 * @param batchSizes - of the second signature, which takes packed sequences: how many sequences reach each step
 * @param batchFirst - whether the input is `(N, L, I)` rather than `(L, N, I)`
 * @returns the output `(L, N, D * H)`, and the last states
 * @example
 * const h = torch.zeros(1, 1, 2)
 * const weights = [torch.ones(8, 3), torch.ones(8, 2)]
 * torch.lstm(torch.ones(4, 1, 3), [h, h], weights, false, 1, 0, false, false, false)[0].shape // [ 4, 1, 2 ]
 */
export const lstm =
  fn<
    [
      (
        input: Tensor,
        hx: readonly Tensor[],
        params: readonly Tensor[],
        hasBiases: boolean,
        numLayers: number,
        dropout: number,
        train: boolean,
        bidirectional: boolean,
        batchFirst: boolean,
      ) => [Tensor, Tensor, Tensor],
      (
        data: Tensor,
        batchSizes: Tensor,
        hx: readonly Tensor[],
        params: readonly Tensor[],
        hasBiases: boolean,
        numLayers: number,
        dropout: number,
        train: boolean,
        bidirectional: boolean,
      ) => [Tensor, Tensor, Tensor],
    ]
  >('aten::lstm');

/** What {@link lstmCell} takes by name. */
export interface LstmCellOptions {
  /** The bias of the input's product; none unless given. */
  bIh?: Tensor | null;
  /** The bias of the hidden state's product; none unless given. */
  bHh?: Tensor | null;
}

/**
 * One step of {@link lstm}.
 *
 * @param hx - the hidden state and the cell's, `(N, H)` each
 * @param wIh - `(4H, I)`: the input, forget, cell and output gates
 * @returns the new states
 * @example
 * const h = torch.zeros(1, 2)
 * torch.lstmCell(torch.ones(1, 3), [h, h], torch.ones(8, 3), torch.ones(8, 2))[0] // tensor([[0.7038, 0.7038]])
 */
export const lstmCell =
  fn<
    (
      input: Tensor,
      hx: readonly Tensor[],
      wIh: Tensor,
      wHh: Tensor,
      bIh?: Tensor | null | LstmCellOptions,
      bHh?: Tensor | null | LstmCellOptions,
      options?: LstmCellOptions,
    ) => [Tensor, Tensor]
  >('aten::lstm_cell');

/**
 * An Elman network with ReLU over a sequence.
 *
 * @param hx - the initial state, `(D * numLayers, N, H)`, with `D` 2 where it is bidirectional
 * @param params - for each layer and direction `wIh` `(H, I)`, `wHh` `(H, H)` and, with biases, `bIh` and `bHh` `(H,)`
 * @param hasBiases - whether `params` holds biases
 * @param batchSizes - of the second signature, which takes packed sequences: how many sequences reach each step
 * @param batchFirst - whether the input is `(N, L, I)` rather than `(L, N, I)`
 * @returns the output `(L, N, D * H)`, and the last state
 * @example
 * const h = torch.zeros(1, 1, 2)
 * const weights = [torch.ones(2, 3), torch.ones(2, 2)]
 * torch.rnnRelu(torch.ones(4, 1, 3), h, weights, false, 1, 0, false, false, false)[0].shape // [ 4, 1, 2 ]
 */
export const rnnRelu =
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
  >('aten::rnn_relu');

/** What {@link rnnReluCell} takes by name. */
export interface RnnReluCellOptions {
  /** The bias of the input's product; none unless given. */
  bIh?: Tensor | null;
  /** The bias of the hidden state's product; none unless given. */
  bHh?: Tensor | null;
}

/**
 * One step of {@link rnnRelu}.
 *
 * @example
 * torch.rnnReluCell(torch.ones(1, 1), torch.zeros(1, 1), torch.ones(1, 1), torch.zeros(1, 1)) // tensor([[1.]])
 */
export const rnnReluCell =
  fn<
    (
      input: Tensor,
      hx: Tensor,
      wIh: Tensor,
      wHh: Tensor,
      bIh?: Tensor | null | RnnReluCellOptions,
      bHh?: Tensor | null | RnnReluCellOptions,
      options?: RnnReluCellOptions,
    ) => Tensor
  >('aten::rnn_relu_cell');

/**
 * An Elman network with tanh over a sequence.
 *
 * @param hx - the initial state, `(D * numLayers, N, H)`, with `D` 2 where it is bidirectional
 * @param params - for each layer and direction `wIh` `(H, I)`, `wHh` `(H, H)` and, with biases, `bIh` and `bHh` `(H,)`
 * @param hasBiases - whether `params` holds biases
 * @param batchSizes - of the second signature, which takes packed sequences: how many sequences reach each step
 * @param batchFirst - whether the input is `(N, L, I)` rather than `(L, N, I)`
 * @returns the output `(L, N, D * H)`, and the last state
 * @example
 * const h = torch.zeros(1, 1, 2)
 * const weights = [torch.ones(2, 3), torch.ones(2, 2)]
 * torch.rnnTanh(torch.ones(4, 1, 3), h, weights, false, 1, 0, false, false, false)[0].shape // [ 4, 1, 2 ]
 */
export const rnnTanh =
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
  >('aten::rnn_tanh');

/** What {@link rnnTanhCell} takes by name. */
export interface RnnTanhCellOptions {
  /** The bias of the input's product; none unless given. */
  bIh?: Tensor | null;
  /** The bias of the hidden state's product; none unless given. */
  bHh?: Tensor | null;
}

/**
 * One step of {@link rnnTanh}.
 *
 * @example
 * torch.rnnTanhCell(torch.ones(1, 1), torch.zeros(1, 1), torch.zeros(1, 1), torch.zeros(1, 1)) // tensor([[0.]])
 */
export const rnnTanhCell =
  fn<
    (
      input: Tensor,
      hx: Tensor,
      wIh: Tensor,
      wHh: Tensor,
      bIh?: Tensor | null | RnnTanhCellOptions,
      bHh?: Tensor | null | RnnTanhCellOptions,
      options?: RnnTanhCellOptions,
    ) => Tensor
  >('aten::rnn_tanh_cell');
