import { fn } from '../op.js';
import type { Dims } from '../../shape.js';
import type { Tensor } from '../../tensor.js';

/** What {@link hfft} takes by name. */
export interface FftHfftOptions {
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
 * The Fourier transform of Hermitian input, which is real.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.fft.hfft.html
 * @example
 * torch.fft.hfft(torch.tensor([1.5, 0.5])) // tensor([2., 1.])
 */
export const hfft =
  fn<
    (
      input: Tensor,
      n?: number | null | FftHfftOptions,
      dim?: number | FftHfftOptions,
      norm?: string | null | FftHfftOptions,
      options?: FftHfftOptions,
    ) => Tensor
  >('aten::fft_hfft');

/** What {@link ihfft} takes by name. */
export interface FftIhfftOptions {
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
 * The inverse of {@link hfft}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.fft.ihfft.html
 * @example
 * torch.fft.ihfft(torch.tensor([1.5, 0.5])) // tensor([1.0000-0.j, 0.5000-0.j])
 */
export const ihfft =
  fn<
    (
      input: Tensor,
      n?: number | null | FftIhfftOptions,
      dim?: number | FftIhfftOptions,
      norm?: string | null | FftIhfftOptions,
      options?: FftIhfftOptions,
    ) => Tensor
  >('aten::fft_ihfft');

/** What {@link hfft2} takes by name. */
export interface FftHfft2Options {
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
 * The Fourier transform of two dimensions of Hermitian input.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.fft.hfft2.html
 * @example
 * torch.fft.hfft2(torch.ones(2, 2)).shape // [ 2, 2 ]
 */
export const hfft2 =
  fn<
    (
      input: Tensor,
      s?: Dims | null | FftHfft2Options,
      dim?: Dims | FftHfft2Options,
      norm?: string | null | FftHfft2Options,
      options?: FftHfft2Options,
    ) => Tensor
  >('aten::fft_hfft2');

/** What {@link ihfft2} takes by name. */
export interface FftIhfft2Options {
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
 * The inverse of {@link hfft2}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.fft.ihfft2.html
 * @example
 * torch.fft.ihfft2(torch.ones(2, 2)).shape // [ 2, 2 ]
 */
export const ihfft2 =
  fn<
    (
      input: Tensor,
      s?: Dims | null | FftIhfft2Options,
      dim?: Dims | FftIhfft2Options,
      norm?: string | null | FftIhfft2Options,
      options?: FftIhfft2Options,
    ) => Tensor
  >('aten::fft_ihfft2');

/** What {@link hfftn} takes by name. */
export interface FftHfftnOptions {
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
 * The Fourier transform of several dimensions of Hermitian input.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.fft.hfftn.html
 * @example
 * torch.fft.hfftn(torch.ones(2, 2)).shape // [ 2, 2 ]
 */
export const hfftn =
  fn<
    (
      input: Tensor,
      s?: Dims | null | FftHfftnOptions,
      dim?: Dims | null | FftHfftnOptions,
      norm?: string | null | FftHfftnOptions,
      options?: FftHfftnOptions,
    ) => Tensor
  >('aten::fft_hfftn');

/** What {@link ihfftn} takes by name. */
export interface FftIhfftnOptions {
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
 * The inverse of {@link hfftn}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.fft.ihfftn.html
 * @example
 * torch.fft.ihfftn(torch.ones(2, 2)).shape // [ 2, 2 ]
 */
export const ihfftn =
  fn<
    (
      input: Tensor,
      s?: Dims | null | FftIhfftnOptions,
      dim?: Dims | null | FftIhfftnOptions,
      norm?: string | null | FftIhfftnOptions,
      options?: FftIhfftnOptions,
    ) => Tensor
  >('aten::fft_ihfftn');
