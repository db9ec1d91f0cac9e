import { isDtype } from '../dtype.js';
import { FlambeauError } from '../errors.js';
import type { Reading } from '../serialization/source.js';
import type { Tensor } from '../tensor.js';
import type { Pt2 } from './archive.js';
import { evaluate, showExpression, type Expression } from './expression.js';
import { checkInputs, type DynamicSize, type Expected } from './inputs.js';

// Compiled code reads the memory of its inputs as what it was compiled for. The checks of its own are off unless an
// environment variable turns them on, and refuse batches of one; so they are read out of the source that lies beside it.

/** What one input must be. */
export interface Check {
  expected: Expected;
  strides: Expression[];
}

/** A product or sum of numbers and symbols in C++: `2L*s6`, `s6 + 1L`. */
function parse(text: string): Expression | undefined {
  const combine = (name: string, parts: string[]): Expression | undefined => {
    const args = parts.map(parse);
    return args.includes(undefined) ? undefined : { kind: 'call', name, args: args as Expression[] };
  };
  const trimmed = text.trim();
  const [, digits, symbol] = /^(?:(\d+)L?|([A-Za-z_]\w*))$/.exec(trimmed) ?? [];
  if (digits !== undefined) return { kind: 'number', value: Number(digits) };
  if (symbol !== undefined) return { kind: 'symbol', name: symbol };
  if (/[()]/.test(trimmed)) return undefined;
  if (trimmed.includes(' + ')) return combine('Add', trimmed.split(' + '));
  return trimmed.includes('*') ? combine('Mul', trimmed.split('*')) : undefined;
}

function parseList(text: string): Expression[] | undefined {
  const parts = text.split(',').filter((part) => part.trim() !== '');
  const parsed = parts.map(parse);
  return parsed.includes(undefined) ? undefined : (parsed as Expression[]);
}

function boundsOf(source: string, name: string, dim: number): { min: number; max: number } {
  const bound = (sign: string): number | undefined => {
    const [, value] = new RegExp(`if \\(${name}_size\\[${dim}\\] ${sign} (\\d+)\\)`).exec(source) ?? [];
    return value === undefined ? undefined : Number(value);
  };
  const min = bound('<') ?? 0;
  // As for programs: what was traced with two or more may be none or one.
  return { min: min <= 2 ? 0 : min, max: bound('>') ?? Infinity };
}

/** The source of a model, where it lies beside its code. */
export function* readSource(pt2: Pt2, model: string): Reading<string> {
  const folder = `data/aotinductor/${model}/`;
  let source = '';
  for (const name of pt2.names(folder, '.cpp')) source += (yield* pt2.bytes(`${folder}${name}.cpp`)).toString();
  return source;
}

/** What the inputs of a model must be; nothing where its source does not say all of it. */
export function parseChecks(source: string, device: string, paths: readonly string[]): Check[] | undefined {
  const checks: Check[] = [];
  for (const [, name = '', index] of source.matchAll(
    /ConstantHandle (\w+) = ConstantHandle\(input_handles\[(\d+)\]\)/g,
  )) {
    const [, dtype] = new RegExp(`${name}_expected_dtype = aoti_torch_dtype_(\\w+)\\(\\)`).exec(source) ?? [];
    const asserted = new RegExp(`assert_size_stride\\(${name}, \\{([^}]*)\\}, \\{([^}]*)\\}, "input"\\)`);
    const [, sizes, steps] = asserted.exec(source) ?? [];
    const shape = sizes === undefined ? undefined : parseList(sizes);
    const strides = steps === undefined ? undefined : parseList(steps);
    if (!isDtype(dtype) || !shape || !strides || strides.length !== shape.length) return undefined;
    const path = paths[Number(index)] ?? `args[${index}]`;
    const known = shape.map((expression, dim): Expected['sizes'][number] => {
      if (expression.kind === 'number') return { expression: undefined, info: expression.value };
      const info: DynamicSize = { name: showExpression(expression), ...boundsOf(source, name, dim) };
      return { expression, info };
    });
    checks[Number(index)] = {
      expected: { info: { path, kind: 'tensor', dtype, device }, sizes: known, passed: true },
      strides,
    };
  }
  return checks.length > 0 && !checks.includes(undefined as never) ? checks : undefined;
}

/** Throws where tensors are not what the code was compiled for. */
export function checkTensors(func: string, checks: readonly Check[], tensors: readonly Tensor[]): void {
  const symbols = new Map<string, number>();
  checkInputs(
    func,
    checks.map(({ expected }) => expected),
    tensors,
    symbols,
  );
  checks.forEach(({ expected, strides }, i) => {
    const tensor = tensors[i]!;
    const { shape } = tensor;
    tensor.stride().forEach((step, dim) => {
      const wanted = evaluate(strides[dim]!, symbols);
      if (shape[dim]! > 1 && tensor.numel() > 0 && wanted !== undefined && step !== wanted) {
        throw new FlambeauError(
          'INVALID_VALUE',
          `${func}(): argument '${expected.info.path}' must have stride ${dim} of ${wanted}, not ${step}: ` +
            'contiguous() or a memory format of channels last may be what it lacks',
        );
      }
    });
  });
}
