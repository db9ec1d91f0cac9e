import type { Tensor } from '../../tensor.js';
import { invoke, isTensor, Operator } from '../call.js';

const to = new Operator('aten::to.dtype_layout', false);

/**
 * A sparse factory whose dtype and device are those of its values unless options name others, as Python has it; LibTorch
 * itself takes the default ones.
 *
 * @param at - where the values stand; what stands before are indices
 */
export function inferring<F>(factory: F, at: number): F {
  const call = factory as (...args: unknown[]) => unknown;
  const inferred = (...args: unknown[]): unknown => {
    const values = args[at];
    if (!isTensor(values)) return call(...args);
    const last = args[args.length - 1];
    const given = args.length > at + 1 && typeof last === 'object' && last !== null && !Array.isArray(last);
    const options = given ? (last as Record<string, unknown>) : {};
    const dtype = options.dtype ?? values.dtype;
    const device = options.device ?? values.device;
    const moved = (x: unknown, type: unknown): unknown =>
      isTensor(x) && (x.dtype !== type || x.device !== device) ? invoke(to, [x, { dtype: type, device }]) : x;
    const parts = args.slice(0, at + 1).map((x, i) => moved(x, i === at ? dtype : (x as Tensor).dtype));
    const rest = args.slice(at + 1, given ? -1 : undefined);
    return call(...parts, ...rest, { ...options, dtype, device });
  };
  return Object.defineProperty(inferred, 'name', { value: call.name }) as F;
}
