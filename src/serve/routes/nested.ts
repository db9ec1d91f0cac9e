import type { Span } from '../codec/json.js';

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
