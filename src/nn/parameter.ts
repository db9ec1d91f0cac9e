import { binding } from '../binding.js';
import { wrongArgument } from '../errors.js';
import { handleOf, invoke, Operator } from '../ops/call.js';
import { Tensor } from '../tensor.js';

const compatible = new Operator('aten::_has_compatible_shallow_copy_type', false);

/**
 * A tensor that a module learns: as a field of a {@link Module} it is one of its parameters.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.parameter.Parameter.html
 * @example
 * new nn.Parameter(torch.zeros(2)).requiresGrad // true
 */
export class Parameter extends Tensor {
  /**
   * @param data - its values; the memory is shared
   * @param requiresGrad - whether it is learned
   */
  constructor(data: Tensor, requiresGrad = true) {
    if (!(data instanceof Tensor)) throw wrongArgument('Parameter', 'data', 'Tensor', data);
    const handle = binding.data(handleOf(data));
    super(handle);
    // Modules are made inside scopes too, and outlive them.
    this._kept = true;
    binding.setRequiresGrad(handle, requiresGrad);
  }

  /**
   * Takes other values in place, of any dtype and device, so that optimizers go on with it.
   *
   * @internal
   */
  _become(data: Tensor): void {
    if (invoke(compatible, [this, data]) === true) {
      this.data = data;
      return;
    }
    // LibTorch has no tensor that turns from a CPU's into one of a device outside of it: another one takes its place.
    const { requiresGrad } = this;
    this._handle = binding.data(handleOf(data));
    binding.setRequiresGrad(this._handle, requiresGrad);
  }

  /**
   * As PyTorch prints it: as a tensor under a line that says what it is.
   *
   * @example
   * new nn.Parameter(torch.zeros(2)).toString().split('\n')[0] // 'Parameter containing:'
   */
  override toString(): string {
    return `Parameter containing:\n${super.toString()}`;
  }
}
