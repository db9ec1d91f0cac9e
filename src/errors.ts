/** What each error code means, and the HTTP status that a server answers with. */
export const errors = {
  ADDON_LOAD_FAILED: { status: 500, summary: 'The native addon was found but could not be loaded.' },
  ADDON_NOT_FOUND: { status: 500, summary: 'No native addon fits this platform and LibTorch.' },
  CANCELLED: { status: 499, summary: 'The caller took the request back.' },
  CAPTURE: { status: 400, summary: 'A function does what a graph cannot do.' },
  CHECKSUM_MISMATCH: { status: 500, summary: 'A downloaded file is not the one that its index promised.' },
  CLOSED: { status: 503, summary: 'The environment is shutting down.' },
  CONFLICT: { status: 409, summary: 'The state of the server does not allow it.' },
  DEVICE_UNAVAILABLE: {
    status: 400,
    summary: 'The device does not exist on this machine, or this LibTorch cannot use it.',
  },
  DISPOSED: { status: 500, summary: 'A tensor was used after it was disposed.' },
  EXPIRED: { status: 504, summary: 'The deadline of a request passed before it was run.' },
  FORBIDDEN: { status: 403, summary: 'The token does not allow it.' },
  INDEX_OUT_OF_RANGE: { status: 400, summary: 'An index is out of range.' },
  INSTALL_FAILED: { status: 500, summary: 'LibTorch could not be installed.' },
  INTERNAL: { status: 500, summary: 'The server failed at a request, and its log says why.' },
  INVALID_ARGUMENT: { status: 400, summary: 'An argument has the wrong type, or is missing.' },
  INVALID_FILE: { status: 400, summary: 'A file is damaged, or not of the format that was expected.' },
  INVALID_VALUE: { status: 400, summary: 'An argument has the right type and a value that is not allowed.' },
  LIBRARY_LOAD_FAILED: { status: 500, summary: 'A library of custom operators could not be loaded.' },
  LIBTORCH_NOT_FOUND: { status: 500, summary: 'LibTorch is not installed where Flambeau looks for it.' },
  LINALG: { status: 400, summary: 'A linear algebra operation met a matrix that it cannot handle.' },
  METHOD_NOT_ALLOWED: { status: 405, summary: 'The path has no such method.' },
  NODE_API: { status: 500, summary: 'Node-API refused a call.' },
  NOT_IMPLEMENTED: { status: 400, summary: 'LibTorch has no kernel for these arguments.' },
  NOT_FOUND: { status: 404, summary: 'There is nothing at this path.' },
  NOT_READY: { status: 503, summary: 'The model is not loaded, or not any more.' },
  OUT_OF_MEMORY: { status: 507, summary: 'The device has not enough memory, even after freeing what could be freed.' },
  QUEUE_FULL: { status: 503, summary: 'As many requests wait as may.' },
  RATE_LIMITED: { status: 429, summary: 'The caller has made more requests than it may.' },
  TOO_LARGE: { status: 413, summary: 'A request is larger than the server takes.' },
  TORCH: { status: 400, summary: 'LibTorch refused the operation.' },
  UNAUTHENTICATED: { status: 401, summary: 'The request has no valid token.' },
  UNKNOWN_MODEL: { status: 404, summary: 'The store has no such model, or no such version.' },
  UNKNOWN_OPERATOR: { status: 400, summary: 'No operator has this name.' },
  UNSUPPORTED: { status: 400, summary: 'JavaScript cannot hold the result.' },
} as const satisfies Record<string, { status: number; summary: string }>;

/** The code of a {@link FlambeauError}. */
export type ErrorCode = keyof typeof errors;

/**
 * Every error that Flambeau itself throws.
 *
 * @example
 * let code
 * try { torch.ones(2).add(torch.ones(3)) } catch (error) { code = error.code }
 * code // 'TORCH'
 */
export class FlambeauError extends Error {
  /** A row of the error table. */
  readonly code: ErrorCode;
  /** The C++ stack of an error that LibTorch threw. */
  declare readonly nativeStack?: string;

  constructor(code: ErrorCode, message: string, options?: { cause?: unknown; nativeStack?: string }) {
    super(message, options?.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.code = code;
    if (options?.nativeStack)
      Object.defineProperty(this, 'nativeStack', { value: options.nativeStack, configurable: true });
  }

  /** The HTTP status that a server answers with. */
  get status(): number {
    return errors[this.code].status;
  }
}

/**
 * A tensor was used after `dispose()`, or after the scope that owned it ended.
 *
 * @example
 * const x = torch.ones(2)
 * x.dispose()
 * let error
 * try { x.add(1) } catch (thrown) { error = thrown }
 * error instanceof torch.DisposedError // true
 */
export class DisposedError extends FlambeauError {
  constructor(message = 'this tensor has been disposed') {
    super('DISPOSED', message);
  }
}

/**
 * A device has not enough memory, even after a collection and an emptied cache.
 *
 * @example
 * try {
 *   torch.ones(2)
 * } catch (error) {
 *   if (!(error instanceof torch.OutOfMemoryError)) throw error
 * }
 */
export class OutOfMemoryError extends FlambeauError {}

/** Builds the error that a code stands for. The binding calls it. */
export function makeError(code: string, message: string, nativeStack = ''): FlambeauError {
  const options = { nativeStack };
  if (code === 'DISPOSED') return new DisposedError(message);
  if (code === 'OUT_OF_MEMORY') return new OutOfMemoryError(code, message, options);
  return new FlambeauError(code in errors ? (code as ErrorCode) : 'TORCH', message, options);
}

/** The one shape of a message about a wrong argument. */
export function wrongArgument(func: string, argument: string, expected: string, value: unknown): FlambeauError {
  return new FlambeauError(
    'INVALID_ARGUMENT',
    `${func}(): argument '${argument}' must be ${expected}, not ${describe(value)}`,
  );
}

/** What a value is, for messages. */
export function describe(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return `the number ${value}`;
  if (typeof value === 'string') return `the string '${value.length > 40 ? `${value.slice(0, 40)}...` : value}'`;
  if (typeof value === 'object') return value.constructor?.name ?? 'object';
  return typeof value;
}
