import { fn } from '../op.js';
import type { Dims } from '../../shape.js';
import type { Tensor } from '../../tensor.js';

/** What {@link rfft} takes by name. */
export interface FftRfftOptions {
  /** The length of the signal; cut or filled with zeros. */
  n?: number | null;
  /** The dimension, or dimensions, to work along. */
  dim?: number;
  /** The normalisation: 'backward', 'forward' or 'ortho'. */
  norm?: string | null;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * The Fourier transform of real input: the half that tells all.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.fft.rfft.html
 * @example
 * torch.fft.rfft(torch.tensor([1.5, 0.5])) // tensor([2.+0.j, 1.+0.j])
 */
export const rfft =
  fn<
    (
      input: Tensor,
      n?: number | null | FftRfftOptions,
      dim?: number | FftRfftOptions,
      norm?: string | null | FftRfftOptions,
      options?: FftRfftOptions,
    ) => Tensor
  >('aten::fft_rfft');

/** What {@link irfft} takes by name. */
export interface FftIrfftOptions {
  /** The length of the signal; cut or filled with zeros. */
  n?: number | null;
  /** The dimension, or dimensions, to work along. */
  dim?: number;
  /** The normalisation: 'backward', 'forward' or 'ortho'. */
  norm?: string | null;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * The inverse of {@link rfft}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.fft.irfft.html
 * @example
 * torch.fft.irfft(torch.tensor([1.5, 0.5])) // tensor([1.0000, 0.5000])
 */
export const irfft =
  fn<
    (
      input: Tensor,
      n?: number | null | FftIrfftOptions,
      dim?: number | FftIrfftOptions,
      norm?: string | null | FftIrfftOptions,
      options?: FftIrfftOptions,
    ) => Tensor
  >('aten::fft_irfft');

/** What {@link rfft2} takes by name. */
export interface FftRfft2Options {
  /** The length of the signal in each transformed dimension: cut, or padded with zeros. The input's own unless given. */
  s?: Dims | null;
  /** The dimension, or dimensions, to work along. */
  dim?: Dims;
  /** The normalisation: 'backward', 'forward' or 'ortho'. */
  norm?: string | null;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * The Fourier transform of two dimensions of real input.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.fft.rfft2.html
 * @example
 * torch.fft.rfft2(torch.ones(2, 2)).shape // [ 2, 2 ]
 */
export const rfft2 =
  fn<
    (
      input: Tensor,
      s?: Dims | null | FftRfft2Options,
      dim?: Dims | FftRfft2Options,
      norm?: string | null | FftRfft2Options,
      options?: FftRfft2Options,
    ) => Tensor
  >('aten::fft_rfft2');

/** What {@link irfft2} takes by name. */
export interface FftIrfft2Options {
  /** The length of the signal in each transformed dimension: cut, or padded with zeros. The input's own unless given. */
  s?: Dims | null;
  /** The dimension, or dimensions, to work along. */
  dim?: Dims;
  /** The normalisation: 'backward', 'forward' or 'ortho'. */
  norm?: string | null;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * The inverse of {@link rfft2}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.fft.irfft2.html
 * @example
 * torch.fft.irfft2(torch.ones(2, 2)).shape // [ 2, 2 ]
 */
export const irfft2 =
  fn<
    (
      input: Tensor,
      s?: Dims | null | FftIrfft2Options,
      dim?: Dims | FftIrfft2Options,
      norm?: string | null | FftIrfft2Options,
      options?: FftIrfft2Options,
    ) => Tensor
  >('aten::fft_irfft2');

/** What {@link rfftn} takes by name. */
export interface FftRfftnOptions {
  /** The length of the signal in each transformed dimension: cut, or padded with zeros. The input's own unless given. */
  s?: Dims | null;
  /** The dimension, or dimensions, to work along. */
  dim?: Dims | null;
  /** The normalisation: 'backward', 'forward' or 'ortho'. */
  norm?: string | null;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * The Fourier transform of several dimensions of real input.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.fft.rfftn.html
 * @example
 * torch.fft.rfftn(torch.ones(2, 2)).shape // [ 2, 2 ]
 */
export const rfftn =
  fn<
    (
      input: Tensor,
      s?: Dims | null | FftRfftnOptions,
      dim?: Dims | null | FftRfftnOptions,
      norm?: string | null | FftRfftnOptions,
      options?: FftRfftnOptions,
    ) => Tensor
  >('aten::fft_rfftn');

/** What {@link irfftn} takes by name. */
export interface FftIrfftnOptions {
  /** The length of the signal in each transformed dimension: cut, or padded with zeros. The input's own unless given. */
  s?: Dims | null;
  /** The dimension, or dimensions, to work along. */
  dim?: Dims | null;
  /** The normalisation: 'backward', 'forward' or 'ortho'. */
  norm?: string | null;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * The inverse of {@link rfftn}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.fft.irfftn.html
 * @example
 * torch.fft.irfftn(torch.ones(2, 2)).shape // [ 2, 2 ]
 */
export const irfftn =
  fn<
    (
      input: Tensor,
      s?: Dims | null | FftIrfftnOptions,
      dim?: Dims | null | FftIrfftnOptions,
      norm?: string | null | FftIrfftnOptions,
      options?: FftIrfftnOptions,
    ) => Tensor
  >('aten::fft_irfftn');
