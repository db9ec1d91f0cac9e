// What the servers are asked, and whether they answer rightly.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const floats = (count) =>
  Float32Array.from({ length: count }, (_, i) => Math.fround(((i * 2654435761) % 65536) / 65536));
const few = floats(16);
const image = floats(3 * 224 * 224);
const one = [1, 3, 224, 224];

/** Each is asked `atOnce` in a closed loop, and `rates` in an open one; a rate of 0.5 is half of what the model can. */
export const cases = [
  { title: 'identity, 16 floats as JSON', model: 'identity', form: 'json', data: few, rates: [200, 1000] },
  { title: 'identity, 602 kB binary', model: 'identity', form: 'binary', data: image, rates: [100] },
  { title: 'identity, 602 kB tensor as JSON', model: 'identity', form: 'json', data: image, rates: [], floor: false },
  { title: 'ResNet-18, binary', model: 'resnet18', form: 'binary', data: image, shape: one, rates: [0.5] },
  { title: 'ResNet-18, JSON', model: 'resnet18', form: 'json', data: image, shape: one, rates: [] },
  { title: 'identity, 16 floats by gRPC', model: 'identity', form: 'grpc', data: few, rates: [] },
  { title: 'identity, 602 kB by gRPC', model: 'identity', form: 'grpc', data: image, rates: [] },
].map((it) => ({ atOnce: [1, 32], shape: [it.data.length], ...it }));

/** Whether a server has what a case asks. */
export const takes = (server, { model, form, floor }) =>
  (form === 'grpc' ? server.grpc : server.http) !== undefined &&
  server.models.includes(model) &&
  !(floor === false && server.floor);

const require = createRequire(import.meta.url);
const protoPath = fileURLToPath(new URL('../../src/serve/grpc/inference.proto', import.meta.url));

/** The service as @grpc/proto-loader reads it. */
export function service() {
  const { loadSync } = require('@grpc/proto-loader');
  return loadSync(protoPath, { keepCase: true, longs: Number })['inference.GRPCInferenceService'];
}

/** The request of a case in a server's own words: Flambeau speaks the Open Inference Protocol, the others a bare one. */
export function requestOf({ model, form, data, shape }, server) {
  const input = { name: 'x', shape, datatype: 'FP32' };
  if (form === 'grpc') {
    const { path, requestSerialize } = service().ModelInfer;
    const message = requestSerialize({ model_name: model, inputs: [input], raw_input_contents: [bytesOf(data)] });
    return { path, body: frame(message) };
  }
  const json = { 'content-type': 'application/json' };
  const bytes = { 'content-type': 'application/octet-stream' };
  if (server.plain) {
    const body = form === 'json' ? Buffer.from(JSON.stringify({ data: [...data] })) : bytesOf(data);
    return { path: `/${form}/${model}`, headers: form === 'json' ? json : bytes, body };
  }
  const path = `/v2/models/${model}/infer`;
  if (form === 'json') {
    return { path, headers: json, body: Buffer.from(JSON.stringify({ inputs: [{ ...input, data: [...data] }] })) };
  }
  const parameters = { binary_data_size: data.byteLength };
  const head = Buffer.from(
    JSON.stringify({ inputs: [{ ...input, parameters }], parameters: { binary_data_output: true } }),
  );
  return {
    path,
    headers: { ...bytes, 'inference-header-content-length': String(head.length) },
    body: Buffer.concat([head, bytesOf(data)]),
  };
}

const bytesOf = (data) => Buffer.from(data.buffer, data.byteOffset, data.byteLength);

function frame(message) {
  const head = Buffer.alloc(5);
  head.writeUInt32BE(message.length, 1);
  return Buffer.concat([head, message]);
}

const floatsOf = (bytes) => new Float32Array(Uint8Array.from(bytes).buffer);

/** One request, its answer compared with the right one; with it come the sizes that later answers must have. */
export async function checked(it, server, right) {
  const request = requestOf(it, server);
  const [values, size] = it.form === 'grpc' ? await callOnce(it, server) : await fetchOnce(request, it, server);
  right ??= it.model === 'identity' ? it.data : values;
  const wrong = right.findIndex((value, i) => !(Math.abs(value - values[i]) <= (it.model === 'identity' ? 0 : 1e-3)));
  if (values.length !== right.length || wrong >= 0) {
    throw new Error(
      `${server.title} answers ${it.title} wrongly: ${values[wrong]} at ${wrong}, ${values.length} values`,
    );
  }
  // The digits of a network's numbers vary with the batch that an image is in.
  const slack = it.model !== 'identity' && it.form === 'json' ? 0.1 : 0;
  return {
    request: { ...request, size, least: Math.floor(size * (1 - slack)), most: Math.ceil(size * (1 + slack)) },
    right: values,
  };
}

async function fetchOnce({ path, headers, body }, { form }, server) {
  const answer = await fetch(`http://127.0.0.1:${server.http}${path}`, { method: 'POST', headers, body });
  const bytes = Buffer.from(await answer.arrayBuffer());
  if (answer.status !== 200) throw new Error(`${server.title}: ${answer.status} ${bytes.toString().slice(0, 300)}`);
  if (form === 'binary') {
    return [floatsOf(bytes.subarray(Number(answer.headers.get('inference-header-content-length') ?? 0))), bytes.length];
  }
  const value = JSON.parse(bytes.toString());
  // A floor gives back the request.
  const list = server.plain ? value.data : value.outputs[0].data;
  return [Float32Array.from(list.flat(Infinity)), bytes.length];
}

async function callOnce({ model, data, shape }, server) {
  const { Client, credentials } = require('@grpc/grpc-js');
  const { path, requestSerialize, responseDeserialize } = service().ModelInfer;
  const client = new Client(`127.0.0.1:${server.grpc}`, credentials.createInsecure());
  const message = {
    model_name: model,
    inputs: [{ name: 'x', shape, datatype: 'FP32' }],
    raw_input_contents: [bytesOf(data)],
  };
  let size = 5;
  const read = (bytes) => {
    size += bytes.length;
    return responseDeserialize(bytes);
  };
  const answer = await new Promise((resolve, reject) => {
    client.makeUnaryRequest(path, requestSerialize, read, message, (error, value) =>
      error ? reject(error) : resolve(value),
    );
  });
  client.close();
  return [floatsOf(answer.raw_output_contents[0]), size];
}

/** The proto in the form that Python's protobuf reads. */
export function descriptor() {
  const [bytes] = service().ModelInfer.requestType.fileDescriptorProtos;
  return bytes;
}

/** The load averages of the machine, as a sentence. */
export const loadAverages = () => readFileSync('/proc/loadavg', 'latin1').split(' ').slice(0, 3).join(', ');
