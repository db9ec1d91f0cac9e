import { damaged } from './json.js';

/** A formula over symbols, as `sympy.srepr` writes it. */
export type Expression =
  | { kind: 'number'; value: number }
  | { kind: 'symbol'; name: string }
  | { kind: 'call'; name: string; args: Expression[] };

const tokens = /\s*(?:([A-Za-z_][\w.]*)|(-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)|'([^']*)'|([(),=]))/gy;
const deepest = 100;

/** Reads a formula. */
export function parseExpression(text: string, place: string): Expression {
  tokens.lastIndex = 0;
  const next = (): RegExpExecArray => {
    const match = tokens.exec(text);
    if (!match) throw damaged(place, `holds no formula: '${text.slice(0, 80)}'`);
    return match;
  };
  const peek = (): string | undefined => {
    const at = tokens.lastIndex;
    const sign = tokens.exec(text)?.[4];
    tokens.lastIndex = at;
    return sign;
  };
  const read = (depth: number): Expression => {
    if (depth > deepest) throw damaged(place, 'holds a formula that is nested too deeply');
    const [, name, digits, quoted] = next();
    if (digits !== undefined) return { kind: 'number', value: Number(digits) };
    if (quoted !== undefined) return { kind: 'symbol', name: quoted };
    if (name === undefined) throw damaged(place, `holds no formula: '${text.slice(0, 80)}'`);
    if (peek() !== '(') return name === 'true' || name === 'false' ? constant(name) : { kind: 'symbol', name };
    next();
    const args: Expression[] = [];
    while (peek() !== ')') {
      const part = read(depth + 1);
      if (peek() === '=') {
        // An assumption about a symbol, such as positive=True.
        next();
        next();
      } else args.push(part);
      if (peek() === ',') next();
      else if (peek() !== ')') throw damaged(place, `holds no formula: '${text.slice(0, 80)}'`);
    }
    next();
    if (name === 'Symbol' || name === 'Integer' || name === 'Float') return args[0] ?? { kind: 'number', value: NaN };
    return { kind: 'call', name: name.slice(name.lastIndexOf('.') + 1), args };
  };
  const result = read(0);
  if (text.slice(tokens.lastIndex).trim() !== '') {
    // Older files hold formulas as Python prints them. They are shown, and not checked.
    return { kind: 'call', name: text, args: [] };
  }
  return result;
}

function constant(name: string): Expression {
  return { kind: 'number', value: name === 'true' ? 1 : 0 };
}

const floorMod = (a: number, b: number): number => a - Math.floor(a / b) * b;
const functions: Record<string, (...args: number[]) => number> = {
  Add: (...args) => args.reduce((a, b) => a + b, 0),
  Mul: (...args) => args.reduce((a, b) => a * b, 1),
  Pow: (a, b) => a! ** b!,
  PowByNatural: (a, b) => a! ** b!,
  Rational: (a, b) => a! / b!,
  FloorDiv: (a, b) => Math.floor(a! / b!),
  CleanDiv: (a, b) => Math.floor(a! / b!),
  CeilDiv: (a, b) => Math.ceil(a! / b!),
  CeilToInt: (a) => Math.ceil(a!),
  FloorToInt: (a) => Math.floor(a!),
  TruncToInt: (a) => Math.trunc(a!),
  IntTrueDiv: (a, b) => a! / b!,
  FloatTrueDiv: (a, b) => a! / b!,
  ToFloat: (a) => a!,
  Mod: (a, b) => floorMod(a!, b!),
  PythonMod: (a, b) => floorMod(a!, b!),
  Max: (...args) => Math.max(...args),
  Min: (...args) => Math.min(...args),
  Abs: (a) => Math.abs(a!),
};

/** The value of a formula, or nothing where a symbol has none yet, or where it is beyond what is known here. */
export function evaluate(expression: Expression, symbols: ReadonlyMap<string, number>): number | undefined {
  if (expression.kind === 'number') return expression.value;
  if (expression.kind === 'symbol') return symbols.get(expression.name);
  if (!Object.hasOwn(functions, expression.name)) return undefined;
  const args = expression.args.map((arg) => evaluate(arg, symbols));
  return args.includes(undefined) ? undefined : functions[expression.name]!(...(args as number[]));
}

/** The symbols of a formula. */
export function symbolsOf(expression: Expression, found = new Set<string>()): Set<string> {
  if (expression.kind === 'symbol') found.add(expression.name);
  else if (expression.kind === 'call') for (const arg of expression.args) symbolsOf(arg, found);
  return found;
}

/** What the one unknown symbol of a formula must be for it to have a value: formulas of the first degree only. */
export function solve(
  expression: Expression,
  value: number,
  symbols: ReadonlyMap<string, number>,
): { symbol: string; value: number } | undefined {
  const unknown = [...symbolsOf(expression)].filter((name) => !symbols.has(name));
  const [symbol] = unknown;
  if (symbol === undefined || unknown.length > 1) return undefined;
  const at = (x: number): number | undefined => evaluate(expression, new Map(symbols).set(symbol, x));
  const zero = at(0);
  const one = at(1);
  if (zero === undefined || one === undefined || one === zero) return undefined;
  const found = (value - zero) / (one - zero);
  return Number.isInteger(found) && at(found) === value ? { symbol, value: found } : undefined;
}

const infix: Record<string, string> = { Add: ' + ', Mul: '*', FloorDiv: '//', Mod: '%', PythonMod: '%', Pow: '**' };

/** A formula as a person writes it: `2*s0 + 1`. */
export function showExpression(expression: Expression, inside = false): string {
  if (expression.kind === 'number') return String(expression.value);
  if (expression.kind === 'symbol') return expression.name;
  const { name, args } = expression;
  if (args.length === 0) return name;
  const sign = infix[name];
  if (sign === undefined) return `${name}(${args.map((arg) => showExpression(arg)).join(', ')})`;
  const text = args.map((arg) => showExpression(arg, true)).join(sign);
  return inside && name === 'Add' ? `(${text})` : text;
}
