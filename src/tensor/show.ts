import type { Tensor } from '../tensor.js';
export function print(tensor: Tensor): string { return `tensor(${JSON.stringify(tensor.tolist())})`; }
