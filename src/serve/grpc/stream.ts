import type { ServerDuplexStream } from '@grpc/grpc-js';
import type { AbortLike } from '../../abort.js';
import { releaseBody } from '../codec/binary.js';
import type { Context } from '../context.js';
import { decode, record, running, takeRequest, type Running } from './call.js';
import { infer } from './infer.js';
import type { WireInferRequest } from './messages.js';
import { methods, withRaw } from './proto.js';
import { statusOf } from './status.js';

/** As many requests of a stream run at the same time; then it is not read further. */
const width = 32;

/** The field number of `infer_response`. */
const inferResponse = 2;

const { path, responseSerialize } = methods.ModelStreamInfer;
const route = path.slice(1);

/** One request of a stream; what is wrong with it is in its answer, and the stream goes on. */
async function answer(context: Context, call: Running, bytes: Buffer): Promise<Buffer> {
  const start = performance.now();
  const own: Running = { ...call, notes: {} };
  own.authorize = (verb, model) => {
    Object.assign(own.notes, { verb, model });
    context.authorize(own.caller, verb, model);
  };
  const bytesIn = bytes.length;
  let request: WireInferRequest | undefined;
  try {
    bytes = takeRequest(bytes);
    request = decode(methods.ModelInfer, bytes);
    const response = await infer(context, request, own);
    const message = withRaw(Buffer.alloc(0), inferResponse, [response]);
    releaseBody(response);
    record(context, route, own, start, { bytesIn, bytesOut: message.length });
    return message;
  } catch (error) {
    record(context, route, own, start, { error, bytesIn });
    const { model_name = '', model_version = '', id = '' } = request ?? {};
    return responseSerialize({
      error_message: statusOf(error, own.caller.requestId).details,
      infer_response: { model_name, model_version, id, outputs: [] },
    });
  } finally {
    releaseBody(bytes);
  }
}

/** Waits until more may be written, or nothing is any more. */
function drained(call: ServerDuplexStream<Buffer, Buffer>, signal: AbortLike): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      signal.removeEventListener('abort', done);
      call.off('drain', done);
      resolve();
    };
    call.once('drain', done);
    signal.addEventListener('abort', done, { once: true });
  });
}

/** The handler of `ModelStreamInfer`: an answer for each request, in their order. */
export function streamInfer(context: Context) {
  return (call: ServerDuplexStream<Buffer, Buffer>): void => {
    const state = running(context, call);
    const unwritten = new Set<Buffer>();
    state.signal.addEventListener('abort', () => unwritten.forEach(releaseBody), { once: true });
    let open = 0;
    let last: Promise<void> = Promise.resolve();
    call.on('data', (bytes: Buffer) => {
      open += 1;
      if (open >= width) call.pause();
      const answered = answer(context, state, bytes);
      last = last
        .then(async () => {
          const message = await answered;
          if (state.signal.aborted) return releaseBody(message);
          unwritten.add(message);
          if (!call.write(message, () => unwritten.delete(message))) await drained(call, state.signal);
        })
        .finally(() => {
          open -= 1;
          if (call.isPaused()) call.resume();
        });
    });
    call.on('end', () => void last.then(() => call.end()));
    // A stream that breaks is cancelled as well.
    call.on('error', () => {});
  };
}
