// node bench/load.mjs [--mb 500] [--rounds 9] [--python python3]: the time to load a checkpoint, here and in Python, in turns.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import * as torch from '../lib/index.js';

const { values: options } = parseArgs({
  options: {
    mb: { type: 'string', default: '500' },
    rounds: { type: 'string', default: '9' },
    python: { type: 'string', default: process.env.PYTHON ?? 'python3' },
  },
});
const folder = mkdtempSync(path.join(tmpdir(), 'flambeau-bench-'));
const file = path.join(folder, 'model.pt');

/** The state of a transformer: four matrices and a dozen vectors a layer. */
function makeState(megabytes) {
  const width = 1024;
  const state = {};
  const layers = Math.max(1, Math.round((megabytes * 2 ** 20) / (12 * width * width * 4)));
  for (let layer = 0; layer < layers; layer++) {
    const add = (name, ...shape) => (state[`layers.${layer}.${name}`] = torch.rand(shape));
    add('attention.in.weight', 3 * width, width);
    add('attention.out.weight', width, width);
    add('feed.in.weight', 4 * width, width);
    add('feed.out.weight', width, 4 * width);
    for (const name of ['attention.in', 'attention.out', 'feed.in', 'feed.out', 'norm.first', 'norm.second'])
      add(`${name}.bias`, width);
  }
  return state;
}

const median = (list) => list.sort((a, b) => a - b)[list.length >> 1];
const touch = (state) => {
  for (const tensor of Object.values(state)) tensor.sum();
};
const cases = {
  'load, mmap': () => torch.load(file, { mmap: true }),
  'loadSync, mmap': () => torch.loadSync(file, { mmap: true }),
  'load, mmap, then every element': async () => {
    const state = await torch.load(file, { mmap: true });
    touch(state);
    return state;
  },
  load: () => torch.load(file),
};

try {
  const state = makeState(Number(options.mb));
  const began = performance.now();
  await torch.save(state, file);
  const saved = performance.now() - began;
  const python = spawn(options.python, [path.join(import.meta.dirname, 'load.py'), file], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface(python.stdout)[Symbol.asyncIterator]();
  const ask = async (what) => {
    python.stdin.write(`${what}\n`);
    return JSON.parse((await lines.next()).value);
  };
  console.log(`${options.mb} MB, ${Object.keys(state).length} tensors; medians of ${options.rounds} rounds, in ms\n`);
  console.log('| | Flambeau | Python | ratio |\n| --- | --- | --- | --- |');
  for (const [name, run] of Object.entries(cases)) {
    const own = [];
    const others = [];
    for (let round = -1; round < Number(options.rounds); round++) {
      const start = performance.now();
      const loaded = await run();
      const time = performance.now() - start;
      // Python frees it before the next round too.
      for (const tensor of Object.values(loaded)) tensor.dispose();
      const other = await ask(name);
      // The first round fills the file cache.
      if (round < 0) continue;
      own.push(time);
      others.push(other);
    }
    const [a, b] = [median(own), median(others)];
    console.log(`| ${name} | ${a.toFixed(2)} | ${b.toFixed(2)} | ${(a / b).toFixed(2)} |`);
  }
  const other = await ask('save');
  console.log(`| save, with fsync here | ${saved.toFixed(0)} | ${other.toFixed(0)} | ${(saved / other).toFixed(2)} |`);
  python.stdin.end();
} finally {
  rmSync(folder, { recursive: true });
}
