import { binding } from '../binding.js';
import { FlambeauError } from '../errors.js';
import { Complex } from '../shape.js';
import type { Tensor } from '../tensor.js';
import { damaged } from './json.js';
import { operatorSchema } from './operator-schema.js';
import type { Argument, Device, Graph, Node, Program } from './schema.js';
import type { GraphArgument, GraphNode, GraphSpec } from '../graph/spec.js';

/** Symbolic arithmetic of Python, under the names that graphs know it by. */
const builtins: Readonly<Record<string, string>> = {
  '_operator.add': 'add',
  '_operator.sub': 'sub',
  '_operator.mul': 'mul',
  '_operator.floordiv': 'floordiv',
  '_operator.mod': 'mod',
  '_operator.truediv': 'truediv',
  '_operator.pow': 'pow',
  '_operator.neg': 'neg',
  '_operator.eq': 'eq',
  '_operator.ne': 'ne',
  '_operator.lt': 'lt',
  '_operator.le': 'le',
  '_operator.gt': 'gt',
  '_operator.ge': 'ge',
  '_operator.and_': 'and',
  '_operator.or_': 'or',
  '_operator.getitem': 'getitem',
  'math.trunc': 'trunc',
  'math.ceil': 'ceil',
  'math.floor': 'floor',
  'torch.sym_not': 'not',
  'torch.sym_int': 'int',
  'torch.sym_float': 'float',
  'torch.sym_ite': 'ite',
  'torch.sym_max': 'max',
  'torch.sym_min': 'min',
  'torch.sym_sqrt': 'sqrt',
  'torch._sym_sqrt': 'sqrt',
};

const constantKinds = new Set([
  'as_int',
  'as_ints',
  'as_floats',
  'as_string',
  'as_strings',
  'as_scalar_type',
  'as_memory_format',
  'as_layout',
  'as_bool',
  'as_bools',
  'as_int_lists',
  'as_float_lists',
]);

/** The name of a device, on the one that the program was moved to. */
export function deviceName(device: Device, moved?: string): string {
  if (moved !== undefined && device.type !== 'meta') return moved;
  return device.index === null || device.type === 'cpu' ? device.type : `${device.type}:${device.index}`;
}

/** The operator of a target: `torch.ops.aten.add.Tensor` is `aten::add.Tensor`. */
export function operatorOf(target: string): string | undefined {
  const [, space, name, overload] = /^torch\.ops\.(\w+)\.(\w+)\.(\w+)$/.exec(target) ?? [];
  return space === undefined || space === 'higher_order' ? undefined : `${space}::${name}.${overload}`;
}

/** Where the author of a node wrote it: the innermost line of Python. */
export function sourceOf(node: Node): string | undefined {
  const lines = [...(node.metadata.get('stack_trace') ?? '').matchAll(/File "([^"]+)", line (\d+)/g)];
  const last = lines[lines.length - 1];
  return last && `${last[1]}:${last[2]}`;
}

/** Turns the graph of a program into one that the addon runs. */
class Lowering {
  private readonly slots = new Map<string, number>();
  private count = 0;
  private readonly nodes: GraphNode[] = [];

  constructor(
    private readonly graph: Graph,
    private readonly place: string,
    private readonly device: string | undefined,
  ) {}

  define(name: string): number {
    const slot = this.count++;
    this.slots.set(name, slot);
    return slot;
  }

  value(name: string): { value: number } {
    const slot = this.slots.get(name);
    if (slot === undefined) throw damaged(this.place, `uses a value '${name}' that nothing makes`);
    return { value: slot };
  }

  add(node: GraphNode): void {
    this.nodes.push(node);
  }

  finish(inputs: number[], constants: GraphSpec['constants'], outputs: GraphArgument[]): GraphSpec {
    return { slots: this.count, inputs, constants, nodes: this.nodes, outputs };
  }

  argument(argument: Argument): GraphArgument {
    const { kind, value } = argument;
    if (constantKinds.has(kind)) return { constant: value };
    switch (kind) {
      case 'as_none':
        return { constant: null };
      case 'as_float':
        return { float: value };
      case 'as_device':
        return { constant: deviceName(value, this.device) };
      case 'as_complex':
        return { constant: new Complex(value.real, value.imag) };
      case 'as_tensor':
        return this.value(value.name);
      case 'as_tensors':
        return { list: value.map(({ name }) => this.value(name)) };
      case 'as_nested_tensors':
        return { list: value.map((part) => ({ list: part.map(({ name }) => this.value(name)) })) };
      case 'as_optional_tensor':
        return value.kind === 'as_none' ? { constant: null } : this.value(value.value.name);
      case 'as_optional_tensors':
        return {
          list: value.map((part) => (part.kind === 'as_none' ? { constant: null } : this.value(part.value.name))),
        };
      case 'as_sym_int':
      case 'as_sym_bool':
        return this.symbol(value);
      case 'as_sym_float':
        return value.kind === 'as_float' ? { float: value.value } : this.symbol(value);
      case 'as_sym_ints':
      case 'as_sym_bools':
        return { list: value.map((part) => this.symbol(part)) };
      case 'as_sym_floats':
        return {
          list: value.map((part) => (part.kind === 'as_float' ? { float: part.value } : this.symbol(part))),
        };
      default:
        throw new FlambeauError(
          'UNSUPPORTED',
          `export.load(): ${this.place} takes an argument of the kind '${kind}', which graphs here cannot hold`,
        );
    }
  }

  private symbol(value: { kind: string; value: unknown }): GraphArgument {
    return value.kind === 'as_name' ? this.value(value.value as string) : { constant: value.value };
  }

  all(): void {
    this.graph.nodes.forEach((node, i) => this.node(node, `${this.place}, node ${i} '${node.name ?? ''}'`));
  }

  private node(node: Node, place: string): void {
    const source = sourceOf(node);
    const operator = operatorOf(node.target);
    const builtin = Object.hasOwn(builtins, node.target) ? builtins[node.target] : undefined;
    if (operator !== undefined) {
      const args = this.named(operator, node, place);
      this.push({ target: operator, args, outputs: [], source }, node.outputs, returnsOf(operator), place);
    } else if (builtin !== undefined) {
      const args = node.inputs.map(({ arg }) => this.argument(arg));
      this.push({ target: `builtin::${builtin}`, args, outputs: [], source }, node.outputs, undefined, place);
    } else {
      const made = this.control(node, place);
      const outputs = node.outputs.flatMap((output): Argument[] =>
        output.kind === 'as_tensors' ? output.value.map((value) => ({ kind: 'as_tensor', value })) : [output],
      );
      this.push({ ...made, source }, outputs, undefined, place);
    }
  }

  /** The arguments of an operator by its schema. */
  private named(operator: string, node: Node, place: string): (GraphArgument | undefined)[] {
    const names = argumentsOf(operator, place);
    const args: (GraphArgument | undefined)[] = [];
    for (const { name, arg } of node.inputs) {
      const index = names.indexOf(name);
      if (index < 0) throw damaged(place, `gives ${operator} an argument '${name}' that it does not take`);
      const given = this.argument(arg);
      const isNumber = arg.kind.startsWith('as_sym') && 'value' in given;
      args[index] =
        isNumber && operatorSchema(operator).arguments[index]?.type === 'Tensor' ? this.tensor(given) : given;
    }
    return Array.from({ length: names.length }, (_, i) => args[i]);
  }

  /** A number that is computed, where an operator takes a tensor. */
  private tensor(given: GraphArgument): GraphArgument {
    const slot = this.count++;
    this.nodes.push({ target: 'builtin::tensor', args: [given], outputs: [slot] });
    return { value: slot };
  }

  /** Gives the results of a node their slots, and the elements of a list theirs. */
  private push(node: GraphNode, outputs: readonly Argument[], returns: string | undefined, place: string): void {
    this.nodes.push(node);
    outputs.forEach((output, i) => {
      if (returns !== undefined && i >= returns.length) throw damaged(place, 'has more results than its operator');
      const names = namesOf(output, place);
      const isList = output.kind === 'as_tensors' || output.kind === 'as_optional_tensors';
      if (!isList) {
        node.outputs.push(names[0] === undefined || names[0] === null ? null : this.define(names[0]));
        return;
      }
      const list = this.count++;
      node.outputs.push(list);
      names.forEach((name, j) => {
        if (name === null) return;
        const args = [{ value: list }, { constant: j }];
        this.nodes.push({ target: 'builtin::getitem', args, outputs: [this.define(name)], source: node.source });
      });
    });
    if (returns !== undefined) while (node.outputs.length < returns.length) node.outputs.push(null);
  }

  private control(node: Node, place: string): GraphNode {
    const name = node.target.slice(node.target.lastIndexOf('.') + 1);
    const graphs: GraphSpec[] = [];
    const plain: Argument[] = [];
    for (const { arg } of node.inputs) {
      if (arg.kind === 'as_graph') {
        graphs.push(lowerSubgraph(arg.value.graph, `${place}, graph '${arg.value.name}'`, this.device));
      } else plain.push(arg);
    }
    const made = (target: string, args: GraphArgument[], count: number): GraphNode => {
      if (graphs.length !== count) throw damaged(place, `must have ${count} graphs, not ${graphs.length}`);
      return { target: `control::${target}`, args, outputs: [], graphs };
    };
    const arg = (i: number): GraphArgument => {
      const found = plain[i];
      if (!found) throw damaged(place, `lacks its argument ${i}`);
      return this.argument(found);
    };
    const literal = (i: number): GraphArgument => ({ constant: this.constant(plain[i], place) });
    const rest = (from: number): GraphArgument => ({ list: plain.slice(from).map((part) => this.argument(part)) });
    switch (node.target.startsWith('torch.ops.higher_order.') ? name : '') {
      case 'cond':
        return made('cond', [arg(0), plain[1] ? arg(1) : { list: [] }], 2);
      case 'while_loop':
        return made('while_loop', [arg(0), plain[1] ? arg(1) : { list: [] }], 2);
      case 'map_impl':
        return made('map', [arg(0), plain[1] ? arg(1) : { list: [] }], 1);
      case 'scan':
        return made('scan', [arg(0), arg(1), plain[2] ? arg(2) : { list: [] }], 1);
      case 'wrap_with_set_grad_enabled':
        return made('call', [{ list: [{ constant: 'set_grad' }, literal(0)] }, rest(1)], 1);
      case 'wrap_with_autocast': {
        const device = plain[0]?.kind === 'as_string' ? plain[0].value : 'cpu';
        const type = this.device === undefined ? device : this.device.replace(/:.*/, '');
        const dtype = plain[1]?.kind === 'as_scalar_type' ? plain[1].value : type === 'cpu' ? 'bfloat16' : 'float16';
        const options = [{ constant: 'autocast' }, { constant: type }, { constant: dtype }, literal(2)];
        return made('call', [{ list: options }, rest(4)], 1);
      }
      default:
        throw new FlambeauError(
          'UNKNOWN_OPERATOR',
          `export.load(): ${place} calls ${node.target}, which graphs here do not know`,
        );
    }
  }

  private constant(argument: Argument | undefined, place: string): unknown {
    if (argument?.kind === 'as_bool' || argument?.kind === 'as_string') return argument.value;
    throw damaged(place, 'lacks a constant that its target takes');
  }
}

/** The names of a result: of the elements where it is a list. */
function namesOf(output: Argument, place: string): (string | null)[] {
  switch (output.kind) {
    case 'as_none':
      return [null];
    case 'as_tensor':
      return [output.value.name];
    case 'as_tensors':
      return output.value.map(({ name }) => name);
    case 'as_optional_tensor':
      return [output.value.kind === 'as_none' ? null : output.value.value.name];
    case 'as_optional_tensors':
      return output.value.map((part) => (part.kind === 'as_none' ? null : part.value.name));
    case 'as_sym_int':
    case 'as_sym_float':
    case 'as_sym_bool':
      return [output.value.kind === 'as_name' ? output.value.value : null];
    default:
      throw damaged(place, `has a result of the kind '${output.kind}'`);
  }
}

function describeOperator(operator: string, place: string): { names: string[]; returns: string } {
  try {
    const overload = binding.describeOperator(operator, true).overloads[0]!;
    return { names: overload.arguments, returns: overload.returns };
  } catch (error) {
    throw new FlambeauError(
      'UNKNOWN_OPERATOR',
      `export.load(): ${place} calls ${operator}, which this LibTorch does not have. ` +
        'Operators of libraries are there after torch.ops.loadLibrary().',
      { cause: error },
    );
  }
}

function argumentsOf(operator: string, place: string): string[] {
  return describeOperator(operator, place).names;
}

function returnsOf(operator: string): string {
  return describeOperator(operator, operator).returns;
}

function lowerSubgraph(graph: Graph, place: string, device: string | undefined): GraphSpec {
  const lowering = new Lowering(graph, place, device);
  const inputs = graph.inputs.map((input) => {
    const [name] = namesOf(input, place);
    return lowering.define(name ?? '');
  });
  lowering.all();
  return lowering.finish(
    inputs,
    [],
    graph.outputs.map((output) => lowering.argument(output)),
  );
}

/**
 * Lowers a whole program.
 *
 * @param tensors - parameters, buffers and constants by name
 */
export function lower(program: Program, tensors: ReadonlyMap<string, Tensor>, device?: string): GraphSpec {
  const { graph, signature } = program.graph_module;
  const place = 'the graph';
  const lowering = new Lowering(graph, place, device);
  const inputs: number[] = [];
  const constants: GraphSpec['constants'] = [];
  const byTarget = new Map<string, string>();
  const held = (target: string, name: string): void => {
    const tensor = tensors.get(target);
    if (!tensor) throw damaged(place, `needs a tensor '${target}' that the file does not hold`);
    constants.push({ slot: lowering.define(name), tensor });
    byTarget.set(target, name);
  };
  for (const { kind, value } of signature.input_specs) {
    if (kind === 'parameter') held(value.parameter_name, value.arg.name);
    else if (kind === 'buffer') held(value.buffer_name, value.arg.name);
    else if (kind === 'tensor_constant') held(value.tensor_constant_name, value.arg.name);
    else if (kind === 'user_input') {
      const name =
        value.arg.kind === 'as_tensor' || value.arg.kind.startsWith('as_sym') ? namesOf(value.arg, place)[0] : null;
      if (name !== null && name !== undefined) inputs.push(lowering.define(name));
    } else if (kind !== 'constant_input') {
      throw new FlambeauError(
        'UNSUPPORTED',
        `export.load(): the program takes a ${kind}, which graphs here cannot hold`,
      );
    }
  }
  lowering.all();
  const outputs: GraphArgument[] = [];
  for (const { kind, value } of signature.output_specs) {
    if (kind === 'user_output') outputs.push(lowering.argument(value.arg));
    else if (kind === 'loss_output') outputs.push(lowering.value(value.arg.name));
    else if (kind === 'buffer_mutation' || kind === 'user_input_mutation') {
      const target = kind === 'buffer_mutation' ? byTarget.get(value.buffer_name) : value.user_input_name;
      const self = lowering.value(target ?? '');
      lowering.add({
        target: 'aten::copy_.default',
        args: [self, lowering.value(value.arg.name), undefined],
        outputs: [null],
      });
    } else {
      throw new FlambeauError(
        'UNSUPPORTED',
        `export.load(): the program gives a ${kind}, which graphs here cannot hold`,
      );
    }
  }
  return lowering.finish(inputs, constants, outputs);
}
