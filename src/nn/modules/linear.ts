import * as F from '../functional/index.js';
import * as init from '../init.js';
import { empty } from '../../ops/creation/index.js';
import type { Tensor } from '../../tensor.js';
import { Parameter } from '../parameter.js';
import { Module } from './module.js';
import { sizeArgument, type FactoryOptions } from './options.js';

/** Options of {@link Linear}. */
export interface LinearOptions extends FactoryOptions {
  /** Whether a bias is learned and added. */
  bias?: boolean;
}

/**
 * An affine map of the last dimension.
 *
 * `y = x A^T + b`
 *
 * Shape: input `(*, in_features)`, output `(*, out_features)`. `weight` is `(out_features, in_features)`, `bias`
 * `(out_features)`; both start evenly spread over `±1 / sqrt(in_features)`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.Linear.html
 * @example
 * new nn.Linear(20, 30).call(torch.ones(128, 20)).shape // [ 128, 30 ]
 */
export class Linear extends Module<[Tensor], Tensor> {
  /** What it learns, of shape `(out_features, in_features)`. */
  weight: Parameter;
  /** What it adds, of shape `(out_features)`; null without bias. */
  bias: Parameter | null;

  constructor(
    /** The size of the last dimension of the input. */
    readonly inFeatures: number,
    /** The size of the last dimension of the output. */
    readonly outFeatures: number,
    options: LinearOptions = {},
  ) {
    super();
    const { bias = true, dtype, device } = options;
    sizeArgument('Linear', 'inFeatures', inFeatures, 0);
    sizeArgument('Linear', 'outFeatures', outFeatures, 0);
    this.weight = new Parameter(empty(outFeatures, inFeatures, { dtype, device }));
    this.bias = bias ? new Parameter(empty(outFeatures, { dtype, device })) : null;
    this.resetParameters();
  }

  /**
   * Draws the parameters anew.
   *
   * @example
   * const layer = new nn.Linear(2, 1)
   * nn.init.zeros_(layer.weight)
   * layer.resetParameters()
   * layer.weight.any().item() // true
   */
  resetParameters(): void {
    init.kaimingUniform_(this.weight, { a: Math.sqrt(5) });
    if (this.bias) {
      const bound = this.inFeatures > 0 ? 1 / Math.sqrt(this.inFeatures) : 0;
      init.uniform_(this.bias, -bound, bound);
    }
  }

  override forward(input: Tensor): Tensor {
    return F.linear(input, this.weight, this.bias);
  }

  override extraRepr(): string {
    return `in_features=${this.inFeatures}, out_features=${this.outFeatures}, bias=${this.bias ? 'True' : 'False'}`;
  }
}

/**
 * Its input, unchanged.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.Identity.html
 * @example
 * new nn.Identity().call(torch.ones(2)) // tensor([1., 1.])
 */
export class Identity extends Module<[Tensor], Tensor> {
  override forward(input: Tensor): Tensor {
    return input;
  }
}

/**
 * A map of pairs of vectors that is linear in each.
 *
 * `y_k = x1^T A_k x2 + b_k`
 *
 * Shape: inputs `(*, in1_features)` and `(*, in2_features)`, output `(*, out_features)`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.Bilinear.html
 * @example
 * new nn.Bilinear(2, 3, 4).call(torch.ones(5, 2), torch.ones(5, 3)).shape // [ 5, 4 ]
 */
export class Bilinear extends Module<[Tensor, Tensor], Tensor> {
  /** What it learns, of shape `(out_features, in1_features, in2_features)`. */
  weight: Parameter;
  /** What it adds, of shape `(out_features)`; null without bias. */
  bias: Parameter | null;

  constructor(
    /** The size of the last dimension of the first input. */
    readonly in1Features: number,
    /** The size of the last dimension of the second input. */
    readonly in2Features: number,
    /** The size of the last dimension of the output. */
    readonly outFeatures: number,
    options: LinearOptions = {},
  ) {
    super();
    const { bias = true, dtype, device } = options;
    sizeArgument('Bilinear', 'in1Features', in1Features);
    sizeArgument('Bilinear', 'in2Features', in2Features, 0);
    sizeArgument('Bilinear', 'outFeatures', outFeatures, 0);
    this.weight = new Parameter(empty(outFeatures, in1Features, in2Features, { dtype, device }));
    this.bias = bias ? new Parameter(empty(outFeatures, { dtype, device })) : null;
    this.resetParameters();
  }

  /**
   * Draws the parameters anew.
   *
   * @example
   * const layer = new nn.Bilinear(2, 2, 1)
   * nn.init.zeros_(layer.weight)
   * layer.resetParameters()
   * layer.weight.any().item() // true
   */
  resetParameters(): void {
    const bound = 1 / Math.sqrt(this.in1Features);
    init.uniform_(this.weight, -bound, bound);
    if (this.bias) init.uniform_(this.bias, -bound, bound);
  }

  override forward(input1: Tensor, input2: Tensor): Tensor {
    return F.bilinear(input1, input2, this.weight, this.bias);
  }

  override extraRepr(): string {
    return `in1_features=${this.in1Features}, in2_features=${this.in2Features}, out_features=${this.outFeatures}, bias=${this.bias ? 'True' : 'False'}`;
  }
}
