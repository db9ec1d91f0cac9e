import { wrongArgument } from '../../errors.js';
import type { Tensor } from '../../tensor.js';
import { Module } from './module.js';

type Layer = Module<[Tensor], Tensor>;

/**
 * Modules one after the other: each takes what the one before it gave.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.Sequential.html
 * @example
 * const model = new nn.Sequential(new nn.Linear(4, 8), new nn.ReLU(), new nn.Linear(8, 2))
 * model.call(torch.ones(1, 4)).shape // [ 1, 2 ]
 * Object.keys(model.stateDict()) // [ '0.weight', '0.bias', '2.weight', '2.bias' ]
 */
export class Sequential extends Module<[Tensor], Tensor> implements Iterable<Layer> {
  /** @param layers - modules, or one object of modules by name */
  constructor(...layers: Layer[] | [Readonly<Record<string, Layer>>]) {
    super();
    const [first] = layers;
    const named: [string, unknown][] =
      layers.length === 1 && !(first instanceof Module)
        ? Object.entries(first as object)
        : layers.map((layer, i) => [String(i), layer]);
    for (const [name, layer] of named) {
      if (!(layer instanceof Module)) throw wrongArgument('Sequential', name, 'Module', layer);
      (this as unknown as Record<string, unknown>)[name] = layer;
    }
  }

  /** The number of layers. */
  get length(): number {
    return [...this.children()].length;
  }

  /**
   * A layer by its place; negative ones count from the end.
   *
   * @example
   * new nn.Sequential(new nn.ReLU(), new nn.Flatten()).at(-1) // Flatten(start_dim=1, end_dim=-1)
   */
  at(index: number): Layer | undefined {
    return [...this].at(index);
  }

  /**
   * Adds a layer at the end.
   *
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.Sequential.html#torch.nn.Sequential.append
   * @example
   * new nn.Sequential(new nn.ReLU()).append(new nn.Flatten()).length // 2
   */
  append(layer: Layer): this {
    if (!(layer instanceof Module)) throw wrongArgument('append', 'layer', 'Module', layer);
    (this as unknown as Record<string, unknown>)[String(this.length)] = layer;
    return this;
  }

  /**
   * The layers in order.
   *
   * @example
   * Array.from(new nn.Sequential(new nn.ReLU(), new nn.Identity()), String) // [ 'ReLU()', 'Identity()' ]
   */
  [Symbol.iterator](): Iterator<Layer> {
    return this.children() as Generator<Layer>;
  }

  override forward(input: Tensor): Tensor {
    let value = input;
    for (const layer of this) value = layer.call(value);
    return value;
  }
}
