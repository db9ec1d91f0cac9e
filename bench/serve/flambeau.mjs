// The server of the bench: an identity for any floats, and ResNet-18 in batches. Tells its addresses; then a line of its
// input starts to watch the delay of its event loop, and the next one tells it.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createInterface } from 'node:readline';
import * as torch from 'flambeau';
import * as serve from 'flambeau/serve';

const { THREADS, BATCH, RESNET } = process.env;
torch.setNumThreads(Number(THREADS));
const spec = (name, shape) => ({ name, datatype: 'FP32', shape });
const identity = serve.servableOf(
  new torch.Graph({ slots: 1, inputs: [0], constants: [], nodes: [], outputs: [{ value: 0 }] }),
  { name: 'identity', version: '1', platform: 'flambeau_graph', inputs: [spec('x', [-1])], outputs: [spec('y', [-1])] },
);
const resnet = await serve.loadServable({
  info: {
    name: 'resnet18',
    version: '1',
    platform: 'pytorch_export',
    inputs: [spec('x', [-1, 3, 224, 224])],
    outputs: [spec('y', [-1, 1000])],
    batching: { maxBatchRows: Number(BATCH) },
  },
  file: RESNET,
});
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

let delay; // not watched while requests are counted: it costs a timer a millisecond
for await (const _ of createInterface({ input: process.stdin })) {
  if (delay) {
    delay.disable();
    console.log(
      JSON.stringify({ p50: delay.percentile(50) / 1e6, p99: delay.percentile(99) / 1e6, max: delay.max / 1e6 }),
    );
    delay = undefined;
  } else {
    delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    console.log('{}');
  }
}
await server.close();
