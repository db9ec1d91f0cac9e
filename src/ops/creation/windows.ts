import { fn } from '../op.js';
import type { TensorOptions } from '../../shape.js';
import type { Tensor } from '../../tensor.js';

type Window = [
  (windowLength: number, options?: TensorOptions) => Tensor,
  (windowLength: number, periodic: boolean, options?: TensorOptions) => Tensor,
];

/**
 * The Bartlett window: a triangle that starts and ends at zero.
 *
 * `w_n = 1 - |2n / (N - 1) - 1|`
 *
 * @param periodic - whether to leave out the last value of a window one longer, for use with {@link stft}; true unless
 *   given
 * @throws when `windowLength` is negative, or the dtype is not floating point
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.bartlett_window.html
 * @example
 * torch.bartlettWindow(5, false) // tensor([0.0000, 0.5000, 1.0000, 0.5000, 0.0000])
 */
export const bartlettWindow = fn<Window>('aten::bartlett_window');

/**
 * The Blackman window: three cosine terms, with low side lobes.
 *
 * `w_n = 0.42 - 0.5 cos(2πn / (N - 1)) + 0.08 cos(4πn / (N - 1))`
 *
 * @param periodic - whether to leave out the last value of a window one longer, for use with {@link stft}; true unless
 *   given
 * @throws when `windowLength` is negative, or the dtype is not floating point
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.blackman_window.html
 * @example
 * torch.blackmanWindow(5, false).select(0, 1) // tensor(0.3400)
 */
export const blackmanWindow = fn<Window>('aten::blackman_window');

/**
 * The Hamming window: a raised cosine that does not quite reach zero.
 *
 * `w_n = alpha - beta cos(2πn / (N - 1))`
 *
 * @param periodic - whether to leave out the last value of a window one longer, for use with {@link stft}; true unless
 *   given
 * @param alpha - 0.54 unless given
 * @param beta - 0.46 unless given
 * @throws when `windowLength` is negative, or the dtype is not floating point
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.hamming_window.html
 * @example
 * torch.hammingWindow(5, false) // tensor([0.0800, 0.5400, 1.0000, 0.5400, 0.0800])
 */
export const hammingWindow =
  fn<
    [
      (windowLength: number, options?: TensorOptions) => Tensor,
      (windowLength: number, periodic: boolean, options?: TensorOptions) => Tensor,
      (windowLength: number, periodic: boolean, alpha: number, options?: TensorOptions) => Tensor,
      (windowLength: number, periodic: boolean, alpha: number, beta: number, options?: TensorOptions) => Tensor,
    ]
  >('aten::hamming_window');

/**
 * The Hann window: a raised cosine that starts and ends at zero.
 *
 * `w_n = 0.5 - 0.5 cos(2πn / (N - 1)) = sin²(πn / (N - 1))`
 *
 * @param periodic - whether to leave out the last value of a window one longer, for use with {@link stft}; true unless
 *   given
 * @throws when `windowLength` is negative, or the dtype is not floating point
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.hann_window.html
 * @example
 * torch.hannWindow(5, false) // tensor([0.0000, 0.5000, 1.0000, 0.5000, 0.0000])
 * torch.hannWindow(4) // tensor([0.0000, 0.5000, 1.0000, 0.5000])
 */
export const hannWindow = fn<Window>('aten::hann_window');

/**
 * The Kaiser window, whose `beta` trades the width of the main lobe for the height of the side lobes.
 *
 * `w_n = I0(beta sqrt(1 - (2n / (N - 1) - 1)²)) / I0(beta)`, `I0` the modified Bessel function of order 0
 *
 * @param periodic - whether to leave out the last value of a window one longer, for use with {@link stft}; true unless
 *   given
 * @param beta - 0 is a rectangle; 12 unless given
 * @throws when `windowLength` is negative, or the dtype is not floating point
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.kaiser_window.html
 * @example
 * torch.kaiserWindow(3, false, 2) // tensor([0.4387, 1.0000, 0.4387])
 */
export const kaiserWindow =
  fn<
    [
      (windowLength: number, options?: TensorOptions) => Tensor,
      (windowLength: number, periodic: boolean, options?: TensorOptions) => Tensor,
      (windowLength: number, periodic: boolean, beta: number, options?: TensorOptions) => Tensor,
    ]
  >('aten::kaiser_window');
