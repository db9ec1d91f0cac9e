import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { gunzip, inflate, inflateRaw } from 'node:zlib';
import { FlambeauError } from '../../errors.js';
import { allocateBody, freePart } from '../codec/binary.js';
import { HttpError } from './errors.js';
import type { Limits } from './limits.js';

/** How many bytes of bodies a listener holds, so that many large requests together are refused before they are read. */
export class Held {
  bytes = 0;

  constructor(private readonly most: number) {}

  /** @throws FlambeauError `QUEUE_FULL` */
  take(bytes: number): void {
    if (this.bytes + bytes > this.most)
      throw new FlambeauError('QUEUE_FULL', 'the server holds as many bytes of requests as it may');
    this.bytes += bytes;
  }
}

const encodings = { gzip: promisify(gunzip), 'x-gzip': promisify(gunzip), deflate: promisify(inflate) };

/**
 * Reads a body into one buffer, sized by `Content-Length` where there is one.
 *
 * @param aligned - the index of a byte that is to lie where elements of 8 bytes may
 * @param release - told how many bytes the body holds of `held`
 * @throws FlambeauError `TOO_LARGE` before anything of that size is allocated, `CANCELLED`, `INVALID_VALUE`
 */
export async function readBody(
  request: IncomingMessage,
  limits: Limits,
  held: Held,
  release: (bytes: number) => void,
  aligned = 0,
): Promise<Buffer> {
  const encoding = (request.headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  if (encoding !== 'identity' && !Object.hasOwn(encodings, encoding)) {
    throw new HttpError(
      415,
      'INVALID_VALUE',
      `Content-Encoding must be gzip, deflate or identity, not ${encoding.slice(0, 40)}`,
    );
  }
  const take = (bytes: number): void => {
    held.take(bytes);
    release(bytes);
  };
  const length = request.headers['content-length'];
  const sent = length === undefined ? undefined : Number(length);
  if (sent !== undefined && sent > limits.maxBodyBytes) throw tooLarge(limits.maxBodyBytes);
  const body = await collect(request, sent, limits, take, aligned);
  return encoding === 'identity' ? body : inflated(body, encoding as keyof typeof encodings, limits.maxBodyBytes, take);
}

function tooLarge(most: number): FlambeauError {
  return new FlambeauError('TOO_LARGE', `a body may have ${most} bytes`);
}

function collect(
  request: IncomingMessage,
  sent: number | undefined,
  limits: Limits,
  take: (bytes: number) => void,
  aligned: number,
): Promise<Buffer> {
  if (request.readableEnded || request.readableAborted) {
    if (sent === 0 || (sent === undefined && request.headers['transfer-encoding'] === undefined))
      return Promise.resolve(Buffer.alloc(0));
    return Promise.reject(new Error('the body was read already: the handler must stand before body parsers'));
  }
  const pad = sent === undefined || sent < 4096 ? 0 : (64 - (aligned % 64)) % 64;
  take((sent ?? 0) + pad);
  let buffer = sent === undefined ? Buffer.alloc(0) : allocateBody(sent + pad);
  let at = pad;
  return new Promise((resolve, reject) => {
    const settle = (error?: Error): void => {
      request.off('data', onData).off('end', onEnd).off('error', onGone).off('close', onGone);
      request.setTimeout(0);
      if (error) reject(error);
      else resolve(buffer.subarray(pad, at));
    };
    const onData = (chunk: Buffer): void => {
      if (at + chunk.length > buffer.length) {
        if (at - pad + chunk.length > limits.maxBodyBytes) return settle(tooLarge(limits.maxBodyBytes));
        // Doubled, so that many small chunks cost no more than few large ones.
        const size = Math.min(Math.max(2 * buffer.length, at + chunk.length, 4096), limits.maxBodyBytes + pad);
        try {
          take(size - buffer.length);
        } catch (error) {
          return settle(error as Error);
        }
        const larger = Buffer.allocUnsafe(size);
        buffer.copy(larger, 0, 0, at);
        buffer = larger;
      }
      chunk.copy(buffer, at);
      at += chunk.length;
      // Others may listen too, where the server is another's.
      if (request.listenerCount('data') === 1) freePart(chunk);
    };
    const onEnd = (): void => settle();
    const onGone = (): void => settle(new FlambeauError('CANCELLED', 'the client went away before its body was whole'));
    request.on('data', onData).on('end', onEnd).on('error', onGone).on('close', onGone);
    request.setTimeout(limits.idleTimeoutMs, () =>
      settle(new HttpError(408, 'EXPIRED', `nothing came of the body for ${limits.idleTimeoutMs} ms`)),
    );
  });
}

async function inflated(
  body: Buffer,
  encoding: keyof typeof encodings,
  most: number,
  take: (bytes: number) => void,
): Promise<Buffer> {
  // Some clients say deflate and send it without the zlib header.
  const zlib = body.length >= 2 && (body[0]! & 15) === 8 && body.readUInt16BE(0) % 31 === 0;
  const run = encoding === 'deflate' && !zlib ? promisify(inflateRaw) : encodings[encoding];
  try {
    const whole = await run(body, { maxOutputLength: most });
    take(whole.length);
    return whole;
  } catch (error) {
    if (error instanceof FlambeauError) throw error;
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(most);
    throw new FlambeauError('INVALID_VALUE', `the body is no ${encoding}: ${(error as Error).message}`);
  }
}
