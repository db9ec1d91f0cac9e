import { isCapturing } from '../graph/capture.js';
import { invoke, Operator } from '../ops/call.js';
import { full } from '../ops/creation/index.js';
import type { Tensor } from '../tensor.js';

/** Calls an operator over lists of tensors. In-place ones return nothing. */
export function kernel<A extends unknown[]>(name: string): (...args: A) => Tensor[] {
  const operator = new Operator(`aten::${name}`, true);
  return (...args) => invoke(operator, args) as Tensor[];
}

/** Whether LibTorch's fused kernels take these tensors, which are of one device and dtype. */
export function canFuse(params: readonly Tensor[]): boolean {
  const first = params[0]!;
  const { device } = first;
  return (device === 'cpu' || device.startsWith('cuda')) && first.isFloatingPoint();
}

type List = readonly Tensor[];
/** One for each tensor of a list. */
type Each = List | readonly number[];

/** A kernel that also takes one number for all. On the CPU LibTorch makes a tensor of it for each of the list: here, once. */
function withNumber<A extends unknown[]>(
  name: string,
): (list: List, other: number | Each | Tensor, ...rest: A) => Tensor[] {
  const run = kernel<[List, number | Each | Tensor, ...A]>(name);
  return (list, other, ...rest) => {
    const once = typeof other === 'number' && !isCapturing() && list[0]!.device === 'cpu';
    return run(list, once ? full([], other, { dtype: 'float64' }) : other, ...rest);
  };
}

export const abs = kernel<[List]>('_foreach_abs');
export const add = withNumber<[{ alpha: number }?]>('_foreach_add');
export const add_ = withNumber<[{ alpha: number }?]>('_foreach_add_');
export const addcdiv_ = kernel<[List, List, List, number | readonly number[]]>('_foreach_addcdiv_');
export const addcmul = kernel<[List, List, List, number]>('_foreach_addcmul');
export const addcmul_ = kernel<[List, List, List, number]>('_foreach_addcmul_');
export const clampMax = kernel<[List, number]>('_foreach_clamp_max');
export const clampMax_ = kernel<[List, number]>('_foreach_clamp_max_');
export const clampMin = kernel<[List, number]>('_foreach_clamp_min');
export const clampMin_ = kernel<[List, number]>('_foreach_clamp_min_');
export const copy_ = kernel<[List, List]>('_foreach_copy_');
export const div = kernel<[List, number | Each]>('_foreach_div');
export const div_ = withNumber<[]>('_foreach_div_');
export const lerp_ = kernel<[List, List, number]>('_foreach_lerp_');
export const maximum_ = kernel<[List, List]>('_foreach_maximum_');
export const mul = withNumber<[]>('_foreach_mul');
export const mul_ = withNumber<[]>('_foreach_mul_');
export const neg = kernel<[List]>('_foreach_neg');
export const pow = kernel<[number, List] | [List, number]>('_foreach_pow');
export const reciprocal = kernel<[List]>('_foreach_reciprocal');
export const reciprocal_ = kernel<[List]>('_foreach_reciprocal_');
export const sign = kernel<[List]>('_foreach_sign');
export const sqrt = kernel<[List]>('_foreach_sqrt');
export const sqrt_ = kernel<[List]>('_foreach_sqrt_');
export const sub = kernel<[List, number | Each]>('_foreach_sub');
export const sub_ = kernel<[List, number | Each]>('_foreach_sub_');
