import { noGrad } from '../../autograd/modes.js';
import { FlambeauError } from '../../errors.js';
import { empty, ones, zeros } from '../../ops/creation/index.js';
import type { Extent } from '../../shape.js';
import { Tensor } from '../../tensor.js';
import { BatchNorm1d, BatchNorm2d, BatchNorm3d, type BatchNormOptions } from './batchnorm.js';
import { Conv1d, Conv2d, Conv3d, type ConvOptions } from './conv.js';
import type { ConvBase } from './convbase.js';
import { Parameter } from '../parameter.js';
import { Linear, type LinearOptions } from './linear.js';
import type { Module } from './module.js';
import { InstanceNorm1d, InstanceNorm2d, InstanceNorm3d, type InstanceNormOptions } from './normalization.js';
import { sizeArgument } from './options.js';
import type { RunningNorm } from './running.js';
import { ConvTranspose1d, ConvTranspose2d, ConvTranspose3d, type ConvTransposeOptions } from './transposed.js';

type State = ReadonlyMap<string, Tensor>;

/** Gives parameters of no elements their shapes, in place, so that optimizers that have them go on with them. */
function shape(parameter: Parameter | null, sizes: readonly number[]): void {
  if (parameter) parameter._become(empty([...sizes], { dtype: parameter.dtype, device: parameter.device }));
}

/** Makes a lazy module an ordinary one. */
function become(module: Module, Class: { prototype: object }): void {
  Object.setPrototypeOf(module, Class.prototype as object);
}

/** What the module's input, or its state, says of a size. */
function known(state: State, prefix: string, names: readonly string[], dim: number): number | undefined {
  for (const name of names) {
    const value = state.get(prefix + name);
    if (value instanceof Tensor && value.numel() > 0) return value.shape[dim];
  }
  return undefined;
}

function settleLinear(module: Linear, inFeatures: number): void {
  (module as { inFeatures: number }).inFeatures = inFeatures;
  shape(module.weight, [module.outFeatures, inFeatures]);
  shape(module.bias, [module.outFeatures]);
  become(module, Linear);
  module.resetParameters();
}

/**
 * {@link Linear} that learns `in_features` from its first input, or from a state dict, and is an ordinary one from then on.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.LazyLinear.html
 * @example
 * new nn.LazyLinear(3).call(torch.ones(2, 5)).shape // [ 2, 3 ]
 */
export class LazyLinear extends Linear {
  constructor(outFeatures: number, options: LinearOptions = {}) {
    const { bias = true, dtype, device } = options;
    super(0, 0, { bias: false, dtype, device });
    sizeArgument('LazyLinear', 'outFeatures', outFeatures, 0);
    (this as { outFeatures: number }).outFeatures = outFeatures;
    this.bias = bias ? new Parameter(empty(0, { dtype, device })) : null;
  }

  override call(input: Tensor): Tensor {
    settleLinear(this, input.shape.at(-1)!);
    return this.call(input);
  }

  /** @internal */
  override _beforeLoad(state: State, prefix: string): void {
    const size = known(state, prefix, ['weight'], 1);
    if (size !== undefined) settleLinear(this, size);
  }
}

function settleConv(
  module: ConvBase<never>,
  Class: { prototype: object },
  inChannels: number,
  transposed: boolean,
): void {
  const { outChannels, groups, kernelSize } = module;
  if (inChannels % groups !== 0)
    throw new FlambeauError(
      'INVALID_VALUE',
      `${module.constructor.name}(): ${inChannels} channels cannot be split into ${groups} groups`,
    );
  (module as { inChannels: number }).inChannels = inChannels;
  const channels = transposed ? [inChannels, outChannels / groups] : [outChannels, inChannels / groups];
  shape(module.weight, [...channels, ...kernelSize]);
  shape(module.bias, [outChannels]);
  become(module, Class);
  module.resetParameters();
}

function channelsOf(input: Tensor, dims: number): number {
  return input.shape.at(-dims - 1)!;
}

/**
 * {@link Conv1d} that learns the channels of its input from its first input, or from a state dict, and is an ordinary one from then on.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.LazyConv1d.html
 * @example
 * new nn.LazyConv1d(2, 2).call(torch.ones(1, 4, 5)).shape // [ 1, 2, 4 ]
 */
export class LazyConv1d extends Conv1d {
  constructor(outChannels: number, kernelSize: Extent, options: ConvOptions = {}) {
    super(0, outChannels, kernelSize, options);
  }

  override call(input: Tensor): Tensor {
    settleConv(this, Conv1d, channelsOf(input, 1), false);
    return this.call(input);
  }

  /** @internal */
  override _beforeLoad(state: State, prefix: string): void {
    const size = known(state, prefix, ['weight'], 1);
    if (size !== undefined) settleConv(this, Conv1d, size * this.groups, false);
  }
}

/**
 * {@link Conv2d} that learns the channels of its input from its first input, or from a state dict, and is an ordinary one from then on.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.LazyConv2d.html
 * @example
 * new nn.LazyConv2d(2, 2).call(torch.ones(1, 4, 5, 5)).shape // [ 1, 2, 4, 4 ]
 */
export class LazyConv2d extends Conv2d {
  constructor(outChannels: number, kernelSize: Extent, options: ConvOptions = {}) {
    super(0, outChannels, kernelSize, options);
  }

  override call(input: Tensor): Tensor {
    settleConv(this, Conv2d, channelsOf(input, 2), false);
    return this.call(input);
  }

  /** @internal */
  override _beforeLoad(state: State, prefix: string): void {
    const size = known(state, prefix, ['weight'], 1);
    if (size !== undefined) settleConv(this, Conv2d, size * this.groups, false);
  }
}

/**
 * {@link Conv3d} that learns the channels of its input from its first input, or from a state dict, and is an ordinary one from then on.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.LazyConv3d.html
 * @example
 * new nn.LazyConv3d(2, 2).call(torch.ones(1, 4, 5, 5, 5)).shape // [ 1, 2, 4, 4, 4 ]
 */
export class LazyConv3d extends Conv3d {
  constructor(outChannels: number, kernelSize: Extent, options: ConvOptions = {}) {
    super(0, outChannels, kernelSize, options);
  }

  override call(input: Tensor): Tensor {
    settleConv(this, Conv3d, channelsOf(input, 3), false);
    return this.call(input);
  }

  /** @internal */
  override _beforeLoad(state: State, prefix: string): void {
    const size = known(state, prefix, ['weight'], 1);
    if (size !== undefined) settleConv(this, Conv3d, size * this.groups, false);
  }
}

/**
 * {@link ConvTranspose1d} that learns the channels of its input from its first input, or from a state dict, and is an ordinary one from then on.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.LazyConvTranspose1d.html
 * @example
 * new nn.LazyConvTranspose1d(2, 2).call(torch.ones(1, 4, 5)).shape // [ 1, 2, 6 ]
 */
export class LazyConvTranspose1d extends ConvTranspose1d {
  constructor(outChannels: number, kernelSize: Extent, options: ConvTransposeOptions = {}) {
    super(0, outChannels, kernelSize, options);
  }

  override call(input: Tensor, outputSize: readonly number[] | null = null): Tensor {
    settleConv(this, ConvTranspose1d, channelsOf(input, 1), true);
    return this.call(input, outputSize);
  }

  /** @internal */
  override _beforeLoad(state: State, prefix: string): void {
    const size = known(state, prefix, ['weight'], 0);
    if (size !== undefined) settleConv(this, ConvTranspose1d, size, true);
  }
}

/**
 * {@link ConvTranspose2d} that learns the channels of its input from its first input, or from a state dict, and is an ordinary one from then on.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.LazyConvTranspose2d.html
 * @example
 * new nn.LazyConvTranspose2d(2, 2).call(torch.ones(1, 4, 5, 5)).shape // [ 1, 2, 6, 6 ]
 */
export class LazyConvTranspose2d extends ConvTranspose2d {
  constructor(outChannels: number, kernelSize: Extent, options: ConvTransposeOptions = {}) {
    super(0, outChannels, kernelSize, options);
  }

  override call(input: Tensor, outputSize: readonly number[] | null = null): Tensor {
    settleConv(this, ConvTranspose2d, channelsOf(input, 2), true);
    return this.call(input, outputSize);
  }

  /** @internal */
  override _beforeLoad(state: State, prefix: string): void {
    const size = known(state, prefix, ['weight'], 0);
    if (size !== undefined) settleConv(this, ConvTranspose2d, size, true);
  }
}

/**
 * {@link ConvTranspose3d} that learns the channels of its input from its first input, or from a state dict, and is an ordinary one from then on.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.LazyConvTranspose3d.html
 * @example
 * new nn.LazyConvTranspose3d(2, 2).call(torch.ones(1, 4, 5, 5, 5)).shape // [ 1, 2, 6, 6, 6 ]
 */
export class LazyConvTranspose3d extends ConvTranspose3d {
  constructor(outChannels: number, kernelSize: Extent, options: ConvTransposeOptions = {}) {
    super(0, outChannels, kernelSize, options);
  }

  override call(input: Tensor, outputSize: readonly number[] | null = null): Tensor {
    settleConv(this, ConvTranspose3d, channelsOf(input, 3), true);
    return this.call(input, outputSize);
  }

  /** @internal */
  override _beforeLoad(state: State, prefix: string): void {
    const size = known(state, prefix, ['weight'], 0);
    if (size !== undefined) settleConv(this, ConvTranspose3d, size, true);
  }
}

function settleNorm(module: RunningNorm, Class: { prototype: object }, numFeatures: number): void {
  (module as { numFeatures: number }).numFeatures = numFeatures;
  shape(module.weight, [numFeatures]);
  shape(module.bias, [numFeatures]);
  noGrad(() => {
    const { running_mean: mean, running_var: variance } = module;
    const like = (buffer: Tensor): object => ({ dtype: buffer.dtype, device: buffer.device });
    if (mean) module.registerBuffer('running_mean', zeros(numFeatures, like(mean)));
    if (variance) module.registerBuffer('running_var', ones(numFeatures, like(variance)));
  });
  become(module, Class);
  module.resetParameters();
}

const ofNorms = ['weight', 'running_mean'];

/**
 * {@link BatchNorm1d} that learns `num_features` from its first input, or from a state dict, and is an ordinary one from then on.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.LazyBatchNorm1d.html
 * @example
 * new nn.LazyBatchNorm1d().call(torch.randn(2, 3, 4)).shape // [ 2, 3, 4 ]
 */
export class LazyBatchNorm1d extends BatchNorm1d {
  constructor(options: BatchNormOptions = {}) {
    super(0, options);
  }

  override call(input: Tensor): Tensor {
    this.check(input);
    settleNorm(this, BatchNorm1d, input.shape[1]!);
    return this.call(input);
  }

  /** @internal */
  override _beforeLoad(state: State, prefix: string): void {
    const size = known(state, prefix, ofNorms, 0);
    if (size !== undefined) settleNorm(this, BatchNorm1d, size);
  }
}

/**
 * {@link BatchNorm2d} that learns `num_features` from its first input, or from a state dict, and is an ordinary one from then on.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.LazyBatchNorm2d.html
 * @example
 * new nn.LazyBatchNorm2d().call(torch.randn(2, 3, 4, 4)).shape // [ 2, 3, 4, 4 ]
 */
export class LazyBatchNorm2d extends BatchNorm2d {
  constructor(options: BatchNormOptions = {}) {
    super(0, options);
  }

  override call(input: Tensor): Tensor {
    this.check(input);
    settleNorm(this, BatchNorm2d, input.shape[1]!);
    return this.call(input);
  }

  /** @internal */
  override _beforeLoad(state: State, prefix: string): void {
    const size = known(state, prefix, ofNorms, 0);
    if (size !== undefined) settleNorm(this, BatchNorm2d, size);
  }
}

/**
 * {@link BatchNorm3d} that learns `num_features` from its first input, or from a state dict, and is an ordinary one from then on.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.LazyBatchNorm3d.html
 * @example
 * new nn.LazyBatchNorm3d().call(torch.randn(2, 3, 4, 4, 4)).shape // [ 2, 3, 4, 4, 4 ]
 */
export class LazyBatchNorm3d extends BatchNorm3d {
  constructor(options: BatchNormOptions = {}) {
    super(0, options);
  }

  override call(input: Tensor): Tensor {
    this.check(input);
    settleNorm(this, BatchNorm3d, input.shape[1]!);
    return this.call(input);
  }

  /** @internal */
  override _beforeLoad(state: State, prefix: string): void {
    const size = known(state, prefix, ofNorms, 0);
    if (size !== undefined) settleNorm(this, BatchNorm3d, size);
  }
}

/**
 * {@link InstanceNorm1d} that learns `num_features` from its first input, or from a state dict, and is an ordinary one from then on.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.LazyInstanceNorm1d.html
 * @example
 * new nn.LazyInstanceNorm1d().call(torch.randn(2, 3, 4)).shape // [ 2, 3, 4 ]
 */
export class LazyInstanceNorm1d extends InstanceNorm1d {
  constructor(options: InstanceNormOptions = {}) {
    super(0, options);
  }

  override call(input: Tensor): Tensor {
    this.check(input);
    settleNorm(this, InstanceNorm1d, channelsOf(input, 1));
    return this.call(input);
  }

  /** @internal */
  override _beforeLoad(state: State, prefix: string): void {
    const size = known(state, prefix, ofNorms, 0);
    if (size !== undefined) settleNorm(this, InstanceNorm1d, size);
  }
}

/**
 * {@link InstanceNorm2d} that learns `num_features` from its first input, or from a state dict, and is an ordinary one from then on.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.LazyInstanceNorm2d.html
 * @example
 * new nn.LazyInstanceNorm2d().call(torch.randn(2, 3, 4, 4)).shape // [ 2, 3, 4, 4 ]
 */
export class LazyInstanceNorm2d extends InstanceNorm2d {
  constructor(options: InstanceNormOptions = {}) {
    super(0, options);
  }

  override call(input: Tensor): Tensor {
    this.check(input);
    settleNorm(this, InstanceNorm2d, channelsOf(input, 2));
    return this.call(input);
  }

  /** @internal */
  override _beforeLoad(state: State, prefix: string): void {
    const size = known(state, prefix, ofNorms, 0);
    if (size !== undefined) settleNorm(this, InstanceNorm2d, size);
  }
}

/**
 * {@link InstanceNorm3d} that learns `num_features` from its first input, or from a state dict, and is an ordinary one from then on.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.LazyInstanceNorm3d.html
 * @example
 * new nn.LazyInstanceNorm3d().call(torch.randn(2, 3, 4, 4, 4)).shape // [ 2, 3, 4, 4, 4 ]
 */
export class LazyInstanceNorm3d extends InstanceNorm3d {
  constructor(options: InstanceNormOptions = {}) {
    super(0, options);
  }

  override call(input: Tensor): Tensor {
    this.check(input);
    settleNorm(this, InstanceNorm3d, channelsOf(input, 3));
    return this.call(input);
  }

  /** @internal */
  override _beforeLoad(state: State, prefix: string): void {
    const size = known(state, prefix, ofNorms, 0);
    if (size !== undefined) settleNorm(this, InstanceNorm3d, size);
  }
}
