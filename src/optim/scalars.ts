import type { Tensor } from '../tensor.js';
import * as kernels from './kernels.js';

/**
 * One number for each parameter, such as a correction that depends on the count of steps. They are numbers, or, where no
 * tensor may be read, tensors: what is computed of them is written once.
 */
export class Scalars {
  private constructor(readonly values: readonly number[] | readonly Tensor[]) {}

  /** The values of tensors without dimensions: read, or as they are. */
  static of(tensors: readonly Tensor[], unread: boolean): Scalars {
    return new Scalars(unread ? tensors : tensors.map((tensor) => Number(tensor.item())));
  }

  /** What kernels take: one number where all are the same. */
  get each(): number | readonly number[] | readonly Tensor[] {
    const [first] = this.values;
    return typeof first === 'number' && (this.values as readonly number[]).every((x) => x === first)
      ? first
      : this.values;
  }

  private get tensors(): readonly Tensor[] | undefined {
    return typeof this.values[0] === 'number' ? undefined : (this.values as readonly Tensor[]);
  }

  private map(numbers: (value: number) => number, tensors: (list: readonly Tensor[]) => Tensor[]): Scalars {
    const list = this.tensors;
    return new Scalars(list ? tensors(list) : (this.values as readonly number[]).map(numbers));
  }

  plus(other: number): Scalars {
    return this.map(
      (x) => x + other,
      (list) => kernels.add(list, other),
    );
  }

  times(other: number | Tensor | Scalars): Scalars {
    if (!(other instanceof Scalars)) {
      return this.map(
        (x) => x * (other as number),
        (list) => kernels.mul(list, other),
      );
    }
    const list = this.tensors;
    if (list) return new Scalars(kernels.mul(list, other.values));
    return new Scalars((this.values as readonly number[]).map((x, i) => x * (other.values[i] as number)));
  }

  over(other: Scalars): Scalars {
    const list = this.tensors;
    if (list) return new Scalars(kernels.div(list, other.values));
    return new Scalars((this.values as readonly number[]).map((x, i) => x / (other.values[i] as number)));
  }

  /** A number, the same for all, divided by each. */
  into(dividend: number | Tensor): Scalars {
    return this.map(
      (x) => (dividend as number) / x,
      (list) => kernels.mul(kernels.reciprocal(list), dividend),
    );
  }

  sqrt(): Scalars {
    return this.map(Math.sqrt, kernels.sqrt);
  }

  /** `base` to the power of each. */
  powerOf(base: number): Scalars {
    return this.map(
      (x) => base ** x,
      (list) => kernels.pow(base, list),
    );
  }

  /** `1 - x` of each. */
  complement(): Scalars {
    return this.times(-1).plus(1);
  }

  /** 1 for those above a limit, 0 for others. */
  above(limit: number): Scalars {
    return this.map(
      (x) => (x > limit ? 1 : 0),
      (list) => list.map((x) => x.gt(limit).to(x.dtype)),
    );
  }
}

/** `params += factors * numerators / denominators`; the denominators may be overwritten. */
export function addcdiv_(
  params: readonly Tensor[],
  numerators: readonly Tensor[],
  denominators: readonly Tensor[],
  factors: Scalars,
): void {
  if (typeof factors.values[0] === 'number') {
    kernels.addcdiv_(params, numerators, denominators, factors.each as number | readonly number[]);
  } else {
    // The operator reads factors that are a tensor.
    kernels.div_(denominators, factors.values);
    kernels.addcdiv_(params, numerators, denominators, 1);
  }
}

/** `params -= lr * steps` */
export function descend_(params: readonly Tensor[], steps: readonly Tensor[], lr: number | Tensor): void {
  if (typeof lr === 'number') kernels.add_(params, steps, { alpha: -lr });
  else kernels.sub_(params, kernels.mul(steps, lr));
}

/** `params *= 1 - lr * weightDecay` */
export function decay_(params: readonly Tensor[], lr: number | Tensor, weightDecay: number): void {
  kernels.mul_(params, typeof lr === 'number' ? 1 - lr * weightDecay : lr.mul(-weightDecay).add(1));
}

/** What is descended: the gradients or their opposites, with the penalty on squared weights. */
export function slopes(
  params: readonly Tensor[],
  grads: readonly Tensor[],
  { maximize, weightDecay }: { maximize: boolean; weightDecay: number },
): readonly Tensor[] {
  const signed = maximize ? kernels.neg(grads) : grads;
  return weightDecay === 0 ? signed : kernels.add(signed, params, { alpha: weightDecay });
}
