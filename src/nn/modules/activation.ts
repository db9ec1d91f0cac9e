import type { Tensor } from '../../tensor.js';
import * as F from '../functional/index.js';
import { Module } from './module.js';
import { byName, float } from './options.js';

/** What layers take that can change their input itself. */
export interface InplaceOptions {
  /** Whether the input itself is changed, rather than a copy; false unless given. */
  inplace?: boolean;
}

/**
 * The positive part of each element.
 *
 * `ReLU(x) = max(0, x)`
 *
 * Shape: any; the output is of the input's shape.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.ReLU.html
 * @example
 * new nn.ReLU().call(torch.tensor([-1.5, 2])) // tensor([0., 2.])
 */
export class ReLU extends Module<[Tensor], Tensor> {
  /** Whether the input itself is changed. */
  readonly inplace: boolean;

  constructor(options: boolean | InplaceOptions = {}) {
    super();
    this.inplace = byName<InplaceOptions>(['inplace'], options).inplace ?? false;
  }

  override forward(input: Tensor): Tensor {
    return this.inplace ? F.relu_(input) : F.relu(input);
  }

  override extraRepr(): string {
    return this.inplace ? 'inplace=True' : '';
  }
}

/**
 * The positive part of each element, at most 6 (Howard et al., 2017).
 *
 * `ReLU6(x) = min(max(0, x), 6)`
 *
 * Shape: any; the output is of the input's shape.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.ReLU6.html
 * @example
 * new nn.ReLU6().call(torch.tensor([-1, 2, 9.5])) // tensor([0., 2., 6.])
 */
export class ReLU6 extends Module<[Tensor], Tensor> {
  /** Whether the input itself is changed. */
  readonly inplace: boolean;

  constructor(options: boolean | InplaceOptions = {}) {
    super();
    this.inplace = byName<InplaceOptions>(['inplace'], options).inplace ?? false;
  }

  override forward(input: Tensor): Tensor {
    return this.inplace ? F.relu6_(input) : F.relu6(input);
  }

  override extraRepr(): string {
    return this.inplace ? 'inplace=True' : '';
  }
}

/** Options of {@link LeakyReLU}. */
export interface LeakyReLUOptions extends InplaceOptions {
  /** The slope for negative elements; 0.01 unless given. */
  negativeSlope?: number;
}

/**
 * Each element, negative ones scaled down (Maas et al., 2013).
 *
 * `LeakyReLU(x) = max(0, x) + negative_slope * min(0, x)`
 *
 * Shape: any; the output is of the input's shape.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.LeakyReLU.html
 * @example
 * new nn.LeakyReLU(0.5).call(torch.tensor([-3, 2]).float()) // tensor([-1.5000,  2.0000])
 */
export class LeakyReLU extends Module<[Tensor], Tensor> {
  /** The slope for negative elements. */
  readonly negativeSlope: number;
  /** Whether the input itself is changed. */
  readonly inplace: boolean;

  constructor(negativeSlope?: number | LeakyReLUOptions, options?: LeakyReLUOptions) {
    super();
    const given = byName<LeakyReLUOptions>(['negativeSlope'], negativeSlope, options);
    this.negativeSlope = given.negativeSlope ?? 0.01;
    this.inplace = given.inplace ?? false;
  }

  override forward(input: Tensor): Tensor {
    return this.inplace ? F.leakyRelu_(input, this.negativeSlope) : F.leakyRelu(input, this.negativeSlope);
  }

  override extraRepr(): string {
    return `negative_slope=${float(this.negativeSlope)}${this.inplace ? ', inplace=True' : ''}`;
  }
}

/** Options of {@link RReLU}. */
export interface RReLUOptions extends InplaceOptions {
  /** The least slope; 1 / 8 unless given. */
  lower?: number;
  /** The greatest slope; 1 / 3 unless given. */
  upper?: number;
}

/**
 * {@link LeakyReLU} with a slope that is drawn for each element in training, and the mean of the bounds in evaluation (Xu et
 * al., 2015).
 *
 * `RReLU(x) = max(0, x) + a * min(0, x)`, `a` spread evenly over `[lower, upper)`
 *
 * Shape: any; the output is of the input's shape.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.RReLU.html
 * @example
 * new nn.RReLU(0, 1).eval().call(torch.tensor([-3, 2]).float()) // tensor([-1.5000,  2.0000])
 */
export class RReLU extends Module<[Tensor], Tensor> {
  /** The least slope. */
  readonly lower: number;
  /** The greatest slope. */
  readonly upper: number;
  /** Whether the input itself is changed. */
  readonly inplace: boolean;

  constructor(lower?: number | RReLUOptions, upper?: number | RReLUOptions, options?: RReLUOptions) {
    super();
    const given = byName<RReLUOptions>(['lower', 'upper'], lower, upper, options);
    this.lower = given.lower ?? 1 / 8;
    this.upper = given.upper ?? 1 / 3;
    this.inplace = given.inplace ?? false;
  }

  override forward(input: Tensor): Tensor {
    const apply = this.inplace ? F.rrelu_ : F.rrelu;
    return apply(input, this.lower, this.upper, this.training);
  }

  override extraRepr(): string {
    return `lower=${float(this.lower)}, upper=${float(this.upper)}${this.inplace ? ', inplace=True' : ''}`;
  }
}

/**
 * Elements above a threshold; the others become one value.
 *
 * `y = x where x > threshold, else value`
 *
 * Shape: any; the output is of the input's shape.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.Threshold.html
 * @example
 * new nn.Threshold(1, 20).call(torch.tensor([0.5, 2])) // tensor([20.,  2.])
 */
export class Threshold extends Module<[Tensor], Tensor> {
  /** Whether the input itself is changed. */
  readonly inplace: boolean;

  constructor(
    /** What an element must be greater than to stay. */
    readonly threshold: number,
    /** What the others become. */
    readonly value: number,
    { inplace = false }: InplaceOptions = {},
  ) {
    super();
    this.inplace = inplace;
  }

  override forward(input: Tensor): Tensor {
    return this.inplace
      ? F.threshold_(input, this.threshold, this.value)
      : F.threshold(input, this.threshold, this.value);
  }

  override extraRepr(): string {
    return `threshold=${this.threshold}, value=${this.value}${this.inplace ? ', inplace=True' : ''}`;
  }
}

/** Options of {@link Hardtanh}. */
export interface HardtanhOptions extends InplaceOptions {
  /** The least value; -1 unless given. */
  minVal?: number;
  /** The greatest value; 1 unless given. */
  maxVal?: number;
}

/**
 * Each element, kept between two bounds.
 *
 * `y = min(max(x, min_val), max_val)`
 *
 * Shape: any; the output is of the input's shape.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.Hardtanh.html
 * @example
 * new nn.Hardtanh().call(torch.tensor([-3, 0.5, 2])) // tensor([-1.0000,  0.5000,  1.0000])
 */
export class Hardtanh extends Module<[Tensor], Tensor> {
  /** The least value. */
  readonly minVal: number;
  /** The greatest value. */
  readonly maxVal: number;
  /** Whether the input itself is changed. */
  readonly inplace: boolean;

  constructor(minVal?: number | HardtanhOptions, maxVal?: number | HardtanhOptions, options?: HardtanhOptions) {
    super();
    const given = byName<HardtanhOptions>(['minVal', 'maxVal'], minVal, maxVal, options);
    this.minVal = given.minVal ?? -1;
    this.maxVal = given.maxVal ?? 1;
    this.inplace = given.inplace ?? false;
  }

  override forward(input: Tensor): Tensor {
    return this.inplace ? F.hardtanh_(input, this.minVal, this.maxVal) : F.hardtanh(input, this.minVal, this.maxVal);
  }

  override extraRepr(): string {
    return `min_val=${float(this.minVal)}, max_val=${float(this.maxVal)}${this.inplace ? ', inplace=True' : ''}`;
  }
}

/**
 * A sigmoid of three straight lines (Howard et al., 2019).
 *
 * `y = min(max(x / 6 + 1 / 2, 0), 1)`
 *
 * Shape: any; the output is of the input's shape.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.Hardsigmoid.html
 * @example
 * new nn.Hardsigmoid().call(torch.tensor([-4, 0, 4]).float()) // tensor([0.0000, 0.5000, 1.0000])
 */
export class Hardsigmoid extends Module<[Tensor], Tensor> {
  /** Whether the input itself is changed. */
  readonly inplace: boolean;

  constructor(options: boolean | InplaceOptions = {}) {
    super();
    this.inplace = byName<InplaceOptions>(['inplace'], options).inplace ?? false;
  }

  override forward(input: Tensor): Tensor {
    return this.inplace ? F.hardsigmoid_(input) : F.hardsigmoid(input);
  }
}

/**
 * Each element times its hard sigmoid (Howard et al., 2019).
 *
 * `y = x * min(max(x / 6 + 1 / 2, 0), 1)`
 *
 * Shape: any; the output is of the input's shape.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.Hardswish.html
 * @example
 * new nn.Hardswish().call(torch.tensor([-4, 0, 4]).float()) // tensor([-0., 0., 4.])
 */
export class Hardswish extends Module<[Tensor], Tensor> {
  /** Whether the input itself is changed. */
  readonly inplace: boolean;

  constructor(options: boolean | InplaceOptions = {}) {
    super();
    this.inplace = byName<InplaceOptions>(['inplace'], options).inplace ?? false;
  }

  override forward(input: Tensor): Tensor {
    return this.inplace ? F.hardswish_(input) : F.hardswish(input);
  }
}

/**
 * Elements far from zero; those within `lambd` of it become zero.
 *
 * `y = x where |x| > lambd, else 0`
 *
 * Shape: any; the output is of the input's shape.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.Hardshrink.html
 * @example
 * new nn.Hardshrink().call(torch.tensor([-2, 0.25])) // tensor([-2.,  0.])
 */
export class Hardshrink extends Module<[Tensor], Tensor> {
  constructor(
    /** The bound. */
    readonly lambd = 0.5,
  ) {
    super();
  }

  override forward(input: Tensor): Tensor {
    return F.hardshrink(input, this.lambd);
  }

  override extraRepr(): string {
    return float(this.lambd);
  }
}

/**
 * Each element, moved towards zero by `lambd`.
 *
 * `y = sign(x) * max(|x| - lambd, 0)`
 *
 * Shape: any; the output is of the input's shape.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.Softshrink.html
 * @example
 * new nn.Softshrink().call(torch.tensor([-2, 0.25])) // tensor([-1.5000,  0.0000])
 */
export class Softshrink extends Module<[Tensor], Tensor> {
  constructor(
    /** The bound. */
    readonly lambd = 0.5,
  ) {
    super();
  }

  override forward(input: Tensor): Tensor {
    return F.softshrink(input, this.lambd);
  }

  override extraRepr(): string {
    return float(this.lambd);
  }
}
