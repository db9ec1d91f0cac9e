import { FlambeauError } from '../../errors.js';
import { Module } from './module.js';

/** Layers in a row, printed as PyTorch prints equal ones. */
export class ModuleList<M extends Module<never[], unknown>> extends Module implements Iterable<M> {
  constructor(layers: readonly M[]) {
    super();
    layers.forEach((layer, i) => this.registerModule(String(i), layer as unknown as Module));
  }

  [Symbol.iterator](): Iterator<M> {
    return this.children() as unknown as Iterator<M>;
  }

  override forward(): never {
    throw new FlambeauError('NOT_IMPLEMENTED', 'a list of modules has no forward');
  }

  override toString(): string {
    const texts = [...this.children()].map(String);
    if (texts.length === 0) return 'ModuleList()';
    const lines: string[] = [];
    for (let start = 0, end = 0; start < texts.length; start = end) {
      while (end < texts.length && texts[end] === texts[start]) end++;
      const count = end - start;
      lines.push(count === 1 ? `(${start}): ${texts[start]}` : `(${start}-${end - 1}): ${count} x ${texts[start]}`);
    }
    return `ModuleList(\n  ${lines.join('\n').replaceAll('\n', '\n  ')}\n)`;
  }
}
