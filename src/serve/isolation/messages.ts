import { z } from 'zod';
import { FlambeauError, errors, makeError } from '../../errors.js';
import { isTensor } from '../../ops/call.js';
import { bytesOf, keepBody, releaseBody, tensorOf } from '../codec/binary.js';
import { isDatatype, type Datatype } from '../datatypes.js';
import { joinElements, splitElements } from '../grpc/elements.js';
import type { LoadOptions, ModelInfo, NamedTensor } from '../types.js';

const count = z.int().nonnegative();
const id = z.int().positive();
const datatype = z.custom<Datatype>(isDatatype);

/** A tensor without its bytes: they are in the body of the frame, one tensor behind the other. */
const tensor = z.strictObject({ name: z.string(), datatype, shape: z.array(count), bytes: count });

const spec = z.strictObject({ name: z.string(), datatype, shape: z.array(z.int().gte(-1)) });
const batching = z.strictObject({
  maxBatchRows: z.int().positive(),
  maxQueueDelayMs: z.number().nonnegative().optional(),
  sizes: z.array(z.int().positive()).optional(),
});
const info = z.strictObject({
  ...{ name: z.string(), version: z.string(), platform: z.string() },
  ...{ inputs: z.array(spec), outputs: z.array(spec), batching: batching.optional() },
});
const options = z.strictObject({
  version: z.string().optional(),
  instances: z.int().positive().optional(),
  batching: batching.optional(),
  maxQueueRows: z.int().positive().optional(),
  maxRunMs: z.int().positive().optional(),
  device: z.string().optional(),
});

const requests = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('load'), model: id, info, file: z.string(), options }),
  z.strictObject({
    ...{ type: z.literal('infer'), id, model: id, inputs: z.array(tensor), outputs: z.array(z.string()).optional() },
    parameters: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
    explain: z.boolean().optional(),
    ...{ priority: z.int().optional(), leftMs: z.number().optional() },
  }),
  z.strictObject({ type: z.literal('cancel'), id }),
  z.strictObject({ type: z.literal('scale'), model: id, instances: z.int().positive() }),
  z.strictObject({ type: z.literal('close'), model: id }),
  z.strictObject({ type: z.literal('describe'), id, model: id }),
  z.strictObject({ type: z.literal('ping') }),
]);

const error = z.strictObject({ code: z.string().optional(), message: z.string(), stack: z.string().optional() });
const timing = z.strictObject({ queueMs: z.number(), computeMs: z.number(), batchRows: count });

const replies = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('ready') }),
  z.strictObject({ type: z.literal('loaded'), model: id, error: error.optional() }),
  z.strictObject({ type: z.literal('answer'), id, outputs: z.array(tensor), timing }),
  z.strictObject({ type: z.literal('failed'), id, error }),
  z.strictObject({ type: z.literal('closed'), model: id, error: error.optional() }),
  z.strictObject({ type: z.literal('described'), id, value: z.json().optional(), error: error.optional() }),
  z.strictObject({ type: z.literal('pong') }),
  z.strictObject({ type: z.literal('hung'), model: id, ms: z.number() }),
]);

/** What the server says to the process of the models. */
export type Request = z.infer<typeof requests> & { info?: ModelInfo; options?: LoadOptions };
/** What that process says. */
export type Reply = z.infer<typeof replies>;
type Head = z.infer<typeof tensor>;

/** Reads a message, and throws where it is none. */
export const readRequest = (text: string): Request => requests.parse(JSON.parse(text)) as Request;
/** Reads a message, and throws where it is none. */
export const readReply = (text: string): Reply => replies.parse(JSON.parse(text));

// So that elements of any size lie where they may.
const alignment = 64;
const zeros = Buffer.alloc(alignment);
const padding = (bytes: number): number => -bytes & (alignment - 1);

/** The heads of tensors, and the parts of the body that they are in. */
export async function encodeTensors(tensors: readonly NamedTensor[]): Promise<{ heads: Head[]; parts: Uint8Array[] }> {
  const all = await Promise.all(tensors.map(({ data }) => (isTensor(data) ? bytesOf(data) : joinElements(data))));
  const heads = tensors.map(({ name, datatype: type, shape }, i) => {
    return { name, datatype: type, shape: [...shape], bytes: all[i]!.length };
  });
  const parts = all.flatMap((bytes) => [bytes, zeros.subarray(0, padding(bytes.length))]);
  return { heads, parts: parts.filter(({ length }) => length > 0) };
}

/** The tensors of a message, in the memory of its body. */
export function decodeTensors(heads: readonly Head[], body: Buffer): NamedTensor[] {
  let at = 0;
  const tensors = heads.map(({ name, datatype: type, shape, bytes }): NamedTensor => {
    const part = body.subarray(at, at + bytes);
    at += bytes + padding(bytes);
    if (part.length !== bytes) throw new FlambeauError('INTERNAL', `the body of a message ends within '${name}'`);
    if (type !== 'BYTES') return { name, datatype: type, shape, data: tensorOf(part, shape, type) };
    keepBody(body);
    const elements = shape.reduce((product, length) => product * length, 1);
    return { name, datatype: type, shape, data: splitElements(part, elements) };
  });
  releaseBody(body);
  return tensors;
}

/** An error as a message has it. */
export function encodeError(thrown: unknown): z.infer<typeof error> {
  if (!(thrown instanceof Error)) return { message: String(thrown) };
  const { message, stack } = thrown;
  return { ...(thrown instanceof FlambeauError && { code: thrown.code }), message, ...(stack && { stack }) };
}

/** The error of a message: of the same code, with the stack that it had. */
export function decodeError({ code, message, stack }: z.infer<typeof error>): Error {
  const thrown = code !== undefined && Object.hasOwn(errors, code) ? makeError(code, message) : new Error(message);
  if (stack !== undefined) thrown.stack = stack;
  return thrown;
}
