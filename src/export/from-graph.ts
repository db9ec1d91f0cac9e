import { noGrad } from '../autograd/modes.js';
import { FlambeauError } from '../errors.js';
import { getRngState, setRngState } from '../generator.js';
import { Graph, type GraphValue } from '../graph/graph.js';
import type { GraphArgument, GraphNode, GraphSpec } from '../graph/spec.js';
import { isTensor } from '../ops/call.js';
import { Complex } from '../shape.js';
import type { Tensor } from '../tensor.js';
import { encodeMeta } from './meta.js';
import { operatorSchema, type SchemaArgument } from './operator-schema.js';
import { codeOfDtype, codeOfLayout, codeOfMemoryFormat } from './schema.js';

type Json = Record<string, unknown>;

// Names of Python that PyTorch's graphs rename.
const reserved =
  'self abs all any bin bool bytes chr complex device dict dir divmod eval exec filter float format hash hex id inf input int iter len list map max min nan next not object open or ord pow print property range repr reversed round set slice sorted str sum super torch tuple type vars zip and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal pass raise return try while with yield'.split(
    ' ',
  );

function unsupported(what: string, { target, source }: GraphNode): FlambeauError {
  return new FlambeauError(
    'UNSUPPORTED',
    `export(): ${target} ${what}${source === undefined ? '' : ` (${source})`}, which the format has no place for`,
  );
}

function code(table: ReadonlyMap<string, number>, value: unknown, node: GraphNode): number {
  const found = table.get(String(value));
  if (found === undefined) throw unsupported(`takes ${String(value)}`, node);
  return found;
}

export function encodeDevice(name: string): Json {
  const [type, index] = name.split(':');
  return { type, index: index === undefined ? null : Number(index) };
}

function encodeNumber(value: unknown): Json {
  if (value instanceof Complex) return { as_complex: { real: value.re, imag: value.im } };
  if (typeof value === 'boolean') return { as_bool: value };
  if (typeof value === 'bigint' || Number.isInteger(value)) return { as_int: value };
  return { as_float: encodeFloat(value as number) };
}

/** A number, or the string for one that JSON lacks. */
export function encodeFloat(value: number): number | string {
  return Number.isFinite(value) ? value : String(value);
}

const reads =
  (slot: number) =>
  (argument: GraphArgument | undefined): boolean =>
    argument !== undefined && 'value' in argument && argument.value === slot;

/** Whether an operator whose name says so writes to a slot. */
function isWritten(nodes: readonly GraphNode[], slot: number): boolean {
  return nodes.some(({ target, args }) => /_\./.test(target) && reads(slot)(args[0]));
}

/** Whether a constant is of a kind that numbers become. */
function isNumber({ shape, dtype }: Tensor): boolean {
  return shape.length === 0 && ['float64', 'int64', 'bool', 'complex128'].includes(dtype);
}

/** All values of one run of a graph that changes nothing outside of it. */
function probe(spec: GraphSpec, inputs: readonly GraphValue[]): { nodes: GraphNode[]; values: GraphValue[] } {
  let { slots } = spec;
  // Results that nobody reads have their place in the format too.
  const nodes = spec.nodes.map((node) => ({ ...node, outputs: node.outputs.map((slot) => slot ?? slots++) }));
  const constants = spec.constants.map(({ slot, tensor }) => ({
    slot,
    // A copy of a number would count for the dtype of results as a tensor does.
    tensor: isNumber(tensor) && !isWritten(nodes, slot) ? tensor : tensor.detach().clone(),
  }));
  const all = new Set([...nodes.flatMap((node) => node.outputs), ...spec.inputs, ...constants.map(({ slot }) => slot)]);
  const order = [...all];
  const outputs = order.map((slot) => ({ value: slot }));
  const state = getRngState();
  const copies = inputs.map((input) => (isTensor(input) ? input.detach().clone() : input));
  const graph = new Graph({ slots, inputs: spec.inputs, constants, nodes, outputs });
  const results = noGrad(() => graph.run(copies));
  graph.dispose();
  setRngState(state);
  const values: GraphValue[] = [];
  order.forEach((slot, i) => (values[slot] = results[i]!));
  return { nodes, values };
}

/** Writes the nodes of a graph in the terms of the schema. */
export class Writer {
  readonly tensors: Json = {};
  private readonly names = new Map<number, string | string[]>();
  // What Python has for itself.
  private readonly used = new Map(reserved.map((name) => [name, 1]));
  private readonly numbers = new Map<number, Json>();
  private readonly nodes: GraphNode[];
  private readonly values: GraphValue[];

  constructor(
    private readonly spec: GraphSpec,
    inputs: readonly GraphValue[],
  ) {
    ({ nodes: this.nodes, values: this.values } = probe(spec, inputs));
  }

  private unique(wanted: string): string {
    const base = wanted
      .replace(/\W+/g, '_')
      .replace(/^_+(?=\w)|_+$/g, '')
      .replace(/^(?=\d)/, '_');
    const count = this.used.get(base) ?? 0;
    this.used.set(base, count + 1);
    return count === 0 ? base : this.unique(`${base}_${count}`);
  }

  /** Names a tensor that is not in a slot of the graph. */
  declare(wanted: string, tensor: Tensor): string {
    const name = this.unique(wanted);
    this.tensors[name] = encodeMeta(tensor);
    return name;
  }

  /** Names what is in a slot. */
  name(slot: number, wanted: string, tensor: Tensor): string {
    const name = this.declare(wanted, tensor);
    this.names.set(slot, name);
    return name;
  }

  /**
   * Takes a tensor without dimensions for the number that it was made from, where it is only computed with: as a tensor
   * it would count for the dtype of results.
   */
  number(slot: number, tensor: Tensor): boolean {
    if (!isNumber(tensor)) return false;
    const { outputs } = this.spec;
    const inList = this.nodes.some(({ args }) =>
      args.some((arg) => arg && 'list' in arg && arg.list.some(reads(slot))),
    );
    if (inList || outputs.some(reads(slot)) || isWritten(this.nodes, slot)) return false;
    const value = tensor.item();
    this.numbers.set(
      slot,
      tensor.dtype === 'float64' ? { as_float: encodeFloat(value as number) } : encodeNumber(value),
    );
    return true;
  }

  nameOf(slot: number): string {
    const name = this.names.get(slot);
    if (typeof name !== 'string') throw new FlambeauError('UNSUPPORTED', `export(): value %${slot} is no tensor`);
    return name;
  }

  /** The nodes, once inputs and constants have their names. */
  write(): Json[] {
    return this.nodes.flatMap((node) => this.node(node));
  }

  private node(node: GraphNode): Json[] {
    const { target, args, outputs, source } = node;
    if (target === 'builtin::getitem') {
      // Elements of lists have had their names since the list was made.
      const [list, index] = args as [{ value: number }, { constant: number }];
      const names = this.names.get(list.value);
      const at = index.constant < 0 ? index.constant + (names?.length ?? 0) : index.constant;
      if (!Array.isArray(names) || names[at] === undefined) throw unsupported('takes a part of what is no list', node);
      this.names.set(outputs[0]!, names[at]);
      return [];
    }
    if (target.startsWith('builtin::') || target.startsWith('control::')) throw unsupported('is in the graph', node);
    const schema = operatorSchema(target);
    const inputs = schema.arguments.flatMap((argument, i): Json[] => {
      const given = args[i];
      if (given === undefined || ('constant' in given && given.constant === null && argument.fallback === 'None'))
        return [];
      return [{ name: argument.name, arg: this.argument(given, argument, node), kind: argument.isKeyword ? 2 : 1 }];
    });
    const [, space, name, overload] = /^(\w+)::(\w+)\.(\w+)$/.exec(target)!;
    const [, file, line] = /^(?:at )?(.*?):(\d+)(?::\d+)?$/.exec(source ?? '') ?? [];
    return [
      {
        target: `torch.ops.${space}.${name}.${overload}`,
        inputs,
        outputs: outputs.map((slot, i) => this.output(slot!, outputs.length > 1 ? `${name}_${i}` : name!, node)),
        metadata: file === undefined ? {} : { stack_trace: `  File "${file}", line ${line}, in forward\n` },
        is_hop_single_tensor_return: null,
      },
    ];
  }

  private output(slot: number, wanted: string, node: GraphNode): Json {
    const value = this.values[slot];
    if (isTensor(value)) return { as_tensor: { name: this.name(slot, wanted, value) } };
    if (value === null || value === undefined) return { as_none: true };
    if (!Array.isArray(value) || !value.every(isTensor)) throw unsupported('gives what is no tensor', node);
    const names = value.map((tensor) => this.declare(wanted, tensor));
    this.names.set(slot, names);
    return { as_tensors: names.map((name) => ({ name })) };
  }

  private argument(given: GraphArgument, argument: SchemaArgument, node: GraphNode): Json {
    const { type } = argument;
    if ('float' in given) return { as_float: encodeFloat(given.float) };
    if ('value' in given) return this.slot(given.value, type, node);
    if ('list' in given) return this.list(given.list, type, node);
    const { constant } = given;
    if (constant === null || constant === undefined) return { as_none: true };
    if (Array.isArray(constant)) {
      const values = constant as unknown[];
      if (type === 'int[]') return { as_ints: values };
      if (type === 'float[]') return { as_floats: (values as number[]).map(encodeFloat) };
      if (type === 'bool[]') return { as_bools: values };
      if (type === 'str[]') return { as_strings: values };
      if (type.startsWith('Tensor') && values.length === 0) return { as_tensors: [] };
      throw unsupported(`takes a ${type}`, node);
    }
    switch (type) {
      case 'int[]':
        return { as_ints: [constant] };
      case 'float':
        return { as_float: encodeFloat(Number(constant)) };
      case 'str':
        return { as_string: constant };
      case 'bool':
        return { as_bool: Boolean(constant) };
      case 'int':
        return { as_int: constant };
      case 'ScalarType':
        return { as_scalar_type: code(codeOfDtype as ReadonlyMap<string, number>, constant, node) };
      case 'Layout':
        return { as_layout: code(codeOfLayout, constant, node) };
      case 'MemoryFormat':
        return { as_memory_format: code(codeOfMemoryFormat, constant, node) };
      case 'Device':
        return { as_device: encodeDevice(constant as string) };
      case 'Scalar':
      case 'Tensor':
        return encodeNumber(constant);
      default:
        throw unsupported(`takes a ${type}`, node);
    }
  }

  private slot(slot: number, type: string, node: GraphNode): Json {
    if (type === 'Tensor' && this.numbers.has(slot)) return this.numbers.get(slot)!;
    const name = this.names.get(slot);
    if (typeof name === 'string') return { as_tensor: { name } };
    if (name) return { as_tensors: name.map((each) => ({ name: each })) };
    throw unsupported('takes what is no tensor', node);
  }

  private list(parts: readonly GraphArgument[], type: string, node: GraphNode): Json {
    if (type === 'Tensor[]' || type === 'Tensor?[]') {
      const names = parts.map((part) => ('value' in part ? this.nameOf(part.value) : null));
      if (type === 'Tensor[]') return { as_tensors: names.map((name) => ({ name })) };
      return {
        as_optional_tensors: names.map((name) => (name === null ? { as_none: true } : { as_tensor: { name } })),
      };
    }
    const values = parts.map((part) => ('constant' in part ? part.constant : 'float' in part ? part.float : undefined));
    if (values.includes(undefined)) throw unsupported('takes a list of numbers that are computed', node);
    return this.argument({ constant: values }, { name: '', type, isKeyword: false, fallback: undefined }, node);
  }

  /** What the program gives: names of tensors. */
  results(): string[] {
    return this.spec.outputs.map((output) => this.nameOf((output as { value: number }).value));
  }
}
