import { createWriteStream, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Writable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import * as torch from '../../src/index.js';
import { describe as say } from './describe.js';

const folder = mkdtempSync(path.join(tmpdir(), 'flambeau-'));
const file = path.join(folder, 'x.pt');
const again = <T>(value: torch.Saveable): T => torch.loadSync<T>(torch.saveSync(value));

describe('save', () => {
  const circle: unknown[] = [];
  circle.push([circle]);
  let deep: unknown[] = [];
  for (let i = 0; i < 600; i++) deep = [deep];
  const base = torch.arange(4, { dtype: 'float32' });

  test.each([
    ['a function', { f: () => 1 }, /argument 'value.f' must be tensor, number/],
    ['an object of a class', [new Date()], /argument 'value\[0\]' must be .*, not Date/],
    ['a module', { model: new torch.nn.Linear(1, 1) }, /'value.model' must be .*, not Linear/],
    ['what contains itself', circle, /contains itself/],
    ['what nests without end', deep, /nested more than 500/],
    ['one storage as two dtypes', [base, base.view('int32')], /dtypes float32 and int32/],
  ])('refuses %s', async (_, value, message) => {
    await expect(torch.save(value as torch.Saveable, file)).rejects.toThrow(message);
    expect(() => torch.saveSync(value as torch.Saveable, file)).toThrow(message);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('refuses what is no target', async () => {
    await expect(torch.save(1, 3 as unknown as string)).rejects.toThrow(/'target' must be a path or a stream/);
    expect(() => torch.saveSync(1, 3 as unknown as string)).toThrow(/'target' must be a path/);
  });

  test('leaves nothing behind where it cannot write', async () => {
    const nowhere = path.join(folder, 'none', 'x.pt');
    await expect(torch.save(1, nowhere)).rejects.toMatchObject({ code: 'ENOENT' });
    const failing = new Writable({ write: (_chunk, _encoding, done) => done(new Error('full')) });
    await expect(torch.save({ x: base }, failing)).rejects.toThrow('full');
    expect(readdirSync(folder)).toEqual([]);
  });

  test('writes the same to a path, a URL, a stream and a buffer', async () => {
    const value = { x: base, y: [1, 'two'] };
    const bytes = await torch.save(value);
    await torch.save(value, file);
    expect(readFileSync(file).equals(bytes)).toBe(true);
    await torch.save(value, pathToFileURL(file));
    expect(readFileSync(file).equals(bytes)).toBe(true);
    const stream = createWriteStream(file);
    await torch.save(value, stream);
    await new Promise((resolve) => stream.end(resolve));
    expect(readFileSync(file).equals(bytes)).toBe(true);
    torch.saveSync(value, file);
    expect(readFileSync(file).equals(torch.saveSync(value))).toBe(true);
    expect(readdirSync(folder)).toEqual(['x.pt']);
  });

  test('keeps values as they are', () => {
    const value = {
      ints: [
        0,
        -1,
        255,
        256,
        2 ** 31,
        -(2 ** 31),
        Number.MAX_SAFE_INTEGER,
        2n ** 64n,
        -(2n ** 3000n),
        -128,
        128,
        32768,
      ],
      floats: [0.1, -0, Infinity, -Infinity],
      set: new Set(['a', 2]),
      map: new Map<torch.Saveable, torch.Saveable>([
        [1, 'one'],
        ['two', 2],
      ]),
      bytes: Buffer.from([1, 2, 255]),
      complex: new torch.Complex(-0, 2),
      text: 'häß中😀\0',
      half: '\ud83d \ude00\ude00',
      nothing: null,
      tuple: Object.freeze([1, 2]) as torch.Saveable,
    };
    expect(say(again(value))).toEqual(say(value));
    expect(again<number[]>([NaN])[0]).toBeNaN();
  });

  test('keeps what is one value one value', () => {
    const list = [1];
    const [first, second, x, y] = again<unknown[]>([list, list, base, base]);
    expect(first).toBe(second);
    expect(x).toBe(y);
  });

  test('writes a storage once, however many tensors are over it', () => {
    const large = torch.zeros(100_000);
    const one = torch.saveSync([large]).length;
    expect(torch.saveSync([large, large.at(torch.slice(5)), large.view(1000, 100).t()]).length).toBeLessThan(one + 500);
  });

  test('keeps _metadata, which is not enumerated', () => {
    const state = new torch.nn.Linear(2, 1).stateDict();
    Object.defineProperty(state, '_metadata', { value: { '': { version: 1 } } });
    const back = again<Record<string, unknown>>(state);
    expect(Object.keys(back)).toEqual(['weight', 'bias']);
    expect(say(back._metadata)).toEqual({ dict: [['', { dict: [['version', 1]] }]] });
  });

  test("numbers parameters as Python's optimizers do, and nothing else", () => {
    const state = again<{ state: Map<number, unknown> }>({ state: { 0: { step: 1 }, 1: {} } }).state;
    expect([...state.keys()]).toEqual([0, 1]);
    expect(Object.keys(again<object>({ 0: base, 1: base }))).toEqual(['0', '1']);
  });

  test('aligns every file of the archive at 64 bytes', () => {
    const bytes = torch.saveSync({ a: torch.ones(3), b: torch.ones(5) });
    for (const key of [0, 1]) {
      const name = `archive/data/${key}`;
      const at = bytes.indexOf(name);
      expect((at + name.length + bytes.readUInt16LE(at - 2)) % 64).toBe(0);
    }
  });
});

test("a Python optimizer's state is taken over", async () => {
  const { state, param_groups: groups } = await torch.load<{
    state: Map<number, { step: torch.Tensor }>;
    param_groups: [];
  }>(path.join(import.meta.dirname, 'python', 'optimizer.pt'));
  const layer = new torch.nn.Linear(2, 3);
  const optimizer = new torch.optim.Adam(
    [...layer.parameters(), new torch.nn.Parameter(torch.ones(3)), new torch.nn.Parameter(torch.ones(3))],
    { lr: 0.1 },
  );
  optimizer.loadStateDict({ state, param_groups: groups } as never);
  expect(optimizer.paramGroups[0]!.lr).toBe(0.01);
  expect(optimizer.state.size).toBe(4);
});
