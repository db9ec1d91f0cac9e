import { op } from './op.js';
import type { Tensor } from '../tensor.js';

/** What {@link istft} takes by name. */
export interface IstftOptions {
  hopLength?: number | null;
  winLength?: number | null;
  /** The window. */
  window?: Tensor | null;
  center?: boolean;
  normalized?: boolean;
  onesided?: boolean | null;
  length?: number | null;
  returnComplex?: boolean;
}

/**
 * The signal that {@link stft} came of.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.istft.html
 * @example
 * torch.istft(torch.stft(torch.ones(16), 4, { returnComplex: true, window: torch.ones(4) }), 4, { window: torch.ones(4) }).shape // [ 12 ]
 */
export const istft =
  op<
    (
      input: Tensor,
      nFft: number,
      hopLength?: number | null | IstftOptions,
      winLength?: number | null | IstftOptions,
      window?: Tensor | null | IstftOptions,
      center?: boolean | IstftOptions,
      normalized?: boolean | IstftOptions,
      onesided?: boolean | null | IstftOptions,
      length?: number | null | IstftOptions,
      returnComplex?: boolean | IstftOptions,
      options?: IstftOptions,
    ) => Tensor
  >('aten::istft');

/** What {@link stft} takes by name. */
export interface StftOptions {
  hopLength?: number | null;
  winLength?: number | null;
  /** The window. */
  window?: Tensor | null;
  normalized?: boolean;
  onesided?: boolean | null;
  returnComplex?: boolean | null;
  alignToWindow?: boolean | null;
  center?: boolean;
  padMode?: string;
}

/**
 * The Fourier transforms of short pieces of a signal.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.stft.html
 * @example
 * torch.stft(torch.ones(16), 4, { returnComplex: true, hopLength: 4, window: torch.ones(4) }).shape // [ 3, 4 ]
 */
export const stft =
  op<
    [
      (
        input: Tensor,
        nFft: number,
        hopLength?: number | null | StftOptions,
        winLength?: number | null | StftOptions,
        window?: Tensor | null | StftOptions,
        normalized?: boolean | StftOptions,
        onesided?: boolean | null | StftOptions,
        returnComplex?: boolean | null | StftOptions,
        alignToWindow?: boolean | null | StftOptions,
        options?: StftOptions,
      ) => Tensor,
      (
        input: Tensor,
        nFft: number,
        hopLength?: number | null | StftOptions,
        winLength?: number | null | StftOptions,
        window?: Tensor | null | StftOptions,
        center?: boolean | StftOptions,
        padMode?: string | StftOptions,
        normalized?: boolean | StftOptions,
        onesided?: boolean | null | StftOptions,
        returnComplex?: boolean | null | StftOptions,
        alignToWindow?: boolean | null | StftOptions,
        options?: StftOptions,
      ) => Tensor,
    ]
  >('aten::stft');
