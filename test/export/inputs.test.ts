import { describe, expect, test } from 'vitest';
import * as torch from '../../src/index.js';
import { bytesOf, loadFilled } from './fixtures.js';

const { ones } = torch;
const program = (name: string): torch.export.ExportedProgram<unknown> => torch.export.loadSync(bytesOf(name));

describe('ExportedProgram.forward', () => {
  const dynamic = program('dynamic');
  const structured = program('structured');

  test.each([
    [[], 'INVALID_ARGUMENT', "forward(): argument 'x' is missing"],
    [[ones(2, 4, 6)], 'INVALID_ARGUMENT', "forward(): argument 'y' is missing"],
    [['x'], 'INVALID_ARGUMENT', "forward(): argument 'x' must be Tensor, not the string 'x'"],
    [[ones(2, 4, 6).double()], 'INVALID_VALUE', "argument 'x' must be of float32, not float64"],
    [[ones(2, 4, 6, { device: 'meta' })], 'INVALID_VALUE', "argument 'x' must be on cpu, not meta"],
    [[ones(2, 4)], 'INVALID_VALUE', "argument 'x' must have 3 dimensions, not 2"],
    [[ones(2, 4, 5)], 'INVALID_VALUE', "argument 'x' must have size 2 of 6, not 5"],
    [[ones(33, 4, 6)], 'INVALID_VALUE', "argument 'x' must have size 0 s17 between 0 and 32, not 33"],
    [[ones(2, 34, 6)], 'INVALID_VALUE', "argument 'x' must have size 1 2*s44 between 0 and 32, not 34"],
    [[ones(2, 5, 6), ones(2, 3), 1], 'INVALID_VALUE', "argument 'x' must have size 1 of the form 2*s44, not 5"],
    [[ones(2, 4, 6), ones(3, 3)], 'INVALID_VALUE', "argument 'y' must have size 0 of 2 (s17, with s17 of 'x'), not 3"],
    [[ones(2, 4, 6), ones(2, 3), 1.5], 'INVALID_VALUE', "argument 'n' must be a whole number, not the number 1.5"],
    [[ones(2, 4, 6), ones(2, 3), 1, 2], 'INVALID_ARGUMENT', 'takes 3 positional arguments, not 4'],
    [[ones(2, 4, 6), { y: ones(2, 3), m: 1 }], 'INVALID_ARGUMENT', "unknown argument 'm'; expected x, y, n"],
    [[ones(2, 4, 6), { x: ones(2, 4, 6) }], 'INVALID_ARGUMENT', "argument 'x' is given twice"],
    [[ones(2, 2, 6), ones(2, 3), 1], 'INVALID_VALUE', 'was exported for arguments with '],
  ])('refuses %#: %s', (args, code, message) => {
    expect(() => dynamic.forward(...(args as unknown[]))).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(message) as string }),
    );
  });

  test('checks a call that differs from the last, and goes on from there', () => {
    const mlp = program('mlp') as torch.export.ExportedProgram;
    const [two, three] = [ones(2, 4), ones(3, 4)];
    const expected = mlp.forward(two);
    for (let i = 0; i < 2; i++) {
      expect(torch.equal(mlp.forward(two), expected)).toBe(true);
      expect(() => mlp.forward(two.double())).toThrow("argument 'x' must be of float32, not float64");
      expect(() => mlp.forward(ones(2, 5))).toThrow("argument 'x' must have size 1 of 4, not 5");
      expect(() => mlp.forward(ones(2, 4, { device: 'meta' }))).toThrow("argument 'x' must be on cpu, not meta");
      expect(() => mlp.forward(two, two)).toThrow('takes 1 positional argument');
      expect(mlp.forward(three).shape).toEqual([3, 3]);
      expect(mlp.forward(three)).toBeInstanceOf(torch.Tensor);
    }
  });

  test.each([
    [[ones(2, 3)], "argument 'batch' must be object with x, mask, not Tensor"],
    [[{ x: ones(2, 3) }], "argument 'batch.mask' is missing"],
    [[{ x: ones(2, 3), mask: ones(2, 1), other: 1 }], "unknown argument 'batch.other'; expected batch.x, batch.mask"],
    [[{ x: ones(2, 3), mask: ones(3, 1) }], "argument 'batch.mask' must have size 0 of 2, not 3"],
    [
      [
        { x: ones(2, 3), mask: ones(2, 1) },
        { hidden: ones(2, 3), steps: [ones(1)] },
      ],
      "'state.steps' must be array of 2, not array of 1",
    ],
    [
      [
        { x: ones(2, 3), mask: ones(2, 1) },
        { hidden: ones(2, 3), steps: [ones(1), ones(3)] },
      ],
      "argument 'state.steps[1]' must have size 0 of 2",
    ],
  ])('names the part that is wrong: %#', (args, message) => {
    expect(() => structured.forward(...args)).toThrow(message);
  });

  test('takes arguments by place or by name', () => {
    const [x, y] = [ones(2, 4, 6), ones(2, 3)];
    const filled = loadFilled('dynamic');
    const expected = (filled.forward(x, y, 3) as torch.Tensor[])[0]!;
    for (const args of [[x, y, { n: 3 }], [x, { n: 3, y }], [{ n: 3, y, x }]]) {
      expect((filled.forward(...args) as torch.Tensor[])[0]!.equal(expected)).toBe(true);
    }
  });

  test('takes a named tuple as an array too', () => {
    const filled = loadFilled('structured');
    const rest = { scale: ones(3), bias: ones(2, 3) };
    const batch = { x: ones(2, 3), mask: ones(2, 1) };
    const [hidden, steps] = [ones(2, 3), [ones(1), ones(2)]];
    const run = (state: unknown): torch.Tensor =>
      (filled.forward(batch, state, rest) as { hidden: torch.Tensor }).hidden;
    expect(run([hidden, steps]).equal(run({ hidden, steps }))).toBe(true);
  });

  test('holds a constant to what it was', () => {
    const { inputs } = program('gpt2');
    expect(inputs.map(({ path, kind }) => `${path} ${kind}`)).toEqual(['input_ids tensor']);
  });

  test('ends no process where states and input do not fit in an LSTM', () => {
    const params = [[16, 3], [16, 4], [16], [16]].map((size) => torch.randn(size));
    const lstm = (x: torch.Tensor, batch: number, weights = params): unknown =>
      torch.noGrad(() =>
        torch.lstm(x, [ones(1, batch, 4), ones(1, batch, 4)], weights, true, 1, 0, false, false, true),
      );
    expect(lstm(ones(2, 5, 3), 2)).toBeDefined();
    expect(() => lstm(ones(2, 5, 3), 5)).toThrow('the states must be of 1 layers and a batch of 2');
    expect(() => lstm(ones(2, 5, 2), 2)).toThrow('the weights of layer 0 must be of sizes 16x2 and 16x4');
    expect(() => lstm(ones(2, 5, 3), 2, params.slice(1))).toThrow('the parameters must be 4 for each layer');
  });

  test('gives the same without gradients', () => {
    const filled = loadFilled('lstm');
    const args = [ones(2, 5, 3), [ones(2, 2, 4), ones(2, 2, 4)]];
    const [recorded] = filled.forward(...args) as [torch.Tensor];
    const [plain] = torch.noGrad(() => filled.forward(...args)) as [torch.Tensor];
    expect([recorded.requiresGrad, plain.requiresGrad]).toEqual([true, false]);
    expect(plain.allclose(recorded.detach())).toBe(true);
  });
});

describe('ExportedProgram.forwardAsync', () => {
  test('rejects what forward throws', async () => {
    await expect(program('mlp').forwardAsync(ones(2, 5))).rejects.toThrow("argument 'x' must have size 1 of 4, not 5");
  });

  test('is dropped by a signal as long as it waits', async () => {
    const slow = loadFilled('resnet18');
    const x = ones(4, 3, 32, 32);
    await expect(slow.forwardAsync(x, { signal: AbortSignal.abort() })).rejects.toThrow(
      expect.objectContaining({ name: 'AbortError' }),
    );
    const controller = new AbortController();
    const { signal } = controller;
    // More than there are threads, so that the last one waits.
    const others = Array.from({ length: 8 }, () => slow.forwardAsync(x, { signal: new AbortController().signal }));
    const waiting = slow.forwardAsync({ x, signal });
    controller.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
    await expect(Promise.all(others)).resolves.toHaveLength(8);
    const done = await slow.forwardAsync(x, { signal: AbortSignal.timeout(1e6) });
    expect(done).toBeInstanceOf(torch.Tensor);
  });

  test('runs many at once', async () => {
    const mlp = loadFilled('mlp') as torch.export.ExportedProgram;
    const inputs = Array.from({ length: 32 }, (_, i) => torch.full([1 + (i % 8), 4], i + 0.5));
    const results = await Promise.all(inputs.map((x) => mlp.forwardAsync(x)));
    results.forEach((result, i) => expect(result.equal(mlp.forward(inputs[i]!))).toBe(true));
  });
});

describe('ExportedProgram.inputs', () => {
  test('says what a server must know', () => {
    expect(program('dynamic').inputs).toEqual([
      {
        path: 'x',
        kind: 'tensor',
        dtype: 'float32',
        device: 'cpu',
        shape: [{ name: 's17', min: 0, max: 32 }, { name: '2*s44', min: 0, max: 32 }, 6],
      },
      { path: 'y', kind: 'tensor', dtype: 'float32', device: 'cpu', shape: [{ name: 's17', min: 0, max: 32 }, 3] },
      { path: 'n', kind: 'int', range: { name: 's86', min: 0, max: Infinity } },
    ]);
    expect(program('structured').inputs.map(({ path }) => path)).toEqual([
      'batch.x',
      'batch.mask',
      'state.hidden',
      'state.steps[0]',
      'state.steps[1]',
      'scale',
      'bias',
    ]);
  });
});

describe('ExportedProgram.outputs', () => {
  test('says what comes out, by its path', () => {
    expect(program('structured').outputs.map(({ path, kind }) => `${path} ${kind}`)).toEqual([
      'hidden tensor',
      'state.hidden tensor',
      'state.steps[0] tensor',
      'state.steps[1] tensor',
      'extra[0] tensor',
      'extra[1] constant',
    ]);
    expect(program('dynamic').outputs.map(({ kind }) => kind)).toEqual(['tensor', 'tensor', 'tensor', 'int', 'float']);
    expect(program('bert').outputs.map(({ path }) => path)).toEqual(['last_hidden_state', 'pooler_output']);
  });
});
