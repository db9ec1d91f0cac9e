import type { Dtype } from '../dtype.js';
import { boolean, damaged, dictionary, float, integer, list, optional, record, recursive } from './json.js';
import { small, string, union, withDefault, type Decoded, type Decoder } from './json.js';

/** The version of the schema that is written; any minor version of this major one is read. */
export const schemaVersion = { major: 8, minor: 20 };

function codes<T>(table: Readonly<Record<number, T>>): ReadonlyMap<T, number> {
  return new Map(Object.entries(table).map(([code, value]) => [value, Number(code)]));
}

/** The dtypes by their code in the schema, which is not that of `c10::ScalarType`. */
export const dtypeOfCode: Readonly<Record<number, Dtype>> = {
  1: 'uint8',
  2: 'int8',
  3: 'int16',
  4: 'int32',
  5: 'int64',
  6: 'float16',
  7: 'float32',
  8: 'float64',
  9: 'complex32',
  10: 'complex64',
  11: 'complex128',
  12: 'bool',
  13: 'bfloat16',
  28: 'uint16',
  29: 'float8_e4m3fn',
  30: 'float8_e5m2',
  31: 'float8_e4m3fnuz',
  32: 'float8_e5m2fnuz',
  33: 'float8_e8m0fnu',
  34: 'uint32',
  35: 'uint64',
};

/** The codes of dtypes. */
export const codeOfDtype = codes(dtypeOfCode);

/** The code of the usual layout. */
export const stridedLayout = 7;

/** The layouts by their code. */
export const layoutOfCode: Readonly<Record<number, string>> = {
  1: 'sparse_coo',
  2: 'sparse_csr',
  3: 'sparse_csc',
  4: 'sparse_bsr',
  5: 'sparse_bsc',
  6: 'mkldnn',
  7: 'strided',
};

/** The memory formats by their code. */
export const memoryFormatOfCode: Readonly<Record<number, string>> = {
  1: 'contiguous_format',
  2: 'channels_last',
  3: 'channels_last_3d',
  4: 'preserve_format',
};

/** The codes of layouts. */
export const codeOfLayout = codes(layoutOfCode);

/** The codes of memory formats. */
export const codeOfMemoryFormat = codes(memoryFormatOfCode);

/** A code, as what it stands for. */
function coded<T>(table: Readonly<Record<number, T>>, what: string): Decoder<T> {
  return (value, place) => {
    const code = small(value, place);
    if (!Object.hasOwn(table, code)) throw damaged(place, `is no ${what}: ${code}`);
    return table[code]!;
  };
}

const dtype = coded(dtypeOfCode, 'dtype');
const layout = coded(layoutOfCode, 'layout');
const memoryFormat = coded(memoryFormatOfCode, 'memory format');

const device = record({ type: string, index: optional(small) });
const hint = union({ as_int: integer, as_bool: boolean, as_float: float });
const expression = record({ expr_str: string, hint: optional(hint) });
const symInt = union({ as_expr: expression, as_int: integer });
const symFloat = union({ as_expr: expression, as_float: float });
const symBool = union({ as_expr: expression, as_bool: boolean });

const tensorMeta = record({
  dtype,
  sizes: list(symInt),
  requires_grad: boolean,
  device,
  strides: list(symInt),
  storage_offset: symInt,
  layout,
});

const tensorArgument = record({ name: string });
const symIntArgument = union({ as_name: string, as_int: integer });
const symFloatArgument = union({ as_name: string, as_float: float });
const symBoolArgument = union({ as_name: string, as_bool: boolean });
const optionalTensor = union({ as_tensor: tensorArgument, as_none: boolean });
const customObject = record({ name: string, class_fqn: string });

const argumentKinds = {
  as_none: boolean,
  as_tensor: tensorArgument,
  as_tensors: list(tensorArgument),
  as_int: integer,
  as_ints: list(integer),
  as_float: float,
  as_floats: list(float),
  as_string: string,
  as_strings: list(string),
  as_sym_int: symIntArgument,
  as_sym_ints: list(symIntArgument),
  as_scalar_type: dtype,
  as_memory_format: memoryFormat,
  as_layout: layout,
  as_device: device,
  as_bool: boolean,
  as_bools: list(boolean),
  as_sym_bool: symBoolArgument,
  as_sym_bools: list(symBoolArgument),
  as_optional_tensors: list(optionalTensor),
  as_custom_obj: customObject,
  as_operator: string,
  as_sym_float: symFloatArgument,
  as_sym_floats: list(symFloatArgument),
  as_optional_tensor: optionalTensor,
  as_complex: record({ real: float, imag: float }),
  as_nested_tensors: list(list(tensorArgument)),
  as_int_lists: list(list(integer)),
  as_float_lists: list(list(float)),
};

/** A value of a program: a name, a constant, or a list of these. */
export type Argument =
  | {
      [K in keyof typeof argumentKinds]: { kind: K; value: Decoded<(typeof argumentKinds)[K]> };
    }[keyof typeof argumentKinds]
  | { kind: 'as_graph'; value: { name: string; graph: Graph } }
  | { kind: 'as_string_to_argument'; value: Map<string, Argument> };

const argument: Decoder<Argument> = recursive(() =>
  union({ ...argumentKinds, as_graph: graphArgument, as_string_to_argument: dictionary(argument) }),
);

const node = record({
  target: string,
  inputs: list(record({ name: string, arg: argument, kind: optional(small) })),
  outputs: list(argument),
  metadata: withDefault(dictionary(string), () => new Map()),
  is_hop_single_tensor_return: optional(boolean),
  name: optional(string),
});

const graph = record({
  inputs: list(argument),
  outputs: list(argument),
  nodes: list(node),
  tensor_values: dictionary(tensorMeta),
  sym_int_values: dictionary(symInt),
  sym_bool_values: dictionary(symBool),
  is_single_tensor_return: withDefault(boolean, () => false),
  sym_float_values: withDefault(dictionary(symFloat), () => new Map()),
});
const graphArgument: Decoder<{ name: string; graph: Graph }> = record({ name: string, graph });

const constantValue = union({
  as_none: boolean,
  as_int: integer,
  as_float: float,
  as_string: string,
  as_bool: boolean,
});

const inputSpec = union({
  user_input: record({ arg: argument }),
  parameter: record({ arg: tensorArgument, parameter_name: string }),
  buffer: record({ arg: tensorArgument, buffer_name: string, persistent: withDefault(boolean, () => true) }),
  tensor_constant: record({ arg: tensorArgument, tensor_constant_name: string }),
  custom_obj: record({ arg: customObject, custom_obj_name: string }),
  token: record({ arg: record({ name: string }) }),
  constant_input: record({ name: string, value: constantValue }),
});

const outputSpec = union({
  user_output: record({ arg: argument }),
  loss_output: record({ arg: tensorArgument }),
  buffer_mutation: record({ arg: tensorArgument, buffer_name: string }),
  gradient_to_parameter: record({ arg: tensorArgument, parameter_name: string }),
  gradient_to_user_input: record({ arg: tensorArgument, user_input_name: string }),
  user_input_mutation: record({ arg: tensorArgument, user_input_name: string }),
  token: record({ arg: record({ name: string }) }),
  parameter_mutation: record({ arg: tensorArgument, parameter_name: string }),
});

const callSignature = record({
  inputs: list(argument),
  outputs: list(argument),
  in_spec: string,
  out_spec: string,
  forward_arg_names: optional(list(string)),
});

/** A whole program, as `models/*.json` holds it. */
export const exportedProgram = record({
  graph_module: record({
    graph,
    signature: record({ input_specs: list(inputSpec), output_specs: list(outputSpec) }),
    module_call_graph: list(record({ fqn: string, signature: optional(callSignature) })),
    treespec_namedtuple_fields: withDefault(dictionary(record({ field_names: list(string) })), () => new Map()),
  }),
  opset_version: dictionary(integer),
  range_constraints: dictionary(record({ min_val: optional(integer), max_val: optional(integer) })),
  schema_version: record({ major: small, minor: small }),
  torch_version: withDefault(string, () => '<=2.4'),
  guards_code: withDefault(list(string), () => []),
});

/** What a file of weights or constants holds under each name. */
export const payloadConfig = record({
  config: dictionary(
    record({ path_name: string, is_param: boolean, use_pickle: boolean, tensor_meta: optional(tensorMeta) }),
  ),
});

/** The part of a program that says its version: read first, since the rest hangs on it. */
export const versioned = record({ schema_version: record({ major: small, minor: small }) });

export type Device = Decoded<typeof device>;
export type SymInt = Decoded<typeof symInt>;
export type TensorMeta = Decoded<typeof tensorMeta>;
export type Node = Decoded<typeof node>;
export type InputSpec = Decoded<typeof inputSpec>;
export type OutputSpec = Decoded<typeof outputSpec>;
export type ConstantValue = Decoded<typeof constantValue>;
export type Program = Decoded<typeof exportedProgram>;
export type PayloadConfig = Decoded<typeof payloadConfig>;

/** A graph of a program: its values by name, and the nodes that make them. */
export interface Graph {
  inputs: Argument[];
  outputs: Argument[];
  nodes: Node[];
  tensor_values: Map<string, TensorMeta>;
  sym_int_values: Map<string, SymInt>;
  sym_bool_values: Map<string, Decoded<typeof symBool>>;
  is_single_tensor_return: boolean;
  sym_float_values: Map<string, Decoded<typeof symFloat>>;
}
