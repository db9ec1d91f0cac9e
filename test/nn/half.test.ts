import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import * as torch from '../../src/index.js';

interface HalfRecord {
  module: string;
  args: number[];
  dtype: 'float16' | 'bfloat16';
  loss: boolean;
  input: number[];
  shape: number[];
  output: number[];
  grad: number[];
  grads: Record<string, number[]>;
}

type AnyModule = torch.nn.Module<torch.Tensor[], torch.Tensor>;

const records = JSON.parse(readFileSync('test/nn/half.json', 'utf8')) as HalfRecord[];
const tolerance = { float16: 2e-3, bfloat16: 1.6e-2 };

describe('layers and losses in float16 and bfloat16', () => {
  test.each(records)('$module in $dtype has the outputs and gradients of Python', (record) => {
    const { dtype, input, args, loss } = record;
    const near = (x: torch.Tensor, wanted: number[], name: string): void => {
      expect(x.dtype, name).toBe(dtype);
      const wide = x.detach().double();
      [wide.abs().sum().item(), wide.square().sum().item()].forEach((own, i) =>
        expect(Math.abs(own - wanted[i]!), `${name} ${own} ${wanted[i]}`).toBeLessThanOrEqual(
          tolerance[dtype] * Math.abs(wanted[i]!) + 1e-4,
        ),
      );
    };
    const Class = (torch.nn as unknown as Record<string, new (...args: unknown[]) => AnyModule>)[record.module]!;
    torch.manualSeed(0);
    const layer = new Class(...args).to(dtype);
    const count = input.reduce((a, b) => a * b);
    const x = torch.arange(count).remainder(13).sub(6).div(4).reshape(input).to(dtype).requiresGrad_();
    const y = layer.call(...(loss ? [x, x.detach().flip(0).sigmoid()] : [x]));
    expect(y.shape).toEqual(record.shape);
    near(y, record.output, 'output');
    y.mul(torch.arange(y.numel()).remainder(7).add(1).reshape(y.shape)).sum().backward();
    near(x.grad!, record.grad, 'gradient');
    for (const [name, parameter] of layer.namedParameters()) near(parameter.grad!, record.grads[name]!, name);
  });
});
