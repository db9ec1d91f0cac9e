import { invoke, invokeShort, Operator } from './call.js';

/** What an operator's row became: the entries that tests walk. */
export interface Row {
  /** The schema's name without overload: `aten::add`. */
  readonly name: string;
  /** The public name: `add`, `maxPool2d`, `inv`. */
  readonly publicName: string;
  readonly kind: 'op' | 'fn' | 'method';
  readonly fn: (...args: unknown[]) => unknown;
}

declare const functionOnly: unique symbol;

/** Marks the type of a row that is no method. Nothing of it exists at run time. */
export interface FunctionOnly {
  readonly [functionOnly]: true;
}

/** Every row, by kind and schema name. */
export const rows = new Map<string, Row>();

/** PyTorch's name in camelCase: `max_pool2d` is `maxPool2d`, a trailing `_` stays. */
export function camelCase(name: string): string {
  return name.replace(/(?<=.)_(.)/g, (_, letter: string) => letter.toUpperCase());
}

const modules = /^((linalg|fft|special|nested)_|sparse_(?=sampled))/;

function declare(name: string, kind: Row['kind']): Row['fn'] {
  const operator = new Operator(name, false);
  const base = name.slice(name.indexOf('::') + 2);
  const publicName = camelCase(kind === 'method' ? base : base.replace(modules, ''));
  const fn = function (a?: unknown, b?: unknown, c?: unknown, d?: unknown): unknown {
    // An array for each call would cost a tenth of the call.
    const args = arguments; // eslint-disable-line prefer-rest-params
    return args.length > 4 ? invoke(operator, Array.from(args)) : invokeShort(operator, args.length, a, b, c, d);
  };
  Object.defineProperty(fn, 'name', { value: publicName });
  rows.set(`${kind} ${name}`, { name, publicName, kind, fn });
  return fn;
}

declare const signatures: unique symbol;

type All<T extends readonly unknown[]> = T extends readonly [infer First, ...infer Rest] ? First & All<Rest> : unknown;

/** Several signatures of one function, kept apart so that each can become a method's. */
export interface Overloaded<T> {
  readonly [signatures]: T;
}

/** What a row's type argument stands for: a function, or several signatures of one. */
export type Callable<T> = T extends readonly unknown[] ? All<T> & Overloaded<T> : T;

/** A function and a method. `F` is a function type, or a tuple of them where results differ. */
export function op<F>(name: string): Callable<F> {
  return declare(name, 'op') as Callable<F>;
}

/** A function only. */
export function fn<F>(name: string): Callable<F> & FunctionOnly {
  return declare(name, 'fn') as Callable<F> & FunctionOnly;
}

/** A method only. */
export function method<F>(name: string): Callable<F> {
  return declare(name, 'method') as Callable<F>;
}

/** Puts every row that is a method on a prototype, with `this` where the schema has `self`. */
export function installMethods(prototype: object): void {
  for (const { name, publicName, kind } of rows.values()) {
    if (kind === 'fn' || publicName in prototype) continue;
    const operator = new Operator(name, false);
    let self = -1;
    Object.defineProperty(prototype, publicName, {
      configurable: true,
      writable: true,
      value: {
        [publicName](this: object, ...args: unknown[]): unknown {
          if (self < 0) self = Math.max(0, operator.info.self);
          if (self === 0 && args.length < 4) {
            return invokeShort(operator, args.length + 1, this, args[0], args[1], args[2]);
          }
          return invoke(operator, [...args.slice(0, self), this, ...args.slice(self)]);
        },
      }[publicName],
    });
  }
}
