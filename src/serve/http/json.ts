import type { z } from 'zod';
import { FlambeauError } from '../../errors.js';

const maxDepth = 100;
const maxBytes = 1 << 20;

/**
 * The JSON of a small body, as those of management are.
 *
 * @throws FlambeauError `TOO_LARGE` beyond 1 MiB; `INVALID_VALUE` where it is no JSON, or nested deeper than 100
 */
export function readJson(body: Buffer): unknown {
  if (body.length > maxBytes) throw new FlambeauError('TOO_LARGE', `this body may have ${maxBytes} bytes`);
  let depth = 0;
  let quoted = false;
  for (let i = 0; i < body.length; i++) {
    const byte = body[i];
    if (quoted) {
      if (byte === 0x5c) i++;
      else if (byte === 0x22) quoted = false;
    } else if (byte === 0x22) quoted = true;
    else if (byte === 0x5b || byte === 0x7b) {
      if (++depth > maxDepth) throw new FlambeauError('INVALID_VALUE', `the JSON is nested deeper than ${maxDepth}`);
    } else if (byte === 0x5d || byte === 0x7d) depth--;
  }
  try {
    return JSON.parse(body.toString());
  } catch (error) {
    throw new FlambeauError('INVALID_VALUE', `the JSON is wrong: ${(error as Error).message}`);
  }
}

/**
 * A value of the type that a schema says.
 *
 * @throws FlambeauError `INVALID_VALUE` with the place and what is wrong there
 */
export function checked<T extends z.ZodType>(schema: T, value: unknown): z.output<T> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0]!;
  const place = issue.path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('');
  throw new FlambeauError('INVALID_VALUE', `${place.replace(/^\./, '') || 'the body'}: ${issue.message}`);
}
