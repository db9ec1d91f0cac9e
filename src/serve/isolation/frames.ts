import type { Writable } from 'node:stream';
import { allocateBody } from '../codec/binary.js';

// A frame: how long its text is (4 bytes), how long its body is (6 bytes), the text (JSON), the body.
const headBytes = 10;
const maxText = 64 << 20;
/** Frames of fewer bytes are written in one piece. */
const small = 32 << 10;

/** Puts frames together of the bytes of a socket. A large body is read, or copied once, to where its tensors lie. */
export class FrameReader {
  private stage: 'head' | 'text' | 'body' = 'head';
  private readonly head = Buffer.alloc(headBytes);
  private target: Buffer = this.head;
  private at = 0;
  private bodyBytes = 0;
  private text = '';
  private readonly scratch = Buffer.allocUnsafeSlow(64 << 10);

  constructor(private readonly take: (text: string, body: Buffer) => void) {}

  /** Where a socket is to read to: straight into a large body, and else to where frames are cut apart. */
  space(): Buffer {
    const left = this.target.length - this.at;
    return this.stage === 'body' && left >= this.scratch.length ? this.target.subarray(this.at) : this.scratch;
  }

  /** So many bytes were read to `space`. */
  took(bytes: number, space: Uint8Array): void {
    if (space.buffer === this.scratch.buffer) this.feed(this.scratch.subarray(0, bytes));
    else this.advance(bytes);
  }

  /** Takes bytes that were read elsewhere. */
  feed(chunk: Buffer): void {
    for (let from = 0; from < chunk.length;) {
      const copied = chunk.copy(this.target, this.at, from);
      from += copied;
      this.advance(copied);
    }
  }

  private advance(bytes: number): void {
    this.at += bytes;
    while (this.at === this.target.length) this.next();
  }

  private next(): void {
    const full = this.target;
    this.at = 0;
    switch (this.stage) {
      case 'head': {
        const textBytes = full.readUInt32LE(0);
        if (textBytes === 0 || textBytes > maxText) throw new Error(`a message of ${textBytes} bytes`);
        this.bodyBytes = full.readUIntLE(4, 6);
        this.stage = 'text';
        this.target = Buffer.allocUnsafe(textBytes);
        return;
      }
      case 'text':
        this.text = full.toString('utf8');
        this.stage = 'body';
        this.target = allocateBody(this.bodyBytes);
        return;
      case 'body':
        this.stage = 'head';
        this.target = this.head;
        this.take(this.text, full);
    }
  }
}

/** Writes a frame. `written` is called when nothing reads the parts any more. */
export function writeFrame(
  socket: Writable,
  message: object,
  parts: readonly Uint8Array[] = [],
  written?: () => void,
): void {
  const text = Buffer.from(JSON.stringify(message));
  const bodyBytes = parts.reduce((sum, { length }) => sum + length, 0);
  const head = Buffer.allocUnsafe(headBytes);
  head.writeUInt32LE(text.length, 0);
  head.writeUIntLE(bodyBytes, 4, 6);
  const done = written && ((error?: Error | null): void => void (error ?? written()));
  const pieces = [head, text, ...parts];
  if (text.length + bodyBytes < small) {
    socket.write(Buffer.concat(pieces), done);
    return;
  }
  const last = pieces.pop()!;
  socket.cork();
  for (const piece of pieces) socket.write(piece);
  socket.write(last, done);
  socket.uncork();
}
