import { describe, expect, test } from 'vitest';
import * as torch from '../../src/index.js';
import { describeCuda } from '../devices.js';
import { bytesOf, loadFilled } from './fixtures.js';

const load = (name: string): torch.export.ExportedProgram => torch.export.loadSync(bytesOf(name));

describe('ExportedProgram.loadStateDict', () => {
  test('refuses what does not fit, by name', () => {
    const program = load('mlp');
    const state = program.stateDict();
    expect(() => program.loadStateDict({ ...state, '0.bias': torch.ones(3) })).toThrow(
      '0.bias has shape [3] where the program has [8]',
    );
    const { '0.bias': bias, ...rest } = state;
    expect(() => program.loadStateDict({ ...rest, more: bias! })).toThrow(/missing: 0.bias\n.*unexpected: more/);
    expect(() => program.loadStateDict({ '0.bias': 3 as never })).toThrow("argument '0.bias' must be Tensor");
  });

  test('copies into the tensors that the graph uses', () => {
    const [first, second] = [load('mlp'), loadFilled('mlp') as torch.export.ExportedProgram];
    const x = torch.ones(2, 4);
    expect(first.forward(x).equal(second.forward(x))).toBe(false);
    expect(first.loadStateDict(second.stateDict())).toEqual({ missingKeys: [], unexpectedKeys: [] });
    expect(first.forward(x).equal(second.forward(x))).toBe(true);
  });
});

describe('ExportedProgram.stateDict', () => {
  test('has parameters and persistent buffers', () => {
    expect(Object.keys(load('norm').stateDict())).toEqual([
      'conv.weight',
      'conv.bias',
      'norm.weight',
      'norm.bias',
      'norm.running_mean',
      'norm.running_var',
      'norm.num_batches_tracked',
    ]);
    expect(Object.keys(load('kinds').stateDict())).toEqual(['weight']);
    expect(Array.from(load('kinds').namedBuffers(), ([name]) => name)).toEqual(['table']);
  });
});

describe('ExportedProgram.code', () => {
  test('is a call a line, as Python prints it', () => {
    expect(load('mlp').code).toBe(
      [
        'def forward(self, p_0_weight: "f32[8, 4]", p_0_bias: "f32[8]", p_2_weight: "f32[3, 8]", p_2_bias: "f32[3]", x: "f32[s77, 4]"):',
        '    # torch/nn/modules/linear.py:134',
        '    linear: "f32[s77, 8]" = torch.ops.aten.linear.default(x, p_0_weight, p_0_bias)',
        '    # torch/nn/modules/activation.py:143',
        '    relu: "f32[s77, 8]" = torch.ops.aten.relu.default(linear)',
        '    # torch/nn/modules/linear.py:134',
        '    linear_1: "f32[s77, 3]" = torch.ops.aten.linear.default(relu, p_2_weight, p_2_bias)',
        '    return (linear_1,)',
      ].join('\n'),
    );
  });

  test('shows the graphs of control flow before what runs them', () => {
    const { code } = load('cond');
    expect(code).toMatch(
      /def true_graph_0\(self, x[\s\S]*def false_graph_0[\s\S]*higher_order\.cond\(gt, true_graph_0, false_graph_0, \[x/,
    );
  });
});

describe('ExportedProgram.dispose', () => {
  test('frees the graph and the parameters', () => {
    const program = load('mlp');
    const [parameter] = program.parameters();
    program.dispose();
    expect(() => program.forward(torch.ones(1, 4))).toThrow(torch.DisposedError);
    expect(() => parameter!.sum()).toThrow(torch.DisposedError);
  });

  test('is not needed: memory does not grow', () => {
    const bytes = bytesOf('bert');
    const round = (): void => {
      for (let i = 0; i < 100; i++) torch.export.loadSync(bytes);
    };
    round();
    const before = torch.memoryStats().bytes;
    round();
    expect(torch.memoryStats().bytes).toBeLessThan(before + 20e6);
  });

  test('parameters outlive the scope that they are loaded in', () => {
    const program = torch.scope(() => load('mlp'));
    expect(program.forward(torch.ones(1, 4)).shape).toEqual([1, 3]);
  });
});

describe('ExportedProgram.to', () => {
  test('refuses what is no device', () => {
    expect(() => load('mlp').to('float64' as never)).toThrow();
    expect(() => load('mlp').to(3 as never)).toThrow(
      "argument 'device' must be the name of a device, not the number 3",
    );
  });

  test('moves to a device that computes nothing, shapes and all', () => {
    const program = load('dynamic').to('meta') as torch.export.ExportedProgram<torch.Tensor[]>;
    const options = { device: 'meta' } as const;
    expect(program.inputs[0]!.device).toBe('meta');
    const [flat, places] = program.forward(torch.ones([3, 4, 6], options), torch.ones([3, 3], options), 2);
    expect([flat!.device, flat!.shape, places!.device]).toEqual(['meta', [12, 6], 'meta']);
    expect([...program.parameters()].map((p) => [p.device, p.requiresGrad])).toEqual([
      ['meta', true],
      ['meta', true],
    ]);
  });
});

describeCuda('ExportedProgram.to', () => {
  test.each(['resnet18', 'bert', 'lstm', 'cond'])('%s gives on a GPU what it gives on the CPU', async (name) => {
    const { argumentsOf, recorded } = await import('./fixtures.js');
    const [call] = recorded[name]!.calls;
    const here = loadFilled(name);
    const there = loadFilled(name).to('cuda');
    const moved = (value: unknown): unknown => {
      if (value instanceof torch.Tensor) return value.to('cuda');
      if (Array.isArray(value)) return value.map(moved);
      return Object.fromEntries(Object.entries(value as object).map(([key, part]) => [key, moved(part)]));
    };
    const leaves = (value: unknown): torch.Tensor[] =>
      value instanceof torch.Tensor ? [value] : Object.values(value as object).flatMap(leaves);
    const expected = leaves(here.forward(...argumentsOf(call!)));
    const result = leaves(there.forward(...argumentsOf(call!).map(moved)));
    result.forEach((tensor, i) => {
      expect(tensor.device).toBe('cuda:0');
      expect(tensor.cpu().allclose(expected[i]!, 1e-2, 1e-2)).toBe(true);
    });
  });
});
