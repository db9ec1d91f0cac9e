import { binding } from '../binding.js';
import { FlambeauError, wrongArgument } from '../errors.js';
import { capture } from '../graph/capture.js';
import type { GraphSpec } from '../graph/spec.js';
import { handleOf, isTensor } from '../ops/call.js';
import type { Tensor } from '../tensor.js';
import { keep } from '../tensor/scope.js';
import { libtorchVersion } from '../runtime.js';
import { encodeFloat, Writer } from './from-graph.js';
import { parseJson } from './json.js';
import { ExportedProgram } from './program.js';
import { isPlainObject } from './pytree.js';
import { exportedProgram, schemaVersion } from './schema.js';
import type { Held } from './weights.js';

/** What {@link export_ | export} takes: a module, or anything else that is called like one. */
export interface Exportable<A extends unknown[], R> {
  /** Computes the result. */
  call(...args: A): R;
  /** The parameters, with the names that they get in the program. */
  namedParameters?(): Iterable<[string, Tensor]>;
  /** The buffers, with the names that they get in the program. */
  namedBuffers?(): Iterable<[string, Tensor]>;
  /** What is saved: buffers that it lacks are not part of the program's state. */
  stateDict?(): Record<string, unknown>;
}

/** Options of {@link export_ | export}. */
export interface ExportOptions {
  /** The names of the arguments; `args_0` and so on unless given. */
  names?: readonly string[];
}

type Json = Record<string, unknown>;

/** A structure, as the file describes it, with its leaves and their paths. */
class Structure {
  readonly leaves: unknown[] = [];
  readonly paths: string[] = [];

  constructor(private readonly sequence: 'builtins.tuple' | 'builtins.list') {}

  spec(value: unknown, path: string): Json {
    if (typeof value !== 'object' || value === null || isTensor(value)) {
      this.leaves.push(value);
      this.paths.push(path);
      return { type: null, context: null, children_spec: [] };
    }
    if (Array.isArray(value)) {
      return this.node(
        this.sequence,
        'null',
        value.map((part, i) => [`${path}_${i}`, part]),
      );
    }
    // Results of several tensors are objects with named fields.
    if (!isPlainObject(value) && typeof (value as Iterable<unknown>)[Symbol.iterator] !== 'function') {
      throw new FlambeauError('INVALID_ARGUMENT', `export(): ${path} must be of tensors in arrays and plain objects`);
    }
    const entries = Object.entries(value);
    const children = entries.map(([key, part]): [string, unknown] => [path === '' ? key : `${path}_${key}`, part]);
    return this.node('builtins.dict', JSON.stringify(entries.map(([key]) => key)), children);
  }

  node(type: string, context: string, children: [string, unknown][]): Json {
    return { type, context, children_spec: children.map(([path, part]) => this.spec(part, path)) };
  }
}

function constantOf(value: unknown, path: string): Json {
  if (value === null || value === undefined) return { as_none: true };
  if (typeof value === 'boolean') return { as_bool: value };
  if (typeof value === 'string') return { as_string: value };
  if (typeof value === 'bigint' || Number.isInteger(value)) return { as_int: value };
  if (typeof value === 'number') return { as_float: encodeFloat(value) };
  throw wrongArgument('export', path, 'tensor, number, boolean, string or null', value);
}

const big = '\u0000integer:';

/** JSON with whole numbers beyond what a number holds. */
function stringify(value: unknown): string {
  const text = JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? `${big}${part}` : part));
  return text.replace(/"\\u0000integer:(-?\d+)"/g, '$1');
}

/** The tensors of a module that the graph may hold, by their names. */
function stateOf(module: Exportable<never[], unknown>): Map<string, Held & { isSaved: boolean }> {
  const saved = module.stateDict?.();
  const found = new Map<string, Held & { isSaved: boolean }>();
  for (const [name, tensor] of module.namedParameters?.() ?? [])
    found.set(name, { tensor, isParameter: true, isSaved: true });
  for (const [name, tensor] of module.namedBuffers?.() ?? []) {
    found.set(name, { tensor, isParameter: false, isSaved: saved === undefined || name in saved });
  }
  return found;
}

/** The same memory under a handle of the program's own. */
function alias(tensor: Tensor, isParameter: boolean): Tensor {
  const own = keep(tensor.detach());
  return isParameter && tensor.requiresGrad ? own.requiresGrad_() : own;
}

/**
 * Makes a program of a module: runs it once and records what it does, as {@link capture}. The program can be saved to a
 * file that Python reads, and shares its parameters with the module.
 *
 * It computes in the mode that the module is in, training or not. Sizes and numbers are those of the example.
 *
 * @param module - a module, or an object with `call`
 * @param args - arguments to run it with
 * @throws what `capture` throws, and when the module calls `backward`
 * @see https://docs.pytorch.org/docs/2.13/export.html
 * @example
 * const model = new nn.Sequential(new nn.Linear(2, 3), new nn.ReLU())
 * const program = torch.export.export(model, [torch.ones(4, 2)], { names: ['x'] })
 * program.forward({ x: torch.ones(4, 2) }).equal(model.call(torch.ones(4, 2))) // true
 * Array.from(program.namedParameters(), ([name]) => name) // [ '0.weight', '0.bias' ]
 */
export function export_<A extends unknown[], R>(
  module: Exportable<A, R>,
  args: readonly [...A],
  { names = [] }: ExportOptions = {},
): ExportedProgram<R> {
  if (typeof module !== 'object' || module === null || typeof module.call !== 'function') {
    throw wrongArgument('export', 'module', 'a module', module);
  }
  if (!Array.isArray(args)) throw wrongArgument('export', 'args', 'array of arguments', args);
  let result: unknown;
  const { graph } = capture((...given: A) => (result = module.call(...given)), args);
  const spec = graph.spec();
  graph.dispose();
  if (spec.gradients?.length)
    throw new FlambeauError('CAPTURE', 'export(): the module calls backward(), which no program can');

  const inputs = new Structure('builtins.list');
  const argumentNames = args.map((_, i) => names[i] ?? `args_${i}`);
  const positional = inputs.node(
    'builtins.tuple',
    'null',
    args.map((arg, i): [string, unknown] => [argumentNames[i]!, arg]),
  );
  const inSpec = {
    type: 'builtins.tuple',
    context: 'null',
    children_spec: [positional, { type: 'builtins.dict', context: '[]', children_spec: [] }],
  };
  const outputs = new Structure('builtins.tuple');
  const outSpec = outputs.spec(result, '');
  return assemble<R>(spec, inputs, outputs, inSpec, outSpec, argumentNames, stateOf(module as never));
}

function assemble<R>(
  spec: GraphSpec,
  inputs: Structure,
  outputs: Structure,
  inSpec: Json,
  outSpec: Json,
  argumentNames: string[],
  own: ReadonlyMap<string, Held & { isSaved: boolean }>,
): ExportedProgram<R> {
  const writer = new Writer(spec, inputs.leaves.filter(isTensor));
  const state = new Map<string, Held>();
  const constants = new Map<string, Held>();
  const graphInputs: Json[] = [];
  const inputSpecs: Json[] = [];
  const free = [...spec.constants];
  for (const [name, { tensor, isParameter, isSaved }] of own) {
    const at = free.findIndex((constant) => binding.isSame(handleOf(constant.tensor), handleOf(tensor)));
    const wanted = `${isParameter ? 'p' : 'b'}_${name}`;
    const arg = {
      name: at < 0 ? writer.declare(wanted, tensor) : writer.name(free.splice(at, 1)[0]!.slot, wanted, tensor),
    };
    graphInputs.push({ as_tensor: arg });
    inputSpecs.push(
      isParameter
        ? { parameter: { arg, parameter_name: name } }
        : { buffer: { arg, buffer_name: name, persistent: isSaved } },
    );
    (isSaved ? state : constants).set(name, { tensor: alias(tensor, isParameter), isParameter });
  }
  for (const { slot, tensor } of free) {
    if (writer.number(slot, tensor)) continue;
    const name = `_tensor_constant${constants.size}`;
    const arg = { name: writer.name(slot, `c${name}`, tensor) };
    graphInputs.push({ as_tensor: arg });
    inputSpecs.push({ tensor_constant: { arg, tensor_constant_name: name } });
    constants.set(name, { tensor: alias(tensor, false), isParameter: false });
  }
  const slots = [...spec.inputs];
  inputs.leaves.forEach((leaf, i) => {
    const path = inputs.paths[i]!;
    if (isTensor(leaf)) {
      const arg = { as_tensor: { name: writer.name(slots.shift()!, path, leaf) } };
      graphInputs.push(arg);
      inputSpecs.push({ user_input: { arg } });
    } else {
      const value = constantOf(leaf, path);
      graphInputs.push(value);
      inputSpecs.push({ constant_input: { name: path, value } });
    }
  });
  const nodes = writer.write();
  const results = writer.results();
  const graphOutputs = outputs.leaves.map((leaf, i) =>
    isTensor(leaf) ? { as_tensor: { name: results.shift()! } } : constantOf(leaf, outputs.paths[i]!),
  );
  const json = {
    graph_module: {
      graph: {
        inputs: graphInputs,
        outputs: graphOutputs,
        nodes,
        tensor_values: writer.tensors,
        sym_int_values: {},
        sym_bool_values: {},
        is_single_tensor_return: false,
        custom_obj_values: {},
        sym_float_values: {},
      },
      signature: { input_specs: inputSpecs, output_specs: graphOutputs.map((arg) => ({ user_output: { arg } })) },
      module_call_graph: [
        {
          fqn: '',
          signature: {
            inputs: [],
            outputs: [],
            in_spec: JSON.stringify([1, inSpec]),
            out_spec: JSON.stringify([1, outSpec]),
            forward_arg_names: argumentNames,
          },
        },
      ],
      metadata: {},
      treespec_namedtuple_fields: {},
    },
    opset_version: { aten: 10 },
    range_constraints: {},
    schema_version: schemaVersion,
    verifiers: ['TRAINING'],
    torch_version: libtorchVersion(),
    guards_code: [],
  };
  const text = stringify(json);
  const program = exportedProgram(parseJson(text, 'the program'), 'the program');
  return new ExportedProgram<R>({ program, state, constants, text, samples: Buffer.alloc(0) });
}
