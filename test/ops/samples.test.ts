import { describe, expect, test } from 'vitest';
import * as torch from '../../src/index.js';
import { binding } from '../../src/binding.js';
import { camelCase, rows, type Row } from '../../src/ops/op.js';
import { expectTensor, expectValue, isRecord, readSamples, toArguments, toTensor, type Sample } from './samples.js';
import { without } from './samples/without.js';

const samples = readSamples();
const names = new Set([...rows.values()].map((row) => row.name));
const rowsOf = (name: string): Row[] => ['op', 'fn', 'method'].flatMap((kind) => rows.get(`${kind} ${name}`) ?? []);

type Results = readonly torch.Tensor[];
/** Vectors are free up to a factor: what is compared instead of them. */
const products: Record<string, (results: Results) => torch.Tensor[]> = {
  'aten::linalg_eigh': ([values, vectors]) => [
    values!,
    vectors!.matmul(torch.diagEmbed(values!).to(vectors!.dtype)).matmul(vectors!.mH),
  ],
  'aten::linalg_eig': ([values, vectors]) => [
    values!,
    vectors!.matmul(torch.diagEmbed(values!)).matmul(torch.linalg.inv(vectors!)),
  ],
  'aten::linalg_svd': ([u, s, vh]) => [s!, rebuild(u!, s!, vh!)],
  'aten::svd': ([u, s, v]) => [s!, rebuild(u!, s!, v!.mH)],
};

function rebuild(u: torch.Tensor, s: torch.Tensor, vh: torch.Tensor): torch.Tensor {
  const k = s.shape.at(-1)!;
  return u
    .narrow(-1, 0, k)
    .mul(s.unsqueeze(-2))
    .matmul(vh.narrow(-2, 0, k));
}

/** Calls with the sample's arguments, or with those that `change` makes of them. */
function call(fn: Row['fn'], args: unknown[], named: Record<string, unknown>): unknown {
  torch.manualSeed(0);
  return fn(...args, ...(Object.keys(named).length > 0 ? [named] : [])) ?? null;
}

/** The method, called on the argument that is `self`. */
function method(row: Row, name = row.publicName): Row['fn'] {
  const at = Math.max(0, binding.describeOperator(row.name, false).self);
  return (...args) => {
    const [self] = args.splice(at, 1);
    return (self as Record<string, Row['fn']>)[name]!(...args);
  };
}

function check(name: string, found: unknown, sample: Sample, what: string): void {
  const product = products[name];
  if (!product) return expectValue(found, sample.results, what);
  const wanted = (sample.results as never[]).map(toTensor);
  product([...(found as Iterable<torch.Tensor>)]).forEach((x, i) => {
    const close = torch.allclose(x.detach(), product(wanted)[i]!, { rtol: 1e-4, atol: 1e-5 });
    expect(close, `${what}, product ${i}`).toBe(true);
  });
}

function tensorsOf(value: unknown): torch.Tensor[] {
  if (value instanceof torch.Tensor) return [value];
  if (typeof value !== 'object' || value === null || !(Symbol.iterator in value)) return [];
  return [...(value as Iterable<unknown>)].flatMap(tensorsOf);
}

/** 1/4, 2/4 ... 7/4 over and over: the gradient that each result is given. */
function cotangent(x: torch.Tensor): torch.Tensor {
  return torch.arange(x.numel()).remainder(7).add(1).div(4).reshape(x.shape).to(x.dtype);
}

// As the recorder's list: results that have a gradient which does not depend on the free factor.
const differentiable: Record<string, number> = {
  'aten::linalg_eigh': 0,
  'aten::linalg_eig': 0,
  'aten::linalg_svd': 1,
  'aten::svd': 1,
};

function checkGradients(row: Row, sample: Sample): void {
  const floating: torch.Tensor[] = [];
  const [args, named] = toArguments(sample, floating);
  const leaves = floating.filter((_, i) => sample.grads![i]).map((x) => x.requiresGrad_());
  const place = differentiable[row.name];
  const results = tensorsOf(call(row.fn, args, named)).filter(
    (x, i) => x.requiresGrad && (place === undefined || i === place),
  );
  const grads = torch.autograd.grad(results, leaves, { gradOutputs: results.map(cotangent), allowUnused: true });
  const wanted = sample.grads!.filter((grad) => grad !== null);
  wanted.forEach((grad, i) => expectTensor(grads[i], grad, `gradient ${i}`));
}

function checkRow(row: Row, sample: Sample): void {
  const value = call(row.fn, ...toArguments(sample));
  check(row.name, value, sample, 'function');
  const { self } = binding.describeOperator(row.name, false);
  // A number can stand where `self` does: that call is no method's.
  const isMethod = row.kind !== 'fn' && isRecord(sample.args[Math.max(0, self)]);
  if (isMethod) check(row.name, call(method(row), ...toArguments(sample)), sample, 'method');
  if (sample.optional) {
    const [args, named] = toArguments(sample);
    const values = args.splice(args.length - sample.optional.length);
    const options = Object.fromEntries(sample.optional.map((option, i) => [camelCase(option), values[i]]));
    check(row.name, call(row.fn, args, { ...options, ...named }), sample, 'function with options');
  }
  if (sample.grads) checkGradients(row, sample);
  if (sample.out) {
    const [args, named] = toArguments(sample);
    const out = torch.empty(0, { dtype: (sample.results as { dtype: torch.Dtype }).dtype });
    expect(call(row.fn, args, { ...named, out }), 'out').toBe(out);
    expectTensor(out, sample.results as never, 'out');
  }
  for (const twin of sample.inplace ? rowsOf(`${row.name}_`) : []) {
    const forms = twin.kind === 'fn' ? [twin.fn] : [twin.fn, method(twin)];
    for (const form of forms) {
      const [args, named] = toArguments(sample);
      const found = call(form, [...args], named);
      expect(args.includes(found), 'in place: the tensor itself').toBe(true);
      check(row.name, found, sample, `in place: ${twin.publicName}`);
    }
  }
}

describe.each([...samples])('%s', (name, list) => {
  test.each(list.map((sample, i) => [i, sample] as const))('sample %i is as PyTorch gives it', (_, sample) => {
    torch.scope(() => {
      for (const row of rowsOf(name)) checkRow(row, sample);
    });
  });
});

describe('the samples', () => {
  const covered = new Set(
    [...samples].flatMap(([name, list]) => (list.some((sample) => sample.inplace) ? [name, `${name}_`] : [name])),
  );

  test('are of every row, but for those that say why not', () => {
    expect([...names].filter((name) => !covered.has(name)).sort()).toEqual(Object.keys(without).sort());
  });

  test('are of rows only', () => {
    expect([...samples.keys()].filter((name) => !names.has(name))).toEqual([]);
  });

  test('hold results with numbers', () => {
    const numbers = [...samples.values()].flat().filter(({ results }) => isRecord(results) && results.data?.length);
    expect(numbers.length).toBeGreaterThan(1000);
  });
});
