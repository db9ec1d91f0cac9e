import { FlambeauError, wrongArgument } from '../../errors.js';
import { cat } from '../../ops/shape/index.js';
import { Tensor } from '../../tensor.js';

function listOf(func: string, parameters: Iterable<Tensor>): Tensor[] {
  if (typeof parameters?.[Symbol.iterator] !== 'function' || parameters instanceof Tensor)
    throw wrongArgument(func, 'parameters', 'Tensors, as model.parameters() gives them', parameters);
  const list = [...parameters];
  for (const parameter of list)
    if (!(parameter instanceof Tensor)) throw wrongArgument(func, 'parameters', 'Tensors', parameter);
  const other = list.find(({ device }) => device !== list[0]!.device);
  if (other) {
    throw new FlambeauError(
      'INVALID_VALUE',
      `${func}(): the parameters must be on one device, not on ${list[0]!.device} and ${other.device}`,
    );
  }
  return list;
}

/**
 * All parameters as one vector, one behind the other.
 *
 * @throws when they are on several devices
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.utils.parameters_to_vector.html
 * @example
 * nn.utils.parametersToVector(new nn.Linear(2, 1).parameters()).shape // [ 3 ]
 */
export function parametersToVector(parameters: Iterable<Tensor>): Tensor {
  return cat(listOf('parametersToVector', parameters).map((parameter) => parameter.reshape(-1)));
}

/**
 * Gives parameters the values of a vector that {@link parametersToVector} made. They share its memory.
 *
 * @throws when the vector has not as many elements as the parameters
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.utils.vector_to_parameters.html
 * @example
 * const layer = new nn.Linear(2, 1)
 * nn.utils.vectorToParameters(torch.tensor([1.5, 2, 3]), layer.parameters())
 * layer.weight.detach() // tensor([[1.5000, 2.0000]])
 */
export function vectorToParameters(vec: Tensor, parameters: Iterable<Tensor>): void {
  if (!(vec instanceof Tensor)) throw wrongArgument('vectorToParameters', 'vec', 'Tensor', vec);
  const list = listOf('vectorToParameters', parameters);
  const total = list.reduce((sum, parameter) => sum + parameter.numel(), 0);
  if (vec.ndim !== 1 || vec.numel() !== total) {
    throw new FlambeauError(
      'INVALID_VALUE',
      `vectorToParameters(): argument 'vec' must have shape [${total}], not [${vec.shape.join(', ')}]`,
    );
  }
  let start = 0;
  for (const parameter of list) {
    const count = parameter.numel();
    parameter.data = vec.narrow(0, start, count).view(parameter.shape).data;
    start += count;
  }
}
