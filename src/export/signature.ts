import { FlambeauError } from '../errors.js';
import { isTensor } from '../ops/call.js';
import { checkGuards, parseGuards, type Guard } from './guards.js';
import { checkInputs, describeArgument, Ranges, type Expected, type ValueInfo } from './inputs.js';
import { damaged } from './json.js';
import { countLeaves, flattenTree, isPlainObject, leafPaths, parseTree, type Tree } from './pytree.js';
import type { Argument, Program } from './schema.js';

const nothing: Tree = { kind: 'object', type: 'builtins.dict', keys: [], children: [], nulls: [] };

/** How a program is called: the structure of its arguments and of its result. */
export class Signature {
  /** What each leaf of the arguments must be. */
  readonly expected: Expected[];
  readonly outputs: ValueInfo[];
  readonly result: Tree;
  private readonly guards: Guard[];
  private readonly positional: Tree & { kind: 'array' };
  private readonly named: Tree & { kind: 'object' };
  /** The names of the positional arguments. */
  private readonly names: string[];

  constructor({ graph_module: module, range_constraints: constraints, guards_code: guards }: Program, device?: string) {
    const { graph, signature, treespec_namedtuple_fields: tuples } = module;
    const call = module.module_call_graph.find(({ fqn }) => fqn === '')?.signature;
    if (!call) throw damaged('the program', 'does not say how it is called');
    const args = parseTree(call.in_spec, 'in_spec', tuples);
    const [positional, named] = args.kind === 'array' && args.children.length === 2 ? args.children : [];
    if (
      positional?.kind !== 'array' ||
      (named?.kind !== 'object' && !(named?.kind === 'array' && countLeaves(named) === 0))
    ) {
      throw damaged('in_spec', 'is no structure of positional and named arguments');
    }
    this.positional = positional;
    this.named = named.kind === 'object' ? named : (nothing as Tree & { kind: 'object' });
    this.result = parseTree(call.out_spec, 'out_spec', tuples);
    this.names = positional.children.map((_, i) => call.forward_arg_names?.[i] ?? `args[${i}]`);

    const ranges = new Ranges(constraints);
    const paths = [
      ...positional.children.flatMap((child, i) => leafPaths(child, this.names[i]!)),
      ...leafPaths(this.named, ''),
    ];
    const leaves: Argument[] = [];
    for (const { kind, value } of signature.input_specs) {
      if (kind === 'user_input') leaves.push(value.arg);
      else if (kind === 'constant_input') leaves.push(value.value as Argument);
    }
    if (leaves.length !== paths.length) {
      throw damaged('the program', `takes ${leaves.length} values, and its in_spec has ${paths.length}`);
    }
    this.expected = leaves.map((leaf, i) => describeArgument(leaf, paths[i]!, graph, ranges, device));
    this.guards = parseGuards(guards, paths);
    const given = signature.output_specs.flatMap(({ kind, value }): Argument[] =>
      kind === 'user_output' ? [value.arg] : kind === 'loss_output' ? [{ kind: 'as_tensor', value: value.arg }] : [],
    );
    const places = leafPaths(this.result, '');
    if (given.length !== places.length) {
      throw damaged('the program', `gives ${given.length} values, and its out_spec has ${places.length}`);
    }
    this.outputs = given.map((leaf, i) => describeArgument(leaf, places[i]!, graph, ranges, device).info);
  }

  /** What the graph takes of a call, checked. */
  bind(func: string, args: readonly unknown[]): unknown[] {
    const leaves = this.leaves(func, args);
    const passed = checkInputs(func, this.expected, leaves);
    checkGuards(func, this.guards, leaves);
    return passed;
  }

  /** The leaves of a call: values by place, then, where the last is an object of names, by name. */
  private leaves(func: string, args: readonly unknown[]): unknown[] {
    const { children } = this.positional;
    const last = args[args.length - 1];
    const isNamed =
      args.length > 0 && isPlainObject(last) && !isTensor(last) && children[args.length - 1]?.kind !== 'object';
    const options = isNamed ? (last as Record<string, unknown>) : {};
    const values = isNamed ? args.slice(0, -1) : [...args];
    if (values.length > children.length) {
      throw new FlambeauError(
        'INVALID_ARGUMENT',
        `${func}(): takes ${children.length} positional argument${children.length === 1 ? '' : 's'}, not ${values.length}`,
      );
    }
    const rest: Record<string, unknown> = {};
    for (const [name, value] of Object.entries(options)) {
      const place = this.named.keys.includes(name) ? -1 : this.names.indexOf(name);
      if (place < 0) rest[name] = value;
      else if (place < values.length && values[place] !== undefined) {
        throw new FlambeauError('INVALID_ARGUMENT', `${func}(): argument '${name}' is given twice`);
      } else values[place] = value;
    }
    const leaves: unknown[] = [];
    children.forEach((child, i) => flattenTree(child, values[i], this.names[i]!, leaves, func));
    flattenTree(this.named, rest, '', leaves, func, [...this.names, ...this.named.keys]);
    return leaves;
  }
}
