import { describe, expect, test } from 'vitest';
import * as torch from '../../../src/index.js';
import { describeDevices } from '../../devices.js';
import { readRecords, replay, titleOf } from '../replay.js';

const { nn } = torch;
const F = nn.functional;

describeDevices('attention', (device) => {
  for (const record of readRecords('attention')) {
    const other = record.note === 'random' && device !== 'cpu';
    const path = record.grads ? '' : ' without gradients';
    test.skipIf(other)(`${titleOf(record)}${path} is Python's`, () => replay(record, device));
  }

  test('evaluation without gradients takes one kernel, and gives what the others give', () => {
    const attention = new nn.MultiheadAttention(8, 2, { batchFirst: true, device }).eval();
    const x = torch.randn(3, 5, 8, { device });
    const run = (): torch.Tensor => attention.call(x, x, x)[0];
    const targets = (): string[] =>
      torch
        .capture(run, [])
        .graph.spec()
        .nodes.map(({ target }) => String(target));
    expect(torch.noGrad(targets)).toEqual(['aten::_native_multi_head_attention.default']);
    expect(targets()).toContain('aten::bmm.default');
    expect(torch.noGrad(run).allclose(run(), { atol: 1e-6 })).toBe(true);
  });

  test('a captured call gives what it gives uncaptured', () => {
    const attention = new nn.MultiheadAttention(8, 2, { device });
    const [x, y] = [torch.randn(5, 3, 8, { device }), torch.randn(5, 3, 8, { device })];
    const attnMask = torch.ones(5, 5, { device }).triu(1).to('bool');
    const run = torch.capture((a) => attention.call(a, a, a, { attnMask, needWeights: false })[0], [x]);
    expect(run(y).allclose(attention.call(y, y, y, { attnMask })[0], { atol: 1e-6 })).toBe(true);
  });
});

describe('nn.MultiheadAttention', () => {
  const attention = new nn.MultiheadAttention(4, 2);
  const x = torch.ones(3, 2, 4);

  test('sizes that do not fit are refused by name', () => {
    expect(() => new nn.MultiheadAttention(4, 3)).toThrow(/'numHeads' must divide embedDim=4, but is 3/);
    expect(() => new nn.MultiheadAttention(0, 1)).toThrow(/'embedDim' must be integer from 1 on/);
    expect(() => attention.call(x, x, null as never)).toThrow(/'value' must be Tensor, not null/);
    expect(() => attention.call(torch.ones(4), x, x)).toThrow(/'query' must have 2 or 3 dimensions, not 1/);
    expect(() => attention.call(x, x, torch.ones(3, 4))).toThrow(/'key' and 'value' must have 3 dimensions/);
    expect(() => attention.call(torch.ones(3, 2, 6), x, x)).toThrow(/'query' must have 4 features, not 6/);
    expect(() => attention.call(x, x, torch.ones(2, 2, 4))).toThrow(
      /'value' has shape \[2, 2, 4\], which does not fit/,
    );
  });

  test('masks that do not fit are refused by name', () => {
    const call = (options: torch.nn.AttentionOptions): unknown => attention.call(x, x, x, options);
    expect(() => call({ attnMask: torch.ones(3, 3, { dtype: 'int64' }) })).toThrow(
      /'attnMask' must be bool or floating/,
    );
    expect(() => call({ attnMask: torch.ones(3, 2) })).toThrow(/'attnMask' must have shape \[3, 3\], not \[3, 2\]/);
    expect(() => call({ attnMask: torch.ones(2, 3, 3) })).toThrow(/'attnMask' must have shape \[4, 3, 3\]/);
    expect(() => call({ keyPaddingMask: torch.ones(3) })).toThrow(/'keyPaddingMask' must have 2 dimensions, not 1/);
    expect(() => call({ keyPaddingMask: torch.ones(3, 2) })).toThrow(/shape \[3, 2\] where \[2, 3\] is needed/);
    expect(() => call({ isCausal: true })).toThrow(/'attnMask' is needed where isCausal is true/);
  });
});

describe('F.multiHeadAttentionForward', () => {
  test('weights and biases that are missing are named', () => {
    const x = torch.ones(3, 1, 4);
    const call = (options: object, bias: torch.Tensor | null = null): unknown =>
      F.multiHeadAttentionForward(x, x, x, 4, 2, null, null, bias, null, false, 0, torch.eye(4), null, options);
    expect(() => call({})).toThrow(/'inProjWeight' is needed unless/);
    expect(() => call({ useSeparateProjWeight: true })).toThrow(/'qProjWeight' is needed where/);
    expect(() => call({ useSeparateProjWeight: true, qProjWeight: torch.ones(2, 4) })).toThrow(
      /'qProjWeight' must have shape \[4, 4\], not \[2, 4\]/,
    );
    const w = torch.eye(4);
    const own = { useSeparateProjWeight: true, qProjWeight: w, kProjWeight: w, vProjWeight: w };
    expect(() => call(own, torch.ones(1, 1, 4))).toThrow(/'biasK' and 'biasV' go together/);
    expect(() => call({ ...own, staticK: torch.ones(1, 3, 2) })).toThrow(/'staticK' must have shape \[2, S, 2\]/);
  });

  test('static keys and values are used as they are', () => {
    const x = torch.randn(3, 1, 4);
    const w = torch.eye(4);
    const own = { useSeparateProjWeight: true, qProjWeight: w, kProjWeight: w, vProjWeight: w };
    const split = x.view(3, 2, 2).transpose(0, 1);
    const call = (options: object): torch.Tensor =>
      F.multiHeadAttentionForward(x, x, x, 4, 2, null, null, null, null, false, 0, w, null, { ...own, ...options })[0];
    expect(call({ staticK: split, staticV: split }).allclose(call({}))).toBe(true);
  });
});
