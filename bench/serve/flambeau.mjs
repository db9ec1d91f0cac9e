// The server of the bench: an identity for any floats, and ResNet-18 in batches. Tells its address, and on each line of
// its input the delay of its event loop since the last.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createInterface } from 'node:readline';
import * as torch from 'flambeau';
import * as serve from 'flambeau/serve';

const { THREADS, INSTANCES = '1', BATCH = '8', RESNET } = process.env;
torch.setNumThreads(Number(THREADS));
const spec = (name, shape) => ({ name, datatype: 'FP32', shape });
const identity = serve.servableOf(
  new torch.Graph({ slots: 1, inputs: [0], constants: [], nodes: [], outputs: [{ value: 0 }] }),
  { name: 'identity', version: '1', platform: 'flambeau_graph', inputs: [spec('x', [-1])], outputs: [spec('y', [-1])] },
);
const resnet = await serve.loadServable(
  {
    info: {
      name: 'resnet18',
      version: '1',
      platform: 'pytorch_export',
      inputs: [spec('x', [-1, 3, 224, 224])],
      outputs: [spec('y', [-1, 1000])],
      batching: { maxBatchRows: Number(BATCH) },
    },
    file: RESNET,
  },
  { instances: Number(INSTANCES) },
);
const all = new Map([
  ['identity', identity],
  ['resnet18', resnet],
]);
const models = {
  get: (name) => all.get(name),
  isReady: () => true,
  list: () => [...all.keys()].map((name) => ({ name, version: '1', state: 'READY', reason: '', isDefault: true })),
};
const server = await serve.createServer({ models, listeners: [serve.grpc()] }).listen();
console.log(JSON.stringify(server.addresses));
const delay = monitorEventLoopDelay({ resolution: 1 });
delay.enable();
for await (const _ of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify({ p99: delay.percentile(99) / 1e6, max: delay.max / 1e6 }));
  delay.reset();
}
await server.close();
