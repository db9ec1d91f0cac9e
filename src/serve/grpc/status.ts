import { Metadata, status, type StatusObject } from '@grpc/grpc-js';
import { FlambeauError, errors, type ErrorCode } from '../../errors.js';
import { HttpError } from '../http/errors.js';

/** The status of each code. What is not here is the server's own trouble: `INTERNAL`, and the caller is not told more. */
const statuses: Partial<Record<ErrorCode, status>> = {
  CANCELLED: status.CANCELLED,
  CLOSED: status.UNAVAILABLE,
  CONFLICT: status.FAILED_PRECONDITION,
  EXPIRED: status.DEADLINE_EXCEEDED,
  FORBIDDEN: status.PERMISSION_DENIED,
  INVALID_ARGUMENT: status.INVALID_ARGUMENT,
  INVALID_VALUE: status.INVALID_ARGUMENT,
  NOT_FOUND: status.NOT_FOUND,
  NOT_READY: status.UNAVAILABLE,
  OUT_OF_MEMORY: status.RESOURCE_EXHAUSTED,
  QUEUE_FULL: status.RESOURCE_EXHAUSTED,
  RATE_LIMITED: status.RESOURCE_EXHAUSTED,
  TOO_LARGE: status.RESOURCE_EXHAUSTED,
  UNAUTHENTICATED: status.UNAUTHENTICATED,
  UNKNOWN_MODEL: status.NOT_FOUND,
  UNSUPPORTED: status.UNIMPLEMENTED,
};

/** What a status means where the server does not say its code. */
const codes: Partial<Record<status, ErrorCode>> = {
  [status.CANCELLED]: 'CANCELLED',
  [status.INVALID_ARGUMENT]: 'INVALID_VALUE',
  [status.DEADLINE_EXCEEDED]: 'EXPIRED',
  [status.NOT_FOUND]: 'NOT_FOUND',
  [status.ALREADY_EXISTS]: 'CONFLICT',
  [status.PERMISSION_DENIED]: 'FORBIDDEN',
  [status.RESOURCE_EXHAUSTED]: 'QUEUE_FULL',
  [status.FAILED_PRECONDITION]: 'CONFLICT',
  [status.ABORTED]: 'CONFLICT',
  [status.OUT_OF_RANGE]: 'INVALID_VALUE',
  [status.UNIMPLEMENTED]: 'UNSUPPORTED',
  [status.UNAVAILABLE]: 'NOT_READY',
  [status.UNAUTHENTICATED]: 'UNAUTHENTICATED',
};

/** The trailer with the code of an error. */
const codeKey = 'x-error-code';
/** The trailer of gRPC's own that says when to try again, in milliseconds. */
const pushbackKey = 'grpc-retry-pushback-ms';

const retryAfterMs = 1000;

/** Those that pass: the same request may do later. */
export const passing: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'CLOSED',
  'NOT_READY',
  'QUEUE_FULL',
  'RATE_LIMITED',
]);

/** The code under which an error is counted. */
export function codeOf(error: unknown): ErrorCode {
  return error instanceof FlambeauError ? error.code : 'INTERNAL';
}

/** What a caller is told of an error. */
export function statusOf(error: unknown, requestId: string): StatusObject {
  const metadata = new Metadata();
  metadata.set('x-request-id', requestId);
  const code = error instanceof FlambeauError ? statuses[error.code] : undefined;
  if (!(error instanceof FlambeauError) || code === undefined) {
    return { code: status.INTERNAL, details: `internal error; the request id is ${requestId}`, metadata };
  }
  metadata.set(codeKey, error.code);
  if (error.code === 'QUEUE_FULL' || error.code === 'RATE_LIMITED') {
    const seconds = error instanceof HttpError ? error.headers['retry-after'] : undefined;
    metadata.set(pushbackKey, `${seconds === undefined ? retryAfterMs : Number(seconds) * 1000}`);
  }
  // The text of an allocator names devices and sizes.
  const details = error.code === 'OUT_OF_MEMORY' ? errors.OUT_OF_MEMORY.summary : error.message;
  return { code, details, metadata };
}

/** The error that a status stands for, and when the server would be asked again, in milliseconds. */
export function errorOf(failure: StatusObject): { error: FlambeauError; retryAfterMs?: number } {
  const [told] = failure.metadata.get(codeKey);
  const code =
    typeof told === 'string' && Object.hasOwn(errors, told) ? (told as ErrorCode) : (codes[failure.code] ?? 'INTERNAL');
  const [pushback] = failure.metadata.get(pushbackKey);
  const after = typeof pushback === 'string' ? Number(pushback) : NaN;
  return {
    error: new FlambeauError(code, failure.details || status[failure.code], { cause: failure }),
    ...(after >= 0 ? { retryAfterMs: after } : {}),
  };
}
