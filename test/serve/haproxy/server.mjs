// A server for haproxy.test.ts: PORT, and DRAIN=no for one that just ends when it is told to.
import * as torch from '../../../lib/index.js';
import * as serve from '../../../lib/serve/index.js';

const spec = { datatype: 'FP32', shape: [-1] };
const model = serve.servableOf(
  new torch.Graph({
    slots: 2,
    inputs: [0],
    constants: [],
    outputs: [{ value: 1 }],
    nodes: [{ target: 'aten::neg', args: [{ value: 0 }], outputs: [1] }],
  }),
  {
    name: 'neg',
    version: '1',
    platform: 'flambeau_graph',
    inputs: [{ name: 'x', ...spec }],
    outputs: [{ name: 'y', ...spec }],
  },
);
const models = {
  get: () => model,
  isReady: () => true,
  list: () => [{ name: 'neg', version: '1', state: 'READY', reason: '', isDefault: true }],
};
const server = await serve.createServer({ models, http: { port: Number(process.env.PORT) } }).listen();
process.on('SIGTERM', async () => {
  if (process.env.DRAIN !== 'no') await server.drain({ preDrainMs: 500 });
  process.exit(0);
});
console.log('ready');
