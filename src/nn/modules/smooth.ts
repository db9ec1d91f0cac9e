import { getDefaultDtype } from '../../runtime.js';
import { full } from '../../ops/creation/index.js';
import type { Tensor } from '../../tensor.js';
import * as F from '../functional/index.js';
import * as init from '../init.js';
import { Parameter } from '../parameter.js';
import type { InplaceOptions } from './activation.js';
import { Module } from './module.js';
import { byName, float, sizeArgument, type FactoryOptions } from './options.js';

/**
 * Each element, mapped between 0 and 1.
 *
 * `Sigmoid(x) = 1 / (1 + exp(-x))`
 *
 * Shape: any; the output is of the input's shape.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.Sigmoid.html
 * @example
 * new nn.Sigmoid().call(torch.zeros(2)) // tensor([0.5000, 0.5000])
 */
export class Sigmoid extends Module<[Tensor], Tensor> {
  override forward(input: Tensor): Tensor {
    return F.sigmoid(input);
  }
}

/**
 * The logarithm of the sigmoid.
 *
 * `LogSigmoid(x) = log(1 / (1 + exp(-x)))`
 *
 * Shape: any; the output is of the input's shape.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.LogSigmoid.html
 * @example
 * new nn.LogSigmoid().call(torch.zeros(2)) // tensor([-0.6931, -0.6931])
 */
export class LogSigmoid extends Module<[Tensor], Tensor> {
  override forward(input: Tensor): Tensor {
    return F.logSigmoid(input);
  }
}

/**
 * Each element, mapped between -1 and 1.
 *
 * `Tanh(x) = (exp(x) - exp(-x)) / (exp(x) + exp(-x))`
 *
 * Shape: any; the output is of the input's shape.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.Tanh.html
 * @example
 * new nn.Tanh().call(torch.tensor([-20, 0])) // tensor([-1.,  0.])
 */
export class Tanh extends Module<[Tensor], Tensor> {
  override forward(input: Tensor): Tensor {
    return F.tanh(input);
  }
}

/**
 * What the hyperbolic tangent takes away.
 *
 * `Tanhshrink(x) = x - tanh(x)`
 *
 * Shape: any; the output is of the input's shape.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.Tanhshrink.html
 * @example
 * new nn.Tanhshrink().call(torch.tensor([-20, 0])) // tensor([-19.,   0.])
 */
export class Tanhshrink extends Module<[Tensor], Tensor> {
  override forward(input: Tensor): Tensor {
    return F.tanhshrink(input);
  }
}

/**
 * Each element, mapped between -1 and 1, with long tails.
 *
 * `SoftSign(x) = x / (1 + |x|)`
 *
 * Shape: any; the output is of the input's shape.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.Softsign.html
 * @example
 * new nn.Softsign().call(torch.tensor([-3, 0, 1])) // tensor([-0.7500,  0.0000,  0.5000])
 */
export class Softsign extends Module<[Tensor], Tensor> {
  override forward(input: Tensor): Tensor {
    return F.softsign(input);
  }
}

/**
 * Each element times its sigmoid, also known as swish.
 *
 * `SiLU(x) = x * sigmoid(x)`
 *
 * Shape: any; the output is of the input's shape.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.SiLU.html
 * @example
 * new nn.SiLU().call(torch.tensor([0, 20]).float()) // tensor([ 0., 20.])
 */
export class SiLU extends Module<[Tensor], Tensor> {
  /** Whether the input itself is changed. */
  readonly inplace: boolean;

  constructor(options: boolean | InplaceOptions = {}) {
    super();
    this.inplace = byName<InplaceOptions>(['inplace'], options).inplace ?? false;
  }

  override forward(input: Tensor): Tensor {
    return this.inplace ? F.silu_(input) : F.silu(input);
  }

  override extraRepr(): string {
    return this.inplace ? 'inplace=True' : '';
  }
}

/**
 * A smooth function that lets small negative values through (Misra, 2019).
 *
 * `Mish(x) = x * tanh(softplus(x))`
 *
 * Shape: any; the output is of the input's shape.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.Mish.html
 * @example
 * new nn.Mish().call(torch.tensor([0, 20]).float()) // tensor([ 0., 20.])
 */
export class Mish extends Module<[Tensor], Tensor> {
  /** Whether the input itself is changed. */
  readonly inplace: boolean;

  constructor(options: boolean | InplaceOptions = {}) {
    super();
    this.inplace = byName<InplaceOptions>(['inplace'], options).inplace ?? false;
  }

  override forward(input: Tensor): Tensor {
    return this.inplace ? F.mish_(input) : F.mish(input);
  }

  override extraRepr(): string {
    return this.inplace ? 'inplace=True' : '';
  }
}

/** Options of {@link ELU}. */
export interface ELUOptions extends InplaceOptions {
  /** How far below zero it goes; 1 unless given. */
  alpha?: number;
}

/**
 * Each element, negative ones bent towards `-alpha` (Clevert et al., 2015).
 *
 * `ELU(x) = x where x > 0, else alpha * (exp(x) - 1)`
 *
 * Shape: any; the output is of the input's shape.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.ELU.html
 * @example
 * new nn.ELU().call(torch.tensor([-30, 2]).float()) // tensor([-1.,  2.])
 */
export class ELU extends Module<[Tensor], Tensor> {
  /** How far below zero it goes. */
  readonly alpha: number;
  /** Whether the input itself is changed. */
  readonly inplace: boolean;

  constructor(alpha?: number | ELUOptions, options?: ELUOptions) {
    super();
    const given = byName<ELUOptions>(['alpha'], alpha, options);
    this.alpha = given.alpha ?? 1;
    this.inplace = given.inplace ?? false;
  }

  override forward(input: Tensor): Tensor {
    return this.inplace ? F.elu_(input, this.alpha) : F.elu(input, this.alpha);
  }

  override extraRepr(): string {
    return `alpha=${float(this.alpha)}${this.inplace ? ', inplace=True' : ''}`;
  }
}

/** Options of {@link CELU}. */
export interface CELUOptions extends InplaceOptions {
  /** How far below zero it goes; 1 unless given. */
  alpha?: number;
}

/**
 * {@link ELU} with a slope without a step, whatever `alpha` is (Barron, 2017).
 *
 * `CELU(x) = max(0, x) + min(0, alpha * (exp(x / alpha) - 1))`
 *
 * Shape: any; the output is of the input's shape.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.CELU.html
 * @example
 * new nn.CELU().call(torch.tensor([-30, 2]).float()) // tensor([-1.,  2.])
 */
export class CELU extends Module<[Tensor], Tensor> {
  /** How far below zero it goes. */
  readonly alpha: number;
  /** Whether the input itself is changed. */
  readonly inplace: boolean;

  constructor(alpha?: number | CELUOptions, options?: CELUOptions) {
    super();
    const given = byName<CELUOptions>(['alpha'], alpha, options);
    this.alpha = given.alpha ?? 1;
    this.inplace = given.inplace ?? false;
  }

  override forward(input: Tensor): Tensor {
    return this.inplace ? F.celu_(input, this.alpha) : F.celu(input, this.alpha);
  }

  override extraRepr(): string {
    return `alpha=${float(this.alpha)}${this.inplace ? ', inplace=True' : ''}`;
  }
}

/**
 * The scaled {@link ELU} of networks that normalise themselves (Klambauer et al., 2017).
 *
 * `SELU(x) = 1.0507 * (max(0, x) + min(0, 1.6733 * (exp(x) - 1)))`
 *
 * Shape: any; the output is of the input's shape.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.SELU.html
 * @example
 * new nn.SELU().call(torch.tensor([-1, 1]).float()) // tensor([-1.1113,  1.0507])
 */
export class SELU extends Module<[Tensor], Tensor> {
  /** Whether the input itself is changed. */
  readonly inplace: boolean;

  constructor(options: boolean | InplaceOptions = {}) {
    super();
    this.inplace = byName<InplaceOptions>(['inplace'], options).inplace ?? false;
  }

  override forward(input: Tensor): Tensor {
    return this.inplace ? F.selu_(input) : F.selu(input);
  }

  override extraRepr(): string {
    return this.inplace ? 'inplace=True' : '';
  }
}

/**
 * Each element times the chance that a normal variable is smaller (Hendrycks and Gimpel, 2016).
 *
 * `GELU(x) = x * (1 + erf(x / sqrt(2))) / 2`
 *
 * Shape: any; the output is of the input's shape.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.GELU.html
 * @example
 * new nn.GELU().call(torch.tensor([-1, 1]).float()) // tensor([-0.1587,  0.8413])
 */
export class GELU extends Module<[Tensor], Tensor> {
  /** The exact function, or its approximation through the hyperbolic tangent. */
  readonly approximate: 'none' | 'tanh';

  constructor({ approximate = 'none' }: { approximate?: 'none' | 'tanh' } = {}) {
    super();
    this.approximate = approximate;
  }

  override forward(input: Tensor): Tensor {
    return F.gelu(input, { approximate: this.approximate });
  }

  override extraRepr(): string {
    return `approximate='${this.approximate}'`;
  }
}

/**
 * A smooth ReLU; above `threshold` it is the input itself.
 *
 * `Softplus(x) = log(1 + exp(beta * x)) / beta`
 *
 * Shape: any; the output is of the input's shape.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.Softplus.html
 * @example
 * new nn.Softplus().call(torch.tensor([0, 30]).float()) // tensor([ 0.6931, 30.0000])
 */
export class Softplus extends Module<[Tensor], Tensor> {
  constructor(
    /** How sharp the bend is. */
    readonly beta = 1,
    /** Where `beta * x` is greater, the output is the input. */
    readonly threshold = 20,
  ) {
    super();
  }

  override forward(input: Tensor): Tensor {
    return F.softplus(input, this.beta, this.threshold);
  }

  override extraRepr(): string {
    return `beta=${float(this.beta)}, threshold=${float(this.threshold)}`;
  }
}

/** Options of {@link PReLU}. */
export interface PReLUOptions extends FactoryOptions {
  /** One slope, or as many as there are channels; 1 unless given. */
  numParameters?: number;
  /** What the slopes start from; 0.25 unless given. */
  init?: number;
}

/**
 * Each element, negative ones scaled by a slope that is learned, for all channels or for each (He et al., 2015).
 *
 * `PReLU(x) = max(0, x) + weight * min(0, x)`
 *
 * Shape: input `(N, C, *)` with `num_parameters` channels, or any with one slope; the output is of the input's shape.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.PReLU.html
 * @example
 * new nn.PReLU().call(torch.tensor([-2, 2]).float()).detach() // tensor([-0.5000,  2.0000])
 */
export class PReLU extends Module<[Tensor], Tensor> {
  /** The slopes, of shape `(num_parameters)`. */
  weight: Parameter;
  /** One slope, or as many as there are channels. */
  readonly numParameters: number;
  /** What the slopes start from. */
  readonly init: number;

  constructor(numParameters?: number | PReLUOptions, options?: PReLUOptions) {
    super();
    const given = byName<PReLUOptions>(['numParameters'], numParameters, options);
    const { init = 0.25, dtype, device } = given;
    this.numParameters = given.numParameters ?? 1;
    sizeArgument('PReLU', 'numParameters', this.numParameters);
    this.init = init;
    this.weight = new Parameter(full([this.numParameters], init, { dtype: dtype ?? getDefaultDtype(), device }));
  }

  /**
   * Sets the slopes to what they started from.
   *
   * @example
   * const layer = new nn.PReLU(2)
   * nn.init.zeros_(layer.weight)
   * layer.resetParameters()
   * layer.weight.detach() // tensor([0.2500, 0.2500])
   */
  resetParameters(): void {
    init.constant_(this.weight, this.init);
  }

  override forward(input: Tensor): Tensor {
    return F.prelu(input, this.weight);
  }

  override extraRepr(): string {
    return `num_parameters=${this.numParameters}`;
  }
}
