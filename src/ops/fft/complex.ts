import { fn } from '../op.js';
import type { Dims } from '../../shape.js';
import type { Tensor } from '../../tensor.js';

/** What {@link fft} takes by name. */
export interface FftFftOptions {
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
 * The discrete Fourier transform of a dimension.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.fft.fft.html
 * @example
 * torch.fft.fft(torch.tensor([1.5, 0.5])) // tensor([2.+0.j, 1.+0.j])
 */
export const fft =
  fn<
    (
      input: Tensor,
      n?: number | null | FftFftOptions,
      dim?: number | FftFftOptions,
      norm?: string | null | FftFftOptions,
      options?: FftFftOptions,
    ) => Tensor
  >('aten::fft_fft');

/** What {@link ifft} takes by name. */
export interface FftIfftOptions {
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
 * The inverse of {@link fft}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.fft.ifft.html
 * @example
 * torch.fft.ifft(torch.tensor([1.5, 0.5])) // tensor([1.0000-0.j, 0.5000-0.j])
 */
export const ifft =
  fn<
    (
      input: Tensor,
      n?: number | null | FftIfftOptions,
      dim?: number | FftIfftOptions,
      norm?: string | null | FftIfftOptions,
      options?: FftIfftOptions,
    ) => Tensor
  >('aten::fft_ifft');

/** What {@link fft2} takes by name. */
export interface FftFft2Options {
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
 * The Fourier transform of two dimensions.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.fft.fft2.html
 * @example
 * torch.fft.fft2(torch.ones(2, 2)).shape // [ 2, 2 ]
 */
export const fft2 =
  fn<
    (
      input: Tensor,
      s?: Dims | null | FftFft2Options,
      dim?: Dims | FftFft2Options,
      norm?: string | null | FftFft2Options,
      options?: FftFft2Options,
    ) => Tensor
  >('aten::fft_fft2');

/** What {@link ifft2} takes by name. */
export interface FftIfft2Options {
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
 * The inverse of {@link fft2}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.fft.ifft2.html
 * @example
 * torch.fft.ifft2(torch.ones(2, 2)).shape // [ 2, 2 ]
 */
export const ifft2 =
  fn<
    (
      input: Tensor,
      s?: Dims | null | FftIfft2Options,
      dim?: Dims | FftIfft2Options,
      norm?: string | null | FftIfft2Options,
      options?: FftIfft2Options,
    ) => Tensor
  >('aten::fft_ifft2');

/** What {@link fftn} takes by name. */
export interface FftFftnOptions {
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
 * The Fourier transform of several dimensions.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.fft.fftn.html
 * @example
 * torch.fft.fftn(torch.ones(2, 2)).shape // [ 2, 2 ]
 */
export const fftn =
  fn<
    (
      input: Tensor,
      s?: Dims | null | FftFftnOptions,
      dim?: Dims | null | FftFftnOptions,
      norm?: string | null | FftFftnOptions,
      options?: FftFftnOptions,
    ) => Tensor
  >('aten::fft_fftn');

/** What {@link ifftn} takes by name. */
export interface FftIfftnOptions {
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
 * The inverse of {@link fftn}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.fft.ifftn.html
 * @example
 * torch.fft.ifftn(torch.ones(2, 2)).shape // [ 2, 2 ]
 */
export const ifftn =
  fn<
    (
      input: Tensor,
      s?: Dims | null | FftIfftnOptions,
      dim?: Dims | null | FftIfftnOptions,
      norm?: string | null | FftIfftnOptions,
      options?: FftIfftnOptions,
    ) => Tensor
  >('aten::fft_ifftn');
