import type { Complex } from '../shape.js';
export function op<F>(name: string): F { return name as unknown as F; }
export function fn<F>(name: string): F { return name as unknown as F; }
export function method<F>(name: string): F { return name as unknown as F; }
export type { Complex };
