import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import * as torch from '../../src/index.js';
import { python, runPython, withPython } from '../python.js';
import { argumentsOf, bytesOf, expectSame, loadFilled, recorded, whole } from './fixtures.js';

const { nn } = torch;
const folder = mkdtempSync(path.join(tmpdir(), 'export-'));

/** Tensors that Python writes for us, or we for it. */
const run = `
import json, sys, torch
program = torch.export.load(sys.argv[1])
given = torch.load(sys.argv[2])
def lists(value):
    if isinstance(value, torch.Tensor): return value.detach().double().flatten().tolist()
    if isinstance(value, dict): return [part for each in value.values() for part in lists(each)]
    if isinstance(value, (list, tuple)): return [part for each in value for part in lists(each)]
    return []
print(json.dumps(lists(program.module()(*given.values()))))
`;

function flat(value: unknown): number[] {
  if (value instanceof torch.Tensor)
    return torch.noGrad(() => value.detach().to('float64').flatten().tolist() as number[]);
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(flat) : [];
}

/** What Python computes with a saved program. */
function inPython(program: torch.export.ExportedProgram<unknown>, args: torch.Tensor[]): number[] {
  const [file, given] = ['program.pt2', 'given.pt'].map((name) => path.join(folder, name)) as [string, string];
  torch.export.saveSync(program, file);
  torch.saveSync(Object.fromEntries(args.map((arg, i) => [`x${i}`, arg])), given);
  return JSON.parse(runPython(run, file, given)) as number[];
}

function expectNear(values: number[], expected: number[]): void {
  expect(values.length).toBe(expected.length);
  values.forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 4));
}

describe('torch.export.save', () => {
  test('refuses other arguments', async () => {
    const mlp = torch.export.loadSync(bytesOf('mlp'));
    await expect(torch.export.save({} as never, 'x.pt2')).rejects.toThrow("argument 'program' must be ExportedProgram");
    expect(() => torch.export.saveSync(mlp, 3 as never)).toThrow("argument 'path' must be string, not the number 3");
  });

  test('leaves nothing where it cannot write', async () => {
    const mlp = torch.export.loadSync(bytesOf('mlp'));
    const place = path.join(folder, 'missing', 'x.pt2');
    await expect(torch.export.save(mlp, place)).rejects.toThrow('ENOENT');
    expect(() => torch.export.saveSync(mlp, place)).toThrow('ENOENT');
    expect(existsSync(path.dirname(place))).toBe(false);
  });

  test.each(Object.keys(recorded))('writes %s as it is, and reads it back', async (name) => {
    const file = path.join(folder, `${name}.pt2`);
    await torch.export.save(loadFilled(name), file);
    const again = await torch.export.load<unknown>(file);
    const [call] = recorded[name]!.calls;
    expectSame(again.forward(...argumentsOf(call!)), call!.result);
  });

  test('keeps memory that is shared shared', () => {
    const weight = torch.ones(3, 3);
    const model = {
      call: (x: torch.Tensor) => x.matmul(weight).add(weight.at(1)),
      namedParameters: () =>
        [
          ['weight', weight],
          ['row', weight.at(1)],
        ] as [string, torch.Tensor][],
    };
    const file = path.join(folder, 'shared.pt2');
    torch.export.saveSync(torch.export.export(model, [torch.ones(1, 3)]), file);
    const [all, row] = [...torch.export.loadSync(file).parameters()] as [torch.Tensor, torch.Tensor];
    torch.noGrad(() => row.fill_(7));
    expect(all.at(1).tolist()).toEqual([7, 7, 7]);
  });

  test.skipIf(!python).each(whole)(`%s, changed, gives the same in Python ${withPython}`, (name) => {
    const program = loadFilled(name);
    torch.noGrad(() => {
      for (const parameter of program.parameters()) parameter.mul_(0.5);
    });
    const args = argumentsOf(recorded[name]!.calls[0]!);
    if (name === 'lstm') return;
    expectNear(inPython(program, args as torch.Tensor[]), flat(program.forward(...args)));
  });
});

describe('torch.export.export', () => {
  test('refuses what is no module, and what learns', () => {
    expect(() => torch.export.export(3 as never, [])).toThrow("argument 'module' must be a module, not the number 3");
    expect(() => torch.export.export({ call: () => 1 }, 3 as never)).toThrow(
      "argument 'args' must be array of arguments",
    );
    const weight = torch.ones(2).requiresGrad_();
    const learns = {
      call: (x: torch.Tensor) => {
        weight.grad = null;
        x.mul(weight).sum().backward();
        return x;
      },
    };
    expect(() => torch.export.export(learns, [torch.ones(2)])).toThrow('the module calls backward()');
  });

  const model = new nn.Sequential(
    new nn.Conv2d(1, 2, 3, { padding: 1 }),
    new nn.ReLU(),
    new nn.MaxPool2d(2),
    new nn.Flatten(),
    new nn.Linear(8, 3),
  );
  const structured = {
    call: ({ x, scale }: { x: torch.Tensor; scale: number }, [y, none]: [torch.Tensor, null]) => {
      const [a, b] = torch.split(model.call(x), [1, 2], 1) as [torch.Tensor, torch.Tensor];
      const { values } = torch.topk(b, 1);
      return {
        a,
        list: [torch.cat([a, b], 1).to('float64'), values.add(2.5), none],
        whole: torch.tensor([1, 2, 3], { dtype: 'int32' }).mul(scale),
        where: torch.where(b.gt(0), b, -Infinity).exp(),
        tail: y.at(torch.slice(1)),
        text: 'same',
      };
    },
    namedParameters: () => model.namedParameters(),
  };
  const args = [{ x: torch.randn(2, 1, 4, 4), scale: 2.5 }, [torch.tensor([3, 4]), null]] as Parameters<
    typeof structured.call
  >;

  test('gives a program with the names and the structure of the module', () => {
    const program = torch.export.export(structured, args, { names: ['batch', 'rest'] });
    expect(Object.keys(program.stateDict())).toEqual(['0.weight', '0.bias', '4.weight', '4.bias']);
    expect(program.inputs.map(({ path: place, kind }) => `${place} ${kind}`)).toEqual([
      'batch.x tensor',
      'batch.scale constant',
      'rest[0] tensor',
      'rest[1] constant',
    ]);
    const [expected, result] = [structured.call(...args), program.forward(...args)];
    expect(Object.keys(result)).toEqual(Object.keys(expected));
    expect(result.text).toBe('same');
    expect(result.whole.dtype).toBe('float32');
    expect(flat(result)).toEqual(flat(expected));
    expect(() => program.forward({ ...args[0], x: torch.ones(3, 1, 4, 4) }, args[1])).toThrow(
      "argument 'batch.x' must have size 0 of 2",
    );
  });

  test('shares its parameters with the module', () => {
    const linear = new nn.Linear(2, 2);
    const program = torch.export.export(linear, [torch.ones(1, 2)]);
    torch.noGrad(() => linear.weight.fill_(3));
    expect(program.stateDict()['weight']!.tolist()).toEqual([
      [3, 3],
      [3, 3],
    ]);
    program.dispose();
    expect(linear.weight.numel()).toBe(4);
  });

  test('changes neither buffers nor random numbers beyond the one run', () => {
    const count = torch.zeros([], { dtype: 'int64' });
    const counter = {
      call: (x: torch.Tensor) => {
        count.add_(1);
        return x.add(torch.rand(2)).add(count);
      },
      namedBuffers: () => [['count', count]] as [string, torch.Tensor][],
    };
    torch.manualSeed(5);
    const program = torch.export.export(counter, [torch.zeros(2)]);
    expect(count.item()).toBe(1);
    const next = torch.rand(2);
    torch.manualSeed(5);
    torch.rand(2);
    expect(torch.rand(2).equal(next)).toBe(true);
    program.forward(torch.zeros(2));
    expect(Object.keys(program.stateDict())).toEqual(['count']);
    expect(program.stateDict()['count']!.item()).toBe(2);
  });

  test('learns as the module does', () => {
    torch.manualSeed(0);
    const linear = new nn.Linear(3, 1);
    const program = torch.export.export(linear, [torch.ones(4, 3)]);
    const optimizer = new torch.optim.SGD(program.parameters(), { lr: 0.1 });
    const losses = Array.from({ length: 3 }, () => {
      const loss = program.forward(torch.ones(4, 3)).square().mean();
      optimizer.zeroGrad();
      loss.backward();
      optimizer.step();
      return loss.item() as number;
    });
    expect(losses[2]).toBeLessThan(losses[0]!);
  });

  test('is written to a file and read back', async () => {
    const file = path.join(folder, 'own.pt2');
    await torch.export.save(torch.export.export(structured, args), file);
    expect(flat((await torch.export.load(file)).forward(...args))).toEqual(flat(structured.call(...args)));
  });

  test.skipIf(!python)(`gives the same in Python ${withPython}`, () => {
    // PyTorch 2.13 writes programs that give strings, and does not read them.
    const call = (x: torch.Tensor, y: torch.Tensor): unknown => ({
      ...structured.call({ x, scale: 2.5 }, [y, null]),
      text: null,
    });
    const one = { call, namedParameters: structured.namedParameters };
    const given: [torch.Tensor, torch.Tensor] = [args[0].x, args[1][0]];
    expectNear(inPython(torch.export.export(one, given), given), flat(call(...given)));
  });
});
