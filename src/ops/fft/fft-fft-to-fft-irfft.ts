import { fn } from '../op.js';
import type { Dims, TensorOptions } from '../../shape.js';
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

/** What {@link fft2} takes by name. */
export interface FftFft2Options {
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

/** What {@link fftfreq} takes by name. */
export interface FftFftfreqOptions extends TensorOptions {
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

/** What {@link fftn} takes by name. */
export interface FftFftnOptions {
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

/** What {@link hfft2} takes by name. */
export interface FftHfft2Options {
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

/** What {@link hfftn} takes by name. */
export interface FftHfftnOptions {
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

/** What {@link ifft2} takes by name. */
export interface FftIfft2Options {
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

/** What {@link ifftn} takes by name. */
export interface FftIfftnOptions {
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

/** What {@link ihfft2} takes by name. */
export interface FftIhfft2Options {
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

/** What {@link ihfftn} takes by name. */
export interface FftIhfftnOptions {
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
