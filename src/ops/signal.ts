import { op } from './op.js';
import type { Tensor } from '../tensor.js';

/** What {@link istft} takes by name. */
export interface IstftOptions {
  /** The distance between two frames; a quarter of `nFft` unless given. */
  hopLength?: number | null;
  /** The length of the window; `nFft` unless given. */
  winLength?: number | null;
  /** The window. */
  window?: Tensor | null;
  /** Whether the frames were centred on their times, so that the padding is cut off again. `true` unless given. */
  center?: boolean;
  /** Whether the frames were divided by the square root of their length. `false` unless given. */
  normalized?: boolean;
  /** Whether the negative frequencies, which follow from the others, are absent. `true` unless the result is complex. */
  onesided?: boolean | null;
  /** The length of the result; as long as the frames reach unless given. */
  length?: number | null;
  /** Whether the result is complex. `false` unless given. */
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
  /** The distance between two frames; a quarter of `nFft` unless given. */
  hopLength?: number | null;
  /** The length of the window; `nFft` unless given. */
  winLength?: number | null;
  /** The window. */
  window?: Tensor | null;
  /** Whether frames are divided by the square root of their length. `false` unless given. */
  normalized?: boolean;
  /** Whether the negative frequencies, which follow from the others, are left out. `true` for real input unless given. */
  onesided?: boolean | null;
  /** Whether the result is complex, and not pairs of real numbers; must be `true` for new code. */
  returnComplex?: boolean | null;
  /** Whether the frames begin as the window does rather than being centred in `nFft`; `false` unless given, and only without `center`. */
  alignToWindow?: boolean | null;
  /** Whether frames are centred on their times, by padding the input at both ends. `true` unless given. */
  center?: boolean;
  /** How the ends are padded: `constant`, `reflect`, `replicate` or `circular`. `reflect` unless given. */
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
