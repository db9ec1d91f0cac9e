import { describe, expect, test } from 'vitest';
import * as torch from '../../../src/index.js';
import { describeDevices } from '../../devices.js';
import { readRecords, replay, titleOf } from '../replay.js';

const { nn } = torch;

describeDevices('transformers', (device) => {
  for (const record of readRecords('transformer')) {
    const other = record.note === 'random' && device !== 'cpu';
    const path = record.grads ? '' : ' without gradients';
    test.skipIf(other)(`${titleOf(record)}${path} is Python's`, () => replay(record, device));
  }

  const layer = (options: torch.nn.TransformerLayerOptions = {}): torch.nn.TransformerEncoderLayer =>
    new nn.TransformerEncoderLayer(8, 2, { dimFeedforward: 16, batchFirst: true, device, ...options }).eval();
  const targetsOf = (run: () => unknown): string[] =>
    torch.noGrad(() =>
      torch
        .capture(run, [])
        .graph.spec()
        .nodes.map(({ target }) => String(target)),
    );

  test('evaluation without gradients takes one kernel where that fits, and gives what the others give', () => {
    const x = torch.randn(3, 5, 8, { device });
    for (const options of [{}, { activation: new nn.GELU(), normFirst: true }]) {
      const encoder = layer(options);
      expect(targetsOf(() => encoder.call(x))).toEqual(['aten::_transformer_encoder_layer_fwd.default']);
      expect(torch.noGrad(() => encoder.call(x)).allclose(encoder.call(x), { atol: 1e-5 })).toBe(true);
    }
    const cast = layer();
    expect(targetsOf(() => torch.autocast(device, { dtype: 'bfloat16' }, () => cast.call(x))).length).toBeGreaterThan(
      5,
    );
    const hooked = layer();
    hooked.linear1.registerForwardHook(() => undefined);
    for (const slow of [
      hooked,
      layer({ batchFirst: false }),
      layer({ bias: false }),
      layer({ activation: torch.tanh }),
    ])
      expect(targetsOf(() => slow.call(x)).length).toBeGreaterThan(5);
  });

  test('an encoder leaves padding out where it stands at the end, and gives what it gives otherwise', () => {
    const encoder = new nn.TransformerEncoder(layer(), 2).eval();
    const x = torch.randn(2, 4, 8, { device });
    const srcKeyPaddingMask = torch.tensor([[false, false, true, true], [false, false, false, false]], { device }); // prettier-ignore
    const without = torch.noGrad(() => encoder.call(x, { srcKeyPaddingMask }));
    expect(without.at(0, 2).eq(0).all().item()).toBe(true);
    const all = encoder.call(x, { srcKeyPaddingMask });
    expect(without.at(0, torch.slice(0, 2)).allclose(all.at(0, torch.slice(0, 2)), { atol: 1e-5 })).toBe(true);
    expect(without.at(1).allclose(all.at(1), { atol: 1e-5 })).toBe(true);
    const captured = torch.noGrad(() => torch.capture((a) => encoder.call(a, { srcKeyPaddingMask }), [x]));
    expect(captured(x).at(1).allclose(all.at(1), { atol: 1e-5 })).toBe(true);
  });

  test('a causal mask is found out, of numbers or booleans, and gives what it gives with the hint and without', () => {
    const decoder = new nn.TransformerDecoder(new nn.TransformerDecoderLayer(8, 2, { dimFeedforward: 16, device }), 1).eval(); // prettier-ignore
    const [tgt, memory] = [torch.randn(4, 3, 8, { device }), torch.randn(5, 3, 8, { device })];
    const tgtMask = nn.Transformer.generateSquareSubsequentMask(4, { device });
    const given = decoder.call(tgt, memory, { tgtMask, tgtIsCausal: false });
    expect(decoder.call(tgt, memory, { tgtMask }).allclose(given, { atol: 1e-5 })).toBe(true);
    const flags = tgtMask.lt(0);
    expect(decoder.call(tgt, memory, { tgtMask: flags }).allclose(given, { atol: 1e-5 })).toBe(true);
    expect(decoder.call(tgt, memory, { tgtMask: flags.logicalNot() }).allclose(given, { atol: 1e-5 })).toBe(false);
  });

  test('a captured step of training is as one that is not', () => {
    const model = new nn.Transformer({ dModel: 8, nhead: 2, numEncoderLayers: 1, numDecoderLayers: 1, dimFeedforward: 16, dropout: 0, device }); // prettier-ignore
    const tgtMask = nn.Transformer.generateSquareSubsequentMask(4, { device });
    const [src, tgt] = [torch.randn(5, 3, 8, { device }), torch.randn(4, 3, 8, { device })];
    const step = torch.capture(
      (a, b) => {
        model.zeroGrad();
        const loss = model.call(a, b, { tgtMask }).square().sum();
        loss.backward();
        return loss.detach();
      },
      [torch.randn(5, 3, 8, { device }), torch.randn(4, 3, 8, { device })],
    );
    const loss = step(src, tgt);
    const grads = [...model.parameters()].map(({ grad }) => grad!.clone());
    model.zeroGrad();
    const again = model.call(src, tgt, { tgtMask }).square().sum();
    again.backward();
    expect(loss.allclose(again, { rtol: 1e-4 })).toBe(true);
    [...model.parameters()].forEach(({ grad }, i) => expect(grads[i]!.allclose(grad!, { atol: 1e-3 })).toBe(true));
  });
});

describe('nn.Transformer', () => {
  test('options and inputs that do not fit are refused by name', () => {
    expect(() => new nn.TransformerEncoderLayer(8, 3)).toThrow(/'numHeads' must divide embedDim=8, but is 3/);
    expect(() => new nn.TransformerEncoderLayer(8, 2, { activation: 'tanh' as never })).toThrow(/'activation' must be/);
    expect(() => new nn.TransformerEncoder(3 as never, 2)).toThrow(/'layer' must be Module/);
    const model = new nn.Transformer({
      dModel: 4,
      nhead: 2,
      numEncoderLayers: 1,
      numDecoderLayers: 1,
      dimFeedforward: 4,
    });
    expect(() => model.call(torch.ones(2, 2, 3), torch.ones(2, 2, 4))).toThrow(/'src' must have dModel=4 features/);
    expect(() => model.call(torch.ones(2, 2, 4), torch.ones(2, 3, 4))).toThrow(/must have one batch size, not 2 and 3/);
    expect(() => model.call(torch.ones(2, 2, 4), null as never)).toThrow(/'tgt' must be Tensor, not null/);
  });

  test('layers are copies of one, and an encoder of one’s own takes its place', () => {
    const encoder = new nn.TransformerEncoder(new nn.TransformerEncoderLayer(4, 2, { dimFeedforward: 4 }), 2);
    const [first, second] = [...encoder.layers] as torch.nn.TransformerEncoderLayer[];
    expect(first!.linear1.weight.equal(second!.linear1.weight)).toBe(true);
    expect(first!.linear1.weight.dataPtr()).not.toBe(second!.linear1.weight.dataPtr());
    const model = new nn.Transformer({
      dModel: 4,
      nhead: 2,
      customEncoder: encoder,
      numDecoderLayers: 1,
      dimFeedforward: 4,
    });
    expect(model.encoder === encoder).toBe(true);
    expect(model.call(torch.ones(3, 2, 4), torch.ones(2, 2, 4)).shape).toEqual([2, 2, 4]);
  });
});
