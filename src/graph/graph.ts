import { abortable, type AbortOptions } from '../abort.js';
import { binding, type Handle } from '../binding.js';
import { DisposedError, FlambeauError, wrongArgument } from '../errors.js';
import { handleOf, isTensor, wrap } from '../ops/call.js';
import type { Tensor } from '../tensor.js';
import type { GraphArgument, GraphSpec } from './spec.js';

/** What a graph takes and gives: tensors, numbers, booleans, and lists of them. */
export type GraphValue = Tensor | number | bigint | boolean | string | null | GraphValue[];

/** Results of the binding, where tensors are handles. */
function lift(value: unknown): GraphValue {
  if (Array.isArray(value)) return value.map(lift);
  return typeof value === 'object' && value !== null ? wrap(value) : (value as GraphValue);
}

function lower(values: readonly GraphValue[]): { handles: unknown[]; marks: number[] } {
  return {
    handles: values.map((value) => (isTensor(value) ? handleOf(value) : value)),
    marks: values.map((value) => (isTensor(value) ? 1 : 0)),
  };
}

// The binding takes tensors as their handles.
function lowerSpec(spec: GraphSpec): object {
  for (const field of ['constants', 'nodes'] as const) {
    if (!Array.isArray(spec[field]))
      throw new FlambeauError('INVALID_VALUE', `the graph is not one: ${field}: it must be an array`);
  }
  return {
    ...spec,
    constants: spec.constants.map(({ slot, tensor }) => ({ slot, tensor: handleOf(tensor) })),
    nodes: spec.nodes.map((node) => (node.graphs ? { ...node, graphs: node.graphs.map(lowerSpec) } : node)),
  };
}

type RawSpec = Omit<GraphSpec, 'constants'> & { constants: { slot: number; tensor: Handle }[] };

function liftSpec(raw: RawSpec): GraphSpec {
  return {
    ...raw,
    constants: raw.constants.map(({ slot, tensor }) => ({ slot, tensor: wrap(tensor) })),
    nodes: raw.nodes.map((node) =>
      node.graphs ? { ...node, graphs: (node.graphs as unknown as RawSpec[]).map(liftSpec) } : node,
    ),
  };
}

function text(argument: GraphArgument | undefined): string {
  if (argument === undefined) return '_';
  if ('value' in argument) return `%${argument.value}`;
  if ('list' in argument) return `[${argument.list.map(text).join(', ')}]`;
  if ('float' in argument) return Number.isInteger(argument.float) ? argument.float.toFixed(1) : String(argument.float);
  const { constant } = argument;
  if (Array.isArray(constant)) return `[${constant.map((each) => text({ constant: each as unknown })).join(', ')}]`;
  return typeof constant === 'string' ? `'${constant}'` : String(constant);
}

function print(spec: GraphSpec, indent: string): string {
  const lines = [`${indent}graph(${spec.inputs.map((slot) => `%${slot}`).join(', ')}):`];
  for (const { slot, tensor } of spec.constants) {
    lines.push(`${indent}  %${slot} = constant ${tensor.dtype}[${tensor.shape.join(', ')}]`);
  }
  for (const { target, args, outputs, graphs, source } of spec.nodes) {
    const left = outputs.filter((slot) => slot !== null).map((slot) => `%${slot}`);
    const call = `${target}(${args.map(text).join(', ')})`;
    lines.push(`${indent}  ${left.length ? `${left.join(', ')} = ` : ''}${call}${source ? `  # ${source}` : ''}`);
    for (const inner of graphs ?? []) lines.push(print(inner, `${indent}    `));
  }
  for (const { parameter, value } of spec.gradients ?? []) {
    lines.push(`${indent}  %${parameter}.grad = ${value === null ? 'null' : `%${value}`}`);
  }
  lines.push(`${indent}  return ${spec.outputs.map(text).join(', ')}`);
  return lines.join('\n');
}

/**
 * A program of LibTorch's operators that runs in one native call, on this thread or on one of the addon's own.
 *
 * Made by {@link capture}, or out of a file; or of plain data, a {@link GraphSpec}.
 *
 * @example
 * const graph = new torch.Graph({
 *   slots: 2, inputs: [0], constants: [], outputs: [{ value: 1 }],
 *   nodes: [{ target: 'aten::add.Tensor', args: [{ value: 0 }, { value: 0 }], outputs: [1] }],
 * })
 * graph.run([torch.ones(2)])[0] // tensor([2., 2.])
 */
export class Graph {
  private handle: Handle | null;

  /** @throws when the data is no graph, or names an operator that there is not */
  constructor(spec: GraphSpec | { /** @internal */ _handle: Handle }) {
    if (typeof spec !== 'object' || spec === null) throw wrongArgument('Graph', 'spec', 'a specification', spec);
    this.handle = '_handle' in spec ? spec._handle : binding.graphCreate(lowerSpec(spec));
  }

  private get alive(): Handle {
    if (this.handle === null) throw new DisposedError('this graph has been disposed');
    return this.handle;
  }

  /** @internal What a {@link Batcher} runs. */
  get _runnable(): Handle {
    return this.alive;
  }

  /**
   * Runs the graph. Where gradients are recorded, and it holds or is given a tensor that requires one, so do its results.
   *
   * @param inputs - as many as the graph takes, in order
   * @throws when they are not what the graph takes, and what its operators throw, with the place of the call
   * @example
   * const double = torch.capture((x) => x.mul(2), [torch.ones(2)])
   * double.graph.run([torch.tensor([1, 2.5])]) // [ tensor([2., 5.]) ]
   */
  run(inputs: readonly GraphValue[]): GraphValue[] {
    const { handles, marks } = lower(inputs);
    return binding.graphRun(this.alive, handles, marks).map(lift);
  }

  /**
   * @internal {@link run} for tensors of the types and sizes of the last call of `_accept`; `undefined` for others, of
   * which the caller has to make sure first.
   */
  _again(inputs: readonly Tensor[]): GraphValue[] | undefined {
    const values = binding.graphAgain(this.alive, ...inputs.map(handleOf));
    return values === undefined || Array.isArray(values) ? values?.map(lift) : [wrap(values)];
  }

  /** @internal */
  _accept(inputs: readonly Tensor[]): void {
    binding.graphAccept(this.alive, ...inputs.map(handleOf));
  }

  /**
   * {@link run} on a thread of the addon's own: the event loop goes on. A `signal` drops a run that has not begun.
   *
   * @example
   * const double = torch.capture((x) => x.mul(2), [torch.ones(1)])
   * await double.graph.runAsync([torch.tensor([2.5])]) // [ tensor([5.]) ]
   */
  async runAsync(inputs: readonly GraphValue[], { signal }: AbortOptions = {}): Promise<GraphValue[]> {
    const { handles, marks } = lower(inputs);
    return (await abortable((turn) => binding.graphRunAsync(this.alive, handles, marks, turn), signal)).map(lift);
  }

  /**
   * The graph as plain data.
   *
   * @example
   * torch.capture((x) => x.neg(), [torch.ones(1)]).graph.spec().nodes[0].target // 'aten::neg.default'
   */
  spec(): GraphSpec {
    return liftSpec(binding.graphDescribe(this.alive) as RawSpec);
  }

  /**
   * The calls, a line each, with the places in the program that made them.
   *
   * @example
   * torch.capture((x) => x.neg(), [torch.ones(1)]).graph.toString().split('\n')[0] // 'graph(%0):'
   */
  toString(): string {
    return print(this.spec(), '');
  }

  /**
   * Frees the graph now; the tensors that it shares with others stay.
   *
   * @example
   * const { graph } = torch.capture((x) => x.neg(), [torch.ones(1)])
   * graph.dispose()
   */
  dispose(): void {
    if (this.handle !== null) binding.dispose(this.handle);
    this.handle = null;
  }

  /**
   * {@link dispose}, for `using`.
   *
   * @example
   * {
   *   using graph = torch.capture((x) => x.neg(), [torch.ones(1)]).graph
   * }
   */
  [Symbol.dispose](): void {
    this.dispose();
  }
}
