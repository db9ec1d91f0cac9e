import { isTensor } from '../ops/call.js';
import type { Tensor } from '../tensor.js';

/** What stands in the place of a tensor in a structure. */
class Leaf {
  constructor(readonly index: number) {}
}

/** A structure of arrays, maps and plain objects, with its tensors taken out. */
export interface Flat {
  tensors: Tensor[];
  /** Where each stood: `[0].mask`. */
  paths: string[];
  rest: unknown;
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** Takes the tensors out of a structure, in order. */
export function flatten(value: unknown): Flat {
  const tensors: Tensor[] = [];
  const paths: string[] = [];
  const visit = (item: unknown, path: string, above: readonly unknown[]): unknown => {
    if (isTensor(item)) {
      tensors.push(item);
      paths.push(path);
      return new Leaf(tensors.length - 1);
    }
    if (typeof item !== 'object' || item === null || above.includes(item)) return item;
    const inside = [...above, item];
    if (Array.isArray(item)) return item.map((each, i) => visit(each, `${path}[${i}]`, inside));
    if (item instanceof Map) {
      return new Map([...item].map(([key, each]) => [key, visit(each, `${path}.${String(key)}`, inside)]));
    }
    // Results of several tensors are objects with named fields that can be iterated.
    if (!isPlain(item) && typeof (item as Iterable<unknown>)[Symbol.iterator] !== 'function') return item;
    const copy = Object.create(Object.getPrototypeOf(item) as object | null) as Record<string, unknown>;
    for (const [key, each] of Object.entries(item)) copy[key] = visit(each, `${path}.${key}`, inside);
    return copy;
  };
  const rest = visit(value, '', []);
  return { tensors, paths, rest };
}

/** Puts tensors back where {@link flatten} took them. */
export function unflatten(rest: unknown, tensors: readonly Tensor[]): unknown {
  if (rest instanceof Leaf) return tensors[rest.index];
  if (typeof rest !== 'object' || rest === null) return rest;
  if (Array.isArray(rest)) return rest.map((each) => unflatten(each, tensors));
  if (rest instanceof Map) return new Map([...rest].map(([key, each]) => [key, unflatten(each, tensors)]));
  if (!isPlain(rest) && typeof (rest as Iterable<unknown>)[Symbol.iterator] !== 'function') return rest;
  const copy = Object.create(Object.getPrototypeOf(rest) as object | null) as Record<string, unknown>;
  for (const [key, each] of Object.entries(rest)) copy[key] = unflatten(each, tensors);
  return copy;
}

/** The first place where two structures differ, tensors aside; undefined where they do not. */
export function difference(a: unknown, b: unknown, path = ''): string | undefined {
  if (a instanceof Leaf || b instanceof Leaf) return a instanceof Leaf && b instanceof Leaf ? undefined : path;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null)
    return Object.is(a, b) ? undefined : path;
  if (a instanceof Map && b instanceof Map) return difference([...a], [...b], path);
  const [left, right] = [Object.keys(a), Object.keys(b)];
  if (left.join() !== right.join()) return path;
  for (const key of left) {
    const place = Array.isArray(a) ? `${path}[${key}]` : `${path}.${key}`;
    const found = difference((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key], place);
    if (found !== undefined) return found;
  }
  return undefined;
}
