import { FlambeauError } from '../../src/errors.js';
import type { Tensor } from '../../src/index.js';
import { createServer, type Server, type ServerOptions } from '../../src/serve/server.js';
import type { InferRequest, ModelInfo, Models, NamedTensor, Servable, TensorSpec } from '../../src/serve/types.js';

/** The JSON of an answer, to look into. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Json = any;

/** A real model in TypeScript: what it does with its inputs, in the process that asks. */
export function servable(
  name: string,
  inputs: TensorSpec[],
  outputs: TensorSpec[],
  run: (inputs: NamedTensor[], request: InferRequest) => NamedTensor['data'][] | Promise<NamedTensor['data'][]>,
  version = '1',
): Servable {
  const info: ModelInfo = { name, version, platform: 'flambeau_handler', inputs, outputs };
  return {
    info,
    async infer(request) {
      const given = inputs.map((spec) => {
        const input = request.inputs.find((one) => one.name === spec.name);
        if (!input) throw new FlambeauError('INVALID_VALUE', `input '${spec.name}' is missing`);
        return input;
      });
      const data = await run(given, request);
      const all = data.map((value, i): NamedTensor => {
        const { name, datatype } = outputs[i]!;
        const shape = Array.isArray(value) ? given[0]!.shape : (value as Tensor).shape;
        return { name, datatype, shape: [...shape], data: value };
      });
      const wanted = request.outputs?.map((output) => {
        const found = all.find((one) => one.name === output);
        if (!found) throw new FlambeauError('INVALID_VALUE', `there is no output '${output}'`);
        return found;
      });
      return { outputs: wanted ?? all, timing: { queueMs: 1, computeMs: 2, batchRows: 1 } };
    },
    load: () => ({ queued: 0, running: 0 }),
    scale: () => undefined,
    close: async () => undefined,
  };
}

/** Models that are all loaded. */
export function modelsOf(servables: Servable[]): Models {
  const find = (name: string, version?: string): Servable | undefined =>
    servables.find(({ info }) => info.name === name && (version ?? info.version) === info.version);
  const fixed = async (): Promise<never> => Promise.reject(new FlambeauError('CONFLICT', 'these models are fixed'));
  return {
    get(name, version) {
      const found = find(name, version);
      if (!found) throw new FlambeauError('UNKNOWN_MODEL', `there is no model '${name}'`);
      return found;
    },
    isReady: (name, version) => name === undefined || find(name, version) !== undefined,
    list: () =>
      servables.map(({ info: { name, version } }) => ({ name, version, state: 'READY', reason: '', isDefault: true })),
    ...{ load: fixed, unload: fixed, setDefault: fixed, scale: fixed },
  };
}

const spec = (name: string, datatype: TensorSpec['datatype'], shape: number[]): TensorSpec => ({
  name,
  datatype,
  shape,
});

/** An identity of any datatype, named `echo_<datatype>`. */
export const echo = (datatype: TensorSpec['datatype'], shape = [-1]): Servable =>
  servable(`echo_${datatype}`, [spec('x', datatype, shape)], [spec('y', datatype, shape)], ([x]) => [x!.data]);

/** `sum` and `product` of two vectors. */
export const pair = servable(
  'pair',
  [spec('a', 'FP32', [-1, 2]), spec('b', 'FP32', [-1, 2])],
  [spec('sum', 'FP32', [-1, 2]), spec('product', 'FP32', [-1, 2])],
  ([a, b]) => [(a!.data as Tensor).add(b!.data as Tensor), (a!.data as Tensor).mul(b!.data as Tensor)],
);

/** Runs a test with a server of these models. */
export async function withServer(
  models: Servable[],
  test: (url: string, server: Server) => Promise<void>,
  options: Partial<ServerOptions> = {},
): Promise<void> {
  const server = await createServer({ models: modelsOf(models), ...options }).listen();
  try {
    await test(server.url, server);
  } finally {
    await server.close();
  }
}
