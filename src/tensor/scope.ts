import { binding } from '../binding.js';
import { current, within, type Owned } from '../ops/context.js';

/** Tensors in what a function returned, wherever they are in arrays, plain objects, maps and sets. */
function collect(value: unknown, found: Set<object>, seen: Set<object>): void {
  if (typeof value !== 'object' || value === null || seen.has(value)) return;
  seen.add(value);
  if ('_handle' in value) {
    found.add(value);
    return;
  }
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return;
  if (value instanceof Map || value instanceof Set || Array.isArray(value)) {
    for (const element of value as Iterable<unknown>) collect(element, found, seen);
    return;
  }
  for (const element of Object.values(value)) collect(element, found, seen);
}

interface Scoped extends Owned {
  _kept: boolean;
}

function close(scope: Scoped[], kept: Set<object>, outer: Owned[] | null): void {
  const ids = new Float64Array(scope.length);
  let count = 0;
  for (let i = scope.length - 1; i >= 0; i--) {
    const tensor = scope[i]!;
    const handle = tensor._handle;
    if (handle === null || tensor._kept) continue;
    if (kept.has(tensor)) {
      if (outer) outer.push(tensor);
      else if (typeof handle === 'number') tensor._handle = binding.promote(handle);
      continue;
    }
    if (typeof handle === 'number') ids[count++] = handle;
    else binding.dispose(handle);
    tensor._handle = null;
  }
  binding.disposeAll(ids.subarray(0, count));
}

/**
 * Frees every tensor that `fn` makes and does not return, as soon as `fn` ends, or its promise settles.
 *
 * The collector frees tensors without it; a scope does so at once, and makes each operation cheaper. Scopes nest, and
 * asynchronous ones may interleave. Tensors that are stored elsewhere are saved by {@link keep}. Gradients, and what the
 * graph of a returned tensor needs, are not touched.
 *
 * @param fn - what to run; tensors are found in arrays, objects, maps and sets that it returns
 * @returns what `fn` returns
 * @example
 * const x = torch.scope(() => torch.ones(2).mul(3).add(1))
 * x // tensor([4., 4.])
 */
export function scope<T>(fn: () => T): T {
  const outer = current().scope;
  const own: Scoped[] = [];
  return within(
    { scope: own },
    fn,
    (value) => {
      const kept = new Set<object>();
      collect(value, kept, new Set());
      close(own, kept, outer);
    },
    () => close(own, new Set(), outer),
  );
}

/**
 * Takes a tensor out of the scopes around it, for tensors that are stored where a scope does not look.
 *
 * @returns the same tensor
 * @example
 * let total
 * torch.scope(() => { total = torch.keep(torch.ones(2)) })
 * total // tensor([1., 1.])
 */
export function keep<T extends object>(tensor: T): T {
  const scoped = tensor as T & Scoped;
  if (typeof scoped._handle === 'number') scoped._handle = binding.promote(scoped._handle);
  scoped._kept = true;
  return tensor;
}
