import { fn } from '../op.js';
import type { Dims, TensorOptions } from '../../shape.js';
import type { Tensor } from '../../tensor.js';

/** What {@link fftfreq} takes by name. */
export interface FftFftfreqOptions extends TensorOptions {
  /** The distance between two samples. 1 unless given. */
  d?: number;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * The frequencies of the elements that {@link fft} gives.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.fft.fftfreq.html
 * @example
 * torch.fft.fftfreq(4) // tensor([ 0.0000, 0.2500, -0.5000, -0.2500])
 */
export const fftfreq =
  fn<(n: number, d?: number | FftFftfreqOptions, options?: FftFftfreqOptions) => Tensor>('aten::fft_fftfreq');

/** What {@link rfftfreq} takes by name. */
export interface FftRfftfreqOptions extends TensorOptions {
  /** The distance between two samples. 1 unless given. */
  d?: number;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * The frequencies of the elements that {@link rfft} gives.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.fft.rfftfreq.html
 * @example
 * torch.fft.rfftfreq(4) // tensor([0.0000, 0.2500, 0.5000])
 */
export const rfftfreq =
  fn<(n: number, d?: number | FftRfftfreqOptions, options?: FftRfftfreqOptions) => Tensor>('aten::fft_rfftfreq');

/** What {@link fftshift} takes by name. */
export interface FftFftshiftOptions {
  /** The dimension, or dimensions, to work along. */
  dim?: Dims | null;
}

/**
 * The frequency zero moved to the middle.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.fft.fftshift.html
 * @example
 * torch.fft.fftshift(torch.tensor([0, 1, 2])) // tensor([2, 0, 1])
 */
export const fftshift =
  fn<(input: Tensor, dim?: Dims | null | FftFftshiftOptions, options?: FftFftshiftOptions) => Tensor>(
    'aten::fft_fftshift',
  );

/** What {@link ifftshift} takes by name. */
export interface FftIfftshiftOptions {
  /** The dimension, or dimensions, to work along. */
  dim?: Dims | null;
}

/**
 * The inverse of {@link fftshift}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.fft.ifftshift.html
 * @example
 * torch.fft.ifftshift(torch.tensor([0, 1, 2])) // tensor([1, 2, 0])
 */
export const ifftshift =
  fn<(input: Tensor, dim?: Dims | null | FftIfftshiftOptions, options?: FftIfftshiftOptions) => Tensor>(
    'aten::fft_ifftshift',
  );
