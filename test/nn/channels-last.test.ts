import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import * as torch from '../../src/index.js';

interface LayoutRecord {
  module: string;
  args: number[];
  options: Record<string, unknown>;
  shape: number[];
  strides: number[];
  sum: number;
  squares: number;
  gradStrides: number[];
  gradSquares: number;
}

type AnyModule = torch.nn.Module<[torch.Tensor], torch.Tensor>;

const records = JSON.parse(readFileSync('test/nn/channels-last.json', 'utf8')) as LayoutRecord[];
const squares = (x: torch.Tensor): number => x.detach().double().square().sum().item();

describe('layers in channels_last', () => {
  test.each(records)('$module $options has the strides and values of Python', (record) => {
    const Class = (torch.nn as unknown as Record<string, new (...args: unknown[]) => AnyModule>)[record.module]!;
    torch.manualSeed(0);
    const layer = new Class(...record.args, record.options).to({ memoryFormat: 'channels_last' });
    const numbers = torch.arange(240).remainder(13).sub(6).div(4).reshape(2, 4, 6, 5);
    const x = numbers.to({ memoryFormat: 'channels_last' }).requiresGrad_();
    const y = layer.call(x);
    expect([y.shape, y.stride()]).toEqual([record.shape, record.strides]);
    expect(Math.abs(y.detach().double().sum().item() - record.sum)).toBeLessThan(1e-3);
    expect(squares(y) / record.squares).toBeCloseTo(1, 4);
    y.mul(torch.arange(y.numel()).remainder(7).reshape(y.shape)).sum().backward();
    expect(x.grad!.stride()).toEqual(record.gradStrides);
    expect(squares(x.grad!) / record.gradSquares).toBeCloseTo(1, 4);
  });
});
