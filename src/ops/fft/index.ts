export * from './fft-fft-to-fft-irfft.js';
export * from './fft-irfft2-to-fft-rfftn.js';
