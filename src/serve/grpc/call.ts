import { LightAbort, type AbortLike } from '../../abort.js';
import { randomUUID } from 'node:crypto';
import { type Metadata, type ServerUnaryCall, type StatusObject } from '@grpc/grpc-js';
import { FlambeauError } from '../../errors.js';
import { moveBody, releaseBody } from '../codec/binary.js';
import type { Caller, Context, Verb } from '../context.js';
import type { Timing } from '../types.js';
import { checkSize } from './limits.js';
import { codeOf, statusOf } from './status.js';

/** What a call knows of itself, whatever its kind. */
interface AnyCall {
  metadata: Metadata;
  cancelled: boolean;
  getPeer(): string;
  getDeadline(): Date | number;
  on(event: 'cancelled', listener: () => void): unknown;
}

/** What a method learns while it runs, for the log. */
export interface Notes {
  verb?: Verb;
  model?: string;
  version?: string;
  rows?: number;
  timing?: Timing;
}

/** One call, as the methods see it. */
export interface Running {
  caller: Caller;
  notes: Notes;
  /** Aborted when the caller takes the call back, or is gone. */
  signal: AbortLike;
  /** In `performance.now()`'s milliseconds; none where the caller waits for ever. */
  deadline?: number;
  /** Asks for permission. */
  authorize(verb: Verb, model?: string): void;
  /** Asks for permission to do something to any model, and gives to which. */
  admit(verb: Verb): (model: string) => boolean;
}

const first = (metadata: Metadata, key: string): string | undefined => {
  const [value] = metadata.get(key);
  return typeof value === 'string' ? value : undefined;
};

function callerOf(call: AnyCall): Caller {
  const authorization = first(call.metadata, 'authorization');
  const given = first(call.metadata, 'x-request-id');
  return {
    protocol: 'grpc',
    ...(authorization === undefined ? {} : { authorization }),
    remote: call
      .getPeer()
      .replace(/:\d+$/, '')
      .replace(/^\[(.*)\]$/, '$1'),
    requestId: given !== undefined && /^[\w.:/+=-]{1,128}$/.test(given) ? given : randomUUID(),
  };
}

/** What the methods need of a call. */
export function running(context: Context, call: AnyCall): Running {
  const caller = callerOf(call);
  const signal = new LightAbort();
  const abort = () => signal.abort(new FlambeauError('CANCELLED', 'the caller took the request back'));
  if (call.cancelled) abort();
  else call.on('cancelled', abort);
  const until = Number(call.getDeadline());
  const notes: Notes = {};
  return {
    caller,
    notes,
    signal,
    ...(Number.isFinite(until) ? { deadline: performance.now() + until - Date.now() } : {}),
    authorize(verb, model) {
      Object.assign(notes, { verb }, model === undefined ? {} : { model });
      context.authorize(caller, verb, model);
    },
    admit(verb) {
      notes.verb = verb;
      if (context.admit) return context.admit(caller, verb);
      context.authorize(caller, verb);
      return () => true;
    },
  };
}

/** Notes how a call ended, once. */
export function record(
  context: Context,
  route: string,
  { caller, notes }: Running,
  start: number,
  rest: { error?: unknown; bytesIn?: number; bytesOut?: number },
): void {
  const code = rest.error === undefined ? 'OK' : codeOf(rest.error);
  context.record({ caller, route, ...notes, code, durationMs: performance.now() - start, ...rest });
}

/** Messages that are read and written by the method itself, so that a bad one is an error like others. */
interface Codec<Request, Response> {
  path: string;
  requestDeserialize(bytes: Buffer): Request;
  responseSerialize(message: Response): Buffer;
}

/** The field number of `raw_input_contents`. */
const rawInputs = 7;

/** The bytes before a message: whether it is compressed, and how long it is. */
const frame = 5;

/** A request in memory that {@link releaseBody} frees. It is moved by who answers it: others may never be answered. */
export const takeRequest = (bytes: Buffer): Buffer => moveBody(bytes, frame);

/** Reads a message, or says that it is none. */
export function decode<Request>(
  codec: Pick<Codec<Request, never>, 'path' | 'requestDeserialize'>,
  bytes: Buffer,
): Request {
  checkSize(bytes, codec.path.endsWith('Infer') ? rawInputs : undefined);
  try {
    return codec.requestDeserialize(bytes);
  } catch (error) {
    throw new FlambeauError('INVALID_VALUE', 'the message is damaged, or not of this method', { cause: error });
  }
}

/** The handler of a method with one request and one answer. What it gives is encoded already where it is a buffer. */
export function unary<Request, Response>(
  context: Context,
  codec: Codec<Request, Response>,
  run: (request: Request, call: Running) => Promise<Response | Buffer> | Response,
) {
  const route = codec.path.slice(1);
  return async (
    call: ServerUnaryCall<Buffer, Buffer>,
    answer: (failure: StatusObject | null, message?: Buffer) => void,
  ): Promise<void> => {
    const start = performance.now();
    const state = running(context, call);
    let bytes = call.request;
    const bytesIn = bytes.length;
    let message: Buffer;
    try {
      bytes = takeRequest(bytes);
      const response = await run(decode(codec, bytes), state);
      message = Buffer.isBuffer(response) ? response : codec.responseSerialize(response);
    } catch (error) {
      record(context, route, state, start, { error, bytesIn });
      // The deadline of the call itself is answered by the transport.
      answer(statusOf(error, state.caller.requestId));
      return;
    } finally {
      releaseBody(bytes);
    }
    record(context, route, state, start, { bytesIn, bytesOut: message.length });
    // It is not written where the call is taken back.
    if (state.signal.aborted) releaseBody(message);
    else state.signal.addEventListener('abort', () => releaseBody(message), { once: true });
    answer(null, message);
  };
}
