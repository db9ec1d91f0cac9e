import { describe, expect, test } from 'vitest';
import * as torch from '../../src/index.js';

const values = (): torch.jit.ScriptModule => torch.jit.loadSync('test/jit/models/values.pt');

function failure(run: () => unknown): torch.FlambeauError {
  try {
    run();
  } catch (error) {
    return error as torch.FlambeauError;
  }
  throw new Error('nothing was thrown');
}

describe('ScriptObject.run', () => {
  const model = values();
  const x = torch.ones(2);

  test.each([
    [
      'a number with a fraction for an int',
      'integer',
      [1.5],
      "integer(): argument 'n' must be int, not number with a fraction",
    ],
    ['a string for an int', 'integer', ['many'], "integer(): argument 'n' must be int, not string"],
    ['a number for a tensor', 'forward', [1], "forward(): argument 'x' must be Tensor, not number"],
    ['null where nothing is optional', 'forward', [null], "forward(): argument 'x' must be Tensor, not null"],
    [
      'an argument that is missing',
      'forward',
      [],
      "forward(): argument 'x' (position 1) is missing; it must be Tensor",
    ],
    ['too many arguments', 'forward', [x, 1], 'forward(): takes at most 1 positional arguments, not 2'],
    [
      'a name that it does not know',
      'number',
      [1, { bass: 1 }],
      "number(): unknown argument 'bass'; it takes 'n', 'base'",
    ],
    [
      'a value by place and by name',
      'number',
      [1, 2, { base: 1 }],
      "number(): argument 'base' is given by place and by name",
    ],
    [
      'a wrong element deep inside',
      'deep',
      [{ a: [[1, 2]] }],
      "deep(): argument 'x'['a'][0][1] must be Tensor, not number",
    ],
    [
      'an object for an array',
      'deep',
      [{ a: {} }],
      "deep(): argument 'x'['a'] must be array, for List[Tuple[int, Optional[Tensor]]], not object",
    ],
    [
      'a tuple of another length',
      'deep',
      [{ a: [[1]] }],
      "deep(): argument 'x'['a'][0] must be Tuple[int, Optional[Tensor]], of 2 elements, not of 1",
    ],
    [
      'a plain object for a dict of numbers',
      'dicts',
      [{}, { 1: 'a' }],
      "dicts(): argument 'n' (a key) must be int, not string",
    ],
    [
      'none of the types of a union',
      'union',
      [true],
      "union(): argument 'x' must be Union[List[int], int, str], not boolean",
    ],
    [
      'a name that the enum has not',
      'color',
      ['BLUE'],
      "color(): argument 'c' must be one of 'RED', 'GREEN', not string",
    ],
    [
      'a tensor for a class',
      'count',
      [x, 1],
      "count(): argument 'c' must be ScriptObject of the class __torch__.jit_models.Counter, not Tensor",
    ],
    [
      'a module for a class',
      'count',
      [values(), 1],
      "count(): argument 'c' must be ScriptObject of the class __torch__.jit_models.Counter, not of",
    ],
    ['a device that is none', 'place', ['nowhere', 'float32'], 'nowhere'],
    ['a Map for a tensor', 'forward', [new Map()], "forward(): argument 'x' must be Tensor, not Map"],
  ] as [string, string, unknown[], string][])('refuses %s', async (_, name, args, message) => {
    const error = failure(() => model.run(name, ...args));
    expect(error).toBeInstanceOf(torch.FlambeauError);
    expect(error.code).toMatch(/^INVALID_/);
    expect(error.message).toContain(message);
    await expect(model.runAsync(name, ...args)).rejects.toThrow(message);
  });

  test('names the methods that there are', () => {
    expect(failure(() => model.run('encode')).message).toMatch(
      /^Values has no method 'encode'; it has forward, boolean/,
    );
    expect(failure(() => model.run(5 as never)).code).toBe('INVALID_ARGUMENT');
  });

  test('refuses an array that contains itself', () => {
    const list: unknown[] = [];
    list.push(list);
    expect(failure(() => model.run('lists', [], [], [], [], list)).code).toBe('INVALID_ARGUMENT');
  });

  test('says what the model raised, and where', async () => {
    const error = failure(() => model.run('fails', x));
    expect(error.code).toBe('TORCH');
    expect(error.message).toMatch(/^one dimension is too few\nTraceback of TorchScript/);
    expect(error.message).toContain('in fails');
    await expect(model.runAsync('fails', torch.ones(2, 2))).rejects.toThrow(
      /^shape '\[3, 5\]' is invalid for input of size 4\n/,
    );
  });

  test('refuses tensors that are disposed', () => {
    const gone = torch.ones(2);
    gone.dispose();
    expect(failure(() => model.forward(gone))).toBeInstanceOf(torch.DisposedError);
  });

  test.each([
    ['an int', 'integer', [41], 42],
    ['an int as bigint', 'integer', [2n ** 60n], 2n ** 60n + 1n],
    ['a whole number for a float', 'number', [2], 2.5],
    ['a float by name', 'number', [2, { base: 0.25 }], 2.25],
    ['everything by name', 'number', [{ n: 1, base: 1 }], 2],
    ['a default for undefined', 'number', [1, undefined], 1.5],
    ['a bool', 'boolean', [true], false],
    ['a string', 'text', ['café'], 'café!'],
    ['a complex number', 'complexes', [new torch.Complex(1, -2)], new torch.Complex(2, -4)],
    ['a real number for a complex one', 'complexes', [3], new torch.Complex(6, 0)],
    ['None', 'maybe', [null, null], null],
    ['nothing for what is optional', 'maybe', [], null],
    ['the first of a union', 'union', [1], 2],
    ['another of a union', 'union', ['why'], 'why?'],
    ['a list of a union', 'union', [[1, 2, 3]], 3],
    ['an enum', 'color', ['RED'], 'GREEN'],
    [
      'typed arrays as lists',
      'lists',
      [new Int32Array([1]), new Float64Array([0.5]), [], [], []],
      [[1], [0.5], [], [], []],
    ],
    ['lists of lists', 'lists', [[], [], ['s'], [], [[1], []]], [[], [], ['s'], [], [[1], []]]],
    ['dicts', 'dicts', [{ a: 1 }, new Map([[3, 'c']])], [{ a: 1 }, new Map([[3, 'c']])]],
    ['a Map with string keys', 'dicts', [new Map([['b', 2]]), new Map()], [{ b: 2 }, new Map()]],
    ['a method without a result', 'nothing', [torch.ones(1)], null],
  ] as [string, string, unknown[], unknown][])('takes and gives %s', async (_, name, args, expected) => {
    const plain = (value: unknown): unknown =>
      typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === null ? { ...value } : value;
    for (const result of [model.run(name, ...args), await model.runAsync(name, ...args)]) {
      expect(Array.isArray(result) ? result.map(plain) : plain(result)).toEqual(expected);
    }
  });

  test('takes and gives devices, and dtypes as names', () => {
    expect(model.run('where', x)).toBe('cpu');
    expect(model.run<torch.Tensor>('place', 'cpu', 'float64').dtype).toBe('float64');
  });

  test('takes and gives tensors in lists, tuples and dicts', () => {
    const [, , , tensors] = model.run<[unknown, unknown, unknown, torch.Tensor[]]>(
      'lists',
      [],
      [],
      [],
      [x, x.mul(2)],
      [],
    );
    expect(tensors.map((each) => each.sum().item())).toEqual([2, 4]);
    const deep = model.run<{ a: [number, torch.Tensor | null][] }>('deep', {
      a: [
        [1, x],
        [2, null],
      ],
    });
    expect(deep.a[0]![1]!.equal(x)).toBe(true);
    expect(deep.a[1]).toEqual([2, null]);
  });

  test('takes named tuples by name and by place, and gives both', () => {
    for (const scores of [{ logits: x, attention: x.mul(2) }, [x, x.mul(2)]]) {
      const result = model.run<{ logits: torch.Tensor; attention: torch.Tensor } & Iterable<torch.Tensor>>(
        'scores',
        scores,
      );
      expect(result.logits.sum().item()).toBe(4);
      expect([...result][1]).toBe(result.attention);
      expect(model.run<typeof result>('scores', result).logits.sum().item()).toBe(2);
    }
  });

  test('takes a trailing object for the dict where the method wants one, and for names elsewhere', () => {
    expect(model.run<torch.Tensor>('options', x, { scale: 3 }).sum().item()).toBe(6);
    expect(model.run<torch.Tensor>('options', x, { scale: 3 }, { bias: 1 }).sum().item()).toBe(8);
  });

  test('gives instances of classes as objects with their methods, and takes them back as themselves', () => {
    const counter = model.run<torch.jit.ScriptObject>('counter', 3);
    expect(counter).toBeInstanceOf(torch.jit.ScriptObject);
    expect(counter).not.toBeInstanceOf(torch.jit.ScriptModule);
    expect(counter.className).toBe('Counter');
    expect(model.run('count', counter, 2)).toBe(5);
    expect(counter.run('add', 1)).toBe(6);
    expect(counter.getAttr('count')).toBe(6);
  });

  test('waits for what TorchScript forks', async () => {
    expect(model.run<torch.Tensor>('later', x).sum().item()).toBe(8);
    expect((await model.runAsync<torch.Tensor>('later', x)).sum().item()).toBe(8);
  });

  test('takes tensors of scopes, and its results belong to the scope', () => {
    let inside: torch.Tensor | undefined;
    const kept = torch.scope(() => {
      inside = model.forward(torch.ones(2).mul(3));
      return inside.add(1);
    });
    expect(inside!.isDisposed).toBe(true);
    expect(kept.sum().item()).toBe(10);
    expect(model.getAttr<torch.Tensor>('offset').sum().item()).toBe(2);
  });
});

describe('ScriptObject.runAsync', () => {
  const model = values();

  test('drops what has not started when the signal is aborted, and nothing else', async () => {
    const { signal: before } = { signal: AbortSignal.abort('no longer') };
    const early = model.forwardAsync(torch.ones(2), { signal: before });
    await expect(early).rejects.toBe('no longer');

    const controller = new AbortController();
    const { signal } = controller;
    const finished = await model.runAsync('integer', 1, { signal });
    // They take all threads, so that what comes behind them waits.
    const busy = Array.from({ length: 8 }, () => model.runAsync('sleeps', 40));
    const waiting = model.forwardAsync(torch.ones(2), { signal });
    controller.abort();
    await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
    expect(finished).toBe(2);
    await Promise.all(busy);
    // The threads are free again.
    expect((await model.forwardAsync(torch.ones(2))).sum().item()).toBe(4);
  });

  test('carries the mode of the caller to its thread', async () => {
    const linear = torch.jit.loadSync('test/jit/models/linear.pt');
    const [recorded, plain] = await Promise.all([
      linear.forwardAsync(torch.ones(1, 2)),
      torch.noGrad(() => linear.forwardAsync(torch.ones(1, 2))),
    ]);
    expect([recorded.requiresGrad, plain.requiresGrad]).toEqual([true, false]);
  });

  test('lets many calls of one module overlap, with equal results', async () => {
    const linear = torch.jit.loadSync('test/jit/models/linear.pt');
    const inputs = Array.from({ length: 64 }, (_, i) => torch.full([3, 2], i, { dtype: 'float32' }));
    const outputs = await Promise.all(inputs.map((x) => linear.forwardAsync(x)));
    expect(outputs.map((y) => y.at(0, 0).item())).toEqual(inputs.map((_, i) => 5 * i + 1));
  });

  test('keeps the event loop free', async () => {
    let done = false;
    const running = model.runAsync('sleeps', 400).then(() => (done = true));
    for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
    expect(done).toBe(false);
    await running;
  });
});

describe('ScriptObject attributes', () => {
  test('are refused where there are none, and where the value does not fit', () => {
    const model = values();
    expect(failure(() => model.getAttr('colour')).message).toContain("has no attribute 'colour'");
    expect(failure(() => model.setAttr('colour', 1)).message).toContain("has no attribute 'colour'");
    expect(failure(() => model.setAttr('limit', 'much')).message).toBe(
      "setAttr(): attribute 'limit' must be int, not string",
    );
    expect(failure(() => model.setAttr('version', 8)).message).toBe("setAttr(): attribute 'version' is a constant");
  });

  test('are listed with their types, read and set by them', () => {
    const model = values();
    const { attributes } = model;
    expect(attributes).toContainEqual({ name: 'offset', kind: 'buffer', type: 'Tensor' });
    expect(attributes).toContainEqual({ name: 'names', kind: 'attribute', type: 'List[str]' });
    expect(attributes).toContainEqual({ name: 'version', kind: 'constant', type: 'int' });
    expect(model.getAttr('version')).toBe(7);
    expect(model.getAttr('label')).toBe(null);
    model.setAttr('label', 'cat');
    model.setAttr('scale', 3);
    model.setAttr('names', ['c']);
    model.setAttr('table', { y: 1 });
    expect(['label', 'scale', 'names'].map((name) => model.getAttr(name))).toEqual(['cat', 3, ['c']]);
    expect({ ...model.getAttr<object>('table') }).toEqual({ y: 1 });
    model.setAttr('offset', torch.zeros(2));
    expect(model.forward(torch.ones(2)).sum().item()).toBe(2);
    expect(model.hasAttr('offset') && !model.hasAttr('colour')).toBe(true);
  });

  test('are changed by methods', () => {
    const model = values();
    model.run('nothing', torch.ones(1));
    expect(model.getAttr('limit')).toBe(4);
  });
});

describe('the text of a ScriptObject', () => {
  test('is the graph, the code and the schema of any method', () => {
    const model = values();
    expect(model.graph()).toContain('aten::add');
    expect(model.code('text')).toContain('def text(self,');
    expect(model.schema('number')).toContain('float n, float base=0.5) -> float');
    expect(failure(() => model.code('encode')).code).toBe('INVALID_VALUE');
  });
});

describe('ScriptObject.dispose', () => {
  test('makes any use throw, and leaves tensors that the program holds', () => {
    const model = torch.jit.loadSync('test/jit/models/linear.pt');
    const weight = model.getAttr<torch.Tensor>('weight');
    model.forward(torch.ones(1, 2));
    model.dispose();
    model.dispose();
    for (const use of [
      () => model.forward(torch.ones(1, 2)),
      () => model.getAttr('weight'),
      () => [...model.parameters()],
      () => model.train(),
      () => model.graph(),
      () => model.className,
      () => torch.jit.saveSync(model),
    ]) {
      expect(failure(use)).toBeInstanceOf(torch.DisposedError);
    }
    expect(weight.sum().item()).toBe(5);
  });
});
