// node bench/json.mjs [--rounds N] [--elements N] [--only TEXT]: what the server's codec does to tensors as JSON, each step alone and on
// this thread, against JSON.parse and JSON.stringify in the same rounds; prints a table of medians.
import { parseArgs } from 'node:util';
import * as torch from 'flambeau';
import { binding } from '../lib/binding.js';
import { handleOf } from '../lib/ops/call.js';
import { calibrate, median, ours } from './rounds.mjs';

const { values: args } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    elements: { type: 'string', default: '150528' },
    only: { type: 'string', default: '' },
  },
});
const count = Number(args.elements);

const list = (one) => Array.from({ length: count }, (_, i) => one(i));
/** As good as random, and the same each time. */
const noise = (i) => ((Math.imul(i + 1, 2654435761) ^ Math.imul(i + 7, 40503)) >>> 0) / 2 ** 32;
const arrays = {
  'the fractions of bench/serve, float32': [
    'float32',
    new Float32Array(list((i) => ((i * 2654435761) % 65536) / 65536)),
  ],
  'pixels / 255, float32': ['float32', new Float32Array(list((i) => Math.floor(noise(i) * 256) / 255))],
  'normal numbers, float32': [
    'float32',
    new Float32Array(list((i) => Math.sqrt(-2 * Math.log(noise(i) || 0.5)) * Math.cos(noise(i + 3) * 2 * Math.PI))),
  ],
  'between 0 and 1, float64': ['float64', new Float64Array(list((i) => noise(i) + noise(i + 9) / 2 ** 32))],
  'token ids, int64': ['int64', list((i) => Math.floor(noise(i) * 50_000))],
  'bytes, uint8': ['uint8', new Uint8Array(list((i) => noise(i) * 256))],
};

console.log(`Node ${process.version}, ${count} elements.\n`);
console.log(
  '| elements | bytes as JSON | step | MB/s | ns an element | by JSON.parse or JSON.stringify, ns | faster |',
);
console.log('| --- | ---: | --- | ---: | ---: | ---: | ---: |');
for (const [label, [dtype, values]] of Object.entries(arrays)) {
  if (!label.includes(args.only)) continue;
  const text = JSON.stringify({ inputs: [{ name: 'x', shape: [count], data: [...values] }] });
  const body = Buffer.from(text);
  const [, start, end] = binding.jsonSplit(body, 'inputs', 'data', 100, 1 << 20, false).spans;
  const x = torch.tensor(values, { dtype });
  const typed = dtype === 'int64' ? BigInt64Array : values.constructor;
  const parse = () => typed.from(JSON.parse(text).inputs[0].data, dtype === 'int64' ? BigInt : undefined);
  const plain = [...values];
  const steps = {
    split: [() => binding.jsonSplit(body, 'inputs', 'data', 100, 1 << 20, false), parse],
    read: [() => torch.scope(() => void binding.jsonRead(body, start, end, [count], dtype, false)), parse],
    write: [() => binding.jsonWrite(handleOf(x), false, false), () => JSON.stringify(plain)],
  };
  for (const [step, sides] of Object.entries(steps)) {
    const counts = [];
    for (const side of sides) counts.push(await calibrate((n) => ours(side, n)));
    const times = [[], []];
    for (let round = 0; round < Number(args.rounds); round++) {
      sides.forEach((side, i) => times[i].push(ours(side, counts[i]) / counts[i]));
    }
    const [here, there] = times.map(median);
    const bytes = step === 'write' ? sides[0]().length : body.length;
    console.log(
      `| ${label} | ${bytes} | ${step} | ${(bytes / here / 1e6).toFixed(0)} | ${((here / count) * 1e9).toFixed(1)} | ${((there / count) * 1e9).toFixed(1)} | ${(there / here).toFixed(1)}x |`,
    );
  }
}
