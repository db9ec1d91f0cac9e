import { wrongArgument } from '../../errors.js';
import * as ops from '../../ops/neural/torch/index.js';
import type { Tensor } from '../../tensor.js';
import * as F from '../functional/index.js';
import { Module } from './module.js';
import { bool, byName } from './options.js';

/** Options of the dropout layers. */
export interface DropoutOptions {
  /** The probability that an element or a channel becomes zero; 0.5 unless given. */
  p?: number;
  /** Whether the input itself is changed; false unless given. */
  inplace?: boolean;
}

/** What the dropout layers share. */
abstract class DropoutBase extends Module<[Tensor], Tensor> {
  /** The probability that an element or a channel becomes zero. */
  readonly p: number;
  /** Whether the input itself is changed. */
  readonly inplace: boolean;

  constructor(p?: number | DropoutOptions, options?: DropoutOptions) {
    super();
    const given = byName<DropoutOptions>(['p'], p, options);
    this.p = given.p ?? 0.5;
    this.inplace = given.inplace ?? false;
    if (!(this.p >= 0 && this.p <= 1)) throw wrongArgument(new.target.name, 'p', 'number from 0 to 1', this.p);
  }

  override extraRepr(): string {
    return `p=${this.p}, inplace=${bool(this.inplace)}`;
  }
}

/**
 * In training, sets elements to zero with probability `p` and scales the others by `1 / (1 - p)`; nothing otherwise
 * (Hinton et al., 2012).
 *
 * Shape: any; the output is of the input's shape.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.Dropout.html
 * @example
 * new nn.Dropout(0.5).eval().call(torch.ones(3)) // tensor([1., 1., 1.])
 */
export class Dropout extends DropoutBase {
  override forward(input: Tensor): Tensor {
    return this.inplace ? ops.dropout_(input, this.p, this.training) : F.dropout(input, this.p, this.training);
  }
}

/**
 * {@link Dropout} of whole channels of sequences.
 *
 * Shape: input `(N, C, L)` or `(C, L)`; the output is of the input's shape.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.Dropout1d.html
 * @example
 * new nn.Dropout1d(1).call(torch.ones(1, 2, 3)).sum() // tensor(0.)
 */
export class Dropout1d extends DropoutBase {
  override forward(input: Tensor): Tensor {
    if (!this.inplace) return F.dropout1d(input, this.p, this.training);
    const batch = input.ndim === 2 ? input.unsqueeze(0) : input;
    ops.featureDropout_(batch, this.p, this.training);
    return input;
  }
}

/**
 * {@link Dropout} of whole channels of images (Tompson et al., 2015).
 *
 * Shape: input `(N, C, H, W)`; the output is of the input's shape.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.Dropout2d.html
 * @example
 * new nn.Dropout2d(1).call(torch.ones(1, 2, 3, 3)).sum() // tensor(0.)
 */
export class Dropout2d extends DropoutBase {
  override forward(input: Tensor): Tensor {
    return this.inplace ? ops.featureDropout_(input, this.p, this.training) : F.dropout2d(input, this.p, this.training);
  }
}

/**
 * {@link Dropout} of whole channels of volumes.
 *
 * Shape: input `(N, C, D, H, W)` or `(C, D, H, W)`; the output is of the input's shape.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.Dropout3d.html
 * @example
 * new nn.Dropout3d(1).call(torch.ones(1, 2, 3, 3, 3)).sum() // tensor(0.)
 */
export class Dropout3d extends DropoutBase {
  override forward(input: Tensor): Tensor {
    if (!this.inplace) return F.dropout3d(input, this.p, this.training);
    const batch = input.ndim === 4 ? input.unsqueeze(0) : input;
    ops.featureDropout_(batch, this.p, this.training);
    return input;
  }
}

/**
 * Dropout that keeps mean and variance of what {@link SELU} gives (Klambauer et al., 2017).
 *
 * Shape: any; the output is of the input's shape.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.AlphaDropout.html
 * @example
 * new nn.AlphaDropout(0.5).eval().call(torch.ones(3)) // tensor([1., 1., 1.])
 */
export class AlphaDropout extends DropoutBase {
  override forward(input: Tensor): Tensor {
    return this.inplace
      ? ops.alphaDropout_(input, this.p, this.training)
      : F.alphaDropout(input, this.p, this.training);
  }
}

/**
 * {@link AlphaDropout} of whole channels.
 *
 * Shape: input `(N, C, *)`; the output is of the input's shape.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.FeatureAlphaDropout.html
 * @example
 * new nn.FeatureAlphaDropout(0.5).eval().call(torch.ones(1, 3)) // tensor([[1., 1., 1.]])
 */
export class FeatureAlphaDropout extends DropoutBase {
  override forward(input: Tensor): Tensor {
    return this.inplace
      ? ops.featureAlphaDropout_(input, this.p, this.training)
      : F.featureAlphaDropout(input, this.p, this.training);
  }
}
