/** The builds of LibTorch that `flambeau install` knows. */
export type Flavour = 'cpu' | 'cu130';

/** The version that `flambeau install <flavour>` installs unless another is asked for. */
export const DEFAULT_VERSION: Readonly<Record<Flavour, string>> = { cpu: '2.13.0', cu130: '2.14.1' };

/** All flavours, the preferred one first. */
export const FLAVOURS = Object.keys(DEFAULT_VERSION) as readonly Flavour[];

/** The LibTorch versions that the addon's source compiles against, as major and minor. */
export const SUPPORTED = { first: [2, 11], last: [2, 14] } as const;

/** Where wheels come from when there is no pip; `FLAMBEAU_INDEX_URL` replaces it. */
export const INDEX_URL = 'https://download.pytorch.org/whl';

/** The Python that wheels are asked for. What is taken from them does not depend on it. */
export const WHEEL_PYTHON = '3.11';

/** The one command that mends a missing LibTorch. */
export const INSTALL_COMMAND = 'npx flambeau install cpu';

/**
 * Packages behind the extras of NVIDIA's `cuda-toolkit` wheel, for when that wheel, which pins their versions,
 * cannot be had. True: the package's version begins with the version of CUDA.
 */
export const CUDA_TOOLKIT: Readonly<Record<string, readonly [name: string, carriesCudaVersion: boolean]>> = {
  cublas: ['nvidia-cublas', false],
  cudart: ['nvidia-cuda-runtime', true],
  cufft: ['nvidia-cufft', false],
  cufile: ['nvidia-cufile', false],
  cupti: ['nvidia-cuda-cupti', true],
  curand: ['nvidia-curand', false],
  cusolver: ['nvidia-cusolver', false],
  cusparse: ['nvidia-cusparse', false],
  nvjitlink: ['nvidia-nvjitlink', true],
  nvrtc: ['nvidia-cuda-nvrtc', true],
  nvtx: ['nvidia-nvtx', true],
};

/** True if `text` names a flavour. */
export function isFlavour(text: string): text is Flavour {
  return (FLAVOURS as readonly string[]).includes(text);
}

/** `2.13.0` of `2.13.0+cpu`. */
export function publicVersion(version: string): string {
  return version.split('+')[0] ?? version;
}

/** `2.13` of `2.13.0+cpu`: an addon fits every LibTorch of the minor version that it was built against. */
export function minorVersion(version: string): string {
  return publicVersion(version).split('.').slice(0, 2).join('.');
}

/** True if the addon's source compiles against this version of LibTorch. */
export function isSupported(version: string): boolean {
  const match = /^(\d+)\.(\d+)/.exec(version);
  if (!match) return false;
  const rank = Number(match[1]) * 1000 + Number(match[2]);
  const [first, last] = [SUPPORTED.first, SUPPORTED.last].map(([major, minor]) => major * 1000 + minor);
  return rank >= first! && rank <= last!;
}

/** `2.11 to 2.14`, for messages. */
export function supportedRange(): string {
  return `${SUPPORTED.first.join('.')} to ${SUPPORTED.last.join('.')}`;
}
