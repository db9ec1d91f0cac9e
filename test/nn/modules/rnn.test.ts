import { describe, expect, test } from 'vitest';
import * as torch from '../../../src/index.js';
import { describeDevices } from '../../devices.js';
import { readRecords, replay, titleOf } from '../replay.js';

const { nn } = torch;

describeDevices('recurrent layers', (device) => {
  for (const record of readRecords('recurrent')) {
    // A GPU draws other numbers.
    const other = record.note === 'random' && device !== 'cpu';
    test.skipIf(other)(`${titleOf(record)} is Python's`, () => replay(record, device));
  }

  test.each(['RNN', 'LSTM', 'GRU'] as const)('a captured %s gives what it gives uncaptured, packed too', (name) => {
    const layer = new nn[name](3, 2, { numLayers: 2, device });
    const x = torch.randn(4, 2, 3, { device });
    const run = torch.capture((input) => layer.call(input)[0], [torch.randn(4, 2, 3, { device })]);
    expect(run(x).allclose(layer.call(x)[0])).toBe(true);
    const padded = torch.capture(
      (input) => {
        const packed = nn.utils.rnn.packPaddedSequence(input, [2, 4], { enforceSorted: false });
        return nn.utils.rnn.padPackedSequence(layer.call(packed)[0])[0];
      },
      [torch.randn(4, 2, 3, { device })],
    );
    const packed = nn.utils.rnn.packPaddedSequence(x, [2, 4], { enforceSorted: false });
    expect(padded(x).allclose(nn.utils.rnn.padPackedSequence(layer.call(packed)[0])[0])).toBe(true);
  });

  test.each(['float16', 'bfloat16'] as const)('layers and cells run in %s', (dtype) => {
    const x = torch.randn(4, 2, 3, { device }).to(dtype);
    expect(new nn.LSTM(3, 2, { dtype, device }).call(x)[0].dtype).toBe(dtype);
    expect(new nn.GRU(3, 2, { device }).to(dtype).call(x)[0].dtype).toBe(dtype);
    expect(new nn.GRUCell(3, 2, { dtype, device }).call(x.at(0)).dtype).toBe(dtype);
  });
});

describe('nn.LSTM', () => {
  test('options that do not fit are refused by name', () => {
    expect(() => new nn.LSTM(0, 2)).toThrow(
      /LSTM\(\): argument 'inputSize' must be integer from 1 on, not the number 0/,
    );
    expect(() => new nn.LSTM(2, 2, { projSize: 2 })).toThrow(/'projSize' must be less than hiddenSize, 2/);
    expect(() => new nn.GRU(2, 2, { projSize: 1 } as never)).toThrow(/'projSize' is for LSTM alone/);
    expect(() => new nn.RNN(2, 2, { nonlinearity: 'sigmoid' as never })).toThrow(
      /'nonlinearity' must be 'tanh' or 'relu'/,
    );
    expect(() => new nn.GRU(2, 2, { dropout: 2 })).toThrow(/'dropout' must be number from 0 to 1/);
    expect(() => new nn.GRU(2, 2, { bias: 1 as never })).toThrow(/'bias' must be boolean/);
  });

  test('inputs and states of other shapes are refused', () => {
    const layer = new nn.LSTM(3, 2);
    expect(() => layer.call(torch.ones(4, 2, 5))).toThrow(/inputSize=3 features, not shape \[4, 2, 5\]/);
    expect(() => layer.call(torch.ones(3))).toThrow(/must have 2 or 3 dimensions, not 1/);
    expect(() => layer.call([1] as never)).toThrow(/'input' must be Tensor or PackedSequence, not array/);
    const h = torch.zeros(1, 2, 2);
    expect(() => layer.call(torch.ones(4, 2, 3), [h, torch.zeros(1, 2, 3)])).toThrow(
      /'hx\[1\]' must have shape \[1, 2, 2\]/,
    );
    expect(() => layer.call(torch.ones(4, 2, 3), h as never)).toThrow(/'hx' must be two Tensors/);
    expect(() => new nn.GRU(3, 2).call(torch.ones(4, 2, 3), [h, h] as never)).toThrow(/'hx' must be Tensor, not array/);
    expect(() => layer.call(torch.ones(4, 3), [h, h])).toThrow(/'hx' must have 2 dimensions as the input, not 3/);
    expect(() => new nn.LSTMCell(3, 2).call(torch.ones(1, 1, 3))).toThrow(/'input' must have 1 or 2 dimensions, not 3/);
  });

  test('the weights of a layer can be replaced', () => {
    const layer = new nn.GRU(2, 2);
    layer.weight_ih_l0 = new nn.Parameter(torch.zeros(6, 2));
    layer.call(torch.ones(3, 2))[0].sum().backward();
    expect(layer.weight_ih_l0.grad!.any().item()).toBe(true);
  });
});
