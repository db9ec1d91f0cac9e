import { binding } from '../../binding.js';
import { FlambeauError } from '../../errors.js';
import { handleOf, wrap } from '../../ops/call.js';
import type { Tensor } from '../../tensor.js';
import { datatypes, type Datatype } from '../datatypes.js';

/** Where an array stands in a body, brackets included, in bytes. */
export interface Span {
  start: number;
  end: number;
}

/** A request's JSON without its numbers. */
export interface SplitJson {
  /** What is left, with `null` for the arrays that were cut out. */
  document: unknown;
  /** The place of `inputs[i].data` (of an answer, `outputs[i].data`) in the body, for each `i` where it is an array. */
  data: Map<number, Span>;
}

/** Less than this many bytes are dealt with at once: another thread would cost more. */
const inline = 16 << 10;

const maxDepth = 100;
const maxDocument = 1 << 20;

/** Where work is small it is done at once, and else on other threads. */
type Placed<T> = T | Promise<T>;

/**
 * Reads the JSON of an inference request, or of an answer, but for the arrays under `data` of its inputs, whose numbers
 * never become JavaScript values: {@link readData} reads those.
 *
 * @param body - the text, in UTF-8
 * @param list - where its tensors are
 * @throws `INVALID_VALUE` where it is no JSON, or nested deeper than 100; `TOO_LARGE` where more than 1 MiB is left
 */
export async function splitJson(body: Uint8Array, list: 'inputs' | 'outputs' = 'inputs'): Promise<SplitJson> {
  const isLarge = body.length > inline;
  const { text, spans } = await binding.jsonSplit(body, list, 'data', maxDepth, maxDocument, isLarge);
  const data = new Map<number, Span>();
  for (let i = 0; i < spans.length; i += 3) data.set(spans[i]!, { start: spans[i + 1]!, end: spans[i + 2]! });
  try {
    return { document: JSON.parse(text), data };
  } catch (error) {
    throw new FlambeauError('INVALID_VALUE', `the JSON is wrong: ${(error as Error).message}`, { cause: error });
  }
}

/**
 * Reads an array of a body into a tensor. It is flat, or nested as the shape is; there are as many elements as the shape
 * says, and each fits the datatype. Not for `BYTES`, whose elements are strings.
 *
 * @throws `INVALID_VALUE`, with the element that is wrong
 */
export function readData(
  body: Uint8Array,
  span: Span,
  shape: readonly number[],
  datatype: Exclude<Datatype, 'BYTES'>,
): Placed<Tensor> {
  const { dtype } = datatypes[datatype];
  const isLarge = span.end - span.start > inline;
  const handle = binding.jsonRead(body, span.start, span.end, shape, dtype, isLarge);
  return handle instanceof Promise ? handle.then(wrap) : wrap(handle);
}

/**
 * The elements of a tensor as one flat array of JSON, row by row, or nested as its shape is. What JSON cannot say, NaN and
 * the infinities, is `null`. Large ones come from another thread, as bytes in parts, for `giveBack` when they are written.
 *
 * @throws `INVALID_VALUE` for dtypes that JSON has no form for: float16, bfloat16, complex
 */
export function dataText(tensor: Tensor, { nested = false } = {}): string | Promise<Buffer[]> {
  const isLarge = tensor.numel() > inline / 8;
  const text = binding.jsonWrite(handleOf(tensor), nested, isLarge);
  return typeof text === 'string' ? text : text.then((parts) => parts.map((part) => Buffer.from(part)));
}
