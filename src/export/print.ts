import type { Dtype } from '../dtype.js';
import { parseExpression, showExpression } from './expression.js';
import { deviceName, sourceOf } from './lower.js';
import type { Argument, Graph, Node, Program, SymInt } from './schema.js';

// As Python's own listing of graphs abbreviates them.
const short: Partial<Record<Dtype, string>> = {
  float16: 'f16',
  float32: 'f32',
  float64: 'f64',
  bfloat16: 'bf16',
  int8: 'i8',
  int16: 'i16',
  int32: 'i32',
  int64: 'i64',
  uint8: 'u8',
  uint16: 'u16',
  uint32: 'u32',
  uint64: 'u64',
  bool: 'b8',
  complex32: 'c32',
  complex64: 'c64',
  complex128: 'c128',
};

const isTensorKind = new Set(['as_tensor', 'as_tensors', 'as_optional_tensor', 'as_optional_tensors']);

function sizeText(size: SymInt): string {
  return size.kind === 'as_int' ? String(size.value) : showExpression(parseExpression(size.value.expr_str, 'a size'));
}

function float(value: number): string {
  return Number.isInteger(value) ? value.toFixed(1) : String(value);
}

function symbolText(part: { kind: string; value: unknown }): string {
  return part.kind === 'as_float' ? float(part.value as number) : String(part.value);
}

/** The value of an argument, as Python writes it. */
function text({ kind, value }: Argument): string {
  const list = <T>(parts: readonly T[], show: (part: T) => string): string => `[${parts.map(show).join(', ')}]`;
  switch (kind) {
    case 'as_none':
      return 'None';
    case 'as_tensor':
    case 'as_custom_obj':
      return value.name;
    case 'as_graph':
      return value.name;
    case 'as_tensors':
      return list(value, ({ name }) => name);
    case 'as_nested_tensors':
      return list(value, (part) => list(part, ({ name }) => name));
    case 'as_optional_tensor':
      return value.kind === 'as_none' ? 'None' : value.value.name;
    case 'as_optional_tensors':
      return list(value, (part) => (part.kind === 'as_none' ? 'None' : part.value.name));
    case 'as_bool':
      return value ? 'True' : 'False';
    case 'as_bools':
      return list(value, (part) => (part ? 'True' : 'False'));
    case 'as_float':
      return float(value);
    case 'as_floats':
      return list(value, float);
    case 'as_string':
      return `'${value}'`;
    case 'as_strings':
      return list(value, (part) => `'${part}'`);
    case 'as_scalar_type':
    case 'as_layout':
    case 'as_memory_format':
      return `torch.${value}`;
    case 'as_device':
      return `device('${deviceName(value)}')`;
    case 'as_complex':
      return `(${value.real}+${value.imag}j)`;
    case 'as_sym_int':
    case 'as_sym_float':
    case 'as_sym_bool':
      return symbolText(value);
    case 'as_sym_ints':
    case 'as_sym_floats':
    case 'as_sym_bools':
      return list<{ kind: string; value: unknown }>(value, symbolText);
    case 'as_int_lists':
    case 'as_float_lists':
      return list<readonly (number | bigint)[]>(value, (part) => list(part, String));
    case 'as_string_to_argument':
      return `{${[...value].map(([key, part]) => `'${key}': ${text(part)}`).join(', ')}}`;
    default:
      return Array.isArray(value) ? list(value, String) : String(value);
  }
}

/** A value with its type: `x: "f32[s0, 4]"`. */
function typed(argument: Argument, graph: Graph): string {
  const name = text(argument);
  const meta = argument.kind === 'as_tensor' ? graph.tensor_values.get(argument.value.name) : undefined;
  if (meta) return `${name}: "${short[meta.dtype] ?? meta.dtype}[${meta.sizes.map(sizeText).join(', ')}]"`;
  const symbol = argument.kind === 'as_sym_int' ? graph.sym_int_values.get(String(argument.value.value)) : undefined;
  return symbol ? `${name}: "Sym(${sizeText(symbol)})"` : name;
}

function call({ target, inputs }: Node): string {
  const args = inputs.map(({ name, arg, kind }) => (kind === 2 ? `${name}=${text(arg)}` : text(arg)));
  return `${target.replace(/^_operator\./, 'operator.')}(${args.join(', ')})`;
}

function body(graph: Graph, name: string, inputs: readonly Argument[], indent: string): string[] {
  const lines = [`${indent}def ${name}(${['self', ...inputs.map((input) => typed(input, graph))].join(', ')}):`];
  const inner = `${indent}    `;
  let source: string | undefined;
  for (const node of graph.nodes) {
    for (const { arg } of node.inputs) {
      if (arg.kind === 'as_graph') lines.push(...body(arg.value.graph, arg.value.name, arg.value.graph.inputs, inner));
    }
    const written = sourceOf(node);
    if (written !== undefined && written !== source) lines.push(`${inner}# ${written}`);
    source = written ?? source;
    const results = node.outputs.filter(({ kind }) => isTensorKind.has(kind) || kind.startsWith('as_sym'));
    const left = results.length === 1 ? typed(results[0]!, graph) : results.map(text).join(', ');
    lines.push(`${inner}${left === '' ? '' : `${left} = `}${call(node)}`);
  }
  const outputs = graph.outputs.map(text);
  lines.push(`${inner}return (${outputs.join(', ')}${outputs.length === 1 ? ',' : ''})`);
  return lines;
}

/** A program as text: a call a line, much as Python prints it. */
export function printProgram({ graph_module: { graph, signature } }: Program): string {
  const inputs = graph.inputs.map((input, i): Argument => {
    const spec = signature.input_specs[i];
    return spec?.kind === 'constant_input' ? { kind: 'as_operator', value: spec.value.name } : input;
  });
  return body(graph, 'forward', inputs, '').join('\n');
}
