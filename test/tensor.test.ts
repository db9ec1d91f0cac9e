import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import * as torch from '../src/index.js';

describe('tensor', () => {
  test('refuses ragged arrays, naming the place', () => {
    expect(() => torch.tensor([[1, 2], [3]])).toThrow('data[1] has length 1');
  });

  test('infers dtypes as PyTorch does', () => {
    expect(torch.tensor([1, 2]).dtype).toBe('int64');
    expect(torch.tensor([1.5, 2]).dtype).toBe('float32');
    expect(torch.tensor([true]).dtype).toBe('bool');
    expect(torch.tensor([1n]).dtype).toBe('int64');
    expect(torch.tensor(new Float64Array(1)).dtype).toBe('float64');
    expect(torch.tensor([new torch.Complex(1, 2)]).dtype).toBe('complex64');
  });

  test.each(Object.keys(torch.dtypes).filter((name) => !name.startsWith('q')) as torch.Dtype[])('holds %s', (dtype) => {
    const x = torch.tensor([0.5, 1], { dtype: 'float32' }).to(dtype);
    expect(x.dtype).toBe(dtype);
    expect(x.shape).toEqual([2]);
    expect(x.elements().length).toBe(2);
  });

  test('gives int64 that no number can hold as bigint', () => {
    expect(torch.tensor(2n ** 60n).item<bigint>()).toBe(2n ** 60n);
  });

  test('reads any stride', () => {
    expect([...torch.arange(6).view(2, 3).t().toTypedArray<BigInt64Array>()]).toEqual([0n, 3n, 1n, 4n, 2n, 5n]);
  });

  test('names an unknown option and the one that was meant', () => {
    expect(() => torch.ones(2).sum({ keepdims: true } as never)).toThrow(
      "unknown option 'keepdims'; did you mean 'keepdim'?",
    );
  });

  test('keeps the text of LibTorch', () => {
    expect(() => torch.ones(2).add(torch.ones(3))).toThrow(
      'The size of tensor a (2) must match the size of tensor b (3)',
    );
  });

  test('gives several results by name, in order and by place', () => {
    const result = torch.tensor([3, 1, 2]).sort();
    const [values, indices] = result;
    expect(String(values)).toBe('tensor([1, 2, 3])');
    expect(String(indices)).toBe(String(result.indices));
    expect(String(result[1])).toBe(String(indices));
  });

  test('writes through an index', () => {
    const x = torch.zeros(2, 3);
    x.set([0, torch.slice(1)], torch.ones(2)).set(['...', 0], 5);
    expect(x.tolist()).toEqual([
      [5, 1, 1],
      [5, 0, 0],
    ]);
  });

  test('prints through util.inspect', () => {
    expect(inspect(torch.ones(2))).toBe('tensor([1., 1.])');
    expect(String(torch.arange(2000))).toBe('tensor([   0,    1,    2,  ..., 1997, 1998, 1999])');
  });

  test('throws DisposedError after dispose', () => {
    const x = torch.ones(2);
    const view = x.view(2, 1);
    x.dispose();
    expect(() => x.add(1)).toThrow(torch.DisposedError);
    expect(view.sum().item()).toBe(2);
  });

  test('gives the random numbers of Python', () => {
    torch.manualSeed(42);
    expect(String(torch.randn(3))).toBe('tensor([0.3367, 0.1288, 0.2345])');
  });
});

describe('scope', () => {
  test('frees what is not returned, also across interleaved asynchronous scopes', async () => {
    const made: torch.Tensor[] = [];
    const run = (delay: number): Promise<torch.Tensor> =>
      torch.scope(async () => {
        let x = torch.ones(1);
        for (let i = 0; i < 5; i++) {
          await new Promise((resolve) => setTimeout(resolve, delay));
          made.push(x);
          x = x.add(1);
        }
        return x;
      });
    const results = await Promise.all([run(1), run(2), run(3)]);
    expect(results.map((x) => x.item())).toEqual([6, 6, 6]);
    expect(made.map((x) => x.isDisposed)).toEqual(new Array(15).fill(true));
    results.forEach((x) => x.dispose());
  });

  test('nests', () => {
    let inner: torch.Tensor | undefined;
    const outer = torch.scope(() => {
      inner = torch.scope(() => torch.ones(2));
      return inner.add(1);
    });
    expect(inner!.isDisposed).toBe(true);
    expect(outer.tolist()).toEqual([2, 2]);
  });
});

describe('ops', () => {
  test('has every operator of the dispatcher', () => {
    const names = torch.ops.names();
    expect(names).toContain('aten::add.Tensor');
    expect(names.length).toBeGreaterThan(3000);
  });

  test('calls overloads by schema names', async () => {
    const x = torch.ones(2, 2);
    expect(String(torch.ops.aten.sum!.dim_IntList!(x, [1], { keepdim: true }))).toBe('tensor([[2.],\n        [2.]])');
    expect(String(await torch.ops.aten.mm!.default!.callAsync(x, x))).toBe('tensor([[2., 2.],\n        [2., 2.]])');
  });

  test('says so when there is no such operator', () => {
    expect(() => torch.ops.aten.nonsense!()).toThrow("no operator is called 'aten::nonsense'");
  });
});
