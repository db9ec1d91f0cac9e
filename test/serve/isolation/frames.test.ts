import { PassThrough } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FrameReader, writeFrame } from '../../../src/serve/isolation/frames.js';

interface Frame {
  text: string;
  body: Buffer;
}

async function written(frames: Frame[]): Promise<Buffer> {
  const stream = new PassThrough({ highWaterMark: 1 << 30 });
  for (const { text, body } of frames) writeFrame(stream, { text }, [body.subarray(0, 3), body.subarray(3)]);
  stream.end();
  return Buffer.concat(await stream.toArray());
}

const frame = fc.record({
  text: fc.string(),
  body: fc.oneof(fc.constant(0), fc.nat(100), fc.nat(300_000)).map((length) => Buffer.alloc(length, length)),
});

describe('FrameReader', () => {
  test('refuses a message that is empty, or longer than any', () => {
    const reader = (): FrameReader => new FrameReader(() => undefined);
    expect(() => reader().feed(Buffer.alloc(10))).toThrow('a message of 0 bytes');
    expect(() => reader().feed(Buffer.alloc(10, 255))).toThrow('a message of 4294967295 bytes');
  });

  test('gives the frames that were written, however they are cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(frame, { maxLength: 8 }),
        fc.array(fc.integer({ min: 1, max: 100_000 }), { minLength: 1 }),
        fc.boolean(),
        async (frames, sizes, inPlace) => {
          const bytes = await written(frames);
          const read: Frame[] = [];
          const reader = new FrameReader((text, body) => {
            read.push({ text: (JSON.parse(text) as Frame).text, body: Buffer.from(body) });
          });
          for (let at = 0, i = 0; at < bytes.length; i++) {
            const chunk = bytes.subarray(at, at + sizes[i % sizes.length]!);
            if (inPlace) {
              const space = reader.space();
              const copied = chunk.copy(space);
              at += copied;
              reader.took(copied, space);
            } else {
              at += chunk.length;
              reader.feed(chunk);
            }
          }
          expect(read.map(({ text }) => text)).toEqual(frames.map(({ text }) => text));
          for (const [i, { body }] of read.entries()) expect(body.equals(frames[i]!.body)).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  });
});
