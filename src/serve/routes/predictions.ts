import { FlambeauError } from '../../errors.js';
import { Tensor } from '../../tensor.js';
import { dataText, readData, splitJson } from '../codec/json.js';
import { HttpError } from '../http/errors.js';
import { readJson } from '../http/json.js';
import type { Reply, Route, RouteRequest } from '../http/router.js';
import type { InferRequest, InferResult, ModelInfo, NamedTensor, TensorSpec } from '../types.js';
import { shapeOf } from './nested.js';
import { modelOf, run } from './run.js';
import { bytesText, outputBytes } from './v2-answer.js';
import { readRaw, readRequest } from './v2-request.js';

const maxFields = 100;
const bad = (message: string): FlambeauError => new FlambeauError('INVALID_VALUE', message);

const ping: Route = {
  method: 'GET',
  path: '/ping',
  summary: 'Whether requests should be sent here: 200, or 503',
  handle({ context }) {
    const is = context.state() === 'ready' && context.models.isReady();
    return { status: is ? 200 : 503, body: { status: is ? 'Healthy' : 'Unhealthy' } };
  },
};

/** The body as inputs: by its type a form, JSON, or the one input itself. */
async function read(request: RouteRequest, info: ModelInfo): Promise<InferRequest> {
  const type = request.headers['content-type'] ?? '';
  const kind = type.split(';')[0]!.trim().toLowerCase();
  const body = await request.body();
  if (kind === 'multipart/form-data' || kind === 'application/x-www-form-urlencoded')
    return { inputs: await fields(body, type, info) };
  const bytes = info.inputs.length === 1 && info.inputs[0]!.datatype === 'BYTES';
  if (kind !== 'application/json' || bytes) return readRaw(body, info).infer;
  const first = body.toString('latin1', 0, 64).trimStart()[0];
  if (first !== '[') return (await readRequest(body, undefined)).infer;
  if (info.inputs.length !== 1)
    throw bad(
      `'${info.name}' has ${info.inputs.length} inputs: give them as {"inputs": [...]}, as for /v2/models, or as a form`,
    );
  return { inputs: [await array(body, info.inputs[0]!)] };
}

/** A bare array of JSON as an input. */
async function array(body: Buffer, { name, datatype, shape: spec }: TensorSpec): Promise<NamedTensor> {
  if (datatype === 'BYTES' || datatype === 'FP16' || datatype === 'BF16')
    throw bad(`input '${name}': ${datatype} has no form in JSON here; send its bytes`);
  // In this frame the codec finds the array, and checks the JSON.
  const framed = Buffer.concat([Buffer.from('{"inputs":[{"data":'), body, Buffer.from('}]}')]);
  const span = (await splitJson(framed)).data.get(0);
  if (!span) throw bad('the body must be an array');
  const shape = shapeOf(framed, span);
  // One row may come without the brackets of the batch.
  const whole = shape.length === spec.length - 1 ? [1, ...shape] : shape;
  const data = await readData(framed, span, shape, datatype);
  if (whole === shape) return { name, datatype, shape, data };
  const row = data.unsqueeze(0);
  data.dispose();
  return { name, datatype, shape: whole, data: row };
}

/** Each field of a form is the input of its name: its bytes, or its JSON. */
async function fields(body: Buffer, type: string, info: ModelInfo): Promise<NamedTensor[]> {
  if (/boundary="?[^";]{71}/i.test(type)) throw bad('the boundary of a form may have 70 characters');
  let form: FormData;
  try {
    // Node's own parser: the one that its fetch has.
    form = await new Response(body, { headers: { 'content-type': type } }).formData();
  } catch {
    throw bad('the body is no form of the type that it says');
  }
  const inputs: NamedTensor[] = [];
  for (const [name, value] of form) {
    if (inputs.length >= maxFields) throw bad(`a form may have ${maxFields} fields`);
    // TorchServe's clients call the one input `data` or `body`.
    const only = info.inputs.length === 1 && (name === 'data' || name === 'body') ? info.inputs[0] : undefined;
    const spec = info.inputs.find((input) => input.name === name) ?? only;
    if (!spec) throw bad(`'${info.name}' has no input '${name.slice(0, 100)}'`);
    if (inputs.some((input) => input.name === spec.name)) throw bad(`input '${spec.name}' is given twice`);
    const text = typeof value === 'string';
    const bytes = text ? Buffer.from(value) : Buffer.from(await value.arrayBuffer());
    const json = spec.datatype !== 'BYTES' && (text || value.type === 'application/json');
    inputs.push(json ? await array(bytes, spec) : readRaw(bytes, { ...info, inputs: [spec] }).infer.inputs[0]!);
  }
  return inputs;
}

/** One output alone, several by their names; tensors nested, and what a handler gives as it is. */
async function write(result: InferResult, accept: string): Promise<Reply> {
  const [output, another] = result.outputs;
  if (output && !another && accept.split(',')[0]!.split(';')[0]!.trim() === 'application/octet-stream') {
    const one = output.data instanceof Tensor ? undefined : output.data[0];
    const bytes = one && output.shape.every((size) => size === 1) ? one : await outputBytes(output);
    return { headers: { 'content-type': 'application/octet-stream' }, parts: [bytes] };
  }
  if (output && !another && !(output.data instanceof Tensor) && output.data.length === 1) {
    const bytes = output.data[0]!;
    return {
      headers: { 'content-type': typeOf(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)) },
      parts: [bytes],
    };
  }
  const parts: Uint8Array[] = [];
  for (const { name, data } of result.outputs) {
    if (another) parts.push(Buffer.from(`${parts.length > 0 ? ',' : '{'}${JSON.stringify(name)}:`));
    const text = data instanceof Tensor ? await dataText(data, { nested: true }) : bytesText(name, data);
    parts.push(...(typeof text === 'string' ? [Buffer.from(text)] : text));
  }
  if (another) parts.push(Buffer.from('}'));
  parts.push(Buffer.from('\n'));
  return { headers: { 'content-type': 'application/json' }, parts };
}

/** What the bytes of a handler are: JSON, text, or anything. Never a type that a browser would run. */
function typeOf(bytes: Buffer): string {
  if (bytes.length > 1 << 20) return 'application/octet-stream';
  try {
    readJson(bytes);
    return 'application/json';
  } catch {
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(bytes);
      return 'text/plain; charset=utf-8';
    } catch {
      return 'application/octet-stream';
    }
  }
}

async function predict(request: RouteRequest, more: Partial<InferRequest> = {}): Promise<Reply> {
  const infer = { ...(await read(request, modelOf(request).info)), ...more };
  const path = request.params.path;
  if (path !== undefined) infer.parameters = { ...infer.parameters, url_path: path };
  return run(request, infer, (result) => write(result, request.headers.accept ?? ''));
}

async function explain(request: RouteRequest): Promise<Reply> {
  try {
    return await predict(request, { explain: true });
  } catch (error) {
    const isMissing = error instanceof FlambeauError && error.code === 'NOT_IMPLEMENTED';
    throw isMissing ? new HttpError(501, error.code, error.message) : error;
  }
}

// `curl -T file`, as TorchServe's documentation calls it, is a PUT.
const predictions = ['', '/{version}', '/{version}/{path...}'].flatMap((end) =>
  ['POST', 'PUT'].map((method): Route => ({
    method,
    path: `/predictions/{model}${end}`,
    verb: 'infer',
    summary: 'Runs a model as TorchServe does: raw, JSON or a form in; its one output, or all by name, out',
    handle: (request) => predict(request),
  })),
);

const explanations = ['', '/{version}'].flatMap((end) =>
  ['POST', 'PUT'].map((method): Route => ({
    method,
    path: `/explanations/{model}${end}`,
    verb: 'infer',
    summary: 'Why a model answers so: what the `explain` of its handler gives; 501 where it has none',
    handle: explain,
  })),
);

/** TorchServe's inference API. */
export const predictionRoutes: readonly Route[] = [ping, ...predictions, ...explanations];
