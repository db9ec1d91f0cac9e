import type { FunctionOnly, Overloaded } from '../ops/op.js';

/** One signature without its first argument. */
type Bound<F> = F extends (input: never, ...args: infer A) => infer R ? (...args: A) => R : never;

type AllBound<T> = T extends readonly [infer First, ...infer Rest] ? Bound<First> & AllBound<Rest> : unknown;

/** A function of a tensor as its method: the first argument goes. */
type Method<F> = F extends Overloaded<infer T> ? AllBound<T> : Bound<F>;

/** The methods that a table of rows gives to every tensor. */
export type MethodsOf<Table> = {
  [K in keyof Table as Table[K] extends FunctionOnly ? never : K]: Method<Table[K]>;
};
