import { isTensor } from '../ops/call.js';
import type { Tensor } from '../tensor.js';
import { CallSpec } from './call-spec.js';
import { checkGuards, parseGuards, type Guard } from './guards.js';
import { checkInputs, describeArgument, Ranges, type Expected, type ValueInfo } from './inputs.js';
import { damaged } from './json.js';
import type { Argument, Program } from './schema.js';

/** How a program is called: what its arguments must be, and what comes of them. */
export class Signature {
  /** What each leaf of the arguments must be. */
  readonly expected: Expected[];
  readonly outputs: ValueInfo[];
  private readonly call: CallSpec;
  private readonly guards: Guard[];
  // Whether every argument is a tensor, given by place: its dtype and sizes are then all that a call is checked by.
  private readonly plain: boolean;

  constructor(program: Program, device?: string) {
    const { graph, signature, module_call_graph: calls, treespec_namedtuple_fields: fields } = program.graph_module;
    const call = calls.find(({ fqn }) => fqn === '')?.signature;
    if (!call) throw damaged('the program', 'does not say how it is called');
    this.call = new CallSpec(call.in_spec, call.out_spec, call.forward_arg_names ?? [], fields);
    const { inputPaths, outputPaths } = this.call;
    const leaves = signature.input_specs.flatMap(({ kind, value }): Argument[] =>
      kind === 'user_input' ? [value.arg] : kind === 'constant_input' ? [value.value as Argument] : [],
    );
    if (leaves.length !== inputPaths.length) {
      throw damaged('the program', `takes ${leaves.length} values, and its in_spec has ${inputPaths.length}`);
    }
    const given = signature.output_specs.flatMap(({ kind, value }): Argument[] =>
      kind === 'user_output' ? [value.arg] : kind === 'loss_output' ? [{ kind: 'as_tensor', value: value.arg }] : [],
    );
    if (given.length !== outputPaths.length) {
      throw damaged('the program', `gives ${given.length} values, and its out_spec has ${outputPaths.length}`);
    }
    const ranges = new Ranges(program.range_constraints);
    this.expected = leaves.map((leaf, i) => describeArgument(leaf, inputPaths[i]!, graph, ranges, device));
    this.outputs = given.map((leaf, i) => describeArgument(leaf, outputPaths[i]!, graph, ranges, device).info);
    this.guards = parseGuards(program.guards_code, inputPaths);
    this.plain = this.call.plain && this.expected.every(({ info }) => info.kind === 'tensor');
  }

  /** What the graph takes of a call, checked. */
  bind(func: string, args: readonly unknown[]): unknown[] {
    const leaves = this.call.leaves(func, args);
    const passed = checkInputs(func, this.expected, leaves);
    checkGuards(func, this.guards, leaves);
    return passed;
  }

  /** Whether these arguments are a call that is checked by dtypes and sizes alone. */
  isPlain(args: readonly unknown[]): args is readonly Tensor[] {
    return this.plain && args.length === this.expected.length && args.every(isTensor);
  }

  /** What the caller gets of what the graph gives. */
  result(values: readonly unknown[]): unknown {
    return this.call.result(values);
  }
}
