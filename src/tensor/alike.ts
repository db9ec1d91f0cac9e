import type { Tensor } from '../tensor.js';

/** Tensors in groups that one kernel over lists takes: of a device and a dtype. */
export function alike(tensors: Iterable<Tensor>): Tensor[][] {
  const groups = new Map<string, Tensor[]>();
  for (const tensor of tensors) {
    const key = `${tensor.device} ${tensor.dtype}`;
    const group = groups.get(key);
    if (group) group.push(tensor);
    else groups.set(key, [tensor]);
  }
  return [...groups.values()];
}
