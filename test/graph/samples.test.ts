import { describe, expect, test } from 'vitest';
import * as torch from '../../src/index.js';
import { rows } from '../../src/ops/op.js';
import { expectValue, readSamples, toArguments, type Sample } from '../ops/samples.js';

// The recorded calls of every operator, as graphs: what they give is what the call gives.
const samples = readSamples();

/** Why an operator is no part of a graph. */
const reads = /the value of a tensor is read|graphs take dense/;

/** Kernels that write to memory past the dispatcher, and are deprecated. */
const unseen = ['aten::fbgemm_linear_quantize_weight'];

/** Operators with results that hold whatever was in memory. */
const unset = /^aten::(empty|mkldnn_rnn_layer)/;

/** Outputs that are memory which no node writes to. */
function unwritten({ nodes, outputs }: torch.GraphSpec): number {
  const slots = outputs.flatMap((output) => ('value' in output ? [output.value] : []));
  return slots.filter((slot) => {
    const maker = nodes.find((node) => node.outputs.includes(slot));
    const used = nodes.some((node) => node.args.some((arg) => JSON.stringify(arg)?.includes(`"value":${slot}}`)));
    return maker !== undefined && /^aten::(new_)?empty(_strided)?\./.test(maker.target) && !used;
  }).length;
}

function tensorsIn(value: unknown): torch.Tensor[] {
  if (value instanceof torch.Tensor) return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(tensorsIn) : [];
}

/** The tensors among arguments that can have a gradient, in the order of their record. */
function floatingIn(args: unknown[], named: Record<string, unknown>): torch.Tensor[] {
  return tensorsIn([args, named]).filter((x) => ['float', 'complex'].includes(torch.dtypes[x.dtype].kind));
}

/** 1/4, 2/4 ... 7/4 over and over: the gradient that each result is given. */
function cotangent(x: torch.Tensor): torch.Tensor {
  return torch.arange(x.numel()).remainder(7).add(1).div(4).reshape(x.shape).to(x.dtype);
}

/** Whether a result is what a graph gives: dense tensors with values of their own. */
function isDense(value: unknown): boolean {
  const tensors = tensorsIn([...([value] as unknown[])].flat());
  return tensors.every((x) => x.layout === 'strided' && !x.dtype.startsWith('q'));
}

type Outcome = 'checked' | 'refused' | 'other' | 'unwritten';

function check(name: string, fn: (...args: unknown[]) => unknown, sample: Sample): Outcome {
  const call = (args: unknown[], named: Record<string, unknown>): unknown =>
    fn(...args, ...(Object.keys(named).length > 0 ? [named] : []));
  const make = (): [unknown[], Record<string, unknown>] => toArguments(sample);
  if (!isDense(make()) || !isDense(torch.scope(() => call(...make())))) return 'other';
  let captured: torch.Captured<[unknown[], Record<string, unknown>], unknown>;
  try {
    torch.manualSeed(0);
    captured = torch.capture(call, make());
  } catch (error) {
    if (!reads.test((error as Error).message)) throw error;
    return 'refused';
  }
  for (const what of ['first run', 'second run']) {
    torch.manualSeed(0);
    expectValue(captured(...make()) ?? null, sample.results, what);
  }
  const spec = captured.graph.spec();
  const again = new torch.Graph(spec);
  expect(again.toString()).toBe(captured.graph.toString());
  torch.manualSeed(0);
  const results = again.run(tensorsIn(make())) as torch.Tensor[];
  torch.manualSeed(0);
  const expected = tensorsIn([captured(...make())]);
  if (!unset.test(name))
    results.forEach((result, i) => expect(torch.allclose(result, expected[i]!, { equalNan: true })).toBe(true));
  return unwritten(spec) > 0 && !unset.test(name) ? 'unwritten' : 'checked';
}

/** The gradients of a call are part of a graph too. */
function checkGradients(name: string, fn: (...args: unknown[]) => unknown, sample: Sample): Outcome {
  const call = (args: unknown[], named: Record<string, unknown>): torch.Tensor[] => {
    const leaves = floatingIn(args, named).filter((_, i) => sample.grads![i]);
    const results = tensorsIn([fn(...args, ...(Object.keys(named).length > 0 ? [named] : []))]).filter(
      (x) => x.requiresGrad,
    );
    return torch.autograd.grad(results, leaves, {
      gradOutputs: results.map(cotangent),
      allowUnused: true,
    }) as torch.Tensor[];
  };
  const make = (): [unknown[], Record<string, unknown>] => {
    const made = toArguments(sample);
    floatingIn(...made).forEach((x, i) => sample.grads![i] && x.requiresGrad_());
    return made;
  };
  torch.manualSeed(0);
  let expected: (torch.Tensor | null)[];
  try {
    expected = call(...make());
  } catch {
    return 'other'; // results that cannot be derived together
  }
  let captured: typeof call;
  try {
    torch.manualSeed(0);
    captured = torch.capture(call, make());
  } catch (error) {
    if (!reads.test((error as Error).message)) throw error;
    return 'refused';
  }
  torch.manualSeed(0);
  captured(...make()).forEach((grad, i) => {
    const wanted = expected[i] ?? null;
    if (wanted === null || grad === null) return expect(grad).toBe(wanted);
    // Where it is traced, LibTorch takes a formula for prod that is finite where the other is not.
    const given = name === 'aten::prod' ? torch.where(wanted.isnan(), wanted, grad) : grad;
    expect(torch.allclose(given, wanted, { equalNan: true }), `${name}, gradient ${i}`).toBe(true);
  });
  return 'checked';
}

describe('captured gradients', () => {
  const counts = { checked: 0, refused: 0, other: 0, unwritten: 0 };

  test.each([...samples].filter(([, list]) => list.some(({ grads }) => grads)))('of %s', (name, list) => {
    const row = rows.get(`op ${name}`) ?? rows.get(`fn ${name}`);
    for (const sample of list) {
      if (row && sample.grads && isDense(toArguments(sample)))
        torch.scope(() => counts[checkGradients(name, row.fn, sample)]++);
    }
  });

  test('are nearly all', () => {
    expect(counts.checked).toBeGreaterThan(500);
    expect(counts.refused).toBeLessThan(counts.checked / 20);
  });
});

describe('captured operators', () => {
  const counts = { checked: 0, refused: 0, other: 0, unwritten: 0 };

  test.each([...samples])('%s', (name, list) => {
    const row = rows.get(`op ${name}`) ?? rows.get(`fn ${name}`);
    if (!row || unseen.includes(name)) return;
    for (const sample of list) torch.scope(() => counts[check(name, row.fn, sample)]++);
  });

  test('are nearly all', () => {
    expect(counts.checked).toBeGreaterThan(1500);
    expect(counts.unwritten).toBe(0);
    expect(counts.refused).toBeLessThan(counts.checked / 20);
  });
});
