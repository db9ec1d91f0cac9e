import { fileURLToPath } from 'node:url';
import type { MethodDefinition } from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import { protoPath as healthProto } from 'grpc-health-check';
import path from 'node:path';
import { allocateBody } from '../codec/binary.js';
import type { Wire } from './messages.js';

// The package has src/ as well as lib/, so one file serves both.
const file = fileURLToPath(new URL('../../../src/serve/grpc/inference.proto', import.meta.url));

const options = { keepCase: true, longs: String, enums: String, defaults: true, arrays: true, oneofs: true };

/** What reflection shows. */
export const packages = {
  ...loadSync(file, options),
  ...loadSync(healthProto, { ...options, includeDirs: [path.resolve(path.dirname(healthProto), '../..')] }),
};

const definition = packages['inference.GRPCInferenceService'] as unknown as {
  [Method in keyof Wire]: MethodDefinition<Wire[Method]['request'], Wire[Method]['response']>;
};

/** The methods of the service, with what turns their messages into bytes and back. */
export const methods = definition;

/**
 * Encodes a message whose last field is a list of byte strings, without the copies that protobuf makes of them: fields
 * of a message may come in pieces, so they are put behind what protobuf wrote. A large message lies in memory for
 * `releaseBody`.
 */
export function withRaw(head: Buffer, field: number, raw: readonly Uint8Array[]): Buffer {
  const pieces: Uint8Array[] = [head];
  for (const bytes of raw) {
    const prefix = [(field << 3) | 2];
    let left = bytes.length;
    for (; left > 127; left = Math.floor(left / 128)) prefix.push((left & 127) | 128);
    prefix.push(left);
    pieces.push(Uint8Array.from(prefix), bytes);
  }
  if (raw.length === 0) return head;
  const message = allocateBody(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    message.set(piece, at);
    at += piece.length;
  }
  return message;
}
