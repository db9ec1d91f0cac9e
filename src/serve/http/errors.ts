import { FlambeauError, type ErrorCode } from '../../errors.js';

/** An error whose HTTP status is not that of its code. */
export class HttpError extends FlambeauError {
  constructor(
    private readonly httpStatus: number,
    code: ErrorCode,
    message: string,
    /** Headers of the answer. */
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(code, message);
  }

  override get status(): number {
    return this.httpStatus;
  }
}

/** How an error is written: `{"error"}` of the Open Inference Protocol, or TorchServe's `{"code", "type", "message"}`. */
export type ErrorStyle = 'v2' | 'torchserve';

/** What a client is told of an error. */
export interface ErrorAnswer {
  status: number;
  code: ErrorCode | 'INTERNAL';
  headers: Record<string, string>;
  body: string;
}

/** Errors of status 500 and above whose own words are for the client; all others may tell what is none of its business. */
const open: ReadonlySet<string> = new Set(['QUEUE_FULL', 'NOT_READY', 'EXPIRED', 'CLOSED']);

/** TorchServe's names, for its clients. */
const types: Partial<Record<ErrorCode, string>> = {
  UNKNOWN_MODEL: 'ModelNotFoundException',
  NOT_FOUND: 'ResourceNotFoundException',
  METHOD_NOT_ALLOWED: 'MethodNotAllowedException',
  CONFLICT: 'ConflictStatusException',
  EXPIRED: 'RequestTimeoutException',
  UNAUTHENTICATED: 'InvalidKeyException',
  FORBIDDEN: 'InvalidKeyException',
  OUT_OF_MEMORY: 'OutOfMemoryError',
};

function typeOf(status: number, code: ErrorAnswer['code']): string {
  const known = types[code as ErrorCode];
  if (known) return known;
  if (status === 503 || status === 429) return 'ServiceUnavailableException';
  return status < 500 ? 'BadRequestException' : 'InternalServerException';
}

/** The words of LibTorch without the lines of a model's source that may stand around them. */
function short(message: string): string {
  const lines = message.split('\n').filter((line) => line.trim() !== '');
  return (message.includes('TorchScript') ? lines.at(-1) : lines[0]) ?? message;
}

/** The one place where an error becomes an answer. */
export function answerError(error: unknown, style: ErrorStyle, requestId: string): ErrorAnswer {
  const known = error instanceof FlambeauError ? error : undefined;
  const status = known?.status ?? 500;
  const code = known?.code ?? 'INTERNAL';
  let message = `an error inside the server; its log has more under the request id ${requestId}`;
  if (known && (status < 500 || status === 501 || open.has(code)))
    message = code === 'TORCH' ? short(known.message) : known.message;
  else if (code === 'OUT_OF_MEMORY') message = 'the device has not enough memory for this request';
  const headers: Record<string, string> = {
    'content-type': 'application/json',
    'x-error-code': code,
    ...(known instanceof HttpError ? known.headers : {}),
  };
  if (status === 503 || status === 429) headers['retry-after'] ??= '1';
  if (status === 401) headers['www-authenticate'] ??= 'Bearer';
  const body =
    style === 'v2'
      ? JSON.stringify({ error: message })
      : `${JSON.stringify({ code: status, type: typeOf(status, code), message }, null, 2)}\n`;
  return { status, code, headers, body };
}
