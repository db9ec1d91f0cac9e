import { Module } from '../nn/modules/module.js';
import { Parameter } from '../nn/parameter.js';
import { Tensor } from '../tensor.js';
import { keep } from '../tensor/scope.js';

/** A deep copy of a module with memory of its own; what is shared inside of it is shared inside of the copy. Hooks are not copied. */
export function copyOf<T>(value: T, seen = new Map<unknown, unknown>()): T {
  if (typeof value !== 'object' || value === null) return value;
  if (seen.has(value)) return seen.get(value) as T;
  const remember = <C>(copy: C): C => {
    seen.set(value, copy);
    return copy;
  };
  if (value instanceof Parameter) return remember(new Parameter(value.detach().clone(), value.requiresGrad)) as T;
  if (value instanceof Tensor) return remember(keep(value.detach().clone())) as T;
  if (value instanceof Module) return copyModule(value as unknown as Module, seen, remember) as T;
  if (Array.isArray(value)) {
    const copy: unknown[] = remember([]);
    for (const item of value) copy.push(copyOf(item, seen));
    return copy as T;
  }
  if (value instanceof Map) {
    const copy = remember(new Map<unknown, unknown>());
    for (const [key, item] of value as Map<unknown, unknown>) copy.set(key, copyOf(item, seen));
    return copy as T;
  }
  if (Object.getPrototypeOf(value) !== Object.prototype) return value;
  const copy: Record<string, unknown> = remember({});
  for (const [key, item] of Object.entries(value)) copy[key] = copyOf(item, seen);
  return copy as T;
}

function copyModule(module: Module, seen: Map<unknown, unknown>, remember: <C>(copy: C) => C): Module {
  const copy = remember(Object.create(Object.getPrototypeOf(module) as object) as Module);
  for (const [name, property] of Object.entries(Object.getOwnPropertyDescriptors(module))) {
    // What is not enumerable is the module's own business, such as its hooks.
    const value: unknown = property.enumerable ? copyOf(property.value as unknown, seen) : undefined;
    Object.defineProperty(copy, name, { ...property, value });
  }
  const persistent = new Set([...module.ownBuffers(true)].map(([name]) => name));
  for (const [name] of module.ownBuffers()) {
    copy.registerBuffer(name, (copy as unknown as Record<string, Tensor>)[name]!, persistent.has(name));
  }
  return copy;
}
