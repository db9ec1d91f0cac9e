import { FlambeauError } from '../../errors.js';
import type { Tensor } from '../../tensor.js';
import { dataText, type Span } from '../codec/json.js';

const maxRows = 10_000;

/** A tensor as JSON, nested as its shape is. */
export async function nestedText(tensor: Tensor): Promise<Buffer> {
  if (tensor.dim() === 0) return Buffer.from((await dataText(tensor)).toString().slice(1, -1));
  if (tensor.dim() === 1) return dataText(tensor);
  const rows = tensor.shape.slice(0, -1).reduce((product, size) => product * size, 1);
  if (rows > maxRows)
    throw new FlambeauError('INVALID_VALUE', `an answer of ${rows} rows is not nested here; ask over /v2/models`);
  const parts: Buffer[] = [];
  for (const [i, part] of tensor.unbind(0).entries()) {
    parts.push(Buffer.from(i > 0 ? ',' : '['), await nestedText(part));
    part.dispose();
  }
  return Buffer.concat([...(parts.length > 0 ? parts : [Buffer.from('[')]), Buffer.from(']')]);
}

/** The shape of a nested array of JSON by its brackets; whether all parts are alike is for the codec to check. */
export function shapeOf(body: Buffer, { start, end }: Span): number[] {
  const starts: number[] = [];
  let depth = 0;
  let innermost: Buffer | undefined;
  let opens = body.indexOf(0x5b, start);
  let closes = body.indexOf(0x5d, start);
  while (closes >= 0 && closes < end) {
    if (opens >= 0 && opens < closes) {
      starts[depth] = (starts[depth] ?? 0) + 1;
      depth++;
      opens = body.indexOf(0x5b, opens + 1);
    } else {
      if (!innermost) {
        const from = body.lastIndexOf(0x5b, closes);
        innermost = body.subarray(from + 1, closes);
      }
      depth--;
      closes = body.indexOf(0x5d, closes + 1);
    }
  }
  let last = 0;
  if (innermost && innermost.toString('latin1').trim() !== '') {
    last = 1;
    for (let at = innermost.indexOf(0x2c); at >= 0; at = innermost.indexOf(0x2c, at + 1)) last++;
  }
  const sizes = starts.slice(1).map((count, i) => Math.floor(count / starts[i]!));
  return [...sizes, last];
}
