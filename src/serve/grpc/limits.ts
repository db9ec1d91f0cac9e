import { FlambeauError } from '../../errors.js';

/** The most bytes of a message beside raw contents: few bytes of protobuf can become many objects. */
const maxHead = 4 << 20;

/** The most fields at the top of a message, raw contents included. */
const maxFields = 8192;

const damaged = (): FlambeauError => new FlambeauError('INVALID_VALUE', 'the message is damaged');

/** Walks the fields at the top of a message, before anything is made of them. */
export function checkSize(bytes: Buffer, rawField?: number): void {
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let shift = 0; shift < 70; shift += 7) {
      const byte = bytes[at++];
      if (byte === undefined) break;
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
    }
    throw damaged();
  };
  let head = bytes.length;
  for (let fields = 0; at < bytes.length; fields++) {
    if (fields === maxFields) throw new FlambeauError('TOO_LARGE', `a message has at most ${maxFields} fields`);
    const tag = varint();
    const wire = tag % 8;
    if (wire === 0) varint();
    else if (wire === 1) at += 8;
    else if (wire === 5) at += 4;
    else if (wire === 2) {
      const length = varint();
      if (Math.floor(tag / 8) === rawField) head -= length;
      at += length;
    } else throw damaged();
  }
  if (at > bytes.length) throw damaged();
  if (head > maxHead) {
    const message = `a message has at most ${maxHead} bytes beside raw contents: send large tensors as raw contents`;
    throw new FlambeauError('TOO_LARGE', message);
  }
}
