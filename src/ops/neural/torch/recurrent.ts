import { fn } from '../../op.js';
import type { Tensor } from '../../../tensor.js';

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
