import { empty } from '../../ops/creation/index.js';
import { layerNorm } from '../../ops/neural/torch/index.js';
import { FlambeauError } from '../../errors.js';
import type { Tensor } from '../../tensor.js';
import * as init from '../init.js';
import { Parameter } from '../parameter.js';
import { Module } from './module.js';
import { float, type FactoryOptions } from './options.js';

/** Layer normalization over the last dimension. */
export class LayerNorm extends Module<[Tensor], Tensor> {
  weight: Parameter;
  bias: Parameter | null;
  readonly eps: number;

  constructor(
    readonly size: number,
    { eps = 1e-5, bias = true, dtype, device }: FactoryOptions & { eps?: number; bias?: boolean } = {},
  ) {
    super();
    this.eps = eps;
    this.weight = new Parameter(init.ones_(empty(size, { dtype, device })));
    this.bias = bias ? new Parameter(init.zeros_(empty(size, { dtype, device }))) : null;
  }

  override forward(input: Tensor): Tensor {
    return layerNorm(input, [this.size], this.weight, this.bias, this.eps);
  }

  override extraRepr(): string {
    return `(${this.size},), eps=${float(this.eps)}, elementwise_affine=True, bias=${this.bias ? 'True' : 'False'}`;
  }
}

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
