import { binding, type Handle } from './binding.js';
import type { Device } from './device.js';
import { handleOf, setGeneratorClass, wrap } from './ops/call.js';
import type { Tensor } from './tensor.js';

/**
 * A source of random numbers with its own state.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Generator.html
 * @example
 * const generator = new torch.Generator().manualSeed(0)
 * torch.rand(2, { generator }).shape // [ 2 ]
 */
export class Generator {
  /** @internal */
  _handle: Handle | null;

  constructor(device: Device = 'cpu') {
    this._handle = binding.makeGenerator(device);
  }

  /** @internal */
  static _of(handle: Handle): Generator {
    const generator = Object.create(Generator.prototype) as Generator;
    generator._handle = handle;
    return generator;
  }

  /** Where its numbers are made. */
  get device(): Device {
    return binding.generatorDevice(handleOf(this)) as Device;
  }

  /**
   * Starts over from a seed.
   *
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.Generator.html
   * @example
   * const generator = new torch.Generator().manualSeed(3)
   * generator.initialSeed() // 3n
   */
  manualSeed(seed: number | bigint): this {
    binding.generatorSeed(handleOf(this), seed);
    return this;
  }

  /**
   * The seed that it last started from.
   *
   * @example
   * new torch.Generator().manualSeed(7).initialSeed() // 7n
   */
  initialSeed(): bigint {
    return binding.generatorSeed(handleOf(this));
  }

  /**
   * Starts over from a random seed, and returns that.
   *
   * @example
   * const generator = new torch.Generator()
   * generator.seed() === generator.initialSeed() // true
   */
  seed(): bigint {
    return binding.generatorFresh(handleOf(this));
  }

  /**
   * Its state, as a tensor of bytes.
   *
   * @example
   * new torch.Generator().getState().dtype // 'uint8'
   */
  getState(): Tensor {
    return wrap(binding.generatorState(handleOf(this)));
  }

  /**
   * Goes back to a state.
   *
   * @param state - what {@link getState} gave
   * @throws when the state is of another kind of generator
   * @example
   * const generator = new torch.Generator()
   * const state = generator.getState()
   * const first = torch.rand(2, { generator })
   * generator.setState(state)
   * torch.rand(2, { generator }).equal(first) // true
   */
  setState(state: Tensor): this {
    binding.generatorState(handleOf(this), handleOf(state));
    return this;
  }
}

setGeneratorClass(Generator, (handle) => Generator._of(handle));

/**
 * Starts the random numbers of every device over from a seed. The same seed gives the numbers that it gives in Python.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.manual_seed.html
 * @example
 * torch.manualSeed(0)
 * torch.rand(2) // tensor([0.4963, 0.7682])
 */
export function manualSeed(seed: number | bigint): Generator {
  binding.manualSeed(seed);
  return defaultGenerator();
}

/**
 * The generator that functions use when they are given none.
 *
 * @param device - whose
 * @example
 * torch.manualSeed(5)
 * torch.defaultGenerator().initialSeed() // 5n
 */
export function defaultGenerator(device: Device = 'cpu'): Generator {
  return Generator._of(binding.defaultGenerator(device));
}

/**
 * The seed that the default generator last started from.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.initial_seed.html
 * @example
 * torch.manualSeed(5)
 * torch.initialSeed() // 5n
 */
export function initialSeed(): bigint {
  return defaultGenerator().initialSeed();
}

/**
 * The default generator's state, as a tensor of bytes.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.get_rng_state.html
 * @example
 * torch.getRngState().dtype // 'uint8'
 */
export function getRngState(): Tensor {
  return defaultGenerator().getState();
}

/**
 * Puts the default generator back to a state.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.set_rng_state.html
 * @example
 * const state = torch.getRngState()
 * const first = torch.rand(2)
 * torch.setRngState(state)
 * torch.rand(2).equal(first) // true
 */
export function setRngState(state: Tensor): void {
  defaultGenerator().setState(state);
}
