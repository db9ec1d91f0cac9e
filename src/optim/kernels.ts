import { invoke, Operator } from '../ops/call.js';
import type { Tensor } from '../tensor.js';

/** Calls an operator over lists of tensors. In-place ones return nothing. */
export function kernel<A extends unknown[]>(name: string): (...args: A) => Tensor[] {
  const operator = new Operator(`aten::${name}`, true);
  return (...args) => invoke(operator, args) as Tensor[];
}

/** Whether LibTorch's fused kernels take these tensors: floating point, on one kind of device that has them. */
export function canFuse(params: readonly Tensor[]): boolean {
  return params.every((param) => {
    const { device } = param;
    return (device === 'cpu' || device.startsWith('cuda')) && param.isFloatingPoint();
  });
}

type List = readonly Tensor[];

export const add = kernel<[List, number | List, { alpha: number }?]>('_foreach_add');
export const add_ = kernel<[List, number | List, { alpha: number }?]>('_foreach_add_');
export const addcdiv_ = kernel<[List, List, List, number | readonly number[]]>('_foreach_addcdiv_');
export const addcmul_ = kernel<[List, List, List, number]>('_foreach_addcmul_');
export const div_ = kernel<[List, List | readonly number[]]>('_foreach_div_');
export const lerp_ = kernel<[List, List, number]>('_foreach_lerp_');
export const maximum_ = kernel<[List, List]>('_foreach_maximum_');
export const mul_ = kernel<[List, List | Tensor | number]>('_foreach_mul_');
export const neg = kernel<[List]>('_foreach_neg');
export const sqrt = kernel<[List]>('_foreach_sqrt');

const power = kernel<[number, List]>('_foreach_pow');

/** `1 - beta^step`, as tensors. */
export function correction(beta: number, steps: List): Tensor[] {
  return add(neg(power(beta, steps)), 1);
}
