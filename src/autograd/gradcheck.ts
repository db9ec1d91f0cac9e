import { dtypes } from '../dtype.js';
import { FlambeauError } from '../errors.js';
import { randnLike } from '../ops/random/index.js';
import { Tensor } from '../tensor.js';
import { grad } from './grad.js';
import { enableGrad, noGrad } from './modes.js';

/** How exact {@link gradcheck} is. */
export interface GradcheckOptions {
  /** The step of the finite differences. */
  eps?: number;
  /** The allowed absolute difference. */
  atol?: number;
  /** The allowed relative difference. */
  rtol?: number;
  /** Whether a difference throws; otherwise the result is false. */
  raiseException?: boolean;
}

/**
 * Compares the gradients that `backward` gives with finite differences: `(f(x + eps) - f(x - eps)) / (2 eps)`.
 *
 * @param fn - the function, of tensors, to a tensor or several
 * @param inputs - float64 tensors; those that require gradients are checked
 * @throws when a gradient differs, with both values and the place
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.autograd.gradcheck.gradcheck.html
 * @example
 * const x = torch.tensor([0.5, 2], { dtype: 'float64', requiresGrad: true })
 * torch.autograd.gradcheck((x) => x.sin(), [x]) // true
 */
export function gradcheck(
  fn: (...inputs: Tensor[]) => Tensor | readonly Tensor[],
  inputs: Tensor | readonly Tensor[],
  options: GradcheckOptions = {},
): boolean {
  const { eps = 1e-6, atol = 1e-5, rtol = 1e-3, raiseException = true } = options;
  const list = inputs instanceof Tensor ? [inputs] : inputs;
  const checked = list.filter((x) => x.requiresGrad);
  if (checked.length === 0) throw new FlambeauError('INVALID_ARGUMENT', 'gradcheck(): no input requires a gradient');
  for (const x of checked) {
    if (dtypes[x.dtype].kind !== 'float' || x.dtype !== 'float64') {
      throw new FlambeauError(
        'INVALID_ARGUMENT',
        `gradcheck(): inputs must be float64 for differences to be exact enough, not ${x.dtype}`,
      );
    }
  }
  const outputsOf = (): Tensor[] => {
    const output = fn(...list);
    return output instanceof Tensor ? [output] : [...output];
  };
  const outputs = outputsOf();
  for (let o = 0; o < outputs.length; o++) {
    const output = outputs[o]!;
    if (!output.requiresGrad) continue;
    for (let k = 0; k < output.numel(); k++) {
      const seed = output.detach().clone().zero_().contiguous();
      seed.view(-1).set([k], 1);
      const analytic = grad(output, checked, { gradOutputs: seed, retainGraph: true, materializeGrads: true });
      for (let i = 0; i < checked.length; i++) {
        const exact = analytic[i]!.reshape(-1).tolist<number[]>();
        const numeric = differences(checked[i]!, eps, () => outputsOf()[o]!.reshape(-1).at(k).item());
        const at = numeric.findIndex((value, j) => !(Math.abs(value - exact[j]!) <= atol + rtol * Math.abs(value)));
        if (at < 0) continue;
        if (!raiseException) return false;
        throw new FlambeauError(
          'INVALID_VALUE',
          `gradcheck(): output ${o}[${k}] with respect to input ${list.indexOf(checked[i]!)}[${at}]: ` +
            `backward gives ${exact[at]}, differences give ${numeric[at]}`,
        );
      }
    }
  }
  return true;
}

function differences(x: Tensor, eps: number, value: () => number): number[] {
  return noGrad(() => {
    // x.data counts its own versions: the graph of the function may hold x.
    const flat = x.data.view(-1);
    return Array.from({ length: flat.numel() }, (_, j) => {
      const before = flat.at(j).item();
      flat.set([j], before + eps);
      const above = value();
      flat.set([j], before - eps);
      const below = value();
      flat.set([j], before);
      return (above - below) / (2 * eps);
    });
  });
}

/** What {@link gradgradcheck} takes by name. */
export interface GradgradcheckOptions extends GradcheckOptions {
  /** The gradients with respect to the outputs; drawn from a normal distribution unless given. */
  gradOutputs?: Tensor | readonly Tensor[] | null;
}

/**
 * {@link gradcheck} of the gradients themselves: whether second derivatives are right.
 *
 * @param inputs - float64 tensors; those that require gradients are checked
 * @throws when a second derivative differs, with both values and the place
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.autograd.gradcheck.gradgradcheck.html
 * @example
 * const x = torch.tensor([0.5, 2], { dtype: 'float64', requiresGrad: true })
 * torch.autograd.gradgradcheck((x) => x.pow(3), [x]) // true
 */
export function gradgradcheck(
  fn: (...inputs: Tensor[]) => Tensor | readonly Tensor[],
  inputs: Tensor | readonly Tensor[],
  { gradOutputs = null, ...options }: GradgradcheckOptions = {},
): boolean {
  const list = inputs instanceof Tensor ? [inputs] : [...inputs];
  const outputsOf = (...own: Tensor[]): Tensor[] => {
    const output = fn(...own);
    return (output instanceof Tensor ? [output] : [...output]).filter((each) => each.requiresGrad);
  };
  const given = gradOutputs instanceof Tensor ? [gradOutputs] : gradOutputs;
  const vectors = given ?? outputsOf(...list).map((output) => randnLike(output).detach().requiresGrad_());
  const slopes = (...all: Tensor[]): Tensor[] =>
    enableGrad(() => {
      const own = all.slice(0, list.length);
      const checked = own.filter((x) => x.requiresGrad);
      const found = grad(outputsOf(...own), checked, {
        gradOutputs: all.slice(list.length),
        createGraph: true,
        materializeGrads: true,
      });
      return found.filter((each) => each.requiresGrad);
    });
  return gradcheck(slopes, [...list, ...vectors], options);
}
