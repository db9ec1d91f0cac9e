import type { Dtype } from '../../dtype.js';
import { noGrad } from '../../autograd/modes.js';
import { FlambeauError } from '../../errors.js';
import { onesLike, zerosLike } from '../../ops/creation/index.js';
import type { Tensor } from '../../tensor.js';
import type { BatchNorm } from '../modules/batchnorm.js';
import type { Linear } from '../modules/linear.js';
import type { Module } from '../modules/module.js';
import { Parameter } from '../parameter.js';

/** What {@link fuseConvBnEval} takes: a module with a weight and a bias. */
interface Weighted extends Module<[Tensor], Tensor> {
  weight: Tensor;
  bias: Tensor | null;
}

function statistics(func: string, layer: Module<[Tensor], Tensor>, bn: BatchNorm): [Tensor, Tensor] {
  if (layer.training || bn.training)
    throw new FlambeauError('INVALID_VALUE', `${func}(): both modules must be in evaluation mode`);
  const { running_mean: mean, running_var: variance } = bn;
  if (mean === null || variance === null)
    throw new FlambeauError('INVALID_VALUE', `${func}(): the batch norm keeps no running statistics`);
  return [mean, variance];
}

/**
 * The weight and bias of a convolution that does what a convolution and a batch norm do one after the other.
 *
 * @param transpose - whether it is a transposed convolution, whose weight has the outputs in its second dimension
 * @example
 * const one = torch.ones(1)
 * const [w, b] = nn.utils.fuseConvBnWeights(torch.ones(1, 1, 1, 1), null, one, one, 0, one.mul(2), null)
 * w.item() // 2
 * b.item() // -2
 */
export function fuseConvBnWeights(
  convW: Tensor,
  convB: Tensor | null,
  bnRm: Tensor,
  bnRv: Tensor,
  bnEps: number,
  bnW: Tensor | null,
  bnB: Tensor | null,
  transpose = false,
): [Parameter, Parameter] {
  return noGrad(() => {
    const scale = (bnW ?? onesLike(bnRm)).mul(bnRv.add(bnEps).rsqrt());
    const rest = convW.shape.slice(2).map(() => 1);
    const weight = convW.mul(scale.reshape(transpose ? [1, -1, ...rest] : [-1, 1, ...rest]));
    const bias = (convB ?? zerosLike(bnRm))
      .sub(bnRm)
      .mul(scale)
      .add(bnB ?? zerosLike(bnRm));
    return [
      new Parameter(weight.to(convW.dtype as Dtype), convW.requiresGrad),
      new Parameter(bias.to((convB ?? convW).dtype as Dtype), convB?.requiresGrad ?? false),
    ];
  });
}

/**
 * A copy of a convolution that does what it and a batch norm behind it do in evaluation.
 *
 * @param conv - a convolution, in evaluation mode
 * @param bn - in evaluation mode
 * @throws when either is in training mode, or the batch norm keeps no statistics
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.utils.fuse_conv_bn_eval.html
 * @example
 * const [conv, bn] = [new nn.Conv2d(3, 4, 3).eval(), new nn.BatchNorm2d(4).eval()]
 * const x = torch.randn(1, 3, 5, 5)
 * nn.utils.fuseConvBnEval(conv, bn).call(x).allclose(bn.call(conv.call(x)), { atol: 1e-5 }) // true
 */
export function fuseConvBnEval<C extends Weighted>(
  conv: C,
  bn: BatchNorm,
  { transpose = false }: { transpose?: boolean } = {},
): C {
  const [mean, variance] = statistics('fuseConvBnEval', conv, bn);
  const fused = conv.clone();
  const { weight, bias } = fused;
  [fused.weight, fused.bias] = fuseConvBnWeights(weight, bias, mean, variance, bn.eps, bn.weight, bn.bias, transpose);
  return fused;
}

/**
 * The weight and bias of a linear layer that does what it and a batch norm do one after the other.
 *
 * @example
 * const one = torch.ones(1)
 * const [w] = nn.utils.fuseLinearBnWeights(torch.ones(1, 2), null, one, one, 0, one.mul(2), one)
 * w.detach() // tensor([[2., 2.]])
 */
export function fuseLinearBnWeights(
  linearW: Tensor,
  linearB: Tensor | null,
  bnRm: Tensor,
  bnRv: Tensor,
  bnEps: number,
  bnW: Tensor | null,
  bnB: Tensor | null,
): [Parameter, Parameter] {
  return fuseConvBnWeights(linearW, linearB, bnRm, bnRv, bnEps, bnW, bnB);
}

/**
 * A copy of a linear layer that does what it and a batch norm behind it do in evaluation.
 *
 * @param linear - in evaluation mode
 * @param bn - in evaluation mode, of as many features as the layer gives, or one
 * @throws when either is in training mode, or their sizes differ
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.utils.fuse_linear_bn_eval.html
 * @example
 * const [linear, bn] = [new nn.Linear(3, 4).eval(), new nn.BatchNorm1d(4).eval()]
 * const x = torch.randn(2, 3)
 * nn.utils.fuseLinearBnEval(linear, bn).call(x).allclose(bn.call(linear.call(x)), { atol: 1e-5 }) // true
 */
export function fuseLinearBnEval<L extends Linear>(linear: L, bn: BatchNorm): L {
  const [mean, variance] = statistics('fuseLinearBnEval', linear, bn);
  if (linear.outFeatures !== bn.numFeatures && bn.numFeatures !== 1) {
    throw new FlambeauError(
      'INVALID_VALUE',
      `fuseLinearBnEval(): the batch norm must have ${linear.outFeatures} features or 1, not ${bn.numFeatures}`,
    );
  }
  const fused = linear.clone();
  const { weight, bias } = fused;
  [fused.weight, fused.bias] = fuseLinearBnWeights(weight, bias, mean, variance, bn.eps, bn.weight, bn.bias);
  return fused;
}
