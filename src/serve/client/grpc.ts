import {
  Client as Channel,
  Metadata,
  credentials,
  status,
  type MethodDefinition,
  type ServiceError,
} from '@grpc/grpc-js';
import type { Wire } from '../grpc/messages.js';
import { methods, withRaw } from '../grpc/proto.js';
import { errorOf, passing } from '../grpc/status.js';
import { readTensors, writeParameters, writeTensors } from '../grpc/tensors.js';
import { FlambeauError } from '../../errors.js';
import type { TensorSpec } from '../types.js';
import { AttemptError } from './retry.js';
import type { Attempt, Endpoint, Transport } from './transport.js';

/** The field number of `raw_input_contents`. */
const rawInputs = 7;

const asItIs = (bytes: Buffer): Buffer => bytes;

const specs = (wire: Wire['ModelMetadata']['response']['inputs']): TensorSpec[] =>
  wire.map(({ name, datatype, shape }) => ({
    name,
    datatype: datatype as TensorSpec['datatype'],
    shape: shape.map(Number),
  }));

/** The error of an attempt, and whether another one may do. */
function failureOf(failure: ServiceError): AttemptError {
  const { error, retryAfterMs } = errorOf(failure);
  const again = failure.code === status.UNAVAILABLE || (passing.has(error.code) && failure.code !== status.CANCELLED);
  return new AttemptError(error, again, retryAfterMs);
}

/** The Open Inference Protocol over gRPC. */
export function grpcTransport({ url, token, ca }: Endpoint): Transport {
  const secure = url.protocol === 'grpcs:';
  const trust = ca === undefined ? null : Buffer.from(ca);
  const channel = new Channel(
    `${url.hostname}:${url.port || (secure ? 443 : 80)}`,
    secure ? credentials.createSsl(trust) : credentials.createInsecure(),
    {
      'grpc.max_receive_message_length': -1,
      'grpc.max_send_message_length': -1,
      'grpc.enable_retries': 0,
      // Each client has its own connection, which ends with it.
      'grpc.use_local_subchannel_pool': 1,
      'grpc-node.flow_control_window': 16 << 20,
      'grpc.enable_channelz': 0,
    },
  );

  function call<Request, Response>(
    method: MethodDefinition<Request, Response>,
    request: Request | Buffer,
    { signal, leftMs }: Attempt,
  ): Promise<Response> {
    const metadata = new Metadata();
    if (token !== undefined) metadata.set('authorization', `Bearer ${token}`);
    const deadline = Number.isFinite(leftMs) ? Date.now() + leftMs : Infinity;
    const bytes = Buffer.isBuffer(request) ? request : method.requestSerialize(request);
    return new Promise((resolve, reject) => {
      const taken = () => sent.cancel();
      const sent = channel.makeUnaryRequest(
        method.path,
        asItIs,
        asItIs,
        bytes,
        metadata,
        { deadline },
        (error, answer) => {
          signal.removeEventListener('abort', taken);
          if (error) return reject(failureOf(error));
          try {
            resolve(method.responseDeserialize(answer!));
          } catch (cause) {
            reject(new FlambeauError('INTERNAL', 'the server answered with a damaged message', { cause }));
          }
        },
      );
      if (signal.aborted) taken();
      else signal.addEventListener('abort', taken);
    });
  }

  return {
    async infer({ model, version = '', inputs, outputs = [], parameters }, attempt) {
      const { tensors, raw } = await writeTensors(inputs);
      const head = methods.ModelInfer.requestSerialize({
        model_name: model,
        model_version: version,
        parameters: writeParameters(parameters),
        inputs: tensors,
        outputs: outputs.map((name) => ({ name })),
      });
      const answer = await call(methods.ModelInfer, withRaw(head, rawInputs, raw), attempt);
      return readTensors(answer.outputs, answer.raw_output_contents);
    },
    live: async (attempt) => (await call(methods.ServerLive, {}, attempt)).live,
    async ready(name, version = '', attempt) {
      if (name === undefined) return (await call(methods.ServerReady, {}, attempt)).ready;
      return (await call(methods.ModelReady, { name, version }, attempt)).ready;
    },
    serverMetadata: (attempt) => call(methods.ServerMetadata, {}, attempt),
    async modelMetadata(name, version = '', attempt) {
      const { inputs, outputs, ...rest } = await call(methods.ModelMetadata, { name, version }, attempt);
      return { ...rest, inputs: specs(inputs), outputs: specs(outputs) };
    },
    index: async (attempt) => (await call(methods.RepositoryIndex, {}, attempt)).models as never,
    async load(model, options, attempt) {
      const given = Object.entries(options).filter(([, value]) => value !== undefined);
      const parameters = writeParameters(Object.fromEntries(given) as Record<string, string | number>);
      await call(methods.RepositoryModelLoad, { model_name: model, parameters }, attempt);
    },
    async unload(model, version, attempt) {
      const parameters = writeParameters(version === undefined ? {} : { version });
      await call(methods.RepositoryModelUnload, { model_name: model, parameters }, attempt);
    },
    scale() {
      const message = "scale(): gRPC has no such call; give the client the REST address in the option 'management'";
      return Promise.reject(new FlambeauError('UNSUPPORTED', message));
    },
    close: () => channel.close(),
  };
}
