// The server that scripts/fuzz-serve.mjs asks: models of several datatypes, small limits. Tells its port.
import * as torch from '../../../lib/index.js';
import * as serve from '../../../lib/serve/index.js';

const graph = () => new torch.Graph({ slots: 1, inputs: [0], constants: [], nodes: [], outputs: [{ value: 0 }] });
const all = new Map(
  ['FP32', 'INT64', 'BOOL', 'FP16'].map((datatype) => {
    const spec = { datatype, shape: [-1, 2] };
    const info = { name: datatype, version: '1', platform: 'flambeau_graph' };
    const batching = { maxBatchRows: 8 };
    const inputs = [{ name: 'x', ...spec }];
    return [datatype, serve.servableOf(graph(), { ...info, batching, inputs, outputs: [{ name: 'y', ...spec }] })];
  }),
);
const models = {
  get(name) {
    const found = all.get(name);
    if (!found) throw new torch.FlambeauError('UNKNOWN_MODEL', 'there is no such model');
    return found;
  },
  isReady: () => true,
  list: () => [...all.keys()].map((name) => ({ name, version: '1', state: 'READY', reason: '', isDefault: true })),
};
const limits = { maxBodyBytes: 1 << 20, headersTimeoutMs: 500, requestTimeoutMs: 1000, idleTimeoutMs: 500 };
const server = await serve.createServer({ models, http: { port: 0, limits } }).listen();
console.log(server.addresses.http.port);
process.on('disconnect', () => process.exit(0));
