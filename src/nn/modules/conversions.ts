import type { Device } from '../../device.js';
import { dtypes, isDtype, type Dtype } from '../../dtype.js';
import { FlambeauError } from '../../errors.js';
import { noGrad } from '../../autograd/modes.js';
import { emptyLike } from '../../ops/creation/index.js';
import type { Tensor, ToOptions } from '../../tensor.js';
import { keep } from '../../tensor/scope.js';
import { ModuleState } from './state.js';

/**
 * How a {@link Module} is moved and converted.
 */
export abstract class ModuleConversions extends ModuleState {
  /**
   * Moves and converts parameters and buffers, in place. A floating point dtype leaves integers as they are.
   *
   * @param target - a dtype, a device, or both by name; `memoryFormat` orders tensors of 4 or 5 dimensions
   * @throws when the dtype is neither floating point nor complex, or a tensor on the meta device is asked for its values
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.Module.html#torch.nn.Module.to
   * @example
   * new nn.Linear(2, 1).to('float64').weight.dtype // 'float64'
   */
  to(target: Dtype | Device | ToOptions, options: ToOptions = {}): this {
    const wanted: ToOptions =
      typeof target === 'string'
        ? { ...options, ...(isDtype(target) ? { dtype: target } : { device: target }) }
        : target;
    if (wanted.dtype !== undefined && !['float', 'complex'].includes(dtypes[wanted.dtype].kind)) {
      throw new FlambeauError(
        'INVALID_VALUE',
        `to(): a module takes a floating point or complex dtype, not ${wanted.dtype}`,
      );
    }
    return this._apply((tensor) => {
      if (tensor.device === 'meta' && wanted.device !== undefined && wanted.device !== 'meta') {
        throw new FlambeauError(
          'INVALID_VALUE',
          `to(): ${this.constructor.name} is on the meta device and has no values; take toEmpty({ device })`,
        );
      }
      const convert = wanted.dtype !== undefined && ['float', 'complex'].includes(dtypes[tensor.dtype].kind);
      const { memoryFormat, ...rest } = wanted;
      // Other tensors have no order of channels.
      const ordered = memoryFormat !== undefined && (tensor.ndim === 4 || tensor.ndim === 5) ? { memoryFormat } : {};
      return tensor.to({ ...rest, ...ordered, dtype: convert ? wanted.dtype : tensor.dtype });
    });
  }

  /**
   * {@link to} a GPU.
   *
   * @param index - which GPU; the current one unless given
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.Module.html#torch.nn.Module.cuda
   * @example
   * if (torch.cuda.isAvailable()) new nn.Linear(2, 1).cuda(0)
   */
  cuda(index?: number): this {
    return this.to(index === undefined ? 'cuda' : `cuda:${index}`);
  }

  /**
   * {@link to} the CPU.
   *
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.Module.html#torch.nn.Module.cpu
   * @example
   * new nn.Linear(2, 1).cpu().weight.device // 'cpu'
   */
  cpu(): this {
    return this.to('cpu');
  }

  /**
   * {@link to} float32.
   *
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.Module.html#torch.nn.Module.float
   * @example
   * new nn.Linear(2, 1).float().weight.dtype // 'float32'
   */
  float(): this {
    return this.to('float32');
  }

  /**
   * {@link to} float64.
   *
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.Module.html#torch.nn.Module.double
   * @example
   * new nn.Linear(2, 1).double().weight.dtype // 'float64'
   */
  double(): this {
    return this.to('float64');
  }

  /**
   * {@link to} float16.
   *
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.Module.html#torch.nn.Module.half
   * @example
   * new nn.Linear(2, 1).half().weight.dtype // 'float16'
   */
  half(): this {
    return this.to('float16');
  }

  /**
   * {@link to} bfloat16.
   *
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.Module.html#torch.nn.Module.bfloat16
   * @example
   * new nn.Linear(2, 1).bfloat16().weight.dtype // 'bfloat16'
   */
  bfloat16(): this {
    return this.to('bfloat16');
  }

  /** @internal */
  _apply(change: (tensor: Tensor) => Tensor): this {
    noGrad(() => {
      for (const module of this.modules()) {
        for (const [, parameter] of module.ownParameters()) {
          const { grad } = parameter;
          parameter.grad = null;
          parameter._become(change(parameter.data));
          if (grad) parameter.grad = change(grad);
        }
        for (const [name, buffer] of [...module.ownBuffers()]) {
          (module as unknown as Record<string, unknown>)[name] = keep(change(buffer));
        }
        module._applied();
      }
    });
    return this;
  }

  /**
   * Moves the module without its values: parameters and buffers are there, and hold anything. So a module of the meta
   * device, which was made without memory, gets its own before a state is loaded.
   *
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.Module.html#torch.nn.Module.to_empty
   * @example
   * const layer = new nn.Linear(2, 1, { device: 'meta' }).toEmpty({ device: 'cpu' })
   * layer.loadStateDict(new nn.Linear(2, 1).stateDict()).missingKeys // []
   */
  toEmpty({ device }: { device: Device }): this {
    return this._apply((tensor) => emptyLike(tensor, { device }));
  }
}
