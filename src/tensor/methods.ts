import type { Tensor } from '../tensor.js';
import type { FunctionOnly } from '../ops/op.js';

type Signature<A extends unknown[], R> = (...args: A) => R;
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;

/** A function of a tensor as its method: the first argument goes. Up to four call signatures are kept. */
type Method<F> = F extends {
  (input: Tensor, ...a: infer A1): infer R1;
  (input: Tensor, ...a: infer A2): infer R2;
  (input: Tensor, ...a: infer A3): infer R3;
  (input: Tensor, ...a: infer A4): infer R4;
}
  ? Same<[A1, R1], [A4, R4]> extends true
    ? Signature<A4, R4>
    : Signature<A1, R1> & Signature<A2, R2> & Signature<A3, R3> & Signature<A4, R4>
  : never;

/** The methods that a table of rows gives to every tensor. */
export type MethodsOf<Table> = {
  [K in keyof Table as Table[K] extends FunctionOnly ? never : Table[K] extends (...args: never[]) => unknown ? K : never]: Method<
    Table[K]
  >;
};
