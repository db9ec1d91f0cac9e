import type { Dtype } from '../dtype.js';
import { describe, FlambeauError } from '../errors.js';
import { isTensor } from '../ops/call.js';
import type { Tensor } from '../tensor.js';
import { evaluate, parseExpression, showExpression, solve, symbolsOf, type Expression } from './expression.js';
import { deviceName } from './lower.js';
import { damaged } from './json.js';
import type { Argument, Graph, Program, SymInt, TensorMeta } from './schema.js';

/** A size that differs from call to call. */
export interface DynamicSize {
  /** Its symbol, or a formula of symbols: two sizes with the same one are equal. */
  name: string;
  /** The least that it may be. */
  min: number;
  /** The most that it may be; `Infinity` where there is no bound. */
  max: number;
}

/** What a program takes or gives at one place. */
export interface ValueInfo {
  /** Where it stands in the arguments, or in the result: `x`, `batch.mask`, `past[0]`. */
  path: string;
  /** What it is; a constant is what the program was exported with, and cannot be another value. */
  kind: 'tensor' | 'int' | 'float' | 'bool' | 'constant';
  /** Element type, of a tensor. */
  dtype?: Dtype;
  /** The sizes, of a tensor. */
  shape?: (number | DynamicSize)[];
  /** Where it must be, of a tensor. */
  device?: string;
  /** The value of a constant. */
  value?: number | bigint | boolean | string | null;
  /** The bounds, of an integer. */
  range?: DynamicSize;
}

interface Size {
  expression: Expression | undefined;
  info: number | DynamicSize;
}

/** The bounds of symbols and formulas. */
export class Ranges {
  private readonly bounds = new Map<string, { min: number; max: number }>();

  constructor(constraints: Program['range_constraints']) {
    for (const [key, { min_val: min, max_val: max }] of constraints) {
      // As in Python: what was traced with two or more may be none or one.
      const least = min === null || Number(min) <= 2 ? 0 : Number(min);
      this.bounds.set(key.replaceAll(' ', ''), { min: least, max: max === null ? Infinity : Number(max) });
    }
  }

  /** The bounds of a formula: those that are said, or those that follow for its one symbol. */
  of(expression: Expression): { min: number; max: number } {
    const said = this.bounds.get(showExpression(expression).replaceAll(' ', ''));
    if (said) return said;
    const symbols = [...symbolsOf(expression)];
    const inner = symbols.length === 1 ? this.bounds.get(symbols[0]!) : undefined;
    if (!inner) return { min: 0, max: Infinity };
    const at = (value: number): number => evaluate(expression, new Map([[symbols[0]!, value]])) ?? NaN;
    const [a, b] = [at(inner.min), at(inner.max)];
    return Number.isNaN(a + b) ? { min: 0, max: Infinity } : { min: Math.max(0, Math.min(a, b)), max: Math.max(a, b) };
  }
}

function sizeOf(size: SymInt, ranges: Ranges, place: string): Size {
  if (size.kind === 'as_int') return { expression: undefined, info: Number(size.value) };
  const expression = parseExpression(size.value.expr_str, place);
  if (expression.kind === 'number') return { expression: undefined, info: expression.value };
  return { expression, info: { name: showExpression(expression), ...ranges.of(expression) } };
}

/** One leaf of the arguments: what it must be. */
export interface Expected {
  info: ValueInfo;
  sizes: Size[];
  /** Whether it goes into the graph. */
  passed: boolean;
}

function tensorInfo(path: string, meta: TensorMeta, ranges: Ranges, device: string | undefined): Expected {
  const sizes = meta.sizes.map((size) => sizeOf(size, ranges, path));
  const shape = sizes.map(({ info }) => info);
  const info: ValueInfo = { path, kind: 'tensor', dtype: meta.dtype, shape, device: deviceName(meta.device, device) };
  return { info, sizes, passed: true };
}

const symbolKinds = { as_sym_int: 'int', as_sym_float: 'float', as_sym_bool: 'bool' } as const;

/** What an argument of a graph is. */
export function describeArgument(
  argument: Argument,
  path: string,
  graph: Graph,
  ranges: Ranges,
  device?: string,
): Expected {
  const { kind, value } = argument;
  if (kind === 'as_tensor') {
    const meta = graph.tensor_values.get(value.name);
    if (!meta) throw damaged('the graph', `says nothing of the tensor '${value.name}'`);
    return tensorInfo(path, meta, ranges, device);
  }
  if ((kind === 'as_sym_int' || kind === 'as_sym_float' || kind === 'as_sym_bool') && value.kind === 'as_name') {
    const info: ValueInfo = { path, kind: symbolKinds[kind] };
    const symbol = kind === 'as_sym_int' ? graph.sym_int_values.get(value.value) : undefined;
    const size = symbol && sizeOf(symbol, ranges, path);
    if (size && typeof size.info === 'object') info.range = size.info;
    return { info, sizes: size ? [size] : [], passed: true };
  }
  const constant = kind === 'as_none' ? null : typeof value === 'object' ? undefined : value;
  return { info: { path, kind: 'constant', value: constant }, sizes: [], passed: false };
}

function refuse(func: string, { path }: ValueInfo, expected: string, came: string): FlambeauError {
  return new FlambeauError('INVALID_VALUE', `${func}(): argument '${path}' must ${expected}, not ${came}`);
}

function between({ min, max }: DynamicSize): string {
  return max === Infinity ? `at least ${min}` : `between ${min} and ${max}`;
}

/** Checks sizes against each other, as they come. */
class Sizes {
  private readonly origin = new Map<string, ValueInfo>();
  private later: (() => void)[] | undefined;

  constructor(
    private readonly func: string,
    private readonly symbols: Map<string, number>,
  ) {}

  check(
    info: ValueInfo,
    where: number | undefined,
    { expression, info: size }: Size,
    value: number,
    last = false,
  ): void {
    const fail = (expected: string): never => {
      throw refuse(
        this.func,
        info,
        `have ${where === undefined ? 'a value' : `size ${where}`} ${expected}`,
        String(value),
      );
    };
    if (expression === undefined || typeof size === 'number') {
      if (value !== size) fail(`of ${String(size)}`);
      return;
    }
    if (value < size.min || value > size.max) fail(`${size.name} ${between(size)}`);
    // The usual case, without a formula.
    if (expression.kind === 'symbol' && !this.symbols.has(expression.name)) {
      this.symbols.set(expression.name, value);
      this.origin.set(expression.name, info);
      return;
    }
    const known = evaluate(expression, this.symbols);
    if (known !== undefined) {
      if (known !== value) {
        const [symbol] = symbolsOf(expression);
        fail(
          `of ${known} (${size.name}${symbol === undefined ? '' : `, with ${symbol} of '${this.origin.get(symbol)?.path}'`})`,
        );
      }
      return;
    }
    const solved = solve(expression, value, this.symbols);
    if (solved) {
      this.symbols.set(solved.symbol, solved.value);
      this.origin.set(solved.symbol, info);
    } else if (!last) {
      // Other arguments may tell the symbols that are missing.
      (this.later ??= []).push(() => this.check(info, where, { expression, info: size }, value, true));
    } else if (symbolsOf(expression).size === 1) fail(`of the form ${size.name}`);
  }

  finish(): void {
    for (const check of this.later ?? []) check();
  }
}

function checkTensor(func: string, { info, sizes }: Expected, value: Tensor, all: Sizes): void {
  const { shape } = value;
  if (value.dtype !== info.dtype) throw refuse(func, info, `be of ${info.dtype}`, value.dtype);
  if (shape.length !== sizes.length) {
    throw refuse(func, info, `have ${sizes.length} dimension${sizes.length === 1 ? '' : 's'}`, `${shape.length}`);
  }
  const { device } = value;
  const wanted = info.device!;
  if (device !== wanted && (wanted.includes(':') || device.replace(/:.*/, '') !== wanted)) {
    throw refuse(func, info, `be on ${wanted}`, device);
  }
  for (let i = 0; i < sizes.length; i++) {
    const size = sizes[i]!;
    if (size.expression !== undefined || size.info !== shape[i]) all.check(info, i, size, shape[i]!);
  }
}

function checkNumber(func: string, { info, sizes }: Expected, value: unknown, all: Sizes): void {
  const right =
    info.kind === 'bool'
      ? typeof value === 'boolean'
      : typeof value === 'number' && (info.kind === 'float' || Number.isSafeInteger(value));
  if (!right) throw refuse(func, info, `be ${info.kind === 'int' ? 'a whole number' : info.kind}`, describe(value));
  if (sizes[0]) all.check(info, undefined, sizes[0], value as number);
}

/**
 * Checks the leaves of a call, and gives those that the graph takes.
 *
 * @param symbols - gets what the symbols of sizes stand for
 */
export function checkInputs(
  func: string,
  expected: readonly Expected[],
  leaves: readonly unknown[],
  symbols = new Map<string, number>(),
): unknown[] {
  const all = new Sizes(func, symbols);
  const passed: unknown[] = [];
  for (let i = 0; i < expected.length; i++) {
    const one = expected[i]!;
    const { info } = one;
    const value = leaves[i];
    if (info.kind === 'constant') {
      if (value !== undefined && info.value !== undefined && !Object.is(value, info.value) && value !== info.value) {
        const is = info.value === null ? 'be left out' : `be ${String(info.value)}, as the program was exported with`;
        throw refuse(func, info, is, isTensor(value) ? 'a tensor' : describe(value));
      }
      continue;
    }
    if (value === undefined) {
      throw new FlambeauError('INVALID_ARGUMENT', `${func}(): argument '${info.path}' is missing`);
    }
    if (info.kind !== 'tensor') checkNumber(func, one, value, all);
    else if (isTensor(value)) checkTensor(func, one, value, all);
    else {
      throw new FlambeauError(
        'INVALID_ARGUMENT',
        `${func}(): argument '${info.path}' must be Tensor, not ${describe(value)}`,
      );
    }
    passed.push(value);
  }
  all.finish();
  return passed;
}
